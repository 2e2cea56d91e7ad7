import { domainToASCII } from 'node:url';
import type { Customer, CustomerProfile, Customers } from '../../domain/customers/customer.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { remedies } from '../../words/operators.ts';
import { hasCode, isKind, PartnerCenterError, undefinedOn, undefinedWhereItAlone } from '../client/errors.ts';
import { readPages } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import { shape, tenantGuid, text } from '../client/wire.ts';
import { createCustomerList, pageSize } from './customer-list.ts';
import { type CustomerResource, toBillingCountry, toCustomers } from './customer-resource.ts';
import { createSuggestions } from './customer-suggestions.ts';

const openIdDocument = shape({ issuer: text });
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

interface CustomersOptions {
  readonly resource: CustomerResource;
  readonly authority: string;
  readonly timer: Timer;
}

export function createCustomers(
  api: Api,
  { resource, authority, timer }: CustomersOptions,
): Pick<Customers, 'search' | 'find' | 'suggest' | 'known'> {
  const suggestions = createSuggestions({
    timer,
    async readFirstPage() {
      for await (const { isLast } of list.readPages()) return isLast;
      return true;
    },
    async readBeginning(text, limit) {
      const { found, isWhole } = await findBeginningWith(text, limit);
      return isWhole && found.length <= limit;
    },
  });
  /** Whatever is read of the list is known from then on. */
  const read: typeof toCustomers = (body, reportSkipped) => {
    const customers = toCustomers(body, reportSkipped);
    suggestions.remember(customers);
    return customers;
  };
  const list = createCustomerList(api, { call: listCall, to: read, timer });

  /**
   * The one documented filter; the service refuses anything else, and has failed on domains for weeks. Where it is not
   * answered there is another way to the customer, so it is asked once only: `undefined` then.
   */
  async function listStartingWith(
    field: 'CompanyName' | 'Domain',
    value: string,
    size: number,
  ): Promise<Customer[] | undefined> {
    const filter = JSON.stringify({ Field: field, Value: value, Operator: 'starts_with' });
    const call: Call = { ...listCall, query: { size, filter }, isRead: false };
    return api.read(call, read).catch(undefinedWhereItAlone);
  }

  /** No more than are wanted and one. */
  async function listFirst(limit: number): Promise<SearchResult> {
    const found: Customer[] = [];
    const call = { ...listCall, query: { size: Math.min(limit + 1, pageSize) } };
    for await (const { content } of readPages(api, call, read)) {
      found.push(...content);
      if (found.length > limit) break;
    }
    return { found, isWhole: true };
  }

  /** Name or domain; the two together cost two calls, however many customers there are. */
  async function findBeginningWith(text: string, limit: number): Promise<SearchResult> {
    const fields = ['CompanyName', 'Domain'] as const;
    const asked = await Promise.all(fields.map((field) => listStartingWith(field, text, limit + 1)));
    const wanted = text.toLowerCase();
    const found = asked.flatMap((list) => list ?? []).filter((one) => contains(one, wanted));
    return { found, isWhole: !asked.includes(undefined) };
  }

  /** Looks through the list until there is one more than wanted, or no more of it can be looked through. */
  async function findContaining(wanted: string, limit: number, { inFirstPage = false } = {}): Promise<SearchResult> {
    const found: Customer[] = [];
    for await (const { content, isLast } of list.readPages()) {
      found.push(...content.filter((one) => contains(one, wanted)));
      if (isLast || inFirstPage || found.length > limit) return { found, isWhole: isLast };
    }
    return { found, isWhole: false };
  }

  async function get(customerId: string): Promise<CustomerProfile | undefined> {
    try {
      const { profile } = await resource.get(customerId);
      suggestions.remember([profile]);
      return profile.country ? profile : { ...profile, country: await readBillingCountry(customerId) };
    } catch (error) {
      if (isNoCustomer(error)) return undefined;
      throw isAccessDenied(error) ? withRemedy(error) : error;
    }
  }

  async function readBillingCountry(customerId: string): Promise<string> {
    const path = `/v1/customers/${encodeURIComponent(customerId)}/profiles/billing`;
    const call: Call = { operation: 'getBillingProfile', method: 'GET', path, token: 'either' };
    // The customer is there; only what is billed to it is not.
    return (await api.read(call, toBillingCountry).catch(undefinedOn('not-found'))) ?? '';
  }

  /** A custom domain names its tenant in the directory's public OpenID document (inferred). */
  async function resolveTenant(domain: string): Promise<string | undefined> {
    const call: Call = {
      operation: 'resolveDomain',
      method: 'GET',
      path: `/${encodeURIComponent(domain)}/v2.0/.well-known/openid-configuration`,
      token: 'none',
      host: { url: authority, resource: '' },
    };
    const read = api.read(call, (body) => openIdDocument.parse(body).issuer);
    const issuer = await read.catch(undefinedOn('declined', 'not-found'));
    return issuer?.split('/').find((part) => tenantGuid.test(part));
  }

  const { suggest, known } = suggestions;
  return {
    suggest,
    known,

    async search(given, limit) {
      const wanted = given.trim().toLowerCase();
      if (wanted === '') return toPage(await listFirst(limit), limit);
      const here = await findContaining(wanted, limit, { inFirstPage: true });
      if (here.isWhole && here.found.length > 0) return toPage(here, limit);
      const starting = await findBeginningWith(given.trim(), limit);
      // What the filter cannot take or fails on is looked for page by page.
      if (here.isWhole || starting.found.length > 0) {
        return toPage({ ...starting, isWhole: here.isWhole || starting.isWhole }, limit);
      }
      return toPage(await findContaining(wanted, limit), limit);
    },

    async find(tenant) {
      const given = tenant.trim().toLowerCase();
      if (tenantGuid.test(given)) return get(given);
      const domain = domainToASCII(given);
      if (!domainName.test(domain)) return undefined;
      const starting = await listStartingWith('Domain', domain, pageSize);
      const known = starting?.find((one) => one.domain.toLowerCase() === domain);
      const customerId = known?.id ?? (await resolveTenant(domain));
      return customerId === undefined ? undefined : get(customerId);
    },
  };
}

