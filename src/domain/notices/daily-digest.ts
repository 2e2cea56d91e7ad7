import type { World } from '../world.ts';
import type { DailyDigest } from './daily-digests.ts';
import { dayIn, lastAt, nextAt } from './time-of-day.ts';

const readAtOnce = 100;

/** Owes the message of today to all who want one and whose time has come; once a day, also where the sweep is cut off. */
export async function checkDailyDigests(world: World): Promise<void> {
  const { dailyDigests, notices, clock } = world;
  for (;;) {
    const now = clock.now();
    const due = await dailyDigests.due(now, readAtOnce);
    for (const digest of due) {
      const { target, time, timeZone } = digest;
      if (digest.nextAt <= now) {
        const day = dayIn(timeZone, lastAt(time, timeZone, now));
        await notices.add([{ kind: 'daily-digest', day, target }], now);
      }
      await dailyDigests.moveOn(digest, nextAt(time, timeZone, now));
    }
    if (due.length < readAtOnce) return;
  }
}

/** From now on, at this time; the first one when it is that late. */
export async function askForDigest(world: World, wanted: Omit<DailyDigest, 'nextAt'>): Promise<DailyDigest> {
  const digest = { ...wanted, nextAt: nextAt(wanted.time, wanted.timeZone, world.clock.now()) };
  await world.dailyDigests.put(digest);
  return digest;
}
