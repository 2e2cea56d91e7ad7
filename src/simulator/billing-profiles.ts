import { z } from 'zod';
import { getCountry } from './countries.ts';
import type { Customer } from './customers.ts';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { createLink } from './http/format.ts';
import { getCustomer, readBody, readIfMatch } from './http/read-call.ts';
import { deriveGuid, deriveNumber } from './ids.ts';
import type { World } from './world.ts';

/** Whom a customer's purchases are billed to, once it was changed through the API; `id` is the customer's. */
export interface BillingProfile extends z.infer<typeof profileSchema> {
  id: string;
  version: number;
}

const PROFILE = '/v1/customers/:customerId/profiles/billing';

export const billingProfileRoutes: Route[] = [
  {
    method: 'GET',
    path: PROFILE,
    access: 'any',
    limit: 'customers',
    handle: (call) => ok(showBillingProfile(call.world, getCustomer(call))),
  },
  { method: 'PUT', path: PROFILE, access: 'any', limit: 'customers', handle: replaceProfile },
];

const text = z.string().min(1);

/** What is null was not sent, and is dropped. */
const optional = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const profileSchema = z.object({
  firstName: text,
  lastName: text,
  email: z.email(),
  culture: text,
  language: text,
  companyName: text,
  defaultAddress: z.object({
    country: z.string().length(2),
    region: optional,
    city: text,
    state: optional,
    addressLine1: text.max(200),
    addressLine2: optional,
    postalCode: text,
    firstName: text.max(50),
    lastName: text.max(50),
    phoneNumber: optional,
  }),
});

/** Replaces the whole profile. The country stays: it decides the market. */
function replaceProfile(call: Call): ApiResponse {
  const customer = getCustomer(call);
  const { version } = findProfile(call.world, customer);
  const sent = readBody(call, profileSchema);
  if (readIfMatch(call) !== createProfileEtag(customer, version)) {
    throw createError(400, 2055, 'The etag is not valid any more.');
  }
  if (sent.defaultAddress.country.toUpperCase() !== customer.address.country) {
    throw createError(400, 3000, 'The country of a billing profile cannot be changed.');
  }
  call.world.billingProfiles.put({ id: customer.id, ...sent, version: version + 1 });
  return ok(showBillingProfile(call.world, customer));
}

export function showBillingProfile(world: World, customer: Customer) {
  const { version, ...profile } = findProfile(world, customer);
  return {
    ...profile,
    id: deriveGuid('billing profile', customer.id),
    links: { self: createLink(`/v1/customers/${customer.id}/profiles/billing`) },
    attributes: { etag: createProfileEtag(customer, version), objectType: 'CustomerBillingProfile' },
  };
}

/** The customer's billing profile: the one set through the API, or the seed's. */
function findProfile(world: World, customer: Customer) {
  const changed = world.billingProfiles.get(customer.id);
  if (changed !== undefined) return changed;
  const { firstName, lastName, email, phoneNumber } = customer.contact;
  const culture = getCountry(customer.address.country).cultures[0] ?? 'en-US';
  return {
    id: customer.id,
    firstName,
    lastName,
    email,
    culture,
    language: culture.slice(0, 2),
    companyName: customer.companyName,
    defaultAddress: { ...customer.address, firstName, lastName, phoneNumber },
    version: 1,
  };
}

/** A negative number, as billing profiles have it; another one after every change. */
function createProfileEtag(customer: Customer, version: number): string {
  return `-${deriveNumber(2 ** 31, 'etag', customer.id, version)}`;
}
