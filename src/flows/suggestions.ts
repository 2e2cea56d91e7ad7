import type { Choice } from '../cards/inputs.ts';
import { shownAtMost } from '../cards/search.ts';
import type { Customer } from '../domain/customers/customer.ts';
import type { SoldItem, SoldItems } from '../domain/orders/catalog.ts';
import { likelyItems } from '../domain/orders/likely-items.ts';
import type { World } from '../domain/world.ts';
import { isBesideTitles, productWords } from '../words/product-words.ts';
import type { FirstTurn } from './engine/flow.ts';

/** Choices, of which there may be more than are shown. */
export interface Suggested {
  readonly choices: readonly Choice[];
  readonly more: boolean;
}

/** The customers that are likely before anything is typed: those that were dealt with lately, then the first of all. */
export async function likelyCustomers({ world, who }: Pick<FirstTurn, 'world' | 'who'>): Promise<Suggested> {
  const { found, more } = await world.customers.suggest('', shownAtMost);
  const isWhole = !more;
  const known = world.favourites.customers(who.id).flatMap(({ id, name }) => {
    const customer = world.customers.known(id);
    // Where all are known, one that is not among them is no customer any more.
    if (!customer && isWhole) return [];
    return [customer ?? { id, name, domain: '' }];
  });
  const all = uniqueBy([...known, ...found], ({ id }) => id.toLowerCase());
  // Nothing came in time: then it is waited for, and what is wrong is told.
  if (all.length === 0) {
    const listed = await world.customers.search('', shownAtMost);
    return { choices: listed.found.map(customerChoice), more: listed.more };
  }
  return { choices: all.slice(0, shownAtMost).map(customerChoice), more: more || all.length > shownAtMost };
}

/** Those that have what was typed; the ones that the person deals with first. */
export async function customersFor(
  { world, who }: Pick<FirstTurn, 'world' | 'who'>,
  text: string,
): Promise<readonly Choice[]> {
  if (text.trim() === '') return (await likelyCustomers({ world, who })).choices;
  const { found } = await world.customers.suggest(text, shownAtMost);
  const latest = new Map(world.favourites.customers(who.id).map(({ id }, at) => [id.toLowerCase(), at]));
  const rank = ({ id }: Customer) => latest.get(id.toLowerCase()) ?? Number.MAX_SAFE_INTEGER;
  return found.toSorted((one, other) => rank(one) - rank(other)).map(customerChoice);
}

/** What is likely for this customer before anything is typed: what was ordered before, then what most people want. */
export function likelyProducts({ favourites }: World, customerId: string, items: SoldItems): readonly SoldItem[] {
  const ordered = favourites.items(customerId).flatMap(({ productId, skuId }) => items.get(productId, skuId) ?? []);
  if (ordered.length >= shownAtMost) return ordered.slice(0, shownAtMost);
  return uniqueBy([...ordered, ...likelyItems(items, shownAtMost)], itemValue).slice(0, shownAtMost);
}

export function productsFor(world: World, customerId: string, items: SoldItems, text: string): readonly SoldItem[] {
  if (text.trim() === '') return likelyProducts(world, customerId, items);
  const found = findItems(items, text);
  const frequent = new Map(favouriteRanks(world, customerId));
  const rank = (item: SoldItem) => frequent.get(itemValue(item)) ?? Number.MAX_SAFE_INTEGER;
  return found.toSorted((one, other) => rank(one) - rank(other));
}

/** Words that name nothing (`for`, `licence`) count only while they may be the beginning of another. */
function findItems(items: SoldItems, text: string): readonly SoldItem[] {
  const words = productWords(text);
  const telling = words.filter((word) => !isBesideTitles(word));
  const typed = words.filter((word, at) => at === words.length - 1 || !isBesideTitles(word));
  const { found } = items.find(typed, shownAtMost);
  return found.length > 0 || telling.length === 0 ? found : items.find(telling, shownAtMost).found;
}

function favouriteRanks({ favourites }: World, customerId: string): [string, number][] {
  return favourites.items(customerId).map((item, at) => [itemValue(item), at]);
}

/** What an input has for an item: the product, or the product with its edition. */
export function itemValue({ productId, skuId }: Pick<SoldItem, 'productId' | 'skuId'>): string {
  return skuId === undefined ? productId : `${productId}:${skuId}`;
}

export function customerChoice({ id, name, domain }: Customer): Choice {
  return { title: domain ? `${name} (${domain})` : name, value: id };
}

function uniqueBy<T>(things: readonly T[], keyOf: (thing: T) => string): T[] {
  const found = new Map<string, T>();
  for (const thing of things) if (!found.has(keyOf(thing))) found.set(keyOf(thing), thing);
  return [...found.values()];
}
