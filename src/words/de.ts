import { approvals } from './de/approvals.ts';
import { audit } from './de/audit.ts';
import { cancel, caseState, ending, impact } from './de/cancel.ts';
import { caseCard } from './de/case-card.ts';
import { cases, drafts, notices, reminders } from './de/cases.ts';
import { amount, buttons, common, day, inputs, moment, money, number, rights, roles } from './de/common.ts';
import { daily } from './de/daily.ts';
import { differences } from './de/differences.ts';
import { doctor } from './de/doctor.ts';
import { extension } from './de/extension.ts';
import { files } from './de/files.ts';
import { help } from './de/help.ts';
import { keys } from './de/keys.ts';
import { languageChoice } from './de/language.ts';
import { leaks } from './de/leaks.ts';
import { billing, doubt, purchase, segment, term } from './de/purchase.ts';
import { readiness } from './de/readiness.ts';
import { caseChange, caseReason, orderReason } from './de/reasons.ts';
import { outside, refusals } from './de/refusals.ts';
import { review } from './de/review.ts';
import { software } from './de/software.ts';
import { web } from './de/web.ts';
import type { Words } from './words.ts';

/** Every sentence in German. */
export const de: Words = {
  language: 'de',
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
