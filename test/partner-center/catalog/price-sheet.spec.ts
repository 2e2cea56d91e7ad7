import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import type { Item } from '../../../src/domain/orders/catalog.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { pricesFor } from '../../../src/microsoft/clouds.ts';
import { readPriceRows } from '../../../src/partner-center/catalog/price-rows.ts';
import { createPriceSheet } from '../../../src/partner-center/catalog/price-sheet.ts';
import { createApi } from '../../../src/partner-center/client/request.ts';
import { createFakeTimer } from '../../support/fake-timer.ts';
import { closeBenches, items, startBench } from '../../support/partner-center-client.ts';
import { recordLog } from '../../support/recorded-log.ts';
import { startServer } from '../../support/stub-partner-center.ts';

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
const gzip = { 'Content-Encoding': 'gzip' };
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

  const pages: readonly [string, string][] = [
    ['a page of the gateway', '<!DOCTYPE html><html><meta content="a, b, c, d"><title>Sign in</title></html>'],
    ['a sentence', 'The service is unavailable.'],
    ['an error in JSON', '{"statusCode":500,"message":"a, b, c, d"}'],
    ['nothing', ''],
    ['a broken ZIP', 'PK\x03\x04 broken and long enough to be one'],
  ];
  for (const [what, raw] of pages) {
    it(`is asked for again where the answer is ${what}, as other reads are`, async () => {
      const { center, server } = await startBench({ [`GET ${path}`]: [{ raw }, { raw }, { raw: csv }] });

      assert.deepEqual(await center.catalog.unitPrice('US', item), { minor: 50150, currency: 'USD' });
      assert.equal(server.requests.length, 3);
    });

    it(`that stays ${what} is an error, not "no price"`, async () => {
      const { center, server } = await startBench({ [`GET ${path}`]: { raw } });

      await assert.rejects(center.catalog.unitPrice('US', item), {
        operation: 'getPriceSheet',
        kind: 'unexpected',
        status: 200,
        description: 'The answer was no price sheet (CSV).',
      });
      assert.equal(server.requests.length, 4);
    });
  }

  it('may be longer than other answers', async () => {
    const long = `"${'x'.repeat(10_000)}","DG7X","0001","Std","Microsoft","","OneTime","US","USD","1","","","","","1",""`;
    const raw = [csv, ...Array.from({ length: 2_200 }, () => long)].join('\r\n');
    assert.ok(raw.length > 20 * 1024 * 1024);
    const { center } = await startBench({ [`GET ${path}`]: { raw: gzipSync(raw), headers: gzip } });

    assert.deepEqual(await center.catalog.unitPrice('US', item), { minor: 50150, currency: 'USD' });
  });

  it('longer than 100 MB is cut off, and not asked for again', async () => {
    const raw = gzipSync(Buffer.alloc(101 * 1024 * 1024, 'x'), { level: 1 });
    const { center, server } = await startBench({ [`GET ${path}`]: { raw, headers: gzip } });

    await assert.rejects(center.catalog.unitPrice('US', item), {
      kind: 'unexpected',
      description: 'The answer was longer than 102400 KB and was cut off.',
    });
    assert.equal(server.requests.length, 1);
  });

  it('is read in pieces, between which everything else goes on', async () => {
    const many = Array.from({ length: 10_000 }, () => rows[0]);
    const bytes = Buffer.from([header, ...many].join('\r\n'));
    let turns = 0;
    const turn = () => {
      turns += 1;
      waiting = setImmediate(turn);
    };
    let waiting = setImmediate(turn);

    await readPriceRows(bytes);
    clearImmediate(waiting);

    assert.ok(turns >= bytes.length / (64 * 1024) - 1, `${turns} turns`);
  });

  it('in other columns is an error, and is not asked for again', async () => {
    const raw = '"ProductId","SkuId","Title","Publisher"\r\n"a","b","c","d"';
    const { center, server } = await startBench({ [`GET ${path}`]: { raw } });

    await assert.rejects(center.catalog.unitPrice('US', item), {
      kind: 'unexpected',
      description: 'The price sheet lacks a column for product, SKU, price or currency.',
    });
    assert.equal(server.requests.length, 1);
  });

  for (const [status, json, kind] of [
    [401, { error: { code: 'Unauthorized', message: 'Invalid Authorization header' } }, 'unauthorized'],
    [400, { error: { code: 'BadRequest', message: 'The token is not valid here.' } }, 'forbidden'],
    [400, undefined, 'forbidden'],
    [403, { error: { code: 'Forbidden', message: 'No access.' } }, 'forbidden'],
  ] as const) {
    it(`that is refused with ${status}${json ? '' : ' and no word'} says which permission is missing, also to the log`, async () => {
      const { center, lines } = await startBench({ [`GET ${path}`]: { status, json } });

      await assert.rejects(center.catalog.unitPrice('US', item), {
        kind,
        remedy: /delegated permission of the API https:\/\/api\.partner\.microsoft\.com/,
      });
      const errors = lines.filter(({ level }) => level === 'error');
      assert.deepEqual(
        errors.map(({ text }) => text),
        ['refused by Partner Center'],
      );
    });
  }

  it('of a market that is refused is no matter of the sign-in', async () => {
    const json = { error: { code: 'BadRequest', message: 'Market US is not supported.' } };
    const { center } = await startBench({ [`GET ${path}`]: { status: 400, json } });

    await assert.rejects(center.catalog.unitPrice('US', item), { kind: 'declined', remedy: undefined });
  });

  it('that is throttled does not stop what goes to another host', async () => {
    const prices = await startServer({ [`GET ${path}`]: { status: 429, headers: { 'Retry-After': '100' } } });
    const api = await startServer({ 'GET /v1/customers': { json: items([]) } });
    const timer = createFakeTimer();
    const log = recordLog();
    const secret = async () => new Secret('a-token');
    const client = createApi({
      ...{ url: api.url, resource: api.url, timer, log, timeoutMs: 20_000 },
      tokens: { get: secret, forget: () => undefined },
    });
    const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
    const { unitPrice } = createPriceSheet(client, { host: { url: prices.url, resource: prices.url }, clock, timer });
    const throttled = { kind: 'throttled', retryAfterMs: 100_000 };

    const price = await unitPrice('US', item).catch((error: unknown) => error);
    const pausesBefore = timer.pauses.length;
    const customers = { operation: 'list', method: 'GET', path: '/v1/customers', token: 'either' } as const;
    const listed = await client.send(customers).catch((error: unknown) => error);
    await Promise.all([client.close(), prices.close(), api.close()]);

    assert.throws(() => {
      throw price;
    }, throttled);
    assert.equal((listed as { status?: number }).status, 200);
    assert.equal(timer.pauses.length, pausesBefore);
  });

  it('does not exist in every market', async () => {
    const { center, server } = await startBench({});

    assert.equal(await center.catalog.unitPrice('XX', item), undefined);
    assert.equal(await center.catalog.unitPrice("US'", item), undefined);
    assert.equal(server.requests.length, 1);
  });

  it('lies on its own host, with tokens of its own', () => {
    const own = 'https://api.partner.microsoft.com';

    assert.deepEqual(pricesFor('https://api.partnercenter.microsoft.com/'), { url: own, resource: own });
    assert.deepEqual(pricesFor('http://127.0.0.1:3979'), { url: 'http://127.0.0.1:3979', resource: own });
  });
});
