import type { Pool } from 'pg';
import { openEmbedded } from './embedded.ts';
import type { Log } from './log.ts';
import { DatabaseTooNew, migrate } from './migrations.ts';
import { DatabaseUnusable, serverPool } from './postgres.ts';

export interface Database {
  readonly pool: Pool;
  /** No other process can be using it. */
  readonly isOurs: boolean;
  close(): Promise<void>;
}

/** The server of `databaseUrl`, or the one inside this process with its files in `dataDir`; its schema up to date. */
export async function openDatabase(where: { databaseUrl?: string; dataDir: string }, log: Log): Promise<Database> {
  return where.databaseUrl ? openServer(where.databaseUrl, log) : openOwn(where.dataDir, log);
}

async function openServer(databaseUrl: string, log: Log): Promise<Database> {
  const pool = serverPool(databaseUrl, log);
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    if (error instanceof DatabaseTooNew) throw error;
    throw new DatabaseUnusable(databaseUrl, error);
  }
  return { pool, isOurs: false, close: () => pool.end() };
}

async function openOwn(dataDir: string, log: Log): Promise<Database> {
  const { pool, close: closeFiles } = await openEmbedded(dataDir, log);
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
  return { pool, isOurs: true, close };
}
