import { gzipSync } from 'node:zlib';
import { isSoldIn, type Product, type Sku, type Term } from '../catalogue.ts';
import { priceOf } from '../commerce/prices.ts';
import { findCountry } from '../countries.ts';
import { acceptedEncodings } from '../http/accept-encoding.ts';
import type { Answer, Call, Route } from '../http/call.ts';
import { gatewayRefusal } from '../http/errors.ts';
import { zipOf } from '../http/zip.ts';

export const priceSheetRoutes: Route[] = [
  { method: 'GET', path: '/v1.0/sales/:sheet/$value', access: 'prices', handle: priceSheet },
];

const COLUMNS =
  'ProductTitle,ProductId,SkuId,SkuTitle,Publisher,SkuDescription,UnitOfMeasure,TermDuration,BillingPlan,Market,Currency,UnitPrice,PricingTierRangeMin,PricingTierRangeMax,EffectiveStartDate,EffectiveEndDate,Tags,ERP Price,Segment';
const SHEET = /^pricesheets\(Market='([a-z]{2})',PricesheetView='([a-z_]+)'\)$/i;

/** A CSV with one row per SKU, term and segment sold in the market. */
function priceSheet(call: Call): Answer {
  const [, market = '', view = ''] = SHEET.exec(call.params.sheet ?? '') ?? [];
  const country = findCountry(market)?.code;
  if (country === undefined) throw gatewayRefusal(400, `Market ${market} is not supported.`);
  if (view.toLowerCase() !== 'software') throw gatewayRefusal(400, `PricesheetView ${view} is not supported.`);
  const rows = [COLUMNS];
  for (const product of call.world.catalogue.products()) {
    if (product.kind === 'other' || !isSoldIn(product, country)) continue;
    for (const sku of product.skus) rows.push(...rowsOf(product, sku, country));
  }
  return asFile(call, `software_${country}`, Buffer.from(`${rows.join('\r\n')}\r\n`));
}

/**
 * The file as it was asked for. `Accept-Encoding: deflate` alone means a ZIP (*Get a price sheet*: "a zip compressed
 * version of the .csv"); whoever takes gzip gets that, as everywhere in HTTP.
 */
function asFile(call: Call, name: string, csv: Buffer): Answer {
  const encodings = acceptedEncodings(call.headers['accept-encoding']);
  if (encodings.has('deflate') && !encodings.has('gzip')) {
    return {
      status: 200,
      contentType: 'application/octet-stream',
      headers: { 'Content-Disposition': `attachment; filename="${name}.zip"` },
      body: zipOf(`${name}.csv`, csv, call.now),
    };
  }
  const headers = { 'Content-Disposition': `attachment; filename="${name}.csv"` };
  const contentType = 'text/csv; charset=utf-8';
  if (!encodings.has('gzip')) return { status: 200, contentType, headers, body: csv };
  return { status: 200, contentType, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(csv) };
}

function rowsOf(product: Product, sku: Sku, country: string): string[] {
  return sku.segments.flatMap((segment) => {
    const price = priceOf(sku, country, segment);
    const name = segment.charAt(0).toUpperCase() + segment.slice(1);
    return sku.terms.map((term) =>
      [
        ...[product.title, product.id, sku.id, sku.title, product.publisherName, sku.description, ''].map(quoted),
        ...[term.duration ?? '', billingPlan(term), country, price.currency, price.unit, '', ''],
        ...['2021-01-19T00:00:00.0000000Z', '9999-12-30T00:00:00.0000000Z', '', price.retail, name],
      ].join(','),
    );
  });
}

function billingPlan(term: Term): string {
  const words = { one_time: 'OneTime', annual: 'Annual', triennial: 'Triennial', monthly: 'Monthly' };
  return Object.entries(words).find(([cycle]) => cycle === term.billingCycle)?.[1] ?? 'None';
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
