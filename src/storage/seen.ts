import type { Pool } from 'pg';
import type { Seen } from '../domain/seen.ts';
import { createExpiring } from './expiring.ts';

export function createSeen(pool: Pool): Seen {
  const marks = createExpiring<true>(pool, 'seen', 24 * 3600 * 1000);

  return {
    // Not Keyv's own `has`: on PostgreSQL it also finds what has expired.
    async has(activityId) {
      return (await marks.get(activityId)) !== undefined;
    },

    async mark(activityId) {
      await marks.set(activityId, true);
    },
  };
}
