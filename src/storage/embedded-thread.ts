/**
 * The thread of the embedded database: PGlite, and nothing else. It takes what `pg` writes, answers with what PostgreSQL
 * says, and ends when it is told to close. Whatever is thrown here ends the thread, and with it the process.
 */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { type FromThread, joinBytes, type ThreadData, type ToThread } from './embedded-connection.ts';
import { reasonOf } from './log.ts';

// A bot needs little: with PostgreSQL's default of 128 MB the process would be 100 MB larger and start half a second later.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

const terminate = 'X'.charCodeAt(0);
const startup = 0;

const port = parentPort;
if (!port) throw new Error('the embedded database runs in a worker thread');
const say = (message: FromThread) => port.postMessage(message);

const database = await openFiles(workerData);
port.on('message', (message: ToThread) => {
  if (message === 'close') void close();
  else take(message.connection, message.bytes);
});
say('open');

/** A first start that is killed half-way must not leave files that look whole: they get their name when they are. */
async function openFiles({ files }: ThreadData): Promise<PGlite> {
  if (!existsSync(files)) {
    const unfinished = `${files}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    const fresh = await PGlite.create({ dataDir: unfinished, startParams });
    await fresh.close();
    await rename(unfinished, files);
  }
  return PGlite.create({ dataDir: files, startParams });
}

/** Every message is answered, if only with nothing: who sent it waits for that. */
function take(connection: number, bytes: Uint8Array): void {
  // PGlite is one session, whoever connects: the next connection must not find what the one before it left behind.
  if (bytes[0] === terminate || bytes[0] === startup) {
    if (database.isInTransaction()) execute(simpleQuery('rollback'));
    execute(simpleQuery('discard all'));
  }
  say({ connection, bytes: bytes[0] === terminate ? new Uint8Array() : execute(bytes) });
}

/** One or more whole messages; all that PostgreSQL answers to them. */
function execute(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  const onRawData = (part: Uint8Array) => parts.push(part.slice());
  // What it does, it does before it returns; only a failure comes later. PostgreSQL's own errors are answers, not failures.
  database.execProtocolRawStream(bytes, { syncToFs: false, onRawData }).catch((failure) => {
    throw new Error(`PostgreSQL stopped: ${reasonOf(failure)}`);
  });
  return joinBytes(parts);
}

function simpleQuery(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(5);
  head.write('Q');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

async function close(): Promise<void> {
  await database.close();
  port?.close();
}
