import { existsSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { Pool } from 'pg';
import { lockDataDir } from './data-dir-lock.ts';
import type { Log } from './log.ts';
import { createPool } from './postgres.ts';

/** PostgreSQL inside this process, its files in `dataDir`. Throws `DataDirInUse` while another process has them. */
export async function openEmbedded(folder: string, log: Log): Promise<{ pool: Pool; close(): Promise<void> }> {
  // `pg` takes a host for a folder of sockets only when it begins with a slash.
  const dataDir = resolve(folder);
  const unlock = await lockDataDir(dataDir);
  try {
    const database = await openFiles(dataDir);
    const { server, host, port } = await listen(database, dataDir);
    // PGlite is one session, whoever connects: a second connection would gain nothing. It would do harm, too:
    // pglite-socket 0.2.17 lets the messages of one statement be parted by those of another connection's, which then
    // gets the wrong answer. On one connection, statements and transactions come one after the other.
    const config = { host, port, user: 'postgres', database: 'postgres', max: 1, connectionTimeoutMillis: 60_000 };
    const close = async () => {
      await server.stop();
      await database.close();
      await unlock();
    };
    return { pool: createPool(config, log), close };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** A first start that is killed half-way must not leave files that look whole: they get their name when they are. */
async function openFiles(dataDir: string): Promise<PGlite> {
  const files = join(dataDir, 'postgres');
  const unfinished = join(dataDir, 'postgres.unfinished');
  if (!existsSync(files)) {
    await rm(unfinished, { recursive: true, force: true });
    const fresh = await PGlite.create({ dataDir: unfinished });
    await fresh.close();
    await rename(unfinished, files);
  }
  return PGlite.create({ dataDir: files });
}

interface Listening {
  readonly server: PGLiteSocketServer;
  readonly host: string;
  readonly port: number;
}

/**
 * The socket asks nobody for a password, so it is a file that only this user can open. Where there are no such sockets
 * (Windows, some mounted folders, very long paths) it is a free port on loopback.
 */
async function listen(database: PGlite, dataDir: string): Promise<Listening> {
  // A connection that broke may still be counted when its successor arrives.
  const maxConnections = 2;
  const path = join(dataDir, '.s.PGSQL.5432');
  try {
    if (process.platform === 'win32') throw new Error('no socket files on Windows');
    await rm(path, { force: true });
    const server = new PGLiteSocketServer({ db: database, path, maxConnections });
    await server.start();
    await chmod(path, 0o600);
    return { server, host: dataDir, port: 5432 };
  } catch {
    const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections });
    await server.start();
    const port = Number(server.getServerConn().split(':').at(-1));
    return { server, host: '127.0.0.1', port };
  }
}
