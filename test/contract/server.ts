import { randomUUID } from 'node:crypto';
import type { Context } from 'mocha';
import type { Customer } from '../../src/domain/customer.ts';
import type { Clock } from '../../src/domain/ports.ts';
import { createPartnerCenter, type PartnerCenter, type PartnerCenterOptions } from '../../src/partner-center/index.ts';
import { realTimer, type Timer } from '../../src/partner-center/timer.ts';
import { createSimulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import { logBook, quickTimer } from './instruments.ts';

/**
 * Which server the contract is held against. With `PARTNER_CENTER_CONTRACT_URL` and credentials it is that one (a
 * sandbox, say); then tests that need the simulator's seed or clock, or that would spend money, are counted as skipped.
 * `PARTNER_CENTER_CONTRACT_WRITES=1` lets the latter run, `PARTNER_CENTER_CONTRACT_CUSTOMER` (a tenant GUID or domain)
 * chooses for whom; else the first customer of the list is looked at.
 */
export const isElsewhere = process.env.PARTNER_CENTER_CONTRACT_URL !== undefined;
const mayWrite = !isElsewhere || process.env.PARTNER_CENTER_CONTRACT_WRITES === '1';

export const delaySeconds = 10;
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
  /** Of the simulator alone. */
  state(): Promise<State>;
  requests(): Promise<Seen[]>;
  faults(...faults: Json[]): Promise<void>;
  clearFaults(): Promise<void>;
  advance(seconds: number): Promise<void>;
  now(): Date;
  /** Back to the seed. The client stays. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export type Credentials = Pick<
  PartnerCenterOptions,
  'authority' | 'tenantId' | 'clientId' | 'clientSecret' | 'refreshToken'
>;

export function openService(options: Partial<SimulatorOptions> = {}): Promise<Service> {
  return isElsewhere ? openElsewhere() : openSimulator(options);
}

/** Skips the test where the seed or the clock of the simulator is not at hand. */
export function needsSimulator(test: Context): void {
  if (isElsewhere) test.skip();
}

/** Skips the test where it would spend money or file something, unless that is wanted. */
export function writes(test: Context): void {
  if (!mayWrite) test.skip();
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
  return {
    center,
    url,
    credentials,
    client: clients.make,
    async customer(name = 'Contoso') {
      const [found] = (await center.customers.search(name, 1)).found;
      if (!found) throw new Error(`the seed has no customer ${name}`);
      return found;
    },
    state: () => control('GET', 'state') as Promise<State>,
    requests: async () => (await control('GET', 'requests')) as Seen[],
    faults: async (...faults) => void (await control('POST', 'faults', faults)),
    clearFaults: async () => void (await control('DELETE', 'faults')),
    advance: async (seconds) => void (await control('POST', 'clock', { advanceSeconds: seconds })),
    now: () => simulator.now(),
    reset: async () => void (await control('POST', 'reset')),
    async close() {
      await clients.close();
      await simulator.close();
    },
  };
}

async function openElsewhere(): Promise<Service> {
  const url = required('PARTNER_CENTER_CONTRACT_URL');
  const credentials: Credentials = {
    tenantId: required('PARTNER_CENTER_TENANT_ID'),
    clientId: required('PARTNER_CENTER_CLIENT_ID'),
    clientSecret: required('PARTNER_CENTER_CLIENT_SECRET'),
    refreshToken: required('PARTNER_CENTER_REFRESH_TOKEN'),
    authority: process.env.PARTNER_CENTER_AUTHORITY ?? 'https://login.microsoftonline.com',
  };
  const now = () => new Date();
  const clients = clientsOf(url, credentials, { now }, () => realTimer);
  const center = clients.make();
  const onlySimulated = () => Promise.reject(new Error('only the simulator can do that: call needsSimulator() first'));
  return {
    center,
    url,
    credentials,
    client: clients.make,
    async customer() {
      const wanted = process.env.PARTNER_CENTER_CONTRACT_CUSTOMER;
      const found = wanted
        ? await center.customers.find(wanted)
        : (await center.customers.search('', 1)).found.find(({ id }) => id !== '');
      if (!found) throw new Error(`no customer ${wanted ?? 'at all'}: set PARTNER_CENTER_CONTRACT_CUSTOMER`);
      return found;
    },
    state: onlySimulated,
    requests: onlySimulated,
    faults: onlySimulated,
    clearFaults: onlySimulated,
    advance: onlySimulated,
    reset: onlySimulated,
    now,
    close: () => clients.close(),
  };
}

function clientsOf(url: string, credentials: Credentials, clock: Clock, timer: () => Timer) {
  const open = new Set<PartnerCenter>();
  return {
    make(options: Partial<PartnerCenterOptions> = {}): PartnerCenter {
      const { log } = logBook();
      const center = createPartnerCenter({ url, ...credentials, clock, log, timer: timer(), ...options });
      open.add(center);
      return center;
    },
    close: async () => void (await Promise.all([...open].map((center) => center.close()))),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`PARTNER_CENTER_CONTRACT_URL is set, ${name} is not`);
  return value;
}

export const freshId = randomUUID;
