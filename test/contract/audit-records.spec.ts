import assert from 'node:assert/strict';
import { found } from './assertions.ts';
import { buy, orderOf } from './catalog-items.ts';
import { delaySeconds, freshId, needsSimulator, openService, type Service } from './server.ts';

const day = 86_400_000;

describe('the contract of audit records', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  const ago = (ms: number) => new Date(service.now().getTime() - ms);

  it('tell which orders changed, with customer, id and moment, oldest first', async () => {
    const changes = await service.center.changes.ordersChangedSince(ago(20 * day));

    for (const { customerId, orderId, at } of changes) {
      assert.match(customerId, /^[0-9a-f-]{36}$/);
      assert.notEqual(orderId, '');
      assert.ok(at >= ago(21 * day) && at <= service.now());
    }
    const moments = changes.map(({ at }) => at.getTime());
    assert.deepEqual(
      moments,
      [...moments].sort((a, b) => a - b),
    );
  });

  it('know an order by its long id and by its short number', async function () {
    needsSimulator(this);
    const fabrikam = await service.customer('Fabrikam Inc');
    const order = await orderOf(service.center, fabrikam, 'Exchange Server');

    const changes = await service.center.changes.ordersChangedSince(ago(20 * day));

    const ids = changes.filter(({ customerId }) => customerId === fabrikam.id).map(({ orderId }) => orderId);
    assert.ok(ids.includes(order.id), order.id);
    assert.ok(ids.includes(order.number), order.number);
  });

  it('are exact to the second, although the log is asked by the day', async function () {
    needsSimulator(this);
    const fabrikam = await service.customer('Fabrikam Inc');
    const changes = await service.center.changes.ordersChangedSince(ago(20 * day));
    const { at } = found(
      changes.find(({ customerId }) => customerId === fabrikam.id),
      'change',
    );

    const from = await service.center.changes.ordersChangedSince(at);
    const after = await service.center.changes.ordersChangedSince(new Date(at.getTime() + 1));

    assert.ok(from.some(({ customerId }) => customerId === fabrikam.id));
    assert.ok(!after.some((change) => change.customerId === fabrikam.id && change.at.getTime() === at.getTime()));
  });

  it('do not count a new order as a changed one', async function () {
    needsSimulator(this);
    const customer = await service.customer('Contoso');
    const since = ago(0);

    const { order } = await buy(service.center, customer);

    const changes = await service.center.changes.ordersChangedSince(since);
    assert.ok(changes.every(({ orderId }) => orderId !== order.id));
    const [record] = await service.center.changes.ofCustomer(customer.id, since);
    assert.equal(record?.operation, 'create_order');
    assert.equal(record?.orderId, order.id);
  });

  it('show a cancellation when it is done, whoever asked for it', async function () {
    needsSimulator(this);
    const customer = await service.customer('Contoso');
    const order = await orderOf(service.center, customer, 'Windows Server 2022');
    const since = ago(0);
    const seen = async () =>
      (await service.center.changes.ordersChangedSince(since)).some(({ orderId }) => orderId === order.id);

    await service.center.ordering.cancel(customer.id, order.id, [], freshId());
    assert.equal(await seen(), false);
    await service.advance(delaySeconds);

    assert.equal(await seen(), true);
    const [record] = await service.center.changes.ofCustomer(customer.id, since);
    assert.deepEqual(
      { operation: record?.operation, status: record?.status, resource: record?.resource, orderId: record?.orderId },
      { operation: 'update_order', status: 'succeeded', resource: 'order', orderId: order.id },
    );
    await service.reset();
  });

  it('are one call for all customers, of the page size 500', async function () {
    needsSimulator(this);
    const before = (await service.requests()).length;

    await service.center.changes.ordersChangedSince(ago(5 * day));

    const sent = (await service.requests()).slice(before);
    assert.equal(sent.length, 1);
    const { searchParams } = new URL(found(sent[0], 'call').path, service.url);
    assert.equal(searchParams.get('size'), '500');
    assert.match(searchParams.get('startDate') ?? '', /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(JSON.parse(searchParams.get('filter') ?? ''), {
      Field: 'ResourceType',
      Value: 'order',
      Operator: 'equals',
    });
  });

  it('of hundreds are read to the end', async function () {
    needsSimulator(this);
    const customer = await service.customer('Contoso');
    const [bought] = await service.center.keys.entitlements(customer.id, 'DE');
    const version = found(bought?.versions[0], 'version');
    const since = ago(0);
    await Promise.all(Array.from({ length: 520 }, () => service.center.keys.productKey(version)));

    const records = await service.center.changes.ofCustomer(customer.id, since);

    assert.equal(records.filter(({ operation }) => operation === 'get_software_key').length, 520);
    assert.ok(records.every(({ at }, index) => index === 0 || at <= found(records[index - 1], 'record').at));
    await service.reset();
  });
});
