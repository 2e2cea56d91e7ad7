import type { createJobHandlers } from '../../src/jobs.ts';
import type { Random } from './random.ts';
import type { Process, Scheduler } from './scheduler.ts';

type Handlers = ReturnType<typeof createJobHandlers>;

interface Job {
  readonly id: number;
  readonly queue: string;
  readonly about: string;
  state: 'waiting' | 'active';
  /** By the true time of day. */
  startAfter: number;
  retries: number;
  holder?: Process;
}

interface Queue {
  readonly headStartMs: number;
  readonly batchSize: number;
  readonly workers: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly maxRetries: number;
  /** Two of the same are never active at once. */
  readonly isSingle?: boolean;
  /** One waits and one is active, of the same. */
  readonly isStately?: boolean;
}

const patient = { batchSize: 10, workers: 1, firstPauseMs: 5_000, longestPauseMs: 3_600_000, maxRetries: 56 };

/** As `src/storage/jobs.ts` and `workers.ts` set them up. */
const queues: Readonly<Record<string, Queue>> = {
  'finish-order': { ...patient, headStartMs: 10_000 },
  'work-case': { ...patient, headStartMs: 10_000 },
  'send-notice': { ...patient, headStartMs: 0, workers: 2, isSingle: true },
  hide: { ...patient, headStartMs: 0, batchSize: 20, workers: 2, firstPauseMs: 1_000, longestPauseMs: 600_000 },
  sweep: { ...patient, headStartMs: 0, batchSize: 1, isStately: true },
  tidy: { ...patient, headStartMs: 0, batchSize: 1, isStately: true },
};

const heartbeatMs = 10_000;
const pollingMs = 30_000;

export const sweepSeconds = 60;
const tidySeconds = 3_600;

/** The job engine: what is done later survives every process, is done by any of them, and again where it failed. */
export interface JobEngine {
  add(queue: string, about: string, delayMs?: number): void;
  /** The process takes jobs from now on. */
  work(process: Process, handlers: Handlers): void;
  /** `process` was killed or frozen: it sends no heartbeat. */
  missed(process: Process): void;
  /** It is known to be dead: what it worked on is due. */
  takeOver(dead: Process): void;
  /** The time of day has changed, or a process has woken. */
  look(): void;
  /** The clock leapt: who works seems to have been silent for long. */
  suspectAll(): void;
  /** What waits or is active, but for what recurs. */
  left(): { readonly queue: string; readonly about: string; readonly retries: number }[];
}

interface Worker {
  readonly process: Process;
  readonly handlers: Handlers;
  /** By queue, how many batches run. */
  readonly busy: Map<string, number>;
}

