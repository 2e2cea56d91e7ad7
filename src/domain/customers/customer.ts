import type { Found } from '../search/word-search.ts';
import type { AddressVerdict, OrderChecks } from './readiness.ts';

/** A customer tenant. `domain` is the tenant's initial domain. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** Absent where the list did not tell it. */
  readonly relationship?: string;
}

/** What Partner Center knows of one customer, read on its own. `country` is ISO 3166 alpha-2 of the billing address. */
export interface CustomerProfile extends Customer {
  readonly customDomains: readonly string[];
  readonly country: string;
  readonly relationship: string;
}

/** Is `given` (a tenant GUID or a domain, as typed) this customer? Case and surrounding blanks are ignored. */
export function isCustomer(customer: Pick<CustomerProfile, 'id' | 'domain' | 'customDomains'>, given: string): boolean {
  const wanted = given.trim().toLowerCase();
  if (wanted === '') return false;
  return [customer.id, customer.domain, ...customer.customDomains].some((known) => known.toLowerCase() === wanted);
}

/** The only one that has just this name, domain or id; else all that were found. */
export function findExactly(found: readonly Customer[], text: string): readonly Customer[] {
  const wanted = text.trim().toLowerCase();
  const exact = found.filter(({ name, domain, id }) =>
    [name, domain, id].some((known) => known.toLowerCase() === wanted),
  );
  return exact.length === 1 ? exact : found;
}

/** All calls of the ports to Partner Center can throw `OutsideError`. */
export interface Customers {
  /**
   * Whose name or domain begins with `text`, or, with few customers or where none does, contains it (case ignored; all for
   * ''), by name; at most `limit`. `more` = there are others, or may be: not all customers could be looked through.
   */
  search(text: string, limit: number): Promise<{ found: Customer[]; more: boolean }>;
  /**
   * While somebody types: those whose name or domain has all the words, from what this process knows and what Partner
   * Center says in less than a second. Never throws; `more`: there may be others.
   */
  suggest(text: string, limit: number): Promise<Found<Customer>>;
  /** As a list told it lately; nothing is asked. */
  known(customerId: string): Customer | undefined;
  /** By tenant GUID, initial domain or custom domain; `undefined` when that is no customer of ours. */
  find(tenant: string): Promise<CustomerProfile | undefined>;
  readiness(customerId: string): Promise<OrderChecks>;
  /** What an order could be declined for in the billing address; the customer as it was within the last minute. */
  address(customerId: string): Promise<AddressVerdict>;
}
