import type { OrderRecord, OrderRecords, RecordRange } from '../cancellations/changes.ts';
import type { ReadPosition } from '../cancellations/tracking.ts';
import { OutsideError } from '../errors.ts';
import type { CallBudget } from '../work/call-budget.ts';
import type { World } from '../world.ts';

/** A record may come late, and what it tells may show late: so far back it is read again each time. */
const overlapMs = 30 * 60_000;
const dayMs = 24 * 3600_000;

/** Where nobody waits for a change, what was bought elsewhere need not be known at once. */
const seldomMs = 10 * 60_000;

/** Partner Center keeps its log for a few months; an order that is not in it is known once its customer is named. */
const daysBack = 90;

const newestPages = 10;
const olderPages = 20;
/** A person waits for the answer. */
const askedPages = 2;

/**
 * What happened to the orders of all customers since the last time: the known orders are written, and the cases of orders
 * that changed come first. Tells how far is read then.
 */
export async function readNewestRecords(
  world: World,
  position: ReadPosition,
  calls: CallBudget,
  { isWatching, withSubscriptions }: { readonly isWatching: boolean; readonly withSubscriptions: boolean },
): Promise<ReadPosition> {
  const now = world.clock.now();
  const { readUntil, subscriptionsReadUntil } = position;
  if (!isWatching && readUntil && isWithin(readUntil, now, seldomMs)) return position;
  const isFollowed = isWithin(readUntil, now, dayMs);
  const since = new Date((isFollowed && readUntil ? readUntil : now).getTime() - overlapMs);
  const { wholeSince } = await read(world, calls, 'order', { since, maxPages: pagesWithin(calls, newestPages) });
  // What lies between two times that are far apart, or was too much, is read with what is older: once, not each time.
  const isMissed = !isFollowed || (!(wholeSince && wholeSince <= since) && isReadBack(position, now));
  const tomorrow = startOfDay(new Date(now.getTime() + dayMs));
  const reached = { readUntil: now, ...(isMissed && { readBackTo: tomorrow }) };
  await world.tracking.recordRead(reached);
  if (!withSubscriptions || !isWatching) return { ...position, ...reached };
  const isNear = isWithin(subscriptionsReadUntil, now, dayMs);
  const from = new Date((isNear && subscriptionsReadUntil ? subscriptionsReadUntil : now).getTime() - overlapMs);
  await read(world, calls, 'subscription', { since: from, maxPages: pagesWithin(calls, newestPages) });
  await world.tracking.recordRead({ subscriptionsReadUntil: now });
  return { ...position, ...reached, subscriptionsReadUntil: now };
}

/** What the log tells of the time before, as far back as it goes, with the calls that are left over. */
export async function readOlderRecords(world: World, { readBackTo }: ReadPosition, calls: CallBudget): Promise<void> {
  const now = world.clock.now();
  if (!readBackTo || isReadBack({ readBackTo }, now) || calls.left() <= 0) return;
  const oldest = oldestDay(now);
  const lastDay = new Date(readBackTo.getTime() - dayMs);
  const maxPages = pagesWithin(calls, olderPages);
  const all = await read(world, calls, 'order', { since: oldest, lastDay, maxPages }).catch((error) => {
    // It does not go back so far: what there is is in the newest records.
    if (error instanceof OutsideError && error.kind === 'declined')
      return { records: [], wholeSince: oldest, calls: 1 };
    throw error;
  });
  // The day in which the reading ended is read again. One that is too long to be read at once must not hold up the rest.
  const reached = all.wholeSince ? startOfDay(new Date(all.wholeSince.getTime() + dayMs - 1)) : readBackTo;
  const next = all.wholeSince && reached < readBackTo ? reached : lastDay;
  if (!all.wholeSince && calls.left() > 0)
    await read(world, calls, 'order', { since: lastDay, lastDay, maxPages: pagesWithin(calls, olderPages) });
  await world.tracking.recordRead({ readBackTo: next });
}

/** What happened since the last sweep, for somebody who names an order that is not known yet. */
export async function readRecordsNow(world: World): Promise<void> {
  const since = new Date(world.clock.now().getTime() - dayMs);
  await take(world, await world.changes.orderRecords('order', { since, maxPages: askedPages }));
}

async function read(
  world: World,
  calls: CallBudget,
  about: 'order' | 'subscription',
  range: RecordRange,
): Promise<OrderRecords> {
  const told = await world.changes.orderRecords(about, range).catch((error) => {
    calls.spend(1);
    throw error;
  });
  calls.spend(told.calls);
  await take(world, told);
  return told;
}

async function take(world: World, { records }: OrderRecords): Promise<void> {
  if (records.length === 0) return;
  await world.knownOrders.rememberRecords(records);
  await world.tracking.noteChanges(records.filter(({ isChange }) => isChange).flatMap(changesIn), world.clock.now());
}

/** A case may know its order by either id; a record about a subscription may not name the order. */
function changesIn({ orderId, number, subscriptionIds, at }: OrderRecord): { name: string; at: Date }[] {
  const ids = [orderId, number].filter((id) => id !== undefined);
  const names = ids.length > 0 ? ids : subscriptionIds;
  return [...new Set(names)].map((name) => ({ name, at }));
}

function isReadBack({ readBackTo }: ReadPosition, now: Date): boolean {
  return readBackTo !== undefined && readBackTo <= oldestDay(now);
}

function oldestDay(now: Date): Date {
  return startOfDay(new Date(now.getTime() - daysBack * dayMs));
}

function pagesWithin(calls: CallBudget, pages: number): number {
  return Math.max(1, Math.min(pages, Math.floor(calls.left() / 2)));
}

function isWithin(at: Date | undefined, now: Date, ms: number): boolean {
  return at !== undefined && Math.abs(now.getTime() - at.getTime()) < ms;
}

function startOfDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / dayMs) * dayMs);
}
