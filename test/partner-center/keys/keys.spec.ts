import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { PartnerCenterError } from '../../../src/partner-center/client/errors.ts';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';

const entitlements = `/v1/customers/${customerId}/entitlements`;
const keyUri = (item: string) => `/customers/${customerId}/artifacts/productkey/groups/g/lineitems/l/items/${item}`;
const keyOf = (item: string) => [
  { artifactType: 'product_key', state: 'Active', reason: '', link: { uri: keyUri(item) } },
];
const referenceOrder = { id: 'long-id', lineItemId: '1', alternateId: 'c403d91b21d2' };
const part = (productId: string, skuId: string, more: object = {}) => ({
  productId,
  skuId,
  quantity: 1,
  referenceOrder,
  entitledArtifacts: [],
  includedEntitlements: [],
  entitlementType: 'software',
  ...more,
});
const product = (title: string) => ({ json: { id: 'x', title, productType: { id: 'Software' } } });
const version = { productId: 'DG7A', skuId: '0001', title: 'Windows Server' };

describe('entitlements', () => {
  afterEach(closeBenches);

  it('include every version, however deep, once, with titles from the catalogue', async () => {
    const deep = part('DG7C', '0001', { entitledArtifacts: keyOf('C') });
    const bought = part('DG7A', '0001', {
      quantity: '2',
      expiryDate: '2027-01-28T00:00:00Z',
      entitledArtifacts: keyOf('A'),
      includedEntitlements: [
        part('DG7B', '0001', { includedEntitlements: [part('DG7C', '0001'), deep] }),
        part('DG7B', '0002'),
      ],
    });
    const reservation = part('DZH1', '0001', { entitlementType: 'virtual_machine_reserved_instance' });
    const { center, server } = await startBench({
      [`GET ${entitlements}`]: { json: items([bought, reservation]) },
      'GET /v1/products/DG7A': product('Windows Server 2025'),
      'GET /v1/products/DG7B': product('Windows Server 2022'),
      'GET /v1/products/DG7B/skus/0001': { json: { id: '0001', title: 'Windows Server 2022 Standard' } },
      'GET /v1/products/DG7B/skus/0002': { json: { id: '0002', title: 'Windows Server 2022 Datacenter' } },
      'GET /v1/products/DG7C': product('Windows Server 2019'),
    });

    assert.deepEqual(await center.keys.entitlements(customerId, 'US'), [
      {
        orderId: 'long-id',
        orderNumber: 'c403d91b21d2',
        lineNumber: 1,
        productId: 'DG7A',
        skuId: '0001',
        quantity: 2,
        expiresAt: new Date('2027-01-28T00:00:00Z'),
        versions: [
          { productId: 'DG7A', skuId: '0001', title: 'Windows Server 2025', keyRef: keyUri('A'), keyState: 'Active' },
          { productId: 'DG7B', skuId: '0001', title: 'Windows Server 2022 Standard' },
          { productId: 'DG7C', skuId: '0001', title: 'Windows Server 2019', keyRef: keyUri('C'), keyState: 'Active' },
          { productId: 'DG7B', skuId: '0002', title: 'Windows Server 2022 Datacenter' },
        ],
      },
    ]);
    const [seen] = server.requests;
    assert.equal(seen?.query.get('entitlementType'), 'software');
    assert.equal(seen?.query.get('showExpiry'), 'true');
    assert.match(String(seen?.headers.authorization), /^Bearer user-/);
  });

  it('are shown under their ids when the catalogue knows no title', async () => {
    const { center } = await startBench({
      [`GET ${entitlements}`]: { json: items([part('GONE', '0001')]) },
      'GET /v1/products/GONE': { status: 403 },
    });

    const [found] = await center.keys.entitlements(customerId, 'US');

    assert.deepEqual(found?.versions, [{ productId: 'GONE', skuId: '0001', title: 'GONE:0001' }]);
  });

  it('read each title once', async () => {
    const { center, server } = await startBench({
      [`GET ${entitlements}`]: { json: items(Array.from({ length: 20 }, () => part('DG7A', '0001'))) },
      'GET /v1/products/DG7A': product('Windows Server 2025'),
    });

    await center.keys.entitlements(customerId, 'US');

    assert.equal(server.requests.length, 2);
  });
});

