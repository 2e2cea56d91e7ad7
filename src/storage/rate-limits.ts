import type { Pool } from 'pg';
import { createExpiring } from './expiring.ts';

/** Until when a host is not to be called, in milliseconds; told to all processes. */
export interface RateLimits {
  heldUntil(host: string): Promise<number | undefined>;
  hold(host: string, until: number): Promise<void>;
}

export function createRateLimits(pool: Pool): RateLimits {
  const kept = createExpiring<number>(pool, 'rate-limit');

  return {
    heldUntil: (host) => kept.get(host),

    async hold(host, until) {
      await kept.set(host, until, Math.max(1, until - Date.now()));
    },
  };
}
