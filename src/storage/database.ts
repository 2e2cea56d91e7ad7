import { randomInt } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '../domain/clock.ts';
import { type EmbeddedOptions, openEmbedded } from './embedded.ts';
import { type Listen, listenOnEmbedded, listenOnServer } from './listen.ts';
import type { Log } from './log.ts';
import { DatabaseTooNew, migrate } from './migrations.ts';
import { createPool, DatabaseUnusable, isBehindPooler, serverConfig } from './postgres.ts';
import { type Presence, startPresence, unknownPresence } from './processes.ts';
import { type ServerClock, startServerClock } from './server-clock.ts';

export interface Database {
  readonly pool: Pool;
  /** No other process can be using it. */
  readonly isOurs: boolean;
  readonly listen: Listen;
  readonly presence: Presence;
  /** The same for all processes. */
  readonly clock: Clock;
  close(): Promise<void>;
}

/**
 * The server of `databaseUrl`, or the one inside this process with its files in `dataDir`; its schema up to date.
 * `onLost` is for the one inside: should it stop by itself, the process ends.
 */
export async function openDatabase(
  where: { databaseUrl?: string; dataDir: string },
  log: Log,
  onLost = endProcess(log),
): Promise<Database> {
  return where.databaseUrl ? openServer(where.databaseUrl, log) : openOwn(where.dataDir, { log, onLost });
}

/** The same without bringing its schema up to date, for whoever only reads. */
export async function openToRead(
  { databaseUrl, dataDir }: { databaseUrl?: string; dataDir: string },
  log: Log,
): Promise<Pick<Database, 'pool' | 'close'>> {
  if (!databaseUrl) {
    const { pool, close } = await openEmbedded(dataDir, { log, onLost: endProcess(log) });
    return { pool, close: () => pool.end().then(close) };
  }
  // Whoever reads all of it waits as long as that takes.
  const config = { ...serverConfig(databaseUrl, 0), max: 1, query_timeout: 0 };
  const pool = createPool(config, log);
  await pool.query('select').catch(async (error) => {
    await pool.end();
    throw new DatabaseUnusable(databaseUrl, error);
  });
  return { pool, close: () => pool.end() };
}

function endProcess(log: Log): (error: Error) => void {
  return (error) => {
    log.error({ reason: error.message, error }, 'the embedded database stopped, so the process ends: start it again');
    process.exit(1);
  };
}

async function openServer(databaseUrl: string, log: Log): Promise<Database> {
  const number = randomInt(1, 2 ** 31);
  const config = serverConfig(databaseUrl, number);
  const pool = createPool({ ...config, max: 10 }, log, { nameStatements: !isBehindPooler(databaseUrl) });
  let clock: ServerClock;
  try {
    await migrate(pool);
    clock = await startServerClock(pool, log);
  } catch (error) {
    await pool.end();
    if (error instanceof DatabaseTooNew) throw error;
    throw new DatabaseUnusable(databaseUrl, error);
  }
  const presence = isBehindPooler(databaseUrl) ? unknownPresence : await startPresence(config, number, log);
  return {
    pool,
    isOurs: false,
    listen: listenOnServer(pool, config, log),
    presence,
    clock,
    async close() {
      clock.close();
      await presence.close();
      await pool.end();
    },
  };
}

async function openOwn(dataDir: string, options: EmbeddedOptions): Promise<Database> {
  const { pool, close: closeFiles } = await openEmbedded(dataDir, options);
  const close = async () => {
    await pool.end();
    await closeFiles();
  };
  try {
    await migrate(pool);
  } catch (error) {
    await close();
    throw error;
  }
  const clock = { now: () => new Date() };
  return { pool, isOurs: true, listen: listenOnEmbedded(pool), presence: unknownPresence, clock, close };
}
