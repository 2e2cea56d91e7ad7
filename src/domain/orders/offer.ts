import type { CustomerProfile } from '../customers/customer.ts';
import { Refusal } from '../errors.ts';
import { times } from '../money.ts';
import type { World } from '../world.ts';
import type { Availability, Item, Price, Product, Sku, Term } from './catalog.ts';
import { joinTitles } from './titles.ts';

/** An item as it can be bought this minute: fresh catalogue id and price. */
export interface Offer {
  readonly sku: Sku;
  readonly availability: Availability;
  readonly term: Term;
  readonly price: Price;
}

/**
 * What can be chosen for a SKU: every segment with its terms. Empty when nothing is on sale to this customer. An unknown
 * country leaves out nothing.
 */
export async function choicesOf(
  world: World,
  { id, country }: { readonly id: string; readonly country?: string },
  sku: Pick<Sku, 'productId' | 'id'>,
): Promise<Availability[]> {
  const all = await world.catalog.availabilities(id, sku.productId, sku.id);
  return all.filter((one) => one.isPurchasable && one.country.toUpperCase() === (country ?? one.country).toUpperCase());
}

/**
 * Looks everything up anew. Throws `item-unavailable`, `needs-before`, `restricted`,
 * `quantity-out-of-range` or `price-unknown`; nothing has been changed then.
 */
export async function offerOf(world: World, customer: CustomerProfile, item: Item, product: Product): Promise<Offer> {
  const sku = (await world.catalog.skus(customer.id, item.productId)).find((one) => one.id === item.skuId);
  if (!sku) throw new Refusal('item-unavailable', { item: product.title });
  const title = titleOf(product, sku);
  demandQuantity(sku, item.quantity);
  const found = findOffer(await choicesOf(world, customer, sku), item);
  if (!found) throw new Refusal('item-unavailable', { item: title });
  await demandPrerequisites(world, customer, sku, title);
  const unit = await world.catalog.unitPrice(customer.country, item);
  if (!unit) throw new Refusal('price-unknown', { item: title });
  return { sku, ...found, price: { unit, total: times(unit, item.quantity) } };
}

export function demandQuantity(sku: Sku, quantity: number): void {
  const isWithin = quantity >= sku.minimumQuantity && quantity <= sku.maximumQuantity;
  if (Number.isInteger(quantity) && isWithin) return;
  throw new Refusal('quantity-out-of-range', { minimum: sku.minimumQuantity, maximum: sku.maximumQuantity });
}

/**
 * What Partner Center asks for before this edition is bought. Throws `needs-before`, for what
 * has to be done outside and no order could bring along, or `restricted`.
 */
export async function demandPrerequisites(
  world: World,
  customer: Pick<CustomerProfile, 'id' | 'country'>,
  { productId, id, needsBefore: needs, needsInventoryCheck }: Sku,
  item: string,
): Promise<void> {
  if (needs.length > 0) throw new Refusal('needs-before', { item, needs });
  if (!needsInventoryCheck) return;
  const restrictions = await world.catalog.restrictions(customer.id, customer.country, productId, id);
  if (restrictions.length > 0) throw new Refusal('restricted', { item, restrictions });
}

/** The one that sells the item: its segment may be offered several times, with other terms. */
export function findOffer(
  offers: readonly Availability[],
  item: Item,
): { readonly availability: Availability; readonly term: Term } | undefined {
  for (const availability of offers.filter((one) => one.segment === item.segment)) {
    const term = availability.terms.find((one) => isSameTerm(one, item));
    if (term) return { availability, term };
  }
  return undefined;
}

function isSameTerm(term: Term, item: Pick<Item, 'termDuration' | 'billingCycle'>): boolean {
  return (term.duration ?? '') === (item.termDuration ?? '') && term.billingCycle === item.billingCycle;
}

/** Product and edition, without saying the same twice. */
export function titleOf(product: Pick<Product, 'title'>, sku: Pick<Sku, 'title'>): string {
  return joinTitles(product.title, sku.title);
}
