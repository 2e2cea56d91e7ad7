import assert from 'node:assert/strict';
import type { Case } from '../../../src/domain/cancellations/case.ts';
import type { Draft } from '../../../src/domain/drafts/draft.ts';
import { checkReminders } from '../../../src/domain/notices/check-reminders.ts';
import type { Notice, WindowNotice } from '../../../src/domain/notices/notice.ts';
import type { DraftReminder, Reminder } from '../../../src/domain/notices/reminders.ts';
import { aCase, aContent, aCustomer, aDraft, anOrder, aPerson } from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld, hourMs } from '../../support/fakes/world.ts';

const closesAt = new Date('2026-04-09T23:59:00Z');
const early = (hours: number): Date => new Date(closesAt.getTime() - hours * hourMs);

const aReminder = (overrides: Partial<Reminder> = {}): Reminder => ({
  customerId: aCustomer().id,
  customerName: aCustomer().name,
  orderId: anOrder().id,
  orderNumber: anOrder().number,
  personId: aPerson().id,
  placeId: '19:thread',
  isPrivate: false,
  closesAt,
  askedAt: early(400),
  ...overrides,
});

const windowsOf = (world: FakeWorld): (Notice & WindowNotice)[] =>
  world.written.notices.filter((notice) => notice.kind === 'window-closing');

async function at(world: FakeWorld, time: Date): Promise<string[]> {
  world.setTime(time);
  await checkReminders(world);
  return windowsOf(world).map(({ hours }) => `${hours} h`);
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

    const [notice] = windowsOf(world);
    assert.deepEqual(notice?.target, { to: 'place', id: 'a:personal' });
    const { orderNumber, personId, hours, draftId, reference, isPrivate } = notice ?? {};
    assert.deepEqual([orderNumber, personId, hours, notice?.closesAt], ['1a2b3c4d5e6f', aPerson().id, 24, closesAt]);
    assert.deepEqual([draftId, reference, isPrivate], [undefined, undefined, false]);
  });

  it('that were asked for in private are to be told in private', async () => {
    const world = createFakeWorld();
    await world.reminders.put(aReminder({ isPrivate: true }));
    await at(world, early(20));

    assert.equal(windowsOf(world)[0]?.isPrivate, true);
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

  it('come to everybody, however many windows close at the same time', async () => {
    const world = createFakeWorld();
    for (let n = 0; n < 501; n += 1) {
      const order = `order-${n}`;
      await world.reminders.put(aReminder({ orderId: order, orderNumber: order }));
    }

    assert.equal((await at(world, early(20))).length, 501);
  });

  it('come to all others where one cannot be told, and to that one once it can be', async () => {
    const base = createFakeWorld();
    let isBroken = true;
    const world: FakeWorld = {
      ...base,
      notices: {
        ...base.notices,
        async add(notices, now) {
          if (isBroken && notices.some((one) => 'orderNumber' in one && one.orderNumber === 'b'))
            throw new Error('no b');
          await base.notices.add(notices, now);
        },
      },
    };
    const told = () => windowsOf(world).map(({ orderNumber, hours }) => `${orderNumber} ${hours} h`);
    for (const order of ['a', 'b', 'c']) await world.reminders.put(aReminder({ orderId: order, orderNumber: order }));
    const closing = { orderNumber: 'd', closesAt: closesAt.toISOString(), askedAt: early(400).toISOString() };
    world.kept.set('draft-1', aDraft({ closing, data: { orderId: 'd', orderNumber: 'd' } }));

    await assert.rejects(at(world, early(168)), /no b/);
    assert.deepEqual(told(), ['a 168 h', 'c 168 h', 'd 168 h']);
    const later = new Date(closesAt.getTime() + hourMs);
    await world.reminders.put(aReminder({ orderId: 'e', orderNumber: 'e', closesAt: later }));
    await assert.rejects(at(world, early(167)), /no b/);
    assert.deepEqual(told(), ['a 168 h', 'c 168 h', 'd 168 h', 'e 168 h']);

    isBroken = false;
    await at(world, early(166));
    await at(world, early(165));
    assert.deepEqual(told(), ['a 168 h', 'c 168 h', 'd 168 h', 'e 168 h', 'b 168 h']);
    assert.deepEqual(await world.tracking.lastReminders(), early(165));
  });

  it('of drafts and of tickets to be filed by hand come to all others, whichever of them fails', async () => {
    const base = createFakeWorld();
    const world: FakeWorld = {
      ...base,
      drafts: {
        ...base.drafts,
        async get(id) {
          if (id === 'draft-a') throw new Error('no draft');
          return base.drafts.get(id);
        },
      },
    };
    for (const order of ['a', 'b']) {
      const closing = { orderNumber: order, closesAt: closesAt.toISOString(), askedAt: early(400).toISOString() };
      const id = `draft-${order}`;
      world.kept.set(id, aDraft({ id, closing, data: { orderId: order, orderNumber: order } }));
    }
    const content = aContent({ closesAt: closesAt.toISOString() });
    const reason = { kind: 'hand-over', said: [] } as const;
    const waiting = aCase({ state: 'needs_person', reason, changedAt: early(400), content });
    world.written.cases.set(waiting.reference, waiting);

    await assert.rejects(at(world, early(20)), /no draft/);

    assert.deepEqual(
      windowsOf(world).map(({ draftId, reference }) => draftId ?? reference),
      ['draft-b', waiting.reference],
    );
  });

  it('come at the times of the policy', async () => {
    const world = createFakeWorld({ policy: { reminderHours: [48] } });
    await world.reminders.put(aReminder());

    assert.deepEqual(await at(world, early(168)), []);
    assert.deepEqual(await at(world, early(47)), ['48 h']);
  });

  it('of two people about one order are two', async () => {
    const world = createFakeWorld();
    for (const personId of ['a', 'b']) await world.reminders.put(aReminder({ personId }));

    assert.deepEqual(await at(world, early(20)), ['24 h', '24 h']);
  });
});

