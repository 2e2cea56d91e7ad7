import { createGatewayError } from './errors.ts';

/** A token bucket per tenant and resource, in real time: the documented 500 requests per minute. */
export interface Throttle {
  /** Counts one call, or refuses it with 429 and the time to wait. Refused calls count too. */
  count(bucket: string): void;
  reset(): void;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

export function createThrottle(requestsPerMinute: number): Throttle {
  const buckets = new Map<string, Bucket>();
  const perMs = requestsPerMinute / 60_000;
  /** Refused calls cost too, down to this debt: calling on makes the wait longer, but not endless. */
  const deepestDebt = -requestsPerMinute / 10;

  return {
    count(name) {
      const now = Date.now();
      const bucket = buckets.get(name) ?? { tokens: requestsPerMinute, filledAt: now };
      const refilled = Math.min(requestsPerMinute, bucket.tokens + (now - bucket.filledAt) * perMs);
      const tokens = Math.max(deepestDebt, refilled - 1);
      buckets.set(name, { tokens, filledAt: now });
      if (tokens >= 0) return;
      const seconds = Math.ceil(-tokens / perMs / 1000);
      const message = `Rate limit is exceeded. Try again in ${seconds} seconds.`;
      throw createGatewayError(429, message, { 'Retry-After': String(seconds) });
    },
    reset() {
      buckets.clear();
    },
  };
}
