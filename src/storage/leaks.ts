import { DatabaseError, type Pool, type QueryConfig } from 'pg';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Leak, Leaked, Leaks, OpenLeak } from '../domain/leaks/leak.ts';
import type { Enqueue } from './jobs.ts';
import { enqueueNotices, insertNotices, rowsOf } from './notices.ts';
import { transaction } from './postgres.ts';

interface LeakRow {
  reference: string;
  customer_id: string;
  customer_name: string;
  order_id: string;
  order_number: string;
  leaked: Leaked;
  remark: string | null;
  reporter_id: string;
  reporter_name: string;
  reported_at: Date;
  lifter_id: string | null;
  lifter_name: string | null;
  lifted_at: Date | null;
  reason: string | null;
}

export function createLeaks(pool: Pool, enqueue: Enqueue): Leaks {
  const read = async (where: string, values: readonly unknown[]): Promise<Leak[]> => {
    const { rows } = await pool.query<LeakRow>(`select * from software_desk.leaks where ${where}`, [...values]);
    return rows.map(toLeak);
  };

  return {
    report: (leak, notices) =>
      transaction(pool, async (client) => {
        const { reference, customerId, customerName, orderId, orderNumber, leaked, remark, reporter, reportedAt } =
          leak;
        await client.query('select software_desk.lock_looks($1, true)', [orderId]);
        const { rows } = await client.query<LeakRow>(
          'select * from software_desk.leaks where order_id = $1 and lifted_at is null',
          [orderId],
        );
        if (rows[0]) return { leak: toLeak(rows[0]), isNew: false };
        await client.query(
          `insert into software_desk.leaks (reference, customer_id, customer_name, order_id, order_number, leaked, remark,
             reporter_id, reporter_name, reported_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            ...[reference, customerId, customerName, orderId, orderNumber, leaked, remark],
            ...[reporter.id, reporter.name, reportedAt],
          ],
        );
        const added = await client.query<{ id: string }>(insertNotices({ rows: '$1', at: '$2' }), [
          rowsOf(notices),
          reportedAt,
        ]);
        await enqueueNotices(client, enqueue, added.rows);
        return { leak, isNew: true };
      }),

    lift: (reference, { by, at, reason }, notices) =>
      transaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `update software_desk.leaks set lifter_id = $2, lifter_name = $3, lifted_at = $4, reason = $5
           where reference = $1 and lifted_at is null`,
          [reference, by.id, by.name, at, reason],
        );
        if (rowCount === 0) return false;
        const added = await client.query<{ id: string }>(insertNotices({ rows: '$1', at: '$2' }), [
          rowsOf(notices),
          at,
        ]);
        await enqueueNotices(client, enqueue, added.rows);
        return true;
      }),

    async get(reference) {
      return (await read('reference = $1', [reference]))[0];
    },

    async openOf(orderId) {
      return (await read('order_id = $1 and lifted_at is null', [orderId]))[0];
    },

    open: (limit) => read('lifted_at is null order by reported_at desc, reference limit $1', [limit]),
  };
}

/** SQL for the leak of the order that is not lifted; as JSON. */
export function openLeakOf(orderId: string): string {
  return `(select json_build_object('reference', reference, 'order', order_number, 'by', reporter_name, 'at', reported_at,
      'customerId', customer_id, 'customerName', customer_name, 'orderId', order_id)
    from software_desk.leaks where order_id = ${orderId} and lifted_at is null)`;
}

const told = z.object({
  ...{ reference: z.string(), order: z.string(), by: z.string(), at: z.coerce.date() },
  ...{ customerId: z.string(), customerName: z.string(), orderId: z.string() },
});

export function toOpenLeak(stored: unknown): OpenLeak | undefined {
  return stored === null || stored === undefined ? undefined : told.parse(stored);
}

/** In the transaction that writes down who looks, and before it. */
export function demandNoLeak(orderId: string): QueryConfig {
  return { text: 'select software_desk.demand_no_leak($1)', values: [orderId] };
}

/** Throws `leak-reported` for what `demandNoLeak` has refused. */
export function throwIfLeaked(error: unknown): void {
  if (!(error instanceof DatabaseError) || error.code !== 'SD004') return;
  throw new Refusal('leak-reported', told.parse(JSON.parse(error.detail ?? '{}')));
}

function toLeak(row: LeakRow): Leak {
  const { lifter_id: id, lifter_name: name, lifted_at: at, reason } = row;
  return {
    reference: row.reference,
    customerId: row.customer_id,
    customerName: row.customer_name,
    orderId: row.order_id,
    orderNumber: row.order_number,
    leaked: row.leaked,
    ...(row.remark !== null && { remark: row.remark }),
    reporter: { id: row.reporter_id, name: row.reporter_name },
    reportedAt: row.reported_at,
    ...(id !== null && name !== null && at !== null && { lifted: { by: { id, name }, at, reason: reason ?? '' } }),
  };
}
