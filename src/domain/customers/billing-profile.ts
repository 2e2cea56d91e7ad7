/** `country` is ISO 3166 alpha-2; `state` in Partner Center's spelling, mostly two letters. */
export interface PostalAddress {
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country: string;
}

/** To whom the customer's purchases are billed, and whom Microsoft would ask. */
export interface BillingProfile {
  readonly companyName: string;
  readonly contact: {
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
    readonly phoneNumber?: string;
  };
  /** Absent when there is not even a street. */
  readonly address?: PostalAddress;
  /** Of this very reading; never to be stored. */
  readonly etag?: string;
}

/** What Partner Center thinks of an address. `status` is its own word for it. */
export interface AddressCheck {
  readonly isVerified: boolean;
  readonly status: string;
  readonly suggestions: readonly PostalAddress[];
  readonly message?: string;
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

/** What a country asks of an address. Patterns are regular expressions as Partner Center writes them. */
export interface CountryRules {
  readonly country: string;
  readonly isStateRequired: boolean;
  readonly states: readonly string[];
  readonly isCityRequired: boolean;
  readonly isPostalCodeRequired: boolean;
  readonly postalCodePattern?: string;
  readonly phonePattern?: string;
  readonly callingCodes: readonly string[];
  readonly cultures: readonly string[];
  readonly languages: readonly string[];
}

export interface BillingProfiles {
  of(customerId: string): Promise<BillingProfile>;
  /** Changes the address and nothing else. */
  correctAddress(customerId: string, address: PostalAddress, requestId: string): Promise<BillingProfile>;
}

export interface Addresses {
  /** A bad address is an answer, not an error. */
  check(address: PostalAddress): Promise<AddressCheck>;
  /** `undefined` for a country that Partner Center does not know. */
  rules(country: string): Promise<CountryRules | undefined>;
}
