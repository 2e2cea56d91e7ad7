import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createSimulator } from '../../src/simulator/index.ts';
import { type Desk, openDesk } from './desk.ts';
import * as shop from './shop.ts';

describe('the control API', () => {
  let desk: Desk;
  let contoso: string;
  before(async () => {
    desk = await openDesk();
  });
  beforeEach(async () => {
    await desk.reset();
    contoso = await desk.customerId('Contoso');
  });
  after(() => desk.close());

  it('shows the whole world as the API would', async () => {
    const [order] = await shop.buy(desk, contoso, [{ item: shop.WINDOWS_SERVER, quantity: 2 }]);
    const state = await desk.control('GET', 'state');
    const single = await desk.get(`/v1/customers/${contoso}/orders/${order?.text('id')}?include_price=true`);
    const { isListed, ...shown } =
      Object(
        state
          .list('orders')
          .find((o) => o.at('id') === order?.at('id'))
          ?.at(''),
      ) ?? {};

    for (const name of [
      'customers',
      'carts',
      'orders',
      'subscriptions',
      'serviceRequests',
      'agreements',
      'auditRecords',
    ]) {
      assert.ok(state.list(name).length > 0, name);
    }
    assert.equal(isListed, false);
    assert.deepEqual(shown, Object(single.at('')));
    assert.equal(shown.referenceCustomerId, contoso);
    assert.equal(state.list('carts')[0]?.at('customerId'), contoso);
    assert.ok(Math.abs(Date.parse(state.text('now')) - Date.now()) < 5000);
  });

  it('lists the calls, with path and query, ids and status, and neither its own nor bodies', async () => {
    const ids = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };
    await desk.get(`/v1/customers/${contoso}/orders?billingType=onetime`, ids);
    await desk.get('/v1/nothing', ids);
    const calls = (await desk.control('GET', 'requests')).list('');
    const [token, , orders, nothing] = calls;

    assert.equal(calls.length, 4);
    assert.match(token?.text('path') ?? '', /\/oauth2\/token$/);
    assert.deepEqual(Object.keys(Object(orders?.at(''))), [
      'at',
      'method',
      'path',
      'requestId',
      'correlationId',
      'status',
    ]);
    assert.equal(orders?.at('path'), `/v1/customers/${contoso}/orders?billingType=onetime`);
    assert.equal(orders?.at('requestId'), ids['MS-RequestId']);
    assert.equal(orders?.at('correlationId'), ids['MS-CorrelationId']);
    assert.equal(orders?.at('status'), 200);
    assert.equal(nothing?.at('status'), 404);
  });

  it('moves the clock, by seconds or to an instant', async () => {
    const before = Date.parse((await desk.control('GET', 'state')).text('now'));
    const advanced = await desk.control('POST', 'clock', { advanceSeconds: 3600 });
    const set = await desk.control('POST', 'clock', { now: '2030-01-01T00:00:00Z' });

    assert.ok(Math.abs(Date.parse(advanced.text('now')) - before - 3_600_000) < 2000);
    assert.match(set.text('now'), /^2030-01-01T00:00:0/);
    assert.equal(desk.simulator.now().getUTCFullYear(), 2030);
  });

  it('tells what is wrong with what it is asked', async () => {
    const replies = [
      await desk.control('POST', 'clock', { now: 'tomorrow' }),
      await desk.control('POST', 'clock', 'no JSON'),
      await desk.control('POST', 'faults', [{ status: 'bad' }]),
      await desk.control('POST', 'faults', [{ path: '(' }]),
      await desk.control('POST', 'faults', [{ unknown: true }]),
    ];

    for (const reply of replies) {
      assert.equal(reply.status, 400);
      assert.ok(reply.text('error').length > 10);
    }
    assert.match(replies[2]?.text('error') ?? '', /status/);
    assert.match(replies[3]?.text('error') ?? '', /regular expression/);
    assert.match(replies[4]?.text('error') ?? '', /unknown/);
  });

  it('files a ticket as a person does in the portal', async () => {
    const filed = await desk.control('POST', 'tickets', { title: 'Refund', description: 'Please cancel something.' });
    const wrong = await desk.control('POST', 'tickets', { title: 'Refund' });
    const state = await desk.control('GET', 'state');

    assert.equal(filed.status, 200);
    assert.match(filed.text('id'), /^\d{16}$/);
    assert.equal(filed.at('supportTopicName'), 'CSP purchase/refund on behalf of customers');
    assert.ok(state.list('serviceRequests').some((one) => one.at('id') === filed.at('id')));
    assert.equal(wrong.status, 400);
  });

  it('goes back to the seed with the world, clock, faults and calls', async () => {
    const before = await desk.control('GET', 'state');
    await shop.buy(desk, contoso, [{ item: shop.WINDOWS_SERVER }]);
    await desk.advance(86_400);
    await desk.control('POST', 'faults', [{ path: '/v1/' }]);

    await desk.control('POST', 'reset');
    const after = await desk.control('GET', 'state');

    assert.deepEqual((await desk.control('GET', 'requests')).list(''), []);
    assert.deepEqual((await desk.control('GET', 'faults')).list(''), []);
    assert.deepEqual(after.list('carts'), []);
    assert.deepEqual(
      after.list('orders').map((order) => [order.at('id'), order.at('status')]),
      before.list('orders').map((order) => [order.at('id'), order.at('status')]),
    );
    assert.ok(Math.abs(Date.parse(after.text('now')) - Date.now()) < 5000);
  });

  it('goes back to a larger world, or another one, of the same partner', async () => {
    const count = async () => (await desk.get('/v1/customers?size=0')).at('totalCount');
    const larger = await desk.control('POST', 'reset', { customers: 60, skus: 500 });
    await desk.signIn();
    const sheet = await desk.get("/v1.0/sales/pricesheets(Market='US',PricesheetView='software')/$value");
    const [customers, seeded] = [await count(), await desk.customerId('Contoso')];
    await desk.control('POST', 'reset', { seed: 7 });
    await desk.signIn();
    const [asAtStart, other] = [await count(), await desk.customerId('Contoso')];
    await desk.reset();

    assert.equal(larger.status, 200);
    assert.deepEqual(Object.keys(Object(larger.at(''))), ['now']);
    assert.equal(customers, 60);
    assert.ok(sheet.bytes.toString().split('\r\n').length > 500);
    assert.equal(asAtStart, 40);
    assert.equal(seeded, contoso);
    assert.notEqual(other, contoso);
    assert.equal(await count(), 40);
    assert.equal(await desk.customerId('Contoso'), contoso);
  });

  it('goes nowhere when it is asked for a world that cannot be', async () => {
    await shop.buy(desk, contoso, [{ item: shop.WINDOWS_SERVER }]);
    const wishes: [unknown, RegExp][] = [
      [{ customers: 50_001 }, /50000[\s\S]*customers/],
      [{ customers: 0 }, /customers/],
      [{ skus: 100_001 }, /100000[\s\S]*skus/],
      [{ skus: 1.5 }, /skus/],
      [{ seed: 'one' }, /seed/],
      [{ orders: 5 }, /orders/],
      ['no JSON', /object/],
    ];

    for (const [wish, message] of wishes) {
      const refused = await desk.control('POST', 'reset', wish);
      assert.equal(refused.status, 400);
      assert.match(refused.text('error'), message);
    }
    assert.equal((await desk.control('GET', 'state')).list('carts').length, 1);
  });

  it('can be reached as three words too', async () => {
    await shop.buy(desk, contoso, [{ item: shop.WINDOWS_SERVER }]);
    await desk.simulator.reset();

    assert.deepEqual((await desk.control('GET', 'state')).list('carts'), []);
  });
});

describe('the listener', () => {
  it('says when the port is taken', async () => {
    const desk = await openDesk();
    const port = Number(new URL(desk.simulator.url).port);

    await assert.rejects(createSimulator({ port, mode: 'extended', delaySeconds: 1 }), { code: 'EADDRINUSE' });
    await desk.close();
  });

  it('listens on loopback, and frees the port when it closes', async () => {
    const desk = await openDesk();
    const port = Number(new URL(desk.simulator.url).port);
    await desk.close();
    const again = await createSimulator({ port, mode: 'extended', delaySeconds: 1 });

    assert.equal(again.url, `http://127.0.0.1:${port}`);
    await again.close();
  });

  it('finishes the calls in flight before it closes, and does not sit out the delay of a fault', async () => {
    const desk = await openDesk();
    await desk.control('POST', 'faults', [{ path: '/v1/customers', delayMs: 60_000 }]);
    const call = desk.get('/v1/customers');
    while ((await desk.control('GET', 'faults')).list('').length > 0) await new Promise(setImmediate);

    const closed = desk.close();

    assert.equal((await call).status, 200);
    await closed;
  });
});
