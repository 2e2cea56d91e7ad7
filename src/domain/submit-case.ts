import { createHash } from 'node:crypto';
import type { Case, CaseEnding, CaseState } from './case.ts';
import { OutsideError } from './errors.ts';
import { areLinesCancelled, isLineCancelled, type Order } from './order.ts';
import type { NewCase, NewNotice, TicketContent, World } from './ports.ts';
import { demand, type Person } from './staff.ts';
import { ownLine, ticketContent } from './ticket-text.ts';

/** Writes the case down, once, and the job that works it. Refuses `not-allowed`, `case-open`, `other-content`. */
export async function submitCase(world: World, who: Person, wanted: NewCase): Promise<Case> {
  await demand(world, who, 'cancel.submit');
  return (await world.cases.insertOnce(wanted)).case;
}

/**
 * Takes a submitted case as far as it goes now: cancels by API, or files the ticket. Can be cut off anywhere and called
 * again; it looks before it acts. Throws when the other side cannot be reached now; the job then calls again.
 */
export async function workCase(world: World, reference: string): Promise<Case | undefined> {
  await world.leases.hold(`case:${reference}`, 2_000, async () => {
    const found = await world.cases.get(reference);
    if (!found || !isWorkable(found)) return;
    try {
      await (found.ending === 'cancel-now' ? cancelNow(world, found) : fileTicket(world, found));
    } finally {
      await world.notify.caseChanged(reference);
    }
  });
  return world.cases.get(reference);
}

/** Still to be acted on; the rest of its way is only watched. */
export function isWorkable({ state }: Case): boolean {
  return state === 'submitted' || state === 'cancelling' || state === 'filing';
}

async function cancelNow(world: World, wanted: Case): Promise<void> {
  const { content } = wanted;
  const order = await world.ordering.order(content.customerId, content.orderId);
  if (order && areLinesCancelled(order, content.lineNumbers)) return completeCase(world, wanted);
  const current = await moveTo(world, wanted, 'cancelling', 'cancelling by the Partner Center API');
  try {
    const answered = await cancelByApi(world, current, order);
    await world.cases.setNote(current.reference, 'accepted');
    if (answered === 'done') await completeCase(world, current);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    if (error.meaning === 'adjustment-pending') return world.cases.setNote(current.reference, 'accepted');
    if (error.meaning === 'ticket-needed') return handToTicket(world, current, error);
    if (error.isPassing || error.kind === 'conflict' || error.kind === 'unauthorized') throw error;
    await endRefused(world, current, error);
  }
}

/** A no at the end does not prove that nothing was done: an unanswered try, or one of several subscriptions, may have been. */
async function endRefused(world: World, current: Case, error: OutsideError): Promise<void> {
  const { customerId, orderId, lineNumbers } = current.content;
  const after = await world.ordering.order(customerId, orderId);
  if (after && areLinesCancelled(after, lineNumbers)) return completeCase(world, current);
  const isInPart = after && lineNumbers.some((number) => isLineCancelled(after, number));
  if (!isInPart) return endBadly(world, current, 'refused', noteOf(error));
  await endBadly(world, current, 'needs_person', `Only a part was cancelled: ${noteOf(error)}`);
}

/** `done` when the read-back already shows it; Partner Center may take a while to show what it has confirmed. */
async function cancelByApi(
  world: World,
  { submissionId, content }: Case,
  order: Order | undefined,
): Promise<'done' | 'accepted'> {
  const { customerId, orderId, lineNumbers } = content;
  const lines = content.wholeOrder
    ? []
    : (order?.lines ?? [])
        .filter((line) => lineNumbers.includes(line.number))
        .map((line) => ({ number: line.number, catalogItemId: line.catalogItemId }));
  // Without lines Partner Center would take the whole order: never by accident.
  if (!content.wholeOrder && lines.length !== lineNumbers.length)
    throw new OutsideError({ service: 'Partner Center', operation: 'getOrder', kind: 'unexpected' });
  try {
    await world.ordering.cancel(customerId, orderId, lines, requestIdFor(submissionId, 'cancel'));
  } catch (error) {
    const subscriptionIds = (order?.lines ?? [])
      .filter((line) => lineNumbers.includes(line.number))
      .map((line) => line.subscriptionId);
    const isBySubscription = error instanceof OutsideError && error.meaning === 'use-subscription';
    if (!isBySubscription || subscriptionIds.some((id) => id === undefined)) throw error;
    for (const id of subscriptionIds) {
      if (id) await world.ordering.cancelSubscription(customerId, id, requestIdFor(submissionId, id));
    }
  }
  const after = await world.ordering.order(customerId, orderId);
  return after && areLinesCancelled(after, lineNumbers) ? 'done' : 'accepted';
}

