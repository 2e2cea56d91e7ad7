import { z } from 'zod';
import type { Customer } from './customers.ts';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { readBody } from './http/read-call.ts';
import { findCountry, getCountry } from './seed/load.ts';
import { deriveCode } from './world.ts';

/** What a line is: software bought once, software rented for a term, or something that is not software. */
export type LineKind = 'perpetual' | 'software-subscription' | 'other';

export type Segment = 'commercial' | 'education' | 'government' | 'nonprofit';

export const SEGMENTS: Segment[] = ['commercial', 'education', 'government', 'nonprofit'];

/** One way to pay for an item; perpetual software has no duration. */
export interface Term {
  duration?: string | undefined;
  billingCycle: string;
  description: string;
}

export interface Sku {
  id: string;
  productId: string;
  title: string;
  description: string;
  segments: Segment[];
  minimumQuantity: number;
  maximumQuantity: number;
  terms: Term[];
  purchasePrerequisites: string[];
  attestationType?: string | undefined;
  /** The partner's price for one in US dollars; for a term, of the whole term paid once. */
  priceUsd: number;
  soldOut: boolean;
}

/** The installation files of a product. */
interface Media {
  fileName: string;
  bits: (32 | 64)[];
  languages: string[];
  megabytes: number;
}

export interface Product {
  id: string;
  title: string;
  description: string;
  kind: LineKind;
  productType: { id: string; displayName: string; subType?: { id: string; displayName: string } | undefined };
  publisherName: string;
  /** The target views that list it. */
  views: string[];
  skus: Sku[];
  /** An older version is known, and can be installed, but is not sold. */
  onSale: boolean;
  notSoldIn: string[];
  cancellable: boolean;
  /** Paid by what is used, not by the licence. */
  isUsageBased: boolean;
  /** Ids of the products (older versions, components) a purchase includes. */
  includes: string[];
  hasKeys: boolean;
  media?: Media | undefined;
}

export interface Catalogue {
  product(id: string): Product | undefined;
  products(): Product[];
  sku(productId: string, skuId: string): Sku | undefined;
}

declare module './world.ts' {
  interface World {
    catalogue: Catalogue;
  }
}

export function createCatalogue(products: Product[]): Catalogue {
  const byId = new Map(products.map((product) => [product.id, product]));
  return {
    product: (id) => byId.get(id.toUpperCase()),
    products: () => products,
    sku: (productId, skuId) =>
      byId.get(productId.toUpperCase())?.skus.find((sku) => sku.id.toUpperCase() === skuId.toUpperCase()),
  };
}

export interface Market {
  country: string;
  segment: Segment;
}

/** Availability ids live one hour of simulated time; the one before is still accepted in a cart. */
const ROTATION_MS = 3_600_000;

/** The id of the availability of an item in one market at one instant. */
export function createAvailabilityId(sku: Sku, market: Market, at: number): string {
  const rotation = Math.floor(at / ROTATION_MS);
  const prefix = sku.productId.length === 12 ? sku.productId.slice(0, 8) : 'DZH318Z0';
  return prefix + deriveCode(4, sku.productId, sku.id, market.country, market.segment, rotation);
}

/** The segment an availability id stands for now, or stood for in the rotation before; undefined when outdated. */
export function findSegment(sku: Sku, country: string, availabilityId: string, at: number): Segment | undefined {
  return sku.segments.find((segment) =>
    [at, at - ROTATION_MS].some(
      (instant) => createAvailabilityId(sku, { country, segment }, instant) === availabilityId.toUpperCase(),
    ),
  );
}

/** Is the product sold in the country at all? */
export function isSoldIn(product: Product, country: string): boolean {
  return product.onSale && !product.notSoldIn.includes(country);
}

/** Only terms of the newer model, billed by the year or for three, appear as a subscription. */
export function hasSubscription(term: Term): boolean {
  return term.duration !== undefined && term.billingCycle !== 'one_time';
}

/** `StateOwnedEntity` opens no prices: Microsoft's samples show it beside a qualification that does. */
const QUALIFICATIONS: Record<Segment, Customer['qualifications'][number]['qualification'][]> = {
  commercial: [],
  education: ['Education'],
  government: ['GovernmentCommunityCloud'],
  nonprofit: ['Nonprofit'],
};

/** May the customer buy at the prices of the segment? Everybody may at commercial ones. */
export function isQualifiedFor(customer: Customer, segment: Segment): boolean {
  if (segment === 'commercial') return true;
  return customer.qualifications.some(
    ({ qualification, vettingStatus }) =>
      QUALIFICATIONS[segment].includes(qualification) && vettingStatus === 'Approved',
  );
}

const SEGMENT_FACTORS: Record<Segment, number> = { commercial: 1, education: 0.35, government: 0.88, nonprofit: 0.6 };
const RETAIL_FACTOR = 1.18;

export interface Price {
  currency: string;
  symbol: string;
  /** What the partner pays for one, and the estimated retail price. */
  unit: number;
  retail: number;
}

/** The price of one item in a market, rounded as the currency is written. */
export function calculatePrice(sku: Sku, { country, segment }: Market): Price {
  const { currency, symbol, rate, decimals } = getCountry(country);
  const amount = sku.priceUsd * SEGMENT_FACTORS[segment] * rate;
  return { currency, symbol, unit: round(amount, decimals), retail: round(amount * RETAIL_FACTOR, decimals) };
}

/** A sum in a country's currency without the noise of binary fractions. */
export function addUp(country: string, amounts: number[]): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return round(sum, getCountry(country).decimals);
}

function round(amount: number, decimals: number): number {
  return Number(amount.toFixed(decimals));
}

export const inventoryRoutes: Route[] = [
  { method: 'POST', path: '/v1/extensions/product/checkInventory', access: 'any', handle: checkInventory },
];

const inventorySchema = z.object({
  targetItems: z.array(z.object({ productId: z.string(), skuId: z.string().nullish() })),
});

/** A bare list. Unknown items are left out without a word. */
function checkInventory(call: Call): ApiResponse {
  const country = findCountry(call.query.get('country') ?? '');
  if (country === undefined) throw createError(400, 2000, 'country is required.');
  const { targetItems } = readBody(call, inventorySchema);
  const items = targetItems.flatMap(({ productId, skuId }) => {
    const skus = call.world.catalogue.product(productId)?.skus ?? [];
    return skus.filter(({ id }) => typeof skuId !== 'string' || id === skuId.toUpperCase());
  });
  return ok(
    items.map((sku) => ({
      productId: sku.productId,
      skuId: sku.id,
      isRestricted: sku.soldOut,
      restrictions: sku.soldOut ? [createRestriction(country.code)] : [],
    })),
  );
}

function createRestriction(country: string) {
  return {
    reasonCode: 'NotAvailableForSubscription',
    description: `Restriction identified of type 'Location' with values '${country}'.`,
    properties: { type: 'Location', values: country },
  };
}
