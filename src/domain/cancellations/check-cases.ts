import { areLinesCancelled } from '../orders/order.ts';
import type { World } from '../world.ts';
import { type Case, isAccepted } from './case.ts';
import type { CaseChange } from './case-event.ts';
import type { CaseReason } from './case-reason.ts';
import { ticketsShown } from './file-ticket.ts';
import { findTicket } from './find-ticket.ts';
import { completeCase, handToPerson, moveCase, noticesFor } from './move-case.ts';
import { bearsReference } from './ticket-text.ts';
import type { Ticket } from './tickets.ts';

/** Without any sign of change, each case is looked at this often all the same. */
const slowLookMs = 10 * 60 * 1000;

/** A cancellation may show up to 15 minutes late, so a closed ticket is believed only after that. */
const showLagMs = 15 * 60 * 1000;

const dayMs = 24 * 3600 * 1000;

/** What has been confirmed but does not show for so long is looked at by a person. */
const patienceMs = dayMs;

/** A ticket that Partner Center does not show for so long has another number. */
const unseenMs = 3600 * 1000;

const atOnce = 200;

/** What is known of the ticket of a case without asking for each. */
type Sight = Ticket | 'unseen' | undefined;

/**
 * One sweep over the open cases. Two cheap questions (which orders changed? which tickets were closed or need an answer?)
 * decide whose order is read. It may run twice at once or be cut off; one failure does not keep the other cases from
 * being checked, nor the slow look from being taken; the first failure is thrown at the end.
 */
