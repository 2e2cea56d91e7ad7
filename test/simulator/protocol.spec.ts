import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Desk, openDesk } from './desk.ts';
import { buyOne, catalogItemId, createCart, WINDOWS_SERVER } from './shop.ts';

describe('the protocol', () => {
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

  it('echoes request and correlation id, and makes them up where there are none', async () => {
    const ids = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };

    const echoed = await desk.get(`/v1/customers/${contoso}`, ids);
    const madeUp = await desk.get(`/v1/customers/${contoso}`);

    assert.equal(echoed.headers.get('ms-requestid'), ids['MS-RequestId']);
    assert.equal(echoed.headers.get('ms-correlationid'), ids['MS-CorrelationId']);
    assert.match(madeUp.headers.get('ms-requestid') ?? '', /^[0-9a-f-]{36}$/);
    assert.notEqual(echoed.headers.get('ms-cv'), null);
    assert.notEqual(echoed.headers.get('ms-serverid'), null);
  });

  it('doubles the correlation id and begins with a byte order mark in the list of orders', async () => {
    const correlationId = randomUUID();
    const orders = await desk.get(`/v1/customers/${contoso}/orders`, { 'MS-CorrelationId': correlationId });

    assert.equal(orders.headers.get('ms-correlationid')?.replaceAll(' ', ''), `${correlationId},${correlationId}`);
    assert.deepEqual([...orders.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  });

  it('has a byte order mark in the answer to a checkout, and none elsewhere', async () => {
    const cart = await createCart(desk, contoso, [{ item: WINDOWS_SERVER }]);
    const checkout = await desk.call('POST', `/v1/customers/${contoso}/carts/${cart.text('id')}/checkout`);

    assert.equal(cart.bytes[0], '{'.charCodeAt(0));
    assert.equal(checkout.bytes[0], 0xef);
  });

  it('ignores the case of property names, paths and parameters', async () => {
    const itemId = await catalogItemId(desk, contoso, WINDOWS_SERVER);
    const body = { LINEITEMS: [{ CatalogItemId: itemId, quantity: 1, BillingCycle: 'one_time' }] };

    const cart = await desk.call('POST', `/V1/Customers/${contoso}/CARTS`, body);
    const orders = await desk.get(`/v1/customers/${contoso.toUpperCase()}/Orders?BILLINGTYPE=OneTime`);

    assert.equal(cart.status, 201);
    assert.equal(cart.at('lineItems.0.catalogItemId'), itemId);
    assert.ok(orders.list('items').length > 0);
  });

  it('repeats the first outcome for the same MS-RequestId and call', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const lineItems = [
      { catalogItemId: await catalogItemId(desk, contoso, WINDOWS_SERVER), quantity: 1, billingCycle: 'one_time' },
    ];
    const path = `/v1/customers/${contoso}/carts`;

    const first = await desk.call('POST', path, { lineItems }, headers);
    const again = await desk.call('POST', path, { lineItems }, headers);
    const other = await desk.call('POST', path, { lineItems }, { 'MS-RequestId': randomUUID() });

    assert.equal(again.status, 201);
    assert.equal(again.at('id'), first.at('id'));
    assert.notEqual(other.at('id'), first.at('id'));
  });

  it('repeats it as it was written: byte order mark, correlation id twice', async () => {
    const cart = await createCart(desk, contoso, [{ item: WINDOWS_SERVER }]);
    const path = `/v1/customers/${contoso}/carts/${cart.text('id')}/checkout`;
    const headers = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };

    const first = await desk.call('POST', path, undefined, headers);
    const again = await desk.call('POST', path, undefined, headers);

    assert.equal(first.bytes[0], 0xef);
    assert.deepEqual(again.bytes, first.bytes);
    assert.equal(again.headers.get('ms-correlationid'), first.headers.get('ms-correlationid'));
    assert.match(again.headers.get('ms-correlationid') ?? '', /,/);
  });

  it('repeats a refusal too, and the same id for another call is no repetition', async () => {
    const headers = { 'MS-RequestId': randomUUID() };
    const orderId = await buyOne(desk, contoso, { item: WINDOWS_SERVER });
    const path = `/v1/customers/${contoso}/orders/${orderId}`;

    const refused = await desk.call('PATCH', path, { status: 'cancelled' }, headers);
    await desk.advance(10);
    const repeated = await desk.call('PATCH', path, { status: 'cancelled' }, headers);
    const otherCall = await desk.call('PATCH', `${path}?x=1`, { status: 'cancelled' }, headers);

    assert.equal(refused.at('code'), 800060);
    assert.equal(repeated.at('code'), 800060);
    assert.equal(otherCall.status, 200);
  });

  it('answers 405 from the gateway, and with what is allowed, where another method would be served', async () => {
    const carts = await desk.call('DELETE', `/V1/customers/${contoso}/carts/?x=1`);
    const order = await desk.call('DELETE', `/v1/customers/${contoso}/orders/x`);
    const domain = await desk.get('/v1/domains/contoso.example');
    const group = await desk.call('DELETE', '/v1.0/groups/x/transitiveMembers');

    assert.equal(carts.status, 405);
    assert.equal(carts.headers.get('allow'), 'POST');
    assert.equal(carts.at('statusCode'), 405);
    assert.match(carts.text('message'), /DELETE/);
    assert.equal(order.headers.get('allow'), 'GET, PATCH');
    assert.equal(domain.headers.get('allow'), 'HEAD');
    assert.equal(group.status, 405);
    assert.equal(group.at('error.code'), 'Request_BadRequest');
  });

  it('answers 404 for every method where something was withdrawn', async () => {
    const today = await openDesk({ mode: 'today' });
    const path = '/v1/products/DG7GMGF0D5RK/skus/0001/downloadoptions';
    const statuses = [(await today.get(path)).status, (await today.call('DELETE', path)).status];
    const tickets = await today.call('POST', '/v1/servicerequests/en-US', {});
    await today.close();

    assert.deepEqual([...statuses, tickets.status], [404, 404, 404]);
    assert.equal(tickets.headers.get('allow'), null);
  });

  it('says in which language it answers: the one that was asked for, else en-US', async () => {
    const asked = await desk.get('/v1/customers?size=1', { 'X-Locale': 'pl-PL' });
    const notAsked = await desk.get('/v1/customers?size=1');

    assert.equal(asked.headers.get('x-locale'), 'pl-PL');
    assert.equal(notAsked.headers.get('x-locale'), 'en-US');
  });

  it('answers 404 from the gateway where there is nothing', async () => {
    const reply = await desk.get('/v1/nothing/here');

    assert.equal(reply.status, 404);
    assert.equal(reply.at('statusCode'), 404);
  });

  it('refuses a customer id that is no GUID, and one that nobody has', async () => {
    const noGuid = await desk.get('/v1/customers/contoso/orders');
    const nobody = await desk.get(`/v1/customers/${randomUUID()}`);

    assert.equal(noGuid.status, 400);
    assert.equal(noGuid.at('code'), 2000);
    assert.equal(nobody.status, 404);
    assert.equal(nobody.at('code'), 60003);
  });

  it('refuses a body that is not JSON or lacks what it needs', async () => {
    const noJson = await desk.call('POST', `/v1/customers/${contoso}/carts`, '{"lineItems":');
    const noLines = await desk.call('POST', `/v1/customers/${contoso}/carts`, { lineItems: [] });

    assert.equal(noJson.at('code'), 2000);
    assert.equal(noLines.at('code'), 3000);
    assert.equal(noLines.status, 400);
  });
});

