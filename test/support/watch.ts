import { defaultPatienceMs } from './wait-until.ts';

/** Lets tests wait for what something that happens brings about, without looking again and again. */
export interface Watch {
  /** Something happened. */
  changed(): void;
  /** Resolves with what `look` finds, as soon as it finds something; fails after `withinMs`. */
  until<T>(look: () => T | undefined | false, what: string | (() => string), withinMs?: number): Promise<T>;
}

export function createWatch(): Watch {
  const waiting = new Set<() => void>();
  return {
    changed() {
      for (const check of waiting) check();
    },
    until<T>(look: () => T | undefined | false, what: string | (() => string), withinMs = defaultPatienceMs) {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const end = () => {
        waiting.delete(check);
        clearTimeout(deadline);
      };
      const check = () => {
        try {
          const found = look();
          if (found === undefined || found === false) return;
          resolve(found);
        } catch (error) {
          reject(error);
        }
        end();
      };
      const deadline = setTimeout(() => {
        end();
        reject(new Error(`did not happen within ${withinMs} ms: ${typeof what === 'string' ? what : what()}`));
      }, withinMs);
      waiting.add(check);
      check();
      return promise;
    },
  };
}
