import type { Customer } from '../../src/domain/customers/customer.ts';
import { OutsideError } from '../../src/domain/errors.ts';
import { realTimer } from '../../src/microsoft/timer.ts';
import type { PartnerCenter } from '../../src/partner-center/index.ts';
import { clientsOf } from './clients.ts';
import { recordPurchases } from './purchases.ts';
import type { Service } from './server.ts';
import type { OtherServer, Withdrawn } from './settings.ts';

/** An order may need a quarter of an hour to show, and so may its cancellation. */
export const longestWaitMs = 15 * 60_000;

/** One for all clients of the run. What it tells is all there is to go by if the process is killed. */
const purchases = recordPurchases((text) => process.stdout.write(`      ${text}\n`));

export function openOtherServer(server: OtherServer): Service {
  const { url, credentials } = server;
  const now = () => new Date();
  if (server.mayWrite) endWell(server);
  const clients = clientsOf(url, credentials, { now }, () => realTimer, purchases.watch);
  const center = clients.make();
  let customer: Promise<Customer> | undefined;
  const offered = new Map<Withdrawn, Promise<boolean>>();
  const onlySimulated = () => Promise.reject(new Error('only the simulator can do that: call needsSimulator() first'));
  const service: Service = {
    center,
    url,
    credentials,
    client: clients.make,
    customer() {
      customer ??= customerOf(center, server);
      return customer;
    },
    async offers(what) {
      if (server.offers) return server.offers[what];
      const known = offered.get(what) ?? (what === 'tickets' ? takesTickets(center) : hasKeys(service));
      offered.set(what, known);
      return known;
    },
    async until(look, what) {
      const end = Date.now() + longestWaitMs;
      for (let pauseMs = 1_000; ; pauseMs = Math.min(pauseMs * 1.5, 15_000)) {
        const seen = await look();
        if (seen !== undefined) return seen;
        if (Date.now() + pauseMs > end) throw new Error(`not seen within ${longestWaitMs / 60_000} minutes: ${what}`);
        await realTimer.pause(pauseMs);
      }
    },
    state: onlySimulated,
    requests: onlySimulated,
    fault: onlySimulated,
    faultsTaken: onlySimulated,
    clearFaults: onlySimulated,
    advance: onlySimulated,
    reset: onlySimulated,
    now,
    async close() {
      try {
        await purchases.returnAll(center, service.until);
      } finally {
        await clients.close();
      }
    },
  };
  return service;
}

async function customerOf({ customers }: PartnerCenter, { customer }: OtherServer): Promise<Customer> {
  const found = customer
    ? await customers.find(customer)
    : (await customers.search('', 1)).found.find(({ id }) => id !== '');
  if (!found) throw new Error(`no customer ${customer ?? 'at all'}: set PARTNER_CENTER_CONTRACT_CUSTOMER`);
  return found;
}

/** A read tells: where tickets were withdrawn, so were their topics (404, 405 or 410). */
async function takesTickets({ tickets }: PartnerCenter): Promise<boolean> {
  try {
    await tickets.topics();
    return true;
  } catch (error) {
    if (error instanceof OutsideError && error.kind === 'not-offered') return false;
    throw error;
  }
}

/** Keys are links of entitlements; where the customer has none, downloads tell, which were withdrawn with them. */
async function hasKeys({ center, customer }: Service): Promise<boolean> {
  const { id } = await customer();
  const country = (await center.customers.find(id))?.country ?? 'US';
  const all = await center.keys.entitlements(id, country);
  if (all.some(({ versions }) => versions.some(({ keyRef }) => keyRef !== undefined))) return true;
  const [product] = await center.catalog.products(id);
  const [sku] = product ? await center.catalog.skus(id, product.id) : [];
  if (!product || !sku) return false;
  const { title } = product;
  return (await center.keys.downloadOptions({ productId: product.id, skuId: sku.id, title }, country)) !== undefined;
}

let isWatched = false;

/** Mocha ends at once when it is interrupted, without its hooks. */
function endWell(server: OtherServer): void {
  if (isWatched) return;
  isWatched = true;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void endEarly(server));
}

async function endEarly(server: OtherServer): Promise<never> {
  purchases.stopBuying();
  try {
    await openOtherServer(server).close();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  }
  process.exit(130);
}
