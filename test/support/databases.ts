import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type Pool, type QueryResultRow } from 'pg';
import { openDatabase } from '../../src/storage/database.ts';
import { createStorage, openStorage, type Storage } from '../../src/storage/index.ts';
import { type RecordedLog, recordLog } from './recorded-log.ts';

export interface FreshDatabase {
  /** Set when the tests run against a server (`DATABASE_URL`); otherwise the embedded database is in `dataDir`. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  cleanUp(): Promise<void>;
}

/** Below the folder of the whole run, which `mocha-hooks.ts` makes and takes away. */
export const runFolderVariable = 'SOFTWARE_DESK_TEST_FOLDER';

/** A folder of its own for a test. */
function emptyFolder(): Promise<string> {
  return mkdtemp(join(process.env[runFolderVariable] ?? tmpdir(), 'sd-'));
}

/** A database nobody else uses: a copy of a prepared one, on the server (that of `DATABASE_URL`) or in a folder. */
export async function freshDatabase(server = process.env.DATABASE_URL): Promise<FreshDatabase> {
  return server ? onServerLike(server, await preparedOnServer(server)) : freshEmbedded();
}

/** The embedded one, whatever `DATABASE_URL` says. Making one takes seconds; copying one does not. */
export async function freshEmbedded(): Promise<FreshDatabase> {
  compiled ??= keepCompiled();
  await compiled;
  const where = await emptyDatabase();
  // A thousand small files: one after the other in one call takes a quarter of the time.
  cpSync(await preparedFolder(), join(where.dataDir, 'postgres'), { recursive: true });
  return where;
}

let compiled: Promise<object> | undefined;

/**
 * While somebody holds the compiled database, each that is opened in this process runs on the same machine code.
 * Otherwise it is compiled, and compiled again for speed, for every product that a test starts: four seconds of a core.
 */
async function keepCompiled(): Promise<object> {
  // TypeScript knows it of browsers only.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { compile(bytes: Uint8Array): Promise<object> } };
  return WebAssembly.compile(await readFile(new URL('pglite.wasm', import.meta.resolve('@electric-sql/pglite'))));
}

/** A folder in which nothing has been opened yet. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  const dataDir = await emptyFolder();
  return { dataDir, cleanUp: () => rm(dataDir, { recursive: true, force: true }) };
}

/** A database on the server in which nothing has been made yet. */
export function emptyOnServer(server: string): Promise<FreshDatabase> {
  return onServerLike(server, 'template1');
}

async function onServerLike(server: string, template: string): Promise<FreshDatabase> {
  const { databaseUrl, name } = named(server);
  const dataDir = await emptyFolder();
  await onServer(server, `create database ${name} template ${template}`);
  return {
    databaseUrl,
    dataDir,
    async cleanUp() {
      await onServer(server, `drop database if exists ${name} with (force)`);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** All names of one run begin alike, so that what is left of it can be found. */
const serverPrefix = (): string =>
  `software_desk_test_${(process.env[runFolderVariable] ?? String(process.pid)).replace(/\W/g, '').slice(-8).toLowerCase()}`;

function named(server: string): { readonly databaseUrl: string; readonly name: string } {
  const name = `${serverPrefix()}_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { databaseUrl: url.href, name };
}

export async function onServer(databaseUrl: string, sql: string): Promise<QueryResultRow[]> {
  const client = new Client({ connectionString: databaseUrl });
  // Of a server that goes away the question itself tells.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** What the run has left on the server: what is prepared, and what a test that was cut short could not take away. */
export async function dropLeftDatabases(server: string): Promise<void> {
  const left = await onServer(server, `select datname from pg_database where datname like '${serverPrefix()}%'`);
  for (const { datname } of left) await onServer(server, `drop database if exists ${datname} with (force)`);
}

let folder: Promise<string> | undefined;
const onServers = new Map<string, Promise<string>>();

const dayMs = 86_400_000;

/**
 * The files of an embedded database with its schema and its job queues. Kept between runs, because making it takes
 * seconds, for as long as what it is made of stays the same.
 */
function preparedFolder(): Promise<string> {
  folder ??= (async () => {
    const name = `software-desk-prepared-${await fingerprintOfStorage()}`;
    const prepared = join(tmpdir(), name);
    if (existsSync(prepared)) return prepared;
    await removeOutdated(name);
    // Beside its place: the folder of the run may be on another disk, from which nothing is renamed to here.
    const dataDir = await mkdtemp(`${prepared}-`);
    await (await openStorage({ dataDir, log: recordLog() })).close();
    // Another process may have been faster: its files are as good.
    await rename(join(dataDir, 'postgres'), prepared).catch((error) => {
      if (!existsSync(prepared)) throw error;
    });
    await rm(dataDir, { recursive: true, force: true });
    return prepared;
  })();
  return folder;
}

/** Of the code that makes the files, and of the packages that it uses. */
async function fingerprintOfStorage(): Promise<string> {
  const root = new URL('../../', import.meta.url);
  const hash = createHash('sha256').update(await readFile(new URL('package-lock.json', root)));
  const sources = await readdir(new URL('src/storage/', root), { recursive: true, withFileTypes: true });
  const paths = sources.flatMap((one) => (one.isFile() ? join(one.parentPath, one.name) : [])).sort();
  for (const path of paths) hash.update(await readFile(path));
  return hash.digest('hex').slice(0, 12);
}

/** Those of a day ago: what was made today may be in use by somebody else. */
async function removeOutdated(name: string): Promise<void> {
  for (const other of await readdir(tmpdir())) {
    if (!other.startsWith('software-desk-prepared-') || other === name) continue;
    const path = join(tmpdir(), other);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > dayMs) await rm(path, { recursive: true, force: true });
  }
}

/** The same on the server: the name of a database that nobody is connected to. */
function preparedOnServer(server: string): Promise<string> {
  const known = onServers.get(server);
  if (known) return known;
  const prepared = (async () => {
    const { databaseUrl, name } = named(server);
    await onServer(server, `create database ${name}`);
    await (await openStorage({ databaseUrl, dataDir: await emptyFolder(), log: recordLog() })).close();
    return name;
  })();
  onServers.set(server, prepared);
  return prepared;
}

export interface TestDatabase {
  readonly storage: Storage;
  readonly log: RecordedLog;
  /** A second process on the same database; where only one is possible, the same one again. */
  readonly other: Storage;
  /** For looking behind the storage: the pool it stands on, because the embedded database takes no other connection. */
  readonly pool: Pool;
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openTestDatabase(where: FreshDatabase): Promise<TestDatabase> {
  const log = recordLog();
  const options = { log, vaultKeys: ['a client secret'], fileKeys: ['a key for files'] };
  const database = await openDatabase(where, log);
  const { pool } = database;
  const storage = await createStorage(database, options);
  const other = where.databaseUrl ? await openStorage({ ...where, ...options }) : storage;
  return {
    storage,
    log,
    other,
    pool,
    query: async <Row extends QueryResultRow>(sql: string, values?: unknown[]) =>
      (await pool.query<Row>(sql, values)).rows,
    async close() {
      await storage.close();
      if (other !== storage) await other.close();
      await where.cleanUp();
    },
  };
}

type Suite = (database: () => TestDatabase) => void;

const kind = process.env.DATABASE_URL ? 'PostgreSQL' : 'PGlite';

/** The database that the suites share, opened when the first of them needs it. */
let shared: Promise<TestDatabase> | undefined;

/**
 * Runs the suite on the embedded database or, where `DATABASE_URL` is given, on that server. Records of other suites are
 * in it too: use ids of your own.
 */
export function eachDatabase(title: string, suite: Suite): void {
  describe(`${title} (${kind})`, () => {
    let database: TestDatabase;
    before(async () => {
      shared ??= freshDatabase().then(openTestDatabase);
      database = await shared;
    });
    suite(() => database);
  });
}

/** For the end of a process in which no other suites come. */
export async function closeSharedDatabase(): Promise<void> {
  const open = shared;
  shared = undefined;
  await (await open)?.close();
}

/** As `eachDatabase`, with a database that no other suite uses. */
export function eachOwnDatabase(title: string, suite: Suite): void {
  describe(`${title} (${kind})`, () => {
    let database: TestDatabase;
    before(async () => {
      database = await openTestDatabase(await freshDatabase());
    });
    suite(() => database);
    after(() => database?.close());
  });
}

const cleanUps: (() => Promise<unknown>)[] = [];

/** Done when the test is over, however it ended; what came last goes first. */
export function afterwards(cleanUp: () => Promise<unknown>): void {
  cleanUps.push(cleanUp);
}

/** What the test that has just ended left to be done. */
export async function cleanUpAfterTest(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
}

/** A storage for one test. */
export async function opened(
  where: Pick<FreshDatabase, 'databaseUrl' | 'dataDir'>,
  log = recordLog(),
): Promise<Storage> {
  const storage = await openStorage({ ...where, log });
  afterwards(() => storage.close());
  return storage;
}

/** The same with a view behind it. */
export async function openedTestDatabase(where: FreshDatabase): Promise<TestDatabase> {
  const database = await openTestDatabase(where);
  afterwards(() => database.storage.close());
  return database;
}

/** A database for one test. */
export async function forOneTest(fresh: Promise<FreshDatabase>): Promise<FreshDatabase> {
  const where = await fresh;
  afterwards(() => where.cleanUp());
  return where;
}
