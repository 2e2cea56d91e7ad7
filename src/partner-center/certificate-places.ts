import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Timer } from './timer.ts';

/** A certificate that was found trustworthy. */
export interface Found {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  readonly at: number;
}

/** An address that certificates are said to lie at, and how it went there. */
export interface Place {
  readonly address: string;
  found?: Found;
  /** Why the last attempt failed; absent after a good one. */
  failure?: unknown;
  triedAt: number;
  loading?: Promise<Found>;
  budget: Budget;
}

/** How often something may be fetched. False = not now. */
export interface Budget {
  spend(): boolean;
}

export interface Places {
  at(address: string): Place;
  /** An event was signed with the key found there: from now on what strangers name does not concern it. */
  prove(place: Place): void;
}

const fetchesPerMinute = 10;
const mostOthers = 20;
const mostProved = 20;
/** A proved address makes room for another only after so long without an event. */
const idleMs = 24 * 60 * 60_000;

/**
 * The addresses that are remembered. They come from the caller, so those that have proved nothing yet share one budget
 * of fetches and push out each other; `known` ones and those that proved good have a budget each, and stay.
 */
export function createPlaces(timer: Timer, known: readonly string[]): Places {
  const shared = createBudget(timer);
  const open = (address: string, budget: Budget): Place => ({ address, budget, triedAt: Number.NEGATIVE_INFINITY });
  const fixed = new Map(known.map((address) => [address, open(address, createBudget(timer))]));
  const proved = new Map<string, { readonly place: Place; readonly at: number }>();
  const others = new Map<string, Place>();

  function hasRoom(): boolean {
    if (proved.size < mostProved) return true;
    const [oldest] = [...proved.values()].toSorted((one, other) => one.at - other.at);
    return oldest !== undefined && oldest.at + idleMs <= timer.now() && proved.delete(oldest.place.address);
  }

  return {
    at(address) {
      const remembered = fixed.get(address) ?? proved.get(address)?.place ?? others.get(address);
      if (remembered) return remembered;
      const place = open(address, shared);
      const [oldest] = others.keys();
      if (others.size >= mostOthers && oldest !== undefined) others.delete(oldest);
      others.set(address, place);
      return place;
    },

    prove(place) {
      const { address } = place;
      if (fixed.has(address)) return;
      if (!proved.has(address)) {
        if (!hasRoom()) return;
        others.delete(address);
        place.budget = createBudget(timer);
      }
      proved.set(address, { place, at: timer.now() });
    },
  };
}

function createBudget(timer: Timer): Budget {
  let spent: number[] = [];
  return {
    spend() {
      const minuteAgo = timer.now() - 60_000;
      spent = spent.filter((at) => at > minuteAgo);
      if (spent.length >= fetchesPerMinute) return false;
      spent.push(timer.now());
      return true;
    },
  };
}
