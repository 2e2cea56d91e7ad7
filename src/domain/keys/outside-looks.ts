import type { OutsideLook, RecordRange } from '../cancellations/changes.ts';
import { OutsideError } from '../errors.ts';
import type { CallBudget } from '../work/call-budget.ts';
import { inTime } from '../work/in-time.ts';
import type { World } from '../world.ts';

/** It is two calls, and seldom tells anything. */
const seldomMs = 3600_000;
const overdueMs = 6 * seldomMs;
const dayMs = 24 * 3600_000;
/** As far back as Partner Center keeps its log, and as far as it tells of it where nothing is asked. */
const daysBack = 90;
const usualDaysBack = 30;
/** Each is a call. */
const mostPages = 10;
const patienceMs = 3_000;

const kinds = ['key', 'link'] as const;

/**
 * Who looked at keys and download links at Partner Center itself, as its audit records tell: once an hour, the last day again
 * each time, since a record may come late. Where Partner Center declined, they are read later, from where it told the last ones.
 * What the bot looked up itself is left out (`KeyReveals.addOutside`).
 */
export async function readOutsideLooks(world: World, calls: CallBudget): Promise<void> {
  const now = world.clock.now();
  const { triedAt, toldUntil } = await world.tracking.lastOutsideLooks();
  const sinceMs = triedAt ? Math.abs(now.getTime() - triedAt.getTime()) : Number.POSITIVE_INFINITY;
  if (sinceMs < seldomMs) return;
  // What is long overdue does not wait for calls that are left over: there may never be any.
  if (calls.left() < kinds.length && sinceMs < overdueMs) return;
  const told: OutsideLook['what'][] = [];
  for (const about of kinds) {
    const until = toldUntil[about]?.getTime() ?? Number.NEGATIVE_INFINITY;
    // A clock may have been put back.
    const daysAgo = Math.min(daysBack, 1 + Math.max(0, now.getTime() - until) / dayMs);
    if (await readBack(world, about, daysAgo, calls)) told.push(about);
  }
  await world.tracking.recordOutsideLooks(now, told);
}

/**
 * Whether all of it was told. What is declined now may be told in an hour, and is asked for again; the last day is read meanwhile.
 * Where only so many days are too many, the usual ones must do: more would be declined for ever.
 */
async function readBack(
  world: World,
  about: OutsideLook['what'],
  daysAgo: number,
  calls: CallBudget,
): Promise<boolean> {
  const readDays = async (days: number): Promise<boolean> => {
    const since = new Date(world.clock.now().getTime() - days * dayMs);
    let lastDay: Date | undefined;
    do {
      const maxPages = Math.max(1, Math.min(mostPages, Math.floor(calls.left() / 2)));
      const { isTold, wholeSince = lastDay, calls: spent } = await read(world, about, { since, lastDay, maxPages });
      calls.spend(spent);
      if (!isTold) return false;
      if (!wholeSince || wholeSince <= since) return true;
      // The newest are told first. A day that is too long by itself must not hold up those before it.
      lastDay = lastDay && wholeSince >= lastDay ? new Date(lastDay.getTime() - dayMs) : startOfDay(wholeSince);
      if (lastDay < startOfDay(since)) return true;
    } while (calls.left() > 0);
    return false;
  };
  if (await readDays(daysAgo)) return true;
  if (daysAgo <= 2 || !(await readDays(1))) return false;
  return daysAgo > usualDaysBack && readDays(usualDaysBack);
}

/** For somebody who waits for the list: what can be had at once. Never throws. */
export async function readOutsideLooksNow(world: World): Promise<void> {
  const since = new Date(world.clock.now().getTime() - daysBack * dayMs);
  const reading = Promise.all(kinds.map((about) => read(world, about, { since, maxPages: 1 })));
  await inTime(reading, patienceMs, 'reading who looked at keys').catch(() => undefined);
}

interface Read {
  readonly isTold: boolean;
  readonly wholeSince?: Date;
  readonly calls: number;
}

async function read(world: World, about: OutsideLook['what'], range: RecordRange): Promise<Read> {
  const found = await world.changes.outsideLooks(about, range).catch(nothingWhereDeclined);
  if (!found) return { isTold: false, calls: 1 };
  if (found.looks.length > 0) await world.keyReveals.addOutside(found.looks);
  return { isTold: true, wholeSince: found.wholeSince, calls: found.calls };
}

function startOfDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / dayMs) * dayMs);
}

/** It may not go back so far, or not know what is asked for: nothing is told then, and it is asked again in an hour. */
function nothingWhereDeclined(error: unknown): undefined {
  if (!(error instanceof OutsideError) || !['declined', 'not-offered', 'not-found'].includes(error.kind)) throw error;
}
