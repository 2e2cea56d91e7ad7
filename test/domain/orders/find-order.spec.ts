import assert from 'node:assert/strict';
import { findAmong, findOrder } from '../../../src/domain/orders/find-order.ts';
import { isSameId } from '../../../src/domain/orders/order.ts';
import { purchasesOf } from '../../../src/domain/orders/purchases.ts';
import { createUsage } from '../../../src/domain/people/usage.ts';
import { builtInPolicy } from '../../../src/domain/policy.ts';
import {
  aCase,
  aContent,
  aCustomer,
  aLine,
  anOrder,
  aProduct,
  aSubscriptionLine,
  outside,
  startAt,
} from '../../support/fakes/samples.ts';
import { createFakeWorld, dayMs, type FakeWorld } from '../../support/fakes/world.ts';

function shopOf(n: number): FakeWorld {
  const world = createFakeWorld();
  world.partnerCenter.customers = Array.from({ length: n }, (_, i) =>
    aCustomer({ id: `customer-${i}`, name: `Customer ${i}` }),
  );
  world.partnerCenter.orders = [
    anOrder({ customerId: `customer-${n - 1}`, lines: [aLine(), aSubscriptionLine({ number: 1 })] }),
  ];
  return world;
}

describe('looking for an order', () => {
  for (const [what, text] of [
    ['its id', anOrder().id],
    ['its short number, however typed', '  1A2B3C4D5E6F '],
    ['a subscription of it', aSubscriptionLine().subscriptionId?.toLowerCase() ?? ''],
  ] as const) {
    it(`finds it by ${what}, whosever it is`, async () => {
      const { customer, order } = await findOrder(shopOf(6), text);

      assert.deepEqual([customer.id, order.id], ['customer-5', anOrder().id]);
    });
  }

  it('counts those that nobody knows, and refuses more of them for a while', async () => {
    const unknownOrders = { person: 1, everybody: 9 };
    const usage = createUsage({ ...builtInPolicy.limits, unknownOrders });
    const world = { ...shopOf(2), usage, askedBy: 'p-1' };

    for (const text of [anOrder().id, anOrder().id]) await findOrder(world, text);
    await assert.rejects(findOrder(world, '0123456789ab'), { code: 'order-unknown' });
    await assert.rejects(findOrder(world, '0123456789ab'), { code: 'too-many' });
    assert.equal((await findOrder(world, anOrder().id)).order.id, anOrder().id);
  });

  it('asks at most four customers at once, and none after the hit', async () => {
    const world = shopOf(9);
    world.partnerCenter.orders = [anOrder({ customerId: 'customer-2' })];
    let now = 0;
    let most = 0;
    const { orders } = world.ordering;
    world.ordering.orders = async (customerId) => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now -= 1;
      return orders(customerId);
    };

    await findOrder(world, anOrder().number);

    assert.ok(most <= 4);
    assert.equal(world.partnerCenter.count('orders'), 4);
  });

  it('remembers what it has seen, and asks nobody else the next time', async () => {
    const world = shopOf(6);
    await findOrder(world, anOrder().number);
    const before = world.partnerCenter.count('orders');

    await findOrder(world, anOrder().number);

    assert.equal(world.partnerCenter.count('orders'), before);
  });

  it('asks no customer one by one for what the audit records tell', async () => {
    const world = shopOf(9);
    const { id: orderId, number } = anOrder();
    world.partnerCenter.changes.push({
      customerId: 'customer-8',
      orderId,
      number,
      at: world.clock.now(),
      isChange: false,
    });

    assert.equal((await findOrder(world, number)).customer.id, 'customer-8');

    assert.deepEqual(
      world.partnerCenter.calls.map((call) => call.split(' ')[0]),
      ['changes', 'findCustomer', 'order'],
    );
    world.partnerCenter.changes = [];
    await findOrder(world, orderId);
    assert.equal(world.partnerCenter.count('changes'), 1);
  });

  it('asks customers one by one where the audit records are not to be had', async () => {
    const world = shopOf(3);
    world.partnerCenter.fail('changes', outside('forbidden'));

    assert.equal((await findOrder(world, anOrder().number)).customer.id, 'customer-2');
  });

  it('does not say that an order is unknown while the audit records do not answer', async () => {
    const world = shopOf(3);
    world.partnerCenter.fail('changes', outside('unreachable'));

    await assert.rejects(findOrder(world, 'another'), { kind: 'unreachable' });
  });

  it('asks none of many customers, and says so', async () => {
    const world = shopOf(41);

    const facts = { text: anOrder().number, tooManyCustomers: true };
    await assert.rejects(findOrder(world, anOrder().number), { code: 'order-unknown', facts });

    assert.equal(world.partnerCenter.count('orders'), 0);
  });

  it('looks anew when the remembered order is gone', async () => {
    const world = shopOf(2);
    await world.knownOrders.remember('customer-0', [anOrder()]);

    assert.equal((await findOrder(world, anOrder().number)).customer.id, 'customer-1');
  });

  it('goes on when one customer’s orders may not be read', async () => {
    const world = shopOf(3);
    world.partnerCenter.fail('orders customer-0', outside('forbidden'));

    assert.equal((await findOrder(world, anOrder().number)).customer.id, 'customer-2');
  });

  it('does not say that an order is unknown while Partner Center does not answer', async () => {
    const world = shopOf(3);
    world.partnerCenter.fail('orders customer-2', outside('unreachable'));

    await assert.rejects(findOrder(world, anOrder().number), { kind: 'unreachable' });
  });

  it('is looked for at every customer only so often a minute for one person, whatever number they name', async () => {
    const { person } = builtInPolicy.limits.unknownOrders;
    const world = { ...shopOf(6), askedBy: 'ada' };
    for (let times = 0; times < person; times += 1)
      await assert.rejects(findOrder(world, `99${times}`), { code: 'order-unknown' });

    await assert.rejects(findOrder(world, '999'), { code: 'too-many' });

    await assert.rejects(findOrder({ ...world, askedBy: 'bert' }, '999'), { code: 'order-unknown' });
  });

  it('refuses what nobody has, naming it as typed', async () => {
    await assert.rejects(findOrder(shopOf(2), ' 999 '), { code: 'order-unknown', facts: { text: '999' } });
    assert.equal(await findAmong(shopOf(2), 'customer-0', anOrder().number), undefined);
  });
});

