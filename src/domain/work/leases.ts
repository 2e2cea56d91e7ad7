import { randomUUID } from 'node:crypto';

/** A right to be the only one working on something, that ends by itself when its holder dies. */
export interface Leases {
  /**
   * Runs `work` while nobody else in any process holds `key`. Waits up to `waitMs` for it; `undefined` when it was not
   * to be had. The lease is extended while the work runs and given back when it ends.
   */
  hold<T>(key: string, waitMs: number, work: () => Promise<T>): Promise<T | undefined>;
  /** The same under a lease that was taken already, in the statement that wrote down what is to be worked on. */
  keep<T>(lease: Lease, work: () => Promise<T>): Promise<T>;
  /**
   * To be called before each request that orders, cancels or files something: a process that stood still for a while may
   * have lost what it held. Throws `LeaseLost`. Asks the database only where the lease was not extended for long.
   */
  demandHeld(): Promise<void>;
}

export interface Lease {
  readonly key: string;
  readonly holder: string;
  /** Before it was taken. */
  readonly since: Moment;
}

/** Somebody else may be carrying out by now what this process was carrying out. Nothing was sent. */
export class LeaseLost extends Error {
  constructor(key: string) {
    super(`the lease ${key} was lost while its work was running`);
    this.name = 'LeaseLost';
  }
}

/** Of two clocks, each of which can stand still or be set back: the machine's time, and the time since the process began. */
export interface Moment {
  readonly date: number;
  readonly running: number;
}

export function momentNow(): Moment {
  return { date: Date.now(), running: performance.now() };
}

export function msBetween(before: Moment, after: Moment): number {
  return Math.max(after.date - before.date, after.running - before.running);
}

/** To be taken with what it is about. */
export function newLease(key: string, since = momentNow()): Lease {
  return { key, holder: randomUUID(), since };
}
