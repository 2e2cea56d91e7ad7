/** Turns in flight and just ended: known by their delivery, so that the same one is not begun twice. */
export interface Turns {
  /**
   * The turn of this delivery that runs already, or has just ended; else a new one. `key` undefined: always a new one.
   * `undefined` = it has ended before, and was answered then. One that failed is begun again when it is delivered again.
   */
  once<T>(key: string | undefined, begin: () => Promise<T>): Promise<T | undefined>;
  /** Resolves when all turns have ended, or after `ms`. */
  settled(ms: number): Promise<void>;
}

/**
 * So many deliveries are remembered in this process. A turn that changed something leaves its mark in the database too,
 * which tells other processes and outlives this one.
 */
const maxEnded = 10_000;

export function createTurns(): Turns {
  const running = new Map<string | symbol, Promise<unknown>>();
  const ended = new Set<string>();

  function remember(key: string): void {
    ended.add(key);
    const oldest = ended.size > maxEnded ? ended.values().next().value : undefined;
    if (oldest !== undefined) ended.delete(oldest);
  }

  return {
    async once<T>(key: string | undefined, begin: () => Promise<T>) {
      if (key !== undefined && ended.has(key)) return undefined;
      const same = key === undefined ? undefined : (running.get(key) as Promise<T> | undefined);
      if (same) return same;
      const own = key ?? Symbol('turn');
      const turn = begin().finally(() => running.delete(own));
      running.set(own, turn);
      turn.then(
        () => key !== undefined && remember(key),
        () => undefined,
      );
      return turn;
    },

    async settled(ms) {
      const all = Promise.allSettled(running.values());
      await inTime(all, ms);
    },
  };
}

/** What `work` gives within `ms`; `undefined` when it takes longer, and goes on. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
