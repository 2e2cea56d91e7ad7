import assert from 'node:assert/strict';
import { seedCustomers } from '../../../src/simulator/seed/customers.ts';
import { type Client, startClient } from '../client.ts';

const CUSTOMERS = 50_000;
const SKUS = 100_000;

describe('a large partner', () => {
  let client: Client;
  before(async () => {
    client = await startClient({ customers: CUSTOMERS, skus: SKUS });
  });
  after(() => client.close());

  it('has fifty thousand customers, all of them different', async () => {
    const ids = seedCustomers(1, CUSTOMERS).map(({ id }) => id);
    const last = await client.get('/v1/customers?size=500&seekOperation=Last');

    assert.equal(new Set(ids).size, CUSTOMERS);
    assert.deepEqual(
      last.list('items').map((customer) => customer.at('id')),
      ids.slice(-500),
    );
    assert.equal(last.at('links.next'), undefined);
  });

  it('still has one Contoso and three Fabrikams', async () => {
    const count = async (value: string) => {
      const filter = JSON.stringify({ Field: 'CompanyName', Value: value, Operator: 'starts_with' });
      return (await client.get(`/v1/customers?size=0&filter=${encodeURIComponent(filter)}`)).at('totalCount');
    };

    assert.equal(await count('Contoso'), 1);
    assert.equal(await count('Fabrikam'), 3);
    assert.ok(Number(await count('willow')) > 500);
  });

  it('is paged five hundred at most', async () => {
    assert.equal((await client.get('/v1/customers?size=9999')).at('totalCount'), 500);
  });

  it('has a hundred thousand SKUs in its price sheet, and can sell the last of them', async () => {
    const { bytes } = await client.get("/v1.0/sales/pricesheets(Market='US',PricesheetView='software')/$value");
    let rows = 0;
    for (let at = bytes.indexOf('\r\n'); at >= 0; at = bytes.indexOf('\r\n', at + 2)) rows += 1;
    const last = bytes.subarray(bytes.lastIndexOf('\r\n', bytes.length - 3)).toString();
    const [, productId, skuId] = last.split(',').map((cell) => cell.replaceAll('"', ''));
    const sku = await client.get(`/v1/products/${productId}/skus/${skuId}/availabilities?country=US`);

    assert.ok(rows > SKUS);
    assert.equal(sku.at('items.0.isPurchasable'), true);
  });
});
