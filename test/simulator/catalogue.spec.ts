import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import { SOLD_OUT } from './purchases.ts';

describe('the inventory', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  after(() => client.close());

  it('is asked in any spelling of the path, and leaves out what it does not know', async () => {
    const reply = await client.call('POST', '/v1/extensions/product/checkinventory?country=DE', {
      TargetItems: [{ ProductId: SOLD_OUT.productId, SkuId: SOLD_OUT.skuId }, { ProductId: 'DG7GMGF0XXXX' }],
      InventoryContext: { customerId: contoso },
    });
    const [item, ...others] = reply.list('');

    assert.equal(item?.at('isRestricted'), true);
    assert.equal(item?.at('restrictions.0.reasonCode'), 'NotAvailableForSubscription');
    assert.deepEqual(others, []);
  });

  it('restricts nothing that can be bought, and needs a country', async () => {
    const body = { targetItems: [{ productId: SOLD_OUT.productId, skuId: '0001' }] };
    const available = await client.call('POST', '/v1/extensions/product/checkInventory?country=DE', body);
    const nowhere = await client.call('POST', '/v1/extensions/product/checkInventory', body);

    assert.deepEqual(available.at(''), [
      { productId: SOLD_OUT.productId, skuId: '0001', isRestricted: false, restrictions: [] },
    ]);
    assert.equal(nowhere.at('code'), 2000);
  });
});
