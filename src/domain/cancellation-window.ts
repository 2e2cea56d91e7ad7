import type { Money } from './money.ts';
import { isPerpetual, type Order, type OrderLine, type Subscription } from './order.ts';
import type { CancellationWindow, Policy } from './policy.ts';
import type { Term } from './software.ts';

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

/** The publisher whose software is never taken back, where this is of one; told by the publisher or the title. */
export function neverTakenBack(
  { neverCancellable }: Policy,
  { publisher = '', title }: { readonly publisher?: string; readonly title: string },
): string | undefined {
  const seller = `${publisher} ${title}`.toLowerCase();
  return neverCancellable.find((name) => seller.includes(name.toLowerCase()));
}

/**
 * The window of one line. Days are calendar days in UTC and end at 23:59:00 of the last one, as in the one recorded
 * subscription (reference §6.1); hours are exact. A subscription's own `cancellationAllowedUntilDate` wins,
 * then the cancellation policies of the term under which it was bought.
 */
export function windowOf(
  policy: Policy,
  order: Order,
  line: OrderLine,
  { subscription, term }: { readonly subscription?: Subscription; readonly term?: Term } = {},
): Window | undefined {
  const row = windowRow(policy, isPerpetual(line) ? 'perpetual' : 'subscription', order.createdAt);
  const refund = row?.refund ?? 'full';
  if (subscription?.cancellationAllowedUntilAt) {
    return { closesAt: subscription.cancellationAllowedUntilAt, refund, source: 'partner-center' };
  }
  const offered = windowOffered(term, order.createdAt);
  if (offered) return offered;
  if (!row) return undefined;
  return { closesAt: closingOf(row, order.createdAt), refund, source: 'policy' };
}

/** What the offer itself says (`cancellationPolicies`, reference §3): the last of its options closes the window. */
function windowOffered(term: Pick<Term, 'refundOptions'> | undefined, boughtAt: Date): Window | undefined {
  const ends = (term?.refundOptions ?? []).map(({ type, expiresAfter }) => ({
    type,
    at: later(boughtAt, expiresAfter),
  }));
  const known = ends.filter((end): end is { type: 'full' | 'partial'; at: Date } => end.at !== undefined);
  const last = known.sort((a, b) => b.at.getTime() - a.at.getTime())[0];
  const refund = known.every(({ type }) => type === 'full') ? 'full' : 'prorated';
  return last && { closesAt: last.at, refund, source: 'partner-center' };
}

/** `PnD`, `PTnH`, `PnDTnH`, also with months and years; `undefined` for what cannot be read. */
function later(from: Date, duration: string): Date | undefined {
  const [all, years, months, weeks, days, hours] =
    duration.match(/^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?$/) ?? [];
  if (!all) return undefined;
  const at = new Date(from);
  at.setUTCMonth(at.getUTCMonth() + 12 * Number(years ?? 0) + Number(months ?? 0));
  return new Date(at.getTime() + (7 * Number(weeks ?? 0) + Number(days ?? 0)) * dayMs + Number(hours ?? 0) * 3_600_000);
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
export function windowOfPurchase(
  policy: Policy,
  { term, ...item }: { readonly publisher?: string; readonly title: string; readonly term: Omit<Term, 'billingCycle'> },
  now: Date,
): Window | undefined {
  if (neverTakenBack(policy, item)) return undefined;
  const offered = windowOffered(term, now);
  if (offered) return offered;
  const row = windowRow(policy, term.duration ? 'subscription' : 'perpetual', now);
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
