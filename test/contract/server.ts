import { randomUUID } from 'node:crypto';
import type { Context } from 'mocha';
import type { Customer } from '../../src/domain/customers/customer.ts';
import type { PartnerCenter, PartnerCenterOptions } from '../../src/partner-center/index.ts';
import { createSimulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import { createFakeTimer } from '../support/fake-timer.ts';
import { controlSimulator, type Json, type SimulatorControl } from '../support/simulator-control.ts';
import { skip } from '../support/skip.ts';
import { clientsOf } from './clients.ts';
import { longestWaitMs, openOtherServer } from './other-server.ts';
import type { Until } from './purchases.ts';
import { type Credentials, readOtherServer, type Withdrawn } from './settings.ts';

/**
 * Which server the contract is held against: the embedded simulator, or with `PARTNER_CENTER_CONTRACT_URL` another one
 * (a sandbox, say). There, tests that need the simulator's seed or clock, or that would spend money, are counted as
 * skipped; `PARTNER_CENTER_CONTRACT_WRITES=1` lets the latter run. All of it in docs/partner-center.md.
 */
const otherServer = readOtherServer(process.env);
const mayWrite = otherServer === undefined || otherServer.mayWrite;

export const delaySeconds = 10;
/** The time limit of a test that waits for the server, with something to spare for the calls themselves. */
export const patienceMs = longestWaitMs + 5 * 60_000;
export const noSuchCustomer = '00000000-1111-4222-8333-444444444444';

/** A server of the API, with one client of it and the means to make others. */
export interface Service {
  readonly center: PartnerCenter;
  readonly url: string;
  readonly credentials: Credentials;
  /** Another client of the same server; closed with it. */
  client(options?: Partial<PartnerCenterOptions>): PartnerCenter;
  /** The customer to work for: the one of that name in the seed; on another server the one that is configured. */
  customer(name?: string): Promise<Customer>;
  /** Does it still offer what Partner Center has withdrawn? Found out by reading, unless it was told. */
  offers(what: Withdrawn): Promise<boolean>;
  /** Looks until there is something to see: the simulator's clock is moved on meanwhile, on another server time passes. */
  until: Until;
  /** Of the simulator alone, as is all that follows, but for `now` and `close`. */
  readonly state: SimulatorControl['state'];
  readonly requests: SimulatorControl['requests'];
  readonly fault: SimulatorControl['fault'];
  readonly clearFaults: SimulatorControl['clearFaults'];
  readonly advance: SimulatorControl['advance'];
  /** Back to the seed. The client stays. */
  readonly reset: SimulatorControl['reset'];
  /** When the last of the faults is in force, and none is waiting for its call any more. */
  faultsTaken(): Promise<void>;
  now(): Date;
  /** On another server, everything that was bought is given back first, whatever became of the tests. */
  close(): Promise<void>;
}

export async function openService(options: Partial<SimulatorOptions> = {}): Promise<Service> {
  return otherServer ? openOtherServer(otherServer) : openSimulator(options);
}

/** Skips the test where the seed or the clock of the simulator is not at hand. */
export function needsSimulator(test: Context): void {
  if (otherServer) skip(test, 'needs the simulator');
}

/** Skips the test where it would spend money or file something, unless that is wanted. */
export function writes(test: Context): void {
  if (!mayWrite) skip(test, 'would spend money: PARTNER_CENTER_CONTRACT_WRITES=1 lets it');
}

/** Skips the test where the server still offers what Partner Center of today does not. */
export async function needsToday(test: Context, service: Service, withdrawn: Withdrawn): Promise<void> {
  if (await service.offers(withdrawn)) skip(test, `the server still offers ${withdrawn}`);
}

async function openSimulator(options: Partial<SimulatorOptions>): Promise<Service> {
  const simulator = await createSimulator({
    port: 0,
    mode: 'extended',
    delaySeconds,
    requestsPerMinute: 100_000,
    ...options,
  });
  const { credentials, url } = simulator;
  const { call, state, requests, fault, clearFaults, advance, reset } = controlSimulator(() => url);
  const clients = clientsOf(url, credentials, simulator, createFakeTimer);
  const center = clients.make();
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
    state,
    requests,
    fault,
    clearFaults,
    advance,
    reset,
    async faultsTaken() {
      while (((await call('GET', 'faults')) as Json[]).length > 0) await new Promise(setImmediate);
    },
    now: () => simulator.now(),
    async close() {
      await clients.close();
      await simulator.close();
    },
  };
}

export const freshId = randomUUID;
