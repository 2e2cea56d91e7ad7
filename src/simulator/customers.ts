import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError, createTenantIdError } from './http/errors.ts';
import { createLink, takeSeekPage, toCollection } from './http/format.ts';
import { readFilter } from './http/read-call.ts';
import type { CustomerSeed } from './seed/load.ts';
import { getCountry } from './seed/load.ts';
import { deriveGuid, deriveNumber } from './world.ts';

export interface Contact {
  firstName: string;
  lastName: string;
  email: string;
  phoneNumber?: string;
}

interface Address {
  country: string;
  city: string;
  state?: string | undefined;
  addressLine1: string;
  postalCode: string;
}

/** A customer of the partner. What may change about it (agreements) is kept beside it. */
export interface Customer
  extends Pick<
    CustomerSeed,
    'companyName' | 'customDomains' | 'relationship' | 'allowDelegatedAccess' | 'signedDirectly' | 'qualifications'
  > {
  id: string;
  commerceId: string;
  /** The tenant's initial domain; `customDomains` has it too, and the ones added later. */
  domain: string;
  address: Address;
  contact: Contact;
  /** Absent: never assessed. The last of its values is spelled so in *Retrieve validation status*. */
  account?: NonNullable<CustomerSeed['account']>;
}

export interface CustomerDirectory {
  get(id: string): Customer | undefined;
  all(): Customer[];
  byDomain(domain: string): Customer | undefined;
}

declare module './world.ts' {
  interface World {
    customers: CustomerDirectory;
  }
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

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The customer named in the path. */
export function getCustomer(call: Call): Customer {
  const id = call.params.customerId ?? '';
  if (!GUID.test(id)) throw createTenantIdError();
  const customer = call.world.customers.get(id);
  if (customer === undefined) throw createError(404, 60003, `Tenant ${id} was not found.`);
  return customer;
}

/** The same, for commerce: the partner must be the customer's reseller. */
export function getResoldCustomer(call: Call): Customer {
  const customer = getCustomer(call);
  if (customer.relationship === 'reseller') return customer;
  throw createError(403, 20002, 'We&#39;re sorry, you don&#39;t have a commerce relationship with this customer.');
}

export const customerRoutes: Route[] = [
  { method: 'GET', path: '/v1/customers', access: 'any', limit: 'customers', handle: listCustomers },
  {
    method: 'GET',
    path: '/v1/customers/:customerId',
    access: 'any',
    limit: 'customers',
    handle: (call) => ok(showCustomer(getCustomer(call))),
  },
  {
    method: 'GET',
    path: '/v1/customers/:customerId/profiles/billing',
    access: 'any',
    limit: 'customers',
    handle: (call) => ok(showBillingProfile(getCustomer(call))),
  },
];

function listCustomers(call: Call): ApiResponse {
  const { page, links } = takeSeekPage(call, findCustomers(call), '/customers');
  return ok({ ...toCollection(page.map(showListedCustomer)), links });
}

/** `starts_with` on the name or the initial domain, without regard to case, is all the service searches. */
function findCustomers(call: Call): Customer[] {
  const all = call.world.customers.all();
  const filter = readFilter(call);
  if (filter === undefined) return all;
  const value = filter.value.toLowerCase();
  if (filter.operator.toLowerCase() !== 'starts_with') {
    const text = `The filter operator ${filter.operator} is not supported. Use starts_with or equals.`;
    throw createError(400, 2000, text);
  }
  switch (filter.field.toLowerCase()) {
    case 'companyname':
      return all.filter(({ companyName }) => companyName.toLowerCase().startsWith(value));
    case 'domain':
      return all.filter(({ domain }) => domain.startsWith(value));
    case 'indirectreseller':
    case 'indirectcloudsolutionprovider':
      return [];
    default:
      throw createError(400, 2000, `Customers cannot be filtered by ${filter.field}.`);
  }
}

/** A customer as lists show it. */
function showListedCustomer(customer: Customer) {
  const self = `/customers/${customer.id}`;
  return {
    id: customer.id,
    companyProfile: {
      tenantId: customer.id,
      domain: customer.domain,
      companyName: customer.companyName,
      links: { self: createLink(`${self}/profiles/company`) },
      attributes: { objectType: 'CustomerCompanyProfile' },
    },
    relationshipToPartner: customer.relationship,
    links: { self: createLink(self) },
    attributes: { objectType: 'Customer' },
  };
}

/**
 * A customer as the single get shows it. Without delegated access address, e-mail and domains are left out of it, and the
 * name stands in the billing profile only.
 */
export function showCustomer(customer: Customer, { isNamed = customer.allowDelegatedAccess } = {}) {
  const { id, companyProfile, relationshipToPartner, links, attributes } = showListedCustomer(customer);
  const { attributes: profileAttributes, links: profileLinks, companyName, ...profile } = companyProfile;
  const isOpen = customer.allowDelegatedAccess;
  return {
    id,
    commerceId: customer.commerceId,
    companyProfile: {
      ...profile,
      ...(isNamed ? { companyName } : {}),
      ...(isOpen ? { address: showCompanyAddress(customer), email: customer.contact.email } : {}),
      links: profileLinks,
      attributes: profileAttributes,
    },
    billingProfile: showBillingProfile(customer),
    relationshipToPartner,
    allowDelegatedAccess: isOpen,
    customDomains: isOpen ? customer.customDomains : undefined,
    enableGDAPByDefault: false,
    links,
    attributes,
  };
}

function showCompanyAddress({ address, contact }: Customer) {
  const { state, ...rest } = address;
  return { ...rest, region: state, phoneNumber: contact.phoneNumber };
}

/** Whom a customer's purchases are billed to. */
function showBillingProfile({ id, companyName, contact, address }: Customer) {
  const { firstName, lastName, email, phoneNumber } = contact;
  const culture = getCountry(address.country).cultures[0] ?? 'en-US';
  return {
    firstName,
    lastName,
    email,
    culture,
    language: culture.slice(0, 2),
    companyName,
    defaultAddress: { ...address, firstName, lastName, phoneNumber },
    id: deriveGuid('billing profile', id),
    links: { self: createLink(`/v1/customers/${id}/profiles/billing`) },
    // A negative number, as billing profiles have it.
    attributes: { etag: `-${deriveNumber(2 ** 31, 'etag', id, 1)}`, objectType: 'CustomerBillingProfile' },
  };
}
