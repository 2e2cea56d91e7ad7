import type { BillingProfile, BillingProfiles } from '../../domain/customers/billing-profile.ts';
import type { Api } from '../client/request.ts';
import { maybe, shape, text } from '../client/wire.ts';

/** Source: *Get a customer's billing profile*. */
const contact = { firstName: maybe(text), lastName: maybe(text), phoneNumber: maybe(text) };
const billingProfile = shape({ ...contact, email: maybe(text), defaultAddress: maybe(shape(contact)) });

/** The contact's name stands beside the address, inside it, or both; the telephone inside only. */
export function toBillingProfile(body: unknown): BillingProfile {
  const { defaultAddress: inside, ...wire } = billingProfile.parse(body);
  const phoneNumber = wire.phoneNumber ?? inside?.phoneNumber;
  return {
    contact: {
      firstName: wire.firstName ?? inside?.firstName ?? '',
      lastName: wire.lastName ?? inside?.lastName ?? '',
      email: wire.email ?? '',
      ...(phoneNumber ? { phoneNumber } : {}),
    },
  };
}

export function createBillingProfiles(api: Api): BillingProfiles {
  return {
    of(customerId) {
      const path = `/v1/customers/${encodeURIComponent(customerId)}/profiles/billing`;
      return api.read({ operation: 'getBillingProfile', method: 'GET', path, token: 'either' }, toBillingProfile);
    },
  };
}
