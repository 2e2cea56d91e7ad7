import type { OutsideLook, OutsideLooks, RecordRange } from '../cancellations/changes.ts';
import { OutsideError } from '../errors.ts';
import type { CallBudget } from '../work/call-budget.ts';
import { inTime } from '../work/in-time.ts';
import type { World } from '../world.ts';

/** It is two calls, and seldom tells anything. */
const seldomMs = 3600_000;
const overdueMs = 6 * seldomMs;
const dayMs = 24 * 3600_000;
/** As far back as Partner Center keeps its log. */
const daysBack = 90;
/** Each is a call. */
const mostPages = 10;
const patienceMs = 3_000;

const kinds = ['key', 'link'] as const;

/**
 * Who looked at keys and download links at Partner Center itself, as its audit records tell: once an hour, the last day again
 * each time, since a record may come late. What the bot looked up itself is left out (`KeyReveals.addOutside`).
 */
export async function readOutsideLooks(world: World, calls: CallBudget): Promise<void> {
  const now = world.clock.now();
  const readUntil = await world.tracking.lastOutsideLooks();
  const sinceMs = readUntil ? Math.abs(now.getTime() - readUntil.getTime()) : Number.POSITIVE_INFINITY;
  if (sinceMs < seldomMs) return;
  // What is long overdue does not wait for calls that are left over: there may never be any.
  if (calls.left() < kinds.length && sinceMs < overdueMs) return;
  const oldest = now.getTime() - daysBack * dayMs;
  const since = new Date(Math.max(oldest, (readUntil?.getTime() ?? oldest) - dayMs));
  const pages = () => Math.max(1, Math.min(mostPages, Math.floor(calls.left() / 2)));
  for (const about of kinds) calls.spend(await read(world, about, { since, maxPages: pages() }));
  await world.tracking.recordOutsideLooks(now);
}

/** For somebody who waits for the list: what can be had at once. Never throws. */
export async function readOutsideLooksNow(world: World): Promise<void> {
  const since = new Date(world.clock.now().getTime() - daysBack * dayMs);
  const reading = Promise.all(kinds.map((about) => read(world, about, { since, maxPages: 1 })));
  await inTime(reading, patienceMs, 'reading who looked at keys').catch(() => undefined);
}

async function read(world: World, about: OutsideLook['what'], range: RecordRange): Promise<number> {
  const { looks, calls } = await world.changes.outsideLooks(about, range).catch(nothingWhereDeclined);
  if (looks.length > 0) await world.keyReveals.addOutside(looks);
  return calls;
}

/** It may not go back so far, or not know what is asked for: nothing is told then, and it is asked again in an hour. */
function nothingWhereDeclined(error: unknown): OutsideLooks {
  if (!(error instanceof OutsideError) || !['declined', 'not-offered', 'not-found'].includes(error.kind)) throw error;
  return { looks: [], calls: 1 };
}
