import type { AuditEntry, AuditSubject, Decision } from '../../domain/audit/audit.ts';
import type { CaseEvent } from '../../domain/cancellations/case-event.ts';
import type { KeyReveal, RefusedReveal } from '../../domain/keys/key-reveals.ts';
import type { SubmissionState } from '../../domain/orders/submission.ts';
import { approvals } from './approvals.ts';
import { caseState } from './cancel.ts';
import { day, money, number, rights, roles } from './common.ts';
import { differences } from './differences.ts';
import { leaks } from './leaks.ts';
import { caseChange, orderReason } from './reasons.ts';
import { limited } from './refusals.ts';

const secrets: Record<KeyReveal['what'], string> = {
  key: 'Product key',
  download: 'Download',
  link: 'Download link',
};

const refusedLooks: Record<RefusedReveal['refusal'], string> = {
  used: 'asked for with a one-time request that was used before, and refused',
  'other-person': 'asked for with the one-time request of somebody else, and refused',
};

const orderStates: Record<SubmissionState, string> = {
  accepted: 'not answered by Partner Center yet',
  ordered: 'ordered',
  declined: 'declined, nothing was ordered',
  needs_person: 'needs a person: unclear whether it was ordered',
};

const caseStep = (state: CaseEvent['from']): string => (state && state !== 'draft' ? caseState(state) : 'draft');

const strangers: Record<Extract<Decision, { kind: 'refused-stranger' }>['why'], string> = {
  guest: 'a guest',
  'other-tenant': 'of another organisation',
  unidentified: 'nobody knows who',
  'no-role': 'no role in Partner Center',
  'other-token': 'signed in with a token that is not for these pages',
};

function tellDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'refused':
      return `Refused: may not ${rights[decision.right]}`;
    case 'refused-amount':
      return `Refused: an order for ${money(decision.total)}, above the limit of ${money(decision.limit)}`;
    case 'handed-over':
      return `Handed over: ${decision.title ?? 'a draft'}`;
    case 'taken-over':
      return `Taken over from ${decision.from}: ${decision.title ?? 'a draft'}`;
    case 'approval':
      return approvals.tell(decision);
    case 'refused-often':
      return `Refused: too many ${limited[decision.what]} in a short time`;
    case 'refused-stranger':
      return `Refused: not of the staff (${strangers[decision.why]})`;
    case 'role-lost':
      return `Has lost a role: ${decision.lost.map((role) => roles[role]).join(', ')}`;
    case 'refused-leak':
      return leaks.refused(decision.reference, decision.order);
    case 'signed-in':
      return 'Signed in to the web pages';
    case 'policy':
      return decision.file === undefined ? 'The built-in policy is in force' : `Policy in force: ${decision.file}`;
  }
}

function decisionMore(decision: Decision): string {
  if (decision.kind === 'role-lost' && decision.held.length > 0)
    return `still: ${decision.held.map((role) => roles[role]).join(', ')}`;
  if (decision.kind === 'approval') return decision.text ?? '';
  return decision.kind === 'policy' ? `fingerprint ${decision.fingerprint.slice(0, 12)}` : '';
}

/** What was done, in one line; who and when are told beside it. */
function tell(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return `Order confirmed: ${number(entry.quantity)} × ${entry.itemTitle} for ${money(entry.total)}`;
    case 'secret':
      if (entry.refusal) return `${secrets[entry.what]} ${refusedLooks[entry.refusal]}: ${entry.item}`;
      return entry.isWithdrawn
        ? `${secrets[entry.what]} asked for, but nothing was shown: ${entry.item}`
        : `${secrets[entry.what]} shown: ${entry.item}`;
    case 'case':
      return entry.from === entry.to
        ? `Cancellation ${entry.reference}: ${caseStep(entry.to)}`
        : `Cancellation ${entry.reference}: ${caseStep(entry.from)} → ${caseStep(entry.to)}`;
    case 'reminder':
      return entry.choice === 'keep' ? 'Order kept: no more reminders' : 'Reminder put off to the last day';
    case 'agreement':
      return `Declared to Microsoft: ${entry.contact.firstName} ${entry.contact.lastName} accepted the Customer Agreement on ${day(entry.agreedAt)}`;
    case 'outside':
      return leaks.outside(entry);
    case 'leak':
      return leaks.tell(entry);
    case 'decision':
      return tellDecision(entry.decision);
    case 'difference':
      return differences.tell(entry.difference, entry.orderNumbers[0]);
    case 'export':
      return 'Audit log taken as a file';
  }
}

