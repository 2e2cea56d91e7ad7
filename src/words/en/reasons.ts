import type { CaseEnding } from '../../domain/cancellations/case.ts';
import type { CaseChange } from '../../domain/cancellations/case-event.ts';
import type { CaseReason } from '../../domain/cancellations/case-reason.ts';
import type { Said } from '../../domain/errors.ts';
import type { OrderReason, SubmissionState } from '../../domain/orders/submission.ts';
import { money, withoutFullStop } from './common.ts';
import { explainSaid, withReason } from './partner-center.ts';

/** What was said, where anything was. */
const listOf = (said: Said | undefined): Said[] => (said ? [said] : []);

type Sentences<T extends { readonly kind: string }> = { [K in T['kind']]: (facts: Extract<T, { kind: K }>) => string };

const caseReasons: Sentences<CaseReason> = {
  accepted: () => 'Partner Center has accepted the cancellation.',
  'ticket-wanted': ({ said }) => withReason('Partner Center wants a ticket.', listOf(said)),
  'sign-in-refused': () => 'Partner Center does not accept our sign-in.',
  'hand-over': ({ said }) => withReason('Partner Center takes no ticket by API; it has to be filed by hand.', said),
  declined: ({ said }) => explainSaid(listOf(said)),
  'given-up': ({ by }) => `Given up by ${by}.`,
  'cancelled-in-part': ({ said }) => withReason('Only a part was cancelled.', listOf(said)),
  overdue: () => 'Partner Center accepted the cancellation a day ago, but the order is not cancelled.',
  'ticket-unseen': ({ ticketId }) => `Partner Center shows no request ${ticketId}.`,
  'ticket-asks': ({ said }) =>
    said ? `Microsoft asks on the ticket: ${said}` : 'Microsoft asks for an answer on the ticket.',
  'ticket-closed': ({ said }) =>
    `Microsoft closed the ticket, but the order is not cancelled${said ? `: ${withoutFullStop(said)}` : ''}.`,
  unreachable: () => 'Partner Center could not be reached for two days.',
  recorded: ({ text }) => text,
};

const ways: Record<CaseEnding, string> = {
  'cancel-now': 'cancelling by the Partner Center API',
  ticket: 'a new ticket is filed',
};

const caseChanges: Sentences<CaseChange> = {
  ...caseReasons,
  submitted: ({ reason }) => reason,
  cancelling: () => 'Cancelling by the Partner Center API.',
  filing: () => 'Filing the ticket.',
  'sign-in-over': () => 'Partner Center accepts our sign-in again, but has not answered yet.',
  'ticket-filed': ({ ticketId }) => `Ticket ${ticketId}.`,
  'ticket-entered': ({ ticketId, instead }) =>
    instead && instead !== ticketId
      ? `Request number changed from ${instead} to ${ticketId}.`
      : `Ticket ${ticketId}, filed in the portal.`,
  'ticket-found': ({ ticketId }) => `Ticket ${ticketId} bears our reference, and is followed.`,
  'ticket-answered': ({ ticketId }) => `Microsoft is working on ticket ${ticketId} again.`,
  'ticket-closed-since': ({ ticketId }) => `Microsoft has closed ticket ${ticketId}.`,
  'taken-up': ({ ending, instead }) =>
    `Taken up again: ${ways[ending]}${instead ? `; request ${instead} is no longer followed` : ''}.`,
  completed: ({ item }) => `${item ? `Cancelled: ${item}` : 'The order is cancelled'}; keys are revoked.`,
};

const orderReasons: Sentences<OrderReason> = {
  'sign-in-refused': () => 'Partner Center does not accept our sign-in.',
  declined: ({ said }) => explainSaid(said),
  'price-changed': ({ was, now }) =>
    now
      ? `The unit price has changed from ${money(was)} to ${money(now)} since it was confirmed.`
      : `The price list no longer has the unit price of ${money(was)} that was confirmed.`,
  'not-on-sale': () => 'The item is no longer on sale.',
  unclear: ({ said }) => explainSaid(said),
  'ordered-with-errors': ({ said }) =>
    withReason('The order was placed, but Partner Center reports a problem with it.', said),
  unreachable: () => 'Partner Center could not be reached for a day.',
  recorded: ({ text }) => text,
};

/** Why a case stands where it stands. */
export function caseReason(reason: CaseReason): string {
  return (caseReasons[reason.kind] as (facts: CaseReason) => string)(reason);
}

/** What changed in a case. */
export function caseChange(change: CaseChange): string {
  return (caseChanges[change.kind] as (facts: CaseChange) => string)(change);
}

/** Why an order stands where it stands. What still waits for a sign-in is tried on; what was given up is not. */
export function orderReason(reason: OrderReason, state: SubmissionState): string {
  if (reason.kind === 'sign-in-refused' && state !== 'accepted')
    return 'Partner Center has not accepted our sign-in for a day.';
  return (orderReasons[reason.kind] as (facts: OrderReason) => string)(reason);
}
