import assert from 'node:assert/strict';
import type { Case } from '../../../src/domain/cancellations/case.ts';
import { compareRecords } from '../../../src/domain/differences/compare-records.ts';
import { type Difference, subjectOf } from '../../../src/domain/differences/difference.ts';
import type { OrderSubmission } from '../../../src/domain/orders/submission.ts';
import { createCallBudget } from '../../../src/domain/work/call-budget.ts';
import { aCase, aContent, aLine, anOrder, anOrderSubmission, aTicket, outside } from '../../support/fakes/samples.ts';
import { createFakeWorld, dayMs, type FakeWorld, hourMs } from '../../support/fakes/world.ts';

/** Sweeps until the comparison of the day has ended; what each of them threw. */
async function compareAll(world: FakeWorld, { mostSweeps = 100 } = {}): Promise<unknown[]> {
  await compareRecords(world, createCallBudget(60));
  world.pass(dayMs);
  const failures: unknown[] = [];
  for (let sweeps = 0; sweeps < mostSweeps; sweeps += 1) {
    const calls = createCallBudget(60);
    calls.refill();
    await compareRecords(world, calls).catch((error) => failures.push(error));
    if (!(await world.differences.comparison(world.clock.now()))) return failures;
    world.pass(60_000);
  }
  return assert.fail('the comparison does not end');
}

const told = async (world: FakeWorld): Promise<string[]> =>
  (await world.differences.told()).map((one) => `${one.kind} ${subjectOf(one)}`).sort();

function ordered(world: FakeWorld, id: string, change: Partial<OrderSubmission> = {}): void {
  const submission = { submissionId: `s-${id}`, state: 'ordered', orderIds: [id], cartId: `cart-${id}` } as const;
  const createdAt = world.clock.now();
  world.written.orderSubmissions.set(`s-${id}`, anOrderSubmission({ ...submission, createdAt, ...change }));
}

function aCaseOf(world: FakeWorld, n: number, change: Partial<Case>): void {
  const content = aContent({ orderId: `order-${n}`, orderNumber: `number-${n}` });
  const changedAt = world.clock.now();
  const found = aCase({ reference: `SD-${n}`, submissionId: `c-${n}`, changedAt, ...change, content });
  world.written.cases.set(found.reference, found);
  world.partnerCenter.orders.push(
    anOrder({
      id: `order-${n}`,
      number: `number-${n}`,
      customerId: content.customerId,
      lines: [aLine(), aLine({ number: 1 })],
    }),
  );
}

const cancel = (world: FakeWorld, id: string): void => {
  world.partnerCenter.orders = world.partnerCenter.orders.map((order) =>
    order.id === id ? { ...order, status: 'cancelled' } : order,
  );
};

