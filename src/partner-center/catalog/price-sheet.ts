import type { Clock } from '../../domain/clock.ts';
import type { Catalog } from '../../domain/orders/catalog.ts';
import { createCache } from '../../microsoft/cache.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { PartnerCenterError, undefinedOn } from '../client/errors.ts';
import type { FileFormat } from '../client/reply.ts';
import type { Api, Call } from '../client/request.ts';
import { type PriceSheet, priceOf, readPriceRows } from './price-rows.ts';
import { unpack } from './unpack.ts';

/** Prices change once a month; a sheet is asked for again after some hours of real time. */
const keepMs = 4 * 60 * 60_000;
const timeoutMs = 60_000;
/** Unpacked. A sheet of 100,000 SKUs has 20 to 30 MB, more than other answers may have. */
const atMostBytes = 100 * 1024 * 1024;
const operation = 'getPriceSheet';
const file: FileFormat = {
  name: 'price sheet (CSV)',
  read: (bytes) =>
    unpack(bytes, atMostBytes)
      .then(readPriceRows)
      .catch(() => undefined),
};

export interface PriceSheets {
  readonly unitPrice: Catalog['unitPrice'];
  /** That of the market; `undefined` where there is none. */
  sheetOf(country: string): Promise<PriceSheet | undefined>;
}

/** Source: *Get a price sheet*. App+User, role Admin agent or Sales agent. */
export function createPriceSheet(
  api: Api,
  { host, clock, timer }: { host: Call['host']; clock: Clock; timer: Timer },
): PriceSheets {
  // One of 100,000 SKUs takes about 30 MB in memory.
  const sheets = createCache<PriceSheet>({ timer, size: 12, keepMs: () => keepMs });

  async function load(country: string): Promise<PriceSheet> {
    const call: Call = {
      operation,
      method: 'GET',
      path: `/v1.0/sales/pricesheets(Market='${country}',PricesheetView='software')/$value`,
      // As for anything, `gzip` is asked for: for `deflate` the service sends a ZIP under that name.
      headers: { Accept: 'text/csv, application/octet-stream, */*' },
      token: 'user',
      file,
      timeoutMs,
      atMostBytes,
      ...(host ? { host } : {}),
    };
    const rows = await api.read(call, (body) => (isPriceSheet(body) ? body : undefined));
    if (rows) return rows;
    throw new PartnerCenterError({
      operation,
      kind: 'unexpected',
      description: 'The price sheet lacks a column for product, SKU, price or currency.',
      isWorthRepeating: false,
    });
  }

  async function sheetOf(country: string): Promise<PriceSheet | undefined> {
    if (!/^[a-z]{2}$/i.test(country)) return undefined;
    const market = country.toUpperCase();
    // A market without a sheet lists nothing.
    return sheets.get(market, () => load(market)).catch(undefinedOn('not-found'));
  }

  return {
    sheetOf,
    async unitPrice(country, item) {
      const sheet = await sheetOf(country);
      return sheet && priceOf(sheet, item, clock.now());
    },
  };
}

function isPriceSheet(body: unknown): body is PriceSheet {
  return typeof body === 'object' && body !== null && 'rows' in body && 'skus' in body;
}
