import { agreementRoutes } from './agreements.ts';
import { auditRoutes } from './audit-records.ts';
import { cancellationRoutes } from './cancellations.ts';
import { cartRoutes } from './carts.ts';
import { inventoryRoutes } from './catalogue.ts';
import { checkoutRoutes } from './checkout.ts';
import { customerRoutes } from './customers.ts';
import { entitlementRoutes } from './entitlements.ts';
import { resetAll } from './http/control.ts';
import { createFaults } from './http/faults.ts';
import { LARGEST_PAGE } from './http/format.ts';
import { type Context, createLocks, createThrottle, type Observe } from './http/handle.ts';
import { createRequestLog } from './http/request-log.ts';
import { createServer } from './http/server.ts';
import { orderRoutes } from './orders.ts';
import { type Account, createAccount, DEFAULT_SEED, type Group, graphRoutes } from './partner.ts';
import { priceSheetRoutes } from './price-sheets.ts';
import { productRoutes } from './products.ts';
import { serviceRequestRoutes } from './service-requests.ts';
import { signInRoutes } from './sign-in.ts';
import { createStore } from './store.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { readCertificates } from './tokens.ts';
import { validationRoutes } from './validations.ts';
import { createCertificateRoute, createWebhookDispatcher } from './webhook-dispatcher.ts';
import { webhookRoutes } from './webhooks.ts';

export { defaultAccount, defaultGroups } from './partner.ts';

export interface SimulatorOptions {
  /** 0 takes a free port. */
  port: number;
  /** `today` answers 404 where the public API no longer has keys, downloads and ticket creation. */
  mode: 'extended' | 'today';
  /** How long orders and cancellations stay pending. */
  delaySeconds: number;
  /** Keeps the world over restarts. */
  stateFile?: string;
  seed?: number;
  /**
   * The instant at which the simulated time begins and to which the ages of the seed refer. With the same seed and
   * instant two simulators begin alike, and what is created in them in the same order has the same ids.
   */
  seededAt?: Date;
  /** How many customers and SKUs there are; at least the forty known ones and the real catalogue by default. */
  customers?: number;
  skus?: number;
  /** Object ids of people by object id of group; replaces the seed's people. */
  groups?: Record<string, string[]>;
  /** `false` takes the role Support request admin from the service account: it then sees only its own service requests. */
  supportRequestAdmin?: boolean;
  /** `true` refuses carts without the attestation of the partner on record (900206). */
  needsPartnerAttestation?: boolean;
  /** Lists come in pages of so many; by default as long as documented pages are, 500. Small ones show paging. */
  pageSize?: number;
  /** PEM of one or more certificates: those the product's application may sign in with instead of its secret. */
  certificate?: string;
  /** The documented limit is 500 for each of customers, orders and subscriptions; the same is taken for carts. */
  requestsPerMinute?: number;
  /** For those who keep a record of all that was done. */
  observe?: Observe;
}

export interface Simulator {
  url: string;
  /** The simulated time. */
  now(): Date;
  /** What the product needs to sign in; the directory listens at the same address. */
  credentials: Account & { authority: string };
  /** Groups of the partner's directory by display name, with their object ids. */
  groups: Group[];
  reset(): Promise<void>;
  /** Waits for the calls in progress and frees the port. */
  close(): Promise<void>;
}

const KNOWN_CUSTOMERS = 40;

/** Everything the simulator answers, apart from the control API and the certificate. */
const routes = [
  ...signInRoutes,
  ...graphRoutes,
  ...customerRoutes,
  ...agreementRoutes,
  ...validationRoutes,
  ...productRoutes,
  ...inventoryRoutes,
  ...priceSheetRoutes,
  ...cartRoutes,
  ...checkoutRoutes,
  ...orderRoutes,
  ...cancellationRoutes,
  ...subscriptionRoutes,
  ...entitlementRoutes,
  ...serviceRequestRoutes,
  ...auditRoutes,
  ...webhookRoutes,
];

/** Starts a stand-in for Partner Center, the directory and Graph on loopback. Rejects if the port is taken. */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const closing = new AbortController();
  const seed = options.seed ?? DEFAULT_SEED;
  const store = createStore({
    options: {
      mode: options.mode,
      delayMs: options.delaySeconds * 1000,
      seed,
      partnerSeed: seed,
      customers: options.customers ?? KNOWN_CUSTOMERS,
      skus: options.skus ?? 0,
      groups: options.groups ?? {},
      needsPartnerAttestation: options.needsPartnerAttestation ?? false,
      pageSize: options.pageSize ?? LARGEST_PAGE,
      supportRequestAdmin: options.supportRequestAdmin ?? true,
      certificates: readCertificates(options.certificate),
    },
    stateFile: options.stateFile,
    seededAt: options.seededAt?.getTime(),
  });
  const dispatcher = createWebhookDispatcher(store, closing.signal);
  const context: Context = {
    store,
    faults: createFaults(),
    log: createRequestLog(),
    locks: createLocks(),
    throttle: createThrottle(options.requestsPerMinute ?? 500),
    closing: closing.signal,
    observe: options.observe,
    onHandled: () => dispatcher.dispatch(),
  };
  const server = createServer(context, [...routes, createCertificateRoute(dispatcher)]);
  const url = `http://127.0.0.1:${await server.listen(options.port)}`;
  store.setUrl(url);
  // What a former process was to deliver.
  dispatcher.dispatch();
  const { partner } = store.world();

  return {
    url,
    now: () => new Date(store.world().clock.now()),
    credentials: { ...createAccount(partner), authority: url },
    groups: partner.groups,
    async reset() {
      resetAll(context);
    },
    async close() {
      closing.abort();
      await server.close();
      await dispatcher.finish();
    },
  };
}
