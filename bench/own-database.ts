import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A database nobody else uses, on the server of `server`; dropped again, also where somebody stops the measurement. */
export async function withOwnDatabase<T>(server: string, use: (databaseUrl: string) => Promise<T>): Promise<T> {
  const name = `software_desk_bench_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = () => onDatabase(server, (client) => client.query(`drop database if exists ${name} with (force)`));
  const stop = () => void drop().finally(() => process.exit(1));
  await onDatabase(server, (client) => client.query(`create database ${name}`));
  for (const signal of signals) process.once(signal, stop);
  try {
    return await use(url.href);
  } finally {
    for (const signal of signals) process.off(signal, stop);
    await drop();
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The server itself notices within seconds when this process is gone, and ends a statement that it was working on. */
const options = '-c client_connection_check_interval=2s';

export async function onDatabase<T>(databaseUrl: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, options });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
