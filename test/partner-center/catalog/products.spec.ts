import assert from 'node:assert/strict';
import { PartnerCenterError } from '../../../src/partner-center/client/errors.ts';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';
import type { Answer, Seen } from '../../support/stub-partner-center.ts';

const at = `/v1/customers/${customerId}`;
const software = { id: 'Software', displayName: 'Software' };
const windows = { id: 'DG7A', title: 'Windows Server 2025', productType: software, publisherName: 'Microsoft' };
const sql = { id: 'DG7B', title: 'SQL Server 2025', productType: { id: 'software' }, isMicrosoftProduct: true };
const azure = { id: 'DZHC', title: 'Azure', productType: { id: 'Azure' } };
const nobody = { [`GET ${at}/qualifications`]: { json: [] } };
const school = {
  [`GET ${at}/qualifications`]: {
    json: [
      { qualification: 'Education', vettingStatus: 'Approved' },
      { qualification: 'Nonprofit' },
      { qualification: 'GovernmentCommunityCloud', vettingStatus: 'Denied' },
    ],
  },
};

function asked(requests: readonly Seen[], path: string, name: string) {
  return requests.filter((request) => request.path === path).map(({ query }) => query.get(name));
}

describe('products', () => {
  afterEach(closeBenches);

  it('are all software on offer to the customer, by title', async () => {
    const { center, server } = await startBench({
      ...nobody,
      [`GET ${at}/products`]: { json: items([windows, azure, sql]) },
    });

    assert.deepEqual(await center.catalog.products(customerId), [
      { id: 'DG7B', title: 'SQL Server 2025', publisher: 'Microsoft', isSoftware: true },
      { id: 'DG7A', title: 'Windows Server 2025', publisher: 'Microsoft', isSoftware: true },
    ]);
    assert.deepEqual(asked(server.requests, `${at}/products`, 'targetView'), ['Software']);
    assert.deepEqual(asked(server.requests, `${at}/products`, 'targetSegment'), ['commercial']);
  });

  it('are asked for in every segment the customer is qualified for, and no other', async () => {
    const { center, server } = await startBench({
      ...school,
      [`GET ${at}/products`]: ({ query }) => ({
        json: items(query.get('targetSegment') === 'nonprofit' ? [sql, windows] : [windows]),
      }),
    });

    const found = await center.catalog.products(customerId);

    assert.deepEqual(
      found.map(({ id }) => id),
      ['DG7B', 'DG7A'],
    );
    assert.deepEqual(asked(server.requests, `${at}/products`, 'targetSegment').sort(), [
      'commercial',
      'education',
      'nonprofit',
    ]);
  });

  it('are the same for customers of one country, and asked for anew after ten minutes', async () => {
    const other = '0f1e2d3c-4b5a-4987-8a6b-0c1d2e3f4a5b';
    const inGermany = (id: string) => ({ json: { id, billingProfile: { defaultAddress: { country: 'DE' } } } });
    const { center, server, timer } = await startBench({
      [`GET ${at}`]: inGermany(customerId),
      [`GET /v1/customers/${other}`]: inGermany(other),
      [`GET ${at}/qualifications`]: { json: [] },
      [`GET /v1/customers/${other}/qualifications`]: { json: [] },
      [`GET ${at}/products`]: { json: items([windows]) },
      [`GET /v1/customers/${other}/products`]: { json: items([windows]) },
    });
    const lists = () => server.requests.filter(({ path }) => path.endsWith('/products')).length;
    for (const id of [customerId, other]) await center.customers.find(id);

    for (const id of [customerId, other, customerId]) await center.catalog.products(id);
    assert.equal(lists(), 1);
    assert.equal((await center.catalog.product(windows.id, 'DE'))?.title, windows.title);
    assert.ok(
      server.requests.every(({ path }) => !path.startsWith('/v1/products/')),
      'the list told it already',
    );

    timer.advance(11 * 60_000);
    await center.catalog.products(other);
    assert.equal(lists(), 2);
  });

  it('are asked for at commercial prices for a state-owned entity, which is a mark nobody vets', async () => {
    const owned = { qualification: 'StateOwnedEntity' };
    const cloud = { qualification: 'GovernmentCommunityCloud', vettingStatus: 'Approved' };
    const { center, server, timer } = await startBench({
      [`GET ${at}/qualifications`]: [{ json: [owned] }, { json: [cloud, owned] }],
      [`GET ${at}/products`]: { json: items([windows]) },
    });

    await center.catalog.products(customerId);
    assert.deepEqual(asked(server.requests, `${at}/products`, 'targetSegment'), ['commercial']);

    timer.advance(2 * 60_000);
    await center.catalog.products(customerId);
    assert.deepEqual(asked(server.requests, `${at}/products`, 'targetSegment').slice(1), ['government']);
  });

  it('come from the narrow views where `Software` is refused', async () => {
    const refused: Answer = { status: 403, json: { code: 400036, description: 'Target view not allowed.' } };
    const { center, server } = await startBench({
      ...nobody,
      [`GET ${at}/products`]: ({ query }) => {
        const view = query.get('targetView');
        if (view === 'SoftwarePerpetual') return { json: items([windows]) };
        return view === 'SoftwareSUSELinux' ? { json: items([sql]) } : refused;
      },
    });

    assert.equal((await center.catalog.products(customerId)).length, 2);
    assert.deepEqual(asked(server.requests, `${at}/products`, 'targetView').sort(), [
      'Software',
      'SoftwarePerpetual',
      'SoftwareSUSELinux',
      'SoftwareSubscriptions',
    ]);
  });

  it('of which one makes no sense are shown without it, and told', async () => {
    const { center, lines } = await startBench({
      ...nobody,
      [`GET ${at}/products`]: { json: items([{ title: 'Without an id' }, windows]) },
    });

    assert.equal((await center.catalog.products(customerId)).length, 1);
    assert.ok(lines.some(({ level, text }) => level === 'warn' && text === 'records left out'));
  });

  it('of which none makes sense are no empty list', async () => {
    const { center } = await startBench({ ...nobody, [`GET ${at}/products`]: { json: items([{ title: 'No id' }]) } });

    await assert.rejects(center.catalog.products(customerId), { kind: 'unexpected' });
  });

  it('throw where every view is refused', async () => {
    const { center } = await startBench({
      ...nobody,
      [`GET ${at}/products`]: { status: 403, json: { code: 400036 } },
    });

    await assert.rejects(
      center.catalog.products(customerId),
      (error) => error instanceof PartnerCenterError && error.kind === 'declined',
    );
  });

  it('are shown at commercial prices while nobody says for what the customer qualifies', async () => {
    const { center } = await startBench({
      [`GET ${at}/products`]: { json: items([windows]) },
      [`GET ${at}/qualifications`]: { status: 403 },
    });

    assert.deepEqual(
      (await center.catalog.products(customerId)).map(({ id }) => id),
      ['DG7A'],
    );
  });

  it('leave out a segment that Partner Center does not allow after all (400030)', async () => {
    const { center } = await startBench({
      ...school,
      [`GET ${at}/products`]: ({ query }) =>
        query.get('targetSegment') === 'commercial'
          ? { json: items([windows]) }
          : { status: 403, json: { code: 400030 } },
    });

    assert.equal((await center.catalog.products(customerId)).length, 1);
  });
});

