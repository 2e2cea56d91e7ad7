import type { Money } from '../money.ts';
import type { WordSearch } from '../search/word-search.ts';

export interface Catalog {
  /** All software on offer to the customer, by title. */
  products(customerId: string): Promise<Product[]>;
  skus(customerId: string, productId: string): Promise<Sku[]>;
  /** The same as one list, each edition on its own where the price sheet of the market tells them in time. */
  items(customerId: string): Promise<SoldItems>;
  /** What can be bought now, all segments the customer may buy; fresh at each call. */
  availabilities(customerId: string, productId: string, skuId: string): Promise<Availability[]>;
  /** The one that an order line names, whether it can be bought or not; `undefined` when its id has rotated away. */
  availability(catalogItemId: string, country: string): Promise<Availability | undefined>;
  /** One product by id, whatever its kind; `undefined` when the catalogue no longer knows it. May be cached. */
  product(productId: string, country: string): Promise<Product | undefined>;
  /** The same as far as it is kept, where the customer is; nothing is asked. */
  knownProduct(customerId: string, productId: string): Product | undefined;
  /** From the price sheet of the customer's market; `undefined` when the sheet does not list the item. */
  unitPrice(country: string, item: Omit<Item, 'quantity'>): Promise<Money | undefined>;
  /** What the inventory check holds against buying the item; empty when nothing. */
  restrictions(customerId: string, country: string, productId: string, skuId: string): Promise<Restriction[]>;
}

export interface Product {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly isSoftware: boolean;
}

/** An edition of a product. `id` is unique inside the product only. */
export interface Sku {
  readonly productId: string;
  readonly id: string;
  readonly title: string;
  readonly minimumQuantity: number;
  readonly maximumQuantity: number;
  readonly needsInventoryCheck: boolean;
  readonly needsAttestation: boolean;
  /** Partner Center's names of what the customer must have done elsewhere first, e.g. `AzureSubscriptionRegistration`. */
  readonly needsBefore: readonly string[];
}

/** A product, or one edition of it: then `skuId` is there, and the title names both. */
export interface SoldItem {
  readonly productId: string;
  readonly skuId?: string;
  readonly title: string;
}

/** By product and edition; of a product of which they are known, its editions stand there instead of it. */
export type SoldItems = Pick<WordSearch<SoldItem>, 'size' | 'find'> & {
  get(productId: string, skuId?: string): SoldItem | undefined;
  /** Its editions, or the product itself. */
  of(productId: string): readonly SoldItem[];
};

export type Segment = 'commercial' | 'education' | 'government' | 'nonprofit';

/** How an item can be bought: `duration` is `P1Y`, `P3Y`; absent for perpetual software. */
export interface Term {
  readonly duration?: string;
  readonly billingCycle: string;
  /** The machine-readable cancellation windows, as ISO 8601 durations after the purchase. Rarely present. */
  readonly refundOptions?: readonly { readonly type: 'full' | 'partial'; readonly expiresAfter: string }[];
}

/** A SKU on offer now. `catalogItemId` rotates: fetch it right before the cart, never store it. */
export interface Availability {
  readonly catalogItemId: string;
  readonly productId: string;
  readonly skuId: string;
  readonly segment: string;
  readonly country: string;
  readonly currency: string;
  readonly isPurchasable: boolean;
  readonly terms: readonly Term[];
}

/** What is to be bought, in words that stay true while catalogue ids rotate. */
export interface Item {
  readonly productId: string;
  readonly skuId: string;
  readonly segment: string;
  readonly quantity: number;
  readonly termDuration?: string;
  readonly billingCycle: string;
}

export interface Price {
  readonly unit: Money;
  readonly total: Money;
}

/** What Microsoft holds against selling an item. */
export interface Restriction {
  /** Microsoft's own words, with its code. */
  readonly said: string;
  /** Countries (by code) or regions in which it cannot be had, where it is about a place. */
  readonly places?: readonly string[];
}