/** How it ended, or why it was done. */
function more(entry: AuditEntry): string {
  switch (entry.kind) {
    case 'order':
      return entry.reason
        ? `${orderStates[entry.state]}: ${orderReason(entry.reason, entry.state)}`
        : orderStates[entry.state];
    case 'secret':
      return entry.times !== undefined && entry.times > 1 ? `asked for ${number(entry.times)} times` : '';
    case 'reminder':
      return '';
    case 'case':
      return caseChange(entry.change);
    case 'agreement':
      return `${entry.contact.email} · ${entry.isTaken ? 'Microsoft has taken it' : 'not known to be taken by Microsoft'}`;
    case 'outside':
      return '';
    case 'leak':
      return entry.text ?? '';
    case 'decision':
      return decisionMore(entry.decision);
    case 'difference':
      return entry.settledAt ? differences.settled(entry.settledAt) : '';
    case 'export':
      return [entry.since, entry.before].map((at) => (at ? day(at) : '…')).join(' – ');
  }
}

/** Typed behind the command; one word each. */
const subjects: Record<AuditSubject, string> = {
  orders: 'orders',
  keys: 'keys',
  cancellations: 'cancellations',
  agreements: 'agreements',
  exports: 'exports',
  reminders: 'reminders',
  leaks: 'leaks',
  refusals: 'refusals',
  approvals: 'approvals',
  handovers: 'handovers',
  'sign-ins': 'sign-ins',
  roles: 'roles',
  policies: 'policies',
};

export const audit = {
  subjects,
  /** Typed before the name of whoever did it. */
  by: 'by',
  narrowed: (title: string, { subject, person }: { subject?: AuditSubject; person?: string }) =>
    [title, subject && subjects[subject], person && `by ${person}`].filter(Boolean).join(' · '),
  offered: 'In our own chat I ask whether I may put the file into your OneDrive.',
  noFileOfOrder:
    'There is a file of the whole log, or of one customer, for all days or some. Of one order it is shown here only.',
  notOffered: 'I cannot ask you in our own chat now. Write to me there, or take the file from the tab Desk.',
  declined: 'No file was made.',
  cut: (size: string) =>
    `The file ends after the newest ${size}. Choose fewer days for older entries, or take all of it from the tab Desk.`,
  several: (text: string, names: readonly string[], more: boolean) =>
    `Several customers match "${text}": ${names.join(', ')}${more ? ' and others' : ''}. Type the whole name, or the domain.`,
  title: 'Audit log',
  of: (customer: string) => `Audit log of ${customer}`,
  ofOrder: (order: string, customer: string) => `Audit log of order ${order} of ${customer}`,
  on: (title: string, first: Date, last: Date) =>
    first.getTime() === last.getTime() ? `${title}, ${day(first)}` : `${title}, ${day(first)} to ${day(last)}`,
  nothingOfThat:
    'Nothing of that kind, or by that person, has been recorded. What else was recorded is not listed here.',
  nothingThen: 'Nothing was recorded on these days: no order, no key or download, no cancellation, no agreement.',
  nothing: 'Nothing has been recorded: no order, no key or download, no cancellation, no agreement.',
  scope:
    'What was done here, and who looked at keys and download links in Partner Center itself, as far as its own records tell.',
  elsewhere:
    'The audit log is shown in the personal chat with me only. Press my name here and choose the chat, or find me under Apps; then type "audit" there.',
  entry: tell,
  more,
  /** Who did it, where nobody asked for it. */
  ours: 'Software Desk',
  about: (orders: readonly string[]) => `order ${orders.join(', ')}`,
  older: 'Next: older',
  newer: 'Back: newer',
  shown: (first: number, last: number, isEnd: boolean) =>
    `${first === last ? `Entry ${first}` : `Entries ${first} to ${last}`}, newest first. ${isEnd ? 'That is the end.' : 'There are older ones.'} What comes in now is shown when you type "audit" again.`,
};