describe('reminders, however the clock is set', () => {
  /** Hours before the window closes, sweep after sweep; the clock is ahead, and put back, again and again. */
  const walks: Readonly<Record<string, readonly number[]>> = {
    'back by an hour after each one': [170, 168, 169, 167.5, 24, 25, 23.9, 1, 2, 0.9],
    'ahead by a day, and back': [170, 146, 170, 168, 24, 0.5, 24, 1, 0.9],
    'back by a week': [170, 168, 24, 192, 168, 24, 1, 190, 1, 0.5],
    'ahead beyond the end, and back': [170, -10, 169, 168, 24, 1],
  };

  for (const [how, walk] of Object.entries(walks)) {
    it(`come at each time, and once (${how})`, async () => {
      const world = createFakeWorld();
      world.setTime(early(300));
      await world.reminders.put(aReminder({ askedAt: early(300) }));

      for (const hours of walk) await at(world, early(hours));

      assert.deepEqual(
        windowsOf(world)
          .map(({ hours }) => hours)
          .sort((a, b) => b - a),
        [168, 24, 1],
      );
    });
  }

  it('come to who asked for them while the clock was ahead, from then on', async () => {
    const world = createFakeWorld();
    await at(world, early(120));
    await world.reminders.put(aReminder({ askedAt: early(12) }));

    assert.deepEqual(await at(world, early(119)), []);
    assert.deepEqual(await at(world, early(24)), ['24 h']);
    assert.deepEqual(await at(world, early(1)), ['24 h', '1 h']);
  });

  it('come an hour, a day and a week before by the clock that all share, also where the reader’s is changed meanwhile', async () => {
    // Where the clocks of Warsaw go back, and where they go forward, in the night in which the window closes.
    for (const closing of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2027-03-28T01:30:00Z']) {
      const world = createFakeWorld();
      const ends = new Date(closing);
      const hoursBefore = (hours: number) => new Date(ends.getTime() - hours * hourMs);
      await world.reminders.put(aReminder({ closesAt: ends, askedAt: hoursBefore(300) }));
      const told: number[] = [];
      for (let minutes = 170 * 60; minutes >= 0; minutes -= 15) {
        const there = windowsOf(world).length;
        if ((await at(world, hoursBefore(minutes / 60))).length > there) told.push(minutes / 60);
      }

      assert.deepEqual(told, [168, 24, 1], closing);
    }
  });
});

