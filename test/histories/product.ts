import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checks, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLog } from '../../src/log.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import type { Activity } from '../support/conversation.ts';
import { readDatabase } from '../support/database-contents.ts';
import { freshDatabase } from '../support/databases.ts';
import { rolesEnv } from '../support/people.ts';
import { startProcess } from '../support/process.ts';
import { controlSimulator, type SimulatorControl } from '../support/simulator-control.ts';
import { type StubConnector, startStubConnector } from '../support/stub-connector.ts';
import { waitUntil } from '../support/wait-until.ts';
import type { HistoryEvent, Recorded } from './events.ts';
import { outsideOf, readEnd } from './read-end.ts';
import { createRecorder, now, type Recorder } from './record.ts';

export interface ProductOptions {
  /** Processes that share one PostgreSQL; the embedded database takes one. */
  readonly processes: number;
  /** As children of this process, on the other cores. */
  readonly asChildren?: boolean;
  /** How many conversations there will be; the people of so many have roles. */
  readonly conversations: number;
}

/** The whole product between a connector and a simulator that record what they take. */
export interface Product {
  readonly connector: StubConnector;
  readonly simulator: SimulatorControl;
  readonly recorder: Recorder;
  readonly processes: readonly string[];
  deliver(activity: Activity, process: string): Promise<void>;
  onDelivery(tell: () => void): void;
  /** How many orders and cancellations were asked for so far, about. */
  submissions(): number;
  /** The domain of the customer with this number, and from the beginning again. */
  domainOf(customer: number): string;
  /** Resolves when Partner Center has completed the order. */
  untilComplete(order: string): Promise<void>;
  /**
   * Waits until nothing is under way, stops it, and gives all that happened. `press`: what people do once it is quiet; true
   * where there was something to be done.
   */
  finish(press?: () => Promise<boolean>): Promise<readonly HistoryEvent[]>;
}

/** For so long a key may be seen. */
export const keySeconds = 3;

const knownCustomers = 42;

/** For so long orders and cancellations stay pending. */
const delaySeconds = 1;