describe('the limit', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk({ requestsPerMinute: 3 });
  });
  after(() => desk.close());

  it('answers 429 with Retry-After when a resource is asked too often, and leaves others alone', async () => {
    const contoso = await desk.customerId('Contoso');
    const replies = [];
    for (let call = 0; call < 4; call += 1) replies.push(await desk.get(`/v1/customers/${contoso}/orders`));
    const subscriptions = await desk.get(`/v1/customers/${contoso}/subscriptions`);
    const [last] = replies.slice(-1);

    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 200, 429],
    );
    assert.equal(last?.at('statusCode'), 429);
    assert.ok(Number(last?.headers.get('retry-after')) >= 1);
    assert.equal(subscriptions.status, 200);
  });

  it('counts carts made, changed and checked out together, and lets them be read', async () => {
    const path = `/v1/customers/${await desk.customerId('Contoso')}/carts`;
    const replies = [
      await desk.call('POST', path, {}),
      await desk.call('PUT', `${path}/${randomUUID()}`, {}),
      await desk.call('POST', `${path}/${randomUUID()}/checkout`),
      await desk.call('POST', path, {}),
    ];
    const read = await desk.get(`${path}/${randomUUID()}`);

    assert.deepEqual(
      replies.map(({ status }) => status),
      [400, 404, 404, 429],
    );
    assert.ok(Number(replies[3]?.headers.get('retry-after')) >= 1);
    assert.equal(read.at('code'), 800008);
  });
});
