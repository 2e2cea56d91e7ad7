import type { PurchaseState } from '../../domain/orders/purchases.ts';
import { count, day } from './common.ts';

const states: Record<PurchaseState, string> = {
  pending: 'pending',
  active: 'active',
  cancelling: 'being cancelled',
  cancelled: 'cancelled',
};

export const software = {
  softwareOf: (customer: string) => `Software of ${customer}`,
  ordersOf: (customer: string) => `Orders of ${customer}`,
  mine: {
    which: 'Which of your orders?',
    none: 'No orders of yours here',
    noneText: 'Nothing was ordered here in your name. For those of a customer type "orders" and the name.',
  },
  whichCustomer: 'Which customer?',
  several: (text: string) => `Several customers match "${text}". Which one?`,
  nothing: (customer: string) => `${customer} has no software yet. Type "buy ${customer}" to order some.`,
  noOrders: (customer: string) => `${customer} has no orders yet. Type "buy ${customer}" to place one.`,
  noneNamed: (text: string) => `Nothing that was bought is called "${text}": all of it is listed.`,
  pick: 'Choose one, then press a button.',
  more: (hidden: number) => `${count(hidden, 'older one')} can be chosen in the list below.`,
  bought: (at: Date) => `Ordered ${day(at)}`,
  state: (state: PurchaseState) => states[state],
  orderNumber: (number: string) => `order ${number}`,
  daysLeft: (days: number, until: Date) =>
    days === 0
      ? `last day to cancel (until ${day(until)})`
      : `${count(days, 'day')} left to cancel (until ${day(until)})`,
  windowOver: (until: Date) => `cancellation window closed on ${day(until)}`,
  neverTakenBack: (publisher: string) => `Cannot be cancelled: Microsoft takes back no software of ${publisher}.`,
  noWindow: 'no cancellation window known',
  line: (quantity: number, title: string) => `${quantity} × ${title}`,
};
