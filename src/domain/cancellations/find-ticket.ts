import type { CallBudget } from '../work/call-budget.ts';
import type { World } from '../world.ts';
import { referenceInTitle } from './ticket-text.ts';
import type { Ticket } from './tickets.ts';

/** So many are read singly for one question, the newest first. */
const readAtMost = 10;

/**
 * The ticket among those of a list that is the one. Lists come without what a ticket says, so those are read singly
 * that may be it: filed since then, and not known by its title as another case's.
 */
export async function findTicket(
  world: Pick<World, 'tickets'>,
  shown: readonly Ticket[],
  { isIt, since, calls }: { isIt: (ticket: Ticket) => boolean; since: Date; calls?: CallBudget },
): Promise<Ticket | undefined> {
  const told = shown.find(isIt);
  if (told) return told;
  const untold = shown.filter((ticket) => ticket.isSummary && mayBe(ticket, since));
  const newest = untold.sort((a, b) => (b.createdAt?.getTime() ?? Infinity) - (a.createdAt?.getTime() ?? Infinity));
  const read = newest.slice(0, Math.min(readAtMost, calls?.left() ?? readAtMost));
  calls?.spend(read.length);
  return (await world.tickets.readWhole(read)).find(isIt);
}

function mayBe(ticket: Ticket, since: Date): boolean {
  const isLater = ticket.createdAt === undefined || ticket.createdAt >= since;
  return isLater && referenceInTitle(ticket) === undefined;
}