describe('one product or SKU by id', () => {
  afterEach(closeBenches);

  it('is remembered per country for an hour', async () => {
    const { center, server, timer } = await startBench({ 'GET /v1/products/DG7A': { json: windows } });

    await Promise.all([center.catalog.product('DG7A', 'US'), center.catalog.product('DG7A', 'US')]);
    await center.catalog.product('DG7A', 'US');
    assert.equal(server.requests.length, 1);
    assert.equal(server.requests[0]?.query.get('country'), 'US');

    await center.catalog.product('DG7A', 'PL');
    assert.equal(server.requests.length, 2);

    timer.advance(61 * 60_000);
    await center.catalog.product('DG7A', 'US');
    assert.equal(server.requests.length, 3);
  });

  it('of any kind is found; only software is software', async () => {
    const { center } = await startBench({ 'GET /v1/products/DZHC': { json: azure } });

    assert.deepEqual(await center.catalog.product('DZHC', 'US'), {
      id: 'DZHC',
      title: 'Azure',
      publisher: '',
      isSoftware: false,
    });
  });

  it('that the catalogue no longer knows is `undefined`', async () => {
    const { center } = await startBench({ 'GET /v1/products/GONE': { status: 404, json: { code: 400013 } } });

    assert.equal(await center.catalog.product('GONE', 'US'), undefined);
  });

  it('is not asked for without a country, which a customer without a billing profile has not', async () => {
    const { center, server } = await startBench({});

    assert.equal(await center.catalog.product('DG7A', ''), undefined);
    assert.equal(server.requests.length, 0);
  });

  it('that could not be read is asked for again', async () => {
    const { center } = await startBench({
      'GET /v1/products/DG7A': [{ status: 403, json: {} }, { json: windows }],
    });

    await assert.rejects(center.catalog.product('DG7A', 'US'));
    assert.equal((await center.catalog.product('DG7A', 'US'))?.title, 'Windows Server 2025');
  });
});

