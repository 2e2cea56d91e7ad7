import { areLinesCancelled, type Order } from '../orders/order.ts';
import type { CallBudget } from '../work/call-budget.ts';
import type { World } from '../world.ts';
import { type Case, isAccepted } from './case.ts';
import type { CaseChange } from './case-event.ts';
import type { CaseReason } from './case-reason.ts';
import { findTicket } from './find-ticket.ts';
import { completeCase, handToPerson, moveCase } from './move-case.ts';
import { bearsReference } from './ticket-text.ts';
import type { Ticket } from './tickets.ts';
import type { TicketsShown } from './tickets-shown.ts';

/** A cancellation may show up to 15 minutes late, so a closed ticket is believed only after that. */
const showLagMs = 15 * 60 * 1000;

/** What has been confirmed but does not show for so long is looked at by a person. */
const patienceMs = 24 * 3600 * 1000;

/** A ticket that Partner Center does not show for so long has another number. */
const unseenMs = 3600 * 1000;

/** What is known of the ticket of a case; `undefined`: nothing that matters. */
type Sight = Ticket | 'unseen' | undefined;

/** With what a case is looked at. */
export interface LookContext {
  /** Absent: somebody else counts them. */
  readonly calls?: CallBudget;
  readonly shown: TicketsShown;
  /** Not to be asked for: the lists had it, and are not read each time. */
  readonly isTicketListed: boolean;
  orderOf(found: Case): Promise<Order | undefined>;
  /** What fails without keeping the order from being read. */
  report(error: unknown): void;
}

/** `held`: somebody else works on it. */
export type LookOutcome = 'moved' | 'same' | 'held';

/**
 * Reads the order; complete = it, or every line of the case, is cancelled. Only a case that may have to move is held, so
 * that nobody else works on it meanwhile; one that is no longer as it was seen is left to the next look.
 */
export async function lookAtCase(world: World, seen: Case, context: LookContext): Promise<LookOutcome> {
  const sight = await sightOf(world, seen, context).catch((error) => void context.report(error));
  const order = await context.orderOf(seen);
  const isCancelled = order !== undefined && areLinesCancelled(order, seen.content.lineNumbers);
  const reason = seen.state === 'needs_person' ? undefined : whatIsWrong(seen, sight, world.clock.now());
  const mayGoOn = seen.state === 'needs_person' && (seen.ticketId !== undefined || sight !== undefined);
  if (!isCancelled && !reason && !mayGoOn) return 'same';
  const outcome = await world.leases.hold(`case:${seen.reference}`, 2_000, async () => {
    const found = await world.cases.get(seen.reference);
    if (found?.state !== seen.state || found.ticketId !== seen.ticketId) return 'same';
    if (isCancelled) await completeCase(world, found);
    else if (reason) await handToPerson(world, found, reason);
    else if (!(await goOn(world, found, sight, context))) return 'same';
    await world.notify.caseChanged(found.reference);
    return 'moved';
  });
  return outcome ?? 'held';
}

/** Of a case that waits for a person only a ticket whose number nobody brought back: it is known by our reference. */
async function sightOf(world: World, found: Case, { shown, calls, isTicketListed }: LookContext): Promise<Sight> {
  const { state, ticketId, reference, createdAt } = found;
  if (state === 'needs_person')
    return ticketId === undefined
      ? findTicket(world, shown.tickets, { isIt: (one) => bearsReference(one, reference), since: createdAt, calls })
      : undefined;
  if (ticketId === undefined || shown.isUnreadable) return undefined;
  const listed = shown.tickets.find(({ id }) => id === ticketId);
  if (listed?.status === 'attention_needed') return withNote(world, listed, calls);
  if (listed) return undefined;
  if (isTicketListed) return undefined;
  calls?.spend(1);
  const ticket = (await world.tickets.get(ticketId)) ?? 'unseen';
  const isYoung = !isOld(found.changedAt, world.clock.now(), unseenMs);
  return ticket === 'unseen' && isYoung ? undefined : ticket;
}

/** Lists may come without what was said on a ticket. */
async function withNote(world: World, listed: Ticket, calls: CallBudget | undefined): Promise<Ticket> {
  if (listed.lastNote !== undefined) return listed;
  calls?.spend(1);
  const [whole = listed] = await world.tickets.readWhole([{ ...listed, isSummary: true }]);
  return whole;
}

function whatIsWrong(found: Case, sight: Sight, now: Date): CaseReason | undefined {
  if (sight === 'unseen') return found.ticketId ? { kind: 'ticket-unseen', ticketId: found.ticketId } : undefined;
  if (sight?.status === 'attention_needed') return { kind: 'ticket-asks', said: sight.lastNote };
  if (sight?.status === 'closed' && isOld(sight.closedAt ?? found.changedAt, now, showLagMs))
    return { kind: 'ticket-closed', said: sight.lastNote };
  const isOverdue = found.state === 'cancelling' && isAccepted(found) && isOld(found.changedAt, now, patienceMs);
  return isOverdue ? { kind: 'overdue' } : undefined;
}

async function goOn(world: World, found: Case, sight: Sight, { calls }: LookContext): Promise<boolean> {
  const isNew = found.ticketId === undefined && sight !== undefined && sight !== 'unseen';
  const ticketId = isNew ? sight.id : found.ticketId;
  if (ticketId === undefined) return false;
  // Found by our reference; a person may have given its number to another case.
  if (isNew && (await world.cases.withTicket(ticketId)).length > 0) return false;
  if (!isNew) calls?.spend(1);
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

function isOld(since: Date, now: Date, ageMs: number): boolean {
  return now.getTime() - since.getTime() > ageMs;
}
