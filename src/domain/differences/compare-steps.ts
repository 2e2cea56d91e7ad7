import type { Case } from '../cancellations/case.ts';
import { createOrderReader } from '../cancellations/check-cases.ts';
import { isRefusal } from '../cancellations/file-ticket.ts';
import { referenceIn } from '../cancellations/ticket-text.ts';
import type { Ticket } from '../cancellations/tickets.ts';
import { areLinesCancelled, isSameId, type Order } from '../orders/order.ts';
import type { OrderSubmission } from '../orders/submission.ts';
import type { CallBudget } from '../work/call-budget.ts';
import type { World } from '../world.ts';
import { type CaseDifference, type Comparison, type Difference, type Outcomes, subjectOf } from './difference.ts';

/** What is as new as this may not show yet, and its own job may still be at it. */
const showLagMs = 3600_000;

/** Longer than that nothing is at work: the sweep has handed it to a person, or has failed to. */
const stuckMs = 25 * 3600_000;

const batchSize = 50;
/** Of the audit log, for one batch of orders. */
const recordPages = 2;

/** What one look at something tells. */
export type Look = () => Promise<Outcomes>;

/** What comes next in a step; each with the position behind which the step goes on after it. */
export interface Looks {
  readonly looks: readonly { readonly position: string; readonly look: Look }[];
  readonly isLast: boolean;
}

type Reader = (found: Case) => Promise<Order | undefined>;

/** What a look that tells nothing, or may not be made, leaves as it is. */
const nothing: Outcomes = { found: [], settled: [] };

const toOutcomes = (differences: readonly Difference[]): Outcomes => ({ found: differences, settled: [] });

/** Orders that were placed here, and carts of ours whose order was not recorded as placed. */
export async function nextOrders(world: World, comparison: Comparison, calls: CallBudget): Promise<Looks> {
  const { since, position } = comparison;
  const { items, isLast } = await world.differences.submissions(since, endOfSpan(comparison), position, batchSize);
  const recorded = await idsInRecords(
    world,
    items.map(({ submission }) => submission),
    calls,
  );
  const looks = items.map(({ submission, position }) => {
    const isRecorded = (id: string) => recorded.some((one) => isSameId(one, id));
    return {
      position,
      look: () => ifAllowed(async () => toOutcomes(await compareOrder(world, submission, calls, isRecorded))),
    };
  });
  return { looks, isLast };
}

/** One call tells of hundreds of orders that Partner Center knows; those it does not name are read one by one. */
async function idsInRecords(
  world: World,
  submissions: readonly OrderSubmission[],
  calls: CallBudget,
): Promise<readonly string[]> {
  const ordered = submissions.filter(({ state }) => state === 'ordered');
  const [first] = ordered;
  const last = ordered.at(-1);
  if (!first || !last || ordered.length <= recordPages) return [];
  const lastDay = new Date(last.createdAt.getTime() + showLagMs);
  const range = { since: first.createdAt, lastDay, maxPages: recordPages };
  const told = await world.changes.orderRecords('order', range).catch((error) => {
    if (!isRefusal(error)) throw error;
    return { records: [], calls: 1 };
  });
  calls.spend(told.calls);
  return told.records.flatMap(({ orderId }) => orderId ?? []);
}

async function compareOrder(
  world: World,
  submission: OrderSubmission,
  calls: CallBudget,
  isRecorded: (orderId: string) => boolean = () => false,
): Promise<Difference[]> {
  const { state, submissionId, cartId, orderIds, content } = submission;
  const { customerId, customerName } = content;
  const about = { submissionId, customerId, customerName };
  if (state !== 'ordered') {
    if (cartId === undefined) return [];
    calls.spend(1);
    const cart = await world.ordering.cart(customerId, cartId);
    return cart?.status.toLowerCase() === 'ordered' ? [{ kind: 'order-not-recorded', ...about }] : [];
  }
  const differences: Difference[] = [];
  for (const orderId of orderIds.filter((id) => !isRecorded(id))) {
    calls.spend(1);
    const order = await world.ordering.order(customerId, orderId);
    if (!order) differences.push({ kind: 'order-unknown', ...about, orderId });
  }
  return differences;
}

/** Cases that ended, that are at work for too long, or whose ticket is not shown. The sweep looks at all others. */
export async function nextCases(world: World, comparison: Comparison, calls: CallBudget): Promise<Looks> {
  const { begunAt, since, position } = comparison;
  const stuckAt = new Date(begunAt.getTime() - stuckMs);
  const range = { since, until: endOfSpan(comparison), stuckAt };
  const { items, isLast } = await world.differences.cases(range, position, batchSize);
  const orderOf = createOrderReader(world, items, calls);
  const looks = items.map(({ found: one, position }) => ({
    position,
    look: async () => {
      const ofOrder = await ifAllowed(async () => toOutcomes(await compareCase(world, one, orderOf)));
      const ofTicket = await ifAllowed(async () => toOutcomes(await compareTicketOf(world, one, calls)));
      return toOutcomes([...ofOrder.found, ...ofTicket.found]);
    },
  }));
  return { looks, isLast };
}

