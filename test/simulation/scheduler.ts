import type { Random } from './random.ts';

/** A process of the product, or rather one life of it: the next start is another one. */
export interface Process {
  readonly name: string;
  /** How far its clock is from the true one, which is the database's. */
  skewMs: number;
  readonly startedAt: number;
  isDead: boolean;
  isFrozen: boolean;
  /** How long its running clock stood still, where freezing stops that too. */
  stoodStillMs: number;
  /** What could not happen while it was frozen, in its order. */
  readonly held: Event[];
}

interface Event {
  at: number;
  readonly order: number;
  /** Nobody's: what happens in the world outside. */
  readonly process: Process | undefined;
  readonly run: () => void;
  isCancelled: boolean;
}

/**
 * Everything that happens, one after the other, in simulated time. Nothing waits in real time: when all promises that
 * could go on have gone on, the next event happens.
 */
export interface Scheduler {
  /** Milliseconds since the beginning; never goes back, and nothing but a pause of the world makes it leap. */
  now(): number;
  /** The true time of day. */
  wallNow(): number;
  /** Whose code runs now. */
  current(): Process | undefined;
  steps(): number;
  after(ms: number, process: Process | undefined, run: () => void): Event;
  cancel(event: Event): void;
  /** The rest of this step is that process's; false where it cannot go on now. */
  enter(process: Process): boolean;
  /** Runs code as if in that process, as the part of a step. */
  as<T>(process: Process | undefined, work: () => T): T;
  startProcess(name: string, skewMs: number): Process;
  kill(process: Process): void;
  freeze(process: Process, isClockStopped: boolean): () => void;
  /** The time of day leaps, as when a clock is set. */
  moveWall(ms: number): void;
  /** Takes the next step; false when there is none. */
  step(): Promise<boolean>;
}

const begin = Date.UTC(2026, 2, 10, 8);
const realSetImmediate = setImmediate;

export function createScheduler(random: Random): Scheduler {
  const heap = createHeap();
  let now = 0;
  let wallOffset = 0;
  let current: Process | undefined;
  let order = 0;
  let steps = 0;

  function after(ms: number, process: Process | undefined, run: () => void): Event {
    order += 1;
    const event = { at: Math.round((now + Math.max(0, ms)) * 1_000) / 1_000, order, process, run, isCancelled: false };
    heap.push(event);
    return event;
  }

  return {
    now: () => now,
    wallNow: () => begin + wallOffset + now,
    current: () => current,
    steps: () => steps,
    after,
    cancel(event) {
      event.isCancelled = true;
    },
    enter(process) {
      if (process.isDead || process.isFrozen) return false;
      current = process;
      return true;
    },
    as(process, work) {
      const before = current;
      current = process;
      try {
        return work();
      } finally {
        current = before;
      }
    },
    startProcess: (name, skewMs) => ({
      ...{ name, skewMs, startedAt: now - random.below(1_000) },
      ...{ isDead: false, isFrozen: false, stoodStillMs: 0, held: [] },
    }),
    kill(process) {
      process.isDead = true;
      process.held.length = 0;
    },
    freeze(process, isClockStopped) {
      process.isFrozen = true;
      const since = now;
      return () => {
        process.isFrozen = false;
        if (isClockStopped) process.stoodStillMs += now - since;
        for (const event of process.held.splice(0)) {
          event.at = now;
          if (!process.isDead) heap.push(event);
        }
      };
    },
    moveWall(ms) {
      wallOffset += ms;
    },
    async step() {
      for (let event = heap.pop(); event; event = heap.pop()) {
        const { process } = event;
        if (event.isCancelled || process?.isDead) continue;
        now = Math.max(now, event.at);
        if (process?.isFrozen) {
          process.held.push(event);
          continue;
        }
        steps += 1;
        current = process;
        event.run();
        await new Promise<void>((resolve) => realSetImmediate(resolve));
        current = undefined;
        return true;
      }
      return false;
    },
  };
}

function createHeap() {
  const events: Event[] = [];
  const isBefore = (one: Event, other: Event): boolean =>
    one.at < other.at || (one.at === other.at && one.order < other.order);
  const swap = (a: number, b: number): void => {
    const [one, other] = [events[a], events[b]];
    if (one && other) [events[a], events[b]] = [other, one];
  };
  const precedes = (a: number, b: number): boolean => {
    const [one, other] = [events[a], events[b]];
    return one !== undefined && other !== undefined && isBefore(one, other);
  };
  return {
    push(event: Event): void {
      events.push(event);
      for (let at = events.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!precedes(at, parent)) return;
        swap(at, parent);
        at = parent;
      }
    },
    pop(): Event | undefined {
      const first = events[0];
      const last = events.pop();
      if (last && events.length > 0) {
        events[0] = last;
        for (let at = 0; ; ) {
          const left = 2 * at + 1;
          const least = precedes(left + 1, left) ? left + 1 : left;
          if (!precedes(least, at)) break;
          swap(least, at);
          at = least;
        }
      }
      return first;
    },
  };
}
