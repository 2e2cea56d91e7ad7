import type { Secret } from '../secret.ts';

export interface Keys {
  /**
   * Every software bought for the customer, with the versions each purchase includes (titles filled in). `country`: read
   * of the customer where it is not known. `ofOrder`: only what was bought under one of these ids and numbers.
   */
  entitlements(customerId: string, country?: string, ofOrder?: readonly string[]): Promise<Entitlement[]>;
  /**
   * `undefined` where Partner Center offers no downloads by API; throws `not-offered` where it refuses to. May be some
   * minutes old, as the catalogue is.
   */
  downloadOptions(version: Version, country: string): Promise<DownloadOption[] | undefined>;
  /** Throws an `OutsideError` of kind `not-offered` where there is no key API, `not-found` when revoked or not ready. */
  productKey(version: Version): Promise<Secret<string>>;
  downloadLink(version: Version, country: string, optionId: string): Promise<Secret<string>>;
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
