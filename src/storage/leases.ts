import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextRound, setTimeout as pause } from 'node:timers/promises';
import type { Pool, QueryConfig } from 'pg';
import {
  type Lease,
  LeaseLost,
  type Leases,
  type Moment,
  momentNow,
  msBetween,
  newLease,
} from '../domain/work/leases.ts';
import { type Log, reasonOf } from './log.ts';
import { type Presence, unknownPresence } from './processes.ts';

/**
 * After this a holder that stands still has lost its lease; one that is known to be dead, at once (`startPresence`). All
 * times are the database's.
 */
const leaseSeconds = 15;
const renewMs = 5_000;
/** A lease that was not extended for this long is looked at before something is sent: long before it can be taken. */
const doubtfulMs = 8_000;

/** A lease that this process holds, while its work runs. */
interface Held {
  readonly lease: Lease;
  /** Before it was last taken or extended. */
  extendedAt: Moment;
}

/**
 * Leases are rows: advisory locks belong to a session, and behind a connection pooler or in the embedded database
 * several holders share one.
 */
export function createLeases(
  pool: Pool,
  log: Log,
  {
    presence = unknownPresence,
    now = momentNow,
  }: { presence?: Pick<Presence, 'isUnbrokenSince'>; now?: () => Moment } = {},
): Leases {
  /** What the work that runs now is done under; more than one where they are nested. */
  const heldHere = new AsyncLocalStorage<readonly Held[]>();

  async function take(lease: Lease): Promise<boolean> {
    const { text, values } = takeLease(lease);
    return (await pool.query(text, values)).rowCount === 1;
  }

  async function takeWithin(key: string, waitMs: number): Promise<Lease | undefined> {
    const giveUpAt = performance.now() + waitMs;
    for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
      const lease = newLease(key, now());
      if (await take(lease)) return lease;
      const left = giveUpAt - performance.now();
      if (left <= 0) return undefined;
      await pause(Math.min(pauseMs, left));
    }
  }

  async function extend(held: Held): Promise<void> {
    const { key, holder } = held.lease;
    const at = now();
    const { rowCount } = await pool.query(
      `update software_desk.leases set until = clock_timestamp() + make_interval(secs => $3)
       where key = $1 and holder = $2`,
      [key, holder, leaseSeconds],
    );
    if (rowCount === 0) throw new LeaseLost(key);
    held.extendedAt = at;
  }

  async function giveBack({ key, holder }: Lease): Promise<void> {
    await pool.query('delete from software_desk.leases where key = $1 and holder = $2', [key, holder]);
  }

  async function keep<T>(lease: Lease, work: () => Promise<T>): Promise<T> {
    const facts = { lease: lease.key };
    const held: Held = { lease, extendedAt: lease.since };
    const renewal = setInterval(() => {
      extend(held).catch((error) => log.warn({ ...facts, reason: reasonOf(error) }, 'a lease was not extended'));
    }, renewMs);
    try {
      return await heldHere.run([...(heldHere.getStore() ?? []), held], work);
    } finally {
      clearInterval(renewal);
      // The work is done whatever becomes of this; a lease that stays ends by itself.
      await giveBack(lease).catch((error) =>
        log.warn({ ...facts, reason: reasonOf(error) }, 'a lease was not given back'),
      );
    }
  }

  return {
    keep,
    async hold(key, waitMs, work) {
      const lease = await takeWithin(key, waitMs);
      return lease && keep(lease, work);
    },
    async demandHeld() {
      const all = heldHere.getStore() ?? [];
      if (all.length > 0) await untilSocketsAreRead();
      for (const held of all) {
        const isDoubtful = msBetween(held.extendedAt, now()) >= doubtfulMs;
        if (isDoubtful || !presence.isUnbrokenSince(held.extendedAt)) await extend(held);
      }
    },
  };
}

/** A process that stood still is told now of connections that were cut meanwhile: after one whole round of the event loop. */
async function untilSocketsAreRead(): Promise<void> {
  await nextRound();
  await nextRound();
}

/** It takes one row where nobody holds the lease, else none. */
export function takeLease({ key, holder }: Lease): Required<Pick<QueryConfig, 'text' | 'values'>> {
  return {
    text: `insert into software_desk.leases as lease (key, holder, until)
      values ($1, $2, clock_timestamp() + make_interval(secs => $3))
      on conflict (key) do update set holder = excluded.holder, until = excluded.until, process = excluded.process
      where lease.until < clock_timestamp()`,
    values: [key, holder, leaseSeconds],
  };
}

/** For the only process there is, at its start: whoever held a lease before is dead. */
export async function takeBackLeases(pool: Pool): Promise<void> {
  await pool.query('delete from software_desk.leases');
}
