import assert from 'node:assert/strict';
import { type Client, startClient } from '../client.ts';
import * as purchases from '../purchases.ts';

describe('the control API', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  it('shows the whole world as the API would', async () => {
    const [order] = await purchases.buy(client, contoso, [{ item: purchases.WINDOWS_SERVER, quantity: 2 }]);
    const state = await client.control('GET', 'state');
    const single = await client.get(`/v1/customers/${contoso}/orders/${order?.text('id')}?include_price=true`);
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

  it('shows a part of the world, where only that is asked for', async () => {
    const whole = Object((await client.control('GET', 'state')).at(''));
    const part = Object((await client.control('GET', 'state?only=agreements,carts')).at(''));

    const { now: _, ...lists } = part;
    assert.deepEqual(lists, { agreements: whole.agreements, carts: whole.carts });
    assert.ok(Date.parse(part.now) >= Date.parse(whole.now));
    assert.deepEqual(Object.keys(Object((await client.control('GET', 'state?only=')).at(''))), ['now']);
  });

  it('moves the clock, by seconds or to an instant', async () => {
    const before = Date.parse((await client.control('GET', 'state')).text('now'));
    const advanced = await client.control('POST', 'clock', { advanceSeconds: 3600 });
    const set = await client.control('POST', 'clock', { now: '2030-01-01T00:00:00Z' });

    assert.ok(Math.abs(Date.parse(advanced.text('now')) - before - 3_600_000) < 2000);
    assert.match(set.text('now'), /^2030-01-01T00:00:0/);
    assert.equal(client.simulator.now().getUTCFullYear(), 2030);
  });

  it('tells what is wrong with what it is asked', async () => {
    const replies = [
      await client.control('POST', 'clock', { now: 'tomorrow' }),
      await client.control('POST', 'clock', 'no JSON'),
      await client.control('POST', 'faults', [{ status: 'bad' }]),
      await client.control('POST', 'faults', [{ path: '(' }]),
      await client.control('POST', 'faults', [{ unknown: true }]),
      await client.control('GET', 'state?only=orders,toString'),
      await client.control('GET', 'requests?after=last'),
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
    const filed = await client.control('POST', 'tickets', { title: 'Refund', description: 'Please cancel something.' });
    const wrong = await client.control('POST', 'tickets', { title: 'Refund' });
    const state = await client.control('GET', 'state');

    assert.equal(filed.status, 200);
    assert.match(filed.text('id'), /^\d{16}$/);
    assert.equal(filed.at('supportTopicName'), 'CSP purchase/refund on behalf of customers');
    assert.ok(state.list('serviceRequests').some((one) => one.at('id') === filed.at('id')));
    assert.equal(wrong.status, 400);
  });

  it('forgets an order with its records, a ticket, and that an order was cancelled', async () => {
    const [order] = await purchases.buy(client, contoso, [{ item: purchases.WINDOWS_SERVER }]);
    const id = order?.text('id') ?? '';
    const at = `/v1/customers/${contoso}/orders/${id}`;
    await client.advance(60);
    await client.call('PATCH', at, { id, status: 'cancelled' });
    await client.advance(60);
    const cancelled = await client.get(at);
    const undone = await client.control('POST', 'orders', { id, undoCancellation: true });
    const active = await client.get(at);
    const forgotten = await client.control('DELETE', `orders?id=${id}`);
    const gone = await client.get(at);
    const state = await client.control('GET', 'state');
    const ticket = await client.control('POST', 'tickets', {
      title: 'Refund',
      description: 'Please cancel something.',
    });
    const number = ticket.text('id');

    assert.deepEqual([cancelled.text('status'), active.text('status'), gone.status], ['cancelled', 'completed', 404]);
    assert.deepEqual([undone.at('isFound'), forgotten.at('isFound')], [true, true]);
    assert.ok(!JSON.stringify(state.list('auditRecords').map((one) => one.at(''))).includes(id));
    assert.equal((await client.control('DELETE', `tickets?id=${number}`)).at('isFound'), true);
    const left = (await client.control('GET', 'state?only=serviceRequests')).list('serviceRequests');
    assert.ok(left.every((one) => one.at('id') !== number));
    assert.equal((await client.control('DELETE', 'tickets?id=none')).at('isFound'), false);
    assert.equal((await client.control('POST', 'orders', { id })).status, 400);
  });

  it('goes back to the seed with the world, clock, faults and calls', async () => {
    const before = await client.control('GET', 'state');
    await purchases.buy(client, contoso, [{ item: purchases.WINDOWS_SERVER }]);
    await client.advance(86_400);
    await client.control('POST', 'faults', [{ path: '/v1/' }]);

    await client.control('POST', 'reset');
    const after = await client.control('GET', 'state');

    assert.deepEqual((await client.control('GET', 'requests')).list(''), []);
    assert.deepEqual((await client.control('GET', 'faults')).list(''), []);
    assert.deepEqual(after.list('carts'), []);
    assert.deepEqual(
      after.list('orders').map((order) => [order.at('id'), order.at('status')]),
      before.list('orders').map((order) => [order.at('id'), order.at('status')]),
    );
    assert.ok(Math.abs(Date.parse(after.text('now')) - Date.now()) < 5000);
  });

  it('goes back to a larger world, or another one, of the same partner', async () => {
    const count = async () => (await client.get('/v1/customers?size=0')).at('totalCount');
    const larger = await client.control('POST', 'reset', { customers: 60, skus: 500 });
    await client.signIn();
    const sheet = await client.get("/v1.0/sales/pricesheets(Market='US',PricesheetView='software')/$value");
    const [customers, seeded] = [await count(), await client.customerId('Contoso')];
    await client.control('POST', 'reset', { seed: 7 });
    await client.signIn();
    const [asAtStart, other] = [await count(), await client.customerId('Contoso')];
    await client.reset();

    assert.equal(larger.status, 200);
    assert.deepEqual(Object.keys(Object(larger.at(''))), ['now']);
    assert.equal(customers, 60);
    assert.ok(sheet.bytes.toString().split('\r\n').length > 500);
    assert.equal(asAtStart, 40);
    assert.equal(seeded, contoso);
    assert.notEqual(other, contoso);
    assert.equal(await count(), 40);
    assert.equal(await client.customerId('Contoso'), contoso);
  });

  it('goes nowhere when it is asked for a world that cannot be', async () => {
    await purchases.buy(client, contoso, [{ item: purchases.WINDOWS_SERVER }]);
    const bodies: [unknown, RegExp][] = [
      [{ customers: 50_001 }, /50000[\s\S]*customers/],
      [{ customers: 0 }, /customers/],
      [{ skus: 100_001 }, /100000[\s\S]*skus/],
      [{ skus: 1.5 }, /skus/],
      [{ seed: 'one' }, /seed/],
      [{ orders: 5 }, /orders/],
      ['no JSON', /object/],
    ];

    for (const [body, message] of bodies) {
      const refused = await client.control('POST', 'reset', body);
      assert.equal(refused.status, 400);
      assert.match(refused.text('error'), message);
    }
    assert.equal((await client.control('GET', 'state')).list('carts').length, 1);
  });
});
