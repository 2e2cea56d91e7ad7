import assert from 'node:assert/strict';
import { checkReminders, readReminderSubject, reminderSubject } from '../../src/domain/check-reminders.ts';
import type { Reminder } from '../../src/domain/notice.ts';
import { aCustomer, anOrder, aPerson } from '../fakes/samples.ts';
import { createFakeWorld, type FakeWorld, hourMs } from '../fakes/world.ts';

const closesAt = new Date('2026-04-09T23:59:00Z');
const early = (hours: number): Date => new Date(closesAt.getTime() - hours * hourMs);

const aReminder = (overrides: Partial<Reminder> = {}): Reminder => ({
  customerId: aCustomer().id,
  customerName: aCustomer().name,
  orderId: anOrder().id,
  orderNumber: anOrder().number,
  personId: aPerson().id,
  placeId: '19:thread',
  closesAt,
  askedAt: early(400),
  ...overrides,
});

async function at(world: FakeWorld, time: Date): Promise<string[]> {
  world.setTime(time);
  await checkReminders(world);
  return world.written.notices.map(({ subject }) => `${subject.split('|')[2]} h`);
}

describe('reminders', () => {
  it('come 7 days, 1 day and 1 hour before the window closes, each once', async () => {
    const world = createFakeWorld();
    await world.reminders.put(aReminder());

    assert.deepEqual(await at(world, early(168.01)), []);
    assert.deepEqual(await at(world, early(168)), ['168 h']);
    assert.deepEqual(await at(world, early(100)), ['168 h']);
    assert.deepEqual(await at(world, early(24)), ['168 h', '24 h']);
    assert.deepEqual(await at(world, early(23.9)), ['168 h', '24 h']);
    assert.deepEqual(await at(world, early(1)), ['168 h', '24 h', '1 h']);
    assert.deepEqual(await at(world, early(0)), ['168 h', '24 h', '1 h']);
  });

  it('go to the place where they were asked for', async () => {
    const world = createFakeWorld();
    await world.reminders.put(aReminder({ placeId: 'a:personal' }));
    await at(world, early(20));

    const [notice] = world.written.notices;
    assert.deepEqual([notice?.kind, notice?.target], ['window-closing', { to: 'place', id: 'a:personal' }]);
    assert.deepEqual(readReminderSubject(notice?.subject ?? ''), { orderNumber: '1a2b3c4d5e6f', closesAt });
  });

  it('that were missed while nobody looked come once, as the latest', async () => {
    const world = createFakeWorld();
    await world.reminders.put(aReminder());

    assert.deepEqual(await at(world, early(0.5)), ['1 h']);
  });

  it('are not sent for a time before they were asked for', async () => {
    const world = createFakeWorld();
    await world.reminders.put(aReminder({ askedAt: early(100) }));

    assert.deepEqual(await at(world, early(99)), []);
    assert.deepEqual(await at(world, early(24)), ['24 h']);
  });

  it('end with the window', async () => {
    const world = createFakeWorld();
    await world.reminders.put(aReminder());

    assert.deepEqual(await at(world, new Date(closesAt.getTime() + 1)), []);
  });

  it('come at the times of the policy', async () => {
    const world = createFakeWorld({ policy: { reminderHours: [48] } });
    await world.reminders.put(aReminder());

    assert.deepEqual(await at(world, early(168)), []);
    assert.deepEqual(await at(world, early(47)), ['48 h']);
  });

  it('of two people about one order are two', () => {
    const subjects = ['a', 'b'].map((personId) => reminderSubject(aReminder({ personId }), 24));

    assert.notEqual(subjects[0], subjects[1]);
  });
});
