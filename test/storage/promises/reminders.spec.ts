import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { checkReminders } from '../../../src/domain/notices/check-reminders.ts';
import { pagesOf } from '../../../src/domain/notices/pages.ts';
import type { Reminder } from '../../../src/domain/notices/reminders.ts';
import { createFakeWorld, hourMs } from '../../support/fakes/world.ts';
import { aReminder, at, minutesLater } from '../records.ts';
import { eachRecord, type Ports } from './each-record.ts';

eachRecord('reminders', (kept) => {
  async function openFor(orderId: string, now = at): Promise<Reminder[]> {
    const pages = pagesOf<Reminder>((past) => kept().other.reminders.closing(now, minutesLater(100_000), past));
    return (await Array.fromAsync(pages)).flat().filter((reminder) => reminder.orderId === orderId);
  }

  it('are open until the window closes', async () => {
    const reminder = aReminder({ closesAt: minutesLater(60) });
    await kept().records.reminders.put(reminder);

    assert.deepEqual(await openFor(reminder.orderId, minutesLater(59)), [reminder]);
    assert.deepEqual(await openFor(reminder.orderId, minutesLater(60)), []);
  });

  it('exist once per person and order; asking again changes the place', async () => {
    const { reminders } = kept().records;
    const first = aReminder();
    const moved = { ...first, placeId: 'elsewhere', closesAt: minutesLater(90) };
    const colleague = { ...first, personId: 'p-2' };

    await reminders.put(first);
    await reminders.put(moved);
    await reminders.put(colleague);

    assert.deepEqual(await openFor(first.orderId), [colleague, moved]);
  });

  it('are all there that close in time, page after page, and none that close later', async () => {
    const { reminders } = kept().records;
    const many = Array.from({ length: 600 }, () => aReminder({ closesAt: minutesLater(5_000) }));
    for (const reminder of many) await reminders.put(reminder);
    const later = aReminder({ closesAt: minutesLater(5_001) });
    await reminders.put(later);

    const { closing } = kept().other.reminders;
    const pages = await Array.fromAsync(
      pagesOf<Reminder>((past) => closing(minutesLater(4_999), minutesLater(5_000), past)),
    );

    assert.deepEqual(
      pages.map(({ length }) => length),
      [500, 100],
    );
    const found = pages.flat().map(({ orderId }) => orderId);
    assert.deepEqual(found.sort(), many.map(({ orderId }) => orderId).sort());
  });

  it('come soonest first', async () => {
    const later = aReminder({ closesAt: minutesLater(30) });
    const sooner = aReminder({ closesAt: minutesLater(20) });
    await kept().records.reminders.put(later);
    await kept().records.reminders.put(sooner);

    const ids = (await kept().records.reminders.closing(at, minutesLater(100_000))).map((reminder) => reminder.orderId);

    assert.ok(ids.indexOf(sooner.orderId) < ids.indexOf(later.orderId));
  });

  it('of one person are that person’s alone, soonest first and at most so many', async () => {
    const { reminders } = kept().records;
    const [later, sooner, past] = [90, 80, 70].map((minutes) =>
      aReminder({ personId: 'p-of-three', closesAt: minutesLater(minutes) }),
    );
    for (const one of [later, sooner, past, aReminder({ closesAt: minutesLater(85) })])
      if (one) await reminders.put(one);
    const find = (limit: number) => reminders.closingFor('p-of-three', minutesLater(75), minutesLater(100), limit);

    assert.deepEqual(await find(10), [sooner, later]);
    assert.deepEqual(await find(1), [sooner]);
  });

  it('go with their order', async () => {
    const reminder = aReminder();
    await kept().records.reminders.put(reminder);

    await kept().records.reminders.removeForOrder(reminder.orderId);

    assert.deepEqual(await openFor(reminder.orderId), []);
  });

  it('are owed once, with one job each, to whoever sweeps, in two processes whose clocks are apart', async () => {
    const { records, other, jobsFor } = kept();
    const closesAt = new Date('2031-05-01T12:00:00Z');
    const orders = Array.from({ length: 5 }, () => `due-${randomUUID()}`);
    for (const orderNumber of orders)
      await records.reminders.put(aReminder({ orderId: orderNumber, orderNumber, closesAt, askedAt: at }));
    const worldOf = ({ reminders, drafts, cases, notices, tracking }: Ports) =>
      createFakeWorld({ reminders, drafts, cases, notices, tracking });
    const [one, second] = [worldOf(records), worldOf(other)];

    for (const hours of [169, 168, 167, 168.5, 24, 30, 23.9, 1, 0.9]) {
      const now = new Date(closesAt.getTime() - hours * hourMs);
      one.setTime(now);
      second.setTime(new Date(now.getTime() + 20 * 60_000));
      await Promise.all([one, second, one].map(checkReminders));
      second.setTime(new Date(now.getTime() - 20 * 60_000));
      await Promise.all([second, one, second].map(checkReminders));
    }

    const owed = (await records.notices.due(10_000)).flatMap((notice) =>
      notice.kind === 'window-closing' && orders.includes(notice.orderNumber) ? [notice] : [],
    );
    assert.deepEqual(
      owed.map(({ orderNumber, hours }) => `${orderNumber} ${hours}`).sort(),
      orders.flatMap((order) => [168, 24, 1].map((hours) => `${order} ${hours}`)).sort(),
    );
    for (const { id } of owed) assert.equal(await jobsFor('send-notice', id), 1);
  });

  it('are of no use to whoever keeps the order, and what was decided stays written down', async () => {
    const { reminders } = kept().records;
    const reminder = aReminder({ orderNumber: 'kept by one' });
    const colleague = { ...reminder, personId: 'p-2' };
    await reminders.put(reminder);
    await reminders.put(colleague);
    const { customerId, customerName, orderId, orderNumber, personId, closesAt } = reminder;
    const about = { customerId, customerName, orderId, orderNumber, personId, closesAt, personName: 'Ada Nowak' };
    const waited = { ...about, choice: 'last-day', at } as const;
    const ended = { ...about, choice: 'keep', at: minutesLater(1) } as const;

    await reminders.decide(waited);
    assert.deepEqual(await reminders.of(personId, orderNumber), reminder);
    await reminders.decide(ended);
    await reminders.decide({ ...waited, personId: 'p-2' });

    const { other } = kept();
    assert.equal(await other.reminders.of(personId, orderNumber), undefined);
    assert.deepEqual(await openFor(orderId), [colleague]);
    const decisions = await other.reminders.decisions([orderNumber, 'another']);
    assert.deepEqual(
      decisions.toSorted((one, two) => one.personId.localeCompare(two.personId)),
      [ended, { ...waited, personId: 'p-2' }].toSorted((one, two) => one.personId.localeCompare(two.personId)),
    );
    assert.deepEqual(await other.reminders.decisions([]), []);
  });

  it('are decided once, of two presses at the same moment too, until they are asked for anew', async () => {
    const { reminders } = kept().records;
    const reminder = aReminder({ orderNumber: 'pressed twice' });
    await reminders.put(reminder);
    const { customerId, customerName, orderId, orderNumber, personId, closesAt } = reminder;
    const about = { customerId, customerName, orderId, orderNumber, personId, closesAt, personName: 'Ada Nowak' };
    const decide = (choice: 'keep' | 'last-day', minutes: number) =>
      kept().records.reminders.decide({ ...about, choice, at: minutesLater(minutes) });
    const lastAt = async () => (await kept().other.reminders.decisions([orderNumber])).map(({ at: when }) => when);

    await Promise.all([decide('last-day', 1), decide('last-day', 1)]);
    await decide('last-day', 2);
    assert.deepEqual(await lastAt(), [minutesLater(1)]);
    await decide('keep', 3);
    await decide('keep', 4);
    assert.deepEqual(await lastAt(), [minutesLater(3)]);
    await reminders.put({ ...reminder, askedAt: minutesLater(5) });
    await decide('keep', 6);
    assert.deepEqual(await lastAt(), [minutesLater(6)]);
  });
});
