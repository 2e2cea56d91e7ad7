/**
 * A process to be killed: opens the storage of DATA_DIR or DATABASE_URL, says `open`, and then
 *   sit             does nothing
 *   write           writes orderSubmissions and says `wrote <submission id>` for each one that was acknowledged
 *   lease <key>     takes the lease, says `held` and keeps it
 *   crash           stops the embedded database
 *   sweep <key>     sweeps, says `sweep`, and never comes back from it; it holds the lease meanwhile
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDatabase } from '../../src/storage/database.ts';
import { openStorage } from '../../src/storage/index.ts';
import { crash } from './crash.ts';
import { anIntent } from './records.ts';

const [mode, key = ''] = process.argv.slice(2);
const quiet = () => undefined;
const error = (_facts: object, text: string) => writeSync(2, `error: ${text}\n`);
const log = { debug: quiet, info: quiet, warn: quiet, error };
const forEver = new Promise<never>(() => setInterval(quiet, 60_000));

function say(text: string): void {
  writeSync(1, `${text}\n`);
}

async function writeOn(): Promise<never> {
  for (;;) {
    const submission = anIntent({ submissionId: randomUUID() });
    await storage.orderSubmissions.insertOnce(submission);
    say(`wrote ${submission.submissionId}`);
  }
}

const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir = '' } = process.env;
if (mode === 'crash') {
  const { pool } = await openDatabase({ dataDir }, log);
  say('open');
  crash(await pool.connect());
  await forEver;
}
const storage = await openStorage({ databaseUrl, dataDir, log });
say('open');

if (mode === 'write') await Promise.all([writeOn(), writeOn(), writeOn()]);
if (mode === 'lease') {
  await storage.leases.hold(key, 0, () => {
    say('held');
    return forEver;
  });
}
if (mode === 'sweep') {
  const done = async () => undefined;
  await storage.work(
    {
      finishOrder: done,
      workCase: done,
      sendNotice: async () => 'done',
      checkCustomer: done,
      hideKey: done,
      async sweep() {
        await storage.leases.hold(key, 0, () => {
          say('sweep');
          return forEver;
        });
      },
    },
    { sweepSeconds: 1 },
  );
}
await forEver;