describe('SKUs', () => {
  afterEach(closeBenches);

  it('come with quantities and what they need', async () => {
    const { center } = await startBench({
      ...nobody,
      [`GET ${at}/products/DG7A/skus`]: {
        json: items([
          {
            id: '0001',
            productId: 'DG7A',
            title: 'Standard 16 Core',
            minimumQuantity: 2,
            maximumQuantity: '10',
            purchasePrerequisites: ['InventoryCheck', 'MicrosoftCustomerAgreement', 'AzureSubscriptionRegistration'],
            attestationProperties: { attestationType: 'x', enforceAttestation: true },
          },
          { id: '0002', title: 'Datacenter' },
        ]),
      },
    });

    assert.deepEqual(await center.catalog.skus(customerId, 'DG7A'), [
      {
        productId: 'DG7A',
        id: '0001',
        title: 'Standard 16 Core',
        minimumQuantity: 2,
        maximumQuantity: 10,
        needsInventoryCheck: true,
        needsAttestation: true,
        needsBefore: ['AzureSubscriptionRegistration'],
      },
      {
        productId: 'DG7A',
        id: '0002',
        title: 'Datacenter',
        minimumQuantity: 1,
        maximumQuantity: 999_999_999,
        needsInventoryCheck: false,
        needsAttestation: false,
        needsBefore: [],
      },
    ]);
  });
});

