import type { Said } from '../../domain/errors.ts';
import type { Money } from '../../domain/money.ts';
import type { Doubt } from '../../domain/orders/ask-back.ts';
import { count, moment, money, number } from './common.ts';
import { withQuote } from './partner-center.ts';

const terms: Record<string, string> = { P1M: '1 month', P1Y: '1 year', P2Y: '2 years', P3Y: '3 years' };
const cycles: Record<string, string> = {
  one_time: 'one payment',
  annual: 'yearly',
  monthly: 'monthly',
  triennial: 'every three years',
  biennial: 'every two years',
};

export const term = (duration: string | undefined): string => (duration ? (terms[duration] ?? duration) : 'perpetual');
export const billing = (cycle: string): string => cycles[cycle] ?? cycle;
export const segment = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Why somebody is asked whether that is meant. */
export function doubt(about: Doubt, zone: string): string {
  switch (about.kind) {
    case 'repeated': {
      const { by = 'A colleague', quantity, item, at } = about;
      return `${by} ordered ${number(quantity)} × ${item} for this customer already, on ${moment(new Date(at), zone)}.`;
    }
    case 'unusual': {
      const { quantity, item, usual, isOfItem } = about;
      const usually = isOfItem
        ? `an order of this customer usually has ${number(usual)} of it`
        : `this customer never had more than ${number(usual)} of anything in one order`;
      return `${number(quantity)} × ${item} is unusually many: ${usually}.`;
    }
    case 'many':
      return `${number(about.quantity)} × ${about.item} is a very large quantity.`;
    case 'expensive':
      return `${money(about.total)} is a very large amount.`;
  }
}

export const purchase = {
  title: 'Buy software',
  draftTitle: (item: string | undefined, customer: string | undefined) =>
    ['Buy', item ?? 'software', customer ? `for ${customer}` : ''].filter(Boolean).join(' '),
  whichCustomer: 'For which customer?',
  searchCustomer: 'Part of the name or domain',
  buyFor: (customer: string) => `Buy for ${customer}`,
  whichProduct: 'Which software, and how many?',
  oneCustomer: 'One order is for one customer: please order for each of them on its own.',
  noneNamed: (text: string, isNear: boolean) =>
    `Nothing that can be ordered here is called "${text}".${isNear ? ' These come nearest.' : ''}`,
  whichEdition: (product: string) => `Which edition of ${product}?`,
  whichTerms: (item: string) => `${item}: how many, and how?`,
  searchProduct: 'Type “server 2025”, “sql”, “visio” …',
  each: 'Price of one',
  line: (quantity: number, item: string) => `${number(quantity)} × ${item}`,
  further: (items: readonly string[]) => `Then: ${items.join(', ')}.`,
  leaveOut: (product: string) =>
    `Nothing is chosen yet for "${product}". Press Review order once more to leave it out.`,
  sum: (quantity: number, unit: Money, total: Money) => `${number(quantity)} × ${money(unit)} = ${money(total)}`,
  net: (lines: number) => `${count(lines, 'line')}, without tax`,
  otherCustomer: 'Edit: another customer',
  quantityRange: (minimum: number, maximum: number) =>
    maximum >= 999_999_999 ? `At least ${number(minimum)}.` : `From ${number(minimum)} to ${number(maximum)}.`,
  attestation: 'The customer meets the conditions that Microsoft sets for this offer.',
  notAttested:
    'The customer meets the conditions that Microsoft sets for this offer: please tick that, or go back and choose another edition.',
  attests: {
    item: 'Whoever confirms attests that the customer meets the conditions that Microsoft sets for this offer.',
    partner:
      'Whoever confirms attests for your company what Partner Center asks of the partner on record of this order.',
  },
  attestFirst: (said: readonly Said[]) =>
    withQuote(
      'Partner Center wants an attestation first. Nothing was ordered. What is attested is said here: press Confirm if it is true.',
      said,
    ),
  review: 'Please check the order',
  asItWas:
    'Partner Center does not answer at the moment, so this is the order as it was saved. It is checked again when you press Confirm.',
  declinedFor: (said: readonly Said[]) =>
    withQuote(
      'Partner Center declined. Nothing was ordered. What is missing, and how to mend it, is said here; then go on.',
      said,
    ),
  facts: {
    customer: 'Customer',
    item: 'Item',
    segment: 'Segment',
    term: 'Term',
    billing: 'Billing',
    quantity: 'Quantity',
    unitPrice: 'Unit price',
    total: 'Total',
    currency: 'Currency',
    order: 'Order number',
    orders: 'Order numbers',
    by: 'Ordered by',
    preparer: 'Prepared by',
  },
  whatHappens: 'Confirm places a binding order at Microsoft. The customer is billed through your next invoice.',
  cancellable: (until: Date, refund: 'full' | 'prorated' | undefined, zone: string) =>
    `Can be cancelled until ${moment(until, zone)}${refund ? ` (${refund} refund)` : ''}.`,
  notCancellable: 'This item cannot be cancelled once it is ordered.',
  confirm: (quantity: number, total: Money) => `Confirm: buy ${number(quantity)} for ${money(total)}`,
  askBack: (reasons: readonly string[]) =>
    `Nothing was ordered yet. ${reasons.join(' ')} If this is meant, press Confirm once more.`,
  confirmAll: (quantity: number, total: Money) => `Confirm: buy all ${number(quantity)} for ${money(total)}`,
  confirmAgain: (quantity: number, total: Money) => `Confirm: buy again, ${number(quantity)} for ${money(total)}`,
  adminAgentOnly: (limit: Money) => `Above ${money(limit)} only an admin agent can confirm it.`,
  mayNotConfirm:
    'You can prepare this order; an admin agent confirms it. Hand over leaves it for them: they find it under "drafts".',
  inProgress: {
    title: 'The order is being placed …',
    text: 'Partner Center has not answered yet. I carry on, also if this app is restarted, and this card changes when it is done. Nothing will be ordered twice.',
  },
  ordered: (quantity: number, item: string) => `Ordered: ${number(quantity)} × ${item}`,
  orderedText: (orders: readonly string[]) =>
    `${count(orders.length, 'order')} placed. Keys and downloads follow as soon as Partner Center has completed the order: type "keys ${orders[0] ?? ''}".`,
  declined: {
    title: 'Partner Center declined the order',
    text: 'Nothing was ordered. Type "buy" to try another product or quantity.',
    again: 'Nothing was ordered. Type "buy" to order it at the price of now.',
    tooLate: {
      title: 'Not ordered: it had to wait for more than a day',
      text: 'Nothing was ordered. Type "buy" if it is still wanted.',
    },
    priceChanged: 'Not ordered: the price has changed',
    missing: (what: string, remedy: string) => `Nothing was ordered. ${what} ${remedy} Then type "buy" again.`,
  },
  needsPerson: {
    title: 'Please check this order in Partner Center',
    text: 'Partner Center did not say clearly whether the order went through. Look at the customer’s order history before you order again.',
  },
};
