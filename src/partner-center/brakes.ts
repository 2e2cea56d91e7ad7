import type { Log } from './request.ts';
import { type Brake, createBrake, type Timer } from './timer.ts';

/** Where the processes of one partner tell each other until when a host is not to be called. Instants in milliseconds. */
export interface SharedHolds {
  heldUntil(host: string): Promise<number | undefined>;
  hold(host: string, until: number): Promise<void>;
}

/** A brake that all calls to one host share, of all processes: while it is on, none goes out (reference §1.8). */
export interface HostBrake {
  /** How long to wait before the next call may go out. */
  remainingMs(): Promise<number>;
  hold(ms: number): Promise<void>;
}

/** What another process was told is noticed this late at the most. */
const lookEveryMs = 1_000;
/** Without an answer by then, calls go by what this process knows. */
const patienceMs = 500;

/**
 * One for each host. Partner Center counts some calls by partner tenant and others by tenant and customer, and does not
 * say which: a refusal of either kind stops its host.
 */
export function createBrakes(timer: Timer, log: Log, shared?: SharedHolds): (url: string) => HostBrake {
  const brakes = new Map<string, HostBrake>();
  return (url) => {
    const { host } = new URL(url);
    const brake = brakes.get(host) ?? brakeOf(host, createBrake(timer), { timer, log, shared });
    brakes.set(host, brake);
    return brake;
  };
}

interface Surroundings {
  readonly timer: Timer;
  readonly log: Log;
  readonly shared: SharedHolds | undefined;
}

function brakeOf(host: string, own: Brake, { timer, log, shared }: Surroundings): HostBrake {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    lookedAt = timer.now();
    const until = await shared?.heldUntil(host);
    if (until !== undefined) own.hold(until - timer.now());
  }

  /** The brake is a courtesy to Partner Center, which refuses by itself: a database that is away stops no call. */
  function tolerantly(work: Promise<void>): Promise<void> {
    const settled = work.catch(() => log.warn({ host }, 'what other processes were told to wait is not known now'));
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const limit = setTimeout(resolve, patienceMs);
    return Promise.race([settled, late]).finally(() => clearTimeout(limit));
  }

  return {
    async remainingMs() {
      if (shared && timer.now() - lookedAt >= lookEveryMs) {
        looking ??= tolerantly(look()).finally(() => {
          looking = undefined;
        });
      }
      await looking;
      return own.remainingMs();
    },
    async hold(ms) {
      own.hold(ms);
      if (shared) await tolerantly(shared.hold(host, timer.now() + own.remainingMs()));
    },
  };
}
