import { Writable } from 'node:stream';
import type { PoolClient } from 'pg';

/** Stops the embedded database: no PostgreSQL takes a connection that begins with this. */
export function crash(client: PoolClient): void {
  client.on('error', () => undefined);
  const connection: unknown = Reflect.get(client, 'connection');
  const stream: unknown = typeof connection === 'object' && connection !== null && Reflect.get(connection, 'stream');
  if (!(stream instanceof Writable)) throw new Error('the client has no stream');
  stream.write(Buffer.from([0, 0, 0, 8, 0, 0, 0, 0]));
}
