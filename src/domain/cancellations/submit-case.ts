import { demandApproval } from '../approvals/ask-approval.ts';
import { OutsideError, Refusal } from '../errors.ts';
import type { Order } from '../orders/order.ts';
import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import { type Lease, LeaseLost, newLease } from '../work/leases.ts';
import type { World } from '../world.ts';
import { attachFiles } from './attach-files.ts';
import { cancelNow } from './cancel-order.ts';
import { type Case, type CaseEnding, isAccepted, isClosed, isWaitingForSignIn, reasonBesideSignIn } from './case.ts';
import type { NewCase } from './cases.ts';
import { fileTicket, isCancelledAlready, isRefusal, isStillOpen, type WorkOptions } from './file-ticket.ts';
import { completeCase, endGivenUp, moveCase } from './move-case.ts';
import { isAbout } from './ticket-text.ts';
import type { Ticket } from './tickets.ts';

const waitMs = 1_000;

/**
 * Writes the case down, once, and the job that works it; `isNew` where it was not there. Whoever gives a lease works it
 * now. Refuses `not-allowed`, `needs-approval`, `case-open`, `other-content`.
 */
export async function submitCase(world: World, who: Person, wanted: NewCase, lease?: Lease) {
  await demand(world, who, 'cancel.submit');
  const { ending, content, draftId = wanted.submissionId, preparers = [] } = wanted;
  const origin = { ...wanted, draftId, preparers };
  const approval = await demandApproval(world, who, { kind: 'cancellation', ending, content }, origin);
  return world.cases.insertOnce(wanted, lease, approval);
}

/**
 * `submitCase` and `workCase` at once, on the order as it was read a moment ago. Where Partner Center cannot be reached
 * now, it is left to the job; where this process stood still for long, to whoever has taken it over.
 */
export async function submitAndWork(
  world: World,
  who: Person,
  wanted: NewCase,
  order: Order,
  isShown = () => true,
): Promise<Case> {
  const lease = newLease(leaseOf(wanted.reference));
  const { case: found, isNew } = await submitCase(world, who, wanted, lease);
  try {
    if (!isNew) return (await workCase(world, found.reference)) ?? found;
    return await world.leases.keep(lease, () => work(world, found, { isToldOf: false, isShown, order, isNew: true }));
  } catch (error) {
    if (!(error instanceof OutsideError || error instanceof LeaseLost)) throw error;
    return (await world.cases.get(found.reference)) ?? found;
  }
}

function leaseOf(reference: string): string {
  return `case:${reference}`;
}

/**
 * Takes a submitted case as far as it goes now: cancels by API, or files the ticket. Can be cut off anywhere and called
 * again; it looks before it acts. Throws when the other side cannot be reached now; the job then calls again.
 * `isToldOf`: nobody sees the answer, so that a ticket to be filed by hand must be told of.
 */
export async function workCase(
  world: World,
  reference: string,
  { isToldOf = false }: { readonly isToldOf?: boolean } = {},
): Promise<Case | undefined> {
  await world.leases.hold(leaseOf(reference), 2_000, async () => {
    const found = await world.cases.get(reference);
    if (found && isWorkable(found)) await work(world, found, { isToldOf });
    else if (found) await attachFiles(world, found);
  });
  return world.cases.get(reference);
}

/** To be called by its holder. Gives the case as it stands then. */
async function work(world: World, found: Case, options: WorkOptions): Promise<Case> {
  const { reference } = found;
  let now: Case | undefined;
  try {
    now = await (found.ending === 'cancel-now' ? cancelNow : fileTicket)(world, found, options);
    if (now) await attachFiles(world, now, options);
  } catch (error) {
    if (error instanceof OutsideError) await noteSignIn(world, reference, error.kind === 'unauthorized');
    throw error;
  } finally {
    await world.notify.caseChanged(reference, now);
  }
  return now ?? caseOf(world, reference);
}

/** A refused sign-in does not pass without an administrator, so whoever looks at the case must know of it. */
async function noteSignIn(world: World, reference: string, isRefused: boolean): Promise<void> {
  const found = await caseOf(world, reference);
  if (!isWorkable(found) || isAccepted(found) || isWaitingForSignIn(found) === isRefused) return;
  const before = reasonBesideSignIn(found);
  await moveCase(world, found, {
    to: found.state,
    change: isRefused ? { kind: 'sign-in-refused' } : { kind: 'sign-in-over' },
    reason: isRefused ? { kind: 'sign-in-refused', before } : (before ?? null),
  });
}

/** Still to be acted on; the rest of its way is only watched. */
export function isWorkable({ state }: Case): boolean {
  return state === 'submitted' || state === 'cancelling' || state === 'filing';
}

/**
 * The request number that a person brought back from the portal, or a better one: from here on the case is followed. A
 * case that follows no ticket by now is given back as it stands. Refuses `not-allowed`, `ticket-of-other-case`,
 * `still-working`, and, unless the person is sure, `ticket-unknown` and `ticket-about-other`.
 */
export async function followTicket(
  world: World,
  who: Person,
  reference: string,
  number: string,
  { isSure = false }: { readonly isSure?: boolean } = {},
): Promise<Case> {
  await demand(world, who, 'cancel.submit');
  // One case must not take two numbers at once, nor two cases one.
  const isHeld = await world.leases.hold(leaseOf(reference), waitMs, () =>
    world.leases.hold(`ticket:${number}`, waitMs, async () => {
      await takeNumber(world, who, { reference, number, isSure });
      return true;
    }),
  );
  if (!isHeld) throw new Refusal('still-working', {});
  await world.notify.caseChanged(reference);
  return caseOf(world, reference);
}

