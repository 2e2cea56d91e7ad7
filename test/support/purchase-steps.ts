import type { TestApp } from './app.ts';
import type { CardView } from './card-view.ts';
import type { Conversation } from './conversation.ts';
import type { Json } from './simulator-control.ts';

/** What somebody buys, as they name it on the cards. */
export interface Purchase {
  readonly customer: string;
  readonly product: string;
  readonly edition?: string;
  readonly terms?: Readonly<Record<string, string>>;
}

export const twoServers: Purchase = {
  customer: 'Contoso',
  product: 'Windows Server 2022 Standard',
  edition: '16 Core',
  terms: { Quantity: '2' },
};

/** From `buy` to the review card, by pressing. */
export async function toReview(
  talk: Conversation,
  { customer, product, edition, terms = {} }: Purchase = twoServers,
): Promise<CardView> {
  await talk.says(`buy ${customer}`);
  let card = await talk.goes('Review order', { Product: product, ...(terms.Quantity && { Quantity: terms.Quantity }) });
  // What opens with the product is asked on the same card.
  const wanted = { ...(edition && { Edition: edition }), ...terms };
  for (let press = 0; press < 2 && card.buttons.includes('Review order'); press += 1) {
    const asked = Object.entries(wanted).filter(([label]) => card.inputs.some((input) => input.label === label));
    card = await talk.goes('Review order', Object.fromEntries(asked));
  }
  return card;
}

/** Presses Confirm, and once more where the card asks whether that is meant. */
export async function confirmPurchase(talk: Conversation): Promise<CardView> {
  const card = await talk.goes('Confirm');
  return /Nothing was ordered yet/.test(card.text) ? talk.goes('Confirm') : card;
}

export function orderNumberOn({ text }: CardView): string {
  const [, number] = text.match(/Order number: (\S+)/) ?? [];
  if (!number) throw new Error(`no order number on the card:\n${text}`);
  return number;
}

/** Waits until the newest card of the conversation says so. */
export function untilCard(
  app: Pick<TestApp, 'connector'>,
  talk: Conversation,
  says: RegExp,
  withinMs?: number,
): Promise<CardView> {
  const look = (): CardView | undefined => talk.cards().at(-1)?.view;
  return app.connector.until(
    () => {
      const view = look();
      return view && says.test(view.text) && view;
    },
    () => `a card that says ${says}; it says: ${look()?.text}`,
    withinMs,
  );
}

/** The orders that are there now and were not before. */
export async function newOrders(app: Pick<TestApp, 'state'>, before: readonly Json[]): Promise<Json[]> {
  const known = new Set(before.map((order) => order.id));
  return (await app.state('orders')).orders.filter((order) => !known.has(order.id));
}
