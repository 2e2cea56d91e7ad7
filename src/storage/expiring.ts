import { KeyvPostgres } from '@keyv/postgres';
import Keyv from 'keyv';
import type { Pool } from 'pg';

interface KeptRow {
  key: string;
  value: string;
}

/** What may expire, under one namespace; what is set without a time stays until it is deleted. Failures throw. */
export function createExpiring<T>(pool: Pool, namespace: string): Keyv<T> {
  const store = new (storeOn(pool))({ schema: 'software_desk', table: 'kept' });
  return new Keyv<T>({ store, namespace, throwOnErrors: true });
}

/** Everything in the namespace that has not expired. */
export async function valuesOf<T>(kept: Keyv<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const [, value] of kept.iterator?.(undefined) ?? []) values.push(value);
  return values;
}

/**
 * The adapter on a pool of ours. By itself it keeps one pool per module, shared by whoever comes last, which nobody
 * listens to when a connection breaks; and it ends an iteration that failed as if that had been all.
 */
function storeOn(pool: Pool): typeof KeyvPostgres {
  return class extends KeyvPostgres {
    override async connect(): ReturnType<KeyvPostgres['connect']> {
      return async (sql: string, values?: unknown[]) => (await pool.query(sql, values)).rows;
    }

    override async disconnect(): Promise<void> {}

    override async *iterator(namespace?: string): AsyncGenerator<string[], void, unknown> {
      const { rows } = await pool.query<KeptRow>(
        `select key, value from software_desk.kept
         where starts_with(key, $1) and key >= $1 and (expires_at is null or expires_at > $2)`,
        [`${namespace}:`, Date.now()],
      );
      for (const { key, value } of rows) yield [key, value];
    }
  };
}
