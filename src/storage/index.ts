import type { Pool } from 'pg';
import type {
  Cases,
  Contacts,
  Drafts,
  Exposures,
  Intents,
  Jobs,
  KnownOrders,
  Leases,
  Notices,
  References,
  Reminders,
  Seen,
} from '../domain/ports.ts';
import { createCases } from './cases.ts';
import { createContacts } from './contacts.ts';
import { createDrafts } from './drafts.ts';
import { openEmbedded } from './embedded.ts';
import { removeExpired } from './expiring.ts';
import { createExposures } from './exposures.ts';
import { createIntents } from './intents.ts';
import { type JobEngine, startJobs, takeBackJobs } from './jobs.ts';
import { createKnownOrders } from './known-orders.ts';
import { createLeases, takeBackLeases } from './leases.ts';
import type { Log } from './log.ts';
import { migrate } from './migrations.ts';
import { createNotices } from './notices.ts';
import { DatabaseUnusable, serverPool } from './postgres.ts';
import { createReferences } from './references.ts';
import { createReminders } from './reminders.ts';
import { createSeen } from './seen.ts';
import { createVault, type Vault } from './vault.ts';
import { type Handlers, startWorkers } from './workers.ts';

export interface Storage {
  readonly intents: Intents;
  readonly cases: Cases;
  readonly notices: Notices;
  readonly exposures: Exposures;
  readonly reminders: Reminders;
  readonly knownOrders: KnownOrders;
  readonly leases: Leases;
  readonly contacts: Contacts;
  readonly drafts: Drafts;
  readonly references: References;
  readonly seen: Seen;
  readonly jobs: Jobs;
  readonly vault: Vault;
  /** Starts working on the jobs. Called once, when everything they need is there. */
  work(handlers: Handlers, options: { sweepSeconds: number }): Promise<void>;
  /** Does the database answer right now? */
  isReady(): Promise<boolean>;
  /** Waits up to ten seconds for the jobs in flight; what is not done by then is done later, by whoever is there. */
  close(): Promise<void>;
}

export interface StorageOptions {
  /** A PostgreSQL server; without it the database lives in this process, its files in `dataDir`. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  readonly log: Log;
  /** What the vault's key is made from. Without it the vault keeps nothing. */
  readonly vaultKey?: string;
}

const patienceMs = 10_000;
const readyMs = 2_000;

/** Opens the database, brings its schema up to date. Throws `DatabaseUnusable` or `DataDirInUse`. */
export async function openStorage({ databaseUrl, dataDir, log, vaultKey }: StorageOptions): Promise<Storage> {
  const { pool, engine, closeDatabase } = databaseUrl
    ? await openServer(databaseUrl, log)
    : await openOwn(dataDir, log);
  const { boss, enqueue, jobs } = engine;

  return {
    intents: createIntents(pool, enqueue),
    cases: createCases(pool, enqueue),
    notices: createNotices(pool, enqueue),
    exposures: createExposures(pool),
    reminders: createReminders(pool),
    knownOrders: createKnownOrders(pool),
    leases: createLeases(pool, log),
    contacts: createContacts(pool),
    drafts: createDrafts(pool),
    references: createReferences(pool),
    seen: createSeen(pool),
    jobs,
    vault: createVault(pool, vaultKey),
    work: (handlers, { sweepSeconds }) =>
      startWorkers(boss, log, handlers, { sweepSeconds, removeExpired: () => removeExpired(pool) }),
    isReady: () => answers(pool),
    async close() {
      await boss.stop({ close: false, timeout: patienceMs });
      await closeDatabase();
    },
  };
}

interface Opened {
  readonly pool: Pool;
  readonly engine: JobEngine;
  closeDatabase(): Promise<void>;
}

async function openServer(databaseUrl: string, log: Log): Promise<Opened> {
  const pool = serverPool(databaseUrl, log);
  try {
    await migrate(pool);
    return { pool, engine: await startJobs(pool, log), closeDatabase: () => pool.end() };
  } catch (error) {
    await pool.end();
    throw new DatabaseUnusable(databaseUrl, error);
  }
}

async function openOwn(dataDir: string, log: Log): Promise<Opened> {
  const { pool, close } = await openEmbedded(dataDir, log);
  const closeDatabase = async () => {
    await pool.end();
    await close();
  };
  try {
    await migrate(pool);
    await takeBackLeases(pool);
    const engine = await startJobs(pool, log);
    await takeBackJobs(pool);
    return { pool, engine, closeDatabase };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

async function answers(pool: Pool): Promise<boolean> {
  const late = AbortSignal.timeout(readyMs);
  const isLate = new Promise<boolean>((resolve) => {
    late.addEventListener('abort', () => resolve(false));
  });
  const isThere = pool.query('select 1').then(
    () => true,
    () => false,
  );
  return Promise.race([isThere, isLate]);
}
