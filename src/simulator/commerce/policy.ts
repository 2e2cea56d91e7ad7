import { DAY_MS, HOUR_MS } from '../clock.ts';
import type { LineKind } from '../entities.ts';

/** A cancellation window as it was in force for purchases before `before`. */
interface Rule {
  before: number;
  perpetualDays: number;
  subscriptionDays: number;
}

/** Reference section 6.1, row by row. */
const RULES: Rule[] = [
  { before: Date.UTC(2021, 5, 1), perpetualDays: 60, subscriptionDays: 60 },
  { before: Date.UTC(2022, 9, 14), perpetualDays: 30, subscriptionDays: 30 },
  { before: Number.POSITIVE_INFINITY, perpetualDays: 30, subscriptionDays: 7 },
];

const EXACT_DAYS = 7;

export interface CancellationWindow {
  days: number;
  /** The last instant at which cancelling is allowed. */
  endsAt: number;
}

/** The window of a purchase, by the policy in force on the day it was made. */
export function cancellationWindow(kind: LineKind, purchasedAt: number): CancellationWindow {
  const rule = RULES.find(({ before }) => purchasedAt < before);
  const days = (kind === 'perpetual' ? rule?.perpetualDays : rule?.subscriptionDays) ?? EXACT_DAYS;
  return { days, endsAt: days === EXACT_DAYS ? purchasedAt + days * 24 * HOUR_MS : endOfDay(purchasedAt, days) };
}

/** 23:59:00 UTC of the day `days` after the purchase, as in the recorded subscription. */
function endOfDay(purchasedAt: number, days: number): number {
  const startOfDay = Math.floor(purchasedAt / DAY_MS) * DAY_MS;
  return startOfDay + (days + 1) * DAY_MS - 60_000;
}
