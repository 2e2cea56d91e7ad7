import assert from 'node:assert/strict';
import type { PartnerCenter } from '../../../src/partner-center/index.ts';
import { closeBenches, customerId, startBench } from '../../support/partner-center-client.ts';
import type { Answer, Route } from '../../support/stub-partner-center.ts';

const customer = `/v1/customers/${customerId}`;
const none: Answer = { json: [] };
const order = (id: string) => ({
  ...{ id, alternateId: id.slice(0, 12), currencyCode: 'EUR', totalPrice: 1, status: 'completed' },
  ...{ creationDate: '2026-02-01T00:00:00Z', lineItems: [] },
});
const software = (id: string) => ({ id, title: id, productType: { id: 'Software' } });
const availability = (id: string) => ({
  ...{ id, productId: 'P', skuId: '0001', country: 'PL', segment: 'commercial', isPurchasable: true },
});
const agreed = (dateAgreed: string) => ({ type: 'MicrosoftCustomerAgreement', dateAgreed });

/** One page after the other, each with a link to the next. */
function inPages(pages: readonly (readonly unknown[])[], links: (page: number) => object): Route {
  return ({ headers, query }) => {
    const page = Number(headers['ms-continuationtoken'] ?? query.get('page') ?? 0);
    const items = pages[page] ?? [];
    return { json: { totalCount: items.length, items, links: page < pages.length - 1 ? links(page + 1) : {} } };
  };
}

const byToken = (page: number) => ({
  next: { uri: '/somewhere?seekOperation=Next', headers: [{ key: 'MS-ContinuationToken', value: String(page) }] },
});
const byAddress = (page: number) => ({ Next: { Uri: `/v1/somewhere?page=${page}` } });

type List = readonly [
  string,
  string,
  readonly (readonly unknown[])[],
  (center: PartnerCenter) => Promise<unknown>,
  unknown,
];

const lists: readonly List[] = [
  [
    'orders',
    `GET ${customer}/orders`,
    [[order('a')], [order('b')], [order('c')]],
    async ({ ordering }) => (await ordering.orders(customerId)).map(({ id }) => id),
    ['a', 'b', 'c'],
  ],
  [
    'the list in which an order is looked for by its number',
    `GET ${customer}/orders`,
    [[order('a')], [order('long-number-of-b')]],
    async ({ ordering }) => (await ordering.order(customerId, 'LONG-NUMBER-'))?.id,
    'long-number-of-b',
  ],
  [
    'subscriptions',
    `GET ${customer}/subscriptions`,
    [[{ id: 's1' }], [{ id: 's2' }]],
    async ({ ordering }) => (await ordering.subscriptions(customerId)).map(({ id }) => id),
    ['s1', 's2'],
  ],
  [
    'entitlements',
    `GET ${customer}/entitlements`,
    [[{ productId: 'P', skuId: '0001' }], [{ productId: 'Q', skuId: '0001' }]],
    async ({ keys }) => (await keys.entitlements(customerId, 'PL')).map(({ productId }) => productId),
    ['P', 'Q'],
  ],
  [
    'products',
    `GET ${customer}/products`,
    [[software('P')], [software('Q')]],
    async ({ catalog }) => (await catalog.products(customerId)).map(({ id }) => id),
    ['P', 'Q'],
  ],
  [
    'SKUs',
    `GET ${customer}/products/P/skus`,
    [[{ id: '0001' }], [{ id: '0002' }]],
    async ({ catalog }) => (await catalog.skus(customerId, 'P')).map(({ id }) => id),
    ['0001', '0002'],
  ],
  [
    'availabilities',
    `GET ${customer}/products/P/skus/0001/availabilities`,
    [[availability('A1')], [availability('A2')]],
    async ({ catalog }) =>
      (await catalog.availabilities(customerId, 'P', '0001')).map(({ catalogItemId }) => catalogItemId),
    ['P:0001:A1', 'P:0001:A2'],
  ],
  [
    'confirmations of the agreement',
    `GET ${customer}/agreements`,
    [[agreed('2025-01-01T00:00:00Z')], [agreed('2026-01-01T00:00:00Z')]],
    async ({ agreements }) =>
      (await agreements.confirmations(customerId)).map(({ agreedAt }) => agreedAt?.getUTCFullYear()),
    [2026, 2025],
  ],
  [
    'templates of the agreement',
    'GET /v1/agreements',
    [[{ templateId: 'old', versionRank: 1 }], [{ templateId: 'new', versionRank: 2 }]],
    async ({ agreements }) => (await agreements.template()).templateId,
    'new',
  ],
  [
    'service requests',
    'GET /v1/servicerequests',
    [[{ id: '1', status: 'open' }], [{ id: '2', status: 'open' }]],
    async ({ tickets }) => (await tickets.list('open')).map(({ id }) => id),
    ['1', '2'],
  ],
  [
    'issue types',
    'GET /v1/servicerequests/supporttopics',
    [[{ id: 1, name: 'One' }], [{ id: 2, name: 'Two' }]],
    async ({ tickets }) => (await tickets.topics()).map(({ name }) => name),
    ['One', 'Two'],
  ],
  [
    'download options',
    'GET /v1/products/P/skus/0001/downloadoptions',
    [[{ optionKey: 'late', displayRank: 2 }], [{ optionKey: 'early', displayRank: 1 }]],
    async ({ keys }) =>
      (await keys.downloadOptions({ productId: 'P', skuId: '0001', title: '' }, 'PL'))?.map(({ id }) => id),
    ['early', 'late'],
  ],
];

describe('a list in pages', () => {
  afterEach(closeBenches);

  for (const [name, route, pages, read, expected] of lists) {
    for (const [how, links] of [
      ['a token', byToken],
      ['an address', byAddress],
    ] as const) {
      it(`is read to its end: ${name}, with ${how} for the next page`, async () => {
        const routes = { [`GET ${customer}/qualifications`]: none, [route]: inPages(pages, links) };
        const { center, server } = await startBench(routes);

        assert.deepEqual(await read(center), expected);

        const asked = server.requests.filter(({ method, path }) => `${method} ${path}` === route);
        assert.equal(asked.length, pages.length);
      });
    }
  }

  it('keeps what was asked for when it asks for the next page', async () => {
    const { center, server } = await startBench({
      [`GET ${customer}/orders`]: inPages([[order('a')], [order('b')]], byToken),
    });

    await center.ordering.orders(customerId);

    const [, second] = server.requests;
    assert.equal(second?.query.get('include_price'), 'true');
    assert.equal(second?.query.get('seekOperation'), 'Next');
  });

  it('ends where the next page is one that was read before', async () => {
    const circle: Route = ({ headers }) => {
      const value = headers['ms-continuationtoken'] === 'one' ? 'two' : 'one';
      const next = { uri: '/x', headers: [{ key: 'MS-ContinuationToken', value }] };
      return { json: { items: [{ id: value }], links: { next } } };
    };
    const { center, server } = await startBench({ [`GET ${customer}/subscriptions`]: circle });

    const found = await center.ordering.subscriptions(customerId);

    assert.deepEqual(
      found.map(({ id }) => id),
      ['one', 'two', 'one'],
    );
    assert.equal(server.requests.length, 3);
  });

  it('fails as a whole where one of them cannot be read', async () => {
    const broken: Route = (seen) =>
      seen.headers['ms-continuationtoken'] ? { status: 403 } : inPages([[order('a')], []], byToken)(seen);
    const { center } = await startBench({ [`GET ${customer}/orders`]: broken });

    await assert.rejects(center.ordering.orders(customerId), { kind: 'forbidden' });
  });
});
