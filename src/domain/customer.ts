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

/** What decides whether an order for the customer can go through (reference §11, points 1–4). */
export interface Readiness {
  readonly relationship: string;
  /** `Allowed` is good; `UnderReview`, `NotAllowed`, `Unknown` are not; `undefined` was never assessed. */
  readonly account: string | undefined;
  readonly agreement: 'confirmed' | 'signed' | 'missing';
  readonly qualifications: readonly string[];
}

export type Obstacle = 'no-relationship' | 'account-blocked' | 'no-agreement';

/** The first thing that would make Partner Center refuse an order, in its own order of checking. */
export function obstacleOf(readiness: Readiness): Obstacle | undefined {
  if (readiness.relationship !== 'reseller') return 'no-relationship';
  if (readiness.account !== undefined && readiness.account.toLowerCase() !== 'allowed') return 'account-blocked';
  if (readiness.agreement === 'missing') return 'no-agreement';
  return undefined;
}

/** Is `given` (a tenant GUID or a domain, as typed) this customer? Case and surrounding blanks are ignored. */
export function isCustomer(customer: CustomerProfile, given: string): boolean {
  const wanted = given.trim().toLowerCase();
  return [customer.id, customer.domain, ...customer.customDomains].some((known) => known.toLowerCase() === wanted);
}
