import type { Money } from './money.ts';

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

/** Something a customer may install from one purchase: the product bought, or one that it includes. */
export interface Version {
  readonly productId: string;
  readonly skuId: string;
  readonly title: string;
  /** Where Partner Center keeps the key of this version; absent where it offers no key API. Not the key. */
  readonly keyRef?: string;
  readonly keyState?: string;
}

/** What was bought: one line of an order and the versions it includes. */
export interface Entitlement {
  readonly orderId: string;
  /** The short form, where Partner Center says it: some orders are listed under it. */
  readonly orderNumber?: string;
  readonly lineNumber: number;
  readonly productId: string;
  readonly skuId: string;
  readonly quantity: number;
  readonly expiresAt?: Date;
  readonly versions: readonly Version[];
}

export interface DownloadOption {
  readonly id: string;
  readonly title: string;
  readonly languageCode: string;
  readonly languageName: string;
  /** `64 Bit`, `32 Bit`, as Partner Center writes it. */
  readonly architecture: string;
  readonly sizeBytes?: number;
}
