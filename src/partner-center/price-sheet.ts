import type { Catalog, Clock } from '../domain/ports.ts';
import { createCache } from './cache.ts';
import { PartnerCenterError } from './errors.ts';
import { type PriceSheet, priceOf, readPriceRows } from './price-rows.ts';
import type { Api, Call } from './request.ts';
import type { Timer } from './timer.ts';
import { unpack } from './unpack.ts';

/** Prices change once a month; a sheet is asked for again after some hours of real time. */
const keepMs = 4 * 60 * 60_000;
const timeoutMs = 60_000;
const operation = 'getPriceSheet';

/** Source: *Get a price sheet*. App+User, role Admin agent or Sales agent (reference §3). */
export function createPriceSheet(
  api: Api,
  { host, clock, timer }: { host: Call['host']; clock: Clock; timer: Timer },
): Catalog['unitPrice'] {
  const sheets = createCache<PriceSheet>({ timer, size: 30, keepMs: () => keepMs });

  async function load(country: string): Promise<PriceSheet> {
    const call: Call = {
      operation,
      method: 'GET',
      path: `/v1.0/sales/pricesheets(Market='${country}',PricesheetView='software')/$value`,
      // Asked for `deflate`, the service sends a ZIP under that name, which fetch could not unpack.
      headers: { Accept: 'text/csv, application/octet-stream, */*', 'Accept-Encoding': 'gzip' },
      token: 'user',
      isFile: true,
      timeoutMs,
      ...(host ? { host } : {}),
    };
    const file = await api.read(call, (body) => (body instanceof Uint8Array ? body : new Uint8Array()));
    const rows = await unpack(file)
      .then(readPriceRows)
      .catch(() => undefined);
    if (rows) return rows;
    throw new PartnerCenterError({
      operation,
      kind: 'unexpected',
      description: 'The price sheet is not a CSV with product, SKU, price and currency.',
      isWorthRepeating: false,
    });
  }

  return async (country, item) => {
    if (!/^[a-z]{2}$/i.test(country)) return undefined;
    const market = country.toUpperCase();
    const sheet = await sheets.get(market, () => load(market)).catch(undefinedWhereNone);
    return sheet && priceOf(sheet, item, clock.now());
  };
}

/** A market without a sheet lists nothing. */
function undefinedWhereNone(error: unknown): undefined {
  if (!(error instanceof PartnerCenterError) || error.kind !== 'not-found') throw error;
}
