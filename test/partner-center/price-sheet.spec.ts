import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import type { Item } from '../../src/domain/software.ts';
import { pricesFor } from '../../src/partner-center/clouds.ts';
import { PartnerCenterError } from '../../src/partner-center/errors.ts';
import { closeBenches, startBench } from './client.ts';

const path = "/v1.0/sales/pricesheets(Market='US',PricesheetView='software')/$value";
const header =
  '"ProductTitle","ProductId","SkuId","SkuTitle","Publisher","TermDuration","BillingPlan","Market","Currency","UnitPrice","PricingTierRangeMin","PricingTierRangeMax","EffectiveStartDate","EffectiveEndDate","ERP Price","Segment"';
const rows = [
  '"Windows Server","DG7A","0001","Std","Microsoft","","OneTime","US","USD","501.5","","","2026-01-01T00:00:00.0000000Z","9999-11-30T00:00:00Z","700","Commercial"',
  '"Windows Server","DG7A","0001","Std","Microsoft","","OneTime","US","USD","400","","","3/1/2020 12:00:00 AM","2/1/2021 12:00:00 AM","700","Commercial"',
  '"Windows Server","DG7A","0001","Std","Microsoft","","OneTime","US","USD","99","","","3/1/2020 12:00:00 AM","","120","Charity"',
  '"SQL Server","DG7B","3","Ent","Microsoft","P3Y","Triennial","US","USD","1,234.56","","","","","2000","Commercial"',
  '"SQL Server","DG7B","3","Ent","Microsoft","P1Y","Annual","US","USD","450","10","20","","","2000","Commercial"',
  '"SQL Server","DG7B","3","Ent","Microsoft","P1Y","Annual","US","USD","500","1","9","","","2000","Commercial"',
  '"No price","DG7C","0001","X","Microsoft","","OneTime","US","USD","","","","","","",""',
];
const csv = [header, ...rows].join('\r\n');
const item: Omit<Item, 'quantity'> = {
  productId: 'DG7A',
  skuId: '0001',
  segment: 'commercial',
  billingCycle: 'one_time',
};

async function zipped(text: string): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), 'sheets.csv');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('the price sheet', () => {
  afterEach(closeBenches);

  it('is asked for as a person, once for all items of a market within some hours', async () => {
    const { center, server, timer } = await startBench({ [`GET ${path}`]: { raw: csv } });

    const prices = await Promise.all([center.catalog.unitPrice('us', item), center.catalog.unitPrice('US', item)]);

    assert.deepEqual(prices, [
      { minor: 50150, currency: 'USD' },
      { minor: 50150, currency: 'USD' },
    ]);
    assert.equal(server.requests.length, 1);
    assert.match(String(server.requests[0]?.headers.authorization), /^Bearer user-/);
    assert.equal(server.requests[0]?.headers['accept-encoding'], 'gzip');

    timer.advance(5 * 60 * 60_000);
    await center.catalog.unitPrice('US', item);
    assert.equal(server.requests.length, 2);
  });

  const wanted: readonly [string, Partial<Item>, number | undefined][] = [
    ['the row in force, not the one of last year', {}, 50150],
    ['the customer’s segment, also by another name', { segment: 'nonprofit' }, 9900],
    [
      'a SKU whose zeros a spreadsheet took',
      { productId: 'DG7B', skuId: '0003', termDuration: 'P3Y', billingCycle: 'triennial' },
      123456,
    ],
    ['the base tier', { productId: 'DG7B', skuId: '0003', termDuration: 'P1Y', billingCycle: 'annual' }, 50000],
    ['nothing for another term', { termDuration: 'P1Y' }, undefined],
    [
      'nothing for another billing',
      { productId: 'DG7B', skuId: '0003', termDuration: 'P1Y', billingCycle: 'monthly' },
      undefined,
    ],
    ['nothing for a segment without a row', { segment: 'government' }, undefined],
    ['nothing for an item without a price', { productId: 'DG7C' }, undefined],
    ['nothing for an unknown item', { productId: 'DG7Z' }, undefined],
  ];
  for (const [what, change, minor] of wanted) {
    it(`gives ${what}`, async () => {
      const { center } = await startBench({ [`GET ${path}`]: { raw: csv } });

      const price = await center.catalog.unitPrice('US', { ...item, ...change });

      assert.deepEqual(price, minor === undefined ? undefined : { minor, currency: 'USD' });
    });
  }

  const packings: readonly [string, () => Promise<{ raw: Uint8Array | string; headers?: Record<string, string> }>][] = [
    ['with a byte order mark', async () => ({ raw: `\ufeff${csv}` })],
    ['in UTF-16', async () => ({ raw: Buffer.from(`\ufeff${csv}`, 'utf16le') })],
    ['as gzip, said so', async () => ({ raw: gzipSync(csv), headers: { 'Content-Encoding': 'gzip' } })],
    ['as gzip, not said so', async () => ({ raw: gzipSync(csv) })],
    ['as a ZIP', async () => ({ raw: await zipped(csv) })],
    [
      'with other header spellings',
      async () => ({ raw: csv.replace('"SkuId"', '"Sku Id"').replace('"UnitPrice"', '"unit price"') }),
    ],
  ];
  for (const [how, make] of packings) {
    it(`is read ${how}`, async () => {
      const { center } = await startBench({ [`GET ${path}`]: await make() });

      assert.deepEqual(await center.catalog.unitPrice('US', item), { minor: 50150, currency: 'USD' });
    });
  }

  for (const raw of [
    '<html>Sign in</html>',
    '"ProductId","SkuId"\r\n"a","b"',
    '',
    'PK\x03\x04 broken and long enough to be one',
  ]) {
    it(`that is none is an error, not "no price": ${raw.slice(0, 14)}`, async () => {
      const { center } = await startBench({ [`GET ${path}`]: { raw } });

      await assert.rejects(
        center.catalog.unitPrice('US', item),
        (error) => error instanceof PartnerCenterError && error.kind === 'unexpected',
      );
    });
  }

  it('does not exist in every market', async () => {
    const { center, server } = await startBench({});

    assert.equal(await center.catalog.unitPrice('XX', item), undefined);
    assert.equal(await center.catalog.unitPrice("US'", item), undefined);
    assert.equal(server.requests.length, 1);
  });

  it('lies on its own host, with tokens of its own', () => {
    const resource = 'https://api.partnercenter.microsoft.com';
    const own = 'https://api.partner.microsoft.com';

    assert.deepEqual(pricesFor('https://api.partnercenter.microsoft.com/'), { url: own, resource: own });
    assert.deepEqual(pricesFor('http://127.0.0.1:3979'), { url: 'http://127.0.0.1:3979', resource });
  });
});
