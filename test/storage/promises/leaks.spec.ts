import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Refusal } from '../../../src/domain/errors.ts';
import type { Leak } from '../../../src/domain/leaks/leak.ts';
import type { LeakNotice, NewNotice } from '../../../src/domain/notices/notice.ts';
import { aLeak } from '../../support/fakes/samples.ts';
import { aKeyReveal, anOrder, minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

const newLeak = (overrides: Partial<Leak> = {}): Leak =>
  aLeak({
    ...{ reference: `LK-${randomUUID()}`, customerId: randomUUID(), orderId: randomUUID() },
    reportedAt: minutesLater(1),
    ...overrides,
  });
const lifted = { by: { id: 'p-2', name: 'Bert Lis' }, at: minutesLater(5), reason: 'A new key has come.' };
const noticeOf = (reference: string, step: LeakNotice['step'] = 'reported'): NewNotice => ({
  kind: 'leak-told',
  reference,
  step,
  target: { to: 'person', id: 'p-2' },
});
const isLeaked = (error: unknown): boolean => error instanceof Refusal && error.code === 'leak-reported';

eachRecord('leaks', (kept) => {
  const noticesOf = async (reference: string, step: LeakNotice['step'] = 'reported') =>
    (await kept().records.notices.due(10_000)).filter(
      (one) => one.kind === 'leak-told' && one.reference === reference && one.step === step,
    );

  it('are reported once for an order, whoever is first, and told once', async () => {
    const { records, other } = kept();
    const leak = newLeak({ remark: 'On a forum.' });
    const second = { ...leak, reference: `LK-${randomUUID()}` };

    const answers = await Promise.all([
      records.leaks.report(leak, [noticeOf(leak.reference)]),
      other.leaks.report(second, [noticeOf(second.reference)]),
    ]);

    const first = answers.find(({ isNew }) => isNew)?.leak ?? assert.fail('nobody was first');
    assert.deepEqual(answers.map(({ isNew }) => isNew).toSorted(), [false, true]);
    assert.deepEqual(
      answers.map((answer) => answer.leak.reference),
      [first.reference, first.reference],
    );
    assert.deepEqual(await other.leaks.get(first.reference), first);
    assert.deepEqual(await other.leaks.openOf(leak.orderId), first);
    assert.ok((await other.leaks.open(1000)).some(({ reference }) => reference === first.reference));
    const told = [...(await noticesOf(leak.reference)), ...(await noticesOf(second.reference))];
    assert.equal(told.length, 1);
  });

  it('refuse each look at the order until they are lifted, and none at another', async () => {
    const { records, other } = kept();
    const leak = newLeak();
    const look = aKeyReveal({ orderId: leak.orderId });
    await records.keyReveals.add([look]);
    await records.knownOrders.remember(leak.customerId, [anOrder({ id: leak.orderId, customerId: leak.customerId })]);
    await records.leaks.report(leak, []);

    await assert.rejects(other.keyReveals.add([look]), (error) => {
      assert.ok(error instanceof Refusal);
      const { reference, orderNumber: order, reporter, reportedAt: at, customerId, customerName, orderId } = leak;
      const told = { reference, order, by: reporter.name, at, customerId, customerName, orderId };
      assert.deepEqual([error.code, error.facts], ['leak-reported', told]);
      return true;
    });
    assert.equal((await other.keyReveals.before('p-1', leak.orderId)).leak?.reference, leak.reference);
    assert.equal((await other.customerRecords.find(leak.orderId, 'p-1'))?.leak?.reference, leak.reference);
    await other.keyReveals.add([aKeyReveal()]);
    assert.equal((await records.keyReveals.ofOrder(leak.orderId)).length, 1);

    assert.equal(await records.leaks.lift(leak.reference, lifted, []), true);
    await other.keyReveals.add([look]);
    assert.equal((await other.keyReveals.before('p-1', leak.orderId)).leak, undefined);
  });

  it('are lifted once, in whichever process, with the notices; the order can be reported again', async () => {
    const { records, other } = kept();
    const leak = newLeak();
    await records.leaks.report(leak, []);

    const answers = await Promise.all([
      records.leaks.lift(leak.reference, lifted, [noticeOf(leak.reference, 'lifted')]),
      other.leaks.lift(leak.reference, { ...lifted, reason: 'Another reason.' }, [noticeOf(leak.reference, 'lifted')]),
    ]);

    assert.deepEqual(answers.toSorted(), [false, true]);
    assert.ok((await other.leaks.get(leak.reference))?.lifted);
    assert.equal(await other.leaks.openOf(leak.orderId), undefined);
    assert.equal((await noticesOf(leak.reference, 'lifted')).length, 1);
    assert.equal((await other.leaks.report({ ...leak, reference: `LK-${randomUUID()}` }, [])).isNew, true);
  });

  it('leave no look between the report and its list', async () => {
    const { records, other } = kept();
    const leak = newLeak();
    const look = aKeyReveal({ orderId: leak.orderId });

    const [, ...looks] = await Promise.allSettled([
      records.leaks.report(leak, []).then(async () => {
        const listed = await records.keyReveals.ofOrder(leak.orderId);
        return listed.length;
      }),
      ...Array.from({ length: 8 }, () => other.keyReveals.add([look])),
    ]);

    const shown = looks.filter(({ status }) => status === 'fulfilled').length;
    for (const one of looks) if (one.status === 'rejected') assert.ok(isLeaked(one.reason), String(one.reason));
    assert.equal((await records.keyReveals.ofOrder(leak.orderId)).length, shown);
  });

  it('stand in the audit log of the customer and the order: reported, and lifted', async () => {
    const { records, other } = kept();
    const leak = newLeak({ remark: 'On a forum.' });
    await records.leaks.report(leak, []);
    await records.leaks.lift(leak.reference, lifted, []);

    for (const about of [{ customerId: leak.customerId }, { orderId: leak.orderId }]) {
      const entries = await other.audit.entries(about, undefined, 10);
      assert.deepEqual(
        entries.map((one) => one.kind === 'leak' && [one.step, one.who, one.at, one.leaked, one.text, one.reference]),
        [
          ['lifted', 'Bert Lis', lifted.at, 'key', 'A new key has come.', leak.reference],
          ['reported', leak.reporter.name, leak.reportedAt, 'key', 'On a forum.', leak.reference],
        ],
      );
      const [newest] = entries;
      assert.ok(newest);
      assert.equal((await other.audit.entries(about, newest.cursor, 10)).length, 2);
    }
  });
});
