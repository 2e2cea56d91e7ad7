import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Client, startClient } from '../client.ts';
import * as purchases from '../purchases.ts';

describe('faults on demand', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const fault = (...faults: object[]) => client.control('POST', 'faults', faults);
  const orders = () => client.get(`/v1/customers/${contoso}/orders`);

  it('answer with 500 once, unless told otherwise', async () => {
    await fault({ path: '/orders' });

    assert.equal((await orders()).status, 500);
    assert.equal((await orders()).status, 200);
  });

  it('answer with status, body and Retry-After as often as told', async () => {
    await fault({
      path: '/orders',
      times: 2,
      status: 503,
      retryAfter: 7,
      body: { code: 800005, description: 'later' },
    });

    const first = await orders();

    assert.equal(first.status, 503);
    assert.equal(first.headers.get('retry-after'), '7');
    assert.equal(first.at('code'), 800005);
    assert.equal((await orders()).status, 503);
    assert.equal((await orders()).status, 200);
  });

  it('fit by method and by path with query; the first that fits is used up first', async () => {
    await fault(
      { method: 'post', path: 'size=3', status: 501 },
      { path: 'size=3$', status: 502 },
      { path: '/v1/customers', status: 504 },
    );

    assert.equal((await client.get('/v1/customers?size=3')).status, 502);
    assert.equal((await client.get('/v1/customers?size=3')).status, 504);
    assert.equal((await client.get('/v1/customers?size=3')).status, 200);
    assert.equal((await client.control('GET', 'faults')).list('').length, 1);
  });

  it('meet the token endpoint too', async () => {
    await fault({ path: 'oauth2/token', status: 503 });

    assert.equal((await client.token({})).status, 503);
  });

  it('are cleared', async () => {
    await fault({ path: '/orders', times: 100 });
    await client.control('DELETE', 'faults');

    assert.equal((await orders()).status, 200);
  });

  it('wait, and then serve normally or fail', async () => {
    await fault({ path: '/orders', delayMs: 60 }, { path: '/orders', delayMs: 60, status: 500 });
    const started = performance.now();

    const slow = await orders();
    const took = performance.now() - started;
    const failed = await orders();

    assert.equal(slow.status, 200);
    assert.ok(took >= 59);
    assert.equal(failed.status, 500);
  });

  it('drop the connection after the work was done, and the retry under the same id gets the outcome', async () => {
    const cart = await purchases.createCart(client, contoso, [{ item: purchases.WINDOWS_SERVER }]);
    const path = `/v1/customers/${contoso}/carts/${cart.text('id')}/checkout`;
    const headers = { 'MS-RequestId': randomUUID() };
    await fault({ path: '/checkout', dropAfterWork: true });

    await assert.rejects(client.call('POST', path, undefined, headers));
    const ordered = await client.get(`/v1/customers/${contoso}/carts/${cart.text('id')}`);
    const retry = await client.call('POST', path, undefined, headers);
    const calls = (await client.control('GET', 'requests'))
      .list('')
      .filter((call) => call.text('path').endsWith('/checkout'));

    assert.equal(ordered.at('status'), 'Ordered');
    assert.equal(retry.status, 201);
    assert.equal(retry.list('orders').length, 1);
    assert.deepEqual(
      calls.map((call) => call.at('status')),
      [0, 201],
    );
  });

  it('fail after the work was done', async () => {
    const order = await purchases.orderOf(client, contoso, 'Windows Server 2022');
    const path = `/v1/customers/${contoso}/orders/${order.text('id')}`;
    await fault({ method: 'PATCH', status: 504, afterWork: true });

    const failed = await client.call('PATCH', path, { status: 'cancelled' });
    const again = await client.call('PATCH', path, { status: 'cancelled' });

    assert.equal(failed.status, 504);
    assert.equal(again.at('code'), 800014);
  });

  it('drop the connection before the work: no answer, and nothing done', async () => {
    const cart = await purchases.createCart(client, contoso, [{ item: purchases.WINDOWS_SERVER }]);
    const path = `/v1/customers/${contoso}/carts/${cart.text('id')}`;
    await fault({ method: 'POST', path: '/checkout$', dropBeforeWork: true, times: 2 });

    await assert.rejects(client.call('POST', `${path}/checkout`));
    await assert.rejects(client.call('POST', `${path}/checkout`));
    const untouched = await client.get(path);
    const calls = (await client.control('GET', 'requests'))
      .list('')
      .filter((c) => c.text('path').endsWith('/checkout'));

    assert.equal(untouched.at('status'), 'Active');
    assert.deepEqual(
      calls.map((c) => c.at('status')),
      [0, 0],
    );
    assert.equal((await client.call('POST', `${path}/checkout`)).status, 201);
  });

  it('drop it after a while, when told to wait first', async () => {
    await fault({ path: '/orders', dropBeforeWork: true, delayMs: 200 });
    const started = Date.now();

    await assert.rejects(orders());

    assert.ok(Date.now() - started >= 190);
  });

  it('cut the body off', async () => {
    await fault({ path: '/orders', truncate: true });

    await assert.rejects(orders());
    assert.equal((await orders()).status, 200);
  });

  it('send HTML instead of JSON, with the status asked for', async () => {
    await fault({ path: '/orders', notJson: true }, { path: '/orders', notJson: true, status: 502 });

    const fine = await orders();
    const bad = await orders();

    assert.equal(fine.status, 200);
    assert.match(fine.headers.get('content-type') ?? '', /html/);
    assert.match(fine.bytes.toString(), /^<!DOCTYPE html>/);
    assert.equal(bad.status, 502);
  });

  it('send text for a text, and headers of their own', async () => {
    await fault({ path: '/orders', status: 502, body: 'Bad Gateway', headers: { 'X-Cache': 'miss' } });

    const reply = await orders();

    assert.equal(reply.bytes.toString(), 'Bad Gateway');
    assert.equal(reply.headers.get('x-cache'), 'miss');
  });

  it('give every field a wrong type', async () => {
    await fault({ path: '/orders', wrongType: true });

    const reply = await orders();

    assert.equal(reply.status, 200);
    assert.equal(typeof reply.at('items'), 'string');
    assert.deepEqual(reply.at('totalCount'), {});
    assert.equal(reply.at('attributes.objectType'), 12345);
  });

  for (const body of [null, 42, true, [], ['a', 1]]) {
    it(`send ${JSON.stringify(body)} as a body`, async () => {
      const told = await fault({ path: '/orders', status: 200, body });
      const reply = await orders();

      assert.equal(told.status, 200);
      assert.equal(reply.bytes.toString(), JSON.stringify(body));
      assert.match(reply.headers.get('content-type') ?? '', /json/);
    });
  }

  it('send false as a body that is false, not as none', async () => {
    await fault({ path: '/orders', body: false, delayMs: 1 });

    const reply = await orders();

    assert.equal(reply.status, 500);
    assert.equal(reply.bytes.toString(), 'false');
  });

  it('add their headers to the real answer where they tell no other', async () => {
    await fault(
      { path: '/orders', headers: { 'X-Cache': 'hit' } },
      { path: '/orders', headers: { 'X-Cache': 'slow', 'MS-CV': 'mine' }, delayMs: 1 },
      { path: '/orders', headers: { 'X-Cache': 'odd' }, wrongType: true },
    );
    const replies = [await orders(), await orders(), await orders()];

    assert.deepEqual(
      replies.map((reply) => [reply.status, reply.headers.get('x-cache')]),
      [
        [200, 'hit'],
        [200, 'slow'],
        [200, 'odd'],
      ],
    );
    assert.ok(replies[0]?.list('items').length);
    assert.equal(replies[1]?.headers.get('ms-cv'), 'mine');
    assert.equal(typeof replies[2]?.at('items'), 'string');
  });

  it('do the work, and then cut off an answer of their own', async () => {
    await fault({ path: '/orders', afterWork: true, status: 200, body: { items: [] }, truncate: true });

    await assert.rejects(orders());
  });

  it('change an answer of their own as they change the real one', async () => {
    await fault(
      { path: '/orders', status: 200, body: { items: [], totalCount: 0 }, wrongType: true },
      { path: '/orders', status: 502, notJson: true, body: '<p>Bad gateway</p>' },
      { path: '/orders', status: 500, truncate: true },
    );
    const wrong = await orders();
    const page = await orders();

    assert.deepEqual([wrong.at('items'), wrong.at('totalCount')], ['not a list', {}]);
    assert.deepEqual([page.status, page.bytes.toString()], [502, '<p>Bad gateway</p>']);
    assert.match(page.headers.get('content-type') ?? '', /html/);
    await assert.rejects(orders());
  });

  it('are taken with parts that are switched off', async () => {
    assert.equal((await fault({ truncate: true, notJson: false, dropAfterWork: false, times: 1 })).status, 200);
    assert.equal((await client.control('POST', 'faults', { dropAfterWork: true, body: 1 })).status, 200);
  });

  it('are refused with the name of what is not known', async () => {
    const told = await fault({ path: '/orders', stat: 500 });

    assert.equal(told.status, 400);
    assert.match(told.text('error'), /stat/);
  });
});
