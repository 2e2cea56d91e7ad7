import assert from 'node:assert/strict';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';

function record(operationDate: string, orderId: string, more: object = {}) {
  return {
    customerId,
    resourceType: 'order',
    operationType: 'update_order',
    operationStatus: 'succeeded',
    operationDate,
    customizedData: [{ key: 'OrderId', value: orderId }],
    ...more,
  };
}

describe('what changed', () => {
  afterEach(closeBenches);

  it('is told of all records but those that make no sense', async () => {
    const good = record('2026-02-21T10:00:00Z', 'o1', {
      customizedData: [null, { key: 'OrderId', value: 'o1' }],
      resourceNewValue: '52.1.2.3___10.0.0.1',
    });
    const { center, lines } = await startBench({ 'GET /v1/auditrecords': { json: items([null, 'odd', good]) } });

    const changes = await center.changes.ordersChangedSince(new Date('2026-02-20T12:00:00Z'));
    const seen = await center.changes.ofCustomer(customerId, new Date('2026-02-20T12:00:00Z'));

    assert.deepEqual(
      [changes, seen].map((list) => list.map(({ orderId }) => orderId)),
      [['o1'], ['o1']],
    );
    assert.deepEqual(
      lines.filter(({ level }) => level === 'warn').map(({ text }) => text),
      ['records left out', 'records left out'],
    );
  });

  it('is asked of the audit log for all customers in one paged call', async () => {
    const next = {
      uri: '/auditrecords?startDate=2026-02-20&size=500?seekOperation=Next',
      headers: [{ Key: 'MS-ContinuationToken', Value: 'page-2' }],
    };
    const { center, server } = await startBench({
      'GET /v1/auditrecords': [
        {
          json: items(
            [
              record('2026-02-20T10:00:00Z', 'too-early'),
              record('2026-02-21T10:00:00.1234567Z', 'o1', {
                customizedData: [
                  { key: 'OrderId', value: 'o1' },
                  { key: 'AlternateId', value: 'c403d91b21d2' },
                ],
              }),
              record('2026-02-22T10:00:00Z', 'new', { operationType: 'create_order' }),
              record('2026-02-22T10:00:00Z', 'failed', { operationStatus: 'failed' }),
            ],
            { links: { next } },
          ),
        },
        {
          json: items([
            record('2026-02-23T10:00:00Z', 'o1'),
            record('2026-02-24T10:00:00Z', '', {
              operationType: 'UpdateOrder',
              customizedData: null,
              resourceNewValue: '{"Id":"o2","Status":"cancelled"}',
            }),
            record('2026-02-24T10:00:00Z', '', { customizedData: [], resourceNewValue: 'not json' }),
          ]),
        },
      ],
    });

    const changes = await center.changes.ordersChangedSince(new Date('2026-02-20T12:00:00Z'));

    assert.deepEqual(changes, [
      { customerId, orderId: 'c403d91b21d2', at: new Date('2026-02-21T10:00:00.123Z') },
      { customerId, orderId: 'o1', at: new Date('2026-02-23T10:00:00Z') },
      { customerId, orderId: 'o2', at: new Date('2026-02-24T10:00:00Z') },
    ]);
    const [first, second] = server.requests;
    assert.equal(first?.query.get('startDate'), '2026-02-20');
    assert.deepEqual(JSON.parse(String(first?.query.get('filter'))), {
      Field: 'ResourceType',
      Value: 'order',
      Operator: 'equals',
    });
    assert.equal(second?.headers['ms-continuationtoken'], 'page-2');
    assert.equal(second?.query.get('seekOperation'), 'Next');
    assert.equal(second?.query.get('size'), '500');
    assert.equal(server.requests.length, 2);
  });
});

describe('what was done for a customer', () => {
  afterEach(closeBenches);

  it('is asked of the audit log by customer, newest first', async () => {
    const seen = {
      operationType: 'get_software_key',
      resourceType: 'software_key',
      userPrincipalName: 'ada@partner.example',
      customizedData: null,
    };
    const { center, server } = await startBench({
      'GET /v1/auditrecords': {
        json: items([
          record('2026-02-19T10:00:00Z', 'too-early'),
          record('2026-02-21T10:00:00Z', 'o1', { customerName: 'Contoso', applicationId: 'Desk' }),
          record('2026-02-22T10:00:00Z', '', seen),
          record('2026-02-21T11:00:00Z', '', { customizedData: [], resourceNewValue: '{"Id":"o2"}' }),
          record('0001-01-01T00:00:00', 'undated'),
        ]),
      },
    });

    const found = await center.changes.ofCustomer(customerId, new Date('2026-02-20T00:00:00Z'));

    assert.deepEqual(
      found.map(({ operation, who, orderId }) => [operation, who, orderId]),
      [
        ['get_software_key', 'ada@partner.example', undefined],
        ['update_order', '', 'o2'],
        ['update_order', 'Desk', 'o1'],
      ],
    );
    assert.deepEqual(found[2], {
      at: new Date('2026-02-21T10:00:00Z'),
      customerId,
      customerName: 'Contoso',
      who: 'Desk',
      operation: 'update_order',
      status: 'succeeded',
      resource: 'order',
      orderId: 'o1',
    });
    assert.deepEqual(JSON.parse(String(server.requests[0]?.query.get('filter'))), {
      Field: 'CustomerId',
      Value: customerId,
      Operator: 'equals',
    });
  });
});
