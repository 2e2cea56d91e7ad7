import { domainToASCII } from 'node:url';
import type { Customer, CustomerProfile } from '../domain/customer.ts';
import type { Customers } from '../domain/ports.ts';
import { PartnerCenterError } from './errors.ts';
import { pages } from './pages.ts';
import type { Api, Call } from './request.ts';
import { id, type LeftOut, listOf, many, maybe, shape, text, word } from './wire.ts';

/** Sources: *Get a list of customers*, *… filtered by a search field*, *Get a customer by ID* (reference §2). */
const address = maybe(shape({ country: maybe(text) }));
const billingProfile = shape({ defaultAddress: address });
const customer = shape({
  id,
  companyProfile: maybe(shape({ companyName: maybe(text), domain: maybe(text), address })),
  billingProfile: maybe(billingProfile),
  relationshipToPartner: maybe(word(['none', 'reseller', 'advisor', 'syndication', 'microsoft_support'])),
  customDomains: maybe(many(text)),
});
const customerList = listOf(customer);
const openIdDocument = shape({ issuer: text });

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;
/** The usual largest page (reference §2, inferred). */
const pageSize = 500;

export function toCustomers(body: unknown, leftOut?: LeftOut): Customer[] {
  return customerList(body, leftOut).map((found) => ({
    id: found.id,
    name: found.companyProfile?.companyName ?? '',
    domain: found.companyProfile?.domain ?? '',
  }));
}

export function toCustomerProfile(body: unknown): CustomerProfile {
  const { id, companyProfile, billingProfile, relationshipToPartner, customDomains } = customer.parse(body);
  return {
    id,
    name: companyProfile?.companyName ?? '',
    domain: companyProfile?.domain ?? '',
    customDomains: customDomains ?? [],
    country: billingProfile?.defaultAddress?.country ?? companyProfile?.address?.country ?? '',
    relationship: relationshipToPartner ?? 'none',
  };
}

export function createCustomers(api: Api, authority: string): Omit<Customers, 'readiness'> {
  /** The one documented filter; the service refuses anything else (reference §2). */
  async function startingWith(field: 'CompanyName' | 'Domain', value: string, size: number): Promise<Customer[]> {
    const filter = JSON.stringify({ Field: field, Value: value, Operator: 'starts_with' });
    return api.read({ ...listCall, query: { size, filter } }, toCustomers);
  }

  async function get(customerId: string): Promise<CustomerProfile | undefined> {
    try {
      const found = await api.read(getCall(customerId), toCustomerProfile);
      return found.country ? found : { ...found, country: await billingCountry(customerId) };
    } catch (error) {
      if (isNoCustomer(error)) return undefined;
      throw isAccessDenied(error) ? withRemedy(error) : error;
    }
  }

  function billingCountry(customerId: string): Promise<string> {
    const path = `/v1/customers/${encodeURIComponent(customerId)}/profiles/billing`;
    const call: Call = { operation: 'getBillingProfile', method: 'GET', path, token: 'either' };
    const read = api.read(call, (body) => billingProfile.parse(body).defaultAddress?.country ?? '');
    // The customer is there; only what is billed to it is not.
    return read.catch((error) => {
      if (error instanceof PartnerCenterError && error.kind === 'not-found') return '';
      throw error;
    });
  }

  /** A custom domain names its tenant in the directory's public OpenID document (reference §2, inferred). */
  async function tenantOf(domain: string): Promise<string | undefined> {
    const call: Call = {
      operation: 'resolveDomain',
      method: 'GET',
      path: `/${encodeURIComponent(domain)}/v2.0/.well-known/openid-configuration`,
      token: 'none',
      host: { url: authority, resource: '' },
    };
    try {
      const issuer = await api.read(call, (body) => openIdDocument.parse(body).issuer);
      return issuer.split('/').find((part) => guid.test(part));
    } catch (error) {
      if (error instanceof PartnerCenterError && (error.kind === 'declined' || error.kind === 'not-found')) {
        return undefined;
      }
      throw error;
    }
  }

  return {
    async search(given, limit) {
      const wanted = given.trim().toLowerCase();
      const found = new Map<string, Customer>();
      const add = (some: readonly Customer[]) => {
        for (const one of some) if (contains(one, wanted)) found.set(one.id, one);
      };

      if (wanted !== '') {
        const starting = (['CompanyName', 'Domain'] as const).map((field) =>
          startingWith(field, given.trim(), limit + 1).catch(nothingWhenDeclined),
        );
        for (const some of await Promise.all(starting)) add(some);
      }
      if (found.size <= limit) {
        const size = wanted === '' ? Math.min(limit + 1, pageSize) : pageSize;
        for await (const some of pages(api, { ...listCall, query: { size } }, toCustomers)) {
          add(some);
          if (found.size > limit) break;
        }
      }
      const sorted = [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
      return { found: sorted.slice(0, limit), more: sorted.length > limit };
    },

    async find(tenant) {
      const given = tenant.trim().toLowerCase();
      if (guid.test(given)) return get(given);
      const domain = domainToASCII(given);
      if (!domainName.test(domain)) return undefined;
      const starting = await startingWith('Domain', domain, pageSize).catch(nothingWhenDeclined);
      const known = starting.find((one) => one.domain.toLowerCase() === domain);
      const customerId = known?.id ?? (await tenantOf(domain));
      return customerId === undefined ? undefined : get(customerId);
    },
  };
}

const listCall: Call = { operation: 'listCustomers', method: 'GET', path: '/v1/customers', token: 'either' };

function getCall(customerId: string): Call {
  const path = `/v1/customers/${encodeURIComponent(customerId)}`;
  return { operation: 'getCustomer', method: 'GET', path, token: 'either' };
}

function contains(one: Customer, wanted: string): boolean {
  return one.name.toLowerCase().includes(wanted) || one.domain.toLowerCase().includes(wanted);
}

/** A text the filter cannot take is still looked for page by page. */
function nothingWhenDeclined(error: unknown): Customer[] {
  if (error instanceof PartnerCenterError && error.kind === 'declined') return [];
  throw error;
}

/** Not found, or a tenant with which the partner has no relationship: 2000, 20002, 900118 (reference §1.6). */
function isNoCustomer(error: unknown): boolean {
  if (!(error instanceof PartnerCenterError)) return false;
  return error.kind === 'not-found' || ['2000', '20002', '900118'].includes(error.code ?? '');
}

/** 2032 is a missing role or a missing relationship, and does not say which: it is no answer to "whose is it?". */
function isAccessDenied(error: unknown): error is PartnerCenterError {
  return error instanceof PartnerCenterError && error.code === '2032';
}

const accessRemedy =
  'Partner Center denied the access to this customer: either it has no reseller relationship with the partner (any more), or the application PARTNER_CENTER_CLIENT_ID or the service account lacks the role; look at the customer in Partner Center.';

function withRemedy(cause: PartnerCenterError): PartnerCenterError {
  const { operation, kind, status, code, correlationId } = cause;
  const description = [cause.description, accessRemedy].filter((part) => part !== undefined).join(' ');
  return new PartnerCenterError({
    ...{ operation, kind, status, code, correlationId, cause },
    ...{ description, remedy: accessRemedy, isWorthRepeating: false },
  });
}
