import type { Pool } from 'pg';
import { createExpiring } from './expiring.ts';

/** Until when a host is not to be called, in milliseconds; told to all processes. */
export interface Holds {
  heldUntil(host: string): Promise<number | undefined>;
  hold(host: string, until: number): Promise<void>;
}

export function createHolds(pool: Pool): Holds {
  const kept = createExpiring<number>(pool, 'hold');

  return {
    heldUntil: (host) => kept.get(host),

    async hold(host, until) {
      await kept.set(host, until, Math.max(1, until - Date.now()));
    },
  };
}
