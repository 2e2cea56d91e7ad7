import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Storage } from '../../src/storage/index.ts';
import { startJobs } from '../../src/storage/jobs.ts';
import type { Handlers } from '../../src/storage/workers.ts';
import {
  eachOwnDatabase,
  forOneTest,
  freshDatabase,
  freshEmbedded,
  opened,
  openedTestDatabase,
} from '../support/databases.ts';
import { recordLog } from '../support/recorded-log.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import { createWatch, type Watch } from '../support/watch.ts';
import { startChild } from './child-process.ts';
import { aCase, aDraft, anOrderSubmission, at } from './records.ts';

interface Work {
  readonly handlers: Handlers;
  /** When each thing was done, by its id. */
  readonly times: (id: string) => readonly number[];
  /** How often the handler fails at it before it succeeds. */
  readonly failures: Map<string, number>;
  readonly sweeps: { most: number; times: number[] };
  readonly gaveUp: { queue: string; data: object }[];
  readonly until: Watch['until'];
  /** The jobs of these messages last until `endSlow`. */
  readonly slow: Set<string>;
  endSlow(): void;
}

/** Handlers that write down what they were asked to do; `during` is what a sweep does. */
function recordedWork(during: () => Promise<unknown> = async () => undefined): Work {
  const done = new Map<string, number[]>();
  const failures = new Map<string, number>();
  const sweeps = { most: 0, times: [] as number[] };
  const gaveUp: { queue: string; data: object }[] = [];
  const times = (id: string) => done.get(id) ?? [];
  const watch = createWatch();
  const slow = new Set<string>();
  const slowEnd = Promise.withResolvers<void>();
  let sweeping = 0;

  async function act(id: string): Promise<void> {
    done.set(id, [...times(id), Date.now()]);
    watch.changed();
    if (times(id).length <= (failures.get(id) ?? 0)) throw new Error('not yet');
  }

  const handlers: Handlers = {
    finishOrder: act,
    workCase: act,
    checkCustomer: act,
    async sendNotice(noticeId) {
      await act(noticeId);
      return times(noticeId).length === 1 ? { againInSeconds: 1 } : 'done';
    },
    async hideKey(id) {
      await act(id);
      if (slow.has(id)) await slowEnd.promise;
      await act(`${id} hidden`);
    },
    async sweep() {
      sweeping += 1;
      sweeps.most = Math.max(sweeps.most, sweeping);
      sweeps.times.push(Date.now());
      watch.changed();
      await during();
      sweeping -= 1;
      if (sweeps.times.length === 1) throw new Error('the first sweep fails');
    },
    async gaveUp(queue, data) {
      gaveUp.push({ queue, data });
      watch.changed();
    },
  };
  return { handlers, times, failures, sweeps, gaveUp, until: watch.until, slow, endSlow: slowEnd.resolve };
}

/** A message that is hidden after so many seconds: the id of its row, which is what its job carries. */
async function hideAfter({ sessions, visibleKeys }: Storage, seconds: number): Promise<string> {
  const message = { placeId: randomUUID(), messageId: 'm' };
  const onScreen = { message, personId: 'p-1', seconds };
  await sessions.close({ personId: 'p-1', placeId: 'p', draft: aDraft({ id: randomUUID() }), onScreen });
  const [row] = await visibleKeys.ofPerson(message.placeId, 'p-1');
  return row?.id ?? assert.fail('the message has no row');
}

