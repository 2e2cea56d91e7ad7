import { OutsideError } from '../errors.ts';
import type { NewNotice } from '../notices/notice.ts';
import { isSameId, type Order } from '../orders/order.ts';
import { readNewestRecords, readOlderRecords } from '../orders/read-order-records.ts';
import type { CallBudget } from '../work/call-budget.ts';
import { inTime } from '../work/in-time.ts';
import type { World } from '../world.ts';
import type { Case } from './case.ts';
import { type LookOutcome, lookAtCase } from './look-at-case.ts';
import { noticesFor } from './move-case.ts';
import { listTickets, noTicketsShown, type TicketsShown } from './tickets-shown.ts';
import type { Look, TrackedCase } from './tracking.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A case that waits for a person seldom changes by itself. */
const waitingMs = 10 * minuteMs;

/** After a look that failed; each further failure doubles it. */
const firstPauseMs = minuteMs;
const longestPauseMs = 4 * 60 * minuteMs;

/** Orders that are read at the same time. */
const atOnce = 4;

/** After so many failures without a success it is Partner Center that fails, and not a case. */
const failuresInARow = 8;

/** With fewer calls than these in a sweep, not everything is listed every time. */
const fewCalls = 12;

/** From so many cases of one customer on, its orders are listed instead of being read one by one. */
const listedFrom = 4;

/** What does not answer by then does not hold up the rest. */
const listPatienceMs = 20_000;
const lookPatienceMs = 10_000;

/**
 * One sweep over the open cases ("How a change is noticed" in docs/architecture.md): what the audit records and the lists
 * of tickets tell comes first, then what was not looked at for longest, within a budget of calls. It may run twice at
 * once or be cut off; one failure does not keep the other cases from being looked at; the first failure is thrown at the
 * end.
 */
export async function checkCases(world: World, calls: CallBudget): Promise<void> {
  calls.refill();
  const failures: unknown[] = [];
  const start = await world.tracking.beginSweep(world.clock.now());
  const { hasCases: isWatching } = start;
  const isTight = calls.perSweep < fewCalls;
  const isEven = start.sweeps % 2 === 0;
  const reading = readNewestRecords(world, start, calls, { isWatching, withSubscriptions: !(isTight && isEven) });
  const position = await inTime(reading, listPatienceMs, 'reading the audit records').catch((error) => {
    failures.push(error);
    return start;
  });
  let shown = noTicketsShown;
  if (isWatching && !(isTight && !isEven)) {
    const listing = inTime(listTickets(world, start, calls), listPatienceMs, 'listing the tickets');
    shown = await listing.catch((error) => {
      failures.push(error);
      return { tickets: [], isUnreadable: true };
    });
  }
  if (isWatching) failures.push(...(await lookAtDue(world, shown, calls)));
  await readOlderRecords(world, position, calls).catch((error) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

async function lookAtDue(world: World, shown: TicketsShown, calls: CallBudget): Promise<unknown[]> {
  const now = world.clock.now();
  const due = calls.left() > 0 ? await world.tracking.due(now, calls.left()) : [];
  const orderOf = createOrderReader(world, due, calls);
  const failures: unknown[] = [];
  const looks: Look[] = [];
  const reminders: NewNotice[] = [];
  const waiting = [...due];
  let inARow = 0;
  let isRefused = false;
  const mayGoOn = () => calls.left() > 0 && inARow < failuresInARow && !isRefused;
  const lookAtNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next && mayGoOn(); next = waiting.shift()) {
      const { found, isTicketListed, failedLooks } = next;
      const reported: unknown[] = [];
      const report = (error: unknown) => void reported.push(error);
      const looking = lookAtCase(world, found, { calls, shown, isTicketListed, orderOf, report });
      const what = `the look at the case ${found.reference}`;
      const outcome = await inTime(looking, lookPatienceMs, what).catch((error) => void report(error));
      if (outcome !== 'moved') reminders.push(...(await remindersOf(world, found, now)));
      failures.push(...reported);
      inARow = reported.length > 0 ? inARow + 1 : 0;
      if (reported.some(isOfAll)) isRefused = true;
      else looks.push(toLook(found, outcome, { isFailed: reported.length > 0, failedLooks }, now));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lookAtNext));
  await world.tracking.recordLooks(looks, now);
  if (reminders.length > 0) await world.notices.add(reminders, now);
  return failures;
}