describe('what a customer has bought', () => {
  const customer = aCustomer();

  it('is listed by line, newest first, with state and window', async () => {
    const world = createFakeWorld();
    world.partnerCenter.orders = [
      anOrder({ id: 'old', number: 'old', status: 'cancelled', createdAt: new Date('2025-01-01T00:00:00Z') }),
      anOrder({ id: 'new', number: 'new', status: 'pending', lines: [aLine(), aLine({ number: 1, quantity: 0 })] }),
    ];

    const purchases = await purchasesOf(world, customer);

    assert.deepEqual(
      purchases.map(({ order, line, state }) => [order.id, line.number, state]),
      [
        ['new', 0, 'pending'],
        ['new', 1, 'cancelled'],
        ['old', 0, 'cancelled'],
      ],
    );
    assert.equal(purchases[0]?.window?.closesAt.toISOString(), '2026-04-04T23:59:00.000Z');
  });

  it('shows a line as being cancelled while its case is open, and the other lines as they are', async () => {
    const world = createFakeWorld();
    world.partnerCenter.orders = [anOrder({ lines: [aLine(), aLine({ number: 1 })] })];
    world.written.cases.set('SD-7K2M9Q', aCase({ state: 'filed', content: aContent({ lineNumbers: [1] }) }));

    const states = (await purchasesOf(world, customer)).map(({ state, openCase }) => [state, openCase?.reference]);

    assert.deepEqual(states, [
      ['active', undefined],
      ['cancelling', 'SD-7K2M9Q'],
    ]);
  });

  it('includes our own order of a quarter of an hour ago, which the list still lacks', async () => {
    const world = createFakeWorld();
    const fresh = anOrder({ id: 'fresh', number: 'fresh', createdAt: startAt });
    world.partnerCenter.orders = [fresh, anOrder()];
    world.ordering.orders = async () => [anOrder()];
    await world.knownOrders.rememberPlaced(customer.id, [fresh], startAt);

    assert.deepEqual(
      (await purchasesOf(world, customer)).map(({ order }) => order.id),
      ['fresh', anOrder().id],
    );
    world.pass(dayMs);
    assert.deepEqual(
      (await purchasesOf(world, customer)).map(({ order }) => order.id),
      [anOrder().id],
    );
  });

  it('tells software from the rest by the catalogue, else by the form of its id', async () => {
    const world = createFakeWorld();
    world.partnerCenter.products = [aProduct({ id: 'dg7gmgf0d5rk', isSoftware: false })];
    world.partnerCenter.orders = [
      anOrder({
        lines: [
          aLine({ productId: 'dg7gmgf0d5rk' }),
          aLine({ number: 1, productId: 'DG7GMGF0XXXX' }),
          aLine({ number: 2, productId: 'CFQ7TTC0' }),
        ],
      }),
    ];

    assert.deepEqual(
      (await purchasesOf(world, customer)).map(({ isSoftware }) => isSoftware),
      [false, true, false],
    );
  });

  it('asks the catalogue only about what neither it has told before nor the form of the id tells', async () => {
    const world = createFakeWorld();
    const odd = aProduct({ id: 'NEWFORM00001', publisher: 'SUSE', isSoftware: true });
    world.partnerCenter.products = [odd];
    world.catalog.knownProduct = () => undefined;
    const ids = ['DG7GMGF0D5RK', odd.id, 'CFQ7TTC0LCHC', 'DZH318Z0BPS6', '84a03d81-6b37-4d66-8d4a-faea24541538'];
    world.partnerCenter.orders = [anOrder({ lines: ids.map((productId, number) => aLine({ number, productId })) })];

    const purchases = await purchasesOf(world, customer);

    assert.deepEqual(
      world.partnerCenter.calls.filter((call) => call.startsWith('product')),
      [`product ${odd.id}`],
    );
    assert.deepEqual(
      purchases.map(({ isSoftware }) => isSoftware),
      [true, true, false, false, false],
    );
    assert.equal(purchases[1]?.neverTakenBackBy, 'SUSE');
  });
});

describe('the same id', () => {
  const guid = '1f2e3d4c-0000-4000-8000-00000000000a';

  it('is a GUID or a short number in any letter case', () => {
    assert.ok(isSameId(guid, guid.toUpperCase()));
    assert.ok(isSameId('C403D91B21D2', 'c403d91b21d2'));
  });

  it('is no long order id that differs by a letter case, and no id that is missing', () => {
    const long = '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1';
    assert.ok(isSameId(long, long));
    assert.ok(!isSameId(long, long.toUpperCase()));
    assert.ok(!isSameId(undefined, undefined));
    assert.ok(!isSameId('', ''));
  });
});
