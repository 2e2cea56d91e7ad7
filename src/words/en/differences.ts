import type { Difference, DifferenceKind } from '../../domain/differences/difference.ts';
import { count, day, moment } from './common.ts';

/** What differs, in one line. */
function tell(found: Difference, order?: string): string {
  switch (found.kind) {
    case 'order-unknown':
      return `Order ${order ?? ''} was placed here, but Partner Center does not know it`;
    case 'order-not-recorded':
      return 'Partner Center shows our cart as ordered, but no order is recorded here';
    case 'case-not-completed':
      return `${found.reference}: what it asks for is cancelled at Partner Center, but the case is not completed`;
    case 'case-order-active':
      return `${found.reference}: Partner Center confirmed the cancellation, but order ${order ?? ''} is active`;
    case 'ticket-unknown':
      return `${found.reference} follows ticket ${found.ticketId}, which Partner Center does not show`;
    case 'ticket-without-case':
      return `Ticket ${found.ticketId} bears our reference ${found.reference}, but no case follows it`;
  }
}

const toDo: Record<DifferenceKind, string> = {
  'order-unknown':
    'Look for it in the order history of the portal. If it is not there, ask Microsoft before it is ordered again.',
  'order-not-recorded': "Look at the customer's newest orders before anybody orders it again.",
  'case-not-completed': 'Nothing has to be cancelled any more. Tell the customer, and check that the credit arrives.',
  'case-order-active': 'The key may still work and the order may still be billed. Ask Microsoft, or cancel it again.',
  'ticket-unknown': 'Look for the request in the portal, and give the case its right number.',
  'ticket-without-case': 'Look at the request in the portal; close it there if nobody needs it.',
};

export const differences = {
  /** What is typed behind "audit"; also understood without accents. */
  word: 'differences',
  title: 'Differences from Partner Center',
  found: (n: number) => `Partner Center and our records differ: ${count(n, 'difference')}`,
  text: 'I compare the orders, cancellations and tickets of the last days once a day. I tell of each difference once; it goes from the list when it is settled.',
  none: (at: Date, timeZone: string) =>
    `Nothing differs: what Partner Center showed of the last days on ${moment(at, timeZone)} is what is recorded here.`,
  notYet: 'Nothing has been compared yet: the first comparison begins an hour after the first start.',
  tell,
  toDo: (kind: DifferenceKind) => toDo[kind],
  orders: 'Orders',
  since: (at: Date) => `found on ${day(at)}`,
  settled: (at: Date) => `settled on ${day(at)}`,
};
