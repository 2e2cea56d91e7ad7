import { LRUCache } from 'lru-cache';
import type { Timer } from './timer.ts';

/**
 * Remembers what `load` returned for a while, by key, at most `size` things (or as much as `sizeOf` counts to `size`);
 * the least recently used go first. Callers that ask at the same time share one load; a load that fails is forgotten.
 */
export interface Cache<T> {
  get(key: string, load: () => Promise<T>): Promise<T>;
  /** What is kept, without loading. */
  peek(key: string): T | undefined;
  set(key: string, value: T): void;
  /** As `get`, but what is kept already is loaded again; a load that is on its way is shared all the same. */
  renew(key: string, load: () => Promise<T>): Promise<T>;
}

/** `undefined` is an answer like any other; lru-cache would take it for none. */
interface Entry<T> {
  readonly value: T;
}

export function createCache<T>(options: {
  readonly timer: Timer;
  readonly size: number;
  readonly sizeOf?: (value: T) => number;
  readonly keepMs: (value: T) => number;
}): Cache<T> {
  const { timer, size, sizeOf = () => 1, keepMs } = options;
  const entries = new LRUCache<string, Entry<T>, () => Promise<T>>({
    // Not `max`, for which it takes the memory of a full cache at once.
    maxSize: size,
    sizeCalculation: ({ value }) => Math.max(1, sizeOf(value)),
    perf: timer,
    ttl: Number.MAX_SAFE_INTEGER,
    // Else it looks at the time once a millisecond only, by a timer of its own.
    ttlResolution: 0,
    // An answer that is pushed out while it is on its way still belongs to those who wait for it.
    ignoreFetchAbort: true,
    async fetchMethod(_key, _stale, { options, context: load }) {
      const value = await load();
      options.ttl = keepMs(value);
      return { value };
    },
  });

  return {
    peek: (key) => entries.get(key)?.value,
    set: (key, value) => void entries.set(key, { value }, { ttl: keepMs(value) }),
    get: async (key, load) => (await entries.forceFetch(key, { context: load })).value,
    renew: async (key, load) => (await entries.forceFetch(key, { context: load, forceRefresh: true })).value,
  };
}
