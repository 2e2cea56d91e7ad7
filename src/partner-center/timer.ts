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

/** A brake that all calls of one client share: while it is on, none goes out (reference §1.8). */
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
      heldUntil = Math.max(heldUntil, timer.now() + ms);
    },
  };
}
