import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { openEmbedded } from '../../src/storage/embedded.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { transaction } from '../../src/storage/postgres.ts';
import {
  afterwards,
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
import { crash } from './crash.ts';
import { aDraft, anOrderSubmission } from './records.ts';

describe('the embedded database', () => {
  let where: FreshDatabase;

  beforeEach(async () => {
    where = await forOneTest(freshEmbedded());
  });

  /** Without the records, and without the end of the process should it stop. */
  async function openAlone(options: { patienceMs?: number } = {}) {
    const { promise: lost, resolve: onLost } = Promise.withResolvers<Error>();
    const { pool, close } = await openEmbedded(where.dataDir, { log: recordLog(), onLost, ...options });
    afterwards(close);
    return { pool, lost };
  }

  it('keeps everything over a restart', async () => {
    const submission = anOrderSubmission();
    const draft = aDraft();
    const first = await opened(where);
    await first.orderSubmissions.insertOnce(submission);
    const onScreen = { message: { placeId: 'p', messageId: 'm' }, personId: 'p-1', seconds: 60 };
    await first.sessions.close({ personId: 'p-1', placeId: 'p', draft, onScreen });
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

  it('leaves this thread free while a statement runs', async () => {
    const { query } = await openedTestDatabase(where);
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 1);

    await query('select count(*) from generate_series(1, 2000000)');

    clearInterval(ticking);
    assert.ok(ticks > 5, `${ticks} ticks`);
  });

  it('ends the process when it stops by itself, and says why', async function () {
    this.timeout(60_000);
    const child = startChild(where, 'crash');

    assert.equal(await child.ended, 1);

    assert.match(child.complaints(), /^error: the embedded database stopped, so the process ends: start it again/m);
    assert.deepEqual(child.lines, ['open']);
    const storage = await opened(where);
    assert.equal(await storage.isReady(), true);
  });

  it('lets nobody wait for an answer that can not come any more', async () => {
    const { pool, lost } = await openAlone();
    const client = await pool.connect();
    crash(client);
    await once(client, 'error');

    await assert.rejects(client.query('select 1'));
    assert.match((await lost).message, /PostgreSQL stopped/);
    client.release(true);
  });

  it('is given up when a statement never ends', async () => {
    const { pool, lost } = await openAlone({ patienceMs: 500 });

    await assert.rejects(pool.query('select pg_sleep(60)'), /has not answered/);

    assert.match((await lost).message, /has not answered for 0.5 seconds/);
  });

  it('begins every connection anew, without what the one before it left behind', async () => {
    const { pool } = await openedTestDatabase(where);
    const client = await pool.connect();
    await client.query('select $1::int', [1]);
    await client.query(`set timezone = 'Asia/Manila'`);
    await client.query('begin');
    await client.query('create table public.half_done (id integer)');
    client.release(true);

    const { rows } = await pool.query('show timezone');
    assert.notEqual(rows[0]?.TimeZone, 'Asia/Manila');
    assert.deepEqual((await pool.query('select $1::int as a', [2])).rows, [{ a: 2 }]);
    assert.deepEqual((await pool.query(`select 1 from pg_tables where tablename = 'half_done'`)).rows, []);
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
    const orderSubmissions = Array.from({ length: 30 }, () => storage.orderSubmissions.insertOnce(anOrderSubmission()));
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

    assert.equal((await storage.orderSubmissions.insertOnce(anOrderSubmission())).isNew, true);
  });
});
