import type { Money } from '../money.ts';
import type { Term } from '../orders/catalog.ts';
import { isPerpetual, type Order, type OrderLine, type Subscription } from '../orders/order.ts';
import type { CancellationWindow, Policy } from '../policy.ts';

export const dayMs = 24 * 3600 * 1000;

/** A window that closes within so many days comes first, and says so. */
export const urgentDays = 7;

/** Until when a purchase can be cancelled, and what comes back. */
export interface Window {
  /** The last moment that still counts. */
  readonly closesAt: Date;
  /** Absent where nobody says what comes back. */
  readonly refund?: RefundRule;
  /** Until then everything comes back, where `refund` is what comes after. */
  readonly fullUntil?: Date;
  /** Who said so: Partner Center's own date wins over our table. */
  readonly source: 'partner-center' | 'policy';
  /** When a term that was renewed began: what is counted is counted from then, not from the order. */
  readonly renewedAt?: Date;
}

export type RefundRule = CancellationWindow['refund'];

export interface Refund {
  readonly amount: Money;
  readonly paid: Money;
  readonly rule: RefundRule;
  /** Only with `prorated`: days of the term, and how many of them count as used. */
  readonly termDays?: number;
  readonly usedDays?: number;
  /** Only where fewer are taken back than there are; `paid` is for those. */
  readonly pieces?: { readonly refundable: number; readonly of: number };
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
 * subscription; hours are exact. A subscription's own `cancellationAllowedUntilDate` wins,
 * then the cancellation policies of the term under which it was bought. All of them count from the term in force: one
 * that has renewed itself can be cancelled anew.
 */
export function windowOf(
  policy: Policy,
  order: Order,
  line: OrderLine,
  { subscription, term }: { readonly subscription?: Subscription; readonly term?: Term } = {},
): Window | undefined {
  const startedAt = termStartOf(order, subscription);
  const renewal = startedAt === order.createdAt ? {} : { renewedAt: startedAt };
  const row = windowRow(policy, isPerpetual(line) ? 'perpetual' : 'subscription', startedAt);
  const closesAt = subscription?.cancellationAllowedUntilAt;
  if (closesAt) {
    return { closesAt, ...ruleOf(subscription, closesAt, row?.refund), source: 'partner-center', ...renewal };
  }
  const offered = offeredWindowOf(term, startedAt);
  if (offered) return { ...offered, ...renewal };
  return row && { closesAt: closingOf(row, startedAt), refund: row.refund, source: 'policy', ...renewal };
}

/** A first term began with the order, whatever part of that day its own date is cut to. */
function termStartOf({ createdAt }: Order, subscription: Subscription | undefined): Date {
  const startedAt = subscription?.termStartedAt;
  return startedAt && startedAt.getTime() - createdAt.getTime() >= dayMs ? startedAt : createdAt;
}

/** What the subscription itself says of the money wins over the table. */
function ruleOf(
  { refundOptions = [] }: Subscription,
  closesAt: Date,
  fromTable: RefundRule | undefined,
): Pick<Window, 'refund' | 'fullUntil'> {
  const full = refundOptions.filter(({ type }) => type === 'full').map(({ until }) => until.getTime());
  const fullUntil = full.length > 0 ? new Date(Math.max(...full)) : undefined;
  const isAll = fullUntil !== undefined && fullUntil.getTime() >= closesAt.getTime();
  const isPart = refundOptions.some(({ type }) => type === 'partial');
  const refund = isAll ? 'full' : isPart ? 'prorated' : fromTable;
  return { ...(refund && { refund }), ...(fullUntil && !isAll && { fullUntil }) };
}

/**
 * What the offer itself says (`cancellationPolicies`): the last of its options closes the window, and each is
 * in force to its own end. One that cannot be read may be the last: the table counts then.
 */
function offeredWindowOf(term: Pick<Term, 'refundOptions'> | undefined, boughtAt: Date): Window | undefined {
  const ends = (term?.refundOptions ?? []).map(({ type, expiresAfter }) => ({
    type,
    at: later(boughtAt, expiresAfter),
  }));
  const lastOf = (type?: 'full' | 'partial') =>
    ends
      .filter((end) => type === undefined || end.type === type)
      .map(({ at }) => at?.getTime() ?? Number.NaN)
      .reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const closesAt = lastOf();
  if (!Number.isFinite(closesAt)) return undefined;
  const fullUntil = lastOf('full');
  const found = { closesAt: new Date(closesAt), source: 'partner-center' } as const;
  if (fullUntil === closesAt) return { ...found, refund: 'full' };
  return { ...found, refund: 'prorated', ...(Number.isFinite(fullUntil) && { fullUntil: new Date(fullUntil) }) };
}

/** `PnD`, `PTnH`, `PnDTnH`, also with months and years; `undefined` for what cannot be read. */
function later(from: Date, duration: string): Date | undefined {
  const [all, years, months, weeks, days, hours] =
    duration.match(/^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?$/) ?? [];
  if (!all) return undefined;
  const at = monthsLater(from, 12 * Number(years ?? 0) + Number(months ?? 0));
  return new Date(at.getTime() + (7 * Number(weeks ?? 0) + Number(days ?? 0)) * dayMs + Number(hours ?? 0) * 3_600_000);
}

/** By the calendar in UTC; from the 31st, or a 29 February, to the last day of a shorter month. */
function monthsLater(from: Date, months: number): Date {
  const at = new Date(from);
  at.setUTCMonth(at.getUTCMonth() + months);
  if (at.getUTCDate() !== from.getUTCDate()) at.setUTCDate(0);
  return at;
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
export function daysLeft(window: Pick<Window, 'closesAt'>, now: Date): number {
  return Math.max(0, Math.floor((window.closesAt.getTime() - now.getTime()) / dayMs));
}

/** All the days of a window that began then: calendar days in UTC, however late on the first day that was. */
export function daysOf({ closesAt }: Pick<Window, 'closesAt'>, begunAt: Date): number {
  const dayOf = (at: Date): number => Math.floor(at.getTime() / dayMs);
  return Math.max(1, dayOf(closesAt) - dayOf(begunAt));
}

/** The window a purchase made now would get. For the review card of an order. */
export function windowOfPurchase(
  policy: Policy,
  { term, ...item }: { readonly publisher?: string; readonly title: string; readonly term: Omit<Term, 'billingCycle'> },
  now: Date,
): Window | undefined {
  if (neverTakenBack(policy, item)) return undefined;
  const offered = offeredWindowOf(term, now);
  if (offered) return offered;
  const row = windowRow(policy, term.duration ? 'subscription' : 'perpetual', now);
  return row && { closesAt: closingOf(row, now), refund: row.refund, source: 'policy' };
}

/** What comes back of what was paid, by the rule in force at that moment; `undefined` where nobody says. */
export function ruleAt({ refund, fullUntil }: Window, now: Date): RefundRule | undefined {
  return fullUntil && now.getTime() <= fullUntil.getTime() ? 'full' : refund;
}

/**
 * What comes back for lines paid with `paid`. Prorated: `paid × (term days − used days) / term days`; the first 24
 * hours are free, after that every day begun counts. `undefined` when the term can't be read, or there is
 * none.
 */
export function refundOf(
  paid: Money,
  line: OrderLine,
  rule: RefundRule,
  boughtAt: Date,
  now: Date,
): Refund | undefined {
  if (rule === 'full') return { amount: paid, paid, rule };
  const termDays = daysOfTerm(line.termDuration ?? '', boughtAt);
  if (!termDays) return undefined;
  const elapsed = (now.getTime() - boughtAt.getTime()) / dayMs;
  const usedDays = Math.min(termDays, elapsed < 1 ? 0 : Math.ceil(elapsed));
  const minor = Math.round((paid.minor * (termDays - usedDays)) / termDays);
  return { amount: { minor, currency: paid.currency }, paid, rule, termDays, usedDays };
}

/** Of what was paid for a line, the part for those pieces that Partner Center takes back now. */
export function refundablePart(
  paid: Money,
  line: OrderLine,
  subscription: Subscription | undefined,
  now: Date,
): Pick<Refund, 'paid' | 'pieces'> {
  const open = subscription?.refundable?.filter(({ until }) => !until || until.getTime() >= now.getTime());
  const refundable = open?.reduce((total, { quantity }) => total + quantity, 0) ?? line.quantity;
  if (line.quantity <= 0 || refundable >= line.quantity) return { paid };
  const minor = Math.round((paid.minor * refundable) / line.quantity);
  return { paid: { minor, currency: paid.currency }, pieces: { refundable, of: line.quantity } };
}

function daysOfTerm(duration: string, from: Date): number | undefined {
  const [, count, unit] = duration.match(/^P(\d+)([YMD])$/) ?? [];
  if (unit === undefined) return undefined;
  if (unit === 'D') return Number(count);
  const end = monthsLater(from, Number(count) * (unit === 'Y' ? 12 : 1));
  return Math.round((end.getTime() - from.getTime()) / dayMs);
}
