import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { NewNotice, Notice } from '../../src/domain/notices/notice.ts';
import { eachDatabase } from '../support/databases.ts';
import { at, minutesLater } from './records.ts';

function notices(subject: string): NewNotice[] {
  return [
    { kind: 'order-placed', subject, target: { to: 'place', id: 'place-1' } },
    { kind: 'order-placed', subject, target: { to: 'person', id: 'p-1' } },
  ];
}

eachDatabase('notices', (database) => {
  async function due(subject: string): Promise<Notice[]> {
    return (await database().storage.notices.due(1000)).filter((notice) => notice.subject === subject);
  }

  async function added(): Promise<Notice> {
    const subject = randomUUID();
    await database().storage.notices.add(notices(subject).slice(0, 1), at);
    const [notice] = await due(subject);
    assert.ok(notice);
    return notice;
  }

  it('are due from the start', async () => {
    const notice = await added();

    const target = { to: 'place', id: 'place-1' };
    const expected = {
      id: notice.id,
      kind: 'order-placed',
      subject: notice.subject,
      target,
      state: 'due',
      attempts: 0,
    };
    assert.deepEqual(notice, { ...expected, createdAt: at });
    assert.deepEqual(await database().other.notices.get(notice.id), notice);
  });

  it('exist once per kind, subject and target, with one job each, however often they are added', async () => {
    const { storage, other, query } = database();
    const subject = randomUUID();

    const times = Array.from({ length: 10 }, (_, index) =>
      index % 2 ? storage.notices.add(notices(subject), at) : other.notices.add(notices(subject).reverse(), at),
    );
    await Promise.all(times);

    const ids = (await due(subject)).map((notice) => notice.id);
    assert.equal(ids.length, 2);
    const jobs = `select id from software_desk_jobs.job where name = 'send-notice' and data ->> 'noticeId' = any($1)`;
    assert.equal((await query(jobs, [ids])).length, 2);
  });

  it('are not told again after they were sent', async () => {
    const { storage } = database();
    const { id, subject } = await added();
    await storage.notices.settle(id, 'sent');

    await storage.notices.add(notices(subject).slice(0, 1), minutesLater(5));

    assert.deepEqual(await due(subject), []);
    assert.equal((await storage.notices.get(id))?.state, 'sent');
  });

  it('are settled once', async () => {
    const { storage, other } = database();
    const { id } = await added();

    const settled = await Promise.all([
      storage.notices.settle(id, 'sent'),
      other.notices.settle(id, 'unsure'),
      storage.notices.settle(id, 'escalated'),
    ]);

    assert.equal(settled.filter((isSettled) => isSettled).length, 1);
  });

  it('count their failed tries', async () => {
    const { notices } = database().storage;
    const { id } = await added();

    assert.equal(await notices.failed(id), 1);
    assert.equal(await notices.failed(id), 2);
    assert.equal((await notices.get(id))?.attempts, 2);
  });
});
