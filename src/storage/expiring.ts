import { KeyvPostgres } from '@keyv/postgres';
import Keyv from 'keyv';
import type { Pool } from 'pg';

/** What may expire, under one namespace; what is set without a time stays until it is deleted. Failures throw. */
export function createExpiring<T>(pool: Pool, namespace: string): Keyv<T> {
  const store = new (storeOn(pool))({ schema: 'software_desk', table: 'kept' });
  return new Keyv<T>({ store, namespace, throwOnErrors: true });
}

/**
 * The adapter on a pool of ours. By itself it keeps one pool per module, shared by whoever comes last, which nobody
 * listens to when a connection breaks.
 */
function storeOn(pool: Pool): typeof KeyvPostgres {
  return class extends KeyvPostgres {
    override async connect(): ReturnType<KeyvPostgres['connect']> {
      return async (sql: string, values?: unknown[]) => (await pool.query(sql, values)).rows;
    }

    override async disconnect(): Promise<void> {}
  };
}