async function takeNumber(
  world: World,
  who: Person,
  { reference, number, isSure }: { reference: string; number: string; isSure: boolean },
): Promise<void> {
  const found = await caseOf(world, reference);
  if (!isFollowable(found) || (found.state === 'filed' && found.ticketId === number)) return;
  const other = (await world.cases.withTicket(number)).find((one) => isAnothers(one, found));
  if (other) throw new Refusal('ticket-of-other-case', { number, reference: other.reference });
  if (!isSure) await demandOwn(world, found, number);
  const moved = await moveCase(world, found, {
    to: 'filed',
    by: { id: who.id, name: who.name },
    change: { kind: 'ticket-entered', ticketId: number, instead: found.ticketId },
    ticketId: number,
    reason: null,
  });
  if (moved?.files) await world.ticketFiles.recordAllAttached(reference, number);
  // It went on meanwhile: to a state in which the number is wanted all the same, or not.
  if (!moved) await takeNumber(world, who, { reference, number, isSure });
}

/** One ticket may end one part of an order after the other. */
function isAnothers(one: Case, { reference, content }: Case): boolean {
  return one.reference !== reference && (!isClosed(one.state) || one.content.orderId !== content.orderId);
}

function isFollowable({ state }: Case): boolean {
  return state === 'needs_person' || state === 'filed' || state === 'filing';
}

/** A number is easily mistyped; the ticket tells whether it is the one. Where we are shown no tickets, it is believed. */
async function demandOwn(world: World, { reference, content }: Case, number: string): Promise<void> {
  const ticket = await ticketShown(world, number);
  if (ticket === 'not-shown') return;
  if (!ticket) throw new Refusal('ticket-unknown', { number });
  if (isAbout(ticket, [reference, content.orderId, content.orderNumber, content.named])) return;
  const order = await world.ordering.order(content.customerId, content.orderId).catch(unlessPassing);
  const lines = order?.lines.filter((line) => content.lineNumbers.includes(line.number)) ?? [];
  const isNamed = isAbout(
    ticket,
    lines.map((line) => line.subscriptionId),
  );
  if (!isNamed) throw new Refusal('ticket-about-other', { number, title: ticket.title });
}

/** Unknown is a ticket only where others are shown: where the calls are gone, each answers "not found". */
async function ticketShown(world: World, number: string): Promise<Ticket | 'not-shown' | undefined> {
  try {
    const ticket = await world.tickets.get(number);
    if (!ticket) await world.tickets.list('attention_needed');
    return ticket;
  } catch (error) {
    unlessPassing(error);
    return 'not-shown';
  }
}

function unlessPassing(error: unknown): undefined {
  if (!isRefusal(error)) throw error;
  return undefined;
}

/**
 * A case that waits for a person is tried once more, in the way they say: Partner Center is asked anew, and a ticket that
 * was followed is followed no longer. What is cancelled already completes it instead. In any other state it is given back
 * as it stands. Throws as `workCase`.
 */
export async function takeUpAgain(world: World, who: Person, reference: string, ending: CaseEnding): Promise<Case> {
  await demand(world, who, 'cancel.submit');
  const found = await caseOf(world, reference);
  if (found.state !== 'needs_person') return found;
  const moved = await moveCase(world, found, {
    to: ending === 'ticket' ? 'filing' : 'cancelling',
    ending,
    by: { id: who.id, name: who.name },
    change: { kind: 'taken-up', ending, instead: found.ticketId },
    ticketId: null,
    reason: null,
    isTakenUp: true,
  });
  if (moved) await workCase(world, reference);
  return caseOf(world, reference);
}

/**
 * A case that waits for a person is closed by one. Nobody refused it; the order can be cancelled by another case. What is
 * cancelled already completes it instead. Refuses `not-allowed` and, unless the person is sure, `ticket-still-open`.
 * Throws when Partner Center cannot be reached now.
 */
export async function giveUpCase(
  world: World,
  who: Person,
  reference: string,
  { isSure = false }: { readonly isSure?: boolean } = {},
): Promise<Case> {
  await demand(world, who, 'cancel.submit');
  const found = await caseOf(world, reference);
  if (found.state !== 'needs_person') return found;
  if (await isCancelledAlready(world, found)) await completeCase(world, found);
  else {
    if (!isSure) await demandTicketClosed(world, found);
    await endGivenUp(world, found, who);
  }
  await world.notify.caseChanged(reference);
  return caseOf(world, reference);
}

/**
 * On an open ticket Microsoft may cancel the order after all: refuses `ticket-still-open`. One that we are not shown
 * holds nobody up.
 */
export async function demandTicketClosed(world: World, { ticketId }: Case): Promise<void> {
  if (!ticketId) return;
  const ticket = await world.tickets.get(ticketId).catch(unlessPassing);
  if (ticket && isStillOpen(ticket)) throw new Refusal('ticket-still-open', { number: ticketId });
}

async function caseOf(world: World, reference: string): Promise<Case> {
  const found = await world.cases.get(reference);
  if (!found) throw new Error(`there is no case ${reference}`);
  return found;
}
