import type { Money } from './money.ts';
import { isPerpetual, type Order, type OrderLine, type Subscription } from './order.ts';
import type { CancellationWindow, Policy } from './policy.ts';

const dayMs = 24 * 3600 * 1000;

/** Until when a purchase can be cancelled, and what comes back. */
export interface Window {
  /** The last moment that still counts. */
  readonly closesAt: Date;
  readonly refund: 'full' | 'prorated';
  /** Who said so: Partner Center's own date wins over our table. */
  readonly source: 'partner-center' | 'policy';
}

export interface Refund {
  readonly amount: Money;
  readonly paid: Money;
  readonly rule: 'full' | 'prorated';
  /** Only with `prorated`: days of the term, and how many of them count as used. */
  readonly termDays?: number;
  readonly usedDays?: number;
}

/** The row of the dated table that was in force on the (UTC) day of the purchase. */
export function windowRow(
  policy: Policy,
  kind: CancellationWindow['kind'],
  boughtAt: Date,
): CancellationWindow | undefined {
  const day = boughtAt.toISOString().slice(0, 10);
  return policy.windows.find(
    (row) => row.kind === kind && row.from <= day && (row.until === undefined || day <= row.until),
  );
}

/**
 * The window of one line. Days are calendar days in UTC and end at 23:59:00 of the last one, as in the one recorded
 * subscription (reference §6.1); hours are exact. A subscription's own `cancellationAllowedUntilDate` wins.
 */
export function windowOf(
  policy: Policy,
  order: Order,
  line: OrderLine,
  subscription?: Subscription,
): Window | undefined {
  const row = windowRow(policy, isPerpetual(line) ? 'perpetual' : 'subscription', order.createdAt);
  const refund = row?.refund ?? 'full';
  if (subscription?.cancellationAllowedUntilAt) {
    return { closesAt: subscription.cancellationAllowedUntilAt, refund, source: 'partner-center' };
  }
  if (!row) return undefined;
  return { closesAt: closingOf(row, order.createdAt), refund, source: 'policy' };
}

function closingOf(row: CancellationWindow, boughtAt: Date): Date {
  if (row.hours !== undefined) return new Date(boughtAt.getTime() + row.hours * 3600 * 1000);
  const lastDay = new Date(boughtAt.getTime() + (row.days ?? 0) * dayMs);
  lastDay.setUTCHours(23, 59, 0, 0);
  return lastDay;
}

export function isOpen(window: Window | undefined, now: Date): boolean {
  return window !== undefined && now.getTime() <= window.closesAt.getTime();
}

/** Whole days that are left, counted as people do: 0 = it closes within 24 hours. */
export function daysLeft(window: Window, now: Date): number {
  return Math.max(0, Math.floor((window.closesAt.getTime() - now.getTime()) / dayMs));
}

/** The window a purchase made now would get. For the review card of an order. */
export function windowOfPurchase(policy: Policy, termDuration: string | undefined, now: Date): Window | undefined {
  const row = windowRow(policy, termDuration ? 'subscription' : 'perpetual', now);
  return row && { closesAt: closingOf(row, now), refund: row.refund, source: 'policy' };
}

/**
 * What comes back for lines paid with `paid`. Prorated: `paid × (term days − used days) / term days`; the first 24
 * hours are free, after that every day begun counts (reference §6.1). `undefined` when the term can't be read.
 */
export function refundOf(
  paid: Money,
  line: OrderLine,
  rule: 'full' | 'prorated',
  boughtAt: Date,
  now: Date,
): Refund | undefined {
  if (rule === 'full' || !line.termDuration) return { amount: paid, paid, rule: 'full' };
  const termDays = daysOfTerm(line.termDuration, boughtAt);
  if (!termDays) return undefined;
  const elapsed = (now.getTime() - boughtAt.getTime()) / dayMs;
  const usedDays = Math.min(termDays, elapsed < 1 ? 0 : Math.ceil(elapsed));
  const minor = Math.round((paid.minor * (termDays - usedDays)) / termDays);
  return { amount: { minor, currency: paid.currency }, paid, rule, termDays, usedDays };
}

/** By the calendar; from the 31st, or a 29 February, to the last day of a shorter month. */
function daysOfTerm(duration: string, from: Date): number | undefined {
  const [, count, unit] = duration.match(/^P(\d+)([YMD])$/) ?? [];
  if (unit === undefined) return undefined;
  if (unit === 'D') return Number(count);
  const months = Number(count) * (unit === 'Y' ? 12 : 1);
  const end = new Date(from);
  end.setUTCMonth(end.getUTCMonth() + months);
  if (end.getUTCDate() !== from.getUTCDate()) end.setUTCDate(0);
  return Math.round((end.getTime() - from.getTime()) / dayMs);
}