eachOwnDatabase('jobs', (database) => {
  const [customer, busy] = [randomUUID(), randomUUID()];
  let work: Work;
  let eventAt: number;
  let startedAt: number;
  let messageId: string;
  let order: string;
  let failing: string;
  let hopeless: string;
  let reference: string;
  let noticeId: string | undefined;

  // All is asked for at once, and then watched by one test after the other: most of it is waiting.
  before(async function () {
    this.timeout(30_000);
    const { storage, other, query } = database();
    // A sweep takes some time, so that a second one would be seen beside it.
    work = recordedWork(async () => {
      for (let asked = 0; asked < 50; asked += 1) await query('select 1');
    });
    const newOrder = async () =>
      (await storage.orderSubmissions.insertOnce(anOrderSubmission())).submission.submissionId;
    [order, failing, hopeless] = [await newOrder(), await newOrder(), await newOrder()];
    reference = (await storage.cases.insertOnce(aCase())).case.reference;
    work.failures.set(failing, 2).set(hopeless, 1).set(busy, 1);
    await query(`update software_desk_jobs.job set retry_limit = 0 where data ->> 'submissionId' = $1`, [hopeless]);
    await storage.notices.add([{ kind: 'order-placed', submissionId: order, target: { to: 'person', id: 'p-1' } }], at);
    noticeId = (await storage.notices.due(1))[0]?.id;

    startedAt = Date.now();
    messageId = await hideAfter(storage, 2);
    await storage.work(work.handlers, { sweepSeconds: 1 });
    if (other !== storage) await other.work(work.handlers, { sweepSeconds: 1 });
    eventAt = Date.now();
    for (const customerId of [customer, busy]) await storage.partnerEvents.accept(randomUUID(), customerId);
  });

  async function jobsOf(id: string): Promise<Record<string, unknown>[]> {
    return database().query(
      `select *, extract(epoch from start_after - created_on)::int as head_start
       from software_desk_jobs.job where $1 in (data ->> 'submissionId', data ->> 'reference')`,
      [id],
    );
  }

  async function makeDue(): Promise<void> {
    await database().query(
      `update software_desk_jobs.job set start_after = now()
       where name in ('finish-order', 'work-case') and state in ('created', 'retry') and start_after > now()`,
    );
  }

  it('leave an order and a case to the turn for ten seconds', async () => {
    const [orderJob] = await jobsOf(order);
    const [caseJob] = await jobsOf(reference);

    assert.deepEqual([orderJob?.head_start, caseJob?.head_start], [10, 10]);
    assert.deepEqual([...work.times(order), ...work.times(reference)], []);
  });

  it('grow their pauses up to an hour, for about two days', async () => {
    const [job] = await jobsOf(order);

    // A pause is at random between half of this and all of it.
    const longest = Array.from({ length: Number(job?.retry_limit) }, (_, n) =>
      Math.min(Number(job?.retry_delay) * 2 ** (n + 1), Number(job?.retry_delay_max)),
    );
    assert.equal(job?.retry_backoff, true);
    assert.equal(Math.max(...longest), 3600);
    const days = longest.reduce((sum, seconds) => sum + seconds, 0) / 86_400;
    assert.ok(days > 1.8 && days < 2.2, `${days} days`);
  });

  it('finish the order and work the case, once', async () => {
    await makeDue();

    await waitUntil(async () => (await jobsOf(order))[0]?.state === 'completed', 'the order to be finished');
    await waitUntil(async () => (await jobsOf(reference))[0]?.state === 'completed', 'the case to be worked');

    assert.deepEqual([work.times(order).length, work.times(reference).length], [1, 1]);
  });

  it('look at a customer within two seconds, and again soon where that fails', async () => {
    const isLookedAt = () => work.times(customer).length === 1 && work.times(busy).length === 2;
    await work.until(isLookedAt, 'both customers to be looked at');

    const [first = 0, second = 0] = work.times(busy).map((time) => (time - eventAt) / 1000);
    assert.ok(first < 2.5 && second < 6, `after ${first} and ${second} seconds`);
  });

  it('hide a message when it is due, a second late at most', async () => {
    await work.until(() => work.times(messageId).length === 1, 'the message to be hidden');

    const seconds = (Number(work.times(messageId)[0]) - startedAt) / 1000;
    assert.ok(seconds > 1.8 && seconds < 3.5, `${seconds} seconds`);
  });

  it('are tried again after a pause when they fail', async () => {
    const isTriedThreeTimes = async () => {
      await makeDue();
      return work.times(failing).length === 3;
    };
    await waitUntil(isTriedThreeTimes, 'the third try');

    const failed = database().log.lines.filter(({ text }) => text === 'a job failed');
    assert.ok(failed.some(({ facts }) => 'reason' in facts && facts.reason === 'not yet'));
  });

  it('that fail to the last are given up, and somebody is told', async () => {
    await work.until(() => work.gaveUp.length > 0, 'somebody to be told', 15_000);

    assert.deepEqual(work.gaveUp, [{ queue: 'finish-order', data: { submissionId: hopeless } }]);
  });

  it('send a notice, again when that was asked for, and then no more', async () => {
    assert.ok(noticeId);
    await work.until(() => work.times(`${noticeId}`).length === 2, 'the second try');

    const [first = 0, second = 0] = work.times(noticeId);
    assert.ok(second - first > 900);
    // Two more polls of its queue later, as the sweeps tell.
    const sweptAfter = () => work.sweeps.times.filter((at) => at - second > 0).length;
    await work.until(() => sweptAfter() >= 3, 'three sweeps');
    assert.equal(work.times(noticeId).length, 2);
  });

  it('start as soon as they are due, without being looked for', async () => {
    const { storage } = database();
    const ids: string[] = [];
    for (const seconds of [0, 0, 0, 1, 1]) ids.push(await hideAfter(storage, seconds));

    // Far less than the time after which the workers look by themselves.
    await waitUntil(() => ids.every((id) => work.times(id).length === 1), 'the jobs to be done', 5_000);
  });

  it('of one queue are all worked on, one batch after the other', async () => {
    const { storage } = database();
    const ids: string[] = [];
    while (ids.length < 50) ids.push(await hideAfter(storage, 0));

    await waitUntil(() => ids.every((id) => work.times(id).length === 1), 'the jobs to be done', 10_000);
  });

  it('sweep about every second, never twice at once, and on after a failure', async () => {
    await work.until(() => work.sweeps.times.length >= 4, 'four sweeps');

    const [first = 0, , , fourth = 0] = work.sweeps.times;
    const seconds = (fourth - first) / 1000;
    assert.ok(seconds > 2.5 && seconds < 9, `${seconds} seconds for three`);
    assert.equal(work.sweeps.most, 1);
  });

  it('in flight are waited for when the storage is closed', async () => {
    const { storage, other } = database();
    // Not due before this process knows that it lasts.
    const slow = await hideAfter(storage, 1);
    work.slow.add(slow);
    await work.until(() => work.times(slow).length === 1, 'the job to begin');

    const closing = Promise.all([storage.close(), other.close()]);
    work.endSlow();
    await closing;

    assert.equal(work.times(`${slow} hidden`).length, 1);
  });

  it('warn of what failed, and of nothing else', () => {
    // Work that is only recorded here finishes nothing: a row without a job is what the storage says it is.
    const warnings = database().log.lines.filter(
      ({ level, text }) => (level === 'warn' || level === 'error') && !text.includes('had no job'),
    );
    const texts = new Set(warnings.map(({ level, text }) => `${level}: ${text}`));

    const expected = [
      'error: a job was given up',
      'error: recurring work failed and goes on next time',
      'warn: a job failed',
    ];
    assert.deepEqual([...texts].sort(), expected);
  });
});

