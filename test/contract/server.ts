import { randomUUID } from 'node:crypto';
import type { Context } from 'mocha';
import type { Customer } from '../../src/domain/customers/customer.ts';
import type { PartnerCenter, PartnerCenterOptions } from '../../src/partner-center/index.ts';
import { createSimulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import { clientsOf } from './clients.ts';
import { quickTimer } from './instruments.ts';
import { longestWaitMs, openElsewhere } from './other-server.ts';
import type { Until } from './purchases.ts';
import { type Credentials, readElsewhere, type Withdrawn } from './settings.ts';

/**
 * Which server the contract is held against: the embedded simulator, or with `PARTNER_CENTER_CONTRACT_URL` another one
 * (a sandbox, say). There, tests that need the simulator's seed or clock, or that would spend money, are counted as
 * skipped; `PARTNER_CENTER_CONTRACT_WRITES=1` lets the latter run. All of it in docs/partner-center.md.
 */
const elsewhere = readElsewhere(process.env);
export const isElsewhere = elsewhere !== undefined;
const mayWrite = elsewhere === undefined || elsewhere.mayWrite;

export const delaySeconds = 10;
/** The time limit of a test that waits for the server, with something to spare for the calls themselves. */
export const patienceMs = longestWaitMs + 5 * 60_000;
export const noSuchCustomer = '00000000-1111-4222-8333-444444444444';

/** Orders, carts, …: whatever the simulator shows of them, as JSON. */
// biome-ignore lint/suspicious/noExplicitAny: foreign JSON that tests look into
export type Json = Record<string, any>;

export interface State {
  readonly now: string;
  readonly customers: readonly Json[];
  readonly carts: readonly Json[];
  readonly orders: readonly Json[];
  readonly subscriptions: readonly Json[];
  readonly serviceRequests: readonly Json[];
  readonly agreements: readonly Json[];
  readonly auditRecords: readonly Json[];
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | null;
  readonly correlationId: string | null;
  readonly status: number;
}

/** A server of the API, with one client of it and the means to make others. */
export interface Service {
  readonly center: PartnerCenter;
  readonly url: string;
  readonly credentials: Credentials;
  /** Another client of the same server; closed with it. */
  client(options?: Partial<PartnerCenterOptions>): PartnerCenter;
  /** The customer to work for: the one of that name in the seed; elsewhere the one that is configured. */
  customer(name?: string): Promise<Customer>;
  /** Does it still offer what Partner Center has withdrawn? Found out by reading, unless it was told. */
  offers(what: Withdrawn): Promise<boolean>;
  /** Looks until there is something to see: the simulator's clock is moved on meanwhile, elsewhere time passes. */
  until: Until;
  /** Of the simulator alone. */
  state(): Promise<State>;
  requests(): Promise<Seen[]>;
  faults(...faults: Json[]): Promise<void>;
  /** When the last of them is in force, and none is waiting for its call any more. */
  faultsTaken(): Promise<void>;
  clearFaults(): Promise<void>;
  advance(seconds: number): Promise<void>;
  now(): Date;
  /** Back to the seed. The client stays. */
  reset(): Promise<void>;
  /** Elsewhere everything that was bought is given back first, whatever became of the tests. */
  close(): Promise<void>;
}

export async function openService(options: Partial<SimulatorOptions> = {}): Promise<Service> {
  return elsewhere ? openElsewhere(elsewhere) : openSimulator(options);
}

/** Skips the test where the seed or the clock of the simulator is not at hand. */
export function needsSimulator(test: Context): void {
  if (isElsewhere) test.skip();
}

/** Skips the test where it would spend money or file something, unless that is wanted. */
export function writes(test: Context): void {
  if (!mayWrite) test.skip();
}

/** Skips the test where the server still offers what Partner Center of today does not. */
export async function needsToday(test: Context, service: Service, withdrawn: Withdrawn): Promise<void> {
  if (await service.offers(withdrawn)) test.skip();
}

async function openSimulator(options: Partial<SimulatorOptions>): Promise<Service> {
  const simulator = await createSimulator({
    port: 0,
    mode: 'extended',
    delaySeconds,
    requestsPerMinute: 100_000,
    ...options,
  });
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${simulator.url}/__simulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { credentials, url } = simulator;
  const clients = clientsOf(url, credentials, simulator, quickTimer);
  const center = clients.make();
  const advance = async (seconds: number) => void (await control('POST', 'clock', { advanceSeconds: seconds }));
  return {
    center,
    url,
    credentials,
    client: clients.make,
    offers: async () => (options.mode ?? 'extended') === 'extended',
    async until(look, what) {
      for (let looks = 0; looks < 20; looks += 1) {
        const seen = await look();
        if (seen !== undefined) return seen;
        await advance(delaySeconds / 2);
      }
      throw new Error(`not seen: ${what}`);
    },
    async customer(name = 'Contoso') {
      const [found] = (await center.customers.search(name, 1)).found;
      if (!found) throw new Error(`the seed has no customer ${name}`);
      return found;
    },
    state: () => control('GET', 'state') as Promise<State>,
    requests: async () => (await control('GET', 'requests')) as Seen[],
    faults: async (...faults) => void (await control('POST', 'faults', faults)),
    async faultsTaken() {
      while (((await control('GET', 'faults')) as Json[]).length > 0) await new Promise(setImmediate);
    },
    clearFaults: async () => void (await control('DELETE', 'faults')),
    advance,
    now: () => simulator.now(),
    reset: async () => void (await control('POST', 'reset')),
    async close() {
      await clients.close();
      await simulator.close();
    },
  };
}

export const freshId = randomUUID;
