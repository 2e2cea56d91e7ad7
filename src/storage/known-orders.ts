import type { Pool } from 'pg';
import type { KnownOrders } from '../domain/orders/known-orders.ts';
import type { Order } from '../domain/orders/order.ts';

export function createKnownOrders(pool: Pool): KnownOrders {
  async function write(customerId: string, orders: readonly Order[], placedAt: Date | null): Promise<void> {
    if (orders.length === 0) return;
    const known = orders.map((order) => ({ order_id: order.id, number: order.number, names: namesOf(order) }));
    // Listed orders come by the hundred and seldom change: only what differs is written.
    await pool.query(
      `insert into software_desk.known_orders as known (order_id, customer_id, number, names, placed_at)
       select distinct on (order_id) order_id, $1, number, names, $3
       from jsonb_to_recordset($2) as listed (order_id text, number text, names text[]) order by order_id
       on conflict (order_id) do update set
         customer_id = excluded.customer_id, number = excluded.number, names = excluded.names,
         placed_at = coalesce(known.placed_at, excluded.placed_at)
       where (known.customer_id, known.number, known.names)
           is distinct from (excluded.customer_id, excluded.number, excluded.names)
         or (known.placed_at is null and excluded.placed_at is not null)`,
      [customerId, JSON.stringify(known), placedAt],
    );
  }

  return {
    remember: (customerId, orders) => write(customerId, orders, null),
    rememberPlaced: (customerId, orders, at) => write(customerId, orders, at),

    async rememberRecords(records) {
      const told = records.flatMap(({ customerId, orderId, number = orderId, subscriptionIds, at }) =>
        orderId === undefined
          ? []
          : [{ customerId, orderId, number, names: lowered([number, ...subscriptionIds]), at }],
      );
      if (told.length === 0) return;
      await pool.query(
        `insert into software_desk.known_orders as known (order_id, customer_id, number, names)
         select "orderId", (array_agg("customerId" order by at desc))[1],
           (array_agg(number order by number = "orderId", at desc))[1], array_agg(distinct name order by name)
         from jsonb_to_recordset($1)
             as told ("orderId" text, "customerId" text, number text, names text[], at timestamptz),
           unnest(names) as name
         group by "orderId"
         on conflict (order_id) do update set
           customer_id = case when lower(known.customer_id) = lower(excluded.customer_id) then known.customer_id
             else excluded.customer_id end,
           number = case when excluded.number = excluded.order_id then known.number else excluded.number end,
           names = array(select distinct name from unnest(known.names || excluded.names) as name order by name)
         where lower(known.customer_id) <> lower(excluded.customer_id) or not known.names @> excluded.names`,
        [JSON.stringify(told)],
      );
    },

    async find(text) {
      const { rows } = await pool.query<{ customer_id: string; order_id: string }>(
        `select customer_id, order_id from software_desk.known_orders
         where order_id = $1 or names @> array[lower($1)]
         order by order_id = $1 desc, order_id limit 1`,
        [text],
      );
      return rows[0] && { customerId: rows[0].customer_id, orderId: rows[0].order_id };
    },

    async numberOf(orderId) {
      const { rows } = await pool.query<{ number: string }>(
        'select number from software_desk.known_orders where order_id = $1',
        [orderId],
      );
      return rows[0]?.number;
    },

    async placedSince(customerId, since) {
      const { rows } = await pool.query<{ order_id: string }>(
        `select order_id from software_desk.known_orders
         where customer_id = $1 and placed_at >= $2 order by placed_at, order_id`,
        [customerId, since],
      );
      return rows.map((row) => row.order_id);
    },
  };
}

function namesOf(order: Order): string[] {
  return lowered([order.number, ...order.lines.map((line) => line.subscriptionId)]);
}

function lowered(names: readonly (string | undefined)[]): string[] {
  return names.flatMap((name) => name?.toLowerCase() ?? []);
}
