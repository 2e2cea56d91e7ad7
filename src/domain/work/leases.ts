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
}

export interface Lease {
  readonly key: string;
  readonly holder: string;
}

/** To be taken with what it is about. */
export function newLease(key: string): Lease {
  return { key, holder: randomUUID() };
}
