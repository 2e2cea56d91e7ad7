import type { Product, Segment, Sku } from '../../domain/orders/catalog.ts';
import { withoutRepeats } from '../../domain/orders/titles.ts';
import { type Cache, createCache } from '../../microsoft/cache.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { hasCode, isKind, undefinedOn } from '../client/errors.ts';
import { readAll } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import {
  amount,
  billingCycleOf,
  flag,
  id,
  listOf,
  many,
  maybe,
  type ReportSkipped,
  shape,
  text,
  toSnakeCase,
} from '../client/wire.ts';
import type { CustomerResource } from '../customers/customer-resource.ts';
import type { Segments } from './segments.ts';

/** Sources: *Get a list of products (by customer)*, *Get a list of SKUs*, *Products resources*. */
const product = shape({
  id,
  title: maybe(text),
  productType: maybe(shape({ id: maybe(text) })),
  publisherName: maybe(text),
  isMicrosoftProduct: maybe(flag),
});
const sku = shape({
  id,
  productId: maybe(text),
  title: maybe(text),
  minimumQuantity: maybe(amount),
  maximumQuantity: maybe(amount),
  supportedBillingCycles: maybe(many(text)),
  purchasePrerequisites: maybe(many(text)),
  attestationProperties: maybe(shape({ enforceAttestation: maybe(flag) })),
});
const productList = listOf(product);
const skuList = listOf(sku);

/** The service's own "no limit". */
const unlimited = 999_999_999;

export function toProduct(body: unknown): Product {
  return productOf(product.parse(body));
}

export function toProducts(body: unknown, reportSkipped?: ReportSkipped): Product[] {
  return productList(body, reportSkipped).map(productOf);
}

function productOf({ id, title, productType, publisherName, isMicrosoftProduct }: ReturnType<typeof product.parse>) {
  return {
    id,
    title: withoutRepeats(title ?? id),
    publisher: publisherName ?? (isMicrosoftProduct ? 'Microsoft' : ''),
    isSoftware: productType?.id?.toLowerCase() === 'software',
  };
}

export function toSku(body: unknown, productId: string): Sku {
  return skuOf(sku.parse(body), productId);
}

export function toSkus(body: unknown, productId: string, reportSkipped?: ReportSkipped): Sku[] {
  return skuList(body, reportSkipped).map((one) => skuOf(one, productId));
}

/** Checked for every order anyway: the inventory, and the agreement in its present or its former name. */
const checkedHere = new Set(['inventory_check', 'microsoft_customer_agreement', 'microsoft_cloud_agreement']);

function skuOf(wire: ReturnType<typeof sku.parse>, productId: string): Sku {
  const prerequisites = wire.purchasePrerequisites ?? [];
  return {
    productId: wire.productId ?? productId,
    id: wire.id,
    title: withoutRepeats(wire.title ?? wire.id),
    minimumQuantity: Math.max(1, wire.minimumQuantity ?? 1),
    maximumQuantity: wire.maximumQuantity ?? unlimited,
    needsInventoryCheck: prerequisites.some((one) => toSnakeCase(one) === 'inventory_check'),
    needsAttestation: wire.attestationProperties?.enforceAttestation ?? false,
    needsBefore: prerequisites.filter((one) => !checkedHere.has(toSnakeCase(one))),
  };
}

export function toBillingCycles(body: unknown): string[] {
  return (sku.parse(body).supportedBillingCycles ?? []).map(billingCycleOf);
}

/** `Software` is all of it; the narrow views stand in where it is refused (400036). */
const narrowViews = ['SoftwarePerpetual', 'SoftwareSubscriptions', 'SoftwareSUSELinux'];

/** What is sold in one segment; the same list as long as it is kept. */
export interface SegmentList {
  readonly segment: Segment;
  readonly products: readonly Product[];
}

export interface Products {
  products(customerId: string): Promise<Product[]>;
  /** The same by segment, unsorted. */
  lists(customerId: string): Promise<SegmentList[]>;
  skus(customerId: string, productId: string): Promise<Sku[]>;
  product(productId: string, country: string): Promise<Product | undefined>;
  knownProduct(customerId: string, productId: string): Product | undefined;
  sku(productId: string, skuId: string, country: string): Promise<Sku | undefined>;
}

/** Comparing by one object takes a tenth of the time of `localeCompare`. */
const alphabet = new Intl.Collator();

/** What the catalogue shows is kept for so long; prices and availabilities are not. */
const listMs = 10 * 60_000;
const singleMs = 60 * 60_000;
const unknownMs = 10 * 60_000;
/** Entries of lists, all together: about 60 MB. */
const listedAtMost = 300_000;
const singlesAtMost = 20_000;

interface ProductsOptions {
  readonly segments: Segments;
  readonly countryOf: CustomerResource['countryOf'];
  readonly timer: Timer;
}

