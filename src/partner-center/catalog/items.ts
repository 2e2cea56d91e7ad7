import type { Catalog, Product, SoldItem, SoldItems } from '../../domain/orders/catalog.ts';
import { joinTitles, withoutRepeats } from '../../domain/orders/titles.ts';
import { createWordSearch, putAll } from '../../domain/search/word-search.ts';
import { createCache } from '../../microsoft/cache.ts';
import type { Timer } from '../../microsoft/timer.ts';
import type { CustomerResource } from '../customers/customer-resource.ts';
import type { PriceSheet } from './price-rows.ts';
import type { PriceSheets } from './price-sheet.ts';
import type { Products, SegmentList } from './products.ts';

/** A list is the same for all customers of a country and its segments; longer than its products are kept. */
const keepMs = 4 * 60 * 60_000;
/** Entries of all lists together: about 100 MB. */
const entriesAtMost = 400_000;
/** Of one list. */
const itemsAtMost = 200_000;
/** A card waits for a price sheet no longer than this; without one, the edition is asked for after the product. */
const waitMs = 700;

interface ItemsOptions {
  readonly lists: Products['lists'];
  readonly sheetOf: PriceSheets['sheetOf'];
  readonly resource: Pick<CustomerResource, 'countryOf' | 'known'>;
  readonly timer: Timer;
}

/** A list, and what it was made from: it is made anew when one of these is. */
interface Made {
  readonly from: readonly (readonly Product[])[];
  readonly sheet: PriceSheet | undefined;
  readonly items: SoldItems;
}

export function createItems({ lists, sheetOf, resource, timer }: ItemsOptions): Catalog['items'] {
  const made = createCache<Made>({
    timer,
    size: entriesAtMost,
    sizeOf: ({ items }) => items.size,
    keepMs: () => keepMs,
  });

  async function countryOf(customerId: string): Promise<string> {
    return resource.countryOf(customerId) ?? (await resource.known(customerId)).profile.country;
  }

  return async (customerId) => {
    const sheet = inTime(countryOf(customerId).then(sheetOf));
    const found = await lists(customerId);
    const [known, country] = [await sheet, resource.countryOf(customerId)];
    const from = found.map(({ products }) => products);
    const key = `${country ?? customerId} ${found.map(({ segment }) => segment).join()}`;
    const before = made.peek(key);
    // A list that was read anew mostly says the same.
    if (before && before.sheet === known && isSame(before.from, from)) return before.items;
    const renewed = made.renew(key, async () => ({ from, sheet: known, items: await makeItems(found, known) }));
    return (await renewed).items;
  };
}

async function makeItems(found: readonly SegmentList[], sheet: PriceSheet | undefined): Promise<SoldItems> {
  const segments = new Set<string>(found.map(({ segment }) => segment));
  const products = new Map(found.flatMap((list) => list.products.map((one) => [one.id, one] as const)));
  const items = [...products.values()].flatMap((product) => itemsOf(product, segments, sheet));
  // As letters are numbered: to compare 100,000 titles as people do would hold up everything else for a second.
  items.sort((one, other) => (one.title < other.title ? -1 : 1));
  const search = createWordSearch<SoldItem>({ textOf: ({ title }) => title, most: itemsAtMost });
  await putAll(search, items, ({ productId, skuId }) => keyOf(productId, skuId));
  const byProduct = Map.groupBy(items, ({ productId }) => productId);
  return {
    size: search.size,
    find: search.find,
    of: (productId) => byProduct.get(productId) ?? [],
    get: (productId, skuId) => search.get(keyOf(productId, skuId)),
  };
}

/** Its editions that this customer may buy; where none is known, the product itself. */
function itemsOf({ id, title }: Product, segments: ReadonlySet<string>, sheet: PriceSheet | undefined): SoldItem[] {
  const listed = (sheet?.skus.get(id.toUpperCase()) ?? []).filter((sku) =>
    sku.segments.some((segment) => segment === '' || segments.has(segment)),
  );
  if (listed.length === 0) return [{ productId: id, title }];
  return listed.map((sku) => ({
    productId: id,
    skuId: sku.skuId,
    title: joinTitles(title, withoutRepeats(sku.title)),
  }));
}

function keyOf(productId: string, skuId = ''): string {
  return `${productId}:${skuId}`;
}

function isSame(some: Made['from'], others: Made['from']): boolean {
  return some.length === others.length && some.every((one, at) => isSameList(one, others[at] ?? []));
}

function isSameList(some: readonly Product[], others: readonly Product[]): boolean {
  if (some === others) return true;
  return (
    some.length === others.length &&
    some.every(({ id, title }, at) => id === others[at]?.id && title === others[at].title)
  );
}

/** `undefined` where it fails or takes too long: it goes on, and is there the next time. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), waitMs);
  });
  return Promise.race([work.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
