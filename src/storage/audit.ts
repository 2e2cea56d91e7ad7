import type { Pool } from 'pg';
import type {
  AgreementDeclared,
  Audit,
  AuditEntry,
  CaseMoved,
  OrderConfirmed,
  SecretShown,
} from '../domain/audit/audit.ts';
import type { CaseContent } from '../domain/cancellations/case.ts';
import type { PurchaseContent } from '../domain/orders/submission.ts';

interface DeedRow {
  id: string;
  at: Date;
  who: string;
  numbers: string[];
}

type Row = DeedRow &
  (
    | { kind: 'order'; told: { state: OrderConfirmed['state']; note: string | null; content: PurchaseContent } }
    | { kind: 'secret'; told: Pick<SecretShown, 'what' | 'item' | 'isWithdrawn' | 'customerId'> }
    | {
        kind: 'case';
        told: Pick<CaseMoved, 'reference' | 'to' | 'why'> & { from: CaseMoved['from'] | null; content: CaseContent };
      }
    | {
        kind: 'agreement';
        told: {
          customerId: string;
          customerName: string;
          contact: AgreementDeclared['contact'];
          agreedAt: string;
          isTaken: boolean;
        };
      }
  );

/**
 * The records of each kind, and what is told of one. What people typed is never taken apart here: PostgreSQL does not
 * read all of it as JSON (`migrations.ts`). The customer is looked for in the text, in which quotation marks that were
 * typed are escaped.
 */
const records = [
  {
    kind: 'order',
    all: `select submission_id as id, created_at as at, person_name as who, order_ids, state, note, content
      from software_desk.order_submissions
      where ($1::text is null or strpos(content::text, $2) > 0) and ($3::text is null or $3 = any (order_ids))`,
    told: `'state', state, 'note', note, 'content', content`,
  },
  {
    kind: 'secret',
    all: `select lpad(id::text, 19, '0') as id, at, person_name as who, array[order_id] as order_ids,
        what, item, is_withdrawn, customer_id
      from software_desk.key_reveals
      where ($1::text is null or customer_id = $1) and ($3::text is null or order_id = $3)`,
    told: `'what', what, 'item', item, 'isWithdrawn', is_withdrawn, 'customerId', customer_id`,
  },
  {
    kind: 'case',
    all: `select lpad(id::text, 19, '0') as id, at, who, array[order_id] as order_ids,
        reference, from_state, to_state, why, content
      from software_desk.case_events join software_desk.cases using (reference)
      where ($1::text is null or strpos(content::text, $2) > 0) and ($3::text is null or order_id = $3)`,
    told: `'reference', reference, 'from', from_state, 'to', to_state, 'why', why, 'content', content`,
  },
  {
    kind: 'agreement',
    all: `select submission_id::text as id, at, person_name as who, '{}'::text[] as order_ids,
        customer_id, customer_name, contact, agreed_at, taken_at
      from software_desk.agreement_confirmations
      where ($1::text is null or customer_id = $1) and $3::text is null`,
    told: `'customerId', customer_id, 'customerName', customer_name, 'contact', contact, 'agreedAt', agreed_at,
      'isTaken', taken_at is not null`,
  },
];

/** Of each kind no more than are asked for: only those are told. Deeds of one moment stand by kind and number. */
const newest = records.map(
  ({ kind, all, told }) => `
    select '${kind}' as kind, id, at, who, order_ids, json_build_object(${told}) as told
    from (
      select * from (${all}) as records
      where $4::timestamptz is null or (at, '${kind}', id) <= ($4, $5, $6)
      order by at desc, id desc limit $7
    ) as newest`,
);

/** One statement: all of it is seen at one moment. */
const deeds = `
  select kind, id, at, who, told,
    array(
      select coalesce(known.number, ordered.id)
      from unnest(order_ids) with ordinality as ordered (id, place)
      left join software_desk.known_orders as known on known.order_id = ordered.id
      order by ordered.place
    ) as numbers
  from (${newest.join(' union all ')}) as deeds
  order by at desc, kind desc, id desc limit $7`;

export function createAudit(pool: Pool): Audit {
  return {
    async entries({ customerId, orderId }, from, limit) {
      const [at, kind, id] = from?.split(' ') ?? [];
      const { rows } = await pool.query<Row>(deeds, [
        customerId,
        `"customerId":${JSON.stringify(customerId ?? '')}`,
        orderId,
        at,
        kind,
        id,
        limit,
      ]);
      return rows.map(toEntry);
    },
  };
}

function toEntry(row: Row): AuditEntry {
  const { kind, id, at, who, numbers: orderNumbers } = row;
  const deed = { cursor: `${at.toISOString()} ${kind} ${id}`, at, who, orderNumbers };
  switch (row.kind) {
    case 'order': {
      const { state, note, content } = row.told;
      const { customerId, customerName, itemTitle, item, total } = content;
      const about = { customerId, customerName, quantity: item.quantity, itemTitle, total };
      return { kind: 'order', ...deed, ...about, state, ...(note !== null && { note }) };
    }
    case 'secret':
      return { kind: 'secret', ...deed, ...row.told };
    case 'case': {
      const { content, from, ...moved } = row.told;
      const { customerId, customerName } = content;
      return { kind: 'case', ...deed, customerId, customerName, ...moved, ...(from && { from }) };
    }
    case 'agreement':
      return { kind: 'agreement', ...deed, ...row.told, agreedAt: new Date(row.told.agreedAt) };
  }
}
