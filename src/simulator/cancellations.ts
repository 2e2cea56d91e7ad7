import { z } from 'zod';
import { createOrderRecord } from './audit-records.ts';
import type { LineKind } from './catalogue.ts';
import { type ApiResponse, type Call, type Caller, ok, type Route } from './http/call.ts';
import { type ApiError, createError } from './http/errors.ts';
import { readBody } from './http/read-call.ts';
import {
  type Adjustment,
  findCancelledLines,
  findPendingAdjustment,
  findTermStart,
  getOrder,
  getOrderStatus,
  type Order,
  type OrderLine,
  showOrder,
} from './orders.ts';
import { queueSubscriptionUpdated } from './webhooks.ts';
import type { World } from './world.ts';
import { DAY_MS, MINUTE_MS } from './world.ts';

/** The windows as they were in force for purchases before `before` (docs/simulator.md, "Cancellation windows"). */
interface WindowRule {
  before: number;
  perpetualDays: number;
  subscriptionDays: number;
  /** For so long all of a subscription is paid back; then the part of its term that is left. */
  subscriptionFullMs: number;
}

const RULES: WindowRule[] = [
  {
    before: Date.UTC(2021, 5, 1),
    perpetualDays: 60,
    subscriptionDays: 60,
    subscriptionFullMs: Number.POSITIVE_INFINITY,
  },
  { before: Date.UTC(2022, 9, 14), perpetualDays: 30, subscriptionDays: 30, subscriptionFullMs: 0 },
];
const TODAY: WindowRule = {
  before: Number.POSITIVE_INFINITY,
  perpetualDays: 30,
  subscriptionDays: 7,
  subscriptionFullMs: DAY_MS,
};

/** This window is counted in hours, 168 of them; longer ones end with a day. */
const EXACT_DAYS = 7;

export interface CancellationWindow {
  days: number;
  /** The last instant at which cancelling is allowed, and the last at which everything is paid back. */
  endsAt: number;
  fullRefundUntil: number;
}

/** The window of a purchase or a renewal, by the policy in force on that day. */
export function findWindow(kind: LineKind, purchasedAt: number): CancellationWindow {
  const rule = RULES.find(({ before }) => purchasedAt < before) ?? TODAY;
  const days = kind === 'perpetual' ? rule.perpetualDays : rule.subscriptionDays;
  const endsAt = days === EXACT_DAYS ? purchasedAt + days * DAY_MS : findEndOfDay(purchasedAt, days);
  const fullRefundUntil = kind === 'perpetual' ? endsAt : Math.min(endsAt, purchasedAt + rule.subscriptionFullMs);
  return { days, endsAt, fullRefundUntil };
}

/** 23:59:00 UTC of the day `days` after the purchase, as in the recorded subscription. */
function findEndOfDay(purchasedAt: number, days: number): number {
  const startOfDay = Math.floor(purchasedAt / DAY_MS) * DAY_MS;
  return startOfDay + (days + 1) * DAY_MS - MINUTE_MS;
}

export const cancellationRoutes: Route[] = [
  {
    method: 'PATCH',
    path: '/v1/customers/:customerId/orders/:orderId',
    access: 'any',
    limit: 'orders',
    handle: cancelOrder,
  },
];

const cancelSchema = z.object({
  id: z.string().nullish(),
  status: z.string(),
  lineItems: z.array(z.object({ lineItemNumber: z.number().int(), offerId: z.string().nullish() })).nullish(),
});

/** The response confirms at once and shows the target; what is read afterwards changes when the delay has passed. */
function cancelOrder(call: Call): ApiResponse {
  const order = getOrder(call);
  const { id, status, lineItems } = readBody(call, cancelSchema);
  if (status.toLowerCase() !== 'cancelled') throw createError(400, 800002, 'Only the status cancelled can be set.');
  if (typeof id === 'string' && id !== order.id && id !== order.alternateId) {
    throw createError(400, 3000, 'The order id of the body is not the one of the address.');
  }
  const chosen = lineItems ?? [];
  const whole = chosen.length === 0;
  const lines = whole ? findLinesLeft(order, call.now) : findChosenLines(order, chosen);
  checkCancellable(call.world, order, lines, call.now);
  const effectiveAt = call.now + call.world.options.delayMs;
  const changed = cancelLines(call.world, order, {
    lines,
    whole,
    by: 'order',
    requestedAt: call.now,
    effectiveAt,
    caller: call.caller,
    correlationId: call.correlationId,
  });
  return ok(showOrder(changed, { at: effectiveAt, withoutLinks: whole }));
}

