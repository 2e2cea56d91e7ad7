/**
 * A process to be killed: opens the storage of DATA_DIR or DATABASE_URL, says `open`, and then
 *   sit             does nothing
 *   write           writes orderSubmissions and says `wrote <submission id>` for each one that was acknowledged
 *   lease <key>     takes the lease, says `held` and keeps it
 *   crash           stops the embedded database
 *   close           works on the jobs and closes it again
 *   sweep <key>     writes an order down, with the id <key>; sweeps, says `sweep`, and never comes back from it; it holds
 *                   the lease meanwhile
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDatabase } from '../../src/storage/database.ts';
import { openStorage } from '../../src/storage/index.ts';
import type { Handlers } from '../../src/storage/workers.ts';
import { crash } from './crash.ts';
import { anOrderSubmission } from './records.ts';

const [mode, key = ''] = process.argv.slice(2);
const quiet = () => undefined;
const error = (_facts: object, text: string) => writeSync(2, `error: ${text}\n`);
const log = { debug: quiet, info: quiet, warn: quiet, error };
const forEver = () => new Promise<never>(() => setInterval(quiet, 60_000));

function say(text: string): void {
  writeSync(1, `${text}\n`);
}

async function writeOn(): Promise<never> {
  for (;;) {
    const submission = anOrderSubmission({ submissionId: randomUUID() });
    await storage.orderSubmissions.insertOnce(submission);
    say(`wrote ${submission.submissionId}`);
  }
}

const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir = '' } = process.env;
if (mode === 'crash') {
  const { pool } = await openDatabase({ dataDir }, log);
  say('open');
  crash(await pool.connect());
  await forEver();
}
const storage = await openStorage({ databaseUrl, dataDir, log });
say('open');

if (mode === 'write') await Promise.all([writeOn(), writeOn(), writeOn()]);
if (mode === 'lease') {
  await storage.leases.hold(key, 0, () => {
    say('held');
    return forEver();
  });
}
const done = async () => undefined;
const handlers: Handlers = {
  finishOrder: done,
  workCase: done,
  sendNotice: async () => 'done',
  checkCustomer: done,
  hideKey: done,
  sweep: done,
};
if (mode === 'sweep') {
  const sweep = async () => {
    await storage.orderSubmissions.insertOnce(anOrderSubmission({ submissionId: key }));
    await storage.leases.hold(key, 0, () => {
      say('sweep');
      return forEver();
    });
  };
  await storage.work({ ...handlers, sweep }, { sweepSeconds: 1 });
}
if (mode === 'close') {
  await storage.work(handlers, { sweepSeconds: 1 });
  await storage.close();
} else await forEver();
