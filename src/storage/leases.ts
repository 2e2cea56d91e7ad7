import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Leases } from '../domain/work/leases.ts';
import { type Log, reasonOf } from './log.ts';

/** After this a holder that was killed has lost its lease. All times are the database's. */
const leaseSeconds = 15;
const renewMs = 5_000;

/**
 * Leases are rows: advisory locks belong to a session, and behind a connection pooler or in the embedded database
 * several holders share one.
 */
export function createLeases(pool: Pool, log: Log): Leases {
  async function take(key: string, holder: string): Promise<boolean> {
    const { rowCount } = await pool.query(
      `insert into software_desk.leases as lease (key, holder, until)
       values ($1, $2, clock_timestamp() + make_interval(secs => $3))
       on conflict (key) do update set holder = excluded.holder, until = excluded.until
       where lease.until < clock_timestamp()`,
      [key, holder, leaseSeconds],
    );
    return rowCount === 1;
  }

  async function takeWithin(key: string, holder: string, waitMs: number): Promise<boolean> {
    const giveUpAt = performance.now() + waitMs;
    for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
      if (await take(key, holder)) return true;
      const left = giveUpAt - performance.now();
      if (left <= 0) return false;
      await pause(Math.min(pauseMs, left));
    }
  }

  async function renew(key: string, holder: string): Promise<void> {
    const { rowCount } = await pool.query(
      `update software_desk.leases set until = clock_timestamp() + make_interval(secs => $3)
       where key = $1 and holder = $2`,
      [key, holder, leaseSeconds],
    );
    if (rowCount === 0) log.warn({ lease: key }, 'a lease was lost while its work was running');
  }

  async function giveBack(key: string, holder: string): Promise<void> {
    await pool.query('delete from software_desk.leases where key = $1 and holder = $2', [key, holder]);
  }

  return {
    async hold(key, waitMs, work) {
      const holder = randomUUID();
      if (!(await takeWithin(key, holder, waitMs))) return undefined;
      const renewal = setInterval(() => {
        renew(key, holder).catch((error) =>
          log.warn({ lease: key, reason: reasonOf(error) }, 'a lease was not renewed'),
        );
      }, renewMs);
      try {
        return await work();
      } finally {
        clearInterval(renewal);
        // The work is done whatever becomes of this; a lease that stays ends by itself.
        await giveBack(key, holder).catch((error) =>
          log.warn({ lease: key, reason: reasonOf(error) }, 'a lease was not given back'),
        );
      }
    },
  };
}

/** For the only process there is, at its start: whoever held a lease before is dead. */
export async function takeBackLeases(pool: Pool): Promise<void> {
  await pool.query('delete from software_desk.leases');
}
