import type { LineKind } from './entities.ts';
import { codeFrom } from './hash.ts';

export type Segment = 'commercial' | 'education' | 'government' | 'nonprofit';

export const SEGMENTS: Segment[] = ['commercial', 'education', 'government', 'nonprofit'];

/** One way to pay for an item; perpetual software has no duration. */
export interface Term {
  duration?: string;
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
  attestationType?: string;
  /** The partner's price for one in US dollars; for a term, of the whole term paid once. */
  priceUsd: number;
  soldOut: boolean;
}

/** The installation files of a product. */
export interface Media {
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
  productType: { id: string; displayName: string; subType?: { id: string; displayName: string } };
  publisherName: string;
  /** The target views that list it. */
  views: string[];
  skus: Sku[];
  /** An older version is known, and can be installed, but is not sold. */
  onSale: boolean;
  notSoldIn: string[];
  cancellable: boolean;
  /** Paid by what is used, not by the licence. */
  isUsageBased?: boolean;
  /** Ids of the products (older versions, components) a purchase includes. */
  includes: string[];
  hasKeys: boolean;
  media?: Media;
}

export interface Catalogue {
  product(id: string): Product | undefined;
  products(): Product[];
  sku(productId: string, skuId: string): Sku | undefined;
}

/** Availability ids live one hour of simulated time; the one before is still taken in a cart. */
const ROTATION_MS = 3_600_000;

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

/** The id of the availability of an item in one market at one instant. */
export function availabilityId(sku: Sku, market: Market, at: number): string {
  const rotation = Math.floor(at / ROTATION_MS);
  const prefix = sku.productId.length === 12 ? sku.productId.slice(0, 8) : 'DZH318Z0';
  return prefix + codeFrom(4, sku.productId, sku.id, market.country, market.segment, rotation);
}

/** The segment an availability id stands for now, or stood for in the rotation before; undefined when outdated. */
export function segmentOfAvailability(sku: Sku, country: string, id: string, at: number): Segment | undefined {
  return sku.segments.find((segment) =>
    [at, at - ROTATION_MS].some((instant) => availabilityId(sku, { country, segment }, instant) === id.toUpperCase()),
  );
}

/** Is the product sold in the country at all? */
export function isSoldIn(product: Product, country: string): boolean {
  return product.onSale && !product.notSoldIn.includes(country);
}
