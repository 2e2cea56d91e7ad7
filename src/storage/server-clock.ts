import type { Pool } from 'pg';
import type { Clock } from '../domain/clock.ts';
import type { Log } from './log.ts';

const measureMs = 30_000;
/** What took longer to answer tells the time less well than what is known. */
const longestAnswerMs = 1_000;
const apartMs = 60_000;

export interface ServerClock extends Clock {
  close(): void;
}

/**
 * The server's time, which all processes share; between two looks it goes on with this process's own count of
 * milliseconds, so that it makes no difference how the clock of this machine is set.
 */
export async function startServerClock(pool: Pool, log: Log): Promise<ServerClock> {
  let zero = Number.NaN;
  let isApart = false;

  async function measure(): Promise<void> {
    const asked = performance.now();
    const { rows } = await pool.query<{ at: Date }>('select clock_timestamp() as at');
    const answered = performance.now();
    const [row] = rows;
    if (!row || (answered - asked > longestAnswerMs && !Number.isNaN(zero))) return;
    zero = row.at.getTime() - (asked + answered) / 2;
    warnIfApart(zero + answered - Date.now());
  }

  function warnIfApart(ms: number): void {
    const wasApart = isApart;
    isApart = Math.abs(ms) > apartMs;
    if (isApart && !wasApart)
      log.warn(
        { seconds: Math.round(-ms / 1000) },
        'the clock of this machine differs from that of the database, whose time is used',
      );
  }

  await measure();
  // Where the database is away, time goes on.
  const timer = setInterval(() => void measure().catch(() => undefined), measureMs).unref();
  return {
    now: () => new Date(Math.round(zero + performance.now())),
    close: () => clearInterval(timer),
  };
}
