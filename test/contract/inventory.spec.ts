import assert from 'node:assert/strict';
import { found } from './assertions.ts';
import { catalogItems } from './catalog-items.ts';
import { needsSimulator, openService, type Service } from './server.ts';

describe('the contract of the inventory check', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  const restrictions = async ({ productId, skuId }: { productId: string; skuId: string }, country = 'DE') =>
    service.center.catalog.restrictions((await service.customer()).id, country, productId, skuId);

  it('holds nothing against what is in stock', async () => {
    const customer = await service.customer();
    const { country } = found(await service.center.customers.find(customer.id), customer.id);
    const [product] = await service.center.catalog.products(customer.id);
    const [sku] = await service.center.catalog.skus(customer.id, found(product, 'product').id);

    const held = await service.center.catalog.restrictions(
      customer.id,
      country,
      found(product, 'product').id,
      found(sku, 'SKU').id,
    );

    assert.ok(Array.isArray(held));
    assert.ok(held.every(({ said }) => said !== ''));
  });

  it('says why something cannot be had, in the words of Partner Center', async function () {
    needsSimulator(this);

    const held = await restrictions(catalogItems.soldOut);

    assert.deepEqual(held, [
      {
        said: "Restriction identified of type 'Location' with values 'DE'. (NotAvailableForSubscription)",
        places: ['DE'],
      },
    ]);
  });

  it('holds nothing against its neighbour', async function () {
    needsSimulator(this);

    assert.deepEqual(await restrictions({ productId: catalogItems.soldOut.productId, skuId: '0001' }), []);
  });

  it('leaves an unknown item out of the answer without a word', async () => {
    assert.deepEqual(await restrictions({ productId: 'DG7GMGF0ZZZZ', skuId: '0001' }), []);
  });

  it('changes nothing, and may therefore be repeated', async function () {
    needsSimulator(this);
    const before = await service.requests();
    await service.fault({ path: 'checkInventory', status: 503 });

    assert.deepEqual((await restrictions(catalogItems.soldOut)).length, 1);

    const sent = (await service.requests()).slice(before.length).filter(({ path }) => path.includes('checkInventory'));
    assert.deepEqual(
      sent.map(({ status }) => status),
      [503, 200],
    );
  });
});
