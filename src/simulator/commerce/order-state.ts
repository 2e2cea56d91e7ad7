import type { Adjustment, Order } from '../entities.ts';

/** How an order stands at an instant. Nothing is moved along by timers: it all follows from the recorded instants. */

export type OrderStatus = 'pending' | 'completed' | 'cancelled';

/** The numbers of the lines that are cancelled at `at`. */
export function cancelledLines(order: Order, at: number): Set<number> {
  const lines = new Set<number>();
  for (const adjustment of order.adjustments) {
    if (adjustment.effectiveAt <= at) for (const line of adjustment.lines) lines.add(line);
  }
  return lines;
}

export function orderStatus(order: Order, at: number): OrderStatus {
  if (cancelledLines(order, at).size === order.lines.length) return 'cancelled';
  return at < order.completedAt ? 'pending' : 'completed';
}

/** A cancellation that was asked for and has not come into effect. */
export function pendingAdjustment(order: Order, at: number): Adjustment | undefined {
  return order.adjustments.find(({ requestedAt, effectiveAt }) => requestedAt <= at && at < effectiveAt);
}

/** The quantity shown: chosen lines go to zero, the lines of a whole cancelled order keep theirs. */
export function shownQuantity(order: Order, lineItemNumber: number, at: number): number {
  const line = order.lines.find((candidate) => candidate.lineItemNumber === lineItemNumber);
  const chosen = order.adjustments.some(
    ({ whole, lines, effectiveAt }) => !whole && effectiveAt <= at && lines.includes(lineItemNumber),
  );
  return chosen ? 0 : (line?.quantity ?? 0);
}

/** When a line was, or will be, cancelled; undefined if nobody asked for it. */
export function cancelledAt(order: Order, lineItemNumber: number): number | undefined {
  const instants = order.adjustments
    .filter(({ lines }) => lines.includes(lineItemNumber))
    .map(({ effectiveAt }) => effectiveAt);
  return instants.length === 0 ? undefined : Math.min(...instants);
}