describe('reminders of a cancellation that is still a draft', () => {
  const aCancelDraft = (overrides: Partial<Draft> = {}): Draft =>
    aDraft({
      flow: 'cancel',
      step: 'how',
      data: { orderId: anOrder().id, orderNumber: anOrder().number, customerName: aCustomer().name },
      ...overrides,
    });

  function change({ kept }: FakeWorld, draft: Partial<Draft>): void {
    kept.set('draft-1', aCancelDraft({ closing: kept.get('draft-1')?.closing, ...draft }));
  }

  async function begun(
    draft: Partial<Draft> = {},
    reminder: Partial<DraftReminder> = {},
    world = createFakeWorld(),
  ): Promise<FakeWorld> {
    const { orderNumber, askedAt } = { orderNumber: anOrder().number, askedAt: early(400), ...reminder };
    const closing = { orderNumber, closesAt: closesAt.toISOString(), askedAt: askedAt.toISOString() };
    change(world, { closing, ...draft });
    return world;
  }
  const targets = (world: FakeWorld) => world.written.notices.map(({ target }) => target);

  it('come 7 days, 1 day and 1 hour before the window closes, each once, and end with it', async () => {
    const world = await begun();

    assert.deepEqual(await at(world, early(168.01)), []);
    assert.deepEqual(await at(world, early(168)), ['168 h']);
    assert.deepEqual(await at(world, early(100)), ['168 h']);
    assert.deepEqual(await at(world, early(24)), ['168 h', '24 h']);
    assert.deepEqual(await at(world, early(1)), ['168 h', '24 h', '1 h']);
    assert.deepEqual(await at(world, early(0.9)), ['168 h', '24 h', '1 h']);
    assert.deepEqual(await at(world, early(-1)), ['168 h', '24 h', '1 h']);
  });

  it('are not sent for a time before it was begun, and those that were missed come once', async () => {
    const late = await begun({}, { askedAt: early(100) });
    assert.deepEqual(await at(late, early(99)), []);

    assert.deepEqual(await at(await begun(), early(0.5)), ['1 h']);
    assert.deepEqual(await at(await begun(), early(0)), []);
  });

  it('are one when the sweep runs twice at once', async () => {
    const world = await begun();
    world.setTime(early(24));

    await Promise.all([checkReminders(world), checkReminders(world)]);

    assert.equal(world.written.notices.length, 1);
  });

  it('go to whoever owns it now, where it is now, once for each time', async () => {
    const world = await begun();
    await at(world, early(168));
    const bert = aPerson({ id: 'bert', name: 'Bert Lis' });
    const there = { ownerId: bert.id, ownerName: bert.name, place: { id: 'a:bert', kind: 'personal' } } as const;
    change(world, there);
    assert.deepEqual(await at(world, early(160)), ['168 h']);
    await at(world, early(24));

    assert.deepEqual(targets(world), [
      { to: 'place', id: '19:thread' },
      { to: 'place', id: 'a:bert' },
    ]);
    assert.deepEqual(
      windowsOf(world).map(({ personId }) => personId),
      [aPerson().id, 'bert'],
    );
  });

  const ends: Readonly<Record<string, (world: FakeWorld) => Promise<unknown> | unknown>> = {
    discarded: (world) => change(world, { settled: { content: {}, summary: 'Discarded' } }),
    expired: ({ kept }) => kept.delete('draft-1'),
    'written by an older version': (world) => change(world, { version: 0 }),
    'about another order by now': (world) => change(world, { data: { orderId: 'another', orderNumber: 'other' } }),
    'submitted, although the process died before it could say so': async (world) => {
      change(world, { step: 'review', submissionId: 'submission-1' });
      world.written.cases.set('SD-7K2M9Q', aCase({ state: 'refused', submissionId: 'submission-1' }));
    },
    'overtaken by another case of the order': ({ written }) =>
      written.cases.set('SD-7K2M9Q', aCase({ state: 'needs_person', submissionId: 'of somebody else' })),
    'overtaken by a case that has cancelled the order': ({ written }) =>
      written.cases.set('SD-7K2M9Q', aCase({ state: 'completed', submissionId: 'of somebody else' })),
  };
  for (const [end, bringAbout] of Object.entries(ends)) {
    it(`do not come once it is ${end}`, async () => {
      const world = await begun();
      await bringAbout(world);

      assert.deepEqual(await at(world, early(20)), []);
      assert.deepEqual(await at(world, early(0.5)), []);
    });
  }

  it('come again when the case that was in the way was refused, or was about other lines', async () => {
    for (const overrides of [
      { state: 'refused' } as const,
      { state: 'completed', content: aContent({ wholeOrder: false }) } as const,
    ]) {
      const world = await begun();
      world.written.cases.set('SD-7K2M9Q', aCase({ state: 'filed', submissionId: 'of somebody else' }));
      assert.deepEqual(await at(world, early(168)), []);

      world.written.cases.set('SD-7K2M9Q', aCase({ submissionId: 'of somebody else', ...overrides }));

      assert.deepEqual(await at(world, early(24)), ['24 h']);
    }
  });

  it('are left out where the same person asked for one in the same place', async () => {
    const world = await begun();
    await world.reminders.put(aReminder());
    await at(world, early(20));
    assert.equal(world.written.notices.length, 1);

    const elsewhere = await begun();
    await elsewhere.reminders.put(aReminder({ placeId: 'a:personal' }));
    await at(elsewhere, early(20));
    assert.deepEqual(
      targets(elsewhere).map(({ id }) => id),
      ['a:personal', '19:thread'],
    );
  });
});

