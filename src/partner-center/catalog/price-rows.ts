import { Readable } from 'node:stream';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { decimalsOf, type Money, moneyOf } from '../../domain/money.ts';
import type { Item } from '../../domain/orders/catalog.ts';
import { decodeText } from '../../microsoft/body.ts';
import { billingCycleOf, toSnakeCase } from '../client/wire.ts';

/** To whom, how and when a price applies; an empty field fits anything. */
interface Conditions {
  readonly segment: string;
  readonly term: string;
  readonly billing: string;
  readonly from: number;
  readonly until: number;
  readonly tier: number;
}

/** One line of a price sheet, in our words. Lines with the same conditions share them: a sheet has up to 100,000 lines. */
interface PriceRow {
  readonly when: Conditions;
  readonly price: Money;
}

/** An edition that the sheet lists. */
export interface ListedSku {
  readonly productId: string;
  readonly skuId: string;
  readonly title: string;
  /** To whom it is sold; an empty text is everybody. */
  readonly segments: readonly string[];
}

export interface PriceSheet {
  /** By `product:sku`, upper case. */
  readonly rows: ReadonlyMap<string, readonly PriceRow[]>;
  /** By product, upper case; none where the sheet has no column for their titles. */
  readonly skus: ReadonlyMap<string, readonly ListedSku[]>;
}

/** The columns used, and other names under which they were seen (letters only, lower case). */
const columns = {
  product: ['productid'],
  sku: ['skuid'],
  title: ['skutitle', 'skuname'],
  price: ['unitprice', 'partnerprice', 'price'],
  currency: ['currency', 'currencycode'],
  segment: ['segment', 'customersegment', 'targetsegment'],
  term: ['termduration', 'term'],
  billing: ['billingplan', 'billingcycle', 'billingfrequency'],
  from: ['effectivestartdate', 'validfrom'],
  until: ['effectiveenddate', 'validto'],
  tier: ['pricingtierrangemin'],
} as const;
type Column = keyof typeof columns;
const required: readonly Column[] = ['product', 'sku', 'price', 'currency'];

const chunkLength = 64 * 1024;

/**
 * Reads the CSV in pieces, so that a large one does not hold up the process. `undefined` for what is none (a page, a
 * sentence, JSON). Lines without a price are left out.
 */
