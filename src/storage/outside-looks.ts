import type { Pool } from 'pg';
import type { OutsideLook } from '../domain/cancellations/changes.ts';

/**
 * SQL for a record that one of our own looks explains: within ten minutes, of the same kind, and of the same order and customer
 * where the record names them. Only our own application's can be one.
 */
const isOurs = `look.may_be_ours and exists (
  select from software_desk.key_reveals as own
  where own.refusal is null and own.at between look.at - interval '10 minutes' and look.at + interval '10 minutes'
    and (own.what = 'key') = (look.what = 'key')
    and (look.known_id is null or own.order_id = look.known_id)
    and (look.customer_id is null or lower(own.customer_id) = lower(look.customer_id)))`;

/**
 * Those that are new, and that nothing of our own explains. A record may name an order by either of its ids, and leave out whose it
 * is.
 */
export async function addOutsideLooks(pool: Pool, looks: readonly OutsideLook[]): Promise<void> {
  await pool.query(
    `insert into software_desk.outside_looks (record, at, what, who, customer_id, customer_name, order_id, item)
     select record, at, what, who, customer_id, customer_name, known_id, item
     from (
       select record, at, what, who, item, may_be_ours, customer_name, coalesce(told.customer_id, known.customer_id) as customer_id,
         coalesce(known.order_id, told.order_id) as known_id
       from json_to_recordset($1::json) as told (record text, at timestamptz, what text, who text, customer_id text,
         customer_name text, order_id text, item text, may_be_ours boolean)
       left join lateral (
         select order_id, customer_id from software_desk.known_orders
         where order_id = told.order_id or names @> array[lower(told.order_id)] limit 1) as known on true
     ) as look
     where not (${isOurs})
     on conflict (record) do nothing`,
    [
      JSON.stringify(
        looks.map(({ record, at, what, who, customerId, customerName, orderId, item, mayBeOurs }) => ({
          ...{ record, at, what, who, item },
          ...{ customer_id: customerId, customer_name: customerName, order_id: orderId, may_be_ours: mayBeOurs },
        })),
      ),
    ],
  );
}

/** SQL for all looks at keys and downloads of the order, here and at Partner Center. */
export function looksOfOrder(orderId: string): string {
  return `(
    select person_id, person_name, customer_id, customer_name, order_id, what, item, at, id, false as is_outside
    from software_desk.key_reveals where order_id = ${orderId} and not is_withdrawn
    union all
    select who, who, customer_id, customer_name, order_id, what, item, at, id, true
    from software_desk.outside_looks where order_id = ${orderId})`;
}
