import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Client, startClient } from '../client.ts';
import { buyOne, catalogItemId, createCart, WINDOWS_SERVER } from '../purchases.ts';

describe('the protocol', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  it('echoes request and correlation id, and makes them up where there are none', async () => {
    const ids = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };

    const echoed = await client.get(`/v1/customers/${contoso}`, ids);
    const madeUp = await client.get(`/v1/customers/${contoso}`);

    assert.equal(echoed.headers.get('ms-requestid'), ids['MS-RequestId']);
    assert.equal(echoed.headers.get('ms-correlationid'), ids['MS-CorrelationId']);
    assert.match(madeUp.headers.get('ms-requestid') ?? '', /^[0-9a-f-]{36}$/);
    assert.notEqual(echoed.headers.get('ms-cv'), null);
    assert.notEqual(echoed.headers.get('ms-serverid'), null);
  });

  it('doubles the correlation id and begins with a byte order mark in the list of orders', async () => {
    const correlationId = randomUUID();
    const orders = await client.get(`/v1/customers/${contoso}/orders`, { 'MS-CorrelationId': correlationId });

    assert.equal(orders.headers.get('ms-correlationid')?.replaceAll(' ', ''), `${correlationId},${correlationId}`);
    assert.deepEqual([...orders.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  });

  it('has a byte order mark in the answer to a checkout, and none elsewhere', async () => {
    const cart = await createCart(client, contoso, [{ item: WINDOWS_SERVER }]);
    const checkout = await client.call('POST', `/v1/customers/${contoso}/carts/${cart.text('id')}/checkout`);

    assert.equal(cart.bytes[0], '{'.charCodeAt(0));
    assert.equal(checkout.bytes[0], 0xef);
  });

  it('ignores the case of property names, paths and parameters', async () => {
    const itemId = await catalogItemId(client, contoso, WINDOWS_SERVER);
    const body = { LINEITEMS: [{ CatalogItemId: itemId, quantity: 1, BillingCycle: 'one_time' }] };

    const cart = await client.call('POST', `/V1/Customers/${contoso}/CARTS`, body);
    const orders = await client.get(`/v1/customers/${contoso.toUpperCase()}/Orders?BILLINGTYPE=OneTime`);

    assert.equal(cart.status, 201);
    assert.equal(cart.at('lineItems.0.catalogItemId'), itemId);
    assert.ok(orders.list('items').length > 0);
  });

  it('repeats the first outcome for the same MS-RequestId and call', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const lineItems = [
      { catalogItemId: await catalogItemId(client, contoso, WINDOWS_SERVER), quantity: 1, billingCycle: 'one_time' },
    ];
    const path = `/v1/customers/${contoso}/carts`;

    const first = await client.call('POST', path, { lineItems }, headers);
    const again = await client.call('POST', path, { lineItems }, headers);
    const other = await client.call('POST', path, { lineItems }, { 'MS-RequestId': randomUUID() });

    assert.equal(again.status, 201);
    assert.equal(again.at('id'), first.at('id'));
    assert.notEqual(other.at('id'), first.at('id'));
  });

  it('repeats it as it was written: byte order mark, correlation id twice', async () => {
    const cart = await createCart(client, contoso, [{ item: WINDOWS_SERVER }]);
    const path = `/v1/customers/${contoso}/carts/${cart.text('id')}/checkout`;
    const headers = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };

    const first = await client.call('POST', path, undefined, headers);
    const again = await client.call('POST', path, undefined, headers);

    assert.equal(first.bytes[0], 0xef);
    assert.deepEqual(again.bytes, first.bytes);
    assert.equal(again.headers.get('ms-correlationid'), first.headers.get('ms-correlationid'));
    assert.match(again.headers.get('ms-correlationid') ?? '', /,/);
  });

  it('repeats a refusal too, and the same id for another call is no repetition', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const orderId = await buyOne(client, contoso, { item: WINDOWS_SERVER });
    const path = `/v1/customers/${contoso}/orders/${orderId}`;

    const refused = await client.call('PATCH', path, { status: 'cancelled' }, headers);
    await client.advance(10);
    const repeated = await client.call('PATCH', path, { status: 'cancelled' }, headers);
    const otherCall = await client.call('PATCH', `${path}?x=1`, { status: 'cancelled' }, headers);

    assert.equal(refused.at('code'), 800060);
    assert.equal(repeated.at('code'), 800060);
    assert.equal(otherCall.status, 200);
  });

  it('answers 405 from the gateway, and with what is allowed, where another method would be served', async () => {
    const carts = await client.call('DELETE', `/V1/customers/${contoso}/carts/?x=1`);
    const order = await client.call('DELETE', `/v1/customers/${contoso}/orders/x`);
    const group = await client.call('DELETE', '/v1.0/groups/x/transitiveMembers');

    assert.equal(carts.status, 405);
    assert.equal(carts.headers.get('allow'), 'POST');
    assert.equal(carts.at('statusCode'), 405);
    assert.match(carts.text('message'), /DELETE/);
    assert.equal(order.headers.get('allow'), 'GET, PATCH');
    assert.equal(group.status, 405);
    assert.equal(group.at('error.code'), 'Request_BadRequest');
  });

  it('answers 404 for every method where something was withdrawn', async () => {
    const today = await startClient({ mode: 'today' });
    const path = '/v1/products/DG7GMGF0D5RK/skus/0001/downloadoptions';
    const statuses = [(await today.get(path)).status, (await today.call('DELETE', path)).status];
    const tickets = await today.call('POST', '/v1/servicerequests/en-US', {});
    await today.close();

    assert.deepEqual([...statuses, tickets.status], [404, 404, 404]);
    assert.equal(tickets.headers.get('allow'), null);
  });

  it('says in which language it answers: the one that was asked for, else en-US', async () => {
    const asked = await client.get('/v1/customers?size=1', { 'X-Locale': 'pl-PL' });
    const notAsked = await client.get('/v1/customers?size=1');

    assert.equal(asked.headers.get('x-locale'), 'pl-PL');
    assert.equal(notAsked.headers.get('x-locale'), 'en-US');
  });

  it('answers 404 from the gateway where there is nothing', async () => {
    const reply = await client.get('/v1/nothing/here');

    assert.equal(reply.status, 404);
    assert.equal(reply.at('statusCode'), 404);
  });

  it('refuses a customer id that is no GUID, and one that nobody has', async () => {
    const noGuid = await client.get('/v1/customers/contoso/orders');
    const nobody = await client.get(`/v1/customers/${randomUUID()}`);

    assert.equal(noGuid.status, 400);
    assert.equal(noGuid.at('code'), 2000);
    assert.equal(nobody.status, 404);
    assert.equal(nobody.at('code'), 60003);
  });

  it('refuses a body that is not JSON or lacks what it needs', async () => {
    const noJson = await client.call('POST', `/v1/customers/${contoso}/carts`, '{"lineItems":');
    const noLines = await client.call('POST', `/v1/customers/${contoso}/carts`, { lineItems: [] });

    assert.equal(noJson.at('code'), 2000);
    assert.equal(noLines.at('code'), 3000);
    assert.equal(noLines.at('description'), 'A property has invalid data.');
    assert.match(noLines.text('data.0'), /^property_name: lineItems - /);
    assert.equal(noLines.status, 400);
  });

  it('gives every long list in pages, each with a token for the next one', async () => {
    const small = await startClient({ pageSize: 2 });
    const orders = `/v1/customers/${await small.customerId('Contoso')}/orders`;
    const ids: unknown[] = [];
    let page = await small.get(`${orders}?include_price=true`);
    const sizes = [page.list('items').length];
    for (;;) {
      ids.push(...page.list('items').map((order) => order.at('id')));
      if (page.at('links.next') === undefined) break;
      const token = page.text('links.next.headers.0.value');
      assert.match(page.text('links.next.uri'), /^\/customers\/.*\?include_price=true&seekOperation=Next$/);
      page = await small.get(`/v1${page.text('links.next.uri')}`, { 'MS-ContinuationToken': token });
      sizes.push(page.list('items').length);
    }
    const whole = await client.get(`/v1/customers/${contoso}/orders`);
    await small.close();

    assert.ok(sizes.length > 1 && sizes.every((size) => size <= 2));
    assert.equal(new Set(ids).size, whole.list('items').length);
  });
});
