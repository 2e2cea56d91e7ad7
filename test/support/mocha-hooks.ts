/** Mocha loads this before the specs (`.mocharc.json`): what has to be done around each test, and around the whole run. */
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanUpAfterTest, closeSharedDatabase, dropLeftDatabases, runFolderVariable } from './databases.ts';
import { keepCompiled } from './process.ts';

/** Once, in the process that mocha was started as; the processes that run files side by side have its environment. */
export async function mochaGlobalSetup(): Promise<void> {
  process.env[runFolderVariable] = await mkdtemp(join(await quickFolder(), 'software-desk-test-'));
  keepCompiled();
}

/** Linux has a file system in memory: a copy of a database, a thousand small files, takes a tenth of the time there. */
async function quickFolder(): Promise<string> {
  const inMemory = '/dev/shm';
  const room = await statfs(inMemory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return room > 2 * 1024 ** 3 ? inMemory : tmpdir();
}

export async function mochaGlobalTeardown(): Promise<void> {
  const { DATABASE_URL: server, [runFolderVariable]: folder } = process.env;
  if (server) await dropLeftDatabases(server);
  if (folder) await rm(folder, { recursive: true, force: true });
}

/** Side by side, one process runs one file after the other, and its database ends with it. */
const isOneOfSeveral = process.env.MOCHA_WORKER_ID !== undefined;

/** Mocha itself takes no notice of a promise that fails with nobody waiting for it. Thrown, it fails the test. */
function failTest(reason: unknown): never {
  throw reason;
}

export const mochaHooks = {
  beforeAll() {
    process.on('unhandledRejection', failTest);
  },
  afterEach: cleanUpAfterTest,
  async afterAll() {
    process.off('unhandledRejection', failTest);
    if (!isOneOfSeveral) await closeSharedDatabase();
  },
};
