import type { PurchaseState } from '../../domain/orders/purchases.ts';
import { count, day, number } from './common.ts';

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
  /** The line under the customer's name. */
  all: (lines: number, cancellable: number) =>
    [count(lines, 'line'), ...(cancellable > 0 ? [`${cancellable} can still be cancelled`] : [])].join(' · '),
  summary: (title: string, lines: number, soonest: number | undefined) =>
    soonest === undefined
      ? `${title}: ${count(lines, 'line')}`
      : `${title}: ${count(lines, 'line')}; one can be cancelled for ${soonest === 0 ? 'less than a day' : count(soonest, 'more day')} only`,
  bought: (at: Date) => `Ordered ${day(at)}`,
  state: (state: PurchaseState) => states[state],
  orderNumber: (number: string) => `order ${number}`,
  daysLeft: (days: number, until: Date) =>
    days === 0
      ? `last day to cancel (until ${day(until)})`
      : `${count(days, 'day')} left to cancel (until ${day(until)})`,
  shortly: (days: number, isUrgent: boolean) =>
    days === 0 ? 'last day' : isUrgent ? `${count(days, 'day')} to cancel` : count(days, 'day'),
  windowClosed: 'window closed',
  windowOver: (until: Date) => `cancellation window closed on ${day(until)}`,
  fileUntil: (until: Date) => `to be filed until ${day(until)}`,
  inCase: (reference: string) => `cancellation ${reference}`,
  noRefund: 'no refund',
  neverTakenBack: (publisher: string) => `Cannot be cancelled: Microsoft takes back no software of ${publisher}.`,
  noWindow: 'no cancellation window known',
  buyFor: (customer: string) => `Buy: for ${customer}`,
  line: (quantity: number, title: string) => `${number(quantity)} × ${title}`,
};