export async function readPriceRows(bytes: Uint8Array): Promise<PriceSheet | 'other columns' | undefined> {
  const text = decodeText(bytes);
  if (/^\s*[<{[]/.test(text)) return undefined;
  const parser = Readable.from(splitText(text)).pipe(
    parse({ bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, trim: true }),
  );
  const sheet = new Map<string, PriceRow[]>();
  const skus = new Map<string, ListedSku[]>();
  const known = new Map<string, Conditions>();
  const decimals = new Map<string, number>();
  let columnAt: ReadonlyMap<Column, number> | undefined;
  for await (const fields of parser as AsyncIterable<string[]>) {
    if (!columnAt) {
      columnAt = findColumns(fields);
      if (fields.length < required.length) return undefined;
      if (required.some((column) => !columnAt?.has(column))) return 'other columns';
      continue;
    }
    const header = columnAt;
    const field = (column: Column) => fields[header.get(column) ?? -1]?.trim() ?? '';
    const price = readPrice(field, decimals);
    if (!price) continue;
    const key = keyOf(field('product'), field('sku'));
    const when = share(known, readConditions(field));
    sheet.set(key, [...(sheet.get(key) ?? []), { when, price }]);
    if (field('title') !== '') listSku(skus, field, when);
  }
  return columnAt ? { rows: sheet, skus } : undefined;
}

function listSku(skus: Map<string, ListedSku[]>, field: (column: Column) => string, { segment }: Conditions): void {
  const productId = field('product');
  const skuId = skuIdOf(field('sku'));
  const of = productId.toUpperCase();
  const listed = skus.get(of) ?? [];
  const same = listed.find((one) => one.skuId === skuId);
  if (same?.segments.includes(segment)) return;
  const segments = [...(same?.segments ?? []), segment];
  skus.set(of, [...listed.filter((one) => one !== same), { productId, skuId, title: field('title'), segments }]);
}

/** A stream alone would hold the process: what its pieces set off runs before anything else does. */
async function* splitText(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += chunkLength) {
    await yieldToOthers();
    yield text.slice(start, start + chunkLength);
  }
}

function findColumns(header: readonly string[]): ReadonlyMap<Column, number> {
  const names = header.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  const found = Object.entries(columns).map(([column, known]) => [
    column as Column,
    known.map((name) => names.indexOf(name)).find((place) => place >= 0) ?? -1,
  ]);
  return new Map(found.filter((pair): pair is [Column, number] => pair[1] !== -1));
}

function keyOf(productId: string, skuId: string): string {
  return `${productId}:${skuIdOf(skuId)}`.toUpperCase();
}

/** Spreadsheets take the zeros from the front of a SKU id. */
function skuIdOf(written: string): string {
  return /^\d{1,3}$/.test(written) ? written.padStart(4, '0') : written;
}

/** `decimals`: of the currencies seen so far, since to find them out takes longer than all the rest of a line. */
function readPrice(field: (column: Column) => string, decimals: Map<string, number>): Money | undefined {
  const value = numberOf(field('price'));
  const currency = field('currency').toUpperCase();
  if (value === undefined || !/^[A-Z]{3}$/.test(currency)) return undefined;
  const digits = decimals.get(currency) ?? decimalsOf(currency);
  decimals.set(currency, digits);
  return moneyOf(value, currency, digits);
}

function readConditions(field: (column: Column) => string): Conditions {
  return {
    segment: segmentOf(field('segment')),
    term: termOf(field('term')),
    billing: billingCycleOf(field('billing')),
    from: dateOf(field('from')) ?? Number.NEGATIVE_INFINITY,
    until: dateOf(field('until')) ?? Number.POSITIVE_INFINITY,
    tier: numberOf(field('tier')) ?? 0,
  };
}

function share(known: Map<string, Conditions>, conditions: Conditions): Conditions {
  const name = Object.values(conditions).join('|');
  const same = known.get(name) ?? conditions;
  known.set(name, same);
  return same;
}

function numberOf(written: string): number | undefined {
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(written) ? written.replaceAll(',', '') : written;
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** Price sheets call nonprofit `Charity`. */
function segmentOf(written: string): string {
  const segment = toSnakeCase(written);
  if (segment === 'charity' || segment === 'non_profit') return 'nonprofit';
  return segment === 'academic' ? 'education' : segment;
}

/** `P1Y`; nothing for perpetual software, however the sheet says so. */
function termOf(written: string): string {
  const term = written.toUpperCase();
  return /^P\d+[YM]$/.test(term) && term !== 'P100Y' ? term : '';
}

/** ISO, or `3/1/2018 12:00:00 AM` as in the published sample; UTC. */
function dateOf(written: string): number | undefined {
  if (written === '') return undefined;
  const at = Date.parse(/[z+]|gmt|utc/i.test(written) || /^\d{4}-\d\d-\d\d$/.test(written) ? written : `${written} Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** The unit price of the item at that time: the row that names its billing before one that does not, base tier first. */
export function priceOf({ rows }: PriceSheet, item: Omit<Item, 'quantity'>, at: Date): Money | undefined {
  const now = at.getTime();
  const fitting = (rows.get(keyOf(item.productId, item.skuId)) ?? []).filter(({ when }) => {
    const { segment, term, billing, from, until } = when;
    return (
      from <= now &&
      now <= until &&
      (segment === '' || segment === item.segment.toLowerCase()) &&
      term === (item.termDuration ?? '').toUpperCase() &&
      (billing === '' || billing === 'none' || billing === billingCycleOf(item.billingCycle))
    );
  });
  const [best] = fitting.sort(
    ({ when: a }, { when: b }) =>
      Number(b.billing !== '') - Number(a.billing !== '') || a.tier - b.tier || b.from - a.from,
  );
  return best?.price;
}
