import type { Pool } from 'pg';
import type { KnownOrders } from '../domain/orders/known-orders.ts';
import type { Order } from '../domain/orders/order.ts';

export const findKnownOrder = `
  select customer_id, order_id, number from software_desk.known_orders
  where order_id = $1 or names @> array[lower($1)]
  order by order_id = $1 desc, order_id limit 1`;

export function createKnownOrders(pool: Pool): KnownOrders {
  async function write(customerId: string, orders: readonly Order[], placedAt: Date | null): Promise<void> {
    if (orders.length === 0) return;
    const statement = rememberOrders({ customer: '$1', orders: '$2', placedAt: '$3::timestamptz' });
    await pool.query(statement, [customerId, toKnown(orders), placedAt]);
  }

  return {
    remember: (customerId, orders) => write(customerId, orders, null),
    rememberPlaced: (customerId, orders, at) => write(customerId, orders, at),

    async rememberRecords(records) {
      const told = records.flatMap(({ customerId, orderId, number = orderId, subscriptionIds, at }) =>
        orderId === undefined
          ? []
          : [{ customerId, orderId, number, names: lowerEach([number, ...subscriptionIds]), at }],
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
      const { rows } = await pool.query<{ customer_id: string; order_id: string }>(findKnownOrder, [text]);
      return rows[0] && { customerId: rows[0].customer_id, orderId: rows[0].order_id };
    },

    async numbersOf(orderIds) {
      if (orderIds.length === 0) return new Map();
      const { rows } = await pool.query<{ order_id: string; number: string }>(
        'select order_id, number from software_desk.known_orders where order_id = any($1)',
        [orderIds],
      );
      return new Map(rows.map(({ order_id, number }) => [order_id, number]));
    },
  };
}

/**
 * A statement, or a part of one: the orders of the parameter `orders` (`toKnown`) as those of the customer. Lists come by
 * the hundred and seldom change: a row that is there already is not even locked.
 */
export function rememberOrders(of: {
  readonly customer: string;
  readonly orders: string;
  readonly placedAt: string;
}): string {
  return `insert into software_desk.known_orders as known (order_id, customer_id, number, names, placed_at)
    select distinct on (order_id) order_id, ${of.customer}, number, names, ${of.placedAt}
    from json_to_recordset(${of.orders}::json) as listed (order_id text, number text, names text[])
    where not exists (
      select from software_desk.known_orders as same
      where same.order_id = listed.order_id
        and (same.customer_id, same.number, same.names) = (${of.customer}, listed.number, listed.names)
        and (same.placed_at is not null or ${of.placedAt} is null))
    order by order_id
    on conflict (order_id) do update set
      customer_id = excluded.customer_id, number = excluded.number, names = excluded.names,
      placed_at = coalesce(known.placed_at, excluded.placed_at)`;
}

export function toKnown(orders: readonly Order[]): string {
  return JSON.stringify(orders.map((order) => ({ order_id: order.id, number: order.number, names: namesOf(order) })));
}

function namesOf(order: Order): string[] {
  return lowerEach([order.number, ...order.lines.map((line) => line.subscriptionId)]);
}

function lowerEach(names: readonly (string | undefined)[]): string[] {
  return names.flatMap((name) => name?.toLowerCase() ?? []);
}
