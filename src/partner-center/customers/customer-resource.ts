import type { z } from 'zod';
import type { Customer, CustomerProfile } from '../../domain/customers/customer.ts';
import { createCache } from '../../microsoft/cache.ts';
import { createSingleFlight } from '../../microsoft/single-flight.ts';
import type { Timer } from '../../microsoft/timer.ts';
import type { Api, Call } from '../client/request.ts';
import { enumeration, listOf, many, maybe, type ReportSkipped, shape, tenantId, text } from '../client/wire.ts';

/** Sources: *Get a list of customers*, *Get a customer by ID*. */
const address = maybe(shape({ country: maybe(text) }));
const billingProfile = shape({ companyName: maybe(text), defaultAddress: address });
const customer = shape({
  id: tenantId,
  name: maybe(text),
  companyName: maybe(text),
  companyProfile: maybe(shape({ companyName: maybe(text), domain: maybe(text), address })),
  billingProfile: maybe(billingProfile),
  relationshipToPartner: maybe(enumeration(['none', 'reseller', 'advisor', 'syndication', 'microsoft_support'])),
  customDomains: maybe(many(text)),
});
const customerList = listOf(customer);

export function toCustomers(body: unknown, reportSkipped?: ReportSkipped): Customer[] {
  return customerList(body, reportSkipped).map((found) => ({
    ...namesOf(found),
    ...(found.relationshipToPartner ? { relationship: found.relationshipToPartner } : {}),
  }));
}

/** Where its own profile has no name the billing profile may have one; a binding review must name somebody all the same. */
function namesOf(wire: z.output<typeof customer>): Pick<Customer, 'id' | 'name' | 'domain'> {
  const { id, companyProfile, billingProfile, customDomains } = wire;
  const domain = companyProfile?.domain || customDomains?.[0] || '';
  const given = [companyProfile?.companyName, billingProfile?.companyName, wire.companyName, wire.name, domain];
  return { id, name: given.find((name) => name?.trim()) ?? id, domain };
}

export function toCustomerProfile(body: unknown): CustomerProfile {
  const found = customer.parse(body);
  const { companyProfile, billingProfile, relationshipToPartner, customDomains } = found;
  return {
    ...namesOf(found),
    customDomains: customDomains ?? [],
    country: billingProfile?.defaultAddress?.country ?? companyProfile?.address?.country ?? '',
    relationship: relationshipToPartner ?? 'none',
  };
}

export function toBillingCountry(body: unknown): string {
  return billingProfile.parse(body).defaultAddress?.country ?? '';
}

interface FoundCustomer {
  readonly profile: CustomerProfile;
  /** As it was answered: the billing address is read from it too. */
  readonly body: unknown;
}

export interface CustomerResource {
  /** One call for all who ask at the same time. */
  get(customerId: string): Promise<FoundCustomer>;
  /** As it was within the last minute. */
  known(customerId: string): Promise<FoundCustomer>;
  /** Of a customer that was read lately. */
  countryOf(customerId: string): string | undefined;
}

const countriesAtMost = 10_000;
const countryMs = 24 * 60 * 60_000;
const customersAtMost = 500;
const customerMs = 60_000;

export function createCustomerResource(api: Api, timer: Timer): CustomerResource {
  const askOnce = createSingleFlight<FoundCustomer>();
  const countries = createCache<string>({ timer, size: countriesAtMost, keepMs: () => countryMs });
  const latest = createCache<FoundCustomer>({ timer, size: customersAtMost, keepMs: () => customerMs });

  function get(customerId: string): Promise<FoundCustomer> {
    const path = `/v1/customers/${encodeURIComponent(customerId)}`;
    const call: Call = { operation: 'getCustomer', method: 'GET', path, token: 'either' };
    return askOnce(customerId.toLowerCase(), async () => {
      const found = await api.read(call, (body) => ({ profile: toCustomerProfile(body), body }));
      latest.set(customerId.toLowerCase(), found);
      if (found.profile.country) countries.set(customerId.toLowerCase(), found.profile.country);
      return found;
    });
  }

  return {
    get,
    known: (customerId) => latest.get(customerId.toLowerCase(), () => get(customerId)),
    countryOf: (customerId) => countries.peek(customerId.toLowerCase()),
  };
}
