import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { LeaseLost, type Moment, newLease } from '../../src/domain/work/leases.ts';
import type { Storage } from '../../src/storage/index.ts';
import { createLeases } from '../../src/storage/leases.ts';
import { eachDatabase, forOneTest, freshDatabase, openedTestDatabase } from '../support/databases.ts';
import { recordLog } from '../support/recorded-log.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import { startChild } from './child-process.ts';
import { aCase, anOrderSubmission } from './records.ts';

eachDatabase('leases', (database) => {
  it('let one in at a time, in whatever process', async () => {
    const { storage, other } = database();
    const key = randomUUID();
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      for (let asked = 0; asked < 10; asked += 1) await storage.isReady();
      inside -= 1;
      return 'done';
    };

    const holders = Array.from({ length: 12 }, (_, index) =>
      (index % 2 ? storage : other).leases.hold(key, 10_000, work),
    );

    assert.deepEqual(new Set(await Promise.all(holders)), new Set(['done']));
    assert.equal(most, 1);
  });

  it('are not to be had while somebody holds them', async () => {
    const { storage, other } = database();
    const key = randomUUID();

    await storage.leases.hold(key, 0, async () => {
      assert.equal(await other.leases.hold(key, 0, async () => 'in'), undefined);
      assert.equal(await other.leases.hold(key, 60, async () => 'in'), undefined);
      assert.equal(await other.leases.hold(randomUUID(), 0, async () => 'in'), 'in');
    });

    assert.equal(await other.leases.hold(key, 0, async () => 'in'), 'in');
  });

  it('are given back when the work fails, and the failure is passed on', async () => {
    const { storage, other } = database();
    const key = randomUUID();

    await assert.rejects(
      storage.leases.hold(key, 0, () => Promise.reject(new Error('broken'))),
      { message: 'broken' },
    );

    assert.equal(await other.leases.hold(key, 0, async () => 'in'), 'in');
  });

  it('are taken with the order or the case that is written down, and given back after the work', async () => {
    const { storage, other } = database();
    const [order, wanted] = [anOrderSubmission(), aCase()];
    const ofOrder = newLease(`order:${order.submissionId}`);
    const ofCase = newLease(`case:${wanted.reference}`);

    await storage.orderSubmissions.insertOnce(order, ofOrder);
    await storage.cases.insertOnce(wanted, ofCase);
    await other.orderSubmissions.insertOnce(order, newLease(ofOrder.key));

    for (const lease of [ofOrder, ofCase]) {
      assert.equal(await other.leases.hold(lease.key, 0, async () => 'in'), undefined);
      assert.equal(await storage.leases.keep(lease, async () => 'done'), 'done');
      assert.equal(await other.leases.hold(lease.key, 0, async () => 'in'), 'in');
    }
  });

  it('are known to be lost, before anything is sent, by a process that stood still while another took them', async () => {
    const { pool, storage } = database();
    const key = randomUUID();
    let stoodStillMs = 0;
    const now = () => ({ date: stoodStillMs, running: 0 });
    const leases = createLeases(pool, recordLog(), { now });

    const work = leases.hold(key, 0, async () => {
      await leases.demandHeld();
      stoodStillMs = 9_000;
      await leases.demandHeld();
      stoodStillMs = 60_000;
      await pool.query(`update software_desk.leases set until = now() - interval '1 second' where key = $1`, [key]);
      assert.equal(await storage.leases.hold(key, 0, async () => 'in'), 'in');
      await leases.demandHeld();
    });

    await assert.rejects(work, LeaseLost);
    await leases.demandHeld();
  });

  it('are extended while the work runs', async function () {
    this.timeout(15_000);
    const { storage, query } = database();
    const key = randomUUID();
    const until = async () => {
      const [row] = await query<{ at: number; left: number }>(
        `select extract(epoch from until)::float as at, extract(epoch from until - clock_timestamp())::float as left
         from software_desk.leases where key = $1`,
        [key],
      );
      return row ?? assert.fail('there is no lease');
    };

    await storage.leases.hold(key, 0, async () => {
      const { at } = await until();
      const { left } = await waitUntil(async () => {
        const now = await until();
        return now.at > at && now;
      }, 'the lease to be extended');
      assert.ok(left > 12, `${left} seconds are left`);
    });
  });
});

describe('what a process held', () => {
  const server = process.env.DATABASE_URL;
  const held = async () => {
    const where = await forOneTest(freshDatabase());
    const { storage, query } = await openedTestDatabase(where);
    const child = startChild(where, 'lease', 'order:1');
    await child.says('held');
    return { where, storage, query, child };
  };
  const isFreeWithin = async (storage: Storage, ms: number) =>
    (await storage.leases.hold('order:1', ms, async () => 'in')) === 'in';

  it('is free for another within five seconds of its death', async function () {
    if (!server) skip(this, 'needs DATABASE_URL');
    const { storage, child } = await held();
    assert.equal(await isFreeWithin(storage, 0), false);

    await child.kill();

    assert.equal(await isFreeWithin(storage, 5_000), true);
  });

  it('is its own still where it has only lost its connections, or stands still for some seconds', async function () {
    if (!server) skip(this, 'needs DATABASE_URL');
    this.timeout(20_000);
    const { storage, query, child } = await held();

    await query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    assert.equal(await isFreeWithin(storage, 4_000), false);
    child.freeze();
    assert.equal(await isFreeWithin(storage, 4_000), false);
  });

  it('is not its own any more where the others took it for dead: it asks before it sends anything', async () => {
    const { pool, storage } = await openedTestDatabase(await forOneTest(freshDatabase()));
    let upSince = 0;
    const presence = { isUnbrokenSince: ({ running }: Moment) => running >= upSince };
    const leases = createLeases(pool, recordLog(), { presence });
    const key = randomUUID();

    const work = leases.hold(key, 0, async () => {
      await leases.demandHeld();
      upSince = performance.now();
      await leases.demandHeld();
      await pool.query('delete from software_desk.leases where key = $1', [key]);
      await leases.demandHeld();
      upSince = performance.now();
      assert.equal(await storage.leases.hold(key, 0, async () => 'in'), 'in');
      await leases.demandHeld();
    });

    await assert.rejects(work, LeaseLost);
  });
});
