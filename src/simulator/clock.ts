/** The simulated time: real time plus an offset under test control. Instants are milliseconds since 1970. */
export interface Clock {
  now(): number;
  offsetMs(): number;
  setTo(at: number): void;
  advance(ms: number): void;
}

export function createClock(offsetMs = 0): Clock {
  let offset = offsetMs;
  return {
    now: () => Date.now() + offset,
    offsetMs: () => offset,
    setTo(at) {
      offset = at - Date.now();
    },
    advance(ms) {
      offset += ms;
    },
  };
}

const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
