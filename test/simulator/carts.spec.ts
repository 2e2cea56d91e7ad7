import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('carts', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const cartPath = (id: string) => `/v1/customers/${contoso}/carts/${id}`;
  const cartFor = async (name: string) =>
    purchases.createCart(client, await client.customerId(name), [{ item: purchases.WINDOWS_SERVER }]);
  const lineOf = async (purchase: purchases.Purchase) =>
    (await purchases.createCart(client, contoso, [purchase])).list('lineItems')[0];

  it('are created with currency and group of each line, and read back', async () => {
    const cart = await purchases.createCart(client, contoso, [
      { item: purchases.WINDOWS_SERVER, quantity: 2 },
      { item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR },
      { item: purchases.USER_CAL, quantity: 5 },
    ]);
    const read = await client.get(cartPath(cart.text('id')));

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
    const cart = await purchases.createCart(client, contoso, [{ item: purchases.WINDOWS_SERVER }]);
    const life = Date.parse(cart.text('expirationTimestamp')) - Date.parse(cart.text('creationTimestamp'));
    await client.advance(7 * 86_400);
    await client.signIn();
    const expired = await client.call('POST', `${cartPath(cart.text('id'))}/checkout`);

    assert.equal(life, 7 * 86_400_000);
    assert.equal(expired.status, 404);
    assert.equal(expired.at('code'), 800008);
  });

  it('mark an outdated item with 10001 inside a 201, and refuse to be checked out', async () => {
    const old = await purchases.catalogItemId(client, contoso, purchases.WINDOWS_SERVER);
    await client.advance(2 * 3600);
    await client.signIn();
    const lineItems = [{ catalogItemId: old, quantity: 1, billingCycle: 'one_time' }];

    const cart = await client.call('POST', `/v1/customers/${contoso}/carts`, { lineItems });
    const checkout = await client.call('POST', `${cartPath(cart.text('id'))}/checkout`);

    assert.equal(cart.status, 201);
    assert.equal(cart.at('lineItems.0.error.errorCode'), 10001);
    assert.equal(checkout.status, 400);
    assert.equal(checkout.at('code'), 800009);
  });

  it('still take the item of the hour before', async () => {
    const old = await purchases.catalogItemId(client, contoso, purchases.WINDOWS_SERVER);
    await client.advance(3600);
    await client.signIn();
    const lineItems = [{ catalogItemId: old, quantity: 1, billingCycle: 'one_time' }];
    const cart = await client.call('POST', `/v1/customers/${contoso}/carts`, { lineItems });

    assert.equal(cart.status, 201);
    assert.equal(cart.at('lineItems.0.error'), undefined);
  });

  it('mark what is sold out, lacks its attestation, or has a wrong term or billing cycle', async () => {
    const soldOut = await lineOf({ item: purchases.SOLD_OUT });
    const notAttested = await lineOf({ item: purchases.VISUAL_STUDIO });
    const attested = await lineOf({ item: purchases.VISUAL_STUDIO, attestationAccepted: true });
    const wrongTerm = await lineOf({ item: purchases.WINDOWS_SERVER, termDuration: 'P1Y' });
    const wrongCycle = await lineOf({ item: purchases.WINDOWS_SERVER, billingCycle: 'monthly' });

    assert.equal(soldOut?.at('error.errorCode'), 'inventory_not_available');
    assert.equal(notAttested?.at('error.errorCode'), 'attestation_not_accepted');
    assert.equal(attested?.at('error'), undefined);
    assert.equal(wrongTerm?.at('error.errorCode'), 'invalid_input');
    assert.equal(wrongCycle?.at('error.errorCode'), 'billing_plan_not_supported');
  });

  it('refuse a quantity outside the range with 2002', async () => {
    for (const purchase of [
      { item: purchases.WINDOWS_SERVER, quantity: 0 },
      { item: purchases.SQL_ENTERPRISE, quantity: 1 },
      { item: purchases.VISUAL_STUDIO, quantity: 251 },
    ]) {
      const reply = await purchases.createCart(client, contoso, [purchase]);
      assert.equal(reply.status, 400);
      assert.equal(reply.at('code'), 2002);
    }
  });

  it('refuse a segment the customer does not qualify for with 800086', async () => {
    const college = await client.customerId('Bellows');
    const education = { productId: 'DG7GMGF0PWHC', skuId: '0003' };
    const catalogItemId = await purchases.catalogItemId(client, college, education, 'education');
    const lineItems = [{ catalogItemId, quantity: 1, billingCycle: 'one_time' }];
    const northwind = await client.customerId('Northwind');

    const allowed = await client.call('POST', `/v1/customers/${college}/carts`, { lineItems });
    const refused = await client.call('POST', `/v1/customers/${northwind}/carts`, { lineItems });

    assert.equal(allowed.status, 201);
    assert.equal(refused.at('code'), 800086);
  });

  it('do not know items of another country', async () => {
    const northwind = await client.customerId('Northwind');
    const american = await purchases.catalogItemId(client, northwind, purchases.WINDOWS_SERVER);
    const lineItems = [{ catalogItemId: american, quantity: 1, billingCycle: 'one_time' }];

    const cart = await client.call('POST', `/v1/customers/${contoso}/carts`, { lineItems });

    assert.equal(cart.at('lineItems.0.error.errorCode'), 10001);
  });

  it('are not found below another customer', async () => {
    const cart = await purchases.createCart(client, contoso, [{ item: purchases.WINDOWS_SERVER }]);
    const northwind = await client.customerId('Northwind');

    assert.equal((await client.get(`/v1/customers/${northwind}/carts/${cart.text('id')}`)).at('code'), 800008);
  });

  it('are refused while the account is under review or not allowed, and without a reseller relationship', async () => {
    assert.equal((await cartFor('Proseware')).at('code'), 800073);
    assert.equal((await cartFor('Drukarnia')).at('code'), 800075);
    const trey = await client.customerId('Trey');
    const orders = await client.get(`/v1/customers/${trey}/orders`);
    assert.equal(orders.status, 403);
    assert.equal(orders.at('code'), 20002);
    assert.match(orders.text('description'), /&#39;/);
  });
});
