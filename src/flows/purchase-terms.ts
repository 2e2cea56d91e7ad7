import { durationOf, type TermChoices, termChoices, termsShown } from '../cards/purchase-item.ts';
import { adviceFrom, unread } from '../domain/cancellations/advice.ts';
import { Refusal } from '../domain/errors.ts';
import type { Money } from '../domain/money.ts';
import { choicesOf } from '../domain/orders/offer.ts';
import { profileOf } from './choose-customer.ts';
import type { Answer, FirstTurn } from './engine/flow.ts';
import type { OfItem } from './purchase-data.ts';

/** How the item can be bought; in no way where it is not on sale any more. */
export async function termsOf({ facts }: FirstTurn, data: OfItem): Promise<TermChoices> {
  const [country, skus] = await Promise.all([
    data.country ?? profileOf(facts, data.customerId).then((profile) => profile.country),
    facts.catalog.skus(data.customerId, data.productId),
  ]);
  const sku = onSale(skus.find((one) => one.id === data.skuId));
  return termChoices(sku, await choicesOf(facts, { id: data.customerId, country }, sku));
}

/** Of one, as the card is filled in. The review says what it costs in any case; until then it only advises. */
export async function priceOf(
  { facts }: FirstTurn,
  { productId, skuId, country }: OfItem,
  terms: TermChoices,
  entered: Answer['values'],
): Promise<Money | undefined> {
  if (country === undefined) return undefined;
  const { segment, term, billing } = termsShown(terms, entered);
  const item = { productId, skuId, segment, termDuration: durationOf(term), billingCycle: billing };
  const price = await adviceFrom(facts.catalog.unitPrice(country, item));
  return price === unread ? undefined : price;
}

/** It may have gone from the catalogue since it was shown. */
export function onSale<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('item-unavailable', { item: '' });
  return value;
}
