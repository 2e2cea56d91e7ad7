import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Client, type Reply, startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('subscriptions', () => {
  let client: Client;
  let contoso: string;
  let subscription: Reply;
  before(async () => {
    client = await startClient();
  });
  beforeEach(async () => {
    await client.reset();
    contoso = await client.customerId('Contoso');
    const [seeded] = (await client.get(`/v1/customers/${contoso}/subscriptions`)).list('items');
    if (seeded === undefined) assert.fail('Contoso has no subscription');
    subscription = seeded;
  });
  after(() => client.close());

  const path = () => `/v1/customers/${contoso}/subscriptions/${subscription.text('id')}`;
  const body = { status: 'active', quantity: 2, autoRenewEnabled: true, friendlyName: 'Windows Server' };
  const patch = (changes: object, etag = subscription.text('attributes.etag')) =>
    client.call('PATCH', path(), { ...body, ...changes }, { 'If-Match': `"${etag}"` });

  it('show their terms and the end of their window', async () => {
    const single = await client.get(path());
    const created = Date.parse(single.text('creationDate'));
    const allowedUntil = Date.parse(single.text('cancellationAllowedUntilDate'));

    assert.deepEqual(single.at('productType'), { id: 'Software', displayName: 'Software' });
    assert.equal(single.at('status'), 'active');
    assert.equal(single.at('termDuration'), 'P1Y');
    assert.equal(single.at('billingCycle'), 'annual');
    assert.equal(Math.round((allowedUntil - created) / 3_600_000), 168);
    assert.deepEqual(
      single.list('refundOptions').map((option) => option.at('type')),
      ['Full', 'Partial'],
    );
  });

  it('that have renewed themselves begin a term and a window anew, and can be cancelled', async () => {
    const adventure = await client.customerId('Adventure Works');
    const list = await client.get(`/v1/customers/${adventure}/subscriptions`);
    const now = Date.parse((await client.control('GET', 'state')).text('now'));
    const day = 86_400_000;
    const renewed = list
      .list('items')
      .find(
        (one) =>
          Math.round((now - Date.parse(one.text('creationDate'))) / day) === 368 && one.text('status') === 'active',
      );
    if (renewed === undefined) assert.fail('there is no renewed subscription in the seed');
    const startedAt = Date.parse(renewed.text('effectiveStartDate'));

    assert.ok(now - startedAt < 4 * day);
    assert.equal(Math.round((Date.parse(renewed.text('cancellationAllowedUntilDate')) - startedAt) / 3_600_000), 168);
    assert.ok(Date.parse(renewed.text('commitmentEndDate')) > now + 350 * day);
    assert.equal(renewed.at('refundableQuantity.totalQuantity'), 3);
    assert.equal(
      renewed.at('refundableQuantity.details.0.allowedUntilDateTime'),
      renewed.at('cancellationAllowedUntilDate'),
    );

    const order = `/v1/customers/${adventure}/orders/${renewed.text('orderId')}`;
    const cancelled = await client.call('PATCH', order, { id: renewed.text('orderId'), status: 'cancelled' });
    assert.equal(cancelled.at('status'), 'cancelled');
  });

  it('that do not renew themselves keep the window of their order', async () => {
    await patch({ autoRenewEnabled: false });
    await client.advance(366 * 86_400);
    await client.signIn();
    const single = await client.get(path());

    assert.equal(single.at('status'), 'expired');
    const started = Date.parse(single.text('effectiveStartDate')) - Date.parse(single.text('creationDate'));
    assert.ok(Math.abs(started) < 1000);
    assert.equal(single.at('refundableQuantity'), undefined);
  });

  it('have a window to the end of the day where thirty days are in force', async () => {
    await client.control('POST', 'clock', { now: '2021-10-15T21:28:19Z' });
    await client.signIn();
    const orderId = await purchases.buyOne(client, contoso, {
      item: purchases.WINDOWS_SUBSCRIPTION,
      ...purchases.ONE_YEAR,
    });
    await client.advance(16);
    const list = await client.get(`/v1/customers/${contoso}/subscriptions?order_id=${orderId}`);

    assert.equal(list.at('items.0.cancellationAllowedUntilDate'), '2021-11-14T23:59:00Z');
    assert.deepEqual(list.at('items.0.refundOptions'), [{ type: 'Partial', expiresAt: '2021-11-14T23:59:00Z' }]);
  });

  it('are cancelled by the status deleted, which is read after the delay', async () => {
    const reply = await patch({ status: 'deleted' });
    const meanwhile = await client.get(path());
    const again = await patch({ status: 'deleted' });
    await client.advance(10);
    const later = await client.get(path());
    const order = await client.get(`/v1/customers/${contoso}/orders/${subscription.text('orderId')}`);
    const afterwards = await patch({ status: 'deleted' }, later.text('attributes.etag'));

    assert.equal(reply.status, 200);
    assert.equal(reply.at('status'), 'deleted');
    assert.equal(meanwhile.at('status'), 'active');
    assert.equal(again.status, 409);
    assert.equal(again.at('code'), 900278);
    assert.equal(later.at('status'), 'deleted');
    assert.equal(order.at('status'), 'cancelled');
    assert.equal(afterwards.at('code'), 2011);
  });

  describe('of three years', () => {
    let wingtip: string;
    let rented: Reply;
    beforeEach(async () => {
      wingtip = await client.customerId('Wingtip');
      const [seeded] = (await client.get(`/v1/customers/${wingtip}/subscriptions`)).list('items');
      if (seeded === undefined) assert.fail('Wingtip has no subscription');
      rented = seeded;
    });

    const address = () => `/customers/${wingtip}/subscriptions/${rented.text('id')}`;
    const change = (changes: object, requestId: string = randomUUID()) =>
      client.call(
        'PATCH',
        `/v1${address()}`,
        { ...Object(rented.at('')), ...changes },
        { 'If-Match': `"${rented.text('attributes.etag')}"`, 'MS-RequestId': requestId },
      );

    it('are cancelled with 202 and the address to look at, where it shows after the delay', async () => {
      const reply = await change({ status: 'deleted' });
      const location = reply.headers.get('location') ?? '';
      const meanwhile = await client.get(`/v1${location}`);
      await client.advance(10);
      const later = await client.get(`/v1${location}`);
      const order = await client.get(`/v1/customers/${wingtip}/orders/${rented.text('orderId')}`);

      assert.equal(rented.at('termDuration'), 'P3Y');
      assert.equal(reply.status, 202);
      assert.equal(location, address());
      assert.equal(reply.bytes.length, 0);
      assert.equal(meanwhile.at('status'), 'active');
      assert.equal(later.at('status'), 'deleted');
      assert.equal(order.at('status'), 'cancelled');
    });

    it('answer the same under the same MS-RequestId, and 409 under another', async () => {
      const requestId = randomUUID();
      const first = await change({ status: 'deleted' }, requestId);
      const again = await change({ status: 'deleted' }, requestId);
      const other = await change({ status: 'deleted' });

      assert.equal(again.status, 202);
      assert.equal(again.headers.get('location'), first.headers.get('location'));
      assert.equal(other.status, 409);
      assert.equal(other.at('code'), 900278);
    });

    it('are renamed at once, with 200', async () => {
      const reply = await change({ friendlyName: 'Renamed' });

      assert.equal(reply.status, 200);
      assert.equal(reply.at('friendlyName'), 'Renamed');
    });
  });

  it('are deleted when their order is cancelled', async () => {
    await client.call('PATCH', `/v1/customers/${contoso}/orders/${subscription.text('orderId')}`, {
      status: 'cancelled',
    });
    await client.advance(10);

    assert.equal((await client.get(path())).at('status'), 'deleted');
  });

  it('need an etag that is still good', async () => {
    const missing = await client.call('PATCH', path(), body);
    const changed = await patch({ friendlyName: 'Renamed' });
    const stale = await patch({ friendlyName: 'Renamed again' });

    assert.equal(missing.at('code'), 2055);
    assert.equal(changed.at('friendlyName'), 'Renamed');
    assert.equal(stale.status, 400);
    assert.equal(stale.at('code'), 2055);
  });

  it('lose their automatic renewal when it is left out', async () => {
    const changed = await patch({ autoRenewEnabled: undefined });
    await client.advance(370 * 86_400);
    await client.signIn();
    const expired = await client.get(path());

    assert.equal(changed.at('autoRenewEnabled'), false);
    assert.equal(expired.at('status'), 'expired');
  });

  it('do not change their quantity, and are not suspended', async () => {
    assert.equal((await patch({ quantity: 1 })).at('code'), 800090);
    assert.equal((await patch({ quantity: 3 })).at('code'), 800095);
    assert.equal((await patch({ status: 'suspended' })).at('code'), 800096);
  });

  it('are not cancelled after their window', async () => {
    await client.advance(5 * 86_400);
    await client.signIn();

    assert.equal((await patch({ status: 'deleted' })).at('code'), 900117);
  });

  it('do not exist for perpetual software nor for the older model', async () => {
    const residences = await client.customerId('Fabrikam Residences');
    const order = await purchases.orderOf(client, residences, 'Windows Server CAL');
    const list = await client.get(`/v1/customers/${residences}/subscriptions?order_id=${order.text('id')}`);

    assert.equal(order.at('lineItems.0.termDuration'), 'P3Y');
    assert.equal(order.at('billingCycle'), 'one_time');
    assert.equal(list.at('totalCount'), 0);
  });

  it('are not known under a strange id', async () => {
    const reply = await client.get(`/v1/customers/${contoso}/subscriptions/00000000-0000-4000-8000-000000000000`);

    assert.equal(reply.status, 404);
    assert.equal(reply.at('code'), 20003);
  });
});
