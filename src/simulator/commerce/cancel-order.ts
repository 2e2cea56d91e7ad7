import type { Adjustment, Order, OrderLine } from '../entities.ts';
import type { Caller } from '../http/call.ts';
import { type ApiError, refusal } from '../http/errors.ts';
import type { World } from '../store.ts';
import { announceSubscription } from '../webhooks/webhook-events.ts';
import { orderRecord } from './audit.ts';
import { cancelledLines, orderStatus, pendingAdjustment } from './order-state.ts';
import { cancellationWindow } from './policy.ts';

interface Cancellation {
  lines: number[];
  whole: boolean;
  by: Adjustment['by'];
  requestedAt: number;
  effectiveAt: number;
  ticketId?: string;
  caller: Pick<Caller, 'userName' | 'clientId'>;
  correlationId: string;
}

/** The refusals of the order PATCH, reference section 6.2; `lines` are the ones to be cancelled. */
export function checkCancellable(world: World, order: Order, lines: number[], now: number): void {
  const chosen = order.lines.filter(({ lineItemNumber }) => lines.includes(lineItemNumber));
  const other = chosen.find(({ kind }) => kind === 'other');
  if (other !== undefined) throw notSoftware(world, other);
  if (pendingAdjustment(order, now) !== undefined) {
    throw refusal(409, 800014, 'There is an adjustment pending for this order.');
  }
  const status = orderStatus(order, now);
  if (status === 'pending') {
    throw refusal(409, 800060, 'The order is in progress. Look at the order history in some minutes.');
  }
  const gone = cancelledLines(order, now);
  if (status === 'cancelled' || chosen.some(({ lineItemNumber }) => gone.has(lineItemNumber))) {
    throw refusal(400, 800061, 'We&#39;re sorry, the order can&#39;t be cancelled: it is cancelled already.');
  }
  for (const line of chosen) checkLine(world, order, line, now);
}

/** Reference section 1.6. What has a subscription is ended there: usage is suspended, seats are deleted. */
function notSoftware(world: World, line: OrderLine): ApiError {
  if (line.subscriptionId === undefined) {
    const only = 'Only software subscriptions and perpetual software can be cancelled outside a sandbox.';
    return refusal(403, 800019, only);
  }
  if (isUsageBased(world, line)) {
    return refusal(400, 800063, 'The order cannot be cancelled. Suspend the subscription by PATCH on it instead.');
  }
  return refusal(403, 800077, 'Seat-based SaaS cannot be cancelled through the order. Use the subscription instead.');
}

export function isUsageBased(world: World, line: OrderLine): boolean {
  return world.catalogue.product(line.productId)?.isUsageBased === true;
}

/** The rules of one line: other publishers' software never, the rest within the window of its purchase date. */
export function checkLine(world: World, order: Order, line: OrderLine, now: number): void {
  if (isNeverCancellable(world, line)) {
    throw refusal(400, 800061, 'We&#39;re sorry, the order can&#39;t be cancelled: the publisher does not allow it.');
  }
  const window = cancellationWindow(line.kind, order.createdAt);
  if (now > window.endsAt) throw refusal(400, 900117, `The ${window.days}-day cancellation window has passed.`);
}

/** Software that can never be cancelled. */
export function isNeverCancellable(world: World, line: OrderLine): boolean {
  return world.catalogue.product(line.productId)?.cancellable === false;
}

/**
 * Records a cancellation: the adjustment, the audit record with the instant at which it is done, and the news for
 * subscribers. Returns the order; nothing shows until `effectiveAt`.
 */
export function cancelLines(world: World, order: Order, wish: Cancellation): Order {
  const { caller, correlationId, ...adjustment } = wish;
  const changed = world.orders.put({ ...order, adjustments: [...order.adjustments, adjustment] });
  const customer = world.customers.get(order.customerId);
  world.auditRecords.put(
    orderRecord('update_order', changed, wish.effectiveAt, {
      id: world.ids.guid(),
      caller,
      correlationId,
      ...(customer === undefined ? {} : { customer }),
    }),
  );
  for (const line of changed.lines) {
    if (line.subscriptionId === undefined || !wish.lines.includes(line.lineItemNumber)) continue;
    announceSubscription(world, changed.customerId, line.subscriptionId, wish.effectiveAt);
  }
  return changed;
}
