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

const links = (token: string) => ({
  next: {
    uri: '/auditrecords?startDate=2026-02-20&size=500?seekOperation=Next',
    headers: [{ Key: 'MS-ContinuationToken', Value: token }],
  },
});
const since = new Date('2026-02-20T12:00:00Z');

describe('what happened to orders', () => {
  afterEach(closeBenches);

  it('is told of all records but those that make no sense', async () => {
    const good = record('2026-02-21T10:00:00Z', 'o1', {
      customizedData: [null, { key: 'OrderId', value: 'o1' }],
      resourceNewValue: '52.1.2.3___10.0.0.1',
    });
    const { center, lines } = await startBench({ 'GET /v1/auditrecords': { json: items([null, 'odd', good]) } });

    const { records: changes } = await center.changes.orderRecords('order', { since, maxPages: 5 });
    const seen = await center.changes.ofCustomer(customerId, since);

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
    const { center, server } = await startBench({
      'GET /v1/auditrecords': [
        {
          json: items(
            [
              record('2026-02-24T10:00:00Z', '', {
                operationType: 'UpdateOrder',
                customizedData: null,
                resourceNewValue: '{"Id":"o2","Status":"cancelled"}',
              }),
              record('2026-02-22T10:00:00Z', 'new', {
                operationType: 'create_order',
                customizedData: [
                  { key: 'OrderId', value: 'new' },
                  null,
                  { key: 'AlternateId', value: 'c403d91b21d2' },
                  { key: 'SubscriptionId-0', value: 's1' },
                  { key: 'SubscriptionId-1', value: null },
                ],
              }),
            ],
            { links: links('page-2') },
          ),
        },
        {
          json: items([
            record('2026-02-22T10:00:00Z', 'failed', { operationStatus: 'failed' }),
            record('2026-02-21T10:00:00.1234567Z', 'o1'),
            record('2026-02-20T10:00:00Z', 'too-early'),
          ]),
        },
      ],
    });

    const told = await center.changes.orderRecords('order', { since, maxPages: 10 });

    assert.deepEqual(told, {
      records: [
        { customerId, orderId: 'o2', subscriptionIds: [], at: new Date('2026-02-24T10:00:00Z'), isChange: true },
        {
          ...{ customerId, orderId: 'new', number: 'c403d91b21d2', subscriptionIds: ['s1'] },
          at: new Date('2026-02-22T10:00:00Z'),
          isChange: false,
        },
        { customerId, orderId: 'o1', subscriptionIds: [], at: new Date('2026-02-21T10:00:00.123Z'), isChange: true },
      ],
      wholeSince: since,
      calls: 2,
    });
    const [first, second] = server.requests;
    assert.equal(first?.query.get('startDate'), '2026-02-20');
    assert.equal(first?.query.get('endDate'), null);
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

  it('is read to the time asked for only, where the log comes newest first', async () => {
    const page = [record('2026-02-21T10:00:00Z', 'o1'), record('2026-02-20T10:00:00Z', 'too-early')];
    const { center, server } = await startBench({
      'GET /v1/auditrecords': [{ json: items(page, { links: links('page-2') }) }, { status: 500 }],
    });

    const { records, wholeSince } = await center.changes.orderRecords('order', { since, maxPages: 10 });

    assert.deepEqual([records.map(({ orderId }) => orderId), wholeSince], [['o1'], since]);
    assert.equal(server.requests.length, 1);
  });

  it('is read to the end of the log where it comes in another order', async () => {
    const page = [record('2026-02-20T10:00:00Z', 'too-early'), record('2026-02-21T10:00:00Z', 'o1')];
    const { center } = await startBench({
      'GET /v1/auditrecords': [
        { json: items(page, { links: links('page-2') }) },
        { json: items([record('2026-02-22T10:00:00Z', 'o2')]) },
      ],
    });

    const { records, wholeSince } = await center.changes.orderRecords('order', { since, maxPages: 10 });

    assert.deepEqual([records.map(({ orderId }) => orderId), wholeSince], [['o1', 'o2'], since]);
  });

  it('is no more pages than asked for, and says from when on it is whole', async () => {
    const newestFirst = [record('2026-02-25T10:00:00Z', 'o3'), record('2026-02-24T10:00:00Z', 'o2')];
    const { center, server } = await startBench({
      'GET /v1/auditrecords': [newestFirst, newestFirst.toReversed()].map((page) => ({
        json: items(page, { links: links('page-2') }),
      })),
    });

    const ordered = await center.changes.orderRecords('order', { since, maxPages: 1 });
    const unordered = await center.changes.orderRecords('order', { since, maxPages: 1 });

    assert.deepEqual([ordered.wholeSince, ordered.calls], [new Date('2026-02-24T10:00:00Z'), 1]);
    assert.deepEqual([unordered.wholeSince, unordered.calls], [undefined, 1]);
    assert.equal(server.requests.length, 2);
  });

  it('may be asked of some days', async () => {
    const page = [record('2026-02-22T00:00:00Z', 'too-late'), record('2026-02-21T23:59:59Z', 'o1')];
    const { center, server } = await startBench({ 'GET /v1/auditrecords': { json: items(page) } });
    const range = { since, lastDay: new Date('2026-02-21T00:00:00Z'), maxPages: 1 };

    const { records } = await center.changes.orderRecords('subscription', range);

    assert.deepEqual(
      records.map(({ orderId }) => orderId),
      ['o1'],
    );
    assert.equal(server.requests[0]?.query.get('endDate'), '2026-02-21');
    assert.match(String(server.requests[0]?.query.get('filter')), /"Value":"subscription"/);
  });

  it('is not hidden by records that are null or make no sense', async () => {
    const page = [
      null,
      'text',
      record('2026-02-24T10:00:00Z', '', { customizedData: [], resourceNewValue: 'not json' }),
      record('2026-02-24T10:00:00Z', '', { customizedData: 'none', resourceNewValue: '{"Id":"bbb","Line' }),
      record('2026-02-24T10:00:00Z', 'o4', { operationDate: null }),
      record('2026-02-24T10:00:00Z', 'o5', { customerId: null }),
      record('2026-02-24T10:00:00Z', 'o1'),
    ];
    const { center } = await startBench({ 'GET /v1/auditrecords': { json: items(page as object[]) } });

    const { records } = await center.changes.orderRecords('order', { since, maxPages: 1 });

    assert.deepEqual(
      records.map(({ orderId }) => orderId),
      ['o1'],
    );
    assert.equal((await center.changes.ofCustomer(customerId, since)).length, 4);
  });

  it('names the order of a subscription that changed, where it is told', async () => {
    const of = { resourceType: 'subscription', operationType: 'update_subscription' };
    const page = [
      record('2026-02-24T10:00:00Z', 'o1', {
        ...of,
        customizedData: [
          { key: 'SubscriptionId', value: 's1' },
          { key: 'OrderId', value: 'o1' },
        ],
      }),
      record('2026-02-24T10:00:00Z', '', { ...of, customizedData: null, resourceNewValue: '{"Id":"s2"}' }),
    ];
    const { center } = await startBench({ 'GET /v1/auditrecords': { json: items(page) } });

    const { records } = await center.changes.orderRecords('subscription', { since, maxPages: 1 });

    assert.deepEqual(
      records.map(({ orderId, subscriptionIds, isChange }) => [orderId, subscriptionIds, isChange]),
      [
        ['o1', ['s1'], true],
        [undefined, ['s2'], true],
      ],
    );
  });
});

describe('who looked at keys and download links', () => {
  afterEach(closeBenches);

  it('is asked of the audit log by resource: what succeeded, with whatever the record tells', async () => {
    const look = (id: string, changed: object = {}) =>
      record('2026-02-21T10:00:00Z', '', {
        ...{ id, customerName: 'Contoso', resourceType: 'SoftwareKey', operationType: 'GetSoftwareKey' },
        ...{ userPrincipalName: 'ada@partner.example', applicationId: 'portal', customizedData: [] },
        ...changed,
      });
    const named = { OrderId: 'o1', ProductId: 'P1', SkuId: '0001' };
    const customizedData = Object.entries(named).map(([key, value]) => ({ key, value }));
    const { center, server } = await startBench({
      'GET /v1/auditrecords': {
        json: items([
          look('r1', { customizedData, applicationId: 'THE-CLIENT' }),
          look('r2', { userPrincipalName: null, customerId: null, customerName: null }),
          look('r3', { applicationId: null, operationType: 'get_software_download_link' }),
          look('r4', { operationStatus: 'failed' }),
          look('r5', { operationType: 'something_else' }),
          look('r6', { operationDate: '2026-02-19T10:00:00Z' }),
        ]),
      },
    });

    const { looks, calls } = await center.changes.outsideLooks('key', {
      since: new Date('2026-02-20T00:00:00Z'),
      maxPages: 3,
    });

    const at = new Date('2026-02-21T10:00:00Z');
    const contoso = { customerId, customerName: 'Contoso' };
    const ada = 'ada@partner.example';
    assert.deepEqual(looks, [
      { record: 'r1', at, what: 'key', who: ada, item: 'P1:0001', mayBeOurs: true, ...contoso, orderId: 'o1' },
      { record: 'r2', at, what: 'key', who: 'portal', item: '', mayBeOurs: false },
      { record: 'r3', at, what: 'link', who: ada, item: '', mayBeOurs: true, ...contoso },
    ]);
    assert.equal(calls, 1);
    assert.deepEqual(JSON.parse(String(server.requests[0]?.query.get('filter'))), {
      Field: 'ResourceType',
      Value: 'software_key',
      Operator: 'equals',
    });
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
