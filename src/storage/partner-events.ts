import type { Pool } from 'pg';
import type { Enqueue } from './jobs.ts';
import { transaction } from './postgres.ts';

/** Longer than an event may be late, or dated ahead: one that has been forgotten is too old to be taken. */
const keepHours = 96;

/** Partner Center's events that were taken; it delivers some several times. */
export interface PartnerEvents {
  /**
   * One transaction: marks the event as seen and puts in the job that looks at the customer. False = it was seen
   * before, and nothing was written.
   */
  accept(mark: string, customerId?: string): Promise<boolean>;
}

export function createPartnerEvents(pool: Pool, enqueue: Enqueue): PartnerEvents {
  return {
    accept: (mark, customerId) =>
      transaction(pool, async (client) => {
        const { rowCount } = await client.query(
          'insert into software_desk.partner_events (mark) values ($1) on conflict do nothing',
          [mark],
        );
        if (rowCount === 0) return false;
        if (customerId !== undefined) await enqueue(client, 'check-customer', { customerId });
        return true;
      }),
  };
}

export async function removeOldPartnerEvents(pool: Pool): Promise<void> {
  await pool.query('delete from software_desk.partner_events where at < now() - make_interval(hours => $1)', [
    keepHours,
  ]);
}