function findLinesLeft(order: Order, now: number): number[] {
  const cancelled = findCancelledLines(order, now);
  return order.lines.map(({ lineItemNumber }) => lineItemNumber).filter((number) => !cancelled.has(number));
}

function findChosenLines(order: Order, chosen: NonNullable<z.infer<typeof cancelSchema>['lineItems']>): number[] {
  return chosen.map(({ lineItemNumber, offerId }) => {
    const line = order.lines.find((candidate) => candidate.lineItemNumber === lineItemNumber);
    if (line === undefined) throw createError(400, 800071, `There is no line item ${lineItemNumber} in this order.`);
    const known = `${line.productId}:${line.skuId}:${line.availabilityId}`;
    if (typeof offerId === 'string' && offerId.toLowerCase() !== known.toLowerCase()) {
      throw createError(400, 800004, `The offer id ${offerId} is not the one of line item ${lineItemNumber}.`);
    }
    return lineItemNumber;
  });
}

/** The errors of the order PATCH; `lines` are the ones to be cancelled. */
function checkCancellable(world: World, order: Order, lines: number[], now: number): void {
  const chosen = order.lines.filter(({ lineItemNumber }) => lines.includes(lineItemNumber));
  const other = chosen.find(({ kind }) => kind === 'other');
  if (other !== undefined) throw createNotSoftwareError(world, other);
  if (findPendingAdjustment(order, now) !== undefined) {
    throw createError(409, 800014, 'There is an adjustment pending for this order.');
  }
  const status = getOrderStatus(order, now);
  if (status === 'pending') {
    throw createError(409, 800060, 'The order is in progress. Look at the order history in some minutes.');
  }
  const cancelled = findCancelledLines(order, now);
  if (status === 'cancelled' || chosen.some(({ lineItemNumber }) => cancelled.has(lineItemNumber))) {
    throw createError(400, 800061, 'We&#39;re sorry, the order can&#39;t be cancelled: it is cancelled already.');
  }
  for (const line of chosen) checkLineCancellable(world, order, line, now);
}

/** What has a subscription is ended there: usage is suspended, seats are deleted. */
function createNotSoftwareError(world: World, line: OrderLine): ApiError {
  if (line.subscriptionId === undefined) {
    const only = 'Only software subscriptions and perpetual software can be cancelled outside a sandbox.';
    return createError(403, 800019, only);
  }
  if (isUsageBased(world, line)) {
    return createError(400, 800063, 'The order cannot be cancelled. Suspend the subscription by PATCH on it instead.');
  }
  const text = 'Seat-based SaaS cannot be cancelled through the order. Use the subscription instead.';
  return createError(403, 800077, text);
}

export function isUsageBased(world: World, line: OrderLine): boolean {
  return world.catalogue.product(line.productId)?.isUsageBased === true;
}

/** Software that can never be cancelled. */
export function isNeverCancellable(world: World, line: OrderLine): boolean {
  return world.catalogue.product(line.productId)?.cancellable === false;
}

/** The rules of one line: other publishers' software never, the rest within the window of its purchase date, or of the term in force. */
export function checkLineCancellable(world: World, order: Order, line: OrderLine, now: number): void {
  if (isNeverCancellable(world, line)) {
    const text = 'We&#39;re sorry, the order can&#39;t be cancelled: the publisher does not allow it.';
    throw createError(400, 800061, text);
  }
  const window = findWindow(line.kind, findTermStart(world, order, line, now));
  if (now > window.endsAt) throw createError(400, 900117, `The ${window.days}-day cancellation window has passed.`);
}

interface Cancellation extends Adjustment {
  caller: Pick<Caller, 'userName' | 'clientId'>;
  correlationId: string;
}

/**
 * Records a cancellation: the adjustment, the audit record with the instant at which it is done, and the events for
 * the webhook's subscriber. Returns the order; nothing shows until `effectiveAt`.
 */
export function cancelLines(world: World, order: Order, cancellation: Cancellation): Order {
  const { caller, correlationId, ...adjustment } = cancellation;
  const changed = world.orders.put({ ...order, adjustments: [...order.adjustments, adjustment] });
  const customer = world.customers.get(order.customerId);
  const id = world.ids.guid();
  const { effectiveAt } = adjustment;
  world.auditRecords.put(
    createOrderRecord('update_order', changed, effectiveAt, { id, caller, correlationId, customer }),
  );
  for (const line of changed.lines) {
    if (line.subscriptionId === undefined || !adjustment.lines.includes(line.lineItemNumber)) continue;
    queueSubscriptionUpdated(world, changed.customerId, line.subscriptionId, effectiveAt);
  }
  return changed;
}