export function createJobEngine(
  scheduler: Scheduler,
  random: Random,
  missingJobs: () => [queue: string, about: string][],
): JobEngine {
  const jobs = new Map<number, Job>();
  let workers: Worker[] = [];
  let lastId = 0;

  function add(queue: string, about: string, delayMs = rulesOf(queue).headStartMs): void {
    const { isStately } = rulesOf(queue);
    const same = (state: Job['state']) =>
      [...jobs.values()].some((job) => job.queue === queue && job.about === about && job.state === state);
    if (isStately && same('waiting')) return;
    lastId += 1;
    jobs.set(lastId, {
      ...{ id: lastId, queue, about, state: 'waiting', startAfter: scheduler.wallNow() + delayMs, retries: 0 },
    });
    lookIn(queue, delayMs);
  }

  function lookIn(queue: string, ms: number): void {
    scheduler.after(ms + random.between(1, 30), undefined, () => lookFor(queue));
  }

  function lookFor(queue: string): void {
    const rules = rulesOf(queue);
    const able = workers.filter(({ process: { isDead, isFrozen } }) => !isDead && !isFrozen);
    for (let from = random.below(able.length || 1), count = 0; count < able.length; count += 1) {
      const worker = able[(from + count) % able.length];
      if (!worker || (worker.busy.get(queue) ?? 0) >= rules.workers) continue;
      const due = dueOf(queue, rules);
      if (due.length === 0) return;
      begin(worker, queue, due);
    }
  }

  function dueOf(queue: string, { batchSize, isSingle, isStately }: Queue): Job[] {
    const taken: Job[] = [];
    const isBusy = (about: string) =>
      [...jobs.values()].some((job) => job.queue === queue && job.about === about && job.state === 'active');
    for (const job of jobs.values()) {
      if (taken.length >= batchSize) break;
      if (job.queue !== queue || job.state !== 'waiting' || job.startAfter > scheduler.wallNow()) continue;
      if ((isSingle || isStately) && (isBusy(job.about) || taken.some(({ about }) => about === job.about))) continue;
      taken.push(job);
    }
    return taken;
  }

  function begin(worker: Worker, queue: string, batch: readonly Job[]): void {
    const { process, busy } = worker;
    busy.set(queue, (busy.get(queue) ?? 0) + 1);
    for (const job of batch) Object.assign(job, { state: 'active', holder: process });
    let left = batch.length;
    const ended = () => {
      left -= 1;
      if (left > 0) return;
      busy.set(queue, (busy.get(queue) ?? 1) - 1);
      lookFor(queue);
    };
    for (const job of batch) {
      scheduler.after(random.between(0, 3), process, () => {
        const settle = (outcome: 'done' | 'failed' | { readonly againInSeconds: number }) =>
          void scheduler.after(random.between(0, 3), undefined, () => {
            end(job, outcome);
            if (!process.isDead) ended();
          });
        run(worker, job).then(
          (outcome) => settle(outcome ?? 'done'),
          () => settle('failed'),
        );
      });
    }
  }

  async function run({ handlers }: Worker, { queue, about }: Job) {
    if (queue === 'finish-order') return handlers.finishOrder(about);
    if (queue === 'work-case') return handlers.workCase(about);
    if (queue === 'send-notice') return handlers.sendNotice(about);
    if (queue === 'hide') return handlers.hideKey(about);
    if (queue === 'sweep') {
      add('sweep', '', sweepSeconds * 1_000);
      return handlers.sweep().catch(() => undefined);
    }
    add('tidy', '', tidySeconds * 1_000);
    tidy();
  }

  function tidy(): void {
    for (const [queue, about] of missingJobs()) {
      const has = [...jobs.values()].some((job) => job.queue === queue && job.about === about);
      if (!has) add(queue, about);
    }
  }

  function end(job: Job, outcome: 'done' | 'failed' | { readonly againInSeconds: number }): void {
    // It may be somebody else's by now, or ended.
    if (jobs.get(job.id) !== job || job.state !== 'active') return;
    if (outcome === 'failed') {
      retry(job);
      return;
    }
    jobs.delete(job.id);
    if (outcome === 'done') lookFor(job.queue);
    else add(job.queue, job.about, Math.max(outcome.againInSeconds, 1) * 1_000);
  }

  function retry(job: Job): void {
    const { firstPauseMs, longestPauseMs, maxRetries } = rulesOf(job.queue);
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** job.retries * random.between(0.5, 1));
    job.retries += 1;
    if (job.retries > maxRetries) throw new Error(`the job ${job.queue} ${job.about} was given up`);
    Object.assign(job, { state: 'waiting', holder: undefined, startAfter: scheduler.wallNow() + pauseMs });
    lookIn(job.queue, pauseMs);
  }

  function suspect(isSuspect: (process: Process) => boolean): void {
    for (const job of jobs.values()) if (job.state === 'active' && job.holder && isSuspect(job.holder)) retry(job);
  }

  function lookEverywhere(): void {
    for (const queue of Object.keys(queues)) lookFor(queue);
  }

  const poll = () => {
    lookEverywhere();
    scheduler.after(pollingMs, undefined, poll);
  };
  scheduler.after(pollingMs, undefined, poll);

  return {
    add,
    work(process, handlers) {
      workers = [...workers.filter((one) => !one.process.isDead), { process, handlers, busy: new Map() }];
      add('sweep', '', 0);
      add('tidy', '', 0);
      lookEverywhere();
    },
    missed(process) {
      scheduler.after(heartbeatMs * random.between(0.5, 2), undefined, () => {
        suspect((holder) => holder === process && (process.isDead || process.isFrozen));
      });
    },
    takeOver(dead) {
      for (const job of jobs.values()) {
        if (job.state !== 'active' || job.holder !== dead) continue;
        Object.assign(job, { state: 'waiting', holder: undefined, startAfter: scheduler.wallNow() });
        lookIn(job.queue, 0);
      }
    },
    look: lookEverywhere,
    suspectAll: () => suspect(() => random.isTrue(0.5)),
    left: () =>
      [...jobs.values()]
        .filter(({ queue }) => queue !== 'sweep' && queue !== 'tidy')
        .map(({ queue, about, retries }) => ({ queue, about, retries })),
  };
}

function rulesOf(queue: string): Queue {
  const rules = queues[queue];
  if (!rules) throw new Error(`there is no queue ${queue}`);
  return rules;
}
