import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Pool } from 'pg';
import { lockDataDir } from './data-dir-lock.ts';
import { EmbeddedConnection, type FromThread, type ThreadData, type ToThread } from './embedded-connection.ts';
import type { Log } from './log.ts';
import { createPool } from './postgres.ts';

export interface EmbeddedOptions {
  readonly log: Log;
  /** The database stopped by itself. Nothing can be read or kept any more: the process should end. */
  readonly onLost: (error: Error) => void;
  /** A statement that takes longer than this will never end: the thread is stuck. */
  readonly patienceMs?: number;
}

/**
 * PostgreSQL in a thread of this process, its files in `folder`, so that no statement holds up anything else here.
 * Throws `DataDirInUse` while another process has the folder.
 */
export async function openEmbedded(
  folder: string,
  options: EmbeddedOptions,
): Promise<{ pool: Pool; close(): Promise<void> }> {
  const dataDir = resolve(folder);
  const unlock = await lockDataDir(dataDir);
  try {
    const thread = await startThread({ files: join(dataDir, 'postgres') }, options);
    // PGlite is one session, whoever connects: a second connection would gain nothing.
    const config = { stream: thread.connect, user: 'postgres', database: 'postgres', max: 1, idleTimeoutMillis: 0 };
    const pool = createPool(config, options.log, { nameStatements: true });
    const close = async () => {
      await thread.close();
      await unlock();
    };
    return { pool, close };
  } catch (error) {
    await unlock();
    throw error;
  }
}

interface Thread {
  readonly connect: () => EmbeddedConnection;
  close(): Promise<void>;
}

async function startThread(workerData: ThreadData, { onLost, patienceMs = 60_000 }: EmbeddedOptions): Promise<Thread> {
  const worker = new Worker(new URL('embedded-thread.ts', import.meta.url), { workerData });
  const connections = new Map<number, EmbeddedConnection>();
  let state: 'opening' | 'open' | 'closing' = 'opening';
  let failure = new Error('the thread of the embedded database ended by itself');

  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  worker.once('error', (error: Error) => {
    failure = error;
  });
  worker.once('exit', () => {
    opened.reject(failure);
    ended.resolve();
    clearTimeout(overdue);
    for (const connection of connections.values()) connection.destroy(failure);
    if (state === 'open') onLost(failure);
  });

  // The thread answers every message, in their order.
  let unanswered = 0;
  let overdue: NodeJS.Timeout | undefined;
  const expectAnswer = () => {
    clearTimeout(overdue);
    overdue = unanswered > 0 ? setTimeout(giveUp, patienceMs) : undefined;
  };
  const giveUp = () => {
    failure = new Error(`the embedded database has not answered for ${patienceMs / 1000} seconds`);
    void worker.terminate();
  };
  const send = (message: ToThread) => worker.postMessage(message);

  worker.on('message', (message: FromThread) => {
    if (message === 'open') return opened.resolve();
    unanswered -= 1;
    expectAnswer();
    connections.get(message.connection)?.receive(message.bytes);
  });
  await opened.promise;
  state = 'open';

  let lastConnection = 0;
  return {
    connect() {
      lastConnection += 1;
      const connection = lastConnection;
      const stream = new EmbeddedConnection(
        (bytes) => {
          unanswered += 1;
          expectAnswer();
          send({ connection, bytes });
        },
        () => connections.delete(connection),
      );
      connections.set(connection, stream);
      return stream;
    },
    async close() {
      state = 'closing';
      send('close');
      await ended.promise;
    },
  };
}
