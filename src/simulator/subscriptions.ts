import { z } from 'zod';
import { createAuditRecord } from './audit-records.ts';
import {
  type CancellationWindow,
  cancelLines,
  checkLineCancellable,
  findWindow,
  isUsageBased,
} from './cancellations.ts';
import { getResoldCustomer } from './customers.ts';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { createEtag, createLink, formatInstant, formatSeconds, toCollection } from './http/format.ts';
import { readBody, readIfMatch } from './http/read-call.ts';
import {
  findCancelledAt,
  findPendingAdjustment,
  findTermEnd,
  findTermStart,
  getOrderStatus,
  type Order,
  type OrderLine,
} from './orders.ts';
import { getCountry } from './seed/load.ts';
import type { World } from './world.ts';
import { DAY_MS } from './world.ts';

export interface Subscription {
  id: string;
  customerId: string;
  orderId: string;
  lineItemNumber: number;
  friendlyName: string;
  autoRenewEnabled: boolean;
  isSuspended?: boolean;
  version: number;
}

declare module './world.ts' {
  interface World {
    subscriptions: Collection<Subscription>;
  }
}

/** A subscription with the order line it came from: most of what it shows is the line's. */
interface SubscribedLine {
  subscription: Subscription;
  order: Order;
  line: OrderLine;
}

export function findSubscribedLine(world: World, subscription: Subscription): SubscribedLine | undefined {
  const order = world.orders.get(subscription.orderId);
  const line = order?.lines.find(({ lineItemNumber }) => lineItemNumber === subscription.lineItemNumber);
  return order === undefined || line === undefined ? undefined : { subscription, order, line };
}

const SUBSCRIPTIONS = '/v1/customers/:customerId/subscriptions';
const ONE = `${SUBSCRIPTIONS}/:subscriptionId`;

export const subscriptionRoutes: Route[] = [
  { method: 'GET', path: SUBSCRIPTIONS, access: 'any', limit: 'subscriptions', handle: listSubscriptions },
  {
    method: 'GET',
    path: ONE,
    access: 'any',
    limit: 'subscriptions',
    handle: (call) => ok(showSubscription(call.world, getSubscription(call), call.now)),
  },
  { method: 'PATCH', path: ONE, access: 'any', limit: 'subscriptions', handle: updateSubscription },
];

function listSubscriptions(call: Call): ApiResponse {
  const customer = getResoldCustomer(call);
  const orderId = call.query.get('order_id');
  const items = findProvisioned(call)
    .filter(({ order }) => orderId === undefined || order.id === orderId || order.alternateId === orderId)
    .map((subscribed) => showSubscription(call.world, subscribed, call.now));
  return ok(toCollection(items, `/customers/${customer.id}/subscriptions`));
}

function getSubscription(call: Call): SubscribedLine {
  getResoldCustomer(call);
  const id = call.params.subscriptionId?.toLowerCase();
  const found = findProvisioned(call).find(({ subscription }) => subscription.id === id);
  if (found === undefined) throw createError(404, 20003, `The subscription id ${id} was not found.`);
  return found;
}

/** The customer's subscriptions that are provisioned; fresh ones are not known yet. */
function findProvisioned(call: Call): SubscribedLine[] {
  const customerId = call.params.customerId?.toLowerCase();
  return call.world.subscriptions
    .filter((subscription) => subscription.customerId === customerId)
    .map((subscription) => findSubscribedLine(call.world, subscription))
    .filter((found) => found !== undefined)
    .filter(({ order }) => order.subscribedAt <= call.now);
}

/** Settings that may be changed. What is left out is reset, as the service does silently. */
const updateSchema = z.object({
  friendlyName: z.string().nullish(),
  quantity: z.number().int().nullish(),
  status: z.string(),
  autoRenewEnabled: z.boolean().nullish(),
});

