import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import type { FreshDatabase } from './databases.ts';

type Row = Record<string, unknown>;
type Query = <T extends Row>(sql: string) => Promise<T[]>;

/** Looks into the database of an app that has been stopped. */
export async function readDatabase<T>(
  { databaseUrl, dataDir }: FreshDatabase,
  look: (query: Query) => Promise<T>,
): Promise<T> {
  const { query, close } = databaseUrl ? await onServer(databaseUrl) : await onFiles(join(dataDir, 'postgres'));
  try {
    return await look(async <R extends Row>(sql: string) => (await query(sql)).rows as R[]);
  } finally {
    await close();
  }
}

async function onServer(connectionString: string) {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return { query: (sql: string) => client.query<Row>(sql), close: () => client.end() };
}

async function onFiles(dataDir: string) {
  const database = await PGlite.create({ dataDir });
  return { query: (sql: string) => database.query<Row>(sql), close: () => database.close() };
}

/** Every row of every table, as text, by the table's name. */
export async function everyRow(query: Query): Promise<Map<string, string[]>> {
  const tables = await query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found = new Map<string, string[]>();
  for (const { name } of tables) {
    const rows = await query<{ text: string }>(`select to_json(one)::text as text from ${name} as one`);
    found.set(
      name,
      rows.map(({ text }) => text),
    );
  }
  return found;
}

/** The files below a folder that hold any of these texts. */
export async function filesWith(folder: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = (await readFile(path)).toString('latin1');
    if (texts.some((text) => content.includes(text))) found.push(path);
  }
  return found;
}
