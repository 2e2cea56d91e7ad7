import { z } from 'zod';
import { NOT_VETTED, qualificationsOf } from '../commerce/qualified.ts';
import { type Answer, type Call, created, ok, type Route } from '../http/call.ts';
import { customerOf } from '../http/customer-of-call.ts';
import { newerRefusal, refusal } from '../http/errors.ts';
import { readBody } from '../http/read-body.ts';

/** What decides whether, and at which prices, a customer may buy. */
export const standingRoutes: Route[] = [
  { method: 'GET', path: '/v1/customers/:customerId/validationStatus', access: 'user', handle: validationStatus },
  {
    method: 'GET',
    path: '/v1/customers/:customerId/qualifications',
    access: 'any',
    handle: (call) => ok(qualificationsOf(call.world, customerOf(call))),
  },
  { method: 'POST', path: '/v1/customers/:customerId/qualifications', access: 'user', handle: qualify },
];

function validationStatus(call: Call): Answer {
  const customer = customerOf(call);
  if (call.query.get('type')?.toLowerCase() !== 'account') throw refusal(400, 2000, 'type must be account.');
  if (customer.account === undefined) {
    throw newerRefusal(404, 600074, 'AccountStatusNotFound', 'There is no account status for the customer.');
  }
  return ok({ type: 'account', status: customer.account, lastUpdateDateTime: '2021-07-14T18:02:00' });
}

const qualificationSchema = z.object({
  qualification: z.enum(['None', 'Education', 'GovernmentCommunityCloud', 'StateOwnedEntity', 'Nonprofit']),
});

/** Asked for now, vetted after the delay. The government cloud needs the code it was given for the customer. */
function qualify(call: Call): Answer {
  const customer = customerOf(call);
  const { qualification } = readBody(call, qualificationSchema);
  if (qualification === 'GovernmentCommunityCloud' && call.query.get('code') === undefined) {
    throw refusal(400, 3000, 'A code is required for GovernmentCommunityCloud.');
  }
  const id = call.world.ids.guid();
  call.world.qualifications.put({ id, customerId: customer.id, qualification, setAt: call.now });
  if (NOT_VETTED.includes(qualification)) return created({ qualification });
  return created({ qualification, vettingStatus: 'InReview', vettingCreatedDate: new Date(call.now).toISOString() });
}
