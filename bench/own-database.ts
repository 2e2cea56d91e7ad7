import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A database nobody else uses, on the server of `server`; dropped again. */
export async function withOwnDatabase<T>(server: string, use: (databaseUrl: string) => Promise<T>): Promise<T> {
  const name = `software_desk_bench_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onDatabase(server, (client) => client.query(`create database ${name}`));
  try {
    return await use(url.href);
  } finally {
    await onDatabase(server, (client) => client.query(`drop database if exists ${name} with (force)`));
  }
}

export async function onDatabase<T>(databaseUrl: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
