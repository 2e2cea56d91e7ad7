import assert from 'node:assert/strict';
import type { Case } from '../../../src/domain/cancellations/case.ts';
import type { CaseReason } from '../../../src/domain/cancellations/case-reason.ts';
import { checkCases, checkCasesOf } from '../../../src/domain/cancellations/check-cases.ts';
import type { Notice } from '../../../src/domain/notices/notice.ts';
import { createCallBudget } from '../../../src/domain/work/call-budget.ts';
import {
  aCase,
  aContent,
  aLine,
  anOrder,
  aSubscriptionLine,
  aTicket,
  outside,
  startAt,
} from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../support/fakes/world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Cases 1, 2, … of orders 1, 2, …, all looked at just now. */
function watching(...cases: Partial<Case>[]): FakeWorld {
  const world = createFakeWorld();
  cases.forEach((overrides, index) => {
    const n = index + 1;
    const content = aContent({ orderId: `order-${n}`, orderNumber: `number-${n}`, ...overrides.content });
    const found = aCase({
      reference: `SD-${n}`,
      submissionId: `s-${n}`,
      state: 'filed',
      ending: 'ticket',
      checkedAt: startAt,
      ...overrides,
      content,
    });
    world.written.cases.set(found.reference, found);
    world.partnerCenter.orders.push(
      anOrder({
        id: content.orderId,
        number: content.orderNumber,
        customerId: content.customerId,
        lines: [aLine(), aLine({ number: 1 })],
      }),
    );
  });
  return world;
}

const of = (n: number, customerId: string) => ({
  content: aContent({ orderId: `order-${n}`, orderNumber: `number-${n}`, customerId }),
});

function cancel(world: FakeWorld, orderId: string): void {
  world.partnerCenter.orders = world.partnerCenter.orders.map((order) =>
    order.id === orderId ? { ...order, status: 'cancelled' } : order,
  );
}

function changed(world: FakeWorld, orderId: string): void {
  world.partnerCenter.changes.push({ customerId: 'c', orderId, at: world.clock.now() });
}

/** One sweep, with as many calls as there are seconds between two. */
const sweep = (world: FakeWorld, seconds = 60): Promise<void> => checkCases(world, createCallBudget(seconds));

const read = (world: FakeWorld): string[] =>
  world.partnerCenter.calls.filter((call) => call.startsWith('order ')).map((call) => call.slice(6));
const states = (world: FakeWorld): string[] => [...world.written.cases.values()].map(({ state }) => state);
const reasonOf = (world: FakeWorld, reference: string): CaseReason | undefined =>
  world.written.cases.get(reference)?.reason;

/** `SD-1, 2 after 8 days`: the second time that the case needs a person, told again. */
function aboutOf(notice: Notice): string {
  if (!('reference' in notice)) return '';
  const { time = 1, days }: { time?: number; days?: number } = notice.kind === 'case-needs-person' ? notice : {};
  return `${notice.reference}${time > 1 ? `, ${time}` : ''}${days ? ` after ${days} days` : ''}`;
}

const handedOver = { state: 'needs_person', timesWaiting: 1, reason: { kind: 'hand-over', said: [] } } as const;

