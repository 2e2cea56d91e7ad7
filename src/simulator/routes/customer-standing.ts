import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { customerOf } from '../http/customer-of-call.ts';
import { newerRefusal, refusal } from '../http/errors.ts';

/** What decides whether, and at which prices, a customer may buy. */
export const standingRoutes: Route[] = [
  { method: 'GET', path: '/v1/customers/:customerId/validationStatus', access: 'user', handle: validationStatus },
  {
    method: 'GET',
    path: '/v1/customers/:customerId/qualifications',
    access: 'any',
    handle: (call) => ok(customerOf(call).qualifications),
  },
];

function validationStatus(call: Call): Answer {
  const customer = customerOf(call);
  if (call.query.get('type')?.toLowerCase() !== 'account') throw refusal(400, 2000, 'type must be account.');
  if (customer.account === undefined) {
    throw newerRefusal(404, 600074, 'AccountStatusNotFound', 'There is no account status for the customer.');
  }
  return ok({ type: 'account', status: customer.account, lastUpdateDateTime: '2021-07-14T18:02:00' });
}
