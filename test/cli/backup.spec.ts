import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp, restore } from '../../src/cli/backup.ts';
import { startTestApp } from '../support/app.ts';
import { freshOrder, referenceOn, ticketsNaming, toTicketReview } from '../support/cancellation-steps.ts';
import { skip } from '../support/skip.ts';

describe('a backup of the embedded database', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backup-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('is restored into an empty place, where an open case goes on, and nothing is done twice', async function () {
    if (process.env.DATABASE_URL) skip(this, 'with a server, its own tools make backups');
    const app = await startTestApp();
    try {
      const { dataDir } = app.database;
      const ada = app.in('personal');
      const order = await freshOrder(app);
      await toTicketReview(ada, order);
      const reference = referenceOn(await ada.goes('Submit'));
      const saved = join(folder, 'saved');

      await assert.rejects(backUp(dataDir, saved), /is in use by another Software Desk process/);
      await app.terminate();
      await backUp(dataDir, saved);
      await assert.rejects(backUp(dataDir, saved), /is not empty/);
      await assert.rejects(restore(saved, dataDir), /is not empty/);
      await rm(dataDir, { recursive: true });
      await restore(saved, dataDir);
      await app.start();
      await app.advance(60);
      const told = () => ada.cards().filter(({ view }) => view.text.includes(`${reference} has completed`));
      await app.connector.until(() => told().length > 0, 'the completion');

      assert.equal(told().length, 1);
      assert.equal((await ticketsNaming(app, reference)).length, 1);
    } finally {
      await app.stop();
    }
  });

  it('is not made of a folder without a database, nor restored from one', async () => {
    const other = join(folder, 'other');
    await assert.rejects(backUp(other, join(folder, 'new')), /no database in/);
    await writeFile(other, '');
    await assert.rejects(restore(folder, join(folder, 'new')), /no backup in/);
  });
});