describe('the sweep over open cases', () => {
  it('asks for no case while there is nothing to watch, and seldom for what was bought elsewhere', async () => {
    const world = watching({ state: 'completed' }, { state: 'refused' }, { state: 'submitted' }, { state: 'filing' });

    for (let minutes = 0; minutes < 10; minutes += 1) {
      await sweep(world);
      world.pass(minute);
    }
    // The newest records, and once those of the last months.
    assert.deepEqual(world.partnerCenter.calls, ['changes order', 'changes order']);
    await sweep(world);

    assert.equal(world.partnerCenter.calls.length, 3);
  });

  it('reads the orders that changed before all others', async () => {
    const world = watching(...Array.from({ length: 20 }, () => ({})));
    world.pass(minute);
    changed(world, 'order-17');

    await sweep(world, 5);

    assert.equal(read(world)[0], 'order-17');
    assert.equal(read(world).length, 3);
  });

  it('looks at a few cases in every sweep, whatever is told', async () => {
    const world = watching({}, { checkedAt: undefined });

    for (const times of [1, 2, 3]) {
      await sweep(world);
      world.pass(minute);
      assert.deepEqual(read(world).length, 2 * times);
    }
  });

  it('looks at many cases in turn, within its calls', async () => {
    const world = watching(...Array.from({ length: 100 }, (_, n) => of(n + 1, `customer-${n}`)));

    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      const before = world.partnerCenter.calls.length;
      await sweep(world);
      assert.ok(world.partnerCenter.calls.length - before <= 60);
      world.pass(minute);
    }

    assert.equal(new Set(read(world).slice(0, 100)).size, 100);
  });

  it('takes off what the sweep before has overspent', async () => {
    // Orders that are not there cost two calls each.
    const world = watching(...Array.from({ length: 500 }, (_, n) => of(n + 1, `customer-${n}`)));
    world.partnerCenter.orders = [];
    const calls = createCallBudget(60);

    for (let sweeps = 0; sweeps < 10; sweeps += 1) {
      await checkCases(world, calls);
      world.pass(minute);
    }

    assert.ok(
      read(world).length * 2 + world.partnerCenter.count('changes') <= 600 + 10,
      `${read(world).length} orders`,
    );
  });

  it('notices what changed among many open cases within two intervals', async () => {
    const world = watching(...Array.from({ length: 2000 }, (_, n) => of(n + 1, `customer-${n}`)));
    const calls = createCallBudget(60);
    await checkCases(world, calls);
    for (const n of [500, 1500, 1999]) {
      cancel(world, `order-${n}`);
      changed(world, `order-${n}`);
    }

    world.pass(minute);
    await checkCases(world, calls);

    assert.equal(states(world).filter((state) => state === 'completed').length, 3);
  });

  it('does not read an order again and again because of one old change', async () => {
    const world = watching(...Array.from({ length: 200 }, (_, n) => of(n + 1, `customer-${n}`)));
    changed(world, 'order-1');
    for (let minutes = 0; minutes < 40; minutes += 1) {
      await sweep(world, 10);
      world.pass(minute);
    }

    // With growing pauses while the change may still show, and then in its turn.
    const times = read(world).filter((id) => id === 'order-1').length;
    assert.ok(times >= 4 && times <= 12, `read ${times} times`);
  });

  it('notices a change that shows later than it is told', async () => {
    const world = watching(...Array.from({ length: 200 }, (_, n) => of(n + 1, `customer-${n}`)));
    changed(world, 'order-1');
    await sweep(world, 10);
    cancel(world, 'order-1');
    world.pass(2 * minute);

    await sweep(world, 10);

    assert.equal(states(world)[0], 'completed');
  });

  for (const [what, told] of [
    ['its id in other letters', { orderId: 'ORDER-1' }],
    ['its short number', { orderId: 'another form', number: 'Number-1' }],
    ['a subscription of it', { subscriptionIds: ['AAAAAAAA-1111-4111-8111-0000000000AA'] }],
  ] as const) {
    it(`knows an order that changed by ${what}`, async () => {
      const world = watching(...Array.from({ length: 200 }, (_, n) => of(n + 1, `customer-${n}`)));
      await world.knownOrders.remember('customer-0', [
        anOrder({ id: 'order-1', number: 'number-1', lines: [aSubscriptionLine()] }),
      ]);
      await sweep(world, 10);
      world.partnerCenter.changes.push({ customerId: 'c', at: world.clock.now(), ...told });
      cancel(world, 'order-1');
      for (const _ of [1, 2]) {
        world.pass(minute);
        await sweep(world, 10);
      }

      assert.equal(states(world)[0], 'completed');
    });
  }

  it('asks for what happened since the last time, and a while before', async () => {
    const world = watching({ createdAt: new Date('2025-01-01T00:00:00Z') });
    const asked: Date[] = [];
    const { orderRecords } = world.changes;
    world.changes.orderRecords = (about, range) => {
      if (!range.lastDay) asked.push(range.since);
      return orderRecords(about, range);
    };
    await sweep(world);
    asked.length = 0;
    world.pass(minute);

    await sweep(world);

    assert.ok(asked.length > 0 && asked.every((since) => startAt.getTime() - since.getTime() <= hour));
  });

  it('lists the orders of a customer of whom it looks at many, and reads one by one what is not in the list', async () => {
    const world = watching({}, {}, {}, {}, {});
    world.partnerCenter.orders = world.partnerCenter.orders.map((order) => ({ ...order, status: 'cancelled' }));
    const { orders } = world.ordering;
    world.ordering.orders = async (customerId) => (await orders(customerId)).slice(1);

    await sweep(world);

    assert.equal(world.partnerCenter.count('orders'), 1);
    assert.deepEqual(read(world), ['order-1']);
    assert.deepEqual(states(world), Array(5).fill('completed'));
  });

  it('is not held up by a case whose order is never to be had, and asks for that less and less', async () => {
    const world = watching(...Array.from({ length: 30 }, (_, n) => of(n + 1, `customer-${n}`)));
    world.partnerCenter.fail('order order-1', outside('unexpected'), { times: 1000 });

    for (let minutes = 0; minutes < 120; minutes += 1) {
      await sweep(world).catch(() => undefined);
      world.pass(minute);
    }

    const times = (id: string) => read(world).filter((one) => one === id).length;
    assert.ok(times('order-1') <= 8, `${times('order-1')} times`);
    assert.equal(times('order-2'), 120);
    changed(world, 'order-1');
    const before = times('order-1');
    await sweep(world);
    assert.equal(times('order-1'), before, 'nor is it asked for because it has changed');
  });

  it('reads a case that failed as often as others once it has been read', async () => {
    const world = watching(of(1, 'customer-1'));
    world.partnerCenter.fail('order order-1', outside('unexpected'), { times: 3 });

    for (let minutes = 0; minutes < 20; minutes += 1) {
      await sweep(world).catch(() => undefined);
      world.pass(minute);
    }

    // At 0, 1 and 3 minutes in vain, at 7 and from then on each time.
    assert.equal(read(world).length, 3 + 13);
  });

  it('takes no case for broken while Partner Center asks to wait, and asks no more', async () => {
    const world = watching(...Array.from({ length: 30 }, (_, n) => of(n + 1, `customer-${n}`)));
    world.partnerCenter.fail('order', outside('throttled'));
    await assert.rejects(sweep(world), { kind: 'throttled' });
    assert.ok(read(world).length <= 4);

    await sweep(world);

    assert.equal(new Set(read(world)).size, 30);
  });

  it('stops where everything fails, and goes on with the others the next time', async () => {
    const world = watching(...Array.from({ length: 30 }, (_, n) => of(n + 1, `customer-${n}`)));
    world.partnerCenter.fail('order', outside('unreachable'), { times: 1000 });

    await assert.rejects(sweep(world), { kind: 'unreachable' });
    const asked = read(world);
    await assert.rejects(sweep(world), { kind: 'unreachable' });

    assert.ok(asked.length <= 12);
    assert.ok(
      !read(world)
        .slice(asked.length)
        .some((id) => asked.includes(id)),
    );
  });

  it('completes a case whose order is cancelled, with two notices, once', async () => {
    const world = watching({}, {});
    world.pass(minute);
    cancel(world, 'order-1');
    changed(world, 'order-1');

    await Promise.all([sweep(world), sweep(world)]);
    await sweep(world);

    assert.deepEqual(states(world), ['completed', 'filed']);
    assert.deepEqual(
      world.written.notices.map((notice) => [notice.kind, aboutOf(notice), notice.target.to]),
      [
        ['case-completed', 'SD-1', 'place'],
        ['case-completed', 'SD-1', 'person'],
      ],
    );
    assert.ok(world.redrawn.includes('case SD-1'));
    assert.deepEqual(world.written.events.filter(({ to }) => to === 'completed').length, 1);
  });

  it('completes a case about a line when that line has no quantity left, not before', async () => {
    const world = watching({ content: aContent({ orderId: 'order-1', wholeOrder: false, lineNumbers: [1] }) });
    const [order] = world.partnerCenter.orders;
    assert.ok(order);
    world.partnerCenter.orders = [{ ...order, lines: [aLine({ quantity: 0 }), aLine({ number: 1 })] }];
    changed(world, 'order-1');
    await sweep(world);
    assert.deepEqual(states(world), ['filed']);

    world.partnerCenter.orders = [{ ...order, lines: [aLine(), aLine({ number: 1, quantity: 0 })] }];
    await sweep(world);
    assert.deepEqual(states(world), ['completed']);
  });

  it('completes a case that waited for a person, with two notices, when the order is cancelled after all', async () => {
    const world = watching(handedOver);
    cancel(world, 'order-1');
    world.pass(10 * minute);

    await sweep(world);

    assert.deepEqual(states(world), ['completed']);
    assert.deepEqual(
      world.written.notices.map((notice) => `${notice.kind} ${aboutOf(notice)} ${notice.target.to}`),
      ['case-completed SD-1 place', 'case-completed SD-1 person'],
    );
  });

  it('goes on with the others when one fails, and tells of the failure at the end', async () => {
    const world = watching({}, {}, {});
    world.pass(10 * minute);
    for (const n of [1, 2, 3]) cancel(world, `order-${n}`);
    world.partnerCenter.fail('order order-2', outside('unreachable'));

    await assert.rejects(sweep(world), { kind: 'unreachable' });

    assert.deepEqual(states(world), ['completed', 'filed', 'completed']);
  });

  for (const operation of ['changes', 'listTickets', 'ticket'] as const) {
    it(`still takes its slow look when "${operation}" fails, and tells of the failure at the end`, async () => {
      const world = watching({ ticketId: '1' });
      world.pass(10 * minute);
      cancel(world, 'order-1');
      world.partnerCenter.fail(operation, outside('forbidden'), { times: 5 });

      await assert.rejects(sweep(world), { kind: 'forbidden' });

      assert.deepEqual(states(world), ['completed']);
    });
  }

  it('does not fail for ever because of a ticket that is not to be had', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '2' });
    world.partnerCenter.tickets = [
      aTicket({ id: '2', status: 'closed', closedAt: new Date(startAt.getTime() - hour) }),
    ];
    world.partnerCenter.fail('ticket 1', outside('declined'));

    await assert.rejects(sweep(world), { kind: 'declined' });

    assert.deepEqual(states(world), ['filed', 'needs_person']);
  });
});

