import type { Pool } from 'pg';
import type { Enqueue } from './jobs.ts';
import { transaction } from './postgres.ts';

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
