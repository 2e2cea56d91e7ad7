import assert from 'node:assert/strict';
import type { Case } from '../../../src/domain/cancellations/case.ts';
import type { CaseReason } from '../../../src/domain/cancellations/case-reason.ts';
import { checkCases, checkCasesOf } from '../../../src/domain/cancellations/check-cases.ts';
import type { Notice } from '../../../src/domain/notices/notice.ts';
import { aCase, aContent, aLine, anOrder, aTicket, outside, startAt } from '../../support/fakes/samples.ts';
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
    world.shop.orders.push(
      anOrder({ id: content.orderId, number: content.orderNumber, lines: [aLine(), aLine({ number: 1 })] }),
    );
  });
  return world;
}

function cancel(world: FakeWorld, orderId: string): void {
  world.shop.orders = world.shop.orders.map((order) =>
    order.id === orderId ? { ...order, status: 'cancelled' } : order,
  );
}

function changed(world: FakeWorld, orderId: string): void {
  world.shop.changes.push({ customerId: 'c', orderId, at: world.clock.now() });
}

const read = (world: FakeWorld): string[] =>
  world.shop.calls.filter((call) => call.startsWith('order ')).map((call) => call.slice(6));
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
  it('asks nothing while there is nothing to watch', async () => {
    const world = watching({ state: 'completed' }, { state: 'refused' }, { state: 'submitted' }, { state: 'filing' });

    await checkCases(world);

    assert.deepEqual(world.shop.calls, []);
  });

  it('reads only the orders that changed', async () => {
    const world = watching({}, {}, {});
    world.pass(minute);
    changed(world, 'order-2');

    await checkCases(world);

    assert.deepEqual(read(world), ['order-2']);
  });

  it('does not read an order again and again because of one old change', async () => {
    const world = watching({});
    changed(world, 'order-1');
    for (let minutes = 0; minutes < 120; minutes += 1) {
      world.pass(minute);
      await checkCases(world);
    }

    // A quarter of an hour in which the change may still show, then the slow look.
    assert.ok(read(world).length <= 16 + 11, `read ${read(world).length} times in two hours`);
  });

  it('notices a change that Partner Center’s log tells late', async () => {
    const world = watching({});
    changed(world, 'order-1');
    world.pass(2 * minute);
    await world.cases.recordLook('SD-1', world.clock.now());
    cancel(world, 'order-1');

    await checkCases(world);

    assert.deepEqual(states(world), ['completed']);
  });

  it('looks at each case every ten minutes all the same, and at one that was never looked at', async () => {
    const world = watching({}, { checkedAt: undefined });

    await checkCases(world);
    assert.deepEqual(read(world), ['order-2']);
    world.pass(9 * minute);
    await checkCases(world);
    assert.deepEqual(read(world), ['order-2']);
    world.pass(minute);
    await checkCases(world);
    assert.deepEqual(read(world), ['order-2', 'order-1', 'order-2']);
  });

  it('asks for the changes since the last look, not since the oldest case', async () => {
    const world = watching({ createdAt: new Date('2025-01-01T00:00:00Z') });
    const asked: Date[] = [];
    world.changes.ordersChangedSince = async (since) => {
      asked.push(since);
      return [];
    };

    await checkCases(world);

    assert.ok(asked[0] && startAt.getTime() - asked[0].getTime() <= hour);
  });

  it('completes a case whose order is cancelled, with two notices, once', async () => {
    const world = watching({}, {});
    world.pass(minute);
    cancel(world, 'order-1');
    changed(world, 'order-1');

    await Promise.all([checkCases(world), checkCases(world)]);
    await checkCases(world);

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
    const [order] = world.shop.orders;
    assert.ok(order);
    world.shop.orders = [{ ...order, lines: [aLine({ quantity: 0 }), aLine({ number: 1 })] }];
    changed(world, 'order-1');
    await checkCases(world);
    assert.deepEqual(states(world), ['filed']);

    world.shop.orders = [{ ...order, lines: [aLine(), aLine({ number: 1, quantity: 0 })] }];
    await checkCases(world);
    assert.deepEqual(states(world), ['completed']);
  });

  it('completes a case that waited for a person, with two notices, when the order is cancelled after all', async () => {
    const world = watching(handedOver);
    cancel(world, 'order-1');
    world.pass(10 * minute);

    await checkCases(world);

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
    world.shop.fail('order order-2', outside('unreachable'));

    await assert.rejects(checkCases(world), { kind: 'unreachable' });

    assert.deepEqual(states(world), ['completed', 'filed', 'completed']);
  });

  for (const operation of ['changes', 'listTickets', 'ticket'] as const) {
    it(`still takes its slow look when "${operation}" fails, and tells of the failure at the end`, async () => {
      const world = watching({ ticketId: '1' });
      world.pass(10 * minute);
      cancel(world, 'order-1');
      world.shop.fail(operation, outside('forbidden'), { times: 5 });

      await assert.rejects(checkCases(world), { kind: 'forbidden' });

      assert.deepEqual(states(world), ['completed']);
    });
  }

  it('does not fail for ever because of a ticket that is not to be had', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '2' });
    world.shop.tickets = [aTicket({ id: '2', status: 'closed', closedAt: new Date(startAt.getTime() - hour) })];
    world.shop.fail('ticket 1', outside('declined'));

    await assert.rejects(checkCases(world), { kind: 'declined' });

    assert.deepEqual(states(world), ['filed', 'needs_person']);
  });
});

