import { resetAll } from './http/control.ts';
import { createFaults } from './http/faults.ts';
import { createRequestLog } from './http/request-log.ts';
import type { Counter } from './http/serve.ts';
import { createServer } from './http/server.ts';
import { createThrottle } from './http/throttle.ts';
import { createTurns } from './http/turns.ts';
import { certificateRoute } from './routes/certificate.ts';
import { type Account, accountOf } from './sign-in/account.ts';
import { readCertificates } from './sign-in/client-assertion.ts';
import { DEFAULT_SEED, type Group } from './sign-in/partner.ts';
import { createStoreKeeper } from './store-keeper.ts';
import { createPostman } from './webhooks/postman.ts';

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
   * instant two simulators begin alike, and what is made in them in the same order has the same ids.
   */
  seededAt?: Date;
  /** How many customers and SKUs there are; at least the forty known ones and the real catalogue by default. */
  customers?: number;
  skus?: number;
  /** Object ids of people by object id of group; replaces the seed's people. */
  groups?: Record<string, string[]>;
  /** Takes the role Support request admin from the service account, which then sees its own service requests only. */
  supportRequestAdmin?: boolean;
  /** PEM of one or more certificates: those the product's application may sign in with instead of its secret. */
  certificate?: string;
  /** The documented limit is 500 for each of customers, orders and subscriptions; the same is taken for carts. */
  requestsPerMinute?: number;
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
  /** Waits for the calls in flight and frees the port. */
  close(): Promise<void>;
}

const KNOWN_CUSTOMERS = 40;

/** Starts a stand-in for Partner Center, the directory and Graph on loopback. Rejects if the port is taken. */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const closing = new AbortController();
  const seed = options.seed ?? DEFAULT_SEED;
  const keeper = createStoreKeeper({
    options: {
      mode: options.mode,
      delayMs: options.delaySeconds * 1000,
      seed,
      partnerSeed: seed,
      customers: options.customers ?? KNOWN_CUSTOMERS,
      skus: options.skus ?? 0,
      groups: options.groups ?? {},
      supportRequestAdmin: options.supportRequestAdmin ?? true,
      certificates: readCertificates(options.certificate),
    },
    stateFile: options.stateFile,
    seededAt: options.seededAt?.getTime(),
  });
  const postman = createPostman(keeper, closing.signal);
  const counter: Counter = {
    keeper,
    faults: createFaults(),
    log: createRequestLog(),
    turns: createTurns(),
    throttle: createThrottle(options.requestsPerMinute ?? 500),
    closing: closing.signal,
    afterwards: () => postman.look(),
  };
  const server = createServer(counter, [certificateRoute(postman)]);
  const url = `http://127.0.0.1:${await server.listen(options.port)}`;
  keeper.moveTo(url);
  // What a former process was to deliver.
  postman.look();
  const { partner } = keeper.world();

  return {
    url,
    now: () => new Date(keeper.world().clock.now()),
    credentials: { ...accountOf(partner), authority: url },
    groups: partner.groups,
    async reset() {
      resetAll(counter);
    },
    async close() {
      closing.abort();
      await server.close();
      await postman.finish();
    },
  };
}
