import type { Customer } from '../customers.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { customerOf } from '../http/customer-of-call.ts';
import { refusal } from '../http/errors.ts';
import { readFilter } from '../http/filter.ts';
import { seekPage } from '../http/paging.ts';
import { collectionOf } from '../http/wire.ts';
import { showCustomer, showListedCustomer } from '../show/show-customer.ts';

export const customerRoutes: Route[] = [
  { method: 'GET', path: '/v1/customers', access: 'any', limit: 'customers', handle: listCustomers },
  {
    method: 'GET',
    path: '/v1/customers/:customerId',
    access: 'any',
    limit: 'customers',
    handle: (call) => ok(showCustomer(call.world, customerOf(call))),
  },
  {
    method: 'HEAD',
    path: '/v1/domains/:domain',
    access: 'any',
    handle: (call) => ({ status: call.world.customers.byDomain(call.params.domain ?? '') === undefined ? 404 : 200 }),
  },
];

function listCustomers(call: Call): Answer {
  const { page, links } = seekPage(call, found(call), '/customers');
  return ok({ ...collectionOf(page.map(showListedCustomer)), links });
}

/** `starts_with` on the name or the initial domain, without regard to case, is all the service searches. */
function found(call: Call): Customer[] {
  const all = call.world.customers.all();
  const filter = readFilter(call);
  if (filter === undefined) return all;
  const value = filter.value.toLowerCase();
  if (filter.operator.toLowerCase() !== 'starts_with') {
    throw refusal(400, 2000, `The filter operator ${filter.operator} is not supported. Use starts_with or equals.`);
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
      throw refusal(400, 2000, `Customers cannot be filtered by ${filter.field}.`);
  }
}
