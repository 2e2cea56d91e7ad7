import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { lockDataDir } from '../storage/data-dir-lock.ts';

/** What the operator has to mend; the message is all there is to say. */
export class BackupError extends Error {}

/** Made anew by each process. */
const notKept = ['lock', 'lock-journal', 'in-use-by.txt'];

/**
 * Copies the data folder into a new one, whole or not at all. Nobody may use it meanwhile: throws `BackupError` where
 * there is nothing to copy, or something in the way, and the lock's own error while the bot runs.
 */
export async function backUp(dataDir: string, target: string): Promise<void> {
  if (!existsSync(join(dataDir, 'postgres')))
    throw new BackupError(`There is no database in ${resolve(dataDir)}: is DATA_DIR the one that the bot uses?`);
  await demandEmpty(target, 'Name a folder that does not exist yet.');
  await copy(dataDir, target, dataDir);
}

/** Copies what `backUp` made into a data folder that is empty or does not exist. */
export async function restore(source: string, dataDir: string): Promise<void> {
  if (!existsSync(join(source, 'postgres'))) throw new BackupError(`There is no backup in ${resolve(source)}.`);
  await demandEmpty(dataDir, 'Move it away first: what is in it would be lost.');
  await copy(source, dataDir, source);
}

/** `locked`: nobody else uses that folder while it is read. */
async function copy(from: string, to: string, locked: string): Promise<void> {
  const unlock = await lockDataDir(locked);
  const unfinished = join(dirname(resolve(to)), `.${basename(resolve(to))}.unfinished`);
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(dirname(unfinished), { recursive: true });
    const isKept = (path: string): boolean => dirname(path) !== from || !notKept.includes(basename(path));
    await cp(from, unfinished, { recursive: true, filter: isKept });
    await rm(to, { recursive: true, force: true });
    await rename(unfinished, to);
  } finally {
    await unlock();
  }
}

async function demandEmpty(folder: string, advice: string): Promise<void> {
  const found = await readdir(folder).catch(() => []);
  if (found.length > 0) throw new BackupError(`The folder ${resolve(folder)} is not empty. ${advice}`);
}

const usage = 'Type: npm run backup -- FOLDER, or: npm run restore -- FOLDER';

async function main(): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const [command, folder] = process.argv.slice(2);
    const dataDir = process.env.DATA_DIR?.trim() || './data';
    if (process.env.DATABASE_URL?.trim() || process.env.DATABASE_URL_FILE?.trim())
      throw new BackupError(
        'Records are in PostgreSQL (DATABASE_URL): use pg_dump and pg_restore, see docs/operations.md.',
      );
    if (!folder) throw new BackupError(usage);
    if (command === 'backup') await backUp(dataDir, folder);
    else await restore(folder, dataDir);
    process.stdout.write(`${command === 'backup' ? 'Saved to' : 'Restored from'} ${resolve(folder)}.\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
