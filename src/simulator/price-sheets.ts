import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { calculatePrice, isSoldIn, type Product, type Sku, type Term } from './catalogue.ts';
import type { ApiResponse, Call, Route } from './http/call.ts';
import { createGatewayError } from './http/errors.ts';
import { findCountry } from './seed/load.ts';

export const priceSheetRoutes: Route[] = [
  { method: 'GET', path: '/v1.0/sales/:sheet/$value', access: 'prices', handle: getPriceSheet },
];

const COLUMNS =
  'ProductTitle,ProductId,SkuId,SkuTitle,Publisher,SkuDescription,UnitOfMeasure,TermDuration,BillingPlan,Market,Currency,UnitPrice,PricingTierRangeMin,PricingTierRangeMax,EffectiveStartDate,EffectiveEndDate,Tags,ERP Price,Segment';
const SHEET = /^pricesheets\(Market='([a-z]{2})',PricesheetView='([a-z_]+)'\)$/i;
const BILLING_PLANS = new Map([
  ['one_time', 'OneTime'],
  ['annual', 'Annual'],
  ['triennial', 'Triennial'],
  ['monthly', 'Monthly'],
]);

/** A CSV with one row per SKU, term and segment sold in the market. */
function getPriceSheet(call: Call): ApiResponse {
  const [, market = '', view = ''] = SHEET.exec(call.params.sheet ?? '') ?? [];
  const country = findCountry(market)?.code;
  if (country === undefined) throw createGatewayError(400, `Market ${market} is not supported.`);
  if (view.toLowerCase() !== 'software') throw createGatewayError(400, `PricesheetView ${view} is not supported.`);
  const rows = [COLUMNS];
  for (const product of call.world.catalogue.products()) {
    if (product.kind === 'other' || !isSoldIn(product, country)) continue;
    for (const sku of product.skus) rows.push(...createRows(product, sku, country));
  }
  return packSheet(call, `software_${country}`, Buffer.from(`${rows.join('\r\n')}\r\n`));
}

function createRows(product: Product, sku: Sku, country: string): string[] {
  return sku.segments.flatMap((segment) => {
    const price = calculatePrice(sku, { country, segment });
    const name = segment.charAt(0).toUpperCase() + segment.slice(1);
    return sku.terms.map((term) =>
      [
        ...[product.title, product.id, sku.id, sku.title, product.publisherName, sku.description, ''].map(quote),
        ...[term.duration ?? '', getBillingPlan(term), country, price.currency, price.unit, '', ''],
        ...['2021-01-19T00:00:00.0000000Z', '9999-12-30T00:00:00.0000000Z', '', price.retail, name],
      ].join(','),
    );
  });
}

function getBillingPlan({ billingCycle }: Term): string {
  return BILLING_PLANS.get(billingCycle) ?? 'None';
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * The file as it was asked for. `Accept-Encoding: deflate` alone means a ZIP (*Get a price sheet*: "a zip compressed
 * version of the .csv"); whoever accepts gzip gets that, as everywhere in HTTP.
 */
function packSheet(call: Call, name: string, csv: Buffer): ApiResponse {
  const encodings = readAcceptedEncodings(call.headers['accept-encoding']);
  if (encodings.has('deflate') && !encodings.has('gzip')) {
    return {
      status: 200,
      contentType: 'application/octet-stream',
      headers: { 'Content-Disposition': `attachment; filename="${name}.zip"` },
      body: createZip(`${name}.csv`, csv, call.now),
    };
  }
  const headers = { 'Content-Disposition': `attachment; filename="${name}.csv"` };
  const contentType = 'text/csv; charset=utf-8';
  if (!encodings.has('gzip')) return { status: 200, contentType, headers, body: csv };
  return { status: 200, contentType, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(csv) };
}

/** The encodings a caller asks for by name, in lower case; what has the weight 0 is excluded. */
function readAcceptedEncodings(header: string | undefined): Set<string> {
  const accepted = new Set<string>();
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const isExcluded = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    if (name !== '' && !isExcluded) accepted.add(name);
  }
  return accepted;
}

const ENTRY = 0x04034b50;
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;
/** Deflate needs version 2.0 of the format (APPNOTE 4.4.3); the flag says that the name is UTF-8. */
const VERSION = 20;
const UTF8_NAME = 1 << 11;
const DEFLATED = 8;

/** A ZIP with one file in it, deflated; `at` is the instant it shows (APPNOTE 4.3.7, 4.3.12 and 4.3.16). */
function createZip(name: string, content: Buffer, at: number): Buffer {
  const nameBytes = Buffer.from(name);
  const packed = deflateRawSync(content);
  const { date, time } = toDosTime(at);
  // What an entry and the directory have in common.
  const facts = encodeNumbers(
    [2, VERSION],
    [2, UTF8_NAME],
    [2, DEFLATED],
    [2, time],
    [2, date],
    [4, crc32(content)],
    [4, packed.length],
    [4, content.length],
    [2, nameBytes.length],
    [2, 0],
  );
  const entry = Buffer.concat([encodeNumbers([4, ENTRY]), facts, nameBytes, packed]);
  const directory = Buffer.concat([
    encodeNumbers([4, DIRECTORY], [2, VERSION]),
    facts,
    // No comment, first disk, no attributes, and the entry at the very start.
    encodeNumbers([2, 0], [2, 0], [2, 0], [4, 0], [4, 0]),
    nameBytes,
  ]);
  const sizes: [2 | 4, number][] = [
    [4, directory.length],
    [4, entry.length],
  ];
  return Buffer.concat([entry, directory, encodeNumbers([4, END], [2, 0], [2, 0], [2, 1], [2, 1], ...sizes, [2, 0])]);
}

/** Numbers one after the other, each with its length in bytes, lowest byte first. */
function encodeNumbers(...fields: [length: 2 | 4, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([length, value]) => {
      const bytes = Buffer.alloc(length);
      bytes.writeUIntLE(value, 0, length);
      return bytes;
    }),
  );
}

/** Two seconds are the finest that fits. */
function toDosTime(at: number): { date: number; time: number } {
  const moment = new Date(at);
  const date = ((moment.getUTCFullYear() - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate();
  const time = (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1);
  return { date, time };
}
