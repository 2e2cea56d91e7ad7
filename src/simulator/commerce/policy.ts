import { DAY_MS, MINUTE_MS } from '../clock.ts';
import type { LineKind } from '../entities.ts';

/** The windows as they were in force for purchases before `before`. */
interface Rule {
  before: number;
  perpetualDays: number;
  subscriptionDays: number;
  /** For so long all of a subscription is paid back; then the part of its term that is left. */
  subscriptionFullMs: number;
}

/** Reference section 6.1, row by row. */
const RULES: Rule[] = [
  {
    before: Date.UTC(2021, 5, 1),
    perpetualDays: 60,
    subscriptionDays: 60,
    subscriptionFullMs: Number.POSITIVE_INFINITY,
  },
  { before: Date.UTC(2022, 9, 14), perpetualDays: 30, subscriptionDays: 30, subscriptionFullMs: 0 },
];
const TODAY: Rule = {
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

/** The window of a purchase, by the policy in force on the day it was made. */
export function cancellationWindow(kind: LineKind, purchasedAt: number): CancellationWindow {
  const rule = RULES.find(({ before }) => purchasedAt < before) ?? TODAY;
  const days = kind === 'perpetual' ? rule.perpetualDays : rule.subscriptionDays;
  const endsAt = days === EXACT_DAYS ? purchasedAt + days * DAY_MS : endOfDay(purchasedAt, days);
  const fullRefundUntil = kind === 'perpetual' ? endsAt : Math.min(endsAt, purchasedAt + rule.subscriptionFullMs);
  return { days, endsAt, fullRefundUntil };
}

/** 23:59:00 UTC of the day `days` after the purchase, as in the recorded subscription. */
function endOfDay(purchasedAt: number, days: number): number {
  const startOfDay = Math.floor(purchasedAt / DAY_MS) * DAY_MS;
  return startOfDay + (days + 1) * DAY_MS - MINUTE_MS;
}
