import type { Timer } from '../../src/microsoft/timer.ts';

/** Time that passes only while somebody pauses, or when it is told to: pauses take none. */
export interface FakeTimer extends Timer {
  /** How long each pause was to be, in milliseconds. */
  readonly pauses: readonly number[];
  advance(ms: number): void;
}

export function createFakeTimer(startMs = Date.now()): FakeTimer {
  let now = startMs;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    advance(ms) {
      now += ms;
    },
    async pause(ms, signal) {
      signal?.throwIfAborted();
      pauses.push(ms);
      now += ms;
    },
  };
}
