import assert from 'node:assert/strict';
import { PartnerCenterError } from '../../../src/partner-center/client/errors.ts';
import { closeBenches, customerId, requestId, startBench } from '../../support/partner-center-client.ts';

const carts = `/v1/customers/${customerId}/carts`;
const good = {
  id: 'cart-1',
  creationTimestamp: '2026-03-01T12:00:00.1234567Z',
  expirationTimestamp: '2026-03-08T12:00:18.2406416Z',
  status: 'Active',
  lineItems: [{ id: 0, catalogItemId: 'DG7A:0001:AV1', quantity: 2, orderGroup: '0' }],
};
const perpetual = { catalogItemId: 'DG7A:0001:AV1', quantity: 2, billingCycle: 'one_time' };

describe('carts', () => {
  afterEach(closeBenches);

  it('are created with one line; perpetual software has no term at all', async () => {
    const { center, server } = await startBench({ [`POST ${carts}`]: { status: 201, json: good } });

    const cart = await center.ordering.createCart(customerId, [perpetual], requestId);

    assert.deepEqual(cart, {
      id: 'cart-1',
      status: 'Active',
      expiresAt: new Date('2026-03-08T12:00:18.240Z'),
      lineErrors: [],
    });
    const [seen] = server.requests;
    assert.deepEqual(seen?.body, { lineItems: [{ id: 0, ...perpetual }] });
    assert.equal(seen?.headers['ms-requestid'], requestId);
    assert.equal(seen?.headers['content-type'], 'application/json');
  });

  it('carry term and attestation where there are some', async () => {
    const { center, server } = await startBench({ [`POST ${carts}`]: { status: 201, json: good } });
    const line = { ...perpetual, billingCycle: 'annual', termDuration: 'P1Y', attestationAccepted: true };

    await center.ordering.createCart(customerId, [line], requestId);

    assert.deepEqual(server.requests[0]?.body, { lineItems: [{ id: 0, ...line }] });
  });

  const errors: readonly [string, unknown, readonly { code: string; description: string }[]][] = [
    [
      'by name',
      { errorCode: 'catalog_item_id_is_not_valid', errorDescription: 'It&#39;s old.' },
      [{ code: 'catalog_item_id_is_not_valid', description: "It's old." }],
    ],
    ['by number', { errorCode: 10001 }, [{ code: 'catalog_item_id_is_not_valid', description: '' }]],
    ['in PascalCase', { ErrorCode: 'QuotaNotAvailable' }, [{ code: 'quota_not_available', description: '' }]],
    ['of a number nobody knows', { errorCode: 424242 }, [{ code: '424242', description: '' }]],
    ['of a shape nobody knows', 'no stock', [{ code: 'unknown', description: 'no stock' }]],
    ['with other fields only', { other: 'x' }, [{ code: 'unknown', description: '' }]],
    [
      'with more beside its sentence',
      { errorCode: 10002, errorDescription: 'No quota.', additionalInformation: 'Five are left.' },
      [{ code: 'quota_not_available', description: 'No quota. Five are left.' }],
    ],
    ['that is empty', {}, []],
    ['that is null', null, []],
  ];
  for (const [how, error, expected] of errors) {
    it(`show a line error inside the good answer, ${how}`, async () => {
      const lineItems = [{ ...good.lineItems[0], error }];
      const { center } = await startBench({ [`POST ${carts}`]: { status: 201, json: { ...good, lineItems } } });

      const cart = await center.ordering.createCart(customerId, [perpetual], requestId);

      assert.deepEqual(cart.lineErrors, expected);
    });
  }

  for (const lineItems of [[], null, undefined]) {
    it(`are not free of errors where the answer lacks the line that was sent (${lineItems && '[]'})`, async () => {
      const { center } = await startBench({ [`POST ${carts}`]: { status: 201, json: { ...good, lineItems } } });

      await assert.rejects(center.ordering.createCart(customerId, [perpetual], requestId), {
        kind: 'unexpected',
        description: 'The answer was not as documented, at: lineItems.',
      });
    });
  }

  it('show the errors of add-ons too', async () => {
    const lineItems = [{ ...good.lineItems[0], addonItems: [{ error: { errorCode: 10003 } }] }];
    const { center } = await startBench({ [`POST ${carts}`]: { status: 201, json: { ...good, lineItems } } });

    const cart = await center.ordering.createCart(customerId, [perpetual], requestId);

    assert.deepEqual(cart.lineErrors, [{ code: 'inventory_not_available', description: '' }]);
  });

  it('live seven days where the answer does not say', async () => {
    const { expirationTimestamp: _, ...json } = good;
    const { center } = await startBench({ [`GET ${carts}/cart-1`]: { json } });

    assert.equal(
      (await center.ordering.cart(customerId, 'cart-1'))?.expiresAt.toISOString(),
      '2026-03-08T12:00:00.123Z',
    );
  });

  it('that are gone are `undefined` (800008)', async () => {
    const { center } = await startBench({ [`GET ${carts}/old`]: { status: 404, json: { code: 800008 } } });

    assert.equal(await center.ordering.cart(customerId, 'old'), undefined);
  });
});