describe('reminders of a ticket that is still to be filed by hand', () => {
  const handedOver = (overrides: Partial<Case> = {}, world = createFakeWorld()): FakeWorld => {
    const reason = { kind: 'hand-over', said: [] } as const;
    const waiting = { state: 'needs_person', reason, changedAt: early(400) } as const;
    const content = aContent({ closesAt: closesAt.toISOString() });
    world.written.cases.set('SD-7K2M9Q', aCase({ ...waiting, content, ...overrides }));
    return world;
  };

  it('come 7 days, 1 day and 1 hour before the window closes, each once, and end with it', async () => {
    const world = handedOver();

    assert.deepEqual(await at(world, early(168.01)), []);
    assert.deepEqual(await at(world, early(168)), ['168 h']);
    assert.deepEqual(await at(world, early(24)), ['168 h', '24 h']);
    assert.deepEqual(await at(world, early(0.5)), ['168 h', '24 h', '1 h']);
    assert.deepEqual(await at(world, early(-1)), ['168 h', '24 h', '1 h']);
    assert.deepEqual(
      world.written.notices.map(({ target }) => target),
      Array.from({ length: 3 }, () => ({ to: 'place', id: '19:thread' })),
    );
    assert.equal(windowsOf(world)[0]?.reference, 'SD-7K2M9Q');
  });

  it('do not come for a case that has gone on, or whose window was closed when it was submitted', async () => {
    const gone = [{ state: 'filed', reason: undefined }, { state: 'refused' }, { content: aContent() }] as const;
    for (const overrides of gone) assert.deepEqual(await at(handedOver(overrides), early(20)), []);
  });

  it('are left out where the same person asked for one in the same place', async () => {
    const world = handedOver();
    await world.reminders.put(aReminder());

    assert.deepEqual(await at(world, early(20)), ['24 h']);
  });
});
