import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../src/storage/database.ts';
import { startJobs } from '../../src/storage/jobs.ts';
import { readSteps } from '../../src/storage/migrations.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let preparing: Promise<string> | undefined;

/**
 * A folder of database files with everything in them that a first start makes: PostgreSQL's own, our schema, the job
 * engine's, the queues. To be copied to `postgres` in a data folder. Making it takes seconds, so it is kept between runs
 * for as long as nothing that makes it has changed.
 */
export function prepareDataDir(): Promise<string> {
  preparing ??= findOrMake();
  return preparing;
}

async function findOrMake(): Promise<string> {
  const folder = join(tmpdir(), `sd-database-${fingerprint()}`);
  if (existsSync(folder)) return folder;
  const dataDir = await mkdtemp(join(tmpdir(), 'sd-'));
  const database = await openDatabase({ dataDir }, quiet);
  const { boss } = await startJobs(database.pool, quiet);
  await boss.stop({ close: false });
  await database.close();
  // Another process may have been faster; its files are as good.
  await rename(join(dataDir, 'postgres'), folder).catch((error) => {
    if (!existsSync(folder)) throw error;
  });
  await rm(dataDir, { recursive: true, force: true });
  return folder;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of ['@electric-sql/pglite', 'pg-boss']) hash.update(versionOf(name));
  for (const { name, sql } of readSteps()) hash.update(name).update(sql);
  for (const file of ['embedded-thread.ts', 'jobs.ts', 'wake-ups.ts'])
    hash.update(readFileSync(new URL(`../../src/storage/${file}`, import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}

/** From the package's own file, which not every package lets be imported. */
function versionOf(name: string): string {
  const entry = fileURLToPath(import.meta.resolve(name));
  const root = entry.slice(0, entry.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
  return readFileSync(join(root, 'package.json'), 'utf8').match(/"version": "[^"]+"/)?.[0] ?? '';
}
