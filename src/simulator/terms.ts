import type { Order, OrderLine } from './orders.ts';
import type { World } from './world.ts';

const YEARS: Record<string, number> = { P1Y: 1, P3Y: 3 };

/** The end of the term that runs at `at`: terms that renew themselves follow one another. */
export function findTermEnd(order: Order, line: OrderLine, at: number): number {
  const start = new Date(order.createdAt);
  let terms = 1;
  const findEnd = () =>
    Date.UTC(start.getUTCFullYear() + yearsOf(line) * terms, start.getUTCMonth(), start.getUTCDate() - 1);
  while (findEnd() <= at) terms += 1;
  return findEnd();
}

/** When the term in force began: a subscription that renews itself begins a new one on each anniversary of the order. */
export function findTermStart(world: World, order: Order, line: OrderLine, at: number): number {
  const subscription = world.subscriptions.get(line.subscriptionId ?? '');
  if (line.kind !== 'software-subscription' || subscription?.autoRenewEnabled !== true) return order.createdAt;
  const findStart = (terms: number) => {
    const start = new Date(order.createdAt);
    return start.setUTCFullYear(start.getUTCFullYear() + yearsOf(line) * terms);
  };
  let terms = 0;
  while (findStart(terms + 1) <= at) terms += 1;
  return findStart(terms);
}

function yearsOf(line: OrderLine): number {
  return YEARS[line.termDuration ?? ''] ?? 1;
}
