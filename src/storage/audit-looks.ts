import type { Pool } from 'pg';
import type { AuditScope, ReviewedLook } from '../domain/audit/audit.ts';
import type { KeyReveal } from '../domain/keys/key-reveals.ts';

interface LookRow {
  customer_id: string | null;
  customer_name: string | null;
  order_number: string | null;
  name: string;
  what: KeyReveal['what'];
  item: string;
  times: number;
  first_at: Date;
  last_at: Date;
  is_outside: boolean;
}

const looks = `
  select looks.*, coalesce(known.number, looks.order_id) as order_number
  from (
    select lower(customer_id) as customer_id, max(customer_name) as customer_name, order_id, is_outside, person_id,
      max(person_name) as name, what, item, count(*)::int as times, min(at) as first_at, max(at) as last_at
    from (
      select customer_id, customer_name, order_id, person_id, person_name, what, item, at, false as is_outside
      from software_desk.key_reveals where not is_withdrawn
      union all
      select customer_id, customer_name, order_id, who, who, what, item, at, true from software_desk.outside_looks
    ) as seen
    where ($1::text is null or lower(customer_id) = lower($1)) and ($2::text is null or order_id = $2)
      and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)
    group by lower(customer_id), order_id, is_outside, person_id, what, item
  ) as looks
  left join software_desk.known_orders as known on known.order_id = looks.order_id
  order by customer_name, customer_id, order_number, first_at, name, what, item limit $5`;

/** Who saw what, how often and when: by customer, order and person. */
export async function readLooks(
  pool: Pool,
  { customerId, orderId, since, before }: AuditScope,
  limit: number,
): Promise<ReviewedLook[]> {
  const { rows } = await pool.query<LookRow>(looks, [customerId, orderId, since, before, limit]);
  return rows.map((row) => ({
    customerId: row.customer_id ?? '',
    ...(row.customer_name !== null && { customerName: row.customer_name }),
    orderNumber: row.order_number ?? '',
    name: row.name,
    what: row.what,
    item: row.item,
    times: row.times,
    firstAt: row.first_at,
    lastAt: row.last_at,
    ...(row.is_outside && { isOutside: true }),
  }));
}
