import type { Pool } from 'pg';
import { type SendSlots, takeSlot } from '../domain/work/send-slots.ts';
import { transaction } from './postgres.ts';

interface SlotRow {
  key: string;
  /** Milliseconds, as text: they are more than an integer holds. */
  taken: string[];
  now: string;
}

/** By the clock of the database, which all processes share. */
export function createSendSlots(pool: Pool): SendSlots {
  return {
    take(wanted, longestMs) {
      // Always in the same order: two that want the same must not wait for each other.
      const keys = wanted.map(({ key }) => key).sort();
      return transaction(pool, async (client) => {
        await client.query(
          `insert into software_desk.send_slots (key) select unnest($1::text[]) order by 1 on conflict do nothing`,
          [keys],
        );
        const { rows } = await client.query<SlotRow>(
          `select key, taken, (extract(epoch from clock_timestamp()) * 1000)::bigint as now
           from software_desk.send_slots where key = any ($1) order by key for update`,
          [keys],
        );
        const now = Math.max(...rows.map((row) => Number(row.now)));
        const before = new Map(rows.map((row) => [row.key, row.taken.map(Number)]));
        const { waitMs, isTaken, taken } = takeSlot(before, wanted, now, longestMs);
        for (const [key, moments] of taken)
          await client.query(
            'update software_desk.send_slots set taken = $2::float8[]::bigint[], changed_at = now() where key = $1',
            [key, moments],
          );
        return { waitMs, isTaken };
      });
    },
  };
}
