import type { CallBudget } from '../work/call-budget.ts';
import type { World } from '../world.ts';
import { isRefusal } from './file-ticket.ts';
import { referenceIn } from './ticket-text.ts';
import type { Ticket, TicketPages } from './tickets.ts';
import type { SweepStart } from './tracking.ts';

/** The tickets that are not closed, as far as they were listed. */
export interface TicketsShown {
  readonly tickets: readonly Ticket[];
  /** They could not be listed, and single ones are not asked for either. */
  readonly isUnreadable: boolean;
}

export const noTicketsShown: TicketsShown = { tickets: [], isUnreadable: false };

/** Of the calls that a sweep may still make, each of the three statuses may take one in so many: half of them together. */
const callsPerPage = 6;

/**
 * Lists the tickets that are not closed: those that wait for an answer, and those that Microsoft works on. There may be
 * thousands of closed ones, so these are never listed: a ticket that is gone from the lists is asked for. Where
 * Partner Center shows us no tickets, that is a failure only where some case follows one.
 */
export async function listTickets(
  world: World,
  { hasTickets, isTicketSought }: SweepStart,
  calls: CallBudget,
): Promise<TicketsShown> {
  if (!hasTickets && !isTicketSought) return noTicketsShown;
  const pages = Math.max(1, Math.floor(calls.left() / callsPerPage));
  const list = async (status: 'attention_needed' | 'open' | 'none'): Promise<TicketPages> => {
    const listed = await world.tickets.listFirst(status, pages).catch((error) => {
      calls.spend(1);
      if (hasTickets || !isRefusal(error)) throw error;
      return { tickets: [], isWhole: false, calls: 0 };
    });
    calls.spend(listed.calls);
    return listed;
  };
  const [waiting, open, none] = await Promise.all([list('attention_needed'), list('open'), list('none')]);
  const lists = [waiting, open, none];
  const tickets = lists.flatMap((one) => one.tickets);
  await world.tracking.noteTickets(
    {
      listed: tickets.map(({ id }) => id),
      waiting: waiting.tickets.map(({ id }) => id),
      references: tickets.flatMap((ticket) => referenceIn(ticket) ?? []),
      isWhole: lists.every(({ isWhole }) => isWhole),
    },
    world.clock.now(),
  );
  return { tickets, isUnreadable: false };
}
