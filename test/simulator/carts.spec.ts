import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Desk, openDesk } from './desk.ts';
import * as shop from './shop.ts';

describe('carts', () => {
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

  const cartPath = (id: string) => `/v1/customers/${contoso}/carts/${id}`;
  const lineOf = async (wish: shop.Wish) => (await shop.createCart(desk, contoso, [wish])).list('lineItems')[0];

  it('are created with currency and group of each line, and read back', async () => {
    const cart = await shop.createCart(desk, contoso, [
      { item: shop.WINDOWS_SERVER, quantity: 2 },
      { item: shop.WINDOWS_SUBSCRIPTION, ...shop.ONE_YEAR },
      { item: shop.USER_CAL, quantity: 5 },
    ]);
    const read = await desk.get(cartPath(cart.text('id')));

    assert.equal(cart.status, 201);
    assert.equal(cart.at('status'), 'Active');
    assert.deepEqual(
      cart.list('lineItems').map((line) => [line.at('id'), line.at('currencyCode'), line.at('orderGroup')]),
      [
        [0, 'EUR', '0'],
        [1, 'EUR', '1'],
        [2, 'EUR', '0'],
      ],
    );
    assert.deepEqual(read.at('lineItems'), cart.at('lineItems'));
    assert.equal(read.at('lineItems.0.segment'), undefined);
  });

  it('live seven days', async () => {
    const cart = await shop.createCart(desk, contoso, [{ item: shop.WINDOWS_SERVER }]);
    const life = Date.parse(cart.text('expirationTimestamp')) - Date.parse(cart.text('creationTimestamp'));
    await desk.advance(7 * 86_400);
    await desk.signIn();
    const expired = await desk.call('POST', `${cartPath(cart.text('id'))}/checkout`);

    assert.equal(life, 7 * 86_400_000);
    assert.equal(expired.status, 404);
    assert.equal(expired.at('code'), 800008);
  });

  it('mark an outdated item with 10001 inside a 201, and refuse to be checked out', async () => {
    const old = await shop.catalogItemId(desk, contoso, shop.WINDOWS_SERVER);
    await desk.advance(2 * 3600);
    await desk.signIn();
    const lineItems = [{ catalogItemId: old, quantity: 1, billingCycle: 'one_time' }];

    const cart = await desk.call('POST', `/v1/customers/${contoso}/carts`, { lineItems });
    const checkout = await desk.call('POST', `${cartPath(cart.text('id'))}/checkout`);

    assert.equal(cart.status, 201);
    assert.equal(cart.at('lineItems.0.error.errorCode'), 10001);
    assert.equal(checkout.status, 400);
    assert.equal(checkout.at('code'), 800009);
  });

  it('still take the item of the hour before, and keep it when the cart is changed much later', async () => {
    const old = await shop.catalogItemId(desk, contoso, shop.WINDOWS_SERVER);
    await desk.advance(3599);
    const lineItems = [{ catalogItemId: old, quantity: 1, billingCycle: 'one_time' }];
    const cart = await desk.call('POST', `/v1/customers/${contoso}/carts`, { lineItems });
    await desk.advance(5 * 3600);
    await desk.signIn();

    const changed = await desk.call('PUT', cartPath(cart.text('id')), {
      lineItems: [{ ...lineItems[0], quantity: 3 }],
    });

    assert.equal(cart.at('lineItems.0.error'), undefined);
    assert.equal(changed.status, 200);
    assert.equal(changed.at('lineItems.0.quantity'), 3);
    assert.equal(changed.at('lineItems.0.error'), undefined);
  });

  it('mark what is sold out, lacks its attestation, or has a wrong term or billing cycle', async () => {
    const soldOut = await lineOf({ item: shop.SOLD_OUT });
    const notAttested = await lineOf({ item: shop.VISUAL_STUDIO });
    const attested = await lineOf({ item: shop.VISUAL_STUDIO, attestationAccepted: true });
    const wrongTerm = await lineOf({ item: shop.WINDOWS_SERVER, termDuration: 'P1Y' });
    const wrongCycle = await lineOf({ item: shop.WINDOWS_SERVER, billingCycle: 'monthly' });

    assert.equal(soldOut?.at('error.errorCode'), 'inventory_not_available');
    assert.equal(notAttested?.at('error.errorCode'), 'attestation_not_accepted');
    assert.equal(attested?.at('error'), undefined);
    assert.equal(wrongTerm?.at('error.errorCode'), 'invalid_input');
    assert.equal(wrongCycle?.at('error.errorCode'), 'billing_plan_not_supported');
  });

  it('refuse a quantity outside the range with 2002', async () => {
    for (const wish of [
      { item: shop.WINDOWS_SERVER, quantity: 0 },
      { item: shop.SQL_ENTERPRISE, quantity: 1 },
      { item: shop.VISUAL_STUDIO, quantity: 251 },
    ]) {
      const reply = await shop.createCart(desk, contoso, [wish]);
      assert.equal(reply.status, 400);
      assert.equal(reply.at('code'), 2002);
    }
  });

  it('refuse a segment the customer does not qualify for with 800086', async () => {
    const college = await desk.customerId('Bellows');
    const education = { productId: 'DG7GMGF0PWHC', skuId: '0003' };
    const catalogItemId = await shop.catalogItemId(desk, college, education, 'education');
    const lineItems = [{ catalogItemId, quantity: 1, billingCycle: 'one_time' }];
    const northwind = await desk.customerId('Northwind');

    const allowed = await desk.call('POST', `/v1/customers/${college}/carts`, { lineItems });
    const refused = await desk.call('POST', `/v1/customers/${northwind}/carts`, { lineItems });

    assert.equal(allowed.status, 201);
    assert.equal(refused.at('code'), 800086);
  });

  it('do not know items of another country', async () => {
    const northwind = await desk.customerId('Northwind');
    const american = await shop.catalogItemId(desk, northwind, shop.WINDOWS_SERVER);
    const lineItems = [{ catalogItemId: american, quantity: 1, billingCycle: 'one_time' }];

    const cart = await desk.call('POST', `/v1/customers/${contoso}/carts`, { lineItems });

    assert.equal(cart.at('lineItems.0.error.errorCode'), 10001);
  });

  it('give several orders, and the same answer when checked out again', async () => {
    const cart = await shop.createCart(desk, contoso, [
      { item: shop.WINDOWS_SERVER },
      { item: shop.WINDOWS_SUBSCRIPTION, ...shop.ONE_YEAR },
    ]);
    const path = `${cartPath(cart.text('id'))}/checkout`;
    const first = await desk.call('POST', path);
    await desk.advance(30);
    const again = await desk.call('POST', path);
    const changed = await desk.call('PUT', cartPath(cart.text('id')), { lineItems: cart.at('lineItems') });

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
    assert.equal((await desk.get(cartPath(cart.text('id')))).at('status'), 'Ordered');
    assert.equal(changed.at('code'), 800065);
  });

  it('may fail for one group alone, when the credit line does not reach', async () => {
    const cart = await shop.createCart(desk, contoso, [
      { item: shop.SQL_ENTERPRISE, quantity: 100 },
      { item: shop.WINDOWS_SUBSCRIPTION, ...shop.ONE_YEAR },
    ]);
    const checkout = await desk.call('POST', `${cartPath(cart.text('id'))}/checkout`);

    assert.equal(checkout.status, 201);
    assert.equal(checkout.list('orders').length, 1);
    assert.equal(checkout.at('orderErrors.0.orderGroupId'), '0');
    assert.equal(checkout.at('orderErrors.0.code'), 800023);
  });

  it('stay active when nothing could be ordered', async () => {
    const cart = await shop.createCart(desk, contoso, [{ item: shop.SQL_ENTERPRISE, quantity: 100 }]);
    const checkout = await desk.call('POST', `${cartPath(cart.text('id'))}/checkout`);

    assert.deepEqual(checkout.at('orders'), []);
    assert.equal(checkout.list('orderErrors').length, 1);
    assert.equal((await desk.get(cartPath(cart.text('id')))).at('status'), 'Active');
  });

  describe('that another request is working on', () => {
    const checkoutOf = async () => {
      const cart = await shop.createCart(desk, contoso, [{ item: shop.WINDOWS_SERVER }]);
      return `${cartPath(cart.text('id'))}/checkout`;
    };
    const checkOut = (path: string, requestId: string = randomUUID(), more: Record<string, string> = {}) =>
      desk.call('POST', path, undefined, { 'MS-RequestId': requestId, ...more });
    /** A checkout that is slow; resolves when it has begun, with the answer still to come. */
    const begun = async (path: string, requestId?: string) => {
      await desk.control('POST', 'faults', [{ path: '/checkout$', delayMs: 400 }]);
      const answer = checkOut(path, requestId);
      while ((await desk.control('GET', 'faults')).list('').length > 0) await new Promise(setImmediate);
      return { answer };
    };
    const orderCount = async () => (await desk.control('GET', 'state')).list('orders').length;

    it('are not checked out a second time: 409, 800064', async () => {
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

    it('give the same outcome to the same MS-RequestId, which need not wait for the first', async () => {
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

    it('are not changed meanwhile either, but can be read', async () => {
      const path = await checkoutOf();
      const cart = path.replace('/checkout', '');
      const lineItems = (await desk.get(cart)).at('lineItems');
      const { answer } = await begun(path);

      const changed = await desk.call('PUT', cart, { lineItems });
      const read = await desk.get(cart);

      assert.equal(changed.at('code'), 800064);
      assert.equal(read.at('status'), 'Active');
      assert.equal((await answer).status, 201);
    });

    it('are no reason to refuse another cart', async () => {
      const [slow, other] = [await checkoutOf(), await checkoutOf()];
      const { answer } = await begun(slow);

      assert.equal((await checkOut(other)).status, 201);
      assert.equal((await answer).status, 201);
    });

    it('are not kept by somebody who may not call at all', async () => {
      const path = await checkoutOf();
      await desk.control('POST', 'faults', [{ path: '/checkout$', delayMs: 400 }]);
      const stranger = checkOut(path, randomUUID(), { Authorization: 'Bearer a.b.c' });
      while ((await desk.control('GET', 'faults')).list('').length > 0) await new Promise(setImmediate);

      assert.equal((await checkOut(path)).status, 201);
      assert.equal((await stranger).status, 401);
    });

    it('can be checked out when the first attempt has failed', async () => {
      const path = await checkoutOf();
      await desk.control('POST', 'faults', [{ path: '/checkout$', delayMs: 50, status: 503 }]);

      assert.equal((await checkOut(path)).status, 503);
      assert.equal((await checkOut(path)).status, 201);
    });
  });

  it('are not found below another customer', async () => {
    const cart = await shop.createCart(desk, contoso, [{ item: shop.WINDOWS_SERVER }]);
    const northwind = await desk.customerId('Northwind');

    assert.equal((await desk.get(`/v1/customers/${northwind}/carts/${cart.text('id')}`)).at('code'), 800008);
  });
});
