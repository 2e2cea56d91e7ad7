import type { Pool } from 'pg';
import { isClosed } from '../domain/cancellations/case.ts';
import type { LastChoices } from '../domain/keys/key-reveals.ts';
import type { CustomerRecords } from '../domain/orders/customer-records.ts';
import { type CaseRow, isOpen, type RefusedRow, selectRefused, toCase, toRefused } from './case-rows.ts';
import { openDraftsOf, type StoredOpenDraft, toOpenDraft } from './drafts.ts';
import { lastChoicesOf, type StoredViewer, toViewer, viewersOfOrder } from './key-reveals.ts';
import { findKnownOrder, rememberOrders, toKnown } from './known-orders.ts';
import { openLeakOf, toOpenLeak } from './leaks.ts';

/** One row for each open case of an order that is listed or was placed, and one without a case where there is none. */
const compareText = `
  with noted as (${rememberOrders({ customer: '$1', orders: '$2', placedAt: 'null::timestamptz' })})
  select placed.ids as placed, cases.*
  from (
    select array(select order_id from software_desk.known_orders
      where customer_id = $1 and placed_at >= $3 order by placed_at, order_id) as ids
  ) as placed
  left join software_desk.cases as cases on cases.${isOpen} and lower(cases.customer_id) = lower($1)
    and (cases.order_id = any(placed.ids) or lower(cases.order_id) in (
      select lower(order_id) from json_to_recordset($2::json) as listed (order_id text)))
  order by cases.created_at`;

interface KnownRow {
  known_customer_id: string;
  known_order_id: string;
  number: string;
  last_choices: LastChoices | null;
  leak: unknown;
  key_seen_by: StoredViewer[];
  begun: StoredOpenDraft[];
}

/** One row for the open case, and one for that which was refused, where that is another. */
const findText = `
  select known.customer_id as known_customer_id, known.order_id as known_order_id, known.number,
    (${lastChoicesOf('$2')}) as last_choices, ${viewersOfOrder('known.order_id')} as key_seen_by,
    ${openLeakOf('known.order_id')} as leak,
    ${openDraftsOf("'cancel'", 'known.order_id')} as begun, refused.*, cases.*
  from (${findKnownOrder}) as known
  left join lateral (${selectRefused('known.order_id')}) as refused on true
  left join software_desk.cases as cases on cases.order_id = known.order_id
    and (cases.${isOpen} or cases.reference = refused.refused_reference)`;

export function createCustomerRecords(pool: Pool): CustomerRecords {
  return {
    async compare(customerId, listed, placedSince) {
      const { rows } = await pool.query<CaseRow & { placed: string[] }>(compareText, [
        customerId,
        toKnown(listed),
        placedSince,
      ]);
      return {
        placed: rows[0]?.placed ?? [],
        openCases: rows.filter(({ reference }) => reference !== null).map(toCase),
      };
    },

    async find(text, keysFor) {
      const { rows } = await pool.query<CaseRow & RefusedRow & KnownRow>(findText, [text, keysFor]);
      const [row] = rows;
      if (!row) return undefined;
      const refused = rows.find((one) => one.reference !== null && one.reference === one.refused_reference);
      const leak = toOpenLeak(row.leak);
      const open = rows.find((one) => one.reference !== null && !isClosed(one.state));
      return {
        customerId: row.known_customer_id,
        orderId: row.known_order_id,
        number: row.number,
        keySeenBy: row.key_seen_by.map(toViewer),
        begun: row.begun.map(toOpenDraft),
        ...(leak && { leak }),
        ...(open && { openCase: toCase(open) }),
        ...(refused && { refused: toRefused(refused) }),
        ...(keysFor !== undefined && { chosen: { personId: keysFor, lastChoices: row.last_choices ?? {} } }),
      };
    },
  };
}
