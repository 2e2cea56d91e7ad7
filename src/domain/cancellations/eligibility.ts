import type { CustomerProfile } from '../customers/customer.ts';
import { Refusal } from '../errors.ts';
import type { Money } from '../money.ts';
import type { Product, Term } from '../orders/catalog.ts';
import { isLineCancelled, isSameId, type Order, type OrderLine, type Subscription } from '../orders/order.ts';
import { isSoftwareProduct } from '../orders/purchases.ts';
import type { World } from '../world.ts';
import { adviceFrom, unread } from './advice.ts';
import {
  isOpen,
  neverTakenBack,
  type Refund,
  refundablePart,
  refundOf,
  ruleAt,
  type Window,
  windowOf,
} from './cancellation-window.ts';
import type { CaseEnding } from './case.ts';
import { isRefusal } from './file-ticket.ts';
import { findTicket } from './find-ticket.ts';
import { type RefusedAtOnce, standsStill } from './refused-at-once.ts';
import { isAbout } from './ticket-text.ts';
import type { Ticket } from './tickets.ts';

/** What cancelling these lines of this order would mean now. */
export interface Eligibility {
  readonly customer: CustomerProfile;
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  readonly isWholeOrder: boolean;
  readonly window?: Window;
  readonly isInWindow: boolean;
  /** For the lines; absent when Partner Center shows no price for them. */
  readonly paid?: Money;
  /** Absent when that is, or when nobody says what comes back. */
  readonly refund?: Refund;
  /** The first is the one proposed. */
  readonly endings: readonly CaseEnding[];
  /** A ticket at Microsoft that already names this order. */
  readonly ticket?: Ticket;
  /** Partner Center has refused to cancel it at once, and would do so again. */
  readonly refused?: RefusedAtOnce;
  /** What could not be looked at now: whether there is such a ticket; what the offer itself says of cancelling. */
  readonly unread: readonly Unread[];
}

export type Unread = 'tickets' | 'offer';

/**
 * Everything that is checked before the first question. Refuses `not-software`, `order-pending`, `already-cancelled`,
 * `case-open` (unless it is the case `inCase`), `never-cancellable`, `nothing-to-cancel`. A closed window is no refusal:
 * a ticket can still be filed. What the catalogue and the tickets say is advice: without it, it goes on all the same,
 * because Partner Center's refusal is the last word, and the window closes meanwhile. `isSubmitting`: no longer asked for
 * advice; whether a case is open is what the case itself is held against when it is written.
 */
export async function eligibilityOf(
  world: World,
  { customer, order }: { customer: CustomerProfile; order: Order },
  lineNumbers: readonly number[] = linesLeft(order),
  { inCase, isSubmitting = false }: { readonly inCase?: string; readonly isSubmitting?: boolean } = {},
): Promise<Eligibility> {
  demandCancellable(order, lineNumbers);
  const askRefused = isSubmitting ? undefined : world.cases.refusedAtOnce(order.id);
  const [before] = await Promise.all([askRefused, isSubmitting ? undefined : demandNoCase(world, order, inCase)]);
  demandCompleted(order);
  const lines = order.lines.filter((line) => lineNumbers.includes(line.number));
  const [offers, ticket, shown] = await Promise.all([
    Promise.all(lines.map((line) => offerOf(world, customer, line))),
    isSubmitting ? undefined : adviceFrom(ticketNaming(world, order)),
    lines.some((line) => line.subscriptionId) ? adviceFrom(world.ordering.subscriptions(customer.id)) : [],
  ]);
  demandTakenBack(world, order, offers);
  const now = world.clock.now();
  const subscriptions = shown === unread ? [] : shown;
  const subscriptionOf = (line: OrderLine) => subscriptions.find((one) => isSameId(one.id, line.subscriptionId));
  const isUnread = (line: OrderLine, term: Offer['term']) =>
    (shown === unread && line.subscriptionId !== undefined) ||
    (term === unread && !subscriptionOf(line)?.cancellationAllowedUntilAt);
  const windows = offers.map(({ line, term }) =>
    windowOf(world.policy, order, line, {
      subscription: subscriptionOf(line),
      term: term === unread ? undefined : term,
    }),
  );
  const window = windows.includes(undefined) ? undefined : earliest(windows);
  const isInWindow = windows.every((one) => isOpen(one, now));
  const refused = before && standsStill(before, lineNumbers, window) ? before : undefined;
  const canBeNow = isInWindow && !refused && !world.policy.alwaysTicket;
  return {
    customer,
    order,
    lines,
    isWholeOrder: lines.length === linesLeft(order).length,
    window,
    isInWindow,
    paid: sumOf(lines.map((line) => paidFor(order, line))),
    refund: totalRefund(
      lines.map((line, at) =>
        refundOfLine(order, line, { window: windows[at], subscription: subscriptionOf(line), now }),
      ),
    ),
    endings: canBeNow ? ['cancel-now', 'ticket'] : ['ticket'],
    ticket: ticket === unread ? undefined : ticket,
    refused,
    unread: [
      ...(ticket === unread ? (['tickets'] as const) : []),
      ...(offers.some(({ term, line }) => isUnread(line, term)) ? (['offer'] as const) : []),
    ],
  };
}

