import type { OutsideMeaning } from './errors.ts';
import type { Segment } from './software.ts';

/** A customer tenant. `domain` is the tenant's initial domain. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** What Partner Center knows of one customer, read on its own. `country` is ISO 3166 alpha-2 of the billing address. */
export interface CustomerProfile extends Customer {
  readonly customDomains: readonly string[];
  readonly country: string;
  readonly relationship: string;
}

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

/** A qualification that was asked for and is not (yet) there. */
export interface Vetting {
  readonly qualification: string;
  readonly status: 'in-review' | 'denied' | 'unknown';
  readonly reason?: string;
  readonly since?: Date;
}

/** What decides whether an order for the customer can go through (reference §11, points 1–5). */
export interface Readiness {
  readonly relationship: string;
  /** `Allowed` is good; `UnderReview`, `NotAllowed`, `Unknown` are not; `undefined` was never assessed. */
  readonly account: string | undefined;
  readonly agreement: 'confirmed' | 'signed' | 'missing';
  readonly qualifications: readonly string[];
  /** Whose prices these qualifications open; everybody may buy commercial. */
  readonly segments: readonly Segment[];
  /** The billing address; absent where there is none, or where it could not be checked now. An advice, no obstacle. */
  readonly address?: 'verified' | AddressFlaws;
  /** Absent when nothing is pending or denied. */
  readonly vetting?: readonly Vetting[];
}

/**
 * A point of the checks before an order (reference §11, 1–5) that is not as it should be, with what the remedy needs.
 * The first three stand in the way of any order, the fourth in the way of the one that is wanted; the others are advice.
 */
export type Missing =
  | { readonly point: 'relationship' }
  /** Without a status where Partner Center did not tell it. */
  | { readonly point: 'account'; readonly status?: string }
  | { readonly point: 'agreement' }
  | { readonly point: 'segment'; readonly segment: string }
  | {
      readonly point: 'qualification';
      readonly name: string;
      readonly status: Vetting['status'];
      readonly reason?: string;
    }
  | ({ readonly point: 'address' } & AddressFlaws);

/**
 * Everything that is missing, in Partner Center's own order of checking; empty when all is well. `segment`: whose prices
 * are wanted, where that is known.
 */
export function missingFrom(readiness: Readiness, segment?: string): Missing[] {
  const { relationship, account, agreement, segments, address, vetting = [] } = readiness;
  const missing: Missing[] = [];
  if (relationship !== 'reseller') missing.push({ point: 'relationship' });
  if (account !== undefined && account.toLowerCase() !== 'allowed') missing.push({ point: 'account', status: account });
  if (agreement === 'missing') missing.push({ point: 'agreement' });
  if (segment !== undefined && !segments.some((one) => one === segment)) missing.push({ point: 'segment', segment });
  for (const { qualification, status, reason } of vetting)
    missing.push({ point: 'qualification', name: qualification, status, reason });
  if (typeof address === 'object') missing.push({ point: 'address', ...address });
  return missing;
}

/** Would Partner Center refuse the order because of it? */
export function isObstacle({ point }: Missing): boolean {
  return point !== 'qualification' && point !== 'address';
}

/** What was missing where Partner Center refused an order with that meaning. */
export function missingMeant(meaning: OutsideMeaning | undefined, segment: string): Missing | undefined {
  if (meaning === 'no-relationship') return { point: 'relationship' };
  if (meaning === 'account-blocked') return { point: 'account' };
  if (meaning === 'agreement-missing') return { point: 'agreement' };
  return meaning === 'not-qualified' ? { point: 'segment', segment } : undefined;
}

/** Is `given` (a tenant GUID or a domain, as typed) this customer? Case and surrounding blanks are ignored. */
export function isCustomer(customer: CustomerProfile, given: string): boolean {
  const wanted = given.trim().toLowerCase();
  if (wanted === '') return false;
  return [customer.id, customer.domain, ...customer.customDomains].some((known) => known.toLowerCase() === wanted);
}
