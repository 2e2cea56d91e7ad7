import assert from 'node:assert/strict';
import type { Json } from '../support/simulator-control.ts';
import { found, refusalOf } from './assertions.ts';
import { buy, catalogItems, forOneYear, orderOf } from './catalog-items.ts';
import { delaySeconds, freshId, needsSimulator, noSuchCustomer, openService, type Service } from './server.ts';

describe('the contract of subscriptions', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  const contosos = async () => {
    const customer = await service.customer('Contoso');
    const order = await orderOf(service.center, customer, 'Windows Server Standard - 8');
    const id = found(order.lines[0]?.subscriptionId, 'subscription id');
    return { customer, order, id };
  };
  const forThreeYears = { billingCycle: 'triennial', termDuration: 'P3Y', quantity: 2 };
  const read = async (customerId: string, id: string) =>
    found(
      (await service.center.ordering.subscriptions(customerId)).find((one) => one.id === id),
      `subscription ${id}`,
    );

  it('have id, order and status', async () => {
    const { id: customerId } = await service.customer();

    for (const { id, status } of await service.center.ordering.subscriptions(customerId)) {
      assert.notEqual(id, '');
      assert.match(status, /^(none|active|suspended|deleted|expired|pending|disabled)$/);
    }
  });

  it('are refused for an unknown customer', async () => {
    await refusalOf(service.center.ordering.subscriptions(noSuchCustomer), { operation: 'listSubscriptions' });
  });

  it('tell until when they can be cancelled', async function () {
    needsSimulator(this);
    await service.reset();
    const { customer, order, id } = await contosos();

    const { orderId, status, cancellationAllowedUntilAt } = await read(customer.id, id);

    assert.equal(orderId, order.id);
    assert.equal(status, 'active');
    const window = found(cancellationAllowedUntilAt, 'date').getTime() - order.createdAt.getTime();
    assert.ok(Math.abs(window - 168 * 3_600_000) < 2_000, `${window} ms`);
  });

  it('tell no such date where Microsoft takes nothing back', async function () {
    needsSimulator(this);
    const customer = await service.customer('Fabrikam Polska');
    const order = await orderOf(service.center, customer, 'SUSE');

    const one = await read(customer.id, found(order.lines[0]?.subscriptionId, 'subscription id'));

    assert.equal(one.cancellationAllowedUntilAt, undefined);
  });

  it('are none for the older model and for perpetual software', async function () {
    needsSimulator(this);
    const customer = await service.customer('Fabrikam Residences');
    const older = await orderOf(service.center, customer, 'Windows Server CAL');

    const ofOrder = (await service.center.ordering.subscriptions(customer.id)).filter(
      ({ orderId }) => orderId === older.id,
    );

    assert.equal(older.lines[0]?.termDuration, 'P3Y');
    assert.equal(older.lines[0]?.subscriptionId, undefined);
    assert.deepEqual(ofOrder, []);
  });

  describe('cancelling one', () => {
    it('sends the whole resource with its etag, in quotes, and status deleted', async function () {
      needsSimulator(this);
      await service.reset();
      const { customer, order, id } = await contosos();
      const before = (await service.requests()).length;

      const answered = await service.center.ordering.cancelSubscription(customer.id, id, freshId());

      assert.equal(answered.status, 'deleted');
      const sent = (await service.requests(before)).filter(({ path }) => path.includes('/subscriptions/'));
      assert.deepEqual(
        sent.map(({ method, status }) => [method, status]),
        [
          ['GET', 200],
          ['PATCH', 200],
        ],
      );
      await service.advance(delaySeconds);
      assert.equal((await read(customer.id, id)).status, 'deleted');
      assert.equal((await service.center.ordering.order(customer.id, order.id))?.status, 'cancelled');
    });

    it('changes nothing else: it renews itself and is called as before', async function () {
      needsSimulator(this);
      await service.reset();
      const { customer, id } = await contosos();
      const before = found(
        (await service.state('subscriptions')).subscriptions.find((one) => one.id === id),
        id,
      );

      await service.center.ordering.cancelSubscription(customer.id, id, freshId());
      await service.advance(delaySeconds);

      const after = found(
        (await service.state('subscriptions')).subscriptions.find((one) => one.id === id),
        id,
      );
      assert.equal(after.status, 'deleted');
      for (const name of ['autoRenewEnabled', 'friendlyName', 'quantity', 'termDuration', 'billingCycle']) {
        assert.deepEqual(after[name], before[name], name);
      }
    });

    it('twice under one MS-RequestId is one cancellation', async function () {
      needsSimulator(this);
      await service.reset();
      const { customer, id } = await contosos();
      const requestId = freshId();

      await service.center.ordering.cancelSubscription(customer.id, id, requestId);
      const again = await service.client().ordering.cancelSubscription(customer.id, id, requestId);

      assert.equal(again.status, 'deleted');
    });

    it('under another id while the first is pending is refused: 409, 900278', async function () {
      needsSimulator(this);
      await service.reset();
      const { customer, id } = await contosos();
      await service.center.ordering.cancelSubscription(customer.id, id, freshId());

      await refusalOf(service.center.ordering.cancelSubscription(customer.id, id, freshId()), {
        operation: 'cancelSubscription',
        kind: 'conflict',
        status: 409,
        code: '900278',
        meaning: 'adjustment-pending',
      });
    });

    it('that is deleted already (2011) is done', async function () {
      needsSimulator(this);
      await service.reset();
      const { customer, id } = await contosos();
      await service.center.ordering.cancelSubscription(customer.id, id, freshId());
      await service.advance(delaySeconds);

      assert.equal((await service.center.ordering.cancelSubscription(customer.id, id, freshId())).status, 'deleted');
    });

    it('reads it again and tries once more when somebody else changed it meanwhile (400, 2055)', async function () {
      needsSimulator(this);
      await service.reset();
      const { customer, id } = await contosos();
      const stale = { status: 400, body: { code: 2055, description: 'The etag is not valid any more.' } };
      await service.fault({ method: 'PATCH', path: '/subscriptions/', ...stale });

      const answered = await service.center.ordering.cancelSubscription(customer.id, id, freshId());

      assert.equal(answered.status, 'deleted');
      const patches = (await service.requests()).filter(({ method }) => method === 'PATCH');
      assert.equal(patches.length, 2);
      assert.notEqual(patches[0]?.requestId, patches[1]?.requestId);
    });

    it('that is answered with 202 and an address is read there, and not sent again', async function () {
      needsSimulator(this);
      await service.reset();
      const { customer, id } = await contosos();
      const accepted = {
        status: 202,
        body: '',
        headers: { Location: `/customers/${customer.id}/subscriptions/${id}` },
      };
      await service.fault({ method: 'PATCH', path: '/subscriptions/', afterWork: true, ...accepted });

      const answered = await service.center.ordering.cancelSubscription(customer.id, id, freshId());

      assert.equal(answered.id, id);
      const sent = (await service.requests()).filter(({ path }) => path.includes(`/subscriptions/${id}`));
      assert.deepEqual(
        sent.map(({ method, status }) => [method, status]),
        [
          ['GET', 200],
          ['PATCH', 202],
          ['GET', 200],
        ],
      );
      await service.advance(delaySeconds);
      assert.equal((await read(customer.id, id)).status, 'deleted');
    });

    it('of a term of three years is accepted with 202 and an address, and shows there when it is done', async function () {
      needsSimulator(this);
      await service.reset();
      const customer = await service.customer('Contoso');
      const { order } = await buy(service.center, customer, catalogItems.rentedForThree, forThreeYears);
      await service.advance(2 * delaySeconds);
      const bought = await service.center.ordering.order(customer.id, order.id);
      const id = found(bought?.lines[0]?.subscriptionId, 'subscription id');
      const before = (await service.requests()).length;

      const answered = await service.center.ordering.cancelSubscription(customer.id, id, freshId());

      assert.deepEqual([answered.id, answered.status], [id, 'active']);
      const sent = (await service.requests(before)).filter(({ path }) => path.includes(`/subscriptions/${id}`));
      assert.deepEqual(
        sent.map(({ method, status }) => [method, status]),
        [
          ['GET', 200],
          ['PATCH', 202],
          ['GET', 200],
        ],
      );
      await service.advance(delaySeconds);
      assert.equal((await read(customer.id, id)).status, 'deleted');
      assert.equal((await service.center.ordering.order(customer.id, order.id))?.status, 'cancelled');
    });

    it('of a term of three years twice under one MS-RequestId is one cancellation', async function () {
      needsSimulator(this);
      await service.reset();
      const customer = await service.customer('Contoso');
      const { order } = await buy(service.center, customer, catalogItems.rentedForThree, forThreeYears);
      await service.advance(2 * delaySeconds);
      const bought = await service.center.ordering.order(customer.id, order.id);
      const id = found(bought?.lines[0]?.subscriptionId, 'subscription id');
      const requestId = freshId();

      const first = await service.center.ordering.cancelSubscription(customer.id, id, requestId);
      const again = await service.client().ordering.cancelSubscription(customer.id, id, requestId);

      assert.deepEqual(again, first);
      await service.advance(delaySeconds);
      const records = (await service.state('auditRecords')).auditRecords.filter(
        ({ operationType, customizedData }) =>
          operationType === 'update_subscription' && customizedData.some(({ value }: Json) => value === id),
      );
      assert.equal(records.length, 1);
    });

    it('of an order that is still in progress is not known yet: 404, 20003', async function () {
      needsSimulator(this);
      await service.reset();
      const customer = await service.customer('Contoso');
      const { order } = await buy(service.center, customer, catalogItems.rented, forOneYear);
      const { subscriptions } = await service.state('subscriptions');
      assert.ok(subscriptions.every(({ orderId }) => orderId !== order.id));

      await refusalOf(service.center.ordering.cancelSubscription(customer.id, freshId(), freshId()), {
        operation: 'getSubscription',
        kind: 'not-found',
        status: 404,
        code: '20003',
      });
    });

    it('after its window is refused: 400, 900117', async function () {
      needsSimulator(this);
      await service.reset();
      const { customer, id } = await contosos();
      await service.advance(5 * 24 * 3600);

      await refusalOf(service.center.ordering.cancelSubscription(customer.id, id, freshId()), {
        kind: 'declined',
        code: '900117',
        meaning: 'ticket-needed',
      });
    });
  });
});
