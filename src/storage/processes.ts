import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { type Moment, momentNow } from '../domain/work/leases.ts';
import { freeJobs } from './jobs.ts';
import { type Log, reasonOf } from './log.ts';

/** A process among those that share a server: the others know at once when it dies. */
export interface Presence {
  /** False: the others may have taken this process for dead since then, and its work for theirs. */
  isUnbrokenSince(moment: Moment): boolean;
  close(): Promise<void>;
}

/** Of the advisory locks that processes hold, with their numbers. */
const lockClass = 1_397_639_504;
const lookMs = 1_000;
/** A connection that does not answer within this time is given up. */
const answerMs = 5_000;
const longestPauseMs = 4_000;

/** Nobody else can tell whether this process lives, as behind a pooler: time decides. */
export const unknownPresence: Presence = { isUnbrokenSince: () => true, close: async () => undefined };

/**
 * Holds a lock on a connection of its own, which PostgreSQL gives back as soon as the process is gone, however it ended.
 * The others look each second whose lock is free. Twice in a row, because a process that has only lost its connection
 * comes back: then the leases of the one that is gone end, and its jobs are due.
 */
export async function startPresence(config: ClientConfig, number: number, log: Log): Promise<Presence> {
  const closing = new AbortController();
  const { signal } = closing;
  const closed = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  let upSince: Moment | undefined;

  async function stay(onUp: () => void): Promise<void> {
    const client = new Client({ ...config, query_timeout: answerMs, connectionTimeoutMillis: answerMs });
    const broken = new Promise<never>((_, reject) => {
      const leave = (error: Error) => {
        upSince = undefined;
        reject(error);
      };
      client.on('error', leave);
      client.on('end', () => leave(new Error('the connection was closed')));
    });
    broken.catch(() => undefined);
    const lookOn = async () => {
      await client.connect();
      await client.query('select pg_advisory_lock($1, $2)', [lockClass, number]);
      await client.query('insert into software_desk.processes (number) values ($1) on conflict do nothing', [number]);
      upSince = momentNow();
      onUp();
      for (let gone: number[] = []; ; await pause(lookMs, undefined, { signal })) {
        const absent = await findAbsent(client, number);
        for (const other of absent) if (gone.includes(other)) await takeOver(client, other);
        gone = absent;
      }
    };
    const looking = lookOn();
    looking.catch(() => undefined);
    try {
      await Promise.race([broken, looking, closed]);
    } finally {
      upSince = undefined;
      client.end().catch(() => undefined);
    }
  }

  async function takeOver(client: Client, other: number): Promise<void> {
    const { rows } = await client.query<{ leases: number; jobs: number }>(freeAllOf, [other, lockClass]);
    log.info({ process: other, ...rows[0] }, 'a process is gone; what it was working on is free');
  }

  const first = Promise.withResolvers<void>();
  const presence = (async () => {
    for (let pauseMs = 0; !signal.aborted; pauseMs = Math.min(pauseMs * 2 + 250, longestPauseMs)) {
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      const onUp = () => {
        pauseMs = 0;
        first.resolve();
      };
      await stay(onUp).catch((error) => {
        first.resolve();
        if (!signal.aborted)
          log.warn({ reason: reasonOf(error) }, 'the database cannot tell the other processes that this one lives');
      });
    }
  })();
  await first.promise;

  return {
    isUnbrokenSince: ({ running }) => upSince !== undefined && upSince.running <= running,
    // Its row stays: what is left of its work is free once another process sees that it is gone.
    async close() {
      closing.abort();
      await presence;
    },
  };
}

async function findAbsent(client: Client, own: number): Promise<number[]> {
  const { rows } = await client.query<{ number: number }>(
    'select number from software_desk.processes where number <> $1 and pg_try_advisory_xact_lock($2, number)',
    [own, lockClass],
  );
  return rows.map(({ number }) => number);
}

/** Under its lock, so that it does not come back meanwhile: afterwards it finds that it holds nothing any more. */
const freeAllOf = `
  with gone as (
    delete from software_desk.processes where number = $1 and pg_try_advisory_xact_lock($2, number) returning number
  ), leases as (
    delete from software_desk.leases where process in (select number from gone) returning key
  ), jobs as (
    ${freeJobs(`output ->> 'process' in (select number::text from gone)`)} returning id
  )
  select (select count(*)::int from leases) as leases, (select count(*)::int from jobs) as jobs`;