export function createProducts(api: Api, { segments, countryOf, timer }: ProductsOptions): Products {
  const lists = { timer, size: listedAtMost, sizeOf: (list: readonly unknown[]) => list.length, keepMs: () => listMs };
  const singles = {
    timer,
    size: singlesAtMost,
    keepMs: (value: unknown) => (value === undefined ? unknownMs : singleMs),
  };
  const productLists = createCache<Product[]>(lists);
  const skuLists = createCache<Sku[]>(lists);
  const knownProducts = createCache<Product | undefined>(singles);
  const knownSkus = createCache<Sku | undefined>(singles);

  /** Customers of one country are shown the same; what was asked while it was not known is kept for that customer. */
  function keyIn(lists: Cache<unknown>, customerId: string, about: string): string {
    const country = countryOf(customerId);
    const own = `${customerId} ${about}`;
    return country === undefined || lists.peek(own) ? own : `${country} ${about}`;
  }

  const view = (customerId: string, targetView: string, targetSegment: Segment) =>
    readAll(
      api,
      {
        operation: 'listProducts',
        method: 'GET',
        path: `/v1/customers/${encodeURIComponent(customerId)}/products`,
        query: { targetView, targetSegment },
        token: 'either',
      },
      toProducts,
    );

  async function readSoftware(customerId: string, segment: Segment): Promise<Product[]> {
    try {
      return await view(customerId, 'Software', segment);
    } catch (error) {
      if (!isRefusedView(error)) throw error;
      const narrow = await Promise.all(
        narrowViews.map((name) => view(customerId, name, segment).catch(undefinedWhereRefused)),
      );
      const answered = narrow.filter((found) => found !== undefined);
      if (answered.length === 0) throw error;
      return answered.flat();
    }
  }

  /** What a list shows of a product is all that is asked of it singly. */
  function remember(found: readonly Product[], country: string | undefined): void {
    if (country) for (const one of found) knownProducts.set(`${country} ${one.id}`, one);
  }

  function listOf(customerId: string, segment: Segment): Promise<Product[]> {
    return productLists.get(keyIn(productLists, customerId, segment), async () => {
      const software = (await readSoftware(customerId, segment)).filter(({ isSoftware }) => isSoftware);
      remember(software, countryOf(customerId));
      return software;
    });
  }

  return {
    lists: (customerId) =>
      segments.askEach(customerId, async (segment) => [{ segment, products: await listOf(customerId, segment) }]),

    async products(customerId) {
      const found = await segments.askEach(customerId, (segment) => listOf(customerId, segment));
      return uniqueById(found).sort((a, b) => alphabet.compare(a.title, b.title));
    },

    async skus(customerId, productId) {
      const path = `/v1/customers/${encodeURIComponent(customerId)}/products/${encodeURIComponent(productId)}/skus`;
      const call: Call = { operation: 'listSkus', method: 'GET', path, token: 'either' };
      const read = (targetSegment: Segment) =>
        readAll(api, { ...call, query: { targetSegment } }, (body, reportSkipped) =>
          toSkus(body, productId, reportSkipped),
        );
      const found = await segments.askEach(customerId, (segment) =>
        skuLists.get(keyIn(skuLists, customerId, `${segment} ${productId}`), () => read(segment)),
      );
      return uniqueById(found);
    },

    async product(productId, country) {
      if (!isCountry(country)) return undefined;
      const path = `/v1/products/${encodeURIComponent(productId)}`;
      const call: Call = { operation: 'getProduct', method: 'GET', path, query: { country }, token: 'either' };
      return knownProducts.get(`${country} ${productId}`, () =>
        api.read(call, toProduct).catch(undefinedOn('not-found')),
      );
    },

    knownProduct(customerId, productId) {
      const country = countryOf(customerId);
      return country === undefined ? undefined : knownProducts.peek(`${country} ${productId}`);
    },

    async sku(productId, skuId, country) {
      if (!isCountry(country)) return undefined;
      const path = `/v1/products/${encodeURIComponent(productId)}/skus/${encodeURIComponent(skuId)}`;
      const call: Call = { operation: 'getSku', method: 'GET', path, query: { country }, token: 'either' };
      return knownSkus.get(`${country} ${productId} ${skuId}`, () =>
        api.read(call, (body) => toSku(body, productId)).catch(undefinedOn('not-found')),
      );
    },
  };
}

/** A customer may have none; without one the catalogue refuses to answer. */
export function isCountry(written: string): boolean {
  return /^[a-z]{2}$/i.test(written);
}

function uniqueById<T extends { readonly id: string }>(found: readonly T[]): T[] {
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

function undefinedWhereRefused(error: unknown): undefined {
  if (!isRefusedView(error)) throw error;
}

function isRefusedView(error: unknown): boolean {
  return hasCode(error, '400036') || isKind(error, 'not-offered');
}
