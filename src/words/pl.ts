import { approvals } from './pl/approvals.ts';
import { audit } from './pl/audit.ts';
import { cancel, caseState, ending, impact } from './pl/cancel.ts';
import { caseCard } from './pl/case-card.ts';
import { cases, drafts, notices, reminders } from './pl/cases.ts';
import { amount, buttons, common, day, inputs, moment, money, number, rights, roles } from './pl/common.ts';
import { daily } from './pl/daily.ts';
import { differences } from './pl/differences.ts';
import { doctor } from './pl/doctor.ts';
import { extension } from './pl/extension.ts';
import { files } from './pl/files.ts';
import { help } from './pl/help.ts';
import { keys } from './pl/keys.ts';
import { languageChoice } from './pl/language.ts';
import { leaks } from './pl/leaks.ts';
import { billing, doubt, purchase, segment, term } from './pl/purchase.ts';
import { readiness } from './pl/readiness.ts';
import { caseChange, caseReason, orderReason } from './pl/reasons.ts';
import { outside, refusals } from './pl/refusals.ts';
import { review } from './pl/review.ts';
import { software } from './pl/software.ts';
import { web } from './pl/web.ts';
import type { Words } from './words.ts';

/** Every sentence in Polish. */
export const pl: Words = {
  language: 'pl',
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
