import type { Case } from './case.ts';
import { caseSubject } from './notice.ts';
import { areLinesCancelled } from './order.ts';
import type { Ticket, World } from './ports.ts';
import { completeCase, noticesFor } from './submit-case.ts';

/** Without any sign of change, each case is looked at this often all the same. */
const slowLookMs = 10 * 60 * 1000;
/** A cancellation may show up to 15 minutes late (reference §6.2), so a closed ticket is believed only after that. */
const showLagMs = 15 * 60 * 1000;
/** What has been confirmed but does not show for so long is looked at by a person. */
const patienceMs = 24 * 3600 * 1000;
const atOnce = 200;
const who = 'Software Desk';

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
  const [changed, tickets] = await Promise.all([
    changedOrders(world, cases).catch(without(new Map<string, Date>())),
    ticketsOf(world, cases, without(undefined)).catch(without(new Map<string, Ticket>())),
  ]);
  for (const found of cases) {
    const ticket = found.ticketId ? tickets.get(found.ticketId) : undefined;
    if (!hasChanged(found, changed) && !ticket && !isDue(world, found)) continue;
    await checkCase(world, found, ticket).catch(without(undefined));
  }
  if (failures.length > 0) throw failures[0];
}

/** A look at one customer's open cases, because something was said to have changed there. Throws the first failure at the end. */
export async function checkCasesOf(world: World, customerId: string): Promise<void> {
  const cases = (await world.cases.open(atOnce)).filter(isWatched);
  const failures: unknown[] = [];
  for (const found of cases.filter(({ content }) => content.customerId.toLowerCase() === customerId.toLowerCase())) {
    await checkCase(world, found, undefined).catch((error) => failures.push(error));
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
 * asked for one by one, with the slow look.
 */
async function ticketsOf(
  world: World,
  cases: readonly Case[],
  without: (error: unknown) => undefined,
): Promise<Map<string, Ticket>> {
  const wanted = new Set(cases.flatMap(({ state, ticketId }) => (state === 'needs_person' ? [] : (ticketId ?? []))));
  if (wanted.size === 0) return new Map();
  const [waiting, ...open] = await Promise.all(
    (['attention_needed', 'open', 'none'] as const).map((status) => world.tickets.list(status)),
  );
  const asked = (waiting ?? []).filter((ticket) => wanted.has(ticket.id));
  const stillOpen = new Set([...asked, ...open.flat()].map((ticket) => ticket.id));
  const gone = [...wanted].filter((id) => !stillOpen.has(id));
  const ended = await Promise.all(gone.map((id) => world.tickets.get(id).catch(without)));
  return new Map([...asked, ...ended.filter((ticket) => ticket !== undefined)].map((ticket) => [ticket.id, ticket]));
}

/** Reads the order; complete = it, or every line of the case, is cancelled. */
async function checkCase(world: World, found: Case, ticket: Ticket | undefined): Promise<void> {
  const now = world.clock.now();
  const { content, reference } = found;
  const order = await world.ordering.order(content.customerId, content.orderId);
  await world.cases.looked(reference, now);
  if (order && areLinesCancelled(order, content.lineNumbers)) {
    await completeCase(world, found);
  } else if (found.state === 'needs_person') {
    const why = await whatMicrosoftDoes(world, found);
    if (!why) return;
    await goOn(world, found, why);
  } else {
    const why = whatIsWrong(found, ticket, now);
    if (!why) return;
    await handToPerson(world, found, why);
  }
  await world.notify.caseChanged(reference);
}

function whatIsWrong(found: Case, ticket: Ticket | undefined, now: Date): string | undefined {
  if (ticket?.status === 'attention_needed') return ticket.lastNote ?? 'Microsoft asks for an answer on the ticket.';
  if (ticket?.status === 'closed' && isOld(ticket.closedAt ?? found.changedAt, now, showLagMs))
    return 'Microsoft closed the ticket, but the order is not cancelled.';
  if (found.state === 'cancelling' && isOld(found.changedAt, now, patienceMs))
    return 'Partner Center accepted the cancellation a day ago, but the order is not cancelled.';
  return undefined;
}

/**
 * Somebody answered the ticket in the portal, or had it opened again: it is Microsoft's turn once more. One that was
 * closed since is followed too: what that means is said by the next look.
 */
async function whatMicrosoftDoes(world: World, { ticketId, changedAt }: Case): Promise<string | undefined> {
  const ticket = ticketId === undefined ? undefined : await world.tickets.get(ticketId);
  if (ticket?.status === 'open' || ticket?.status === 'none')
    return `ticket ${ticketId}: Microsoft is working on it again`;
  if (ticket?.status === 'closed' && ticket.closedAt && ticket.closedAt > changedAt)
    return `ticket ${ticketId}: Microsoft has closed it`;
  return undefined;
}

async function goOn(world: World, { reference }: Case, why: string): Promise<void> {
  await world.cases.setNote(reference, undefined);
  await world.cases.advance({ reference, from: 'needs_person', to: 'filed', who, why, at: world.clock.now() });
}

/** As `endBadly`, for what may happen to a case several times: each time is told. */
async function handToPerson(world: World, found: Case, why: string): Promise<void> {
  const { reference, state: from } = found;
  const before = (await world.cases.history(reference)).filter(({ to }) => to === 'needs_person').length;
  const subject = caseSubject(reference, before + 1);
  const notices = noticesFor(found, 'case-needs-person').map((notice) => ({ ...notice, subject }));
  await world.cases.setNote(reference, why);
  await world.cases.advance({ reference, from, to: 'needs_person', who, why, at: world.clock.now(), notices });
}

function isOld(since: Date, now: Date, ageMs: number): boolean {
  return now.getTime() - since.getTime() > ageMs;
}
