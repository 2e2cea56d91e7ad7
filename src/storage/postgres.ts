import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { atMostEvery, type Log, reasonOf } from './log.ts';

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

/** The pool on the database that an operator named. Nothing is connected yet. */
export function serverPool(databaseUrl: string, log: Log): Pool {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new DatabaseUnusable(
      databaseUrl,
      new Error('it is no address of the form postgresql://user:password@host:5432/name'),
    );
  }
  return createPool(
    {
      connectionString: databaseUrl,
      application_name: 'software-desk',
      max: 10,
      connectionTimeoutMillis: 10_000,
      // A server that vanished without a word must not hold a statement for ever.
      query_timeout: 60_000,
      keepAlive: true,
    },
    log,
  );
}

/** A pool that outlives the loss of its connections: the next statement connects again. */
export function createPool(config: PoolConfig, log: Log): Pool {
  const pool = new Pool(config);
  const warn = atMostEvery(10_000, log, 'warn');
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on('error', (error) => warn({ reason: reasonOf(error) }, 'an idle database connection was lost'));
  return pool;
}

/** Runs `work` in one transaction. When it throws, nothing of it has happened. */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // The pool does not listen while the client is lent out; the statement under way rejects with the same error.
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A rollback that cannot get through leaves a connection nobody may use again.
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', onError);
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
