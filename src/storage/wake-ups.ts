import type { Pool } from 'pg';
import type { Listen } from './listen.ts';
import { type Log, reasonOf } from './log.ts';

export const jobsSchema = 'software_desk_jobs';
const channel = 'software_desk_jobs';

/** In place of a queue's name. */
export const everyQueue = '*';

/** While nobody tells of new jobs, they are looked for this often. */
const lookMs = 2_000;
/** Timers may run early, and the job engine takes a job only when its time is past. */
const slackMs = 15;
/** The longest time a timer can be set to; after it, one looks again. */
const longestMs = 24 * 3600 * 1000;

/** Wakes the workers of a queue when one of its jobs becomes due. */
export interface WakeUps {
  close(): Promise<void>;
}

/**
 * Told by the database of every job that waits, with its queue and how long it is to wait (see `announceJobs`), keeps a
 * timer for the next one of each queue and calls `wake` when it is due.
 */
export async function startWakeUps(
  { pool, listen }: { pool: Pool; listen: Listen },
  log: Log,
  wake: (queue: string) => void,
): Promise<WakeUps> {
  const timers = new Map<string, { dueAt: number; timer: NodeJS.Timeout }>();
  /** Queues of which more jobs may wait than the one whose timer runs. */
  const haveMore = new Set<string>();
  let looking: NodeJS.Timeout | undefined;
  let isClosed = false;

  function wakeIn(queue: string, delayMs: number): void {
    if (isClosed) return;
    if (delayMs <= 0) {
      wake(queue);
      return;
    }
    const dueAt = performance.now() + Math.min(delayMs + slackMs, longestMs);
    const known = timers.get(queue);
    if (known) {
      haveMore.add(queue);
      if (known.dueAt <= dueAt) return;
      clearTimeout(known.timer);
    }
    timers.set(queue, { dueAt, timer: setTimeout(ring, dueAt - performance.now(), queue) });
  }

  function ring(queue: string): void {
    timers.delete(queue);
    // Looked for first: what becomes due between the two is found by the workers, which come after.
    if (haveMore.delete(queue)) void lookAhead(queue).finally(() => wake(queue));
    else wake(queue);
  }

  /** Sets the timers by what waits in the database; at first, and after a time without messages, wakes whoever is late. */
  async function lookAhead(queue: string | null): Promise<void> {
    try {
      const { rows } = await pool.query<{ name: string; is_due: boolean; delay_ms: number | null }>(
        `select name, bool_or(start_after <= now()) as is_due,
           (extract(epoch from min(start_after) filter (where start_after > now()) - now()) * 1000)::float8 as delay_ms
         from ${jobsSchema}.job
         where state < 'active' and ($1::text is null or (name = $1 and start_after > now()))
         group by name`,
        [queue],
      );
      for (const { name, is_due, delay_ms } of rows) {
        if (is_due) wake(name);
        if (delay_ms === null) continue;
        wakeIn(name, delay_ms);
        haveMore.add(name);
      }
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'could not look for the next jobs; the workers look by themselves');
    }
  }

  const lookOften = () => {
    looking ??= setInterval(() => wake(everyQueue), lookMs);
  };
  lookOften();
  const listening = await listen(channel, {
    onMessage(payload) {
      const [queue = '', delay = '0'] = payload.split(' ');
      wakeIn(queue, Number(delay));
    },
    onUp() {
      clearInterval(looking);
      looking = undefined;
      void lookAhead(null);
    },
    onDown: lookOften,
  });

  return {
    async close() {
      isClosed = true;
      clearInterval(looking);
      for (const { timer } of timers.values()) clearTimeout(timer);
      await listening.close();
    },
  };
}

/**
 * Lets the database tell of every job that waits: a new one, one that is tried again, one whose time was changed. In the
 * same transaction, so nobody is told of a job that is not there.
 */
export const announceJobs = `
  create or replace function ${jobsSchema}.announce_job() returns trigger language plpgsql as $$
  begin
    perform pg_notify('${channel}', new.name || ' ' || round(extract(epoch from new.start_after - now()) * 1000));
    return null;
  end $$;
  create or replace trigger announce_job after insert or update of state, start_after on ${jobsSchema}.job
    for each row when (new.state < 'active') execute function ${jobsSchema}.announce_job();
`;
