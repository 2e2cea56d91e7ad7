import type { AuditEntry } from '../domain/audit/audit.ts';

/** The records of each kind, as SQL on a customer (`$1`) and an order (`$2`), and what is told of one. */
export const auditRecords: readonly {
  readonly kind: AuditEntry['kind'];
  readonly all: string;
  readonly told: string;
}[] = [
  {
    kind: 'order',
    all: `select submission_id as id, created_at as at, person_name as who, customer_id, customer_name, order_ids, state,
        reason, content
      from software_desk.order_submissions
      where ($1::text is null or lower(customer_id) = lower($1)) and ($2::text is null or order_ids @> array[$2])`,
    told: `'state', state, 'reason', reason, 'content', content`,
  },
  {
    kind: 'secret',
    all: `select lpad(id::text, 19, '0') as id, at, person_name as who, customer_id, customer_name,
        array[order_id] as order_ids, what, item, is_withdrawn, refusal, times
      from software_desk.key_reveals
      where ($1::text is null or lower(customer_id) = lower($1)) and ($2::text is null or order_id = $2)`,
    told: `'what', what, 'item', item, 'isWithdrawn', is_withdrawn, 'refusal', refusal, 'times', times`,
  },
  {
    kind: 'case',
    all: `select lpad(id::text, 19, '0') as id, at, person_name as who, customer_id, customer_name,
        array[order_id] as order_ids, reference, from_state, to_state, change
      from software_desk.case_events
      where ($1::text is null or lower(customer_id) = lower($1)) and ($2::text is null or order_id = $2)`,
    told: `'reference', reference, 'from', from_state, 'to', to_state, 'change', change`,
  },
  {
    kind: 'agreement',
    all: `select submission_id::text as id, at, person_name as who, customer_id, customer_name,
        '{}'::text[] as order_ids, contact, agreed_at, taken_at
      from software_desk.agreement_confirmations
      where ($1::text is null or lower(customer_id) = lower($1)) and $2::text is null`,
    told: `'contact', contact, 'agreedAt', agreed_at, 'isTaken', taken_at is not null`,
  },
  {
    kind: 'export',
    all: `select lpad(id::text, 19, '0') as id, at, person_name as who, coalesce(customer_id, '') as customer_id,
        customer_name, '{}'::text[] as order_ids, since, before
      from software_desk.audit_exports
      where ($1::text is null or lower(customer_id) = lower($1)) and $2::text is null`,
    told: `'since', since, 'before', before`,
  },
  {
    kind: 'reminder',
    all: `select lpad(id::text, 19, '0') as id, at, person_name as who, customer_id, customer_name,
        array[order_id] as order_ids, choice
      from software_desk.reminder_decisions
      where ($1::text is null or lower(customer_id) = lower($1)) and ($2::text is null or order_id = $2)`,
    told: `'choice', choice`,
  },
  {
    kind: 'leak',
    all: `select lower(reference) || '-' || step as id, at, who, customer_id, customer_name, array[order_id] as order_ids,
        reference, leaked, step, said
      from software_desk.leaks, lateral (values ('reported', reported_at, reporter_name, remark),
        ('lifted', lifted_at, lifter_name, reason)) as steps (step, at, who, said)
      where at is not null and ($1::text is null or lower(customer_id) = lower($1)) and ($2::text is null or order_id = $2)`,
    told: `'reference', reference, 'leaked', leaked, 'step', step, 'text', said`,
  },
  {
    kind: 'outside',
    all: `select lpad(id::text, 19, '0') as id, at, who, coalesce(customer_id, '') as customer_id, customer_name,
        array_remove(array[order_id], null) as order_ids, what, item
      from software_desk.outside_looks
      where ($1::text is null or lower(customer_id) = lower($1)) and ($2::text is null or order_id = $2)`,
    told: `'what', what, 'item', item`,
  },
  {
    kind: 'decision',
    all: `select lpad(id::text, 19, '0') as id, at, person_name as who, coalesce(facts ->> 'customerId', '') as customer_id,
        facts ->> 'customerName' as customer_name, array_remove(array[facts ->> 'orderId'], null) as order_ids, facts
      from software_desk.audit_decisions
      where ($1::text is null or lower(facts ->> 'customerId') = lower($1)) and ($2::text is null or facts ->> 'orderId' = $2)`,
    told: `facts`,
  },
  {
    kind: 'difference',
    all: `select lpad(id::text, 19, '0') as id, found_at as at, null as who, coalesce(customer_id, '') as customer_id,
        customer_name, array_remove(array[order_id], null) as order_ids, facts, settled_at
      from software_desk.differences
      where told_in is not null and ($1::text is null or lower(customer_id) = lower($1))
        and ($2::text is null or order_id = $2)`,
    told: `'difference', facts, 'settledAt', settled_at`,
  },
];
