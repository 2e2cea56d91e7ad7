import { Refusal } from '../errors.ts';
import type { Limit } from '../policy.ts';
import type { Limited } from './limits.ts';

/** What is counted in this process alone: nothing secret comes of it. */
type Counted = Exclude<Limited, 'reveals' | 'exports'>;

/** What somebody asks for counts, and is refused above the limits of the policy. */
export interface Usage {
  /** Throws `too-many`. What was refused does not count, nor does what is given back by what it returns. */
  demand(what: Counted, personId: string): () => void;
}

const spans: Readonly<Record<Counted, number>> = {
  drafts: 3_600_000,
  searches: 60_000,
  unknownOrders: 60_000,
  pages: 60_000,
};

/** So many people are counted; more than any staff has. */
const mostPeople = 10_000;

/** The last span is counted, and not whole minutes: nobody has twice as much around the full one. */
export function createUsage(
  limits: Readonly<Record<Counted, Limit>>,
  now: () => number = () => performance.now(),
): Usage {
  const counted = new Map<string, number[]>();

  /** Those that still count, the oldest first. */
  function since(key: string, ms: number): number[] {
    const times = counted.get(key) ?? [];
    const first = times.findIndex((at) => at > now() - ms);
    times.splice(0, first < 0 ? times.length : first);
    counted.delete(key);
    counted.set(key, times);
    const oldest = counted.size > mostPeople ? counted.keys().next().value : undefined;
    if (oldest !== undefined) counted.delete(oldest);
    return times;
  }

  return {
    demand(what, personId) {
      const { person, everybody } = limits[what];
      const ms = spans[what];
      const mine = since(`${what} ${personId}`, ms);
      const all = since(what, ms);
      const isEverybody = all.length >= everybody;
      const full = isEverybody ? all : mine.length >= person ? mine : undefined;
      if (full) throw new Refusal('too-many', { what, seconds: ((full[0] ?? now()) + ms - now()) / 1000, isEverybody });
      const at = now();
      mine.push(at);
      all.push(at);
      return () => {
        for (const key of [`${what} ${personId}`, what]) {
          const times = counted.get(key) ?? [];
          const taken = times.indexOf(at);
          if (taken >= 0) times.splice(taken, 1);
        }
      };
    },
  };
}
