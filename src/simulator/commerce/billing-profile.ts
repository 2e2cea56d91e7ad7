import { countryOf } from '../countries.ts';
import type { Customer } from '../customers.ts';
import type { BillingProfile } from '../entities.ts';
import type { World } from '../store.ts';

/** The customer's billing profile: the one set through the API, or the seed's. */
export function billingProfileOf(world: World, customer: Customer): BillingProfile {
  const changed = world.billingProfiles.get(customer.id);
  if (changed !== undefined) return changed;
  const { firstName, lastName, email, phoneNumber } = customer.contact;
  const culture = countryOf(customer.address.country).cultures[0] ?? 'en-US';
  return {
    id: customer.id,
    firstName,
    lastName,
    email,
    culture,
    language: culture.slice(0, 2),
    companyName: customer.companyName,
    defaultAddress: {
      ...customer.address,
      firstName,
      lastName,
      ...(phoneNumber === undefined ? {} : { phoneNumber }),
    },
    version: 1,
  };
}
