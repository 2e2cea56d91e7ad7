import assert from 'node:assert/strict';
import { closeBenches, customerId, items, requestId, startBench } from '../../support/partner-center-client.ts';

const orders = `/v1/customers/${customerId}/orders`;
const longId = '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1';
const line = {
  lineItemNumber: 0,
  offerId: 'DG7A:0001:AV1',
  friendlyName: 'Windows Server',
  quantity: 2,
  termDuration: '',
};
const priced = {
  id: longId,
  alternateId: 'c403d91b21d2',
  referenceCustomerId: customerId,
  currencyCode: 'EUR',
  totalPrice: 1234.5,
  creationDate: '2026-02-01T10:00:00.1234567-08:00',
  status: 'Completed',
  lineItems: [{ ...line, pricing: { listPrice: 700, price: '617.25', extendedPrice: '1234.50' } }],
};
const unknown = { status: 404, json: { code: 20000, description: 'Order not found.' } };

describe('orders', () => {
  afterEach(closeBenches);

  it('are read with prices', async () => {
    const { center, server } = await startBench({ [`GET ${orders}`]: { json: items([priced]) } });

    assert.deepEqual(await center.ordering.orders(customerId), [
      {
        id: longId,
        number: 'c403d91b21d2',
        customerId,
        createdAt: new Date('2026-02-01T18:00:00.123Z'),
        status: 'completed',
        currency: 'EUR',
        total: { minor: 123450, currency: 'EUR' },
        lines: [
          {
            number: 0,
            catalogItemId: 'DG7A:0001:AV1',
            productId: 'DG7A',
            skuId: '0001',
            title: 'Windows Server',
            quantity: 2,
            total: { minor: 123450, currency: 'EUR' },
          },
        ],
      },
    ]);
    assert.equal(server.requests[0]?.query.get('include_price'), 'true');
  });

  describe('with a line that makes no sense', () => {
    const odd = {
      ...priced,
      id: 'odd',
      alternateId: 'aaaaaaaaaaaa',
      lineItems: [line, { ...line, lineItemNumber: 1, quantity: null }],
    };

    it('are in the list all the same, without that line, which is told', async () => {
      const { center, lines } = await startBench({ [`GET ${orders}`]: { json: items([odd, priced]) } });

      const found = await center.ordering.orders(customerId);

      assert.deepEqual(
        found.map(({ id, lines }) => [id, lines.map(({ number }) => number)]),
        [
          ['odd', [0]],
          [longId, [0]],
        ],
      );
      const [warning] = lines.filter(({ level }) => level === 'warn');
      assert.equal(warning?.text, 'records left out');
      assert.match(JSON.stringify(warning?.facts), /"operation":"listOrders".*"fields":\["lineItems\.1\.quantity"\]/);
    });

    it('are not read one by one, neither by long nor by short id', async () => {
      const { center } = await startBench({
        [`GET ${orders}/odd`]: { json: odd },
        [`GET ${orders}/aaaaaaaaaaaa`]: unknown,
        [`GET ${orders}`]: { json: items([odd, priced]) },
      });

      for (const id of ['odd', 'aaaaaaaaaaaa']) {
        await assert.rejects(center.ordering.order(customerId, id), { kind: 'unexpected' }, id);
      }
    });

    it('hide nothing that has no id either: the list is not as documented then', async () => {
      const { center } = await startBench({ [`GET ${orders}`]: { json: items([{ ...priced, id: null }, priced]) } });

      await assert.rejects(center.ordering.orders(customerId), { kind: 'unexpected' });
    });
  });

  it('are read where much is missing or odd', async () => {
    const bare = { id: 7, lineItems: [{ lineItemNumber: '1', quantity: '3', offerId: 'MS-AZR-0145P' }], status: 2 };
    const { center } = await startBench({ [`GET ${orders}`]: { json: items([bare]) } });

    assert.deepEqual(await center.ordering.orders(customerId), [
      {
        id: '7',
        number: '7',
        customerId,
        createdAt: new Date(0),
        status: 'pending',
        currency: '',
        lines: [
          {
            number: 1,
            catalogItemId: 'MS-AZR-0145P',
            productId: 'MS-AZR-0145P',
            skuId: '',
            title: 'MS-AZR-0145P',
            quantity: 3,
          },
        ],
      },
    ]);
  });

  for (const [written, status] of [
    ['cancelled', 'cancelled'],
    ['canceled', 'cancelled'],
    ['Pending', 'pending'],
    [3, 'cancelled'],
    ['something_new', 'unknown'],
    [null, 'unknown'],
  ] as const) {
    it(`have the status ${status} for ${written}`, async () => {
      const { center } = await startBench({ [`GET ${orders}`]: { json: items([{ ...priced, status: written }]) } });

      assert.equal((await center.ordering.orders(customerId))[0]?.status, status);
    });
  }
});