describe('availabilities', () => {
  afterEach(closeBenches);

  const path = `${at}/products/DG7A/skus/0001`;
  const base = { id: 'AV1', productId: 'DG7A', skuId: '0001', country: 'US', defaultCurrency: { code: 'USD' } };

  it('of perpetual software are bought once', async () => {
    const offer = { ...base, catalogItemId: 'DG7A:0001:AV1', segment: 'Commercial', isPurchasable: true };
    const { center, server } = await startBench({
      ...nobody,
      [`GET ${path}/availabilities`]: { json: items([offer]) },
    });

    assert.deepEqual(await center.catalog.availabilities(customerId, 'DG7A', '0001'), [
      {
        catalogItemId: 'DG7A:0001:AV1',
        productId: 'DG7A',
        skuId: '0001',
        segment: 'commercial',
        country: 'US',
        currency: 'USD',
        isPurchasable: true,
        terms: [{ billingCycle: 'one_time' }],
      },
    ]);
    await center.catalog.availabilities(customerId, 'DG7A', '0001');
    assert.equal(asked(server.requests, `${path}/availabilities`, 'targetSegment').length, 2, 'never cached');
  });

  it('of subscriptions have terms with billing and refund options', async () => {
    const terms = [
      {
        duration: 'P1Y',
        billingCycle: 'Annual',
        cancellationPolicies: [
          {
            refundOptions: [
              { sequenceId: 1, type: 'Partial', expiresAfter: 'P7D' },
              { sequenceId: 0, type: 'Full', expiresAfter: 'P1D' },
            ],
          },
        ],
      },
      { duration: '', billingCycle: 'OneTime' },
    ];
    const { center } = await startBench({
      ...nobody,
      [`GET ${path}/availabilities`]: { json: items([{ ...base, isPurchasable: true, terms }]) },
    });

    const [found] = await center.catalog.availabilities(customerId, 'DG7A', '0001');

    assert.equal(found?.catalogItemId, 'DG7A:0001:AV1');
    assert.deepEqual(found?.terms, [
      {
        duration: 'P1Y',
        billingCycle: 'annual',
        refundOptions: [
          { type: 'full', expiresAfter: 'P1D' },
          { type: 'partial', expiresAfter: 'P7D' },
        ],
      },
      { billingCycle: 'one_time' },
    ]);
  });

  it('ask the SKU how it is billed where a term does not say', async () => {
    const { center, server } = await startBench({
      ...nobody,
      [`GET ${path}/availabilities`]: { json: items([{ ...base, isPurchasable: true, terms: [{ duration: 'P3Y' }] }]) },
      [`GET ${path}`]: { json: { id: '0001', supportedBillingCycles: ['one_time', 'Triennial'] } },
    });

    const [found] = await center.catalog.availabilities(customerId, 'DG7A', '0001');

    assert.deepEqual(found?.terms, [
      { duration: 'P3Y', billingCycle: 'one_time' },
      { duration: 'P3Y', billingCycle: 'triennial' },
    ]);
    assert.ok(server.requests.some((request) => request.path === path));
  });

  it('that cannot be bought, or are of a segment not asked for, are left out', async () => {
    const { center } = await startBench({
      ...nobody,
      [`GET ${path}/availabilities`]: {
        json: items([
          { ...base, segment: 'commercial', isPurchasable: false },
          { ...base, id: 'AV2', segment: 'education', isPurchasable: true },
        ]),
      },
    });

    assert.deepEqual(await center.catalog.availabilities(customerId, 'DG7A', '0001'), []);
  });
});

describe('the inventory check', () => {
  afterEach(closeBenches);

  it('tells what is held against the item', async () => {
    const route = 'POST /v1/extensions/product/checkInventory';
    const { center, server } = await startBench({
      [route]: [
        { status: 500 },
        {
          json: [
            { productId: 'DG7A', skuId: '0002', isRestricted: true, restrictions: [{ description: 'Other.' }] },
            {
              productId: 'DG7A',
              skuId: '0001',
              isRestricted: true,
              restrictions: [
                { reasonCode: 'X', description: 'Not in &#39;japanwest&#39;.' },
                { reasonCode: 'OnlyCode' },
                {
                  reasonCode: 'Y',
                  description: 'Not there.',
                  properties: { type: 'Location', values: 'DE,AT' },
                },
              ],
            },
          ],
        },
      ],
    });

    assert.deepEqual(await center.catalog.restrictions(customerId, 'US', 'DG7A', '0001'), [
      { said: "Not in 'japanwest'. (X)" },
      { said: 'OnlyCode' },
      { said: 'Not there. (Y)', places: ['DE', 'AT'] },
    ]);
    assert.equal(server.requests[1]?.query.get('country'), 'US');
    assert.deepEqual(server.requests[1]?.body, {
      targetItems: [{ productId: 'DG7A', skuId: '0001' }],
      inventoryContext: { customerId },
    });
  });

  it('tells nothing of an item the answer leaves out', async () => {
    const { center } = await startBench({ 'POST /v1/extensions/product/checkInventory': { json: [] } });

    assert.deepEqual(await center.catalog.restrictions(customerId, 'US', 'DG7A', '0001'), []);
  });
});
