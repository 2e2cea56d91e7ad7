import type { Item } from '../orders/catalog.ts';

export interface NamedCustomer {
  readonly id: string;
  readonly name: string;
}

export type NamedItem = Pick<Item, 'productId' | 'skuId'> & { readonly title: string };

/** What somebody did for a customer; `items`: what was ordered. */
export interface Dealing {
  readonly personId: string;
  readonly customer: NamedCustomer;
  readonly items: readonly NamedItem[];
}

/**
 * What people here work with most, as far as this process knows: it only puts the likeliest first, so it is never waited
 * for, and what other processes add to it comes some minutes later.
 */
export interface Favourites {
  /** Those that the person dealt with, the latest first; then those that anybody did. */
  customers(personId: string): readonly NamedCustomer[];
  /** What was ordered for the customer, the most frequent first; then what was ordered for anybody. */
  items(customerId: string): readonly NamedItem[];
  note(dealing: Dealing): void;
}

/** `dealings`: the latest first. */
export function customersIn(dealings: Iterable<Dealing>, personId: string): NamedCustomer[] {
  const own = new Map<string, NamedCustomer>();
  const others = new Map<string, NamedCustomer>();
  for (const { personId: by, customer } of dealings) {
    const known = by === personId ? own : others;
    const key = customer.id.toLowerCase();
    if (!known.has(key)) known.set(key, customer);
  }
  return [...new Map([...own, ...[...others].filter(([key]) => !own.has(key))]).values()];
}

export function itemsIn(dealings: Iterable<Dealing>, customerId: string): NamedItem[] {
  const own = new Map<string, { readonly item: NamedItem; count: number }>();
  const others: typeof own = new Map();
  const wanted = customerId.toLowerCase();
  for (const { customer, items } of dealings) {
    const counted = customer.id.toLowerCase() === wanted ? own : others;
    for (const item of items) {
      const key = `${item.productId}:${item.skuId}`;
      const known = counted.get(key) ?? { item, count: 0 };
      known.count += 1;
      counted.set(key, known);
    }
  }
  const byCount = (counted: typeof own) => [...counted].sort(([, one], [, other]) => other.count - one.count);
  const further = byCount(others).filter(([key]) => !own.has(key));
  return [...byCount(own), ...further].map(([, { item }]) => item);
}
