import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { reasonOf } from './log.ts';

class DataDirInUse extends Error {
  constructor(dataDir: string, holder: string) {
    super(
      `The data folder ${dataDir} is in use by another Software Desk process${holder}. ` +
        'Stop that process, or give this one a folder of its own in DATA_DIR, or let both share a PostgreSQL server in DATABASE_URL.',
    );
    this.name = 'DataDirInUse';
  }
}

/**
 * Takes the folder for this process alone; resolves to what gives it back. The lock is one the kernel keeps on an open
 * file (SQLite's own, because Node offers no other way to it): it ends with the process however that ends, so nothing
 * stale is left after a kill -9, and it holds between containers that share the folder, where process ids mean nothing.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  const holderFile = join(dataDir, 'in-use-by.txt');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(dataDir, 'lock'));
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    lock.close();
    if (!/locked/.test(reasonOf(error))) throw error;
    const holder = await readFile(holderFile, 'utf8').catch(() => '');
    throw new DataDirInUse(dataDir, holder && ` (${holder.trim()})`);
  }
  await writeFile(holderFile, `process ${process.pid} on ${hostname()} since ${new Date().toISOString()}\n`);
  return async () => {
    await rm(holderFile, { force: true });
    lock.close();
  };
}