async function handToTicket(world: World, current: Case, error: OutsideError): Promise<void> {
  const why = `Partner Center wants a ticket: ${noteOf(error)}`;
  const moved = await advance(world, current, 'filing', why, 'ticket');
  if (moved) await fileTicket(world, moved);
}

async function fileTicket(world: World, wanted: Case): Promise<void> {
  const current = await moveTo(world, wanted, 'filing', 'filing the ticket');
  const ticket = ticketContent(current);
  try {
    const ticketId = (await ticketBearing(world, current.reference)) ?? (await createTicket(world, current, ticket));
    await world.cases.setTicket(current.reference, ticketId);
    await advance(world, current, 'filed', `ticket ${ticketId}`);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    if (error.kind === 'not-offered') {
      await world.cases.setNote(current.reference, 'hand-over');
      await advance(world, current, 'needs_person', 'Partner Center takes no tickets by API: to be filed by hand');
      return;
    }
    if (error.isPassing || error.kind === 'conflict' || error.kind === 'unauthorized') throw error;
    await endBadly(world, current, 'needs_person', noteOf(error));
  }
}

async function createTicket(world: World, { submissionId }: Case, ticket: TicketContent): Promise<string> {
  return (await world.tickets.create(ticket, requestIdFor(submissionId, 'ticket'))).id;
}

/** A ticket may have been created although its answer was lost: it bears our reference. */
async function ticketBearing(world: World, reference: string): Promise<string | undefined> {
  for (const status of ['none', 'open', 'attention_needed', 'closed'] as const) {
    const found = (await world.tickets.list(status)).find((one) => one.description.includes(ownLine(reference)));
    if (found) return found.id;
  }
  return undefined;
}

/** The request number that a person brought back from the portal: from here on the case is followed. */
export async function followTicket(
  world: World,
  who: Person,
  reference: string,
  ticketId: string,
): Promise<Case | undefined> {
  await demand(world, who, 'cancel.submit');
  const found = await world.cases.get(reference);
  if (found?.state !== 'needs_person') return found;
  await world.cases.setTicket(reference, ticketId);
  await world.cases.setNote(reference, undefined);
  await advance(world, found, 'filed', `ticket ${ticketId}, filed in the portal`, undefined, who.name);
  await world.notify.caseChanged(reference);
  return world.cases.get(reference);
}

/** The order, or the lines of the case, are cancelled: the end of the case, and the two notices that must go out, in one transaction. */
export async function completeCase(world: World, found: Case): Promise<void> {
  const { orderId, wholeOrder, lineNumbers } = found.content;
  const notices = noticesFor(found, 'case-completed');
  if (wholeOrder) await world.reminders.removeForOrder(orderId);
  const what = wholeOrder ? 'the order is cancelled' : `cancelled: lines ${lineNumbers.join(', ')}`;
  await advance(world, found, 'completed', `${what}; keys are revoked`, undefined, undefined, notices);
}

/** Ends where only a person can go on, or nobody; the requester is told either way. */
export async function endBadly(
  world: World,
  found: Case,
  state: 'refused' | 'needs_person',
  why: string,
): Promise<void> {
  const notices = noticesFor(found, state === 'refused' ? 'case-refused' : 'case-needs-person');
  await world.cases.setNote(found.reference, why);
  await advance(world, found, state, why, undefined, undefined, notices);
}

/** The place where it began is told, and the person. */
export function noticesFor({ reference, placeId, requesterId }: Case, kind: NewNotice['kind']): NewNotice[] {
  return [
    { kind, subject: reference, target: { to: 'place', id: placeId } },
    { kind, subject: reference, target: { to: 'person', id: requesterId } },
  ];
}

async function moveTo(world: World, found: Case, to: CaseState, why: string): Promise<Case> {
  if (found.state === to) return found;
  return (await advance(world, found, to, why)) ?? found;
}

async function advance(
  world: World,
  found: Case,
  to: CaseState,
  why: string,
  ending?: CaseEnding,
  who = 'Software Desk',
  notices: readonly NewNotice[] = [],
): Promise<Case | undefined> {
  const at = world.clock.now();
  const isMoved = await world.cases.advance({
    reference: found.reference,
    from: found.state,
    to,
    ending,
    who,
    why,
    at,
    notices,
  });
  return isMoved ? world.cases.get(found.reference) : undefined;
}

function noteOf(error: OutsideError): string {
  return [error.description ?? error.message, error.code].filter(Boolean).join(' – ');
}

/** One fixed GUID per submission and act: a repetition is the same request to Partner Center. */
export function requestIdFor(submissionId: string, act: string): string {
  const hex = createHash('sha256').update(`${submissionId}:${act}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