function updateSubscription(call: Call): ApiResponse {
  const before = getSubscription(call);
  const { subscription, order, line } = before;
  const sent = readBody(call, updateSchema);
  if (getSubscriptionStatus(before, call.now) === 'deleted') {
    throw createError(400, 2011, 'The subscription is deleted already.');
  }
  if (findPendingAdjustment(order, call.now)?.lines.includes(line.lineItemNumber)) {
    throw createError(409, 900278, 'An operation on this subscription is pending. Try again after 24 hours.');
  }
  if (readIfMatch(call) !== createSubscriptionEtag(before, call.now)) {
    throw createError(400, 2055, 'The etag is not valid any more.');
  }
  const quantity = sent.quantity ?? line.quantity;
  if (quantity < line.quantity) throw createError(400, 800090, 'Subscription quantity cannot be decreased.');
  if (quantity > line.quantity) {
    throw createError(400, 800095, 'The quantity of this subscription cannot be updated.');
  }
  const status = sent.status.toLowerCase();
  const isUsage = isUsageBased(call.world, line);
  if (status === 'deleted' && !isUsage) return cancelSubscription(call, before);
  if (status !== 'active' && !(status === 'suspended' && isUsage)) {
    throw createError(400, 800096, 'The status of this subscription cannot be updated.');
  }
  const after = {
    ...before,
    subscription: call.world.subscriptions.put({
      ...subscription,
      friendlyName: sent.friendlyName ?? subscription.friendlyName,
      autoRenewEnabled: sent.autoRenewEnabled ?? false,
      isSuspended: status === 'suspended',
      version: subscription.version + 1,
    }),
  };
  recordUpdate(call, after, call.now);
  return ok(showSubscription(call.world, after, call.now));
}

/** Terms whose cancellation is a long-running update. Which those are is not documented. */
const SLOW_TERM = 'P3Y';

/**
 * Cancels the order line the subscription belongs to. Reading shows it deleted after the delay; the response does at
 * once, or says with 202 where to look.
 */
function cancelSubscription(call: Call, subscribed: SubscribedLine): ApiResponse {
  const { subscription, line } = subscribed;
  if (getOrderStatus(subscribed.order, call.now) === 'pending') {
    throw createError(409, 900278, 'The order is still in progress.');
  }
  checkLineCancellable(call.world, subscribed.order, line, call.now);
  const effectiveAt = call.now + call.world.options.delayMs;
  const order = cancelLines(call.world, subscribed.order, {
    lines: [line.lineItemNumber],
    whole: subscribed.order.lines.length === 1,
    by: 'subscription',
    requestedAt: call.now,
    effectiveAt,
    caller: call.caller,
    correlationId: call.correlationId,
  });
  recordUpdate(call, { ...subscribed, order }, effectiveAt);
  if (line.termDuration === SLOW_TERM) {
    return { status: 202, headers: { Location: `/customers/${order.customerId}/subscriptions/${subscription.id}` } };
  }
  return ok(showSubscription(call.world, { ...subscribed, order }, effectiveAt));
}

function recordUpdate({ world, caller, correlationId }: Call, subscribed: SubscribedLine, at: number): void {
  world.auditRecords.put(
    createAuditRecord({
      id: world.ids.guid(),
      type: 'update_subscription',
      resourceType: 'subscription',
      at,
      caller,
      correlationId,
      customer: world.customers.get(subscribed.order.customerId),
      after: showSubscription(world, subscribed, at),
      data: [
        { key: 'SubscriptionId', value: subscribed.subscription.id },
        { key: 'OrderId', value: subscribed.order.id },
      ],
    }),
  );
}

type SubscriptionStatus = 'active' | 'suspended' | 'deleted' | 'expired';

function getSubscriptionStatus({ subscription, order, line }: SubscribedLine, at: number): SubscriptionStatus {
  const deletedAt = findCancelledAt(order, line.lineItemNumber);
  if (deletedAt !== undefined && deletedAt <= at) return 'deleted';
  if (subscription.isSuspended === true) return 'suspended';
  return !subscription.autoRenewEnabled && at >= findTermEnd(order, line, order.createdAt) ? 'expired' : 'active';
}