describe('the comparison of our records with those of Partner Center', () => {
  /** What is the case, and what differs then. */
  const situations: Readonly<Record<string, readonly [(world: FakeWorld) => unknown, readonly string[]]>> = {
    'an order that both know': [
      (world) => {
        ordered(world, 'o-1');
        world.partnerCenter.orders.push(anOrder({ id: 'o-1' }));
      },
      [],
    ],
    'an order that Partner Center does not know': [(world) => ordered(world, 'o-1'), ['order-unknown o-1']],
    'an order that was bought in the portal': [(world) => world.partnerCenter.orders.push(anOrder({ id: 'o-1' })), []],
    'a cart that is ordered, of an order that was declined here': [
      (world) => {
        ordered(world, 'o-1', { state: 'declined', orderIds: [] });
        const { customerId } = anOrderSubmission().content;
        const cart = {
          id: 'cart-o-1',
          status: 'Ordered',
          expiresAt: new Date(0),
          lineErrors: [],
          customerId,
          lines: [],
        };
        world.partnerCenter.carts.push(cart);
      },
      ['order-not-recorded s-o-1'],
    ],
    'a cart that is open, of an order that was declined here': [
      (world) => {
        ordered(world, 'o-1', { state: 'declined', orderIds: [] });
        const { customerId } = anOrderSubmission().content;
        const cart = {
          id: 'cart-o-1',
          status: 'Active',
          expiresAt: new Date(0),
          lineErrors: [],
          customerId,
          lines: [],
        };
        world.partnerCenter.carts.push(cart);
      },
      [],
    ],
    'a case that was completed, and its order is active': [
      (world) => aCaseOf(world, 1, { state: 'completed' }),
      ['case-order-active SD-1'],
    ],
    'a case that was completed, and its order is cancelled': [
      (world) => {
        aCaseOf(world, 1, { state: 'completed' });
        cancel(world, 'order-1');
      },
      [],
    ],
    'a case that has been cancelling for days, and its order is active': [
      (world) =>
        aCaseOf(world, 1, { state: 'cancelling', changedAt: new Date(world.clock.now().getTime() - 2 * dayMs) }),
      ['case-order-active SD-1'],
    ],
    'a case that was given up, and its order is cancelled': [
      (world) => {
        aCaseOf(world, 1, { state: 'refused' });
        cancel(world, 'order-1');
      },
      ['case-not-completed SD-1'],
    ],
    'a case that was given up, and a later one of the same order has completed': [
      (world) => {
        aCaseOf(world, 1, { state: 'refused' });
        const { content } = world.written.cases.get('SD-1') ?? aCase();
        world.written.cases.set('SD-2', aCase({ reference: 'SD-2', state: 'completed', content }));
        cancel(world, 'order-1');
      },
      [],
    ],
    'a case that was given up, and its order is active': [(world) => aCaseOf(world, 1, { state: 'refused' }), []],
    'a case whose ticket Partner Center does not know': [
      (world) => aCaseOf(world, 1, { state: 'refused', ticketId: '2611' }),
      ['ticket-unknown 2611'],
    ],
    'a case that needs somebody because its ticket is not shown': [
      (world) =>
        aCaseOf(world, 1, {
          state: 'needs_person',
          ticketId: '2611',
          reason: { kind: 'ticket-unseen', ticketId: '2611' },
        }),
      ['ticket-unknown 2611'],
    ],
    'a ticket that bears a reference which no case has': [
      (world) =>
        world.partnerCenter.tickets.push(aTicket({ id: '2611', title: 'Refund [SD-ZZZZZZ]', description: '' })),
      ['ticket-without-case 2611'],
    ],
    'a second ticket of a case that follows another': [
      (world) => {
        aCaseOf(world, 1, { state: 'filed', ticketId: '2610' });
        for (const id of ['2610', '2611'])
          world.partnerCenter.tickets.push(aTicket({ id, title: 'Refund [SD-1]', description: '' }));
      },
      ['ticket-without-case 2611'],
    ],
    'a ticket that is not ours': [
      (world) => world.partnerCenter.tickets.push(aTicket({ id: '2611', title: 'Help' })),
      [],
    ],
  };

  for (const [what, [prepare, expected]] of Object.entries(situations)) {
    it(`tells ${expected.length > 0 ? 'of' : 'nothing of'} ${what}`, async () => {
      const world = createFakeWorld();
      prepare(world);

      assert.deepEqual(await compareAll(world), []);

      assert.deepEqual(await told(world), expected);
      const notices = world.written.notices.filter(({ kind }) => kind === 'differences-found');
      assert.equal(notices.length, expected.length > 0 ? 1 : 0);
    });
  }

  it('tells all admin agents in one notice each, once, and forgets what is settled', async () => {
    const world = createFakeWorld();
    world.roles.set('bea', ['admin-agent']);
    for (const id of ['o-1', 'o-2']) ordered(world, id);
    const notices = () => world.written.notices.filter(({ kind }) => kind === 'differences-found');

    await compareAll(world);
    assert.deepEqual(await told(world), ['order-unknown o-1', 'order-unknown o-2']);
    assert.equal(notices().length, 2);

    await compareAll(world);
    assert.equal(notices().length, 2, 'nobody is told a second time');

    world.partnerCenter.orders.push(anOrder({ id: 'o-1' }));
    await compareAll(world);
    assert.deepEqual(await told(world), ['order-unknown o-2']);

    world.partnerCenter.orders = [];
    ordered(world, 'o-1');
    await compareAll(world);
    assert.deepEqual(await told(world), ['order-unknown o-1', 'order-unknown o-2']);
    assert.equal(notices().length, 2, 'also where it comes back');
  });

  it('tells nothing that is gone when it is looked at once more', async () => {
    const world = createFakeWorld();
    ordered(world, 'o-1');
    await compareRecords(world, createCallBudget(60));
    world.pass(dayMs);
    const calls = createCallBudget(60);
    calls.refill();
    await compareRecords(world, calls);
    const found = await world.differences.open(undefined, 10);
    assert.equal(found.items.length, 1);
    world.partnerCenter.orders.push(anOrder({ id: 'o-1' }));

    while (await world.differences.comparison(world.clock.now())) {
      calls.refill();
      await compareRecords(world, calls);
    }

    assert.deepEqual(await told(world), []);
    assert.equal(world.written.notices.length, 0);
  });

  it('asks the audit log for many orders at once, and for those alone that it does not name', async () => {
    const world = createFakeWorld();
    for (let n = 0; n < 40; n += 1) {
      ordered(world, `o-${n}`);
      if (n !== 7)
        world.partnerCenter.changes.push({
          customerId: 'c',
          orderId: `o-${n}`,
          at: world.clock.now(),
          isChange: false,
        });
    }

    await compareAll(world);

    assert.deepEqual(await told(world), ['order-unknown o-7']);
    const { calls } = world.partnerCenter;
    assert.equal(calls.filter((call) => call.startsWith('order ')).length, 2, calls.join());
    assert.ok(calls.length < 20, calls.join());
  });

  it('takes a few calls of each sweep, and goes on where it was', async () => {
    const world = createFakeWorld();
    for (let n = 0; n < 30; n += 1) ordered(world, `o-${n}`);
    await compareRecords(world, createCallBudget(60));
    world.pass(dayMs);
    const spent: number[] = [];
    const calls = createCallBudget(5);
    for (let sweeps = 0; sweeps < 200 && (await world.differences.comparison(world.clock.now())); sweeps += 1) {
      calls.refill();
      const before = calls.left();
      await compareRecords(world, calls);
      spent.push(before - calls.left());
    }

    assert.equal((await told(world)).length, 30);
    assert.ok(Math.max(...spent) <= 3, spent.join());
  });

  it('goes on after a failure, and leaves out what fails again and again', async () => {
    const world = createFakeWorld();
    for (const id of ['o-1', 'o-2']) ordered(world, id);
    const { order } = world.ordering;
    const ordering = {
      ...world.ordering,
      order: (customerId: string, id: string) =>
        id === 'o-1' ? Promise.reject(outside('unreachable')) : order(customerId, id),
    };

    const failures = await compareAll({ ...world, ordering });

    assert.deepEqual(await told(world), ['order-unknown o-2']);
    assert.ok(failures.length > 0 && failures.length < 10, String(failures.length));
  });

  it('waits while Partner Center refuses the sign-in, however long', async () => {
    const world = createFakeWorld();
    ordered(world, 'o-1');
    world.partnerCenter.fail('order', outside('unauthorized'), { times: 20 });

    const failures = await compareAll(world);

    assert.equal(failures.length, 20);
    assert.deepEqual(await told(world), ['order-unknown o-1']);
  });

  it('tells nothing of what Partner Center does not let us see', async () => {
    const world = createFakeWorld();
    ordered(world, 'o-1');
    aCaseOf(world, 1, { state: 'completed', ticketId: '2611' });
    world.partnerCenter.fail('order', outside('forbidden'), { times: 20 });
    world.partnerCenter.fail('ticket', outside('forbidden'), { times: 20 });

    await compareAll(world);

    assert.deepEqual(await told(world), []);
  });

  it('begins once a day, and an hour after the first question', async () => {
    const world = createFakeWorld();
    const isUnderWay = async () => (await world.differences.comparison(world.clock.now())) !== undefined;

    assert.equal(await isUnderWay(), false);
    world.pass(hourMs - 1);
    assert.equal(await isUnderWay(), false);
    world.pass(1);
    assert.equal(await isUnderWay(), true);
    const calls = createCallBudget(60);
    while (await isUnderWay()) {
      calls.refill();
      await compareRecords(world, calls);
    }
    world.pass(dayMs - 1);
    assert.equal(await isUnderWay(), false);
    world.pass(1);
    assert.equal(await isUnderWay(), true);
  });

  it('counts each that is told', async () => {
    const world = createFakeWorld();
    ordered(world, 'o-1');
    const counted: Difference['kind'][] = [];
    await compareRecords(world, createCallBudget(60));
    world.pass(dayMs);
    const calls = createCallBudget(60);
    for (let sweeps = 0; sweeps < 20; sweeps += 1) {
      calls.refill();
      await compareRecords(world, calls, (kind) => counted.push(kind));
    }

    assert.deepEqual(counted, ['order-unknown']);
  });
});
