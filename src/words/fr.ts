import { approvals } from './fr/approvals.ts';
import { audit } from './fr/audit.ts';
import { cancel, caseState, ending, impact } from './fr/cancel.ts';
import { caseCard } from './fr/case-card.ts';
import { cases, drafts, notices, reminders } from './fr/cases.ts';
import { amount, buttons, common, day, inputs, moment, money, number, rights, roles } from './fr/common.ts';
import { daily } from './fr/daily.ts';
import { differences } from './fr/differences.ts';
import { doctor } from './fr/doctor.ts';
import { extension } from './fr/extension.ts';
import { files } from './fr/files.ts';
import { help } from './fr/help.ts';
import { keys } from './fr/keys.ts';
import { languageChoice } from './fr/language.ts';
import { leaks } from './fr/leaks.ts';
import { billing, doubt, purchase, segment, term } from './fr/purchase.ts';
import { readiness } from './fr/readiness.ts';
import { caseChange, caseReason, orderReason } from './fr/reasons.ts';
import { outside, refusals } from './fr/refusals.ts';
import { review } from './fr/review.ts';
import { software } from './fr/software.ts';
import { web } from './fr/web.ts';
import type { Words } from './words.ts';

/** Every sentence in French. */
export const fr: Words = {
  language: 'fr',
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