async function compareCase(world: World, seen: Case, orderOf: Reader): Promise<Difference[]> {
  const { reference, content, state } = seen;
  const { customerId, customerName, orderId } = content;
  const order = await orderOf(seen);
  if (!order) return [];
  const isCancelled = areLinesCancelled(order, content.lineNumbers);
  const differ = (kind: CaseDifference['kind']): Difference[] => [
    { kind, reference, orderId, customerId, customerName },
  ];
  if (!isCancelled) return state === 'completed' || state === 'cancelling' ? differ('case-order-active') : [];
  if (state === 'completed') return [];
  // Another case of the same order may have asked for it later.
  return (await world.cases.completedForOrder(orderId)) ? [] : differ('case-not-completed');
}

async function compareTicketOf(
  world: World,
  { reference, ticketId, content }: Case,
  calls: CallBudget,
): Promise<Difference[]> {
  if (ticketId === undefined) return [];
  const { customerId, customerName } = content;
  calls.spend(1);
  const ticket = await world.tickets.get(ticketId);
  return ticket ? [] : [{ kind: 'ticket-unknown', reference, ticketId, customerId, customerName }];
}

const statuses = ['attention_needed', 'open', 'none', 'closed'] as const;

/** Tickets that bear a reference of ours, in each status: of those that are closed, as many as the calls allow. */
export async function nextTickets(world: World, comparison: Comparison, calls: CallBudget): Promise<Looks> {
  const done = Number(comparison.position ?? 0);
  const looks = statuses.slice(done).map((status, index) => ({
    position: String(done + index + 1),
    look: () =>
      ifAllowed(async () => {
        const listed = await world.tickets.listFirst(status, Math.max(1, calls.left()));
        calls.spend(listed.calls);
        return toOutcomes(await compareTickets(world, listed.tickets, comparison));
      }),
  }));
  return { looks, isLast: true };
}

async function compareTickets(world: World, tickets: readonly Ticket[], comparison: Comparison): Promise<Difference[]> {
  const ours = tickets.flatMap((ticket) => {
    const reference = referenceIn(ticket);
    const isNew = ticket.createdAt !== undefined && ticket.createdAt > endOfSpan(comparison);
    const isOver =
      ticket.status === 'closed' && (ticket.createdAt === undefined || ticket.createdAt < comparison.since);
    return reference === undefined || isNew || isOver ? [] : [{ ticket, reference }];
  });
  const cases = await world.differences.casesOfTickets(
    ours.map(({ reference }) => reference),
    ours.map(({ ticket }) => ticket.id),
  );
  return ours.flatMap(({ ticket: { id: ticketId }, reference }): Difference[] => {
    if (cases.some((one) => one.ticketId === ticketId)) return [];
    const named = cases.find((one) => one.reference === reference);
    // The sweep makes an open case follow the ticket that bears its reference.
    if (named?.state === 'needs_person' && named.ticketId === undefined) return [];
    const { customerId, customerName } = named?.content ?? {};
    const about = { ...(customerId && { customerId }), ...(customerName && { customerName }) };
    return [{ kind: 'ticket-without-case', reference, ticketId, ...about }];
  });
}

/** Everything that was found once more, whenever that was: what is no difference any more is settled. */
export async function nextDifferences(world: World, comparison: Comparison, calls: CallBudget): Promise<Looks> {
  const { items, isLast } = await world.differences.open(comparison.position, batchSize);
  const looks = items.map(({ difference, position }) => ({
    position,
    look: () =>
      ifAllowed(async () => {
        const there = await compareAgain(world, difference, comparison, calls);
        const isSame = (one: Difference) => one.kind === difference.kind && subjectOf(one) === subjectOf(difference);
        return there.some(isSame) ? nothing : { found: [], settled: [difference] };
      }),
  }));
  return { looks, isLast };
}

async function compareAgain(
  world: World,
  difference: Difference,
  comparison: Comparison,
  calls: CallBudget,
): Promise<Difference[]> {
  if ('submissionId' in difference) {
    const submission = await world.orderSubmissions.get(difference.submissionId);
    return submission ? compareOrder(world, submission, calls) : [];
  }
  if (difference.kind === 'ticket-without-case') {
    calls.spend(1);
    const ticket = await world.tickets.get(difference.ticketId);
    return ticket ? compareTickets(world, [ticket], comparison) : [];
  }
  const seen = await world.cases.get(difference.reference);
  if (!seen) return [];
  if (difference.kind === 'ticket-unknown') return compareTicketOf(world, seen, calls);
  return compareCase(world, seen, createOrderReader(world, [{ found: seen }], calls));
}

/** What Partner Center does not let us see differs in nothing that we know. */
async function ifAllowed(look: () => Promise<Outcomes>): Promise<Outcomes> {
  try {
    return await look();
  } catch (error) {
    if (isRefusal(error)) return nothing;
    throw error;
  }
}

function endOfSpan({ begunAt }: Comparison): Date {
  return new Date(begunAt.getTime() - showLagMs);
}