interface SearchResult {
  readonly found: readonly Customer[];
  /** All customers were looked at. */
  readonly isWhole: boolean;
}

/** By name, each once. */
function toPage({ found, isWhole }: SearchResult, limit: number): { found: Customer[]; more: boolean } {
  const unique = [...new Map(found.map((one) => [one.id.toLowerCase(), one])).values()];
  const sorted = unique.sort((a, b) => a.name.localeCompare(b.name));
  return { found: sorted.slice(0, limit), more: !isWhole || sorted.length > limit };
}

const listCall: Call = { operation: 'listCustomers', method: 'GET', path: '/v1/customers', token: 'either' };

function contains(one: Customer, wanted: string): boolean {
  return one.name.toLowerCase().includes(wanted) || one.domain.toLowerCase().includes(wanted);
}

/** Not found, or a tenant with which the partner has no relationship: 2000, 20002, 900118. */
function isNoCustomer(error: unknown): boolean {
  return isKind(error, 'not-found') || hasCode(error, '2000', '20002', '900118');
}

/** 2032 is a missing role or a missing relationship, and does not say which: it is no answer to "whose is it?". */
function isAccessDenied(error: unknown): error is PartnerCenterError {
  return hasCode(error, '2032');
}

function withRemedy(cause: PartnerCenterError): PartnerCenterError {
  const { operation, kind, status, code, correlationId } = cause;
  const description = [cause.description, remedies.customerDenied].filter((part) => part !== undefined).join(' ');
  return new PartnerCenterError({
    ...{ operation, kind, status, code, correlationId, cause },
    ...{ description, remedy: remedies.customerDenied, isWorthRepeating: false },
  });
}
