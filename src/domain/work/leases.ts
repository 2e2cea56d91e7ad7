/** A right to be the only one working on something, that ends by itself when its holder dies. */
export interface Leases {
  /**
   * Runs `work` while nobody else in any process holds `key`. Waits up to `waitMs` for it; `undefined` when it was not
   * to be had. The lease is extended while the work runs and given back when it ends.
   */
  hold<T>(key: string, waitMs: number, work: () => Promise<T>): Promise<T | undefined>;
}
