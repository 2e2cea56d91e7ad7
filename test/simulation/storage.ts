import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { isClosed } from '../../src/domain/cancellations/case.ts';
import type { OnScreen, VisibleKey, VisibleKeys } from '../../src/domain/keys/visible-keys.ts';
import type { PersonReference, PlaceReference, References } from '../../src/domain/people/references.ts';
import type { Lease } from '../../src/domain/work/leases.ts';
import { createLeases } from '../../src/storage/leases.ts';
import { createFakeRecords, type Records } from '../support/fakes/records.ts';
import { createJobEngine, type JobEngine } from './job-engine.ts';
import { createLatency, overNetwork } from './network.ts';
import type { Random } from './random.ts';
import type { Process, Scheduler } from './scheduler.ts';

const ports = [
  'orderSubmissions',
  'cases',
  'ticketFiles',
  'tracking',
  'attempts',
  'notices',
  'dailyDigests',
  'keyReveals',
  'approvals',
  'revealTokens',
  'leaks',
  'agreementConfirmations',
  'audit',
  'knownOrders',
  'customerRecords',
  'reminders',
  'drafts',
  'differences',
  'sessions',
] as const;

/** What one process has of the database: each call is a step, and what it changes is there at once or not at all. */
export type StoragePorts = Pick<Records, (typeof ports)[number] | 'leases'> & {
  readonly visibleKeys: VisibleKeys;
  readonly references: References;
};

/** The database that all processes share, and that outlives them. */
export interface SimulatedStorage {
  readonly records: Records;
  readonly jobs: JobEngine;
  readonly visible: ReadonlyMap<string, VisibleKey>;
  readonly observed: Observed;
  /** Who holds the work for which a request is sent; nobody by that name where it is in no hands. */
  holderOf(requestId: string): string | undefined;
  portsFor(process: Process): StoragePorts;
  /** Another process has seen that this one is dead, as `src/storage/processes.ts` does. */
  takeOver(dead: Process): void;
  /** Statements fail until then. */
  goAway(ms: number): void;
}

/** What only the database sees; times are the scheduler's. */
export interface Observed {
  /** By draft: the activity it began with, and how often it was written. */
  readonly begunBy: Map<string, string>;
  readonly writes: Map<string, number>;
  /** By reference. */
  readonly openedAt: Map<string, number>;
  readonly closedAt: Map<string, number>;
}