describe('a ticket of an open case', () => {
  it('that is listed as open is not asked for on its own', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '2' });
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'open' }), aTicket({ id: '2', status: 'none' })];

    for (const seconds of [60, 5, 5, 5]) await sweep(world, seconds);

    assert.equal(world.partnerCenter.count('ticket'), 0);
  });

  for (const [what, status] of [
    ['is closed', 'closed'],
    ['waits for an answer', 'attention_needed'],
  ] as const) {
    it(`that ${what} is noticed at once among many others`, async () => {
      const world = watching(
        ...Array.from({ length: 300 }, (_, n) => ({ ticketId: String(n + 1), ...of(n + 1, `customer-${n}`) })),
      );
      const all = world.written.cases.size;
      world.partnerCenter.tickets = Array.from({ length: all }, (_, n) =>
        aTicket({ id: String(n + 1), status: 'open' }),
      );
      await sweep(world);
      const closedAt = new Date(startAt.getTime() - hour);
      world.partnerCenter.tickets = world.partnerCenter.tickets.map((one) =>
        one.id === '222' ? { ...one, status, closedAt } : one,
      );
      world.pass(minute);

      await sweep(world);

      assert.equal(world.written.cases.get('SD-222')?.state, 'needs_person');
    });
  }

  it('is asked for where there are too many to list them all', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '1001' });
    world.partnerCenter.tickets = Array.from({ length: 1001 }, (_, n) =>
      aTicket({ id: String(n + 1), status: 'open' }),
    );
    await sweep(world);
    assert.deepEqual(
      world.partnerCenter.calls.filter((call) => call.startsWith('ticket ')),
      ['ticket 1001'],
    );
    const closedAt = new Date(startAt.getTime() - hour);
    world.partnerCenter.tickets = world.partnerCenter.tickets.map((one) =>
      one.id === '1001' ? { ...one, status: 'closed', closedAt } : one,
    );

    await sweep(world);

    assert.deepEqual(states(world), ['filed', 'needs_person']);
  });

  it('that is not asked about, when no case has one', async () => {
    const world = watching({});
    await sweep(world);

    assert.equal(world.partnerCenter.count('listTickets'), 0);
  });

  it('that was closed without a cancellation needs a person, after the time in which it may still show', async () => {
    const world = watching({ ticketId: '1' });
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'closed', closedAt: startAt })];

    world.pass(15 * minute);
    await sweep(world);
    assert.deepEqual(states(world), ['filed']);
    world.pass(1);
    await sweep(world);

    assert.deepEqual(states(world), ['needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-closed' });
    assert.deepEqual(
      world.written.notices.map(({ kind, target }) => `${kind} ${target.to}`),
      ['case-needs-person place', 'case-needs-person person'],
    );
  });

  it('that was closed with the cancellation completes the case at once', async () => {
    const world = watching({ ticketId: '1' });
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'closed', closedAt: startAt })];
    cancel(world, 'order-1');

    await sweep(world);

    assert.deepEqual(states(world), ['completed']);
  });

  it('that needs an answer needs a person, with Microsoft’s last note', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '2' });
    world.partnerCenter.tickets = [
      aTicket({ id: '1', status: 'attention_needed', lastNote: 'Which licence?' }),
      aTicket({ id: '2', status: 'attention_needed' }),
    ];

    await sweep(world);

    assert.deepEqual(states(world), ['needs_person', 'needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-asks', said: 'Which licence?' });
    assert.deepEqual(reasonOf(world, 'SD-2'), { kind: 'ticket-asks' });
  });

  it('that needs an answer is read where the list does not tell the note', async () => {
    const world = watching({ ticketId: '1' });
    const ticket = aTicket({ id: '1', status: 'attention_needed', lastNote: 'Which licence?' });
    world.partnerCenter.tickets = [ticket];
    const { listFirst } = world.tickets;
    world.tickets.listFirst = async (status, maxPages) => {
      const listed = await listFirst(status, maxPages);
      return { ...listed, tickets: listed.tickets.map(({ lastNote: _, ...one }) => one) };
    };

    await sweep(world);

    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-asks', said: 'Which licence?' });
  });

  it('is told once, and then is only seen in the lists until the slow look', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '2' });
    world.partnerCenter.tickets = [
      aTicket({ id: '1', status: 'attention_needed' }),
      aTicket({ id: '2', status: 'closed', closedAt: new Date(startAt.getTime() - hour) }),
    ];
    await sweep(world);
    const before = world.partnerCenter.calls.length;
    for (let n = 0; n < 9; n += 1) {
      world.pass(minute);
      await sweep(world);
    }

    assert.equal(world.written.notices.length, 4);
    assert.deepEqual(
      world.partnerCenter.calls.slice(before).filter((call) => !/^(changes|listTickets)/.test(call)),
      [],
    );
  });

  for (const status of ['open', 'none'] as const) {
    it(`that no longer waits for an answer (${status}) is Microsoft’s again, and so is its case`, async () => {
      const world = watching({
        state: 'needs_person',
        ticketId: '1',
        reason: { kind: 'ticket-asks', said: 'Which licence?' },
      });
      world.partnerCenter.tickets = [aTicket({ id: '1', status })];
      world.pass(10 * minute);

      await Promise.all([sweep(world), sweep(world)]);

      const { state, reason } = world.written.cases.get('SD-1') ?? {};
      assert.deepEqual([state, reason], ['filed', undefined]);
      const event = { reference: 'SD-1', from: 'needs_person', to: 'filed', at: world.clock.now() };
      assert.deepEqual(world.written.events, [{ ...event, change: { kind: 'ticket-answered', ticketId: '1' } }]);
      assert.ok(world.redrawn.includes('case SD-1'));
      assert.deepEqual(world.written.notices, []);
    });
  }

  it('that still waits for an answer, or stays closed, leaves its case to the person', async () => {
    const world = watching(
      { state: 'needs_person', ticketId: '1' },
      { state: 'needs_person', ticketId: '2' },
      { state: 'needs_person', ticketId: '3' },
      { state: 'needs_person' },
    );
    world.partnerCenter.tickets = [
      aTicket({ id: '1', status: 'attention_needed' }),
      aTicket({ id: '2', status: 'closed', closedAt: startAt }),
      aTicket({ id: '3', status: 'unknown' }),
    ];
    world.pass(10 * minute);

    await sweep(world);

    assert.deepEqual(states(world), Array(4).fill('needs_person'));
    assert.deepEqual(world.written.events, []);
  });

  it('that asks again after it was answered is told again', async () => {
    const world = watching({ ticketId: '1' });
    const asks = (lastNote: string) => {
      world.partnerCenter.tickets = [aTicket({ id: '1', status: 'attention_needed', lastNote })];
    };
    const told = () => world.written.notices.map((notice) => `${aboutOf(notice)} ${notice.target.to}`);
    asks('Which licence?');
    await sweep(world);
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'open' })];
    world.pass(10 * minute);
    await sweep(world);
    assert.deepEqual(states(world), ['filed']);

    asks('Which server?');
    await Promise.all([sweep(world), sweep(world)]);

    assert.deepEqual(states(world), ['needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-asks', said: 'Which server?' });
    assert.deepEqual(told(), ['SD-1 place', 'SD-1 person', 'SD-1, 2 place', 'SD-1, 2 person']);
  });

  it('that was answered and then closed without a cancellation is told again, once', async () => {
    const world = watching({ ticketId: '1' });
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'attention_needed', lastNote: 'Which licence?' })];
    await sweep(world);
    world.pass(minute);
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'closed', closedAt: world.clock.now() })];

    for (let looks = 0; looks < 12; looks += 1) {
      world.pass(10 * minute);
      await sweep(world);
    }

    assert.deepEqual(states(world), ['needs_person']);
    assert.equal(reasonOf(world, 'SD-1')?.kind, 'ticket-closed');
    assert.equal(world.written.notices.length, 4);
    assert.deepEqual(
      world.written.events.map(({ to }) => to),
      ['needs_person', 'filed', 'needs_person'],
    );
  });

  it('that is answered and then cancelled is followed to its completion', async () => {
    const world = watching({ ticketId: '1' });
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'attention_needed' })];
    await sweep(world);
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'open' })];
    world.pass(10 * minute);
    await sweep(world);

    world.pass(minute);
    cancel(world, 'order-1');
    changed(world, 'order-1');
    await sweep(world);

    assert.deepEqual(states(world), ['completed']);
    assert.equal(world.written.notices.filter(({ kind }) => kind === 'case-completed').length, 2);
  });

  it('of a case that needs a person does not keep the order from being looked at when it is not to be had', async () => {
    const world = watching({ state: 'needs_person', ticketId: '1' }, { state: 'needs_person', ticketId: '2' });
    world.partnerCenter.fail('ticket 1', outside('declined'));
    world.partnerCenter.fail('ticket 2', outside('declined'));
    cancel(world, 'order-2');
    world.pass(10 * minute);

    await assert.rejects(sweep(world), { kind: 'declined' });

    assert.deepEqual(states(world), ['needs_person', 'completed']);
  });

  it('that was closed without a cancellation says why, in Microsoft’s words', async () => {
    const world = watching({ ticketId: '1' });
    const closedAt = new Date(startAt.getTime() - hour);
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'closed', closedAt, lastNote: 'Refund denied' })];

    await sweep(world);

    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-closed', said: 'Refund denied' });
  });

  it('that nobody knows yet leaves the case as it is', async () => {
    const world = watching({ ticketId: '999' });
    await sweep(world);

    assert.deepEqual(states(world), ['filed']);
  });

  it('that Partner Center does not show for an hour needs a person, who is told once', async () => {
    const world = watching({ ticketId: '999' });
    world.pass(hour);
    await sweep(world);
    assert.deepEqual(states(world), ['filed']);

    for (let looks = 0; looks < 20; looks += 1) {
      world.pass(minute);
      await sweep(world);
    }

    assert.deepEqual(states(world), ['needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-unseen', ticketId: '999' });
    assert.deepEqual(
      world.written.notices.map(({ kind, target }) => `${kind} ${target.to}`),
      ['case-needs-person place', 'case-needs-person person'],
    );
  });

  it('that cannot be asked for at all is not said to be unknown', async () => {
    for (const operation of ['ticket', 'listTickets']) {
      const world = watching({ ticketId: '999' });
      world.pass(2 * hour);
      world.partnerCenter.fail(operation, outside('forbidden'), { times: 3 });

      await assert.rejects(sweep(world), { kind: 'forbidden' });

      assert.deepEqual(states(world), ['filed']);
    }
  });

  it('is not judged by what was seen before its number was corrected', async () => {
    const world = watching({ ticketId: '1' });
    world.partnerCenter.tickets = [aTicket({ id: '1', status: 'attention_needed' })];
    const { listFirst } = world.tickets;
    world.tickets.listFirst = async (status, maxPages) => {
      const found = await listFirst(status, maxPages);
      const before = world.written.cases.get('SD-1');
      if (before) world.written.cases.set('SD-1', { ...before, ticketId: '2' });
      return found;
    };
    world.partnerCenter.tickets.push(aTicket({ id: '2', status: 'open' }));

    await sweep(world);

    assert.deepEqual(states(world), ['filed']);
  });
});

