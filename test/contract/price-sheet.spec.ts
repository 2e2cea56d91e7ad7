import assert from 'node:assert/strict';
import { type Money, moneyOf, times } from '../../src/domain/money.ts';
import type { Item } from '../../src/domain/orders/catalog.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { found } from './assertions.ts';
import { buy, catalogItems } from './catalog-items.ts';
import { needsSimulator, openService, type Service, writes } from './server.ts';

describe('the contract of the price sheet', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  const priceOf = (country: string, item: Partial<Item>): Promise<Money | undefined> =>
    service.center.catalog.unitPrice(country, {
      ...catalogItems.server,
      segment: 'commercial',
      billingCycle: 'one_time',
      ...item,
    });

  it('has a price, in the currency of the market, for something on sale', async () => {
    const customer = await service.customer();
    const { country } = found(await service.center.customers.find(customer.id), customer.id);
    const products = await service.center.catalog.products(customer.id);
    const prices: Money[] = [];

    for (const product of products.slice(0, 10)) {
      for (const sku of (await service.center.catalog.skus(customer.id, product.id)).slice(0, 2)) {
        for (const { terms, segment } of await service.center.catalog.availabilities(customer.id, product.id, sku.id)) {
          for (const { billingCycle, duration } of terms) {
            const price = await service.center.catalog.unitPrice(country, {
              ...{ productId: product.id, skuId: sku.id, segment, billingCycle },
              ...(duration ? { termDuration: duration } : {}),
            });
            if (price) prices.push(price);
          }
        }
      }
    }

    assert.ok(prices.length > 0);
    assert.ok(
      prices.every(({ minor, currency }) => Number.isInteger(minor) && minor >= 0 && /^[A-Z]{3}$/.test(currency)),
    );
  });

  it('has the price in the smallest unit of the currency, also of one without decimals', async function () {
    needsSimulator(this);

    assert.deepEqual(await priceOf('DE', {}), { minor: 80_960, currency: 'EUR' });
    assert.deepEqual(await priceOf('us', {}), { minor: 88_000, currency: 'USD' });
    const yen = found(await priceOf('JP', {}), 'price in Japan');
    assert.equal(yen.currency, 'JPY');
    assert.ok(yen.minor > 10_000 && yen.minor < 1_000_000);
  });

  it('tells segments apart', async function () {
    needsSimulator(this);

    assert.deepEqual(await priceOf('US', { segment: 'education' }), moneyOf(308, 'USD'));
    assert.deepEqual(await priceOf('US', { segment: 'nonprofit' }), moneyOf(528, 'USD'));
  });

  it('tells terms and billing cycles apart', async function () {
    needsSimulator(this);

    assert.deepEqual(
      await priceOf('US', { ...catalogItems.rented, billingCycle: 'annual', termDuration: 'P1Y' }),
      moneyOf(189, 'USD'),
    );
    assert.equal(
      await priceOf('US', { ...catalogItems.rented, billingCycle: 'annual', termDuration: 'P3Y' }),
      undefined,
    );
    assert.equal(await priceOf('US', catalogItems.rented), undefined);
  });

  it('lists nothing that is unknown, not sold in the market, or in a market that is none', async function () {
    needsSimulator(this);

    assert.equal(await priceOf('DE', { productId: 'DG7GMGF0ZZZZ' }), undefined);
    assert.equal(await priceOf('JP', { productId: 'DG7GMGF0G8RD', skuId: '0001' }), undefined);
    assert.equal(await priceOf('', {}), undefined);
  });

  it('is read once and kept for hours', async function () {
    needsSimulator(this);
    await priceOf('GB', {});
    const before = (await service.requests()).length;

    await Promise.all([
      priceOf('GB', {}),
      priceOf('GB', catalogItems.server2025),
      priceOf('FR', {}),
      priceOf('FR', {}),
    ]);

    const sheets = (await service.requests(before)).filter(({ path }) => path.includes('pricesheets'));
    assert.equal(sheets.length, 1);
    assert.match(sheets[0]?.path ?? '', /Market='FR',PricesheetView='software'/);
  });

  for (const [how, encoding, expected] of [
    ['gzip, as the client asks for it', 'gzip', { type: /^text\/csv/, encoding: 'gzip', name: /\.csv"$/ }],
    ['a ZIP, though it was not asked for', 'deflate', { type: /octet-stream/, encoding: undefined, name: /\.zip"$/ }],
    ['as it is', 'identity', { type: /^text\/csv/, encoding: undefined, name: /\.csv"$/ }],
  ] as const) {
    it(`is read when it comes as ${how}`, async function () {
      needsSimulator(this);
      const proxy = await startFaultProxy(service.url, encoding === 'gzip' ? {} : { 'accept-encoding': encoding });
      try {
        const { catalog } = service.client({ url: proxy.url });

        const item = { ...catalogItems.server, segment: 'commercial', billingCycle: 'one_time' };
        const price = await catalog.unitPrice('DE', item);

        assert.deepEqual(price, { minor: 80_960, currency: 'EUR' });
        const [sheet, ...others] = proxy.passed.filter(({ path }) => path.includes('pricesheets'));
        assert.equal(others.length, 0);
        assert.match(sheet?.headers['content-type'] ?? '', expected.type);
        assert.equal(sheet?.headers['content-encoding'], expected.encoding);
        assert.match(sheet?.headers['content-disposition'] ?? '', expected.name);
      } finally {
        await proxy.close();
      }
    });
  }

  describe('of a hundred thousand SKUs', () => {
    let large: Service;
    before(async function () {
      needsSimulator(this as unknown as Mocha.Context);
      large = await openService({ skus: 100_000 });
    });
    after(() => large?.close());

    it('is read to its last line', async () => {
      const { id } = await large.customer();
      const [last] = (await large.center.catalog.products(id)).filter(({ title }) => / \d{5}\b/.test(title)).slice(-1);
      const product = found(last, 'a product beyond the seed');
      const [sku] = (await large.center.catalog.skus(id, product.id)).slice(-1);

      const price = await large.center.catalog.unitPrice('DE', {
        ...{ productId: product.id, skuId: found(sku, 'a SKU of it').id },
        ...{ segment: 'commercial', billingCycle: 'one_time' },
      });

      assert.equal(price?.currency, 'EUR');
      assert.ok((price?.minor ?? 0) > 0);
    });
  });

  it('says what the order then costs', async function () {
    needsSimulator(this);
    writes(this);
    const customer = await service.customer('Contoso');
    const unit = found(await priceOf('DE', {}), 'price');

    const { order } = await buy(service.center, customer, catalogItems.server, { quantity: 7 });
    const priced = await service.center.ordering.order(customer.id, order.id);

    assert.deepEqual(priced?.total, times(unit, 7));
    assert.deepEqual(priced?.lines[0]?.total, times(unit, 7));
    assert.equal(priced?.currency, unit.currency);
  });
});
