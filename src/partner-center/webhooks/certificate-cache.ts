import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Timer } from '../../microsoft/timer.ts';

/** A certificate that was found trustworthy. */
export interface TrustedCertificate {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  readonly fetchedAt: number;
}

/** An address that a certificate is said to lie at, and what was found there. */
export interface CacheEntry {
  readonly address: string;
  trusted?: TrustedCertificate;
  /** Why the last fetch failed; absent after a good one. */
  failure?: unknown;
  triedAt: number;
  loading?: Promise<TrustedCertificate>;
  budget: FetchBudget;
}

/** How often something may be fetched. False = not now. */
interface FetchBudget {
  spend(): boolean;
}

interface CertificateCache {
  entryFor(address: string): CacheEntry;
  /** An event was signed with the key found there: from now on what strangers name does not concern it. */
  markProven(entry: CacheEntry): void;
}

const fetchesPerMinute = 10;
const mostUnproven = 20;
const mostProven = 20;
/** A proven address makes room for another only after so long without an event. */
const idleMs = 24 * 60 * 60_000;

/**
 * Certificates by address. Addresses come from the caller, so those that have proven nothing yet share one budget of
 * fetches and push out each other; `known` ones and those that proved good have a budget each, and stay.
 */
export function createCertificateCache(timer: Timer, known: readonly string[]): CertificateCache {
  const sharedBudget = createFetchBudget(timer);
  const open = (address: string, budget: FetchBudget): CacheEntry => ({
    address,
    budget,
    triedAt: Number.NEGATIVE_INFINITY,
  });
  const fixed = new Map(known.map((address) => [address, open(address, createFetchBudget(timer))]));
  const proven = new Map<string, { readonly entry: CacheEntry; readonly at: number }>();
  const unproven = new Map<string, CacheEntry>();

  function makeRoom(): boolean {
    if (proven.size < mostProven) return true;
    const [oldest] = [...proven.values()].toSorted((one, other) => one.at - other.at);
    return oldest !== undefined && oldest.at + idleMs <= timer.now() && proven.delete(oldest.entry.address);
  }

  return {
    entryFor(address) {
      const remembered = fixed.get(address) ?? proven.get(address)?.entry ?? unproven.get(address);
      if (remembered) return remembered;
      const entry = open(address, sharedBudget);
      const [oldest] = unproven.keys();
      if (unproven.size >= mostUnproven && oldest !== undefined) unproven.delete(oldest);
      unproven.set(address, entry);
      return entry;
    },

    markProven(entry) {
      const { address } = entry;
      if (fixed.has(address)) return;
      if (!proven.has(address)) {
        if (!makeRoom()) return;
        unproven.delete(address);
        entry.budget = createFetchBudget(timer);
      }
      proven.set(address, { entry, at: timer.now() });
    },
  };
}

function createFetchBudget(timer: Timer): FetchBudget {
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