export async function startProduct({ processes, asChildren = false, conversations }: ProductOptions): Promise<Product> {
  const recorder = createRecorder();
  const connector = await startStubConnector({ observe: recorder.took });
  const simulator = await createSimulator({
    ...{ port: 0, mode: 'extended', delaySeconds, customers: 400, requestsPerMinute: Number.MAX_SAFE_INTEGER },
    observe: recorder.worked,
  });
  const database = await freshDatabase();
  const policyFile = join(database.dataDir, 'policy.json');
  await writeFile(policyFile, JSON.stringify({ askBackMinutes: 0 }));
  const env = {
    ...rolesEnv(conversations + 1),
    PORT: '0',
    PARTNER_CENTER_URL: simulator.url,
    DATA_DIR: database.dataDir,
    DATABASE_URL: database.databaseUrl,
    POLICY_FILE: policyFile,
    KEY_REVEAL_SECONDS: String(keySeconds),
    TRACK_SECONDS: '1',
    LOG_LEVEL: 'error',
  };
  const start = async (): Promise<{ url: string; stop(): Promise<unknown> }> => {
    if (asChildren) {
      const child = await startProcess(env, { cwd: database.dataDir });
      return { url: child.url, stop: () => child.terminate() };
    }
    return startApp(readConfig(env, checks), createLog('silent', { write: () => undefined }));
  };
  const running = new Map<string, Awaited<ReturnType<typeof start>>>();
  for (let number = 1; number <= processes; number += 1) {
    running.set(`p${number}`, await start());
    recorder.happened('started', { process: `p${number}` });
  }
  const control = controlSimulator(() => simulator.url);

  const outside = async () => outsideOf(await control.state('orders', 'serviceRequests'));
  const look = async (isQuiet: boolean): Promise<Recorded> => {
    const there = await outside();
    return readDatabase(database, (query) => readEnd(query, isQuiet, there));
  };

  async function untilQuiet(withinMs: number): Promise<boolean> {
    // The embedded database takes no second reader: it is given the time that everything takes.
    if (!database.databaseUrl) {
      await quietFor(4_000 + keySeconds * 1_000);
      return true;
    }
    // All that there is is read only when little is left: others are playing meanwhile.
    const isQuiet = async (): Promise<boolean> =>
      (await readDatabase(database, countOpen)) === 0 && isAtRest(await look(false), recorder);
    return waitUntil(isQuiet, 'rest', withinMs, restLookMs).then(
      () => true,
      () => false,
    );
  }

  /** Nothing was sent, taken or shown for so long. */
  async function quietFor(ms: number): Promise<void> {
    let count = -1;
    while (count !== recorder.events.length) {
      count = recorder.events.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }

  const { customers: known } = await control.state('customers');
  // The first ones are known for their troubles.
  const domains: string[] = known.slice(knownCustomers).map(({ companyProfile }) => companyProfile.domain);
  const listeners: (() => void)[] = [];
  const attention = watchOwnAttention(recorder);

  return {
    connector,
    simulator: control,
    domainOf: (customer) => domains[customer % domains.length] ?? '',
    async untilComplete(order) {
      const made = recorder.events.findLast((one) => one.kind === 'took' && one.made.includes(order));
      if (!made) return;
      const leftMs = made.at + delaySeconds * 1_600 - now();
      if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
    },
    recorder,
    processes: [...running.keys()],
    onDelivery: (tell) => void listeners.push(tell),
    submissions: () =>
      recorder.events.filter(
        (one) => one.kind === 'took' && one.made.length > 0 && ['checkout', 'cancel', 'ticket'].includes(one.operation),
      ).length,
    deliver(activity, process) {
      for (const tell of listeners) tell();
      return recorder.deliver(activity, process, () =>
        fetch(`${running.get(process)?.url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(activity),
        }),
      );
    },
    async finish(press) {
      try {
        clearInterval(attention);
        let isQuiet = await untilQuiet(restMs);
        if (await press?.()) isQuiet = await untilQuiet(restMs);
        const last = database.databaseUrl ? await look(isQuiet) : undefined;
        const there = await outside();
        for (const one of running.values()) await one.stop();
        const end = last ?? (await readDatabase(database, (query) => readEnd(query, isQuiet, there)));
        return [...recorder.events.toSorted((one, other) => one.at - other.at), end];
      } finally {
        await simulator.close();
        await connector.close();
        await database.cleanUp();
      }
    },
  };
}

const restLookMs = 250;
/** Within which everything comes to rest: a notice of which nobody knows comes again after half a minute, and after two. */
const restMs = 200_000;

/** What of `isAtRest` the database can tell by itself. */
async function countOpen(query: (sql: string) => Promise<Record<string, unknown>[]>): Promise<number> {
  const [row] = await query(
    `select (select count(*) from software_desk.order_submissions where state = 'accepted')
       + (select count(*) from software_desk.cases where state not in ('completed', 'refused', 'needs_person'))
       + (select count(*) from software_desk.notices where state = 'due') as open`,
  );
  return Number(row?.open);
}

const lookMs = 50;
const stillMs = 250;

/** Where this process had no processor for a while, nobody could answer: the history tells of it. */
function watchOwnAttention({ events }: Recorder): NodeJS.Timeout {
  let last = now();
  return setInterval(() => {
    const at = now();
    if (at - last > stillMs)
      events.push({ kind: 'time', at: last, what: 'frozen' }, { kind: 'time', at, what: 'woken' });
    last = at;
  }, lookMs);
}

/**
 * Everything has come to its end, has been told, and no key is to be hidden any more. The row of a message that is gone stays
 * for minutes where Teams did not say so at once.
 */
function isAtRest({ orders, cases, notices, visibleKeys }: Recorded, { events }: Recorder): boolean {
  const isGone = (message: string): boolean =>
    events.some((one) => one.kind === 'shown' && one.how === 'deleted' && one.message === message);
  return (
    orders.every(({ state }) => state !== 'accepted') &&
    cases.every(({ state }) => ['completed', 'refused', 'needs_person'].includes(state)) &&
    notices.every(({ state }) => state !== 'due') &&
    visibleKeys.every(({ message }) => isGone(message))
  );
}