export async function checkCases(world: World): Promise<void> {
  const cases = (await world.cases.open(atOnce)).filter(isWatched);
  if (cases.length === 0) return;
  const failures: unknown[] = [];
  const without =
    <T>(instead: T) =>
    (error: unknown): T => {
      failures.push(error);
      return instead;
    };
  const [changed, sightOf] = await Promise.all([
    changedOrders(world, cases).catch(without(new Map<string, Date>())),
    ticketsOf(world, cases, without(undefined)).catch(without(() => undefined)),
  ]);
  for (const found of cases) {
    const sight = sightOf(found);
    if (!hasChanged(found, changed) && !sight && !isDue(world, found)) continue;
    await checkCase(world, found, sight).catch(without(undefined));
    await remindOf(world, found).catch(without(undefined));
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * A look at one customer's open cases, because something was said to have changed there. Throws the first failure at
 * the end, to be called again; a case that somebody else works on is one.
 */
export async function checkCasesOf(world: World, customerId: string): Promise<void> {
  const cases = (await world.cases.openOf(customerId)).filter(isWatched);
  const failures: unknown[] = [];
  for (const found of cases) {
    const isChecked = await checkCase(world, found, undefined).catch((error) => void failures.push(error));
    if (isChecked === false) failures.push(new Error(`the case ${found.reference} is being worked on elsewhere`));
  }
  if (failures.length > 0) throw failures[0];
}

function isWatched({ state }: Case): boolean {
  return state === 'filed' || state === 'cancelling' || state === 'needs_person';
}

function isDue(world: World, { checkedAt }: Case): boolean {
  return !checkedAt || Math.abs(world.clock.now().getTime() - checkedAt.getTime()) >= slowLookMs;
}

/** A change may show later than it is told, and be told later than it was: what we saw soon after it proves nothing. */
function hasChanged({ content, checkedAt }: Case, changed: ReadonlyMap<string, Date>): boolean {
  const at = changed.get(content.orderId);
  return at !== undefined && (!checkedAt || checkedAt.getTime() <= at.getTime() + showLagMs);
}

async function changedOrders(world: World, cases: readonly Case[]): Promise<Map<string, Date>> {
  const looks = cases.map(({ checkedAt, createdAt }) => (checkedAt ?? createdAt).getTime());
  const changes = await world.changes.ordersChangedSince(new Date(Math.min(...looks) - showLagMs));
  const latest = changes.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return new Map(latest.map(({ orderId, at }) => [orderId, at]));
}

/**
 * The tickets of cases that need a look: those that wait for an answer, and those that are no longer among the open ones
 * (there may be thousands of closed ones, so they are never listed). The ticket of a case that waits for a person is
 * asked for one by one, with the slow look; one whose number nobody brought back is known by our reference.
 */
async function ticketsOf(
  world: World,
  cases: readonly Case[],
  without: (error: unknown) => undefined,
): Promise<(found: Case) => Sight> {
  const wanted = new Set(cases.flatMap(({ state, ticketId }) => (state === 'needs_person' ? [] : (ticketId ?? []))));
  const isSought = cases.some((found) => isWithoutTicket(found) && isDue(world, found));
  if (wanted.size === 0 && !isSought) return () => undefined;
  // Where we are shown no tickets, that is a failure only for the cases that follow one.
  const [waiting = [], ...others] = await Promise.all(
    (['attention_needed', 'open', 'none'] as const).map((status) =>
      wanted.size > 0 ? world.tickets.list(status) : ticketsShown(world, status),
    ),
  );
  const shown = [...waiting, ...others.flat()];
  const waited = await world.tickets.readWhole(waiting.filter(({ id }) => wanted.has(id))).catch(without);
  const sights = new Map<string, Sight>((waited ?? waiting).map((ticket) => [ticket.id, ticket]));
  const gone = [...wanted].filter((id) => !shown.some((ticket) => ticket.id === id));
  const look = async (id: string) => sights.set(id, (await world.tickets.get(id)) ?? 'unseen');
  await Promise.all(gone.map((id) => look(id).catch(without)));
  const sought = cases.filter((found) => isWithoutTicket(found) && isDue(world, found));
  for (const { reference, createdAt: since } of sought) {
    const isIt = (ticket: Ticket) => bearsReference(ticket, reference);
    const found = await findTicket(world, shown, { isIt, since }).catch(without);
    if (found) sights.set(reference, found);
  }
  return (found) => {
    if (isWithoutTicket(found)) {
      return sights.get(found.reference) ?? shown.find((ticket) => bearsReference(ticket, found.reference));
    }
    const sight = found.ticketId && wanted.has(found.ticketId) ? sights.get(found.ticketId) : undefined;
    return sight === 'unseen' && !isOld(found.changedAt, world.clock.now(), unseenMs) ? undefined : sight;
  };
}

function isWithoutTicket({ state, ticketId }: Case): boolean {
  return state === 'needs_person' && ticketId === undefined;
}

/**
 * Nobody else works on the case meanwhile; one that is no longer as it was seen is left to the next look. False = it
 * was not to be had.
 */
async function checkCase(world: World, seen: Case, sight: Sight): Promise<boolean> {
  const isHeld = await world.leases.hold(`case:${seen.reference}`, 2_000, async () => {
    const found = await world.cases.get(seen.reference);
    const isAsSeen = found?.state === seen.state && found.ticketId === seen.ticketId;
    if (isAsSeen && (await look(world, found, sight))) await world.notify.caseChanged(found.reference);
    return true;
  });
  return isHeld ?? false;
}

/** Reads the order; complete = it, or every line of the case, is cancelled. True when the case has moved. */
async function look(world: World, found: Case, sight: Sight): Promise<boolean> {
  const { content, reference } = found;
  const order = await world.ordering.order(content.customerId, content.orderId);
  await world.cases.recordLook(reference, world.clock.now());
  if (order && areLinesCancelled(order, content.lineNumbers)) {
    await completeCase(world, found);
    return true;
  }
  if (found.state === 'needs_person') return goOn(world, found, sight);
  const reason = whatIsWrong(found, sight, world.clock.now());
  if (reason) await handToPerson(world, found, reason);
  return reason !== undefined;
}

function whatIsWrong(found: Case, sight: Sight, now: Date): CaseReason | undefined {
  if (sight === 'unseen') return found.ticketId ? { kind: 'ticket-unseen', ticketId: found.ticketId } : undefined;
  if (sight?.status === 'attention_needed') return { kind: 'ticket-asks', said: sight.lastNote };
  if (sight?.status === 'closed' && isOld(sight.closedAt ?? found.changedAt, now, showLagMs))
    return { kind: 'ticket-closed', said: sight.lastNote };
  const isOverdue = found.state === 'cancelling' && isAccepted(found) && isOld(found.changedAt, now, patienceMs);
  return isOverdue ? { kind: 'overdue' } : undefined;
}

async function goOn(world: World, found: Case, sight: Sight): Promise<boolean> {
  const isNew = isWithoutTicket(found) && sight !== undefined && sight !== 'unseen';
  const ticketId = isNew ? sight.id : found.ticketId;
  if (ticketId === undefined) return false;
  // Found by our reference; a person may have given its number to another case.
  if (isNew && (await world.cases.withTicket(ticketId)).length > 0) return false;
  const change = isNew ? ({ kind: 'ticket-found', ticketId } as const) : await whatMicrosoftDoes(world, found);
  if (!change) return false;
  await moveCase(world, found, { to: 'filed', change, ticketId, reason: null });
  return true;
}

/**
 * Somebody answered the ticket in the portal, or had it opened again: it is Microsoft's turn once more. One that was
 * closed since is followed too: what that means is said by the next look.
 */
async function whatMicrosoftDoes(world: World, { ticketId, changedAt }: Case): Promise<CaseChange | undefined> {
  const ticket = ticketId === undefined ? undefined : await world.tickets.get(ticketId);
  if (!ticket) return undefined;
  const { id, status, closedAt } = ticket;
  if (status === 'open' || status === 'none') return { kind: 'ticket-answered', ticketId: id };
  const isClosedSince = status === 'closed' && closedAt !== undefined && closedAt > changedAt;
  return isClosedSince ? { kind: 'ticket-closed-since', ticketId: id } : undefined;
}

/** A case that waits for a person is told of again after a day, and then every week, for as long as it waits. */
async function remindOf(world: World, { reference }: Case): Promise<void> {
  const now = world.clock.now();
  const found = await world.cases.get(reference);
  if (found?.state !== 'needs_person') return;
  const days = Math.floor((now.getTime() - found.changedAt.getTime()) / dayMs);
  if (days < 1) return;
  const told = days - ((days - 1) % 7);
  await world.notices.add(
    noticesFor(found, { kind: 'case-needs-person', reference, time: found.timesWaiting, days: told }),
    now,
  );
}

function isOld(since: Date, now: Date, ageMs: number): boolean {
  return now.getTime() - since.getTime() > ageMs;
}
