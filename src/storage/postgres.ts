import {
  type ClientConfig,
  DatabaseError,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
  type QueryResult,
} from 'pg';
import { atMostEvery, type Log, reasonOf } from './log.ts';
import { nameStatementsOf, publishQueries } from './queries.ts';

/** DATABASE_URL does not lead to a database that can be used. The text names it without its password. */
export class DatabaseUnusable extends Error {
  constructor(databaseUrl: string, cause: unknown) {
    super(
      `The database of DATABASE_URL (${describe(databaseUrl)}) cannot be used: ${why(cause)}. ` +
        'Check the address, the user, the password and the rights in DATABASE_URL, or unset it to use the embedded database.',
    );
    this.name = 'DatabaseUnusable';
  }
}

/** How to connect to the database that an operator named. `process`: whose connection it is (`startPresence`). */
export function serverConfig(databaseUrl: string, process: number): ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new DatabaseUnusable(
      databaseUrl,
      new Error('it is no address of the form postgresql://user:password@host:5432/name'),
    );
  }
  return {
    connectionString: databaseUrl,
    application_name: 'software-desk',
    connectionTimeoutMillis: 10_000,
    // A server that vanished without a word must not hold a statement for ever.
    query_timeout: 35_000,
    keepAlive: true,
    // A pooler refuses what it does not know.
    ...(isBehindPooler(databaseUrl) ? {} : { options: settings(process) }),
  };
}

/**
 * Our statements are short: to compile one takes longer than to run it, and one that waits, for a lock or for whatever it
 * reads, is given up and tried again by whoever asked for it. A process that stands still in a transaction gives its locks back.
 */
const settings = (process: number): string =>
  Object.entries({
    jit: 'off',
    lock_timeout: '5s',
    statement_timeout: '30s',
    idle_in_transaction_session_timeout: '15s',
    'software_desk.process': process,
  })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');

/** An operator says so with `?pgbouncer=true`, as elsewhere: see "Behind a connection pooler" in docs/operations.md. */
export function isBehindPooler(databaseUrl: string): boolean {
  return new URL(databaseUrl).searchParams.get('pgbouncer') === 'true';
}

/** A pool that outlives the loss of its connections: the next statement connects again. */
export function createPool(config: PoolConfig, log: Log, { nameStatements = false } = {}): Pool {
  // With `pipeline`, statements are sent as they come, and not each only when the one before it was answered.
  const pool = new Pool({ ...config, pipeline: true } as PoolConfig);
  const warn = atMostEvery(10_000, log, 'warn');
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on('error', (error) => warn({ reason: reasonOf(error) }, 'an idle database connection was lost'));
  publishQueries(pool);
  if (nameStatements) pool.on('connect', nameStatementsOf);
  return pool;
}

/** Runs `work` in one transaction. When it throws, nothing of it has happened. */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, async (client, discard) => {
    // Not waited for: it goes out together with the first statement.
    const begun = client.query('begin');
    begun.catch(() => undefined);
    try {
      const result = await work(client);
      await begun;
      await client.query('commit');
      return result;
    } catch (error) {
      // A rollback that cannot get through leaves a connection nobody may use again.
      await client.query('rollback').catch(discard);
      throw error;
    }
  });
}

/**
 * Statements that are known beforehand, in one transaction and one round trip; their results in the same order. When one
 * fails, nothing of any has happened.
 */
export async function batch(pool: Pool, statements: readonly QueryConfig[]): Promise<QueryResult[]> {
  for (const { values = [] } of statements) requireSendable(values);
  return withClient(pool, async (client) => {
    const begun = client.query('begin');
    const asked = statements.map((statement) => client.query(statement));
    const committed = client.query('commit');
    // After a failure PostgreSQL refuses all that follows, and takes the `commit` for a `rollback`.
    const outcomes = await Promise.allSettled([begun, ...asked, committed]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return Promise.all(asked);
  });
}

/** A unique key is taken: what was to be written is there already. */
export function isTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '23505';
}

/** A value that `pg` cannot turn into text would keep its statement from being sent, and not the `commit` after it. */
function requireSendable(values: readonly unknown[]): void {
  for (const value of values) if (typeof value === 'object' && !ArrayBuffer.isView(value)) JSON.stringify(value);
}

/** Lends `use` a client of the pool. A client that was discarded is closed instead of being given back. */
async function withClient<T>(
  pool: Pool,
  use: (client: PoolClient, discard: (reason: Error) => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const discard = (reason: Error) => {
    broken = reason;
  };
  // The pool does not listen while the client is lent out; the statement under way rejects with the same error.
  client.on('error', discard);
  try {
    return await use(client, discard);
  } finally {
    client.off('error', discard);
    client.release(broken);
  }
}

function describe(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'not a valid address';
  const { hostname, port, pathname, username } = new URL(databaseUrl);
  return `${hostname || 'local'}:${port || '5432'}${pathname || '/'}${username ? `, user ${username}` : ''}`;
}

/** Node gives an empty message when every address of a host refused. */
function why(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return reasonOf(error);
}
