import assert from 'node:assert/strict';
import { type Desk, openDesk } from './desk.ts';

describe('a large partner', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk({ customers: 50_000, skus: 100_000 });
  });
  after(() => desk.close());

  it('has fifty thousand customers, all of them different', async () => {
    const all = await desk.get('/v1/customers?size=0');
    const ids = new Set(all.list('items').map((customer) => customer.text('id')));

    assert.equal(ids.size, 50_000);
  });

  it('still has one Contoso and three Fabrikams', async () => {
    const count = async (value: string) => {
      const filter = JSON.stringify({ Field: 'CompanyName', Value: value, Operator: 'starts_with' });
      return (await desk.get(`/v1/customers?size=0&filter=${encodeURIComponent(filter)}`)).at('totalCount');
    };

    assert.equal(await count('Contoso'), 1);
    assert.equal(await count('Fabrikam'), 3);
    assert.ok(Number(await count('willow')) > 500);
  });

  it('is paged five hundred at most', async () => {
    assert.equal((await desk.get('/v1/customers?size=9999')).at('totalCount'), 500);
  });

  it('has a hundred thousand SKUs in its price sheet, and can sell the last of them', async () => {
    const sheet = await desk.get("/v1.0/sales/pricesheets(Market='US',PricesheetView='software')/$value");
    const rows = sheet.bytes.toString().trim().split('\r\n');
    const [, productId, skuId] = (rows.at(-1) ?? '').split(',').map((cell) => cell.replaceAll('"', ''));
    const sku = await desk.get(`/v1/products/${productId}/skus/${skuId}/availabilities?country=US`);

    assert.ok(rows.length > 100_000);
    assert.equal(sku.at('items.0.isPurchasable'), true);
  });
});
