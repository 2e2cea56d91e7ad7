import { approvals } from './en/approvals.ts';
import { audit } from './en/audit.ts';
import { cancel, caseState, ending, impact } from './en/cancel.ts';
import { caseCard } from './en/case-card.ts';
import { cases, drafts, notices, reminders } from './en/cases.ts';
import { amount, buttons, common, day, inputs, moment, money, number, rights, roles } from './en/common.ts';
import { daily } from './en/daily.ts';
import { differences } from './en/differences.ts';
import { doctor } from './en/doctor.ts';
import { extension } from './en/extension.ts';
import { files } from './en/files.ts';
import { help } from './en/help.ts';
import { keys } from './en/keys.ts';
import { languageChoice } from './en/language.ts';
import { leaks } from './en/leaks.ts';
import { billing, doubt, purchase, segment, term } from './en/purchase.ts';
import { readiness } from './en/readiness.ts';
import { caseChange, caseReason, orderReason } from './en/reasons.ts';
import { outside, refusals } from './en/refusals.ts';
import { review } from './en/review.ts';
import { software } from './en/software.ts';
import { web } from './en/web.ts';

/** Every sentence in English. Another language has the same keys; the compiler insists (`Words`). */
export const en = {
  language: 'en' as const,
  buttons,
  inputs,
  roles,
  rights,
  common,
  purchase,
  readiness,
  software,
  keys,
  leaks,
  cancel,
  caseCard,
  cases,
  files,
  drafts,
  notices,
  reminders,
  approvals,
  audit,
  review,
  daily,
  differences,
  doctor,
  extension,
  help,
  languageChoice,
  refusals,
  outside,
  money,
  amount,
  number,
  day,
  moment,
  term,
  billing,
  doubt,
  segment,
  impact,
  caseState,
  caseReason,
  caseChange,
  orderReason,
  ending,
  web,
};
