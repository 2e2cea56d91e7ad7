import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { transaction } from '../../src/storage/postgres.ts';
import {
  eachDatabase,
  emptyDatabase,
  type FreshDatabase,
  forOneTest,
  freshEmbedded,
  opened,
  openedTestDatabase,
} from '../support/databases.ts';
import { recordLog } from '../support/recorded-log.ts';
import { waitUntil } from '../support/wait-until.ts';
import { startChild } from './child-process.ts';
import { aDraft, anIntent } from './records.ts';

describe('the embedded database', () => {
  let where: FreshDatabase;

  beforeEach(async () => {
    where = await forOneTest(freshEmbedded());
  });

  it('keeps everything over a restart', async () => {
    const submission = anIntent();
    const draft = aDraft();
    const first = await opened(where);
    await first.orderSubmissions.insertOnce(submission);
    await first.sessions.close({ personId: 'p-1', placeId: 'p', draft });
    await first.jobs.hideLater('1', 60);
    await first.close();

    const second = await opened(where);

    assert.deepEqual(await second.orderSubmissions.get(submission.submissionId), submission);
    assert.deepEqual(await second.drafts.get(draft.id), draft);
    assert.equal(await second.isReady(), true);
    await second.close();
    assert.equal(await second.isReady(), false);
  });

  it('is opened in a folder named from where the process was started, as the default `./data` is', async () => {
    const storage = await opened({ ...where, dataDir: relative(process.cwd(), where.dataDir) });

    assert.equal(await storage.isReady(), true);
  });

  it('refuses a second process with a message that says what to do', async function () {
    this.timeout(30_000);
    const child = startChild(where, 'sit');
    await child.says('open');

    await assert.rejects(opened(where), (error: Error) => {
      assert.equal(error.name, 'DataDirInUse');
      for (const part of [where.dataDir, 'DATA_DIR', 'DATABASE_URL', 'process '])
        assert.ok(error.message.includes(part));
      return true;
    });

    await child.kill();
    const storage = await opened(where);
    assert.equal(await storage.isReady(), true);
  });

  it('loses nothing it acknowledged when it is killed while writing', async function () {
    this.timeout(60_000);
    const acknowledged: string[] = [];
    for (const enough of [50, 150]) {
      const child = startChild(where, 'write');
      await child.saysMoreThan(enough);
      await child.kill();
      acknowledged.push(...child.lines.filter((line) => line.startsWith('wrote ')).map((line) => line.slice(6)));
    }

    const { query } = await openedTestDatabase(where);
    const rows = await query<{ submission_id: string; jobs: number }>(
      `select submission_id, (select count(*) from software_desk_jobs.job
         where name = 'finish-order' and data ->> 'submissionId' = submission_id)::int as jobs
       from software_desk.order_submissions`,
    );

    const jobs = new Map(rows.map((row) => [row.submission_id, row.jobs]));
    assert.ok(acknowledged.length >= 200);
    assert.deepEqual(
      acknowledged.filter((id) => jobs.get(id) !== 1),
      [],
    );
    assert.deepEqual(
      rows.filter((row) => row.jobs !== 1),
      [],
    );
  });
});

eachDatabase('a database in use', (database) => {
  it('keeps what many do at once apart', async () => {
    const { storage, pool, query } = database();
    await query('create table public.pairs (name text, half integer)');
    const insertPair = (name: string, keep: boolean) =>
      transaction(pool, async (client) => {
        await client.query('insert into public.pairs values ($1, $2)', [name, 1]);
        await new Promise(setImmediate);
        await client.query('insert into public.pairs values ($1, $2)', [name, 2]);
        if (!keep) throw new Error('changed my mind');
      }).catch((error) => error.message);

    const pairs = Array.from({ length: 60 }, (_, index) => insertPair(`${index}`, index % 2 === 0));
    const orderSubmissions = Array.from({ length: 30 }, () => storage.orderSubmissions.insertOnce(anIntent()));
    const echoes = Array.from({ length: 30 }, (_, index) =>
      query('select $1::int as a, $2::text as b', [index, `x${index}`]),
    );
    const failures = Array.from({ length: 30 }, () => query('select 1 / $1::int', [0]).catch((error) => error.code));

    const outcomes = new Set(await Promise.all(pairs));
    assert.deepEqual(outcomes, new Set([undefined, 'changed my mind']));
    const rows = await query('select name, count(*)::int as halves from public.pairs group by name');
    assert.equal(rows.length, 30);
    assert.ok(rows.every((row) => row.halves === 2 && Number(row.name) % 2 === 0));
    for (const written of await Promise.all(orderSubmissions)) assert.equal(written.isNew, true);
    for (const [index, [row]] of (await Promise.all(echoes)).entries())
      assert.deepEqual(row, { a: index, b: `x${index}` });
    assert.deepEqual(new Set(await Promise.all(failures)), new Set(['22012']));
  });
});

describe('an embedded database in use', () => {
  let where: FreshDatabase;
  let storage: Storage;

  before(async () => {
    where = await freshEmbedded();
    storage = await openStorage({ ...where, log: recordLog() });
  });
  after(async () => {
    await storage.close();
    await where.cleanUp();
  });

  it('refuses the same process a second time, and leaves the first alone', async () => {
    await assert.rejects(opened(where), { name: 'DataDirInUse' });

    assert.equal(await storage.isReady(), true);
  });

  it('asks for no password, so only this user can open its socket', async () => {
    const { mode } = await stat(join(where.dataDir, '.s.PGSQL.5432'));

    assert.equal(mode & 0o777, 0o600);
  });

  it('leaves nothing but its files and the lock behind', async () => {
    await storage.close();

    assert.deepEqual((await readdir(where.dataDir)).sort(), ['lock', 'postgres']);
  });
});

describe('the first start of the embedded database', () => {
  it('can be killed half-way', async function () {
    this.timeout(60_000);
    const { dataDir } = await forOneTest(emptyDatabase());
    const child = startChild({ dataDir }, 'sit');
    const isHalfWay = async () => (await readdir(join(dataDir, 'postgres.unfinished')).catch(() => [])).length > 0;
    await waitUntil(isHalfWay, 'the first files', 30_000);
    await child.kill();
    assert.deepEqual(child.lines, []);

    const storage = await opened({ dataDir });

    assert.equal((await storage.orderSubmissions.insertOnce(anIntent())).isNew, true);
  });
});