describe('a ticket that was filed in the portal, its number forgotten', () => {
  const ours = { description: 'Order ID: 1a2b3c4d5e6f\n\nOur reference: SD-1' };

  for (const status of ['open', 'none', 'attention_needed'] as const) {
    it(`is known by our reference and followed (${status})`, async () => {
      const world = watching(handedOver);
      world.partnerCenter.tickets = [aTicket({ id: '7', status: 'open' }), aTicket({ id: '42', status, ...ours })];
      world.pass(10 * minute);

      await Promise.all([sweep(world), sweep(world)]);

      const { state, ticketId, reason } = world.written.cases.get('SD-1') ?? {};
      assert.deepEqual([state, ticketId, reason], ['filed', '42', undefined]);
      assert.deepEqual(
        world.written.events.map(({ by, change }) => [by, change]),
        [[undefined, { kind: 'ticket-found', ticketId: '42' }]],
      );
      assert.ok(world.redrawn.includes('case SD-1'));
      assert.deepEqual(world.written.notices, []);
    });
  }

  it('is not looked for more often than the case, and at once where the lists are fetched anyway', async () => {
    const world = watching(handedOver);
    await sweep(world);
    assert.equal(world.partnerCenter.count('listTickets'), 3);
    world.pass(9 * minute);
    await sweep(world);
    assert.equal(world.partnerCenter.count('listTickets'), 3);

    const other = watching(handedOver, { ticketId: '1' });
    other.partnerCenter.tickets = [aTicket({ id: '42', ...ours }), aTicket({ id: '1' })];
    await sweep(other);
    assert.deepEqual(states(other), ['filed', 'filed']);
  });

  it('is found by what it says where lists do not show that, and by its title without reading it', async () => {
    for (const [title, reads] of [
      ['Please refund', 2],
      ['Refund of an order [SD-1]', 0],
    ] as const) {
      const world = watching(handedOver);
      world.partnerCenter.hidesTexts = true;
      world.partnerCenter.tickets = [
        aTicket({ id: '7', title: 'Something else' }),
        aTicket({ id: '8', title: 'Refund [SD-OTHER2]' }),
        aTicket({ id: '42', ...ours, title }),
      ];
      world.pass(10 * minute);

      await sweep(world);

      assert.deepEqual([states(world), world.written.cases.get('SD-1')?.ticketId], [['filed'], '42']);
      assert.equal(world.partnerCenter.count('readTicket'), reads);
    }
  });

  it('is no failure where Partner Center shows us no tickets', async () => {
    const world = watching(handedOver);
    world.partnerCenter.fail('listTickets', outside('forbidden'), { times: 3 });
    world.pass(10 * minute);

    await sweep(world);

    assert.deepEqual(states(world), ['needs_person']);
  });

  it('is left to the case that follows it by its number, and an ordinary one is not mistaken for it', async () => {
    const world = watching(handedOver, { ticketId: '42' }, handedOver);
    world.partnerCenter.tickets = [aTicket({ id: '42', ...ours }), aTicket({ id: '43', description: 'as in SD-3' })];
    world.pass(10 * minute);

    await sweep(world);

    assert.deepEqual(states(world), ['needs_person', 'filed', 'needs_person']);
  });
});

