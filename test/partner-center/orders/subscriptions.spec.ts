import assert from 'node:assert/strict';
import { closeBenches, customerId, items, requestId, startBench } from '../../support/partner-center-client.ts';

const subscriptions = `/v1/customers/${customerId}/subscriptions`;
const path = `${subscriptions}/s1`;
const active = {
  Id: 's1',
  OrderId: 'o1',
  Status: 'active',
  autoRenewEnabled: true,
  scheduledNextTermInstructions: { quantity: 3 },
  cancellationAllowedUntilDate: '2026-03-14T23:59:00Z',
  attributes: { etag: 'an-etag', objectType: 'Subscription' },
};
const deleted = { id: 's1', orderId: 'o1', status: 'deleted' };

describe('subscriptions', () => {
  afterEach(closeBenches);

  it('are read with the end of their window', async () => {
    const { center } = await startBench({
      [`GET ${subscriptions}`]: {
        json: items([
          active,
          {
            id: 's2',
            status: 'Suspended',
            refundOptions: [{ expiresAt: '2026-03-02T00:00:00Z' }, { expiresAt: '2026-03-08T00:00:00Z' }],
          },
          { id: 's3', status: 1, cancellationAllowedUntilDate: '0001-01-01T00:00:00' },
        ]),
      },
    });

    assert.deepEqual(await center.ordering.subscriptions(customerId), [
      { id: 's1', orderId: 'o1', status: 'active', cancellationAllowedUntilAt: new Date('2026-03-14T23:59:00Z') },
      { id: 's2', status: 'suspended', cancellationAllowedUntilAt: new Date('2026-03-08T00:00:00Z') },
      { id: 's3', status: 'active' },
    ]);
  });

  it('are read with their term in force, and what comes back of it until when', async () => {
    const renewed = {
      ...{ id: 's1', status: 'active', effectiveStartDate: '2026-02-26T10:00:00.1234567Z', termDuration: 'P1Y' },
      refundOptions: [
        { Type: 'Full', expiresAt: '2026-02-27T10:00:00Z' },
        { type: 'Partial', expiresAt: '2026-03-05T10:00:00Z' },
        { type: 'Other', expiresAt: '2026-03-06T10:00:00Z' },
      ],
      refundableQuantity: {
        totalQuantity: 5,
        details: [{ quantity: '5', allowedUntilDateTime: '2026-03-05T10:00:00Z' }],
      },
    };
    const others = [
      {
        id: 's2',
        status: 'active',
        effectiveStartDate: '0001-01-01T00:00:00',
        refundableQuantity: { totalQuantity: 2 },
      },
      { id: 's3', status: 'active', refundableQuantity: { totalQuantity: 0, details: [] } },
    ];
    const { center } = await startBench({ [`GET ${subscriptions}`]: { json: items([renewed, ...others]) } });

    assert.deepEqual(await center.ordering.subscriptions(customerId), [
      {
        id: 's1',
        status: 'active',
        cancellationAllowedUntilAt: new Date('2026-03-06T10:00:00Z'),
        termStartedAt: new Date('2026-02-26T10:00:00.123Z'),
        termDuration: 'P1Y',
        refundOptions: [
          { type: 'full', until: new Date('2026-02-27T10:00:00Z') },
          { type: 'partial', until: new Date('2026-03-05T10:00:00Z') },
        ],
        refundable: [{ quantity: 5, until: new Date('2026-03-05T10:00:00Z') }],
      },
      { id: 's2', status: 'active', refundable: [{ quantity: 2 }] },
      { id: 's3', status: 'active' },
    ]);
  });
});

describe('cancelling a subscription', () => {
  afterEach(closeBenches);

  it('writes back the whole resource with its etag', async () => {
    const { center, server } = await startBench({
      [`GET ${path}`]: { json: active },
      [`PATCH ${path}`]: { json: deleted },
    });

    const shown = await center.ordering.cancelSubscription(customerId, 's1', requestId);

    assert.deepEqual(shown, { id: 's1', orderId: 'o1', status: 'deleted' });
    const patch = server.requests[1];
    const { Status: _, ...rest } = active;
    assert.deepEqual(patch?.body, { ...rest, status: 'deleted' });
    assert.equal(patch?.headers['if-match'], '"an-etag"');
    assert.equal(patch?.headers['ms-requestid'], requestId);
  });

  it('reads again once when the etag is stale (2055), under another request id', async () => {
    const { center, server } = await startBench({
      [`GET ${path}`]: [{ json: active }, { json: { ...active, attributes: { etag: '"newer"' } } }],
      [`PATCH ${path}`]: [{ status: 400, json: { code: 2055 } }, { json: deleted }],
    });

    await center.ordering.cancelSubscription(customerId, 's1', requestId);

    const patches = server.requests.filter(({ method }) => method === 'PATCH');
    assert.deepEqual(
      patches.map(({ headers }) => headers['if-match']),
      ['"an-etag"', '"newer"'],
    );
    assert.notEqual(patches[1]?.headers['ms-requestid'], requestId);
  });

  it('gives up when the etag is stale twice', async () => {
    const { center, server } = await startBench({
      [`GET ${path}`]: { json: active },
      [`PATCH ${path}`]: { status: 400, json: { code: 2055 } },
    });

    await assert.rejects(center.ordering.cancelSubscription(customerId, 's1', requestId), { kind: 'conflict' });
    assert.equal(server.requests.length, 4);
  });

  it('is done when it was deleted before (2011)', async () => {
    const { center } = await startBench({
      [`GET ${path}`]: [{ json: active }, { json: deleted }],
      [`PATCH ${path}`]: { status: 400, json: { code: 2011 } },
    });

    assert.equal((await center.ordering.cancelSubscription(customerId, 's1', requestId)).status, 'deleted');
  });

  it('writes nothing when it shows as deleted already', async () => {
    const { center, server } = await startBench({ [`GET ${path}`]: { json: deleted } });

    assert.equal((await center.ordering.cancelSubscription(customerId, 's1', requestId)).status, 'deleted');
    assert.equal(server.requests.length, 1);
  });

  it('reads where it stands after 202', async () => {
    const { center } = await startBench({
      [`GET ${path}`]: { json: active },
      [`PATCH ${path}`]: { status: 202, headers: { Location: '/x' } },
    });

    assert.equal((await center.ordering.cancelSubscription(customerId, 's1', requestId)).status, 'active');
  });
});
