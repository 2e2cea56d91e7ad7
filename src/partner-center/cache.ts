import type { Timer } from './timer.ts';

/**
 * Remembers what `load` returned for a while, by key, at most `size` things. Callers that ask at the same time share
 * one load; a load that fails is forgotten.
 */
export interface Cache<T> {
  get(key: string, load: () => Promise<T>): Promise<T>;
}

export function createCache<T>(options: {
  readonly timer: Timer;
  readonly size: number;
  readonly keepMs: (value: T) => number;
}): Cache<T> {
  const { timer, size, keepMs } = options;
  const kept = new Map<string, { readonly value: Promise<T>; until: number }>();

  async function fill(key: string, load: () => Promise<T>): Promise<T> {
    const entry = { value: load(), until: Number.POSITIVE_INFINITY };
    kept.set(key, entry);
    try {
      const value = await entry.value;
      entry.until = timer.now() + keepMs(value);
      return value;
    } catch (error) {
      if (kept.get(key) === entry) kept.delete(key);
      throw error;
    }
  }

  return {
    get(key, load) {
      const entry = kept.get(key);
      if (entry && entry.until > timer.now()) return entry.value;
      kept.delete(key);
      const [oldest] = kept.keys();
      if (kept.size >= size && oldest !== undefined) kept.delete(oldest);
      return fill(key, load);
    },
  };
}