describe('a case that waits for a person', () => {
  const told = (world: FakeWorld): string[] => [...new Set(world.written.notices.map(aboutOf))];
  async function live(world: FakeWorld, days: number): Promise<void> {
    for (let hours = 0; hours < days * 24; hours += 1) {
      world.pass(hour);
      await sweep(world);
    }
  }

  it('is told of again after a day, and then every week', async () => {
    const world = watching(handedOver);

    world.pass(23 * hour);
    await sweep(world);
    assert.deepEqual(told(world), []);
    await live(world, 22);

    assert.deepEqual(told(world), [
      'SD-1 after 1 days',
      'SD-1 after 8 days',
      'SD-1 after 15 days',
      'SD-1 after 22 days',
    ]);
    assert.deepEqual(
      world.written.notices.slice(0, 2).map(({ kind, target }) => `${kind} ${target.to}`),
      ['case-needs-person place', 'case-needs-person person'],
    );
    assert.equal(world.written.notices.length, 8);
  });

  it('is told of also when its order is not to be had', async () => {
    const world = watching({ state: 'needs_person' });
    world.partnerCenter.fail('order', outside('forbidden'));
    world.pass(day);

    await assert.rejects(sweep(world), { kind: 'forbidden' });

    assert.deepEqual(told(world), ['SD-1 after 1 days']);
  });

  it('is not told of any more once it has gone on, and waits anew when it comes back', async () => {
    const world = watching({ ticketId: '1' });
    const ticket = (status: 'open' | 'attention_needed') => {
      world.partnerCenter.tickets = [aTicket({ id: '1', status })];
    };
    ticket('attention_needed');
    await live(world, 2);
    assert.deepEqual(told(world), ['SD-1', 'SD-1 after 1 days']);

    ticket('open');
    await live(world, 10);
    assert.deepEqual(told(world), ['SD-1', 'SD-1 after 1 days']);

    ticket('attention_needed');
    await live(world, 2);
    assert.deepEqual(told(world), ['SD-1', 'SD-1 after 1 days', 'SD-1, 2', 'SD-1, 2 after 1 days']);
  });
});

