/** What was read lately in this process. What is not there any more is read anew. */
export interface RecentValues<T> {
  get(key: string): { readonly value: T } | undefined;
  put(key: string, value: T): void;
}

interface Limits {
  readonly most: number;
  /** Another process may have written something else meanwhile. */
  readonly keptMs: number;
  readonly now?: () => number;
}

/** At most so many, each for a while; those that were written longest ago go first. */
export function createRecentValues<T>({ most, keptMs, now = Date.now }: Limits): RecentValues<T> {
  const kept = new Map<string, { readonly value: T; readonly at: number }>();
  return {
    get(key) {
      const found = kept.get(key);
      return found && now() - found.at < keptMs ? found : undefined;
    },
    put(key, value) {
      kept.delete(key);
      kept.set(key, { value, at: now() });
      const oldest = kept.size > most ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    },
  };
}