interface LeaseRow {
  holder: string;
  until: number;
  readonly process: Process;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function createSimulatedStorage(
  scheduler: Scheduler,
  random: Random,
  reach: (point: string, process: Process) => void,
): SimulatedStorage {
  const records = createFakeRecords();
  const jobs = createJobEngine(scheduler, random.fork('jobs'), missingJobs);
  const visible = new Map<string, VisibleKey>();
  const places = new Map<string, PlaceReference>();
  const people = new Map<string, PersonReference>();
  const leases = new Map<string, LeaseRow>();
  const observed: Observed = { begunBy: new Map(), writes: new Map(), openedAt: new Map(), closedAt: new Map() };
  const latency = createLatency(random.fork('storage'), { usual: 4, seldom: 200, most: 3_000 });
  let awayUntil = 0;

  /** What the records say is to be done later; with the job engine it is done in the same transaction. */
  function takeJobs(): void {
    for (const job of records.written.jobs.splice(0)) {
      const [queue = '', ...id] = job.split(' ');
      jobs.add(queue, id.join(' '));
    }
  }

  /** Everything unfinished, as `src/storage/missing-jobs.ts` finds it. */
  function missingJobs(): [queue: string, id: string][] {
    const { orderSubmissions, cases, notices } = records.written;
    const isOpen = (state: string) => state === 'submitted' || state === 'cancelling' || state === 'filing';
    return [
      ...[...orderSubmissions.values()].flatMap(({ state, submissionId }) =>
        state === 'accepted' ? [['finish-order', submissionId] as [string, string]] : [],
      ),
      ...[...cases.values()].flatMap(({ state, reason, reference }) =>
        isOpen(state) && reason?.kind !== 'accepted' ? [['work-case', reference] as [string, string]] : [],
      ),
      ...notices.flatMap(({ state, id }) => (state === 'due' ? [['send-notice', id] as [string, string]] : [])),
    ];
  }

  function takeLease(process: Process, lease: Lease | undefined): boolean {
    if (!lease) return true;
    const before = leases.get(lease.key);
    if (before && before.until >= scheduler.wallNow()) return false;
    leases.set(lease.key, { holder: lease.holder, until: scheduler.wallNow() + leaseMs, process });
    return true;
  }

  function call<T>(process: Process, work: () => Promise<T>): Promise<T> {
    const isAway = scheduler.now() < awayUntil;
    const fails = isAway ? { error: new Error('the database is away'), isDone: false } : undefined;
    return overNetwork(scheduler, process, { arrivesMs: latency(), fails }, async () => {
      try {
        return await work();
      } finally {
        takeJobs();
      }
    });
  }

  function overPort<P extends object>(process: Process, of: string, port: P): P {
    const wrapped = Object.entries(port).map(([name, operation]) => [
      name,
      (...args: unknown[]) =>
        call(process, () => {
          reach([`${of}.${name}`, detailOf(args[0])].join(' ').trim(), process);
          return operation(...args);
        }),
    ]);
    return Object.fromEntries(wrapped) as P;
  }

  /** The statements of `src/storage/leases.ts`. */
  async function queryLeases(
    process: Process,
    text: string,
    [key, holder]: readonly string[],
  ): Promise<{ rowCount: number }> {
    if (key === undefined || holder === undefined) throw new Error('a lease without a key or a holder');
    const before = leases.get(key);
    if (text.startsWith('insert')) return { rowCount: takeLease(process, { key, holder, since: noMoment }) ? 1 : 0 };
    if (before?.holder !== holder) return { rowCount: 0 };
    if (text.startsWith('update')) before.until = scheduler.wallNow() + leaseMs;
    else if (text.startsWith('delete')) leases.delete(key);
    else throw new Error(`the simulated database does not know: ${text}`);
    return { rowCount: 1 };
  }

  function putOnScreen({ message, draftId, personId, seconds }: OnScreen): void {
    const isSame = (row: VisibleKey) =>
      row.message.placeId === message.placeId && row.message.messageId === message.messageId;
    for (const [id, row] of visible) if (isSame(row)) visible.delete(id);
    const id = randomUUID();
    const hideAt = new Date(scheduler.wallNow() + seconds * 1_000);
    visible.set(id, { id, message, ...(draftId !== undefined && { draftId }), personId, hideAt, refusals: 0 });
    jobs.add('hide', id, seconds * 1_000);
  }

  const visibleKeys: VisibleKeys = {
    get: async (id) => visible.get(id),
    ofPerson: async (placeId, personId) =>
      [...visible.values()].filter((row) => row.message.placeId === placeId && row.personId === personId),
    remove: async (id) => void visible.delete(id),
    async removeOfPlace(placeId) {
      for (const [id, row] of visible) if (row.message.placeId === placeId) visible.delete(id);
    },
    async refused(id) {
      const row = visible.get(id);
      if (!row) return undefined;
      const refusedSince = row.refusedSince ?? new Date(scheduler.wallNow());
      const after = { ...row, refusals: row.refusals + 1, refusedSince };
      visible.set(id, after);
      return after;
    },
    overdue: async (seconds, limit) =>
      [...visible.values()]
        .filter(({ hideAt }) => hideAt.getTime() < scheduler.wallNow() - seconds * 1_000)
        .slice(0, limit),
  };

  const references: References = {
    putPlace: async (reference) => void places.set(reference.place.id, reference),
    place: async (placeId) => places.get(placeId),
    forgetPlace: async (placeId) => void places.delete(placeId),
    putPerson: async (reference) => void people.set(reference.personId, reference),
    person: async (personId) => people.get(personId),
  };

  const { orderSubmissions, cases, sessions } = records;
  const sharedWith = (process: Process) => ({
    ...Object.fromEntries(ports.map((name) => [name, records[name]])),
    orderSubmissions: {
      ...orderSubmissions,
      async insertOnce(submission, lease) {
        const inserted = await orderSubmissions.insertOnce(submission);
        if (inserted.isNew) takeLease(process, lease);
        return inserted;
      },
    } satisfies Records['orderSubmissions'],
    cases: {
      ...cases,
      async insertOnce(wanted, lease) {
        const inserted = await cases.insertOnce(wanted);
        if (inserted.isNew) takeLease(process, lease);
        if (inserted.isNew) observed.openedAt.set(wanted.reference, scheduler.now());
        return inserted;
      },
      async advance(move) {
        const moved = await cases.advance(move);
        if (moved && isClosed(moved.state)) observed.closedAt.set(move.reference, scheduler.now());
        return moved;
      },
    } satisfies Records['cases'],
    sessions: {
      ...sessions,
      async close(changes) {
        const written = await sessions.close(changes);
        if (written !== 'written') return written;
        const { draft, activityKey, onScreen } = changes;
        if (onScreen) putOnScreen(onScreen);
        if (draft.revision === 1 && activityKey !== undefined) observed.begunBy.set(draft.id, activityKey);
        observed.writes.set(draft.id, (observed.writes.get(draft.id) ?? 0) + 1);
        return written;
      },
    } satisfies Records['sessions'],
    visibleKeys,
    references,
  });

  return {
    records,
    jobs,
    visible,
    observed,
    holderOf(requestId) {
      const { step } = records.written.attempts.findLast((one) => one.requestId === requestId) ?? {};
      return step && (leases.get(`${step.of}:${step.id}`)?.process.name ?? 'nobody');
    },
    takeOver(dead) {
      for (const [key, { process }] of leases) if (process === dead) leases.delete(key);
      jobs.takeOver(dead);
    },
    goAway(ms) {
      awayUntil = scheduler.now() + ms;
    },
    portsFor(process) {
      const query = (text: string, values: readonly string[]) =>
        call(process, () => queryLeases(process, text, values));
      const wrapped = Object.entries(sharedWith(process)).map(([name, port]) => [name, overPort(process, name, port)]);
      return {
        ...(Object.fromEntries(wrapped) as Omit<StoragePorts, 'leases'>),
        leases: createLeases({ query } as unknown as Pool, silent as never),
      };
    },
  };
}

/** Where a case is moved to, or which attempt is opened. */
function detailOf(given: unknown): string {
  const { to, name } = Object(given) as { readonly to?: unknown; readonly name?: unknown };
  return [to, name].find((one) => typeof one === 'string') ?? '';
}

const leaseMs = 15_000;
const noMoment = { date: 0, running: 0 };