describe('a ticket of an open case', () => {
  it('that is open is no reason to read the order', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '2' });
    world.shop.tickets = [aTicket({ id: '1', status: 'open' }), aTicket({ id: '2', status: 'none' })];

    await checkCases(world);

    assert.deepEqual(read(world), []);
    assert.equal(world.shop.count('ticket'), 0);
  });

  it('that is not asked about, when no case has one', async () => {
    const world = watching({});
    await checkCases(world);

    assert.equal(world.shop.count('listTickets'), 0);
  });

  it('that was closed without a cancellation needs a person, after the time in which it may still show', async () => {
    const world = watching({ ticketId: '1' });
    world.shop.tickets = [aTicket({ id: '1', status: 'closed', closedAt: startAt })];

    world.pass(15 * minute);
    await checkCases(world);
    assert.deepEqual(states(world), ['filed']);
    world.pass(1);
    await checkCases(world);

    assert.deepEqual(states(world), ['needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-closed' });
    assert.deepEqual(
      world.written.notices.map(({ kind, target }) => `${kind} ${target.to}`),
      ['case-needs-person place', 'case-needs-person person'],
    );
  });

  it('that was closed with the cancellation completes the case at once', async () => {
    const world = watching({ ticketId: '1' });
    world.shop.tickets = [aTicket({ id: '1', status: 'closed', closedAt: startAt })];
    cancel(world, 'order-1');

    await checkCases(world);

    assert.deepEqual(states(world), ['completed']);
  });

  it('that needs an answer needs a person, with Microsoft’s last note', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '2' });
    world.shop.tickets = [
      aTicket({ id: '1', status: 'attention_needed', lastNote: 'Which licence?' }),
      aTicket({ id: '2', status: 'attention_needed' }),
    ];

    await checkCases(world);

    assert.deepEqual(states(world), ['needs_person', 'needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-asks', said: 'Which licence?' });
    assert.deepEqual(reasonOf(world, 'SD-2'), { kind: 'ticket-asks' });
  });

  it('is told once, and then costs no more calls than the slow look', async () => {
    const world = watching({ ticketId: '1' }, { ticketId: '2' });
    world.shop.tickets = [
      aTicket({ id: '1', status: 'attention_needed' }),
      aTicket({ id: '2', status: 'closed', closedAt: new Date(startAt.getTime() - hour) }),
    ];
    await checkCases(world);
    const before = world.shop.calls.length;
    for (let n = 0; n < 9; n += 1) {
      world.pass(minute);
      await checkCases(world);
    }

    assert.equal(world.written.notices.length, 4);
    assert.deepEqual(
      world.shop.calls.slice(before).filter((call) => !call.startsWith('changes')),
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
      world.shop.tickets = [aTicket({ id: '1', status })];
      world.pass(10 * minute);

      await Promise.all([checkCases(world), checkCases(world)]);

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
    world.shop.tickets = [
      aTicket({ id: '1', status: 'attention_needed' }),
      aTicket({ id: '2', status: 'closed', closedAt: startAt }),
      aTicket({ id: '3', status: 'unknown' }),
    ];
    world.pass(10 * minute);

    await checkCases(world);

    assert.deepEqual(states(world), Array(4).fill('needs_person'));
    assert.deepEqual(world.written.events, []);
  });

  it('that asks again after it was answered is told again', async () => {
    const world = watching({ ticketId: '1' });
    const asks = (lastNote: string) => {
      world.shop.tickets = [aTicket({ id: '1', status: 'attention_needed', lastNote })];
    };
    const told = () => world.written.notices.map((notice) => `${aboutOf(notice)} ${notice.target.to}`);
    asks('Which licence?');
    await checkCases(world);
    world.shop.tickets = [aTicket({ id: '1', status: 'open' })];
    world.pass(10 * minute);
    await checkCases(world);
    assert.deepEqual(states(world), ['filed']);

    asks('Which server?');
    await Promise.all([checkCases(world), checkCases(world)]);

    assert.deepEqual(states(world), ['needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-asks', said: 'Which server?' });
    assert.deepEqual(told(), ['SD-1 place', 'SD-1 person', 'SD-1, 2 place', 'SD-1, 2 person']);
  });

  it('that was answered and then closed without a cancellation is told again, once', async () => {
    const world = watching({ ticketId: '1' });
    world.shop.tickets = [aTicket({ id: '1', status: 'attention_needed', lastNote: 'Which licence?' })];
    await checkCases(world);
    world.pass(minute);
    world.shop.tickets = [aTicket({ id: '1', status: 'closed', closedAt: world.clock.now() })];

    for (let looks = 0; looks < 12; looks += 1) {
      world.pass(10 * minute);
      await checkCases(world);
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
    world.shop.tickets = [aTicket({ id: '1', status: 'attention_needed' })];
    await checkCases(world);
    world.shop.tickets = [aTicket({ id: '1', status: 'open' })];
    world.pass(10 * minute);
    await checkCases(world);

    world.pass(minute);
    cancel(world, 'order-1');
    changed(world, 'order-1');
    await checkCases(world);

    assert.deepEqual(states(world), ['completed']);
    assert.equal(world.written.notices.filter(({ kind }) => kind === 'case-completed').length, 2);
  });

  it('of a case that needs a person does not keep the order from being looked at when it is not to be had', async () => {
    const world = watching({ state: 'needs_person', ticketId: '1' }, { state: 'needs_person', ticketId: '2' });
    world.shop.fail('ticket 1', outside('declined'));
    world.shop.fail('ticket 2', outside('declined'));
    cancel(world, 'order-2');
    world.pass(10 * minute);

    await assert.rejects(checkCases(world), { kind: 'declined' });

    assert.deepEqual(states(world), ['needs_person', 'completed']);
  });

  it('that was closed without a cancellation says why, in Microsoft’s words', async () => {
    const world = watching({ ticketId: '1' });
    const closedAt = new Date(startAt.getTime() - hour);
    world.shop.tickets = [aTicket({ id: '1', status: 'closed', closedAt, lastNote: 'Refund denied' })];

    await checkCases(world);

    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'ticket-closed', said: 'Refund denied' });
  });

  it('that nobody knows yet leaves the case to the slow look', async () => {
    const world = watching({ ticketId: '999' });
    await checkCases(world);

    assert.deepEqual(states(world), ['filed']);
    assert.deepEqual(read(world), []);
  });

  it('that Partner Center does not show for an hour needs a person, who is told once', async () => {
    const world = watching({ ticketId: '999' });
    world.pass(hour);
    await checkCases(world);
    assert.deepEqual(states(world), ['filed']);

    for (let looks = 0; looks < 20; looks += 1) {
      world.pass(minute);
      await checkCases(world);
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
      world.shop.fail(operation, outside('forbidden'), { times: 3 });

      await assert.rejects(checkCases(world), { kind: 'forbidden' });

      assert.deepEqual(states(world), ['filed']);
    }
  });

  it('is not judged by what was seen before its number was corrected', async () => {
    const world = watching({ ticketId: '1' });
    world.shop.tickets = [aTicket({ id: '1', status: 'attention_needed' })];
    const { list } = world.tickets;
    world.tickets.list = async (status) => {
      const found = await list(status);
      const before = world.written.cases.get('SD-1');
      if (before) world.written.cases.set('SD-1', { ...before, ticketId: '2' });
      return found;
    };

    await checkCases(world);

    assert.deepEqual(states(world), ['filed']);
  });
});