/** It is not this case that fails. */
function isOfAll(error: unknown): boolean {
  return error instanceof OutsideError && (error.kind === 'throttled' || error.kind === 'unauthorized');
}

function toLook(
  { reference, state }: Case,
  outcome: LookOutcome | undefined,
  { isFailed, failedLooks }: { readonly isFailed: boolean; readonly failedLooks: number },
  now: Date,
): Look {
  const isWaiting = outcome === 'moved' ? state !== 'needs_person' : state === 'needs_person';
  const failedMs = Math.min(firstPauseMs * 2 ** Math.min(failedLooks, 30), longestPauseMs);
  const pauseMs = Math.max(isFailed ? failedMs : 0, isWaiting && outcome !== 'held' ? waitingMs : 0);
  return { reference, nextAt: new Date(now.getTime() + pauseMs), isFailed };
}

/** Reads each order on its own, or the orders of a customer at once where many of its cases are looked at. */
export function createOrderReader(
  world: World,
  due: readonly Pick<TrackedCase, 'found'>[],
  calls?: CallBudget,
): (found: Case) => Promise<Order | undefined> {
  const counts = new Map<string, number>();
  for (const { found } of due) counts.set(keyOf(found), (counts.get(keyOf(found)) ?? 0) + 1);
  const lists = new Map<string, Promise<readonly Order[]>>();

  async function listOf(found: Case): Promise<readonly Order[]> {
    const before = lists.get(keyOf(found));
    if (before) return before;
    calls?.spend(1);
    // What the list does not tell is asked for one by one: one odd order must not hide the others.
    const list = world.ordering.orders(found.content.customerId).catch(() => []);
    lists.set(keyOf(found), list);
    return list;
  }

  return async (found) => {
    const { customerId, orderId } = found.content;
    if ((counts.get(keyOf(found)) ?? 0) >= listedFrom) {
      const listed = (await listOf(found)).find(({ id }) => isSameId(id, orderId));
      if (listed) return listed;
    }
    calls?.spend(1);
    const order = await world.ordering.order(customerId, orderId);
    // An id that is not known is looked for in the customer's list.
    if (!order) calls?.spend(1);
    return order;
  };
}

function keyOf({ content }: Case): string {
  return content.customerId.toLowerCase();
}

/** So many of one customer's cases are looked at when it is said that something changed there; the sweep does the rest. */
const mostOfOne = 200;

/**
 * A look at one customer's open cases, because something was said to have changed there. Throws the first failure at
 * the end, to be called again; a case that somebody else works on is one.
 */
export async function checkCasesOf(world: World, customerId: string): Promise<void> {
  const cases = (await world.cases.openOf(customerId, mostOfOne)).filter(isWatched);
  const orderOf = createOrderReader(
    world,
    cases.map((found) => ({ found })),
  );
  const failures: unknown[] = [];
  for (const found of cases) {
    const context = { shown: { tickets: [], isUnreadable: true }, isTicketListed: false, orderOf };
    const outcome = await lookAtCase(world, found, { ...context, report: () => undefined }).catch(
      (error) => void failures.push(error),
    );
    if (outcome === 'held') failures.push(new Error(`the case ${found.reference} is being worked on elsewhere`));
  }
  if (failures.length > 0) throw failures[0];
}

function isWatched({ state }: Case): boolean {
  return state === 'filed' || state === 'cancelling' || state === 'needs_person';
}

/** A case that waits for a person is told of again after a day, and then every week, for as long as it waits. */
async function remindersOf(world: World, found: Case, now: Date): Promise<NewNotice[]> {
  if (found.state !== 'needs_person') return [];
  const days = Math.floor((now.getTime() - found.changedAt.getTime()) / dayMs);
  if (days < 1) return [];
  const { reference, timesWaiting: time, followers } = found;
  const others = followers ? await world.cases.followers(reference) : [];
  return noticesFor(found, { kind: 'case-needs-person', reference, time, days: days - ((days - 1) % 7) }, others);
}
