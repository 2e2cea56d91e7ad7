import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createPartnerEvents } from '../../src/storage/partner-events.ts';
import { prune } from '../../src/storage/prune.ts';
import { eachDatabase } from '../support/databases.ts';

eachDatabase('events of Partner Center', (database) => {
  const jobsFor = (customerId: string) =>
    database().query<{ state: string; retry_limit: number; dead_letter: string | null }>(
      `select state, retry_limit, dead_letter from software_desk_jobs.job
       where name = 'check-customer' and data ->> 'customerId' = $1`,
      [customerId],
    );

  it('are taken once, with one job, however many copies come at once', async () => {
    const { storage, other } = database();
    const [mark, customerId] = [randomUUID(), randomUUID()];

    const copies = Array.from({ length: 20 }, (_, n) =>
      (n % 2 ? storage : other).partnerEvents.accept(mark, customerId),
    );
    const taken = await Promise.all(copies);

    assert.equal(taken.filter((isTaken) => isTaken).length, 1);
    assert.equal((await jobsFor(customerId)).length, 1);
    assert.equal(await other.partnerEvents.accept(mark, customerId), false);
  });

  it('of one customer wait as one job, which is not tried for ever and tells nobody', async () => {
    const { partnerEvents } = database().storage;
    const [customerId, another] = [randomUUID(), randomUUID()];

    for (const id of [customerId, customerId, another])
      assert.equal(await partnerEvents.accept(randomUUID(), id), true);

    const [job, ...others] = await jobsFor(customerId);
    assert.equal(others.length, 0);
    assert.deepEqual([job?.state, job?.retry_limit, job?.dead_letter], ['created', 6, null]);
    assert.equal((await jobsFor(another)).length, 1);
  });

  it('are not taken when their job cannot be put in', async () => {
    const { storage, pool } = database();
    const [mark, customerId] = [randomUUID(), randomUUID()];
    const withoutJobs = createPartnerEvents(pool, () => Promise.reject(new Error('no jobs')));

    await assert.rejects(withoutJobs.accept(mark, customerId), /no jobs/);

    assert.equal(await storage.partnerEvents.accept(mark, customerId), true);
  });

  it('that name no customer are taken without a job', async () => {
    const { storage, query } = database();
    const count = () => query('select count(*) from software_desk_jobs.job');
    const before = await count();

    assert.equal(await storage.partnerEvents.accept(randomUUID()), true);

    assert.deepEqual(await count(), before);
  });

  it('are forgotten after four days, when they are too old to be taken again', async () => {
    const { storage, query, pool } = database();
    const [old, recent] = [randomUUID(), randomUUID()];
    for (const mark of [old, recent]) await storage.partnerEvents.accept(mark);
    const age = 'update software_desk.partner_events set at = now() - make_interval(hours => $2) where mark = $1';
    await query(age, [old, 97]);
    await query(age, [recent, 95]);

    await prune(pool);

    assert.deepEqual(
      [await storage.partnerEvents.accept(old), await storage.partnerEvents.accept(recent)],
      [true, false],
    );
  });
});
