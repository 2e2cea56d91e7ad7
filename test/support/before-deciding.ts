import type { TestApp } from './app.ts';
import { freshOrder, toNowReview, toTicketReview } from './cancellation-steps.ts';
import type { Conversation, Where } from './conversation.ts';
import { toReview, twoServers } from './purchase-steps.ts';

interface Wanted<T extends Conversation> {
  /** A new conversation of somebody who may do all of it. */
  readonly open: (where: Where) => T;
  /** Where each ticket is submitted. */
  readonly tickets: readonly Where[];
  readonly now: Where;
}

/** One that waits for the press that decides. */
export interface Prepared<T extends Conversation> {
  readonly talk: T;
  readonly order: string;
}

/** Two orders of two customers, tickets and a cancellation at once, each up to the press that decides. */
export async function beforeDeciding<T extends Conversation>(
  app: Pick<TestApp, 'simulatorUrl' | 'advance' | 'state'>,
  { open, tickets, now }: Wanted<T>,
) {
  const { customers } = await app.state('customers');
  const idOf = (name: string): string =>
    customers.find(({ companyProfile }) => companyProfile.companyName.includes(name))?.id;
  const orders: string[] = [];
  for (const _ of [now, ...tickets]) orders.push(await freshOrder(app));
  const [forNow = '', ...forTickets] = orders;
  const known = (await app.state('orders')).orders;

  const buy = async (where: Where, customer: string) => {
    const talk = open(where);
    await toReview(talk, { ...twoServers, customer });
    return { talk, customerId: idOf(customer) };
  };
  const [first, second] = [await buy('channel', 'Tailspin'), await buy('personal', 'Adventure')];
  const filed: Prepared<T>[] = [];
  for (const [index, where] of tickets.entries()) {
    const [talk, order = ''] = [open(where), forTickets[index]];
    await toTicketReview(talk, order);
    filed.push({ talk, order });
  }
  const cancelled: Prepared<T> = { talk: open(now), order: forNow };
  await toNowReview(cancelled.talk, forNow);
  return { first, second, tickets: filed, cancelled, known };
}
