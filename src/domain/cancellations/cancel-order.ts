import { OutsideError } from '../errors.ts';
import { areLinesCancelled, isLineCancelled, type Order } from '../orders/order.ts';
import { actOf, requestIdFor, timesTakenUp } from '../request-id.ts';
import type { World } from '../world.ts';
import type { Case } from './case.ts';
import { fileTicket } from './file-ticket.ts';
import { completeCase, endRefused, handToPerson, moveCase, moveTo, saidIn } from './move-case.ts';

/** Cancels the order, or its lines, by the API; looks before and after. Where a ticket is wanted instead, files it. */
export async function cancelNow(world: World, wanted: Case, options: { isToldOf: boolean }): Promise<void> {
  const { content } = wanted;
  const order = await world.ordering.order(content.customerId, content.orderId);
  if (order && areLinesCancelled(order, content.lineNumbers)) return completeCase(world, wanted);
  const current = await moveTo(world, wanted, 'cancelling', 'cancelling by the Partner Center API');
  try {
    const answered = await cancelByApi(world, current, order);
    await (answered === 'done' ? completeCase(world, current) : accept(world, current));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    if (error.meaning === 'adjustment-pending') return accept(world, current);
    if (error.meaning === 'ticket-needed') return handToTicket(world, current, error, options);
    if (error.isPassing || error.kind === 'conflict' || error.kind === 'unauthorized') throw error;
    await endWithNo(world, current, error);
  }
}

async function accept(world: World, current: Case): Promise<void> {
  if (current.note === 'accepted') return;
  const why = 'Partner Center has accepted the cancellation';
  await moveCase(world, current, { to: 'cancelling', why, note: 'accepted' });
}

/** A no at the end does not prove that nothing was done: an unanswered try, or one of several subscriptions, may have been. */
async function endWithNo(world: World, current: Case, error: OutsideError): Promise<void> {
  const { customerId, orderId, lineNumbers } = current.content;
  const after = await world.ordering.order(customerId, orderId);
  if (after && areLinesCancelled(after, lineNumbers)) return completeCase(world, current);
  const isInPart = after && lineNumbers.some((number) => isLineCancelled(after, number));
  if (!isInPart) return endRefused(world, current, saidIn(error));
  await handToPerson(world, current, `Only a part was cancelled: ${saidIn(error)}`);
}

/** `done` when the read-back already shows it; Partner Center may take a while to show what it has confirmed. */
async function cancelByApi(world: World, current: Case, order: Order | undefined): Promise<'done' | 'accepted'> {
  const { submissionId, content } = current;
  const { customerId, orderId, lineNumbers } = content;
  const again = await timesTakenUp(world, current);
  const ask = async (act: string, send: (requestId: string) => Promise<unknown>): Promise<void> => {
    const times = again + (await timesBusy(world, current, act));
    await send(requestIdFor(submissionId, actOf(act, times))).catch(async (error) => {
      if (isBusy(error)) await moveCase(world, current, { to: 'cancelling', why: busyAt(act) });
      throw error;
    });
  };
  const lines = content.wholeOrder
    ? []
    : (order?.lines ?? [])
        .filter((line) => lineNumbers.includes(line.number))
        .map((line) => ({ number: line.number, catalogItemId: line.catalogItemId }));
  // Without lines Partner Center would take the whole order: never by accident.
  if (!content.wholeOrder && lines.length !== lineNumbers.length)
    throw new OutsideError({ service: 'Partner Center', operation: 'getOrder', kind: 'unexpected' });
  try {
    await ask('cancel', (requestId) => world.ordering.cancel(customerId, orderId, lines, requestId));
  } catch (error) {
    const subscriptionIds = (order?.lines ?? [])
      .filter((line) => lineNumbers.includes(line.number))
      .map((line) => line.subscriptionId);
    const isBySubscription = error instanceof OutsideError && error.meaning === 'use-subscription';
    if (!isBySubscription || subscriptionIds.some((id) => id === undefined)) throw error;
    for (const id of subscriptionIds) {
      if (id) await ask(id, (requestId) => world.ordering.cancelSubscription(customerId, id, requestId));
    }
  }
  const after = await world.ordering.order(customerId, orderId);
  return after && areLinesCancelled(after, lineNumbers) ? 'done' : 'accepted';
}

/** Under an answered request Partner Center says the same for ever: the history tells how often it has to be another. */
const busyAt = (act: string): string => `Partner Center is busy with it, and is asked anew (${act})`;

async function timesBusy(world: World, { reference }: Case, act: string): Promise<number> {
  return (await world.cases.history(reference)).filter(({ why }) => why === busyAt(act)).length;
}

function isBusy(error: unknown): boolean {
  return error instanceof OutsideError && error.kind === 'conflict' && error.meaning !== 'adjustment-pending';
}

/** The reason is kept with the case: whoever has to file the ticket by hand will want to know it. */
async function handToTicket(
  world: World,
  current: Case,
  error: OutsideError,
  options: { isToldOf: boolean },
): Promise<void> {
  const said = saidIn(error);
  const why = `Partner Center wants a ticket: ${said}`;
  const moved = await moveCase(world, current, { to: 'filing', why, ending: 'ticket', note: said });
  if (moved) await fileTicket(world, moved, options);
}
