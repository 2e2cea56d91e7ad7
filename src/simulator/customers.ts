import type { Contact } from './entities.ts';

export interface Qualification {
  qualification: 'None' | 'Education' | 'GovernmentCommunityCloud' | 'StateOwnedEntity' | 'Nonprofit';
  educationSegment?: string;
  vettingStatus?: 'Approved' | 'InReview' | 'Denied';
  vettingReason?: string;
  vettingCreatedDate?: string;
}

export interface Address {
  country: string;
  city: string;
  state?: string;
  addressLine1: string;
  postalCode: string;
}

/** *Retrieve validation status*, reference §11: the last is spelled so. */
export type AccountStatus = 'Allowed' | 'UnderReview' | 'NotAllowed' | 'Unknown' | 'Not Ready';

/** A customer of the partner. What may change about it (agreements, qualifications) is kept beside it. */
export interface Customer {
  id: string;
  commerceId: string;
  companyName: string;
  /** The tenant's initial domain, and the ones added later. */
  domain: string;
  customDomains: string[];
  address: Address;
  contact: Contact;
  relationship: 'none' | 'reseller' | 'advisor';
  allowDelegatedAccess: boolean;
  account?: AccountStatus;
  /** The customer itself signed the Microsoft Customer Agreement. */
  signedDirectly: boolean;
  qualifications: Qualification[];
}

export interface CustomerDirectory {
  get(id: string): Customer | undefined;
  all(): Customer[];
  byDomain(domain: string): Customer | undefined;
}

export function createCustomerDirectory(customers: Customer[]): CustomerDirectory {
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  const byDomain = new Map<string, Customer>();
  for (const customer of customers) {
    for (const domain of [customer.domain, ...customer.customDomains]) byDomain.set(domain.toLowerCase(), customer);
  }
  return {
    get: (id) => byId.get(id.toLowerCase()),
    all: () => customers,
    byDomain: (domain) => byDomain.get(domain.toLowerCase()),
  };
}