describe('the product key', () => {
  afterEach(closeBenches);

  const path = `/v1${keyUri('DG7A:0001:x')}`;

  it('comes as a secret, from where the entitlement says, as a person', async () => {
    const { center, server, lines } = await startBench({
      [`GET ${path}`]: { json: { type: 'product_key', productKey: 'SMPLE-AAAAA-BBBBB-CCCCC-DDDDD' } },
    });

    const key = await center.keys.productKey({ ...version, keyRef: keyUri('DG7A:0001:x') });

    assert.equal(key.reveal(), 'SMPLE-AAAAA-BBBBB-CCCCC-DDDDD');
    assert.match(String(server.requests[0]?.headers.authorization), /^Bearer user-/);
    assert.ok(!inspect([key, lines], { depth: 9 }).includes('SMPLE'));
  });

  it('is `not-offered` where the entitlement says nothing', async () => {
    const { center, server } = await startBench({});

    await assert.rejects(center.keys.productKey(version), { kind: 'not-offered' });
    assert.equal(server.requests.length, 0);
  });

  it('is `not-found` where there is none any more, or not yet', async () => {
    const { center } = await startBench({ [`GET ${path}`]: [{ status: 404 }, { json: { productKey: null } }] });
    const wanted = { ...version, keyRef: keyUri('DG7A:0001:x') };

    await assert.rejects(center.keys.productKey(wanted), { kind: 'not-found', operation: 'getProductKey' });
    await assert.rejects(center.keys.productKey(wanted), { kind: 'not-found' });
  });

  it('is `not-offered` where the call is gone', async () => {
    const { center } = await startBench({ [`GET ${path}`]: { status: 410 } });

    await assert.rejects(center.keys.productKey({ ...version, keyRef: keyUri('DG7A:0001:x') }), {
      kind: 'not-offered',
    });
  });

  it('is never asked for on another host', async () => {
    const { center, server } = await startBench({});

    for (const keyRef of ['https://evil.example/v1/key', '//evil.example/key']) {
      await assert.rejects(center.keys.productKey({ ...version, keyRef }), { kind: 'unexpected' });
    }
    assert.equal(server.requests.length, 0);
  });

  for (const productKey of [12345, true, {}]) {
    it(`is not ${JSON.stringify(productKey)}: a key is a text`, async () => {
      const { center } = await startBench({ [`GET ${path}`]: { json: { productKey } } });

      await assert.rejects(center.keys.productKey({ ...version, keyRef: keyUri('DG7A:0001:x') }), {
        kind: 'unexpected',
      });
    });
  }

  it('stays out of the error when the answer is cut or odd', async () => {
    for (const raw of ['{"productKey":"SMPLE-LEAK', '{"productKey":{"SMPLE":"LEAK"}}', '["SMPLE-LEAK"]']) {
      const { center, lines } = await startBench({ [`GET ${path}`]: { raw } });

      const error = await center.keys
        .productKey({ ...version, keyRef: keyUri('DG7A:0001:x') })
        .catch((caught: unknown) => caught);

      assert.ok(error instanceof Error);
      assert.ok(!inspect([error, lines], { depth: 9 }).includes('SMPLE'), raw);
    }
  });
});

describe('downloads', () => {
  afterEach(closeBenches);

  const path = '/v1/products/DG7A/skus/0001/downloadoptions';

  it('have language and architecture', async () => {
    const { center, server } = await startBench({
      [`GET ${path}`]: {
        json: items([
          {
            optionKey: 'B==',
            optionTitle: 'Access 2016',
            displayRank: 1,
            cpUandFileType: '64 Bit, ISO',
            languageCode: 'pl-PL',
            languageName: 'Polish',
            fileSize: '552275968',
          },
          { OptionKey: 'A/=', CpUandFileType: '32 Bit', displayRank: 0, languageCode: 'en-US' },
        ]),
      },
    });

    assert.deepEqual(await center.keys.downloadOptions(version, 'PL'), [
      { id: 'A/=', title: '', languageCode: 'en-US', languageName: 'en-US', architecture: '32 Bit' },
      {
        id: 'B==',
        title: 'Access 2016',
        languageCode: 'pl-PL',
        languageName: 'Polish',
        architecture: '64 Bit',
        sizeBytes: 552275968,
      },
    ]);
    assert.equal(server.requests[0]?.query.get('country'), 'PL');
  });

  for (const status of [404, 405, 410]) {
    it(`are \`undefined\` where the call answers ${status}`, async () => {
      const { center } = await startBench({ [`GET ${path}`]: { status } });

      assert.equal(await center.keys.downloadOptions(version, 'PL'), undefined);
    });
  }

  for (const [status, json] of [
    [403, {}],
    [403, { description: 'Not for you.' }],
    [501, {}],
  ] as const) {
    it(`are \`not-offered\` where a ${status} names nothing to put right, with what was said`, async () => {
      const { center } = await startBench({ [`GET ${path}`]: { status, json } });

      await assert.rejects(center.keys.downloadOptions(version, 'PL'), {
        kind: 'not-offered',
        status,
        description: 'description' in json ? json.description : undefined,
      });
    });
  }

  it('throw where it fails otherwise', async () => {
    const { center } = await startBench({ [`GET ${path}`]: { status: 403, json: { code: 900308 } } });

    await assert.rejects(center.keys.downloadOptions(version, 'PL'), { kind: 'forbidden' });
  });

  for (const uri of [
    12345,
    '12345',
    '/relative',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://download.mp.microsoft.com/x',
    'https://user:word@download.mp.microsoft.com/x',
  ]) {
    it(`have no address that nobody should open: ${uri}`, async () => {
      const { center, lines } = await startBench({ [`GET ${path}/A/downloadlink`]: { json: { uri } } });

      await assert.rejects(center.keys.downloadLink(version, 'PL', 'A'), (error) => {
        assert.ok(error instanceof PartnerCenterError);
        assert.equal(error.kind, 'unexpected');
        assert.ok(!inspect([error, lines], { depth: 9 }).includes(`'${uri}'`));
        return true;
      });
    });
  }

  it('may lie on this machine, where a simulator is', async () => {
    const uri = 'http://127.0.0.1:3979/x.iso';
    const { center } = await startBench({ [`GET ${path}/A/downloadlink`]: { json: { uri } } });

    assert.equal((await center.keys.downloadLink(version, 'PL', 'A')).reveal(), uri);
  });

  it('give their signed address as a secret', async () => {
    const uri = 'https://download.mp.microsoft.com/pr/x.ISO?t=1&d=50&e=2&h=3';
    const { center, server } = await startBench({
      [`GET ${path}/A%2F%3D/downloadlink`]: { json: { uri, method: 'GET', headers: [] } },
    });

    const link = await center.keys.downloadLink(version, 'PL', 'A/=');

    assert.equal(link.reveal(), uri);
    assert.equal(String(link), '[secret]');
    assert.equal(server.requests[0]?.query.get('country'), 'PL');
  });
});
