import { setTimeout as sleep } from 'node:timers/promises';

/** Real time: token lifetimes, pauses between attempts, caches. Business time is the domain's `Clock`. */
export interface Timer {
  now(): number;
  /** Rejects when `signal` fires. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realTimer: Timer = {
  now: () => Date.now(),
  pause: (ms, signal) => sleep(ms, undefined, { signal }),
};
