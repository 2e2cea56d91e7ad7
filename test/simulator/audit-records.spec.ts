import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('the audit log', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const records = async (query = '') => (await client.get(`/v1/auditrecords?${query}`)).list('items');
  const filtered = (Field: string, Value: string, Operator: string) =>
    records(`startDate=2020-01-01&filter=${encodeURIComponent(JSON.stringify({ Field, Value, Operator }))}`);

  it('tells of an order at once, with the resource as a string in PascalCase', async () => {
    const correlationId = 'd4f0d7de-5b4e-4b1a-8a4e-1d2f3c4b5a69';
    const cart = await purchases.createCart(client, contoso, [{ item: purchases.WINDOWS_SERVER, quantity: 2 }]);
    const path = `/v1/customers/${contoso}/carts/${cart.text('id')}/checkout`;
    const checkout = await client.call('POST', path, undefined, { 'MS-CorrelationId': correlationId });
    const [record] = await records();
    const resource: unknown = JSON.parse(record?.text('resourceNewValue') ?? '');

    assert.equal(record?.at('operationType'), 'create_order');
    assert.equal(record?.at('operationStatus'), 'succeeded');
    assert.equal(record?.at('customerName'), 'Contoso Ltd');
    assert.equal(record?.at('originalCorrelationId'), correlationId);
    assert.equal(Reflect.get(Object(resource), 'Id'), checkout.at('orders.0.id'));
    assert.deepEqual(record?.at('customizedData.0'), { key: 'OrderId', value: checkout.at('orders.0.id') });
  });

  it('tells of a cancellation when it has completed', async () => {
    const orderId = (await purchases.orderOf(client, contoso, 'Windows Server 2022')).text('id');
    await client.call('PATCH', `/v1/customers/${contoso}/orders/${orderId}`, { status: 'cancelled' });
    const [before] = await records();
    await client.advance(10);
    const [after] = await records();

    assert.notEqual(before?.at('operationType'), 'update_order');
    assert.equal(after?.at('operationType'), 'update_order');
    assert.match(after?.text('resourceNewValue') ?? '', /"Status":"cancelled"/);
    assert.match(after?.text('resourceOldValue') ?? '', /"Status":"completed"/);
  });

  it('tells of a cancelled subscription and of a confirmed agreement', async () => {
    const [subscription] = (await client.get(`/v1/customers/${contoso}/subscriptions`)).list('items');
    const path = `/v1/customers/${contoso}/subscriptions/${subscription?.text('id')}`;
    const headers = { 'If-Match': `"${subscription?.text('attributes.etag')}"` };
    await client.call('PATCH', path, { status: 'deleted', autoRenewEnabled: true }, headers);
    await client.call('POST', `/v1/customers/${contoso}/agreements`, {
      primaryContact: { firstName: 'A', lastName: 'B', email: 'a@contoso.example' },
      templateId: '117a77b0-9360-443b-8795-c6dedc750cf9',
      type: 'MicrosoftCustomerAgreement',
      dateAgreed: '2026-01-05T00:00:00Z',
    });
    await client.advance(10);
    const newest = (await records()).slice(0, 3);
    const agreed = newest.find((record) => record.at('operationType') === 'create_agreement');

    assert.deepEqual(newest.map((record) => record.at('operationType')).sort(), [
      'create_agreement',
      'update_order',
      'update_subscription',
    ]);
    assert.equal(agreed?.at('customerId'), contoso);
    assert.match(agreed?.text('resourceNewValue') ?? '', /"Email":"a@contoso\.example"/);
  });

  it('goes thirty days back unless told otherwise, newest first', async () => {
    const dates = (await records()).map((record) => Date.parse(record.text('operationDate')));
    const all = await records('startDate=2020-01-01&size=500');

    assert.ok(dates.every((date) => date > Date.now() - 31 * 86_400_000));
    assert.deepEqual(
      dates,
      [...dates].sort((one, other) => other - one),
    );
    assert.ok(all.length > dates.length);
  });

  it('can end on a day, and is paged', async () => {
    const old = await records('startDate=2021-05-01&endDate=2021-05-20');
    const first = await client.get('/v1/auditrecords?startDate=2020-01-01&size=50');
    const token = first.text('links.next.headers.0.value');
    const next = await client.get('/v1/auditrecords?startDate=2020-01-01&size=50&seekOperation=Next', {
      'MS-ContinuationToken': token,
    });

    assert.equal(old.length, 1);
    assert.notEqual(next.at('items.0.id'), first.at('items.0.id'));
  });

  it('can be filtered by customer, name and resource', async () => {
    const byId = await filtered('CustomerId', contoso, 'equals');
    const byName = await filtered('CompanyName', 'toso', 'substring');
    const byType = await filtered('ResourceType', 'Order', 'equals');
    const wrong = await client.get(
      `/v1/auditrecords?filter=${encodeURIComponent('{"Field":"CustomerId","Value":"x","Operator":"substring"}')}`,
    );

    assert.ok(byId.length >= 6);
    assert.deepEqual(
      byName.map((record) => record.at('id')),
      byId.map((record) => record.at('id')),
    );
    assert.ok(byType.length > byId.length);
    assert.equal(wrong.at('code'), 2000);
  });
});
