import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('the checkout', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const cartPath = (id: string) => `/v1/customers/${contoso}/carts/${id}`;

  it('gives several orders, and the same answer when it is repeated', async () => {
    const cart = await purchases.createCart(client, contoso, [
      { item: purchases.WINDOWS_SERVER },
      { item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR },
    ]);
    const path = `${cartPath(cart.text('id'))}/checkout`;
    const first = await client.call('POST', path);
    await client.advance(30);
    const again = await client.call('POST', path);

    assert.equal(first.status, 201);
    assert.deepEqual(
      first.list('orders').map((order) => [order.at('billingCycle'), order.at('status')]),
      [
        ['one_time', 'pending'],
        ['annual', 'pending'],
      ],
    );
    assert.equal(again.status, 201);
    assert.deepEqual(again.at('orders'), first.at('orders'));
    assert.equal((await client.get(cartPath(cart.text('id')))).at('status'), 'Ordered');
  });

  it('may fail for one group alone, when the credit line does not reach', async () => {
    const cart = await purchases.createCart(client, contoso, [
      { item: purchases.SQL_ENTERPRISE, quantity: 100 },
      { item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR },
    ]);
    const checkout = await client.call('POST', `${cartPath(cart.text('id'))}/checkout`);

    assert.equal(checkout.status, 201);
    assert.equal(checkout.list('orders').length, 1);
    assert.equal(checkout.at('orderErrors.0.orderGroupId'), '0');
    assert.equal(checkout.at('orderErrors.0.code'), 800023);
  });

  it('leaves the cart active when nothing could be ordered', async () => {
    const cart = await purchases.createCart(client, contoso, [{ item: purchases.SQL_ENTERPRISE, quantity: 100 }]);
    const checkout = await client.call('POST', `${cartPath(cart.text('id'))}/checkout`);

    assert.deepEqual(checkout.at('orders'), []);
    assert.equal(checkout.list('orderErrors').length, 1);
    assert.equal((await client.get(cartPath(cart.text('id')))).at('status'), 'Active');
  });

  describe('of a cart that another request is working on', () => {
    const checkoutOf = async () => {
      const cart = await purchases.createCart(client, contoso, [{ item: purchases.WINDOWS_SERVER }]);
      return `${cartPath(cart.text('id'))}/checkout`;
    };
    const checkOut = (path: string, requestId: string = randomUUID(), more: Record<string, string> = {}) =>
      client.call('POST', path, undefined, { 'MS-RequestId': requestId, ...more });
    /** A checkout that is slow; resolves when it has begun, with the answer still to come. */
    const begun = async (path: string, requestId?: string) => {
      await client.control('POST', 'faults', [{ path: '/checkout$', delayMs: 400 }]);
      const answer = checkOut(path, requestId);
      while ((await client.control('GET', 'faults')).list('').length > 0) await new Promise(setImmediate);
      return { answer };
    };
    const orderCount = async () => (await client.control('GET', 'state')).list('orders').length;

    it('is refused: 409, 800064', async () => {
      const path = await checkoutOf();
      const before = await orderCount();
      const { answer } = await begun(path);

      const others = await Promise.all([checkOut(path), checkOut(path)]);
      const first = await answer;
      const afterwards = await checkOut(path);

      for (const other of others) {
        assert.equal(other.status, 409);
        assert.equal(other.at('code'), 800064);
      }
      assert.equal(first.status, 201);
      assert.equal(afterwards.status, 201);
      assert.equal(afterwards.at('orders.0.id'), first.at('orders.0.id'));
      assert.equal(await orderCount(), before + 1);
    });

    it('gives the same outcome to the same MS-RequestId, which need not wait for the first', async () => {
      const path = await checkoutOf();
      const before = await orderCount();
      const requestId = randomUUID();
      const { answer } = await begun(path, requestId);
      let isAnswered = false;
      void answer.then(() => {
        isAnswered = true;
      });

      const again = await checkOut(path, requestId.toUpperCase());
      const wasFirst = !isAnswered;
      const other = await checkOut(path);
      const first = await answer;

      assert.ok(wasFirst);
      assert.deepEqual(other.at(''), first.at(''));

      assert.equal(again.status, 201);
      assert.deepEqual(again.at(''), first.at(''));
      assert.equal(await orderCount(), before + 1);
    });

    it('lets the cart be read meanwhile', async () => {
      const path = await checkoutOf();
      const cart = path.replace('/checkout', '');
      const { answer } = await begun(path);

      const read = await client.get(cart);

      assert.equal(read.at('status'), 'Active');
      assert.equal((await answer).status, 201);
    });

    it('does not keep other carts waiting', async () => {
      const [slow, other] = [await checkoutOf(), await checkoutOf()];
      const { answer } = await begun(slow);

      assert.equal((await checkOut(other)).status, 201);
      assert.equal((await answer).status, 201);
    });

    it('is not prevented by somebody who may not call at all', async () => {
      const path = await checkoutOf();
      await client.control('POST', 'faults', [{ path: '/checkout$', delayMs: 400 }]);
      const stranger = checkOut(path, randomUUID(), { Authorization: 'Bearer a.b.c' });
      while ((await client.control('GET', 'faults')).list('').length > 0) await new Promise(setImmediate);

      assert.equal((await checkOut(path)).status, 201);
      assert.equal((await stranger).status, 401);
    });

    it('works when the first attempt has failed', async () => {
      const path = await checkoutOf();
      await client.control('POST', 'faults', [{ path: '/checkout$', delayMs: 50, status: 503 }]);

      assert.equal((await checkOut(path)).status, 503);
      assert.equal((await checkOut(path)).status, 201);
    });
  });
});
