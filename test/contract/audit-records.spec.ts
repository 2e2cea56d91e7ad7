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
  const changedSince = async (since: Date) => {
    const { records } = await service.center.changes.orderRecords('order', { since, maxPages: 100 });
    return records.filter(({ isChange }) => isChange);
  };

  it('tell which orders changed, with customer, id and moment, newest first', async () => {
    const changes = await changedSince(ago(20 * day));

    for (const { customerId, orderId, at } of changes) {
      assert.match(customerId, /^[0-9a-f-]{36}$/);
      assert.notEqual(orderId, '');
      assert.ok(at >= ago(21 * day) && at <= service.now());
    }
    const moments = changes.map(({ at }) => at.getTime());
    assert.deepEqual(
      moments,
      [...moments].sort((a, b) => b - a),
    );
  });

  it('know an order by its long id and by its short number', async function () {
    needsSimulator(this);
    const fabrikam = await service.customer('Fabrikam Inc');
    const order = await orderOf(service.center, fabrikam, 'Exchange Server');

    const changes = await changedSince(ago(20 * day));

    const change = changes.find(({ customerId, orderId }) => customerId === fabrikam.id && orderId === order.id);
    assert.equal(change?.number, order.number);
  });

  it('are exact to the second, although the log is asked by the day', async function () {
    needsSimulator(this);
    const fabrikam = await service.customer('Fabrikam Inc');
    const changes = await changedSince(ago(20 * day));
    const { at } = found(
      changes.find(({ customerId }) => customerId === fabrikam.id),
      'change',
    );

    const from = await changedSince(at);
    const after = await changedSince(new Date(at.getTime() + 1));

    assert.ok(from.some(({ customerId }) => customerId === fabrikam.id));
    assert.ok(!after.some((change) => change.customerId === fabrikam.id && change.at.getTime() === at.getTime()));
  });

  it('do not count a new order as a changed one', async function () {
    needsSimulator(this);
    const customer = await service.customer('Contoso');
    const since = ago(0);

    const { order } = await buy(service.center, customer);

    const { records } = await service.center.changes.orderRecords('order', { since, maxPages: 1 });
    const told = records.find(({ orderId }) => orderId === order.id);
    assert.deepEqual([told?.customerId, told?.number, told?.isChange], [customer.id, order.number, false]);
    const [record] = await service.center.changes.ofCustomer(customer.id, since);
    assert.equal(record?.operation, 'create_order');
    assert.equal(record?.orderId, order.id);
  });

  it('show a cancellation when it is done, whoever asked for it', async function () {
    needsSimulator(this);
    const customer = await service.customer('Contoso');
    const order = await orderOf(service.center, customer, 'Windows Server 2022');
    const since = ago(0);
    const seen = async () => (await changedSince(since)).some(({ orderId }) => orderId === order.id);

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

  it('can be asked of a few days that have passed', async function () {
    needsSimulator(this);
    const range = { since: ago(20 * day), lastDay: ago(3 * day), maxPages: 100 };

    const { records, wholeSince } = await service.center.changes.orderRecords('order', range);

    assert.ok(records.length > 0);
    assert.ok(records.every(({ at }) => at >= range.since && at < ago(2 * day)));
    assert.deepEqual(wholeSince, range.since);
  });

  it('tell of a subscription that is cancelled, with its order', async function () {
    needsSimulator(this);
    const customer = await service.customer('Contoso');
    const [rented] = (await service.center.ordering.subscriptions(customer.id)).filter(
      ({ status, orderId }) => status === 'active' && orderId,
    );
    const { id, orderId } = found(rented, 'subscription');
    const since = ago(0);

    await service.center.ordering.cancelSubscription(customer.id, id, freshId());
    await service.advance(delaySeconds);

    const { records } = await service.center.changes.orderRecords('subscription', { since, maxPages: 1 });
    assert.deepEqual(
      records.map((one) => [one.customerId, one.orderId, one.subscriptionIds, one.isChange]),
      [[customer.id, orderId, [id], true]],
    );
    await service.reset();
  });

  it('are one call for all customers, of the page size 500', async function () {
    needsSimulator(this);
    const before = (await service.requests()).length;

    await changedSince(ago(5 * day));

    const sent = await service.requests(before);
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