describe('a PostgreSQL server that stops telling of jobs', () => {
  before(function () {
    if (!process.env.DATABASE_URL) skip(this, 'needs DATABASE_URL');
  });

  it('is asked every two seconds, until it tells of them again', async function () {
    this.timeout(40_000);
    const where = await forOneTest(freshDatabase());
    const { storage, query, log } = await openedTestDatabase(where);
    const work = recordedWork();
    await storage.work(work.handlers, { sweepSeconds: 3600 });
    const hide = async () => {
      const messageId = await hideAfter(storage, 0);
      await waitUntil(() => work.times(messageId).length === 1, 'the jobs to be done', 8_000);
    };
    await hide();
    const listening = `from pg_stat_activity where datname = current_database() and query like 'listen %'`;
    await waitUntil(async () => (await query(`select 1 ${listening}`)).length === 1, 'the jobs to be done');

    await query(`select pg_terminate_backend(pid) ${listening}`);
    await waitUntil(
      () => log.lines.some(({ text }) => text === 'the database does not tell of new jobs'),
      'the jobs to be done',
    );
    await hide();

    await waitUntil(async () => (await query(`select 1 ${listening}`)).length === 1, 'the jobs to be done');
    await hide();
  });
});

eachOwnDatabase('a sweep that had to wait for another one', (database) => {
  it('begins as soon as that has ended, also when nobody tells of it any more', async () => {
    const work = recordedWork(async () => {
      if (work.sweeps.times.length > 1) return;
      for (const customerId of [randomUUID(), randomUUID()]) {
        await database().storage.partnerEvents.accept(randomUUID(), customerId);
        await work.until(() => work.times(customerId).length === 1, 'what the database tells of');
      }
      // As after a crash: it became due long before, and waits for the one that is tried again.
      await database().query(`begin; set local session_replication_role = replica;
        update software_desk_jobs.job set start_after = now() - interval '1 second' where name = 'sweep' and state = 'created';
        commit`);
    });
    await database().storage.work(work.handlers, { sweepSeconds: 3600 });

    await work.until(() => work.sweeps.times.length === 2, 'the second sweep');
  });
});

