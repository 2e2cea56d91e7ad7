import { OutsideError } from '../errors.ts';
import { areLinesCancelled } from '../orders/order.ts';
import { actOf, requestIdFor, timesTakenUp } from '../request-id.ts';
import type { World } from '../world.ts';
import { type Case, handOverNote, noteBeside } from './case.ts';
import { completeCase, handToPerson, moveCase, moveTo, saidIn } from './move-case.ts';
import { bearsReference, ticketContent } from './ticket-text.ts';
import type { Ticket } from './tickets.ts';

type TicketStatus = Parameters<World['tickets']['list']>[0];

const notClosed: readonly TicketStatus[] = ['none', 'open', 'attention_needed'];

/**
 * Files the ticket, unless one that bears our reference is there already, or there is nothing left to cancel. Where
 * Partner Center does not take it, its text is handed over to a person, who files it in the portal and brings the number
 * back.
 */
export async function fileTicket(world: World, wanted: Case, { isToldOf }: { isToldOf: boolean }): Promise<void> {
  const current = await moveTo(world, wanted, 'filing', 'filing the ticket');
  if (await isCancelledAlready(world, current)) return completeCase(world, current);
  const again = await timesTakenUp(world, current);
  try {
    const ticketId = (await ticketBearing(world, current, again > 0)) ?? (await createTicket(world, current, again));
    await moveCase(world, current, { to: 'filed', why: `ticket ${ticketId}`, ticketId, note: null });
  } catch (error) {
    if (!isRefusal(error) || error.kind === 'conflict') throw error;
    const said = error.kind === 'not-offered' ? undefined : saidIn(error);
    // What stands there already is why Partner Center did not cancel at once.
    const reason = [noteBeside(current), said].filter(Boolean).join(' ');
    const why = `Partner Center takes no ticket by API, to be filed by hand${reason ? `: ${reason}` : ''}`;
    await handToPerson(world, current, why, { note: handOverNote(reason), isToldOf });
  }
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

async function createTicket(world: World, current: Case, again: number): Promise<string> {
  const requestId = requestIdFor(current.submissionId, actOf('ticket', again));
  return (await world.tickets.create(ticketContent(current), requestId)).id;
}

/**
 * A ticket may have been created although its answer was lost: it bears our reference. When a case is taken up again, a
 * closed one is that of the time before.
 */
async function ticketBearing(world: World, { reference }: Case, isTakenUpAgain: boolean): Promise<string | undefined> {
  for (const status of isTakenUpAgain ? notClosed : [...notClosed, 'closed' as const]) {
    const found = (await ticketsShown(world, status)).find((ticket) => bearsReference(ticket, reference));
    if (found) return found.id;
  }
  return undefined;
}

/** The tickets in that status; none where Partner Center shows us no tickets. */
export async function ticketsShown(world: World, status: TicketStatus): Promise<Ticket[]> {
  try {
    return await world.tickets.list(status);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return [];
  }
}

/** A no that stays a no, whatever its form: a closed door, a withdrawn call, a plain refusal. A broken sign-in is none. */
export function isRefusal(error: unknown): error is OutsideError {
  return error instanceof OutsideError && !error.isPassing && error.kind !== 'unauthorized';
}
