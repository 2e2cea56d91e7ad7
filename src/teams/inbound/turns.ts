/** Turns in flight: known by their delivery, so that the same one is not begun twice, and waited for at the end. */
export interface Turns {
  /** The turn of this delivery that runs already, or a new one. `key` undefined: always a new one. */
  once<T>(key: string | undefined, begin: () => Promise<T>): Promise<T>;
  /** Resolves when all turns have ended, or after `ms`. */
  settled(ms: number): Promise<void>;
}

export function createTurns(): Turns {
  const running = new Map<string | symbol, Promise<unknown>>();

  return {
    once<T>(key: string | undefined, begin: () => Promise<T>) {
      const same = key === undefined ? undefined : (running.get(key) as Promise<T> | undefined);
      if (same) return same;
      const own = key ?? Symbol('turn');
      const turn = begin().finally(() => running.delete(own));
      running.set(own, turn);
      turn.catch(() => undefined);
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