describe('a cancellation that Partner Center accepted', () => {
  it('is given a day to show, then a person is told', async () => {
    const reason = { kind: 'accepted' } as const;
    const world = watching({ state: 'cancelling', ending: 'cancel-now', reason, changedAt: startAt });

    world.pass(24 * hour);
    await sweep(world);
    assert.deepEqual(states(world), ['cancelling']);
    world.pass(10 * minute);
    await sweep(world);

    assert.deepEqual(states(world), ['needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'overdue' });
  });

  it('is not said to be accepted where it was never answered: its job goes on', async () => {
    const world = watching({ state: 'cancelling', ending: 'cancel-now', changedAt: startAt });

    world.pass(25 * hour);
    await sweep(world);

    assert.deepEqual(states(world), ['cancelling']);
  });
});

describe('a customer where something is said to have changed', () => {
  it('has its open cases looked at, and nobody else’s', async () => {
    const world = watching(of(1, aContent().customerId), of(2, 'another'));

    await checkCasesOf(world, aContent().customerId.toUpperCase());

    assert.deepEqual(read(world), ['order-1']);
  });

  it('has its case looked at however many others are open', async () => {
    const others = Array.from({ length: 250 }, (_, n) => of(n + 1, 'another'));
    const world = watching(...others, of(251, aContent().customerId));

    await checkCasesOf(world, aContent().customerId);

    assert.deepEqual(read(world), ['order-251']);
  });

  it('has to be looked at again where somebody else works on one of the cases', async () => {
    const world = watching({}, {});
    for (const n of [1, 2]) cancel(world, `order-${n}`);

    await world.leases.hold('case:SD-1', 0, () =>
      assert.rejects(checkCasesOf(world, aContent().customerId), /SD-1 is being worked on elsewhere/),
    );

    assert.deepEqual(states(world), ['filed', 'completed']);
  });

  it('has all of them looked at, also when one fails', async () => {
    const world = watching({}, {});
    for (const n of [1, 2]) cancel(world, `order-${n}`);
    world.partnerCenter.fail('order order-1', outside('unreachable'));

    await assert.rejects(checkCasesOf(world, aContent().customerId), { kind: 'unreachable' });

    assert.deepEqual(states(world), ['filed', 'completed']);
  });
});