/** What the catalogue says of a line. */
interface Offer {
  readonly line: OrderLine;
  readonly product: Product | undefined;
  readonly term: Term | typeof unread | undefined;
}

async function offerOf(world: World, customer: CustomerProfile, line: OrderLine): Promise<Offer> {
  const [product, term] = await Promise.all([
    adviceFrom(world.catalog.product(line.productId, customer.country)),
    adviceFrom(termOf(world, customer, line)),
  ]);
  return { line, product: product === unread ? undefined : product, term };
}

/** The term the line was bought under, where the catalogue still shows that very offer: its ids rotate. */
async function termOf(world: World, customer: CustomerProfile, line: OrderLine): Promise<Term | undefined> {
  try {
    const offer = await world.catalog.availability(line.catalogItemId, customer.country);
    return offer?.terms.find(({ duration }) => (duration ?? '') === (line.termDuration ?? ''));
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** The lines that are not cancelled yet. */
export function linesLeft(order: Order): number[] {
  return order.lines.filter((line) => !isLineCancelled(order, line.number)).map((line) => line.number);
}

function demandCancellable(order: Order, lineNumbers: readonly number[]): void {
  const facts = { order: order.number };
  const isGone = lineNumbers.length === 0 || lineNumbers.some((number) => isLineCancelled(order, number));
  if (isGone) throw new Refusal('already-cancelled', facts);
  const isOurs = lineNumbers.every((number) => order.lines.some((line) => line.number === number));
  if (!isOurs) throw new Refusal('nothing-to-cancel', { text: order.number });
}

async function demandNoCase({ cases }: World, order: Order, inCase: string | undefined): Promise<void> {
  const open = await cases.openForOrder(order.id);
  if (!open || open.reference === inCase) return;
  throw new Refusal('case-open', { order: order.number, reference: open.reference });
}

function demandCompleted(order: Order): void {
  if (order.status === 'pending') throw new Refusal('order-pending', { order: order.number });
}

/** Where the catalogue does not answer, the form of the id and the title tell. */
function demandTakenBack({ policy }: World, order: Order, offers: readonly Offer[]): void {
  for (const { line, product } of offers) {
    if (!isSoftwareProduct(product, line)) throw new Refusal('not-software', { order: order.number });
    const publisher = neverTakenBack(policy, { publisher: product?.publisher, title: line.title });
    if (publisher) throw new Refusal('never-cancellable', { item: line.title, publisher });
  }
}

function earliest(windows: readonly (Window | undefined)[]): Window | undefined {
  const known = windows.filter((window) => window !== undefined);
  return known.sort((a, b) => a.closesAt.getTime() - b.closesAt.getTime())[0];
}

/** Counted from the term in force, for the pieces that are taken back. */
function refundOfLine(
  order: Order,
  line: OrderLine,
  { window, subscription, now }: { window: Window | undefined; subscription: Subscription | undefined; now: Date },
): Refund | undefined {
  const total = paidFor(order, line);
  const rule = window && ruleAt(window, now);
  if (!total || !rule) return undefined;
  const { paid, pieces } = refundablePart(total, line, subscription, now);
  const inForce = { ...line, termDuration: subscription?.termDuration ?? line.termDuration };
  const refund = refundOf(paid, inForce, rule, window.renewedAt ?? order.createdAt, now);
  return refund && { ...refund, ...(pieces && { pieces }) };
}

/** The lines' refunds added up; with several lines the formula's days are told only when they are one line's. */
function totalRefund(refunds: readonly (Refund | undefined)[]): Refund | undefined {
  const [first, ...rest] = refunds;
  if (rest.length === 0) return first;
  const amount = sumOf(refunds.map((refund) => refund?.amount));
  const paid = sumOf(refunds.map((refund) => refund?.paid));
  const rule = refunds.some((refund) => refund?.rule === 'prorated') ? 'prorated' : 'full';
  return amount && paid && { amount, paid, rule };
}

function sumOf(amounts: readonly (Money | undefined)[]): Money | undefined {
  const known = amounts.filter((amount) => amount !== undefined);
  const [first] = known;
  if (!first || known.length < amounts.length) return undefined;
  return { minor: known.reduce((total, { minor }) => total + minor, 0), currency: first.currency };
}

function paidFor(order: Order, line: OrderLine): Money | undefined {
  return line.total ?? (order.lines.length === 1 ? order.total : undefined);
}

/** A ticket at Microsoft that names the order, filed by anybody, also outside this bot. */
async function ticketNaming(world: World, order: Order): Promise<Ticket | undefined> {
  const names = [order.id, order.number, ...order.lines.map((line) => line.subscriptionId)];
  const shown = await world.tickets.notClosed().catch(noneWhereRefused);
  const isIt = (ticket: Ticket) => isAbout(ticket, names);
  return findTicket(world, shown, { isIt, since: order.createdAt });
}

/** Where Partner Center shows us no tickets, there are none to know of. */
function noneWhereRefused(error: unknown): Ticket[] {
  if (!isRefusal(error)) throw error;
  return [];
}