describe('one order', () => {
  afterEach(closeBenches);

  it('is read by its long id, encoded, with prices', async () => {
    const { center, server } = await startBench({ [`GET ${orders}/-a%2Fb`]: { json: { ...priced, id: '-a/b' } } });

    assert.equal((await center.ordering.order(customerId, '-a/b'))?.id, '-a/b');
    assert.equal(server.requests[0]?.query.get('include_price'), 'true');
    assert.equal(server.requests.length, 1);
  });

  it('is found by its short id where the service does not take that as id', async () => {
    const { center } = await startBench({
      [`GET ${orders}/C403D91B21D2`]: unknown,
      [`GET ${orders}`]: { json: items([{ ...priced, totalPrice: undefined }]) },
      [`GET ${orders}/${longId}`]: { json: priced },
    });

    const found = await center.ordering.order(customerId, 'C403D91B21D2');

    assert.equal(found?.id, longId);
    assert.deepEqual(found?.total, { minor: 123450, currency: 'EUR' });
  });

  it('is taken from the list where that shows its price already', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}/c403d91b21d2`]: unknown,
      [`GET ${orders}`]: { json: items([priced]) },
    });

    assert.equal((await center.ordering.order(customerId, 'c403d91b21d2'))?.id, longId);
    assert.equal(server.requests.length, 2);
  });

  it('that nobody knows is `undefined` (20000)', async () => {
    const { center } = await startBench({
      [`GET ${orders}/nope`]: unknown,
      [`GET ${orders}`]: { json: items([priced]) },
    });

    assert.equal(await center.ordering.order(customerId, 'nope'), undefined);
  });

  it('compares the long id by case', async () => {
    const { center } = await startBench({
      [`GET ${orders}/${longId.toUpperCase()}`]: unknown,
      [`GET ${orders}`]: { json: items([priced]) },
    });

    assert.equal(await center.ordering.order(customerId, longId.toUpperCase()), undefined);
  });
});

describe('cancelling an order', () => {
  afterEach(closeBenches);

  const path = `${orders}/${longId}`;

  it('names the lines', async () => {
    const answered = { ...priced, lineItems: [{ ...line, quantity: 0 }] };
    const { center, server } = await startBench({ [`PATCH ${path}`]: { json: answered } });

    const shown = await center.ordering.cancel(
      customerId,
      longId,
      [{ number: 0, catalogItemId: 'DG7A:0001:AV1' }],
      requestId,
    );

    assert.equal(shown.lines[0]?.quantity, 0);
    assert.deepEqual(server.requests[0]?.body, {
      id: longId,
      status: 'cancelled',
      lineItems: [{ lineItemNumber: 0, offerId: 'DG7A:0001:AV1' }],
    });
    assert.equal(server.requests[0]?.headers['ms-requestid'], requestId);
  });

  it('names no lines for the whole order', async () => {
    const { center, server } = await startBench({ [`PATCH ${path}`]: { json: { ...priced, status: 'cancelled' } } });

    const shown = await center.ordering.cancel(customerId, longId, [], requestId);

    assert.equal(shown.status, 'cancelled');
    assert.deepEqual(server.requests[0]?.body, { id: longId, status: 'cancelled' });
  });

  it('reads the order when the answer shows none', async () => {
    const { center, server } = await startBench({
      [`PATCH ${path}`]: { status: 204 },
      [`GET ${path}`]: { json: { ...priced, status: 'cancelled' } },
    });

    assert.equal((await center.ordering.cancel(customerId, longId, [], requestId)).status, 'cancelled');
    assert.deepEqual(
      server.requests.map(({ method }) => method),
      ['PATCH', 'GET'],
    );
  });

  for (const [status, code, kind, meaning] of [
    [400, 900117, 'declined', 'ticket-needed'],
    [400, 800061, 'declined', 'ticket-needed'],
    [400, 800062, 'declined', 'ticket-needed'],
    [409, 800014, 'conflict', 'adjustment-pending'],
    [409, 900278, 'conflict', 'adjustment-pending'],
    [400, 800063, 'declined', 'use-subscription'],
    [403, 800077, 'declined', 'use-subscription'],
    [403, 800019, 'declined', undefined],
    [404, 20000, 'not-found', undefined],
  ] as const) {
    it(`refused with ${code} is ${kind}${meaning ? `: ${meaning}` : ''}`, async () => {
      const { center, server } = await startBench({ [`PATCH ${path}`]: { status, json: { code } } });

      await assert.rejects(center.ordering.cancel(customerId, longId, [], requestId), { kind, meaning });
      assert.equal(server.requests.length, 1);
    });
  }
});
