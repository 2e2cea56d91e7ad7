import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Attempt, AttemptOutcome, Step } from '../../../src/domain/work/attempts.ts';
import { eachDatabase } from '../../support/databases.ts';
import { at, minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

const aStep = (change: Partial<Step> = {}): Step => ({
  of: 'case',
  id: randomUUID(),
  round: 0,
  name: 'cancel-order',
  ...change,
});

eachRecord('attempts', (kept) => {
  const open = (step: Step): Promise<Attempt> => kept().records.attempts.open(step, at);
  const end = (attempt: Attempt, outcome: AttemptOutcome): Promise<void> =>
    kept().records.attempts.end({ attempt, outcome }, minutesLater(1));

  it('have a request id from the start', async () => {
    const step = aStep();

    const attempt = await open(step);

    assert.deepEqual(attempt, { step, number: 1, requestId: attempt.requestId });
    assert.match(attempt.requestId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('are the same request for as long as they are not answered, in every process', async () => {
    const step = aStep();
    const first = await open(step);

    assert.deepEqual(await open(step), first);
    assert.deepEqual(await kept().other.attempts.open(step, minutesLater(5)), first);
  });

  it('are one, however many open the same one at once', async () => {
    const { records, other } = kept();
    const step = aStep();

    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? records : other).attempts.open(step, at)),
    );

    assert.deepEqual([...new Set(opened.map(({ number }) => number))], [1]);
    assert.equal(new Set(opened.map(({ requestId }) => requestId)).size, 1);
  });

  it('are another request after a conflict', async () => {
    const step = aStep();
    const first = await open(step);
    await end(first, 'conflict');

    const second = await open(step);
    await end(second, 'conflict');
    const third = await open(step);

    assert.deepEqual([second.number, second.outcome, third.number], [2, undefined, 3]);
    assert.equal(new Set([first, second, third].map(({ requestId }) => requestId)).size, 3);
    assert.deepEqual(await open(step), third);
  });

  for (const outcome of ['done', 'declined', 'use-subscription'] as const) {
    it(`are read and not repeated once they were answered (${outcome})`, async () => {
      const step = aStep();
      const first = await open(step);
      await end(first, outcome);

      assert.deepEqual(await open(step), { ...first, outcome });
    });
  }

  it('keep their first answer', async () => {
    const step = aStep();
    const first = await open(step);
    await end(first, 'done');
    await end(first, 'conflict');

    assert.equal((await open(step)).outcome, 'done');
  });

  it('begin anew when a person takes the case up again, whatever was answered before', async () => {
    const step = aStep();
    const first = await open(step);
    await end(first, 'done');

    const again = await open({ ...step, round: 1 });

    assert.deepEqual([again.number, again.outcome], [1, undefined]);
    assert.notEqual(again.requestId, first.requestId);
  });

  it('are counted for each step of each order and case', async () => {
    const step = aStep();
    const others: Step[] = [
      { ...step, of: 'order' },
      { ...step, id: randomUUID() },
      { ...step, name: 'cancel-subscription:a' },
      { ...step, name: 'cancel-subscription:b' },
    ];
    await end(await open(step), 'conflict');
    await open(step);

    const opened = await Promise.all(others.map(open));

    assert.deepEqual(
      opened.map(({ number }) => number),
      [1, 1, 1, 1],
    );
    assert.equal(new Set(opened.map(({ requestId }) => requestId)).size, 4);
  });
});

eachDatabase('attempts', (database) => {
  it('tell when they began, how often they were sent, and when they were answered', async () => {
    const { storage, query } = database();
    const step = aStep();
    const attempt = await storage.attempts.open(step, at);
    await storage.attempts.open(step, minutesLater(1));
    await storage.attempts.end({ attempt, outcome: 'declined' }, minutesLater(2));
    await storage.attempts.open(step, minutesLater(3));

    const rows = await query(
      'select begun_at, sent, ended_at, outcome from software_desk.attempts where subject_id = $1',
      [step.id],
    );

    assert.deepEqual(rows, [{ begun_at: at, sent: 2, ended_at: minutesLater(2), outcome: 'declined' }]);
  });
});
