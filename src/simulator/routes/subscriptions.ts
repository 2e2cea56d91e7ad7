import { z } from 'zod';
import { auditRecord } from '../commerce/audit.ts';
import { cancelLines, checkLine, isUsageBased } from '../commerce/cancel-order.ts';
import { orderStatus, pendingAdjustment } from '../commerce/order-state.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { resoldCustomerOf } from '../http/customer-of-call.ts';
import { refusal } from '../http/errors.ts';
import { ifMatch } from '../http/if-match.ts';
import { readBody } from '../http/read-body.ts';
import { collectionOf } from '../http/wire.ts';
import {
  type Subscribed,
  showSubscription,
  subscribed,
  subscriptionEtag,
  subscriptionStatus,
} from '../show/show-subscription.ts';

const SUBSCRIPTIONS = '/v1/customers/:customerId/subscriptions';

export const subscriptionRoutes: Route[] = [
  { method: 'GET', path: SUBSCRIPTIONS, access: 'any', limit: 'subscriptions', handle: listSubscriptions },
  {
    method: 'GET',
    path: `${SUBSCRIPTIONS}/:subscriptionId`,
    access: 'any',
    limit: 'subscriptions',
    handle: (call) => ok(showSubscription(call.world, subscriptionOf(call), call.now)),
  },
  {
    method: 'PATCH',
    path: `${SUBSCRIPTIONS}/:subscriptionId`,
    access: 'any',
    limit: 'subscriptions',
    handle: updateSubscription,
  },
];

function listSubscriptions(call: Call): Answer {
  const customer = resoldCustomerOf(call);
  const orderId = call.query.get('order_id');
  const partnerId = call.query.get('mpn_id');
  const found = visible(call)
    .filter(({ order }) => orderId === undefined || isNamed(order, orderId))
    .filter(({ line }) => partnerId === undefined || line.partnerIdOnRecord === partnerId);
  const items = found.map((what) => showSubscription(call.world, what, call.now));
  return ok(collectionOf(items, `/customers/${customer.id}/subscriptions`));
}

/** Settings that may be changed. What is left out is reset, as the service does silently. */
const updateSchema = z.object({
  friendlyName: z.string().nullish(),
  quantity: z.number().int().nullish(),
  status: z.string(),
  autoRenewEnabled: z.boolean().nullish(),
});

function updateSubscription(call: Call): Answer {
  const what = subscriptionOf(call);
  const sent = readBody(call, updateSchema);
  if (subscriptionStatus(what, call.now) === 'deleted')
    throw refusal(400, 2011, 'The subscription is deleted already.');
  if (pendingAdjustment(what.order, call.now)?.lines.includes(what.line.lineItemNumber)) {
    throw refusal(409, 900278, 'An operation on this subscription is pending. Try again after 24 hours.');
  }
  checkEtag(call, what);
  const quantity = sent.quantity ?? what.line.quantity;
  if (quantity < what.line.quantity) throw refusal(400, 800090, 'Subscription quantity cannot be decreased.');
  if (quantity > what.line.quantity) throw refusal(400, 800095, 'The quantity of this subscription cannot be updated.');
  const status = sent.status.toLowerCase();
  const usage = isUsageBased(call.world, what.line);
  if (status === 'deleted' && !usage) return cancelSubscription(call, what);
  if (status !== 'active' && !(status === 'suspended' && usage)) {
    throw refusal(400, 800096, 'The status of this subscription cannot be updated.');
  }
  const subscription = call.world.subscriptions.put({
    ...what.subscription,
    friendlyName: sent.friendlyName ?? what.subscription.friendlyName,
    autoRenewEnabled: sent.autoRenewEnabled ?? false,
    isSuspended: status === 'suspended',
    version: what.subscription.version + 1,
  });
  recordUpdate(call, { ...what, subscription }, call.now);
  return ok(showSubscription(call.world, { ...what, subscription }, call.now));
}

/** Terms whose cancellation is a long-running update (reference, section 1.8). Which those are is not documented. */
const SLOW_TERM = 'P3Y';

/**
 * Cancels the order line the subscription belongs to. Reading shows it deleted after the delay; the reply does at once,
 * or says with 202 where to look.
 */
function cancelSubscription(call: Call, what: Subscribed): Answer {
  if (orderStatus(what.order, call.now) === 'pending') throw refusal(409, 900278, 'The order is still in progress.');
  checkLine(call.world, what.order, what.line, call.now);
  const effectiveAt = call.now + call.world.options.delayMs;
  const lines = [what.line.lineItemNumber];
  const order = cancelLines(call.world, what.order, {
    lines,
    whole: what.order.lines.length === 1,
    by: 'subscription',
    requestedAt: call.now,
    effectiveAt,
    caller: call.caller,
    correlationId: call.correlationId,
  });
  recordUpdate(call, { ...what, order }, effectiveAt);
  if (what.line.termDuration === SLOW_TERM) {
    return {
      status: 202,
      headers: { Location: `/customers/${order.customerId}/subscriptions/${what.subscription.id}` },
    };
  }
  return ok(showSubscription(call.world, { ...what, order }, effectiveAt));
}

function recordUpdate(call: Call, what: Subscribed, at: number): void {
  const { world, caller, correlationId } = call;
  const customer = world.customers.get(what.order.customerId);
  world.auditRecords.put(
    auditRecord({
      id: world.ids.guid(),
      type: 'update_subscription',
      resourceType: 'subscription',
      at,
      caller,
      correlationId,
      ...(customer === undefined ? {} : { customer }),
      after: showSubscription(world, what, at),
      data: [
        { key: 'SubscriptionId', value: what.subscription.id },
        { key: 'OrderId', value: what.order.id },
      ],
    }),
  );
}

function checkEtag(call: Call, what: Subscribed): void {
  if (ifMatch(call) !== subscriptionEtag(what, call.now)) throw refusal(400, 2055, 'The etag is not valid any more.');
}

function subscriptionOf(call: Call): Subscribed {
  resoldCustomerOf(call);
  const id = call.params.subscriptionId?.toLowerCase();
  const found = visible(call).find(({ subscription }) => subscription.id === id);
  if (found === undefined) throw refusal(404, 20003, `The subscription id ${id} was not found.`);
  return found;
}

/** The customer's subscriptions that are provisioned; fresh ones are not known yet. */
function visible(call: Call): Subscribed[] {
  const customerId = call.params.customerId?.toLowerCase();
  return call.world.subscriptions
    .filter((subscription) => subscription.customerId === customerId)
    .map((subscription) => subscribed(call.world, subscription))
    .filter((what): what is Subscribed => what !== undefined && what.order.subscribedAt <= call.now);
}

function isNamed(order: { id: string; alternateId: string }, id: string): boolean {
  return order.id === id || order.alternateId === id;
}
