import { z } from 'zod';
import { billingProfileOf } from '../commerce/billing-profile.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { customerOf } from '../http/customer-of-call.ts';
import { refusal } from '../http/errors.ts';
import { ifMatch } from '../http/if-match.ts';
import { readBody } from '../http/read-body.ts';
import { billingEtag, showBillingProfile } from '../show/show-customer.ts';

const PROFILE = '/v1/customers/:customerId/profiles/billing';

export const billingProfileRoutes: Route[] = [
  {
    method: 'GET',
    path: PROFILE,
    access: 'any',
    limit: 'customers',
    handle: (call) => ok(showBillingProfile(call.world, customerOf(call))),
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
function replaceProfile(call: Call): Answer {
  const customer = customerOf(call);
  const { version } = billingProfileOf(call.world, customer);
  const { defaultAddress, ...sent } = readBody(call, profileSchema);
  if (ifMatch(call) !== billingEtag(customer, version)) throw refusal(400, 2055, 'The etag is not valid any more.');
  if (defaultAddress.country.toUpperCase() !== customer.address.country) {
    throw refusal(400, 3000, 'The country of a billing profile cannot be changed.');
  }
  const { region, state, addressLine2, phoneNumber, ...address } = defaultAddress;
  call.world.billingProfiles.put({
    id: customer.id,
    ...sent,
    version: version + 1,
    defaultAddress: {
      ...address,
      ...(region === undefined ? {} : { region }),
      ...(state === undefined ? {} : { state }),
      ...(addressLine2 === undefined ? {} : { addressLine2 }),
      ...(phoneNumber === undefined ? {} : { phoneNumber }),
    },
  });
  return ok(showBillingProfile(call.world, customer));
}
