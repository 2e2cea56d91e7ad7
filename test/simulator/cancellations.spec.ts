import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

const DAY = 86_400;

describe('cancelling an order', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const orderPath = (id: string, customer = contoso) => `/v1/customers/${customer}/orders/${encodeURIComponent(id)}`;
  const cancel = (id: string, more: object = {}, customer = contoso) =>
    client.call('PATCH', orderPath(id, customer), { id, status: 'cancelled', ...more });
  const buy = async (...lines: purchases.Purchase[]) => {
    const [order] = await purchases.buy(client, contoso, lines);
    await client.advance(16);
    return order?.text('id') ?? '';
  };
  const subscriptionOf = async (orderId: string) => {
    const [found] = (await client.get(`/v1/customers/${contoso}/subscriptions?order_id=${orderId}`)).list('items');
    const path = `/v1/customers/${contoso}/subscriptions/${found?.text('id')}`;
    return { path, body: Object(found?.at('')), headers: { 'If-Match': `"${found?.text('attributes.etag')}"` } };
  };
  const at = async (now: string) => {
    await client.control('POST', 'clock', { now });
    await client.signIn();
  };

  it('confirms at once, keeps quantities and drops the links of a whole order', async () => {
    const id = await buy({ item: purchases.WINDOWS_SERVER, quantity: 3 });

    const reply = await cancel(id);

    assert.equal(reply.status, 200);
    assert.equal(reply.at('status'), 'cancelled');
    assert.equal(reply.at('lineItems.0.quantity'), 3);
    assert.equal(reply.at('links'), undefined);
    assert.notEqual(reply.at('lineItems.0.links.product'), undefined);
  });

  it('shows nothing of it until the delay has passed', async () => {
    const id = await buy({ item: purchases.WINDOWS_SERVER, quantity: 3 });
    await cancel(id);

    const meanwhile = await client.get(orderPath(id));
    await client.advance(10);
    const later = await client.get(orderPath(id));
    const inList = (await client.get(`/v1/customers/${contoso}/orders`)).list('items').find((o) => o.at('id') === id);

    assert.equal(meanwhile.at('status'), 'completed');
    assert.equal(later.at('status'), 'cancelled');
    assert.equal(later.at('lineItems.0.quantity'), 3);
    assert.equal(inList?.at('status'), 'cancelled');
  });

  it('sets chosen lines to zero, and the order stays completed until all are', async () => {
    const id = await buy(
      { item: purchases.WINDOWS_SERVER_2025, quantity: 2 },
      { item: purchases.USER_CAL, quantity: 20 },
    );

    const first = await cancel(id, { lineItems: [{ lineItemNumber: 1 }] });
    const meanwhile = await client.get(orderPath(id));
    await client.advance(10);
    const halfway = await client.get(orderPath(id));
    const second = await cancel(id, { lineItems: [{ lineItemNumber: 0 }] });

    assert.equal(first.at('status'), 'completed');
    assert.notEqual(first.at('links'), undefined);
    assert.deepEqual(
      first.list('lineItems').map((line) => line.at('quantity')),
      [2, 0],
    );
    assert.deepEqual(
      meanwhile.list('lineItems').map((line) => line.at('quantity')),
      [2, 20],
    );
    assert.deepEqual(
      halfway.list('lineItems').map((line) => line.at('quantity')),
      [2, 0],
    );
    assert.equal(second.at('status'), 'cancelled');
    assert.deepEqual(
      second.list('lineItems').map((line) => line.at('quantity')),
      [0, 0],
    );
  });

  it('takes what is left when the rest was cancelled before', async () => {
    const id = await buy(
      { item: purchases.WINDOWS_SERVER_2025, quantity: 2 },
      { item: purchases.USER_CAL, quantity: 20 },
    );
    await cancel(id, { lineItems: [{ lineItemNumber: 1 }] });
    await client.advance(10);

    const reply = await cancel(id);

    assert.equal(reply.at('status'), 'cancelled');
    assert.deepEqual(
      reply.list('lineItems').map((line) => line.at('quantity')),
      [2, 0],
    );
  });

  it('is refused with 800060 while the order is pending', async () => {
    const id = await purchases.buyOne(client, contoso, { item: purchases.WINDOWS_SERVER });

    const reply = await cancel(id);

    assert.equal(reply.status, 409);
    assert.equal(reply.at('code'), 800060);
  });

  it('is refused with 800014 while another cancellation is pending, and with 800061 afterwards', async () => {
    const id = await buy({ item: purchases.WINDOWS_SERVER });
    await cancel(id);

    const meanwhile = await cancel(id);
    await client.advance(10);
    const afterwards = await cancel(id);

    assert.equal(meanwhile.status, 409);
    assert.equal(meanwhile.at('code'), 800014);
    assert.equal(afterwards.status, 400);
    assert.equal(afterwards.at('code'), 800061);
  });

  it('is refused for seat-based services with 800077, and their subscription can be cancelled instead', async () => {
    const id = await buy({ item: purchases.BUSINESS_PREMIUM, quantity: 5, ...purchases.ONE_YEAR });
    const { path, headers, body } = await subscriptionOf(id);

    const refused = await cancel(id);
    const deleted = await client.call('PATCH', path, { ...body, status: 'deleted' }, headers);

    assert.equal(refused.status, 403);
    assert.equal(refused.at('code'), 800077);
    assert.equal(deleted.at('status'), 'deleted');
  });

  it('is refused for what is paid by usage with 800063, and its subscription can be suspended instead', async () => {
    const plan = { item: purchases.AZURE_PLAN, billingCycle: 'monthly', termDuration: 'P1Y' };
    const id = await buy(plan);
    const { path, headers, body } = await subscriptionOf(id);

    const refused = await cancel(id);
    const deleted = await client.call('PATCH', path, { ...body, status: 'deleted' }, headers);
    const suspended = await client.call('PATCH', path, { ...body, status: 'suspended' }, headers);
    const again = await subscriptionOf(id);
    const active = await client.call('PATCH', path, { ...again.body, status: 'active' }, again.headers);

    assert.equal(refused.status, 400);
    assert.equal(refused.at('code'), 800063);
    assert.equal(deleted.at('code'), 800096);
    assert.deepEqual([body.billingType, body.unitType, body.status], ['usage', 'Usage-based', 'active']);
    assert.equal(body.commitmentEndDate, '9999-12-10T00:00:00Z');
    assert.equal(suspended.at('status'), 'suspended');
    assert.equal(again.body.status, 'suspended');
    assert.equal(active.at('status'), 'active');
  });

  it('leaves no subscription to software or seats that could be suspended', async () => {
    const id = await buy({ item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR });
    const { path, headers, body } = await subscriptionOf(id);

    assert.equal((await client.call('PATCH', path, { ...body, status: 'suspended' }, headers)).at('code'), 800096);
  });

  it('is refused for other publishers, for what is no software, and for strange lines and states', async () => {
    const suse = await buy({ item: purchases.SUSE, ...purchases.ONE_YEAR });
    const server = await buy({ item: purchases.WINDOWS_SERVER });
    const northwind = await client.customerId('Northwind');
    const reservation = await purchases.orderOf(client, northwind, 'Reserved VM');

    assert.equal((await cancel(suse)).at('code'), 800061);
    const otherKind = await cancel(reservation.text('id'), {}, northwind);
    assert.equal(otherKind.status, 403);
    assert.equal(otherKind.at('code'), 800019);
    assert.equal((await cancel(server, { lineItems: [{ lineItemNumber: 1 }] })).at('code'), 800071);
    assert.equal((await cancel(server, { lineItems: [{ lineItemNumber: 0, offerId: 'x' }] })).at('code'), 800004);
    assert.equal((await cancel(server, { status: 'completed' })).at('code'), 800002);
    assert.equal((await cancel('000000000000')).at('code'), 20000);
  });

  describe('in its window', () => {
    const window = async (item: purchases.Purchase, madeAt: string, lastMoment: string) => {
      await at(madeAt);
      const id = await buy(item);
      const last = Date.parse(lastMoment);
      await at(new Date(last + 1000).toISOString());
      const tooLate = await cancel(id);
      await at(new Date(last - 30_000).toISOString());
      const inTime = await cancel(id);
      return { tooLate, inTime };
    };

    it('is thirty days today for perpetual software, to the end of the day', async () => {
      const purchase = { item: purchases.WINDOWS_SERVER };
      const { tooLate, inTime } = await window(purchase, '2026-10-15T21:28:19Z', '2026-11-14T23:59:00Z');

      assert.equal(tooLate.status, 400);
      assert.equal(tooLate.at('code'), 900117);
      assert.match(tooLate.text('description'), /30-day/);
      assert.equal(inTime.status, 200);
    });

    it('is a hundred and sixty-eight hours today for a subscription', async () => {
      await at('2026-10-15T21:28:19.000Z');
      const id = await buy({ item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR });
      const made = Date.parse((await client.get(orderPath(id))).text('creationDate'));
      await at(new Date(made + 7 * DAY * 1000 + 5000).toISOString());
      const tooLate = await cancel(id);
      await at(new Date(made + 7 * DAY * 1000 - 5000).toISOString());
      const inTime = await cancel(id);

      assert.equal(tooLate.at('code'), 900117);
      assert.match(tooLate.text('description'), /7-day/);
      assert.equal(inTime.status, 200);
    });

    it('is sixty days for what was bought until May 2021, thirty until October 2022', async () => {
      const old = await window({ item: purchases.WINDOWS_SERVER }, '2021-05-31T12:00:00Z', '2021-07-30T23:59:00Z');
      const subscription = { item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR };
      const later = await window(subscription, '2022-10-13T12:00:00Z', '2022-11-12T23:59:00Z');

      assert.match(old.tooLate.text('description'), /60-day/);
      assert.equal(old.inTime.status, 200);
      assert.match(later.tooLate.text('description'), /30-day/);
      assert.equal(later.inTime.status, 200);
    });

    it('is over for the old order of Contoso', async () => {
      const order = await purchases.orderOf(client, contoso, 'SQL Server 2022 Standard');

      assert.equal((await cancel(order.text('id'))).at('code'), 900117);
    });
  });
});
