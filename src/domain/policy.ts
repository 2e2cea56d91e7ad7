import type { Limited } from './people/limits.ts';

/** One row of the dated table of cancellation windows. Dates are UTC days, `until` included. */
export interface CancellationWindow {
  readonly kind: 'perpetual' | 'subscription';
  readonly from: string;
  readonly until?: string;
  /** Calendar days: the window closes at the end of that day, UTC. */
  readonly days?: number;
  /** Exact hours from the purchase; used instead of `days` where both could be read. */
  readonly hours?: number;
  readonly refund: 'full' | 'prorated';
}

/** So much within so long: for one person, and for all staff together. */
export interface Limit {
  readonly person: number;
  readonly everybody: number;
}

/** When a second admin agent is asked, and how. */
export interface ApprovalRules {
  /** Orders above this total, in whole units per currency code. */
  readonly orders: Readonly<Record<string, number>>;
  /** Cancellations that ask more than this back. */
  readonly cancellations: Readonly<Record<string, number>>;
  /** More product keys, downloads and links than this within an hour, for one person. Absent: as many as `limits` allow. */
  readonly revealsAnHour?: number;
  /** Where it is asked: the conversation id of a channel. Absent: each admin agent is asked in their own chat. */
  readonly channel?: string;
  /** Who is asked as well once nobody has decided in time. */
  readonly deputy?: string;
  /** After so long approvers are reminded, and what one of them has claimed is free again. */
  readonly remindMinutes: number;
  /** So long it waits, and so long it can be used. */
  readonly expireHours: number;
}

export interface Policy {
  readonly windows: readonly CancellationWindow[];
  /** Publishers whose software Microsoft never takes back. Part of the name is enough, case ignored. */
  readonly neverCancellable: readonly string[];
  /** May a sales agent confirm an order? */
  readonly salesMayConfirm: boolean;
  /** Orders above this total, in whole units per currency code (`{ "EUR": 5000 }`), are confirmed by an admin agent only. */
  readonly approvalLimits: Readonly<Record<string, number>>;
  readonly approvals: ApprovalRules;
  /** Reveals, exports and drafts within an hour; searches, numbers of orders nobody knows, and pages within a minute. */
  readonly limits: Readonly<Record<Limited, Limit>>;
  /** The same item ordered for the same customer within so many minutes: whoever confirms it again is asked back once. */
  readonly askBackMinutes: number;
  /** So many times what the customer usually orders: asked back once. */
  readonly askBackTimes: number;
  /** So many pieces at once: asked back once. */
  readonly askBackQuantity: number;
  /** Orders above this total, in whole units per currency code: asked back once. */
  readonly askBackTotals: Readonly<Record<string, number>>;
  /** How long before a window closes people are reminded, in hours. */
  readonly reminderHours: readonly number[];
  /** Does the channel see that a key was revealed, and to whom? */
  readonly announceReveals: boolean;
  /** Are the admin agents told, once a quarter, that who saw which keys can be reviewed? */
  readonly reviewReminders: boolean;
  /** So many days the audit log is kept. */
  readonly auditDays: number;
  /** Are cancellations always filed as a ticket, even where the API could cancel at once? */
  readonly alwaysTicket: boolean;
}

export const builtInPolicy: Policy = {
  windows: [
    { kind: 'perpetual', from: '2010-01-01', until: '2021-05-31', days: 60, refund: 'full' },
    { kind: 'subscription', from: '2010-01-01', until: '2021-05-31', days: 60, refund: 'full' },
    { kind: 'perpetual', from: '2021-06-01', days: 30, refund: 'full' },
    { kind: 'subscription', from: '2021-06-01', until: '2022-10-13', days: 30, refund: 'prorated' },
    { kind: 'subscription', from: '2022-10-14', hours: 168, refund: 'prorated' },
  ],
  neverCancellable: ['SUSE', 'Red Hat'],
  salesMayConfirm: false,
  approvalLimits: {},
  approvals: { orders: {}, cancellations: {}, remindMinutes: 60, expireHours: 24 },
  // More than anybody's work takes, and few enough that a stolen sign-in does not empty the desk within an hour.
  limits: {
    reveals: { person: 60, everybody: 300 },
    exports: { person: 12, everybody: 60 },
    drafts: { person: 200, everybody: 5000 },
    searches: { person: 120, everybody: 1200 },
    unknownOrders: { person: 3, everybody: 12 },
    pages: { person: 240, everybody: 5000 },
  },
  // Partner Center may not list a fresh order for 15 minutes: so long nobody finds out elsewhere that it was ordered already.
  askBackMinutes: 15,
  askBackTimes: 10,
  // More than a large customer's access licences, less than a slip of the finger on a keyboard.
  askBackQuantity: 10_000,
  // About 100,000 euros each.
  askBackTotals: {
    ...{ AUD: 150_000, BRL: 500_000, CAD: 150_000, CHF: 100_000, CZK: 2_500_000, DKK: 750_000, EUR: 100_000 },
    ...{ GBP: 100_000, HUF: 40_000_000, INR: 10_000_000, JPY: 15_000_000, MXN: 2_000_000, NOK: 1_000_000 },
    ...{ NZD: 150_000, PLN: 500_000, RON: 500_000, SEK: 1_000_000, USD: 100_000, ZAR: 2_000_000 },
  },
  reminderHours: [168, 24, 1],
  announceReveals: true,
  reviewReminders: true,
  auditDays: 365,
  alwaysTicket: false,
};

export function asksForApprovals({ approvals }: Pick<Policy, 'approvals'>): boolean {
  const { orders, cancellations, revealsAnHour } = approvals;
  return revealsAnHour !== undefined || [orders, cancellations].some((limits) => Object.keys(limits).length > 0);
}

/** Of all windows that there are or were, in days. */
export function longestWindowDays({ windows }: Pick<Policy, 'windows'>): number {
  return Math.max(...windows.map(({ days = 0, hours = 0 }) => Math.max(days, hours / 24)));
}
