import { OutsideError, type Said } from '../errors.ts';
import { areLinesCancelled, type Order } from '../orders/order.ts';
import type { Attempt } from '../work/attempts.ts';
import { send } from '../work/send.ts';
import type { World } from '../world.ts';
import { type Case, reasonBesideSignIn } from './case.ts';
import { findTicket } from './find-ticket.ts';
import { completeCase, handToPerson, moveCase, moveTo } from './move-case.ts';
import { bearsReference, ticketContent } from './ticket-text.ts';
import type { Ticket } from './tickets.ts';

type TicketStatus = Parameters<World['tickets']['list']>[0];

const notClosed: readonly TicketStatus[] = ['none', 'open', 'attention_needed'];

export interface WorkOptions {
  /** Nobody sees the answer, so that a ticket to be filed by hand must be told of. */
  readonly isToldOf: boolean;
  /** Whoever submitted it sees how it ends, with what can be done then: only others are told of a refusal. */
  readonly isShown?: () => boolean;
  /** As it was read a moment ago. */
  readonly order?: Order;
  /** It was written down a moment ago, under the lease that is held: nobody can have worked on it before. */
  readonly isNew?: boolean;
}

/**
 * Files the ticket, unless one that bears our reference is there already, or there is nothing left to cancel. Where
 * Partner Center does not take it, its text is handed over to a person, who files it in the portal and brings the number
 * back. Gives the case as it stands then; `undefined` = somebody else moved it.
 */
export async function fileTicket(
  world: World,
  wanted: Case,
  { isToldOf, order, isNew }: WorkOptions,
): Promise<Case | undefined> {
  const current = await moveTo(world, wanted, 'filing', { kind: 'filing' });
  if (!current) return undefined;
  const { lineNumbers } = current.content;
  const isOver = order ? areLinesCancelled(order, lineNumbers) : await isCancelledAlready(world, current);
  if (isOver) return completeCase(world, current);
  const there = isNew ? undefined : await ticketBearing(world, current);
  if (there) return follow(world, current, there);
  const step = { of: 'case', id: current.reference, round: current.timesTakenUp, name: 'create-ticket' } as const;
  const attempt = await world.attempts.open(step, world.clock.now());
  const files = current.files ? await world.ticketFiles.of({ of: 'case', id: current.reference }) : [];
  const content = ticketContent(
    current,
    files.map(({ name }) => name),
  );
  try {
    const ticket = await send(world, attempt, (requestId) => world.tickets.create(content, requestId));
    return await follow(world, current, ticket.id, attempt);
  } catch (error) {
    if (!isRefusal(error) || error.kind === 'conflict') throw error;
    const said = [messageBefore(current), error.kind === 'not-offered' ? undefined : error.said];
    const reason = { kind: 'hand-over', said: said.filter((one) => one !== undefined) } as const;
    return handToPerson(world, current, reason, { isToldOf, ended: { attempt, outcome: 'declined' } });
  }
}

function follow(world: World, current: Case, ticketId: string, attempt?: Attempt): Promise<Case | undefined> {
  const change = { kind: 'ticket-filed', ticketId } as const;
  const ended = attempt && ({ attempt, outcome: 'done' } as const);
  return moveCase(world, current, { to: 'filed', change, ticketId, reason: null, ended });
}

/** Why Partner Center did not cancel at once. */
function messageBefore(current: Case): Said | undefined {
  const reason = reasonBesideSignIn(current);
  return reason?.kind === 'ticket-wanted' ? reason.said : undefined;
}

/** No is also the answer where Partner Center does not show us the order. Throws when it can't be reached now. */
export async function isCancelledAlready(world: World, { content }: Case): Promise<boolean> {
  const { customerId, orderId, lineNumbers } = content;
  try {
    const order = await world.ordering.order(customerId, orderId);
    return order !== undefined && areLinesCancelled(order, lineNumbers);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
}

/** Microsoft has not closed it; it may still act on it. */
export function isStillOpen({ status }: Ticket): boolean {
  return notClosed.some((one) => one === status);
}

/**
 * A ticket may have been created although its answer was lost: it bears our reference. When a case is taken up again, a
 * closed one is that of the time before.
 */
async function ticketBearing(
  world: World,
  { reference, timesTakenUp, createdAt: since }: Case,
): Promise<string | undefined> {
  const isIt = (ticket: Ticket) => bearsReference(ticket, reference);
  for (const status of timesTakenUp > 0 ? notClosed : [...notClosed, 'closed' as const]) {
    const found = await findTicket(world, await ticketsShown(world, status), { isIt, since });
    if (found) return found.id;
  }
  return undefined;
}

/** The tickets in that status; none where Partner Center shows us no tickets. */
async function ticketsShown(world: World, status: TicketStatus): Promise<Ticket[]> {
  try {
    return await world.tickets.list(status);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return [];
  }
}

/** A no that stays a no, whatever its form: a right that we lack, a withdrawn call, a plain refusal. A broken sign-in is none. */
export function isRefusal(error: unknown): error is OutsideError {
  return error instanceof OutsideError && !error.isPassing && error.kind !== 'unauthorized';
}