eachOwnDatabase('what is not finished and has lost its job', (database) => {
  it('has one again as soon as a process starts, and one only', async () => {
    const { storage, query } = database();
    const order = async () => (await storage.orderSubmissions.insertOnce(anOrderSubmission())).submission.submissionId;
    const [lost, kept] = [await order(), await order()];
    const { reference } = (await storage.cases.insertOnce(aCase())).case;
    await storage.notices.add([{ kind: 'order-placed', submissionId: lost, target: { to: 'person', id: 'p-1' } }], at);
    const [notice] = await storage.notices.due(1);
    await query(`delete from software_desk_jobs.job where data ->> 'submissionId' is distinct from $1`, [kept]);
    const work = recordedWork();

    await storage.work(work.handlers, { sweepSeconds: 3600 });
    await work.until(() => work.times(notice?.id ?? '').length === 2, 'the notice');

    const jobs = await query<{ id: string }>(
      `select coalesce(data ->> 'submissionId', data ->> 'reference') as id from software_desk_jobs.job
       where name in ('finish-order', 'work-case')`,
    );
    assert.deepEqual(jobs.map(({ id }) => id).sort(), [lost, kept, reference].sort());
  });
});

describe('the queues of jobs', () => {
  it('are brought up to date by a start, and are left alone where they are', async () => {
    const where = await forOneTest(freshDatabase());
    const first = await openedTestDatabase(where);
    const read = () =>
      first.query<{ name: string; retry_limit: number; updated_on: Date }>(
        'select name, retry_limit, updated_on from software_desk_jobs.queue order by name',
      );
    const before = await read();
    await first.query(`update software_desk_jobs.queue set retry_limit = 1 where name = 'hide'`);

    const { boss } = await startJobs(first.pool, recordLog());
    await boss.stop({ close: false });

    const changed = (await read()).filter((queue, at) => queue.updated_on > (before[at]?.updated_on ?? 0));
    assert.deepEqual(
      changed.map(({ name, retry_limit }) => [name, retry_limit]),
      [['hide', 300]],
    );
  });
});

describe('a process that has closed its storage', () => {
  for (const [kind, fresh] of Object.entries({ embedded: freshEmbedded, configured: freshDatabase })) {
    it(`ends by itself, on the ${kind} database`, async function () {
      this.timeout(40_000);
      const child = startChild(await forOneTest(fresh()), 'close');

      assert.equal(await child.ended, 0, child.complaints());
    });
  }
});

describe('what a killed process was at', () => {
  const key = randomUUID();

  async function goesOnWithin(storage: Storage, { sweeps, times, until }: Work, ms: number): Promise<void> {
    const isTaken = async () => (await storage.leases.hold(key, 0, async () => 'in')) === 'in';
    const dueAt = Date.now() + ms;
    await until(() => sweeps.times.length >= 1 && times(key).length === 1, 'its sweep and its order', ms);
    await waitUntil(isTaken, 'its lease', Math.max(dueAt - Date.now(), 1));
  }

  it('is gone on with at once by the next start on its embedded database', async function () {
    this.timeout(30_000);
    const where = await forOneTest(freshEmbedded());
    const child = startChild(where, 'sweep', key);
    await child.says('sweep');
    await child.kill();

    const storage = await opened(where);
    const work = recordedWork();
    await storage.work(work.handlers, { sweepSeconds: 1 });

    await goesOnWithin(storage, work, 2_000);
  });

  it('is gone on with by another process within five seconds', async function () {
    if (!process.env.DATABASE_URL) skip(this, 'needs DATABASE_URL');
    this.timeout(30_000);
    const where = await forOneTest(freshDatabase());
    const child = startChild(where, 'sweep', key);
    await child.says('sweep');
    const storage = await opened(where);
    const work = recordedWork();
    await storage.work(work.handlers, { sweepSeconds: 3600 });
    assert.deepEqual([work.sweeps.times, work.times(key)], [[], []]);

    await child.kill();

    await goesOnWithin(storage, work, 5_000);
  });
});
