/** `country` is ISO 3166 alpha-2; `state` in Partner Center's spelling, mostly two letters. */
export interface PostalAddress {
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country: string;
}

/** Whom Microsoft would ask about the customer's bills. */
export interface BillingProfile {
  readonly contact: {
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
    readonly phoneNumber?: string;
  };
}

/** What is not there, or not as the country has it. */
export type AddressGap = 'street' | 'city' | 'state' | 'postal-code' | 'phone' | 'registration-number';

/** What an order could be declined for in a billing address. */
export interface AddressFlaws {
  readonly isUnverified: boolean;
  readonly suggestion?: PostalAddress;
  /** Microsoft's own sentence. */
  readonly message?: string;
  readonly lacks: readonly AddressGap[];
}

export interface BillingProfiles {
  of(customerId: string): Promise<BillingProfile>;
}