/** The etag changes with every change, the cancellation included. */
function createSubscriptionEtag(subscribed: SubscribedLine, at: number): string {
  const { id, version } = subscribed.subscription;
  return createEtag(id, getSubscriptionStatus(subscribed, at) === 'deleted' ? version + 1 : version);
}

/** What is paid by usage has no end. */
const NO_END = '9999-12-10T00:00:00Z';

export function showSubscription(world: World, subscribed: SubscribedLine, at: number) {
  const { subscription, order, line } = subscribed;
  const product = world.catalogue.product(line.productId);
  const self = `/customers/${order.customerId}/subscriptions/${subscription.id}`;
  const productUri = `/products/${line.productId}`;
  const country = `?country=${order.country}`;
  const skuUri = `${productUri}/skus/${line.skuId}`;
  const startedAt = findTermStart(world, order, line, at);
  const window = product?.cancellable === false ? undefined : findWindow(line.kind, startedAt);
  const isUsage = isUsageBased(world, line);
  return {
    id: subscription.id,
    offerId: `${line.productId}:${line.skuId}:${line.availabilityId}`,
    offerName: line.friendlyName,
    friendlyName: subscription.friendlyName,
    productType: product?.productType ?? { id: 'Software', displayName: 'Software' },
    quantity: line.quantity,
    unitType: isUsage ? 'Usage-based' : 'Licenses',
    hasPurchasableAddons: false,
    creationDate: formatInstant(order.createdAt, subscription.id),
    effectiveStartDate: formatInstant(startedAt, order.id),
    commitmentEndDate: isUsage ? NO_END : formatSeconds(findStartOfDay(findTermEnd(order, line, at))),
    cancellationAllowedUntilDate: window === undefined ? undefined : formatSeconds(window.endsAt),
    status: getSubscriptionStatus(subscribed, at),
    autoRenewEnabled: subscription.autoRenewEnabled,
    isTrial: false,
    billingType: isUsage ? 'usage' : 'license',
    billingCycle: order.billingCycle,
    termDuration: line.termDuration,
    renewalTermDuration: '',
    refundOptions: window === undefined ? undefined : showRefundOptions(startedAt, window),
    refundableQuantity: window === undefined || at > window.endsAt ? undefined : showRefundable(line, window),
    isMicrosoftProduct: product?.publisherName.startsWith('Microsoft') ?? false,
    partnerId: '',
    attentionNeeded: false,
    actionTaken: false,
    contractType: 'subscription',
    links: {
      product: createLink(productUri + country),
      sku: createLink(skuUri + country),
      availability: createLink(`${skuUri}/availabilities/${line.availabilityId}${country}`),
      self: createLink(self),
    },
    publisherName: product?.publisherName ?? '',
    orderId: order.id,
    currencyCode: getCountry(order.country).currency,
    attributes: { etag: createSubscriptionEtag(subscribed, at), objectType: 'Subscription' },
  };
}

/** All of it back for a while, then a part until the window closes; where the two coincide there is only one option. */
function showRefundOptions(startedAt: number, { endsAt, fullRefundUntil }: CancellationWindow) {
  const full = { type: 'Full', expiresAt: formatSeconds(fullRefundUntil) };
  const partial = { type: 'Partial', expiresAt: formatSeconds(endsAt) };
  if (fullRefundUntil === endsAt) return [full];
  return fullRefundUntil > startedAt ? [full, partial] : [partial];
}

function showRefundable({ quantity }: OrderLine, { endsAt }: CancellationWindow) {
  return { totalQuantity: quantity, details: [{ quantity, allowedUntilDateTime: formatSeconds(endsAt) }] };
}

function findStartOfDay(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}
