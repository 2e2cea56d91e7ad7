import type { Customer } from '../customers.ts';
import type { Call } from './call.ts';
import { ApiError, refusal } from './errors.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The customer named in the path. */
export function customerOf(call: Call): Customer {
  const id = call.params.customerId ?? '';
  if (!GUID.test(id)) {
    const description = 'Tenant Id must be a GUID.';
    throw new ApiError(400, { code: 2000, description, data: [], source: 'PartnerApiServiceControllers' });
  }
  const customer = call.world.customers.get(id);
  if (customer === undefined) throw refusal(404, 60003, `Tenant ${id} was not found.`);
  return customer;
}

/** The same, for commerce: the partner must be the customer's reseller. */
export function resoldCustomerOf(call: Call): Customer {
  const customer = customerOf(call);
  if (customer.relationship === 'reseller') return customer;
  throw refusal(403, 20002, 'We&#39;re sorry, you don&#39;t have a commerce relationship with this customer.');
}
