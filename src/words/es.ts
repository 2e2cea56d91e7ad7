import { approvals } from './es/approvals.ts';
import { audit } from './es/audit.ts';
import { cancel, caseState, ending, impact } from './es/cancel.ts';
import { caseCard } from './es/case-card.ts';
import { cases, drafts, notices, reminders } from './es/cases.ts';
import { amount, buttons, common, day, inputs, moment, money, number, rights, roles } from './es/common.ts';
import { daily } from './es/daily.ts';
import { differences } from './es/differences.ts';
import { doctor } from './es/doctor.ts';
import { extension } from './es/extension.ts';
import { files } from './es/files.ts';
import { help } from './es/help.ts';
import { keys } from './es/keys.ts';
import { languageChoice } from './es/language.ts';
import { leaks } from './es/leaks.ts';
import { billing, doubt, purchase, segment, term } from './es/purchase.ts';
import { readiness } from './es/readiness.ts';
import { caseChange, caseReason, orderReason } from './es/reasons.ts';
import { outside, refusals } from './es/refusals.ts';
import { review } from './es/review.ts';
import { software } from './es/software.ts';
import { web } from './es/web.ts';
import type { Words } from './words.ts';

/** Every sentence in Spanish. */
export const es: Words = {
  language: 'es',
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
