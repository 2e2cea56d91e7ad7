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

/** No `Retry-After` is believed beyond this: a mistaken one must not stop everything for a day. */
export const longestBrakeMs = 60 * 60_000;

/** A brake of one process: while it is on, nothing goes out. */
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