describe('checkout', () => {
  afterEach(closeBenches);

  const path = `${carts}/cart-1/checkout`;

  it('sends an empty body and reads orders and refused groups', async () => {
    const { center, server } = await startBench({
      [`POST ${path}`]: {
        status: 201,
        json: {
          orders: [
            {
              id: 'long-id',
              alternateId: 'c403d91b21d2',
              currencyCode: 'EUR',
              creationDate: '2026-03-01T12:00:00',
              status: 'pending',
              lineItems: [{ lineItemNumber: 0, offerId: 'DG7A:0001:AV1', friendlyName: 'Windows Server', quantity: 2 }],
            },
          ],
          orderErrors: [
            { orderGroupId: '1', code: 800069, description: 'Failed the &quot;risk&quot; check.' },
            { orderGroupId: '2', code: 13605, description: 'No agreement.' },
          ],
        },
      },
    });

    const checkout = await center.ordering.checkout(customerId, 'cart-1', requestId);

    assert.deepEqual(checkout, {
      orders: [
        {
          id: 'long-id',
          number: 'c403d91b21d2',
          customerId,
          createdAt: new Date('2026-03-01T12:00:00Z'),
          status: 'pending',
          currency: 'EUR',
          lines: [
            {
              number: 0,
              catalogItemId: 'DG7A:0001:AV1',
              productId: 'DG7A',
              skuId: '0001',
              title: 'Windows Server',
              quantity: 2,
            },
          ],
        },
      ],
      errors: [
        { code: '800069', description: 'Failed the "risk" check.' },
        { code: '13605', description: 'No agreement.', meaning: 'agreement-missing' },
      ],
    });
    const [seen] = server.requests;
    assert.equal(seen?.headers['content-length'], '0');
    assert.equal(seen?.headers['content-type'], undefined);
    assert.equal(seen?.headers['ms-requestid'], requestId);
    assert.equal(seen?.text, '');
  });

  it('is repeated under the same request id when its answer was lost', async () => {
    const { center, server } = await startBench({
      [`POST ${path}`]: [
        { json: { orders: [] }, cutAfter: 3 },
        { status: 201, json: { orders: [] } },
      ],
    });

    await center.ordering.checkout(customerId, 'cart-1', requestId);

    assert.deepEqual(
      server.requests.map(({ headers }) => headers['ms-requestid']),
      [requestId, requestId],
    );
  });

  it('does not take an order it cannot read for none', async () => {
    const { center } = await startBench({
      [`POST ${path}`]: { status: 201, json: { orders: [{ status: 'pending' }] } },
    });

    await assert.rejects(
      center.ordering.checkout(customerId, 'cart-1', requestId),
      (error) => error instanceof PartnerCenterError && error.isUncertain,
    );
  });

  for (const [status, code, kind] of [
    [409, 800064, 'conflict'],
    [403, 13605, 'declined'],
    [404, 800008, 'not-found'],
  ] as const) {
    it(`refused with ${code} is ${kind}`, async () => {
      const { center } = await startBench({ [`POST ${path}`]: { status, json: { code, description: 'No.' } } });

      await assert.rejects(center.ordering.checkout(customerId, 'cart-1', requestId), {
        kind,
        code: String(code),
        description: 'No.',
      });
    });
  }
});
