import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client, type Pool, type QueryResultRow } from 'pg';
import { openDatabase } from '../../src/storage/database.ts';
import { createStorage, openStorage, type Storage } from '../../src/storage/index.ts';
import type { Log } from '../../src/storage/log.ts';

export interface FreshDatabase {
  /** Set when the tests run against a server (`DATABASE_URL`); otherwise the embedded database is in `dataDir`. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  cleanUp(): Promise<void>;
}

/** A database nobody else uses: a new one on the server of `DATABASE_URL`, else a copy of a prepared folder. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env.DATABASE_URL;
  return server ? freshOnServer(server) : freshEmbedded();
}

/** The embedded one, whatever `DATABASE_URL` says. Making one takes seconds; copying one does not. */
export async function freshEmbedded(): Promise<FreshDatabase> {
  const where = await emptyDatabase();
  await cp(await template(), join(where.dataDir, 'postgres'), { recursive: true });
  return where;
}

/** A folder in which nothing has been opened yet. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  const dataDir = await emptyDir();
  return { dataDir, cleanUp: () => rm(dataDir, { recursive: true, force: true }) };
}

async function freshOnServer(server: string): Promise<FreshDatabase> {
  const name = `software_desk_test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const dataDir = await emptyDir();
  await onServer(server, `create database ${name}`);
  return {
    databaseUrl: url.href,
    dataDir,
    async cleanUp() {
      await onServer(server, `drop database ${name} with (force)`);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function emptyDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sd-'));
}

export async function onServer(databaseUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** Kept between runs, for as long as PGlite stays the same. What the migrations make is not in it. */
async function template(): Promise<string> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const versions = manifest.match(/"@electric-sql\/pglite": "[^"]+"/)?.[0] ?? manifest;
  const folder = join(tmpdir(), `sd-pglite-${createHash('sha256').update(versions).digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const unfinished = await emptyDir();
  const database = await PGlite.create({ dataDir: unfinished });
  await database.close();
  // Somebody else may have been faster.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
  return folder;
}

export interface Entry {
  readonly level: keyof Log;
  readonly facts: object;
  readonly text: string;
}

/** A logger that can be read. */
export function listeningLog(): Log & { readonly entries: Entry[] } {
  const entries: Entry[] = [];
  const write = (level: keyof Log) => (facts: object, text: string) => {
    entries.push({ level, facts, text });
  };
  return { entries, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

export interface TestDatabase {
  readonly storage: Storage;
  readonly log: ReturnType<typeof listeningLog>;
  /** A second process on the same database; where only one is possible, the same one again. */
  readonly other: Storage;
  /** For looking behind the storage: the pool it stands on, because the embedded database takes no other connection. */
  readonly pool: Pool;
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openTestDatabase(where: FreshDatabase): Promise<TestDatabase> {
  const log = listeningLog();
  const options = { log, vaultKey: 'a client secret' };
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

/** The databases the suites share; each is opened when the first of them needs it. */
const shared = new Map<string, Promise<TestDatabase>>();

/** Runs the suite on every database we claim. Records of other suites are in it too: use ids of your own. */
export function eachDatabase(title: string, suite: Suite): void {
  eachKind(title, (kind, fresh) => {
    let database: TestDatabase;
    before(async function () {
      this.timeout(60_000);
      const opening = shared.get(kind) ?? fresh().then(openTestDatabase);
      shared.set(kind, opening);
      database = await opening;
    });
    suite(() => database);
  });
}

/** As `eachDatabase`, with a database that no other suite uses. */
export function eachOwnDatabase(title: string, suite: Suite): void {
  eachKind(title, (_, fresh) => {
    let database: TestDatabase;
    before(async function () {
      this.timeout(60_000);
      database = await openTestDatabase(await fresh());
    });
    suite(() => database);
    after(() => database.close());
  });
}

function eachKind(title: string, suite: (kind: string, fresh: () => Promise<FreshDatabase>) => void): void {
  const kinds = { PGlite: freshEmbedded, ...(process.env.DATABASE_URL && { PostgreSQL: freshDatabase }) };
  for (const [kind, fresh] of Object.entries(kinds)) describe(`${title} (${kind})`, () => suite(kind, fresh));
}

const cleanUps: (() => Promise<unknown>)[] = [];

/** Done when the test is over, however it ended; what came last goes first. */
export function afterwards(cleanUp: () => Promise<unknown>): void {
  cleanUps.push(cleanUp);
}

/** A storage for one test. */
export async function opened(
  where: Pick<FreshDatabase, 'databaseUrl' | 'dataDir'>,
  log = listeningLog(),
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

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

after(async () => {
  for (const opening of shared.values()) await (await opening).close();
});

/** Waits for something that another task or process brings about. */
export async function until(isSo: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`not so within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
