import { OutsideError } from '../errors.ts';
import { areLinesCancelled, isLineCancelled, type Order, type OrderLine } from '../orders/order.ts';
import type { AttemptOutcome, EndedAttempt, StepName } from '../work/attempts.ts';
import type { World } from '../world.ts';
import { type Case, isAccepted } from './case.ts';
import { fileTicket, type WorkOptions } from './file-ticket.ts';
import { completeCase, endRefused, handToPerson, moveCase, moveTo } from './move-case.ts';

/**
 * Cancels the order, or its lines, by the API; looks before and after. Where a ticket is wanted instead, files it. Gives
 * the case as it stands then; `undefined` = somebody else moved it.
 */
export async function cancelNow(world: World, wanted: Case, options: WorkOptions): Promise<Case | undefined> {
  const { content } = wanted;
  const order = options.order ?? (await world.ordering.order(content.customerId, content.orderId));
  if (order && areLinesCancelled(order, content.lineNumbers))
    return completeCase(world, wanted, { isShown: options.isShown });
  const current = await moveTo(world, wanted, 'cancelling', { kind: 'cancelling' });
  if (!current) return undefined;
  const answer = await cancelByApi(world, current, order);
  if (answer.kind === 'done') return readBack(world, current, options);
  if (answer.error?.meaning === 'ticket-needed') return handToTicket(world, current, answer, options);
  return endWithNo(world, current, answer, options);
}

/** What Partner Center has confirmed may take a while to show. */
async function readBack(world: World, current: Case, { isShown }: WorkOptions): Promise<Case | undefined> {
  const { customerId, orderId, lineNumbers } = current.content;
  const after = await world.ordering.order(customerId, orderId);
  if (after && areLinesCancelled(after, lineNumbers)) return completeCase(world, current, { isShown });
  if (isAccepted(current)) return current;
  const accepted = { kind: 'accepted' } as const;
  return moveCase(world, current, { to: 'cancelling', change: accepted, reason: accepted });
}

/** The reason is kept with the case: whoever has to file the ticket by hand will want to know it. */
async function handToTicket(
  world: World,
  current: Case,
  { error, ended }: No,
  { isToldOf, isNew }: WorkOptions,
): Promise<Case | undefined> {
  const reason = { kind: 'ticket-wanted', said: error?.said } as const;
  const moved = await moveCase(world, current, { to: 'filing', change: reason, ending: 'ticket', reason, ended });
  return moved && fileTicket(world, moved, { isToldOf, isNew });
}

/** A no at the end does not prove that nothing was done: an unanswered try, or one of several subscriptions, may have been. */
async function endWithNo(
  world: World,
  current: Case,
  { error, ended }: No,
  { isShown }: WorkOptions,
): Promise<Case | undefined> {
  const { customerId, orderId, lineNumbers } = current.content;
  const after = await world.ordering.order(customerId, orderId);
  if (after && areLinesCancelled(after, lineNumbers)) return completeCase(world, current, { ended, isShown });
  const isInPart = after && lineNumbers.some((number) => isLineCancelled(after, number));
  if (!isInPart) {
    const mayChange = error && canBePutRight(error);
    return endRefused(world, current, error?.said, { ended, mayChange, isShown });
  }
  return handToPerson(world, current, { kind: 'cancelled-in-part', said: error?.said }, { ended });
}

/** It says nothing of the order itself: somebody can give us the right, unblock the account, or wait. */
function canBePutRight({ kind, meaning }: OutsideError): boolean {
  const isPassing = meaning === 'account-blocked' || meaning === 'no-relationship' || meaning === 'not-ready';
  return isPassing || kind === 'forbidden' || kind === 'not-found' || kind === 'not-offered';
}

type Answer = { readonly kind: 'done' } | { readonly kind: 'use-subscription'; readonly error?: OutsideError } | No;

/** Its end is written down with what follows from it. */
interface No {
  readonly kind: 'declined';
  /** Absent where only the outcome was kept. */
  readonly error?: OutsideError;
  readonly ended?: EndedAttempt;
}

/** Throws where it is to be asked again later. */
async function cancelByApi(
  world: World,
  current: Case,
  order: Order | undefined,
): Promise<Exclude<Answer, { kind: 'use-subscription' }>> {
  const { customerId, orderId, lineNumbers, wholeOrder } = current.content;
  const lines = (order?.lines ?? []).filter((line) => lineNumbers.includes(line.number));
  // Without lines Partner Center would take the whole order: never by accident.
  if (!wholeOrder && lines.length !== lineNumbers.length)
    throw new OutsideError({ service: 'Partner Center', operation: 'getOrder', kind: 'unexpected' });
  const part = wholeOrder ? [] : lines.map(({ number, catalogItemId }) => ({ number, catalogItemId }));
  const answer = await ask(world, current, 'cancel-order', (requestId) =>
    world.ordering.cancel(customerId, orderId, part, requestId),
  );
  if (answer.kind !== 'use-subscription') return answer;
  const ids = subscriptionsOf(lines);
  if (!ids) return { kind: 'declined', error: answer.error };
  for (const id of ids) {
    const ofThis = await ask(world, current, `cancel-subscription:${id}`, (requestId) =>
      world.ordering.cancelSubscription(customerId, id, requestId),
    );
    if (ofThis.kind !== 'done') return { ...ofThis, kind: 'declined' };
  }
  return { kind: 'done' };
}

/** `undefined` where a line has none. */
function subscriptionsOf(lines: readonly OrderLine[]): string[] | undefined {
  const ids = lines.flatMap(({ subscriptionId }) => subscriptionId ?? []);
  return ids.length === lines.length ? ids : undefined;
}

/** One request: what was answered before is not asked again; what was not, is the same request. */
async function ask(
  world: World,
  { reference, timesTakenUp }: Case,
  name: StepName,
  send: (requestId: string) => Promise<unknown>,
): Promise<Answer> {
  const attempt = await world.attempts.open(
    { of: 'case', id: reference, round: timesTakenUp, name },
    world.clock.now(),
  );
  if (attempt.outcome === 'done' || attempt.outcome === 'use-subscription') return { kind: attempt.outcome };
  await world.leases.demandHeld();
  const error = await send(attempt.requestId).then(() => undefined, onlyOutside);
  const outcome = error ? outcomeOf(error) : 'done';
  if (outcome === undefined) throw error;
  const ended: EndedAttempt = { attempt, outcome };
  if (outcome === 'declined') return { kind: outcome, error, ended };
  await world.attempts.end(ended, world.clock.now());
  if (outcome === 'conflict') throw error;
  return { kind: outcome, error };
}

function onlyOutside(error: unknown): OutsideError {
  if (!(error instanceof OutsideError)) throw error;
  return error;
}

/** `undefined` where nothing was answered that counts: it is the same request the next time. */
function outcomeOf({ meaning, kind, isPassing }: OutsideError): AttemptOutcome | undefined {
  // An earlier request of the same is still pending.
  if (meaning === 'adjustment-pending') return 'done';
  if (meaning === 'use-subscription') return 'use-subscription';
  if (kind === 'conflict') return 'conflict';
  return isPassing || kind === 'unauthorized' ? undefined : 'declined';
}
