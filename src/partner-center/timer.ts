import { setTimeout as sleep } from 'node:timers/promises';

/** Real time: token lifetimes, pauses between tries, caches. Business time is the domain's `Clock`. */
export interface Timer {
  now(): number;
  /** Rejects when `signal` fires. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realTimer: Timer = {
  now: () => Date.now(),
  pause: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** A `Retry-After` beyond this is told to the caller and not waited for; a brake is not held longer either. */
export const longestBrakeMs = 120_000;

/** A brake that all calls to one host share: while it is on, none goes out (reference §1.8). */
export interface Brake {
  /** How long to wait before the next call may go out. */
  remainingMs(): number;
  hold(ms: number): void;
}

export function createBrake(timer: Timer): Brake {
  let heldUntil = 0;
  return {
    remainingMs: () => Math.max(0, heldUntil - timer.now()),
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, timer.now() + Math.min(ms, longestBrakeMs));
    },
  };
}

/**
 * One for each host. Partner Center counts some calls by partner tenant and others by tenant and customer, and does not
 * say which: a refusal of either kind stops its host.
 */
export function createBrakes(timer: Timer): (url: string) => Brake {
  const brakes = new Map<string, Brake>();
  return (url) => {
    const { host } = new URL(url);
    const brake = brakes.get(host) ?? createBrake(timer);
    brakes.set(host, brake);
    return brake;
  };
}