describe('a ticket that was filed in the portal, its number forgotten', () => {
  const ours = { description: 'Order ID: 1a2b3c4d5e6f\n\nOur reference: SD-1' };

  for (const status of ['open', 'none', 'attention_needed'] as const) {
    it(`is known by our reference and followed (${status})`, async () => {
      const world = watching(handedOver);
      world.shop.tickets = [aTicket({ id: '7', status: 'open' }), aTicket({ id: '42', status, ...ours })];
      world.pass(10 * minute);

      await Promise.all([checkCases(world), checkCases(world)]);

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
    world.shop.tickets = [aTicket({ id: '42', ...ours })];
    await checkCases(world);
    assert.equal(world.shop.count('listTickets'), 0);

    const other = watching(handedOver, { ticketId: '1' });
    other.shop.tickets = [aTicket({ id: '42', ...ours }), aTicket({ id: '1' })];
    await checkCases(other);
    assert.deepEqual(states(other), ['filed', 'filed']);
  });

  it('is found by what it says where lists do not show that, and by its title without reading it', async () => {
    for (const [title, reads] of [
      ['Please refund', 2],
      ['Refund of an order [SD-1]', 0],
    ] as const) {
      const world = watching(handedOver);
      world.shop.hidesTexts = true;
      world.shop.tickets = [
        aTicket({ id: '7', title: 'Something else' }),
        aTicket({ id: '8', title: 'Refund [SD-OTHER2]' }),
        aTicket({ id: '42', ...ours, title }),
      ];
      world.pass(10 * minute);

      await checkCases(world);

      assert.deepEqual([states(world), world.written.cases.get('SD-1')?.ticketId], [['filed'], '42']);
      assert.equal(world.shop.count('readTicket'), reads);
    }
  });

  it('is no failure where Partner Center shows us no tickets', async () => {
    const world = watching(handedOver);
    world.shop.fail('listTickets', outside('forbidden'), { times: 3 });
    world.pass(10 * minute);

    await checkCases(world);

    assert.deepEqual(states(world), ['needs_person']);
  });

  it('is left to the case that follows it by its number, and an ordinary one is not mistaken for it', async () => {
    const world = watching(handedOver, { ticketId: '42' }, handedOver);
    world.shop.tickets = [aTicket({ id: '42', ...ours }), aTicket({ id: '43', description: 'as in SD-3' })];
    world.pass(10 * minute);

    await checkCases(world);

    assert.deepEqual(states(world), ['needs_person', 'filed', 'needs_person']);
  });
});

describe('a case that waits for a person', () => {
  const told = (world: FakeWorld): string[] => [...new Set(world.written.notices.map(aboutOf))];
  async function live(world: FakeWorld, days: number): Promise<void> {
    for (let hours = 0; hours < days * 24; hours += 1) {
      world.pass(hour);
      await checkCases(world);
    }
  }

  it('is told of again after a day, and then every week', async () => {
    const world = watching(handedOver);

    world.pass(23 * hour);
    await checkCases(world);
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
    world.shop.fail('order', outside('forbidden'));
    world.pass(day);

    await assert.rejects(checkCases(world), { kind: 'forbidden' });

    assert.deepEqual(told(world), ['SD-1 after 1 days']);
  });

  it('is not told of any more once it has gone on, and waits anew when it comes back', async () => {
    const world = watching({ ticketId: '1' });
    const ticket = (status: 'open' | 'attention_needed') => {
      world.shop.tickets = [aTicket({ id: '1', status })];
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
    await checkCases(world);
    assert.deepEqual(states(world), ['cancelling']);
    world.pass(10 * minute);
    await checkCases(world);

    assert.deepEqual(states(world), ['needs_person']);
    assert.deepEqual(reasonOf(world, 'SD-1'), { kind: 'overdue' });
  });

  it('is not said to be accepted where it was never answered: its job goes on', async () => {
    const world = watching({ state: 'cancelling', ending: 'cancel-now', changedAt: startAt });

    world.pass(25 * hour);
    await checkCases(world);

    assert.deepEqual(states(world), ['cancelling']);
  });
});

describe('a customer where something is said to have changed', () => {
  const of = (n: number, customerId: string) => ({ content: aContent({ orderId: `order-${n}`, customerId }) });

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
    world.shop.fail('order order-1', outside('unreachable'));

    await assert.rejects(checkCasesOf(world, aContent().customerId), { kind: 'unreachable' });

    assert.deepEqual(states(world), ['filed', 'completed']);
  });
});
