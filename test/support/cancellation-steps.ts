import { randomUUID } from 'node:crypto';
import { createPartnerCenter } from '../../src/partner-center/index.ts';
import { defaultAccount } from '../../src/simulator/index.ts';
import type { TestApp } from './app.ts';
import type { CardView } from './card-view.ts';
import type { Conversation } from './conversation.ts';
import { recordLog } from './recorded-log.ts';
import type { Json, SimulatorState } from './simulator-control.ts';

/** Orders of the seed. */
export const servers = 'e5db9b4bdf10';
export const twoLines = '712b1970e6b2';
export const subscription = '55117c4390c1';
export const closed = '4e1b7e113182';
export const cancelledBefore = '179eb492a247';

export const ticketAnswers = {
  'Reason for the refund': 'The customer ordered the wrong edition.',
  'Contact e-mail': 'ada.nowak@partner.example',
  'Contact phone': '+48 22 555 01 00',
} as const;

/** An order of its own for a test, made in Partner Center by somebody else, and completed. */
export async function freshOrder(
  app: Pick<TestApp, 'simulatorUrl' | 'advance'>,
  customer = 'Contoso Ltd',
): Promise<string> {
  const { customers, catalog, ordering, close } = createPartnerCenter({
    ...defaultAccount(),
    url: app.simulatorUrl,
    authority: app.simulatorUrl,
    clock: { now: () => new Date() },
    log: recordLog(),
  });
  const [{ id } = { id: '' }] = (await customers.search(customer, 1)).found;
  const [access] = await catalog.availabilities(id, 'DG7GMGF0PN51', '0001');
  const line = { catalogItemId: access?.catalogItemId ?? '', quantity: 1, billingCycle: 'one_time' };
  const cart = await ordering.createCart(id, [line], randomUUID());
  const { orders } = await ordering.checkout(id, cart.id, randomUUID());
  await close();
  await app.advance(60);
  return orders[0]?.number ?? '';
}

/** From `cancel` to the review card of the ticket, on one form. */
export async function toTicketReview(talk: Conversation, order: string): Promise<CardView> {
  await talk.says(`cancel ${order}`);
  await talk.goes('By ticket');
  return talk.goes('Review ticket', ticketAnswers);
}

/** From `cancel` to the review card of cancelling at once, where the reason is asked for. */
export async function toNowReview(talk: Conversation, order: string): Promise<CardView> {
  await talk.says(`cancel ${order}`);
  await talk.goes('Cancel now');
  return talk.says('The customer changed their mind.');
}

export function referenceOn({ text }: CardView): string {
  const [reference] = text.match(/SD-[0-9A-Z]{6}/) ?? [];
  if (!reference) throw new Error(`no reference on the card:\n${text}`);
  return reference;
}

export function orderIn({ orders }: Pick<SimulatorState, 'orders'>, number: string): Json {
  const found = orders.find(({ id, alternateId }) => id === number || alternateId === number);
  if (!found) throw new Error(`no order ${number}`);
  return found;
}

/** The tickets at Microsoft whose description names it. */
export async function ticketsNaming(app: Pick<TestApp, 'state'>, text: string): Promise<Json[]> {
  const { serviceRequests } = await app.state('serviceRequests');
  return serviceRequests.filter(({ description }) => String(description).includes(text));
}

/** Whole days until the window of perpetual software closes, by the simulated time: fewer once midnight has passed. */
export function daysLeftOf(state: Pick<SimulatorState, 'orders' | 'now'>, number: string): number {
  const closesAt = new Date(Date.parse(orderIn(state, number).creationDate) + 30 * 86_400_000);
  closesAt.setUTCHours(23, 59, 0, 0);
  return Math.floor((closesAt.getTime() - Date.parse(state.now)) / 86_400_000);
}
