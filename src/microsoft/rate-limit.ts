import { AsyncLocalStorage } from 'node:async_hooks';
import pTimeout from 'p-timeout';
import type { Log } from './log.ts';
import type { Timer } from './timer.ts';

/** Where the processes of one partner tell each other until when a host is not to be called. Instants in milliseconds. */
export interface SharedRateLimits {
  heldUntil(host: string): Promise<number | undefined>;
  hold(host: string, until: number): Promise<void>;
}

/** After an answer that asked to wait (429), no call goes to its host until that time is over. */
export interface RateLimit {
  /** How long to wait before the next call may go out. */
  remainingMs(): Promise<number>;
  hold(ms: number): Promise<void>;
}

/** What this process was told itself. */
interface OwnRateLimit {
  remainingMs(): number;
  hold(ms: number): void;
}

/**
 * What another process was told is noticed this late at the most. No call waits for it but the first, before which
 * nothing is known: a process that misses it is told by Partner Center itself.
 */
const lookEveryMs = 5_000;
/** Without an answer of the database by then, calls go by what this process knows. */
const databaseTimeoutMs = 500;

interface RateLimitOptions {
  readonly timer: Timer;
  readonly log: Log;
  /** A mistaken `Retry-After` must not stop everything for a day. */
  readonly longestHoldMs: number;
  /** Without it, each process goes by what it was told itself. */
  readonly shared?: SharedRateLimits;
}

/**
 * One for each host: Partner Center counts some calls by partner tenant and others by tenant and customer, and does not
 * say which, so a refusal of either kind stops its host.
 */
export function createRateLimits(options: RateLimitOptions): (url: string) => RateLimit {
  const limits = new Map<string, RateLimit>();
  // What is looked up for all turns is part of none, whoever happened to be the first to need it.
  const outsideOfTurns = AsyncLocalStorage.snapshot();
  return (url) => {
    const { host } = new URL(url);
    const limit = limits.get(host) ?? createRateLimit(host, { ...options, outsideOfTurns });
    limits.set(host, limit);
    return limit;
  };
}

export function createOwnRateLimit(timer: Timer, longestHoldMs: number): OwnRateLimit {
  let heldUntil = 0;
  return {
    remainingMs: () => Math.max(0, heldUntil - timer.now()),
    hold(ms) {
      heldUntil = Math.max(heldUntil, timer.now() + Math.min(ms, longestHoldMs));
    },
  };
}

function createRateLimit(
  host: string,
  {
    timer,
    log,
    longestHoldMs,
    shared,
    outsideOfTurns,
  }: RateLimitOptions & { readonly outsideOfTurns: (work: () => Promise<void>) => Promise<void> },
): RateLimit {
  const own = createOwnRateLimit(timer, longestHoldMs);
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  let hasLooked = false;

  async function lookAtOthers(): Promise<void> {
    lookedAt = timer.now();
    const until = await shared?.heldUntil(host);
    if (until !== undefined) own.hold(until - timer.now());
  }

  /** A limit is a courtesy to Partner Center, which refuses by itself: a database that is away stops no call. */
  async function tryDatabase(work: Promise<void>): Promise<void> {
    try {
      await pTimeout(work, { milliseconds: databaseTimeoutMs });
    } catch {
      log.warn({ host }, 'rate limits of other processes are not known now');
    }
  }

  return {
    async remainingMs() {
      if (shared && timer.now() - lookedAt >= lookEveryMs) {
        looking ??= outsideOfTurns(() => tryDatabase(lookAtOthers())).finally(() => {
          looking = undefined;
          hasLooked = true;
        });
      }
      if (!hasLooked) await looking;
      return own.remainingMs();
    },
    async hold(ms) {
      own.hold(ms);
      if (shared) await tryDatabase(shared.hold(host, timer.now() + own.remainingMs()));
    },
  };
}
