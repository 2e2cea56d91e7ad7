import type { Pool, QueryConfig } from 'pg';
import type { CaseChange } from '../domain/cancellations/case-event.ts';
import type { NewCase } from '../domain/cancellations/cases.ts';
import type { Lease } from '../domain/work/leases.ts';
import { traceContext } from '../domain/work/trace.ts';
import { throwUnlessUsable, useApproval } from './approvals.ts';
import { type CaseRow, isOpen } from './case-rows.ts';
import { putContact } from './contacts.ts';
import { toStored } from './facts.ts';
import type { JobEngine } from './jobs.ts';
import { takeLease } from './leases.ts';
import { batch, isTaken } from './postgres.ts';

const insertNew = `
  with added as (
    insert into software_desk.cases (reference, submission_id, fingerprint, order_id, order_number, customer_id,
      customer_name, closes_at, state, ending, content, requester_id, requester_name, place_id, is_private, card,
      created_at, changed_at, traceparent, files)
    values ($1, $2, $3, $4, $5, $6, $7, $8, 'submitted', $9, $10, $11, $12, $13, $14, $15, $16, $16, $19,
      (select count(*) from software_desk.ticket_files where draft_id = $18))
    returning *
  ), taken_files as (
    update software_desk.ticket_files set case_reference = $1 where draft_id = $18
  ), event as (
    insert into software_desk.case_events (reference, from_state, to_state, person_id, person_name, change, at,
      customer_id, customer_name, order_id)
    select reference, 'draft', state, requester_id, requester_name, $17, created_at, customer_id, customer_name, order_id
    from added
  )
  select * from added`;

interface Beside {
  readonly fingerprint: string;
  readonly lease: Lease | undefined;
  /** That it needs. */
  readonly approval: string | undefined;
}

/** The case with its job and its lease, in one round trip. Nothing where another one stands in the way. */
export async function insertCase(
  pool: Pool,
  { jobStatement }: Pick<JobEngine, 'jobStatement'>,
  wanted: NewCase,
  { fingerprint, lease, approval }: Beside,
): Promise<CaseRow | undefined> {
  const job = await jobStatement('work-case', { reference: wanted.reference });
  const values = valuesOf(wanted, fingerprint);
  try {
    const used = approval === undefined ? [] : [useApproval(approval, wanted.at)];
    const [inserted] = await batch(pool, [{ text: insertNew, values }, job, ...besides(wanted, lease), ...used]);
    return inserted?.rows[0];
  } catch (error) {
    if (isTaken(error)) return undefined;
    throwUnlessUsable(error, approval);
    throw error;
  }
}

/** Found instead of it: `same` has its submission id, `other` is an open case of the order. */
interface InTheWay {
  readonly same?: CaseRow;
  readonly other?: CaseRow;
}

export async function findInTheWay(pool: Pool, { submissionId, content }: NewCase): Promise<InTheWay> {
  const { rows } = await pool.query<CaseRow & { found: keyof InTheWay }>(
    `select case submission_id when $1 then 'same' else 'other' end as found, before.*
     from software_desk.cases as before where submission_id = $1 or (order_id = $2 and ${isOpen})`,
    [submissionId, content.orderId],
  );
  return Object.fromEntries(rows.map((row) => [row.found, row]));
}

/** What is written with a new case. */
function besides({ requesterId, content }: NewCase, lease: Lease | undefined): QueryConfig[] {
  const { contactName: name, contactEmail: email, contactPhone: phone } = content;
  return [...(email ? [putContact(requesterId, { name, email, phone })] : []), ...(lease ? [takeLease(lease)] : [])];
}

function valuesOf(wanted: NewCase, fingerprint: string): unknown[] {
  const { reference, content, at } = wanted;
  return [
    reference,
    wanted.submissionId,
    fingerprint,
    content.orderId,
    content.orderNumber,
    content.customerId,
    content.customerName,
    content.closesAt,
    wanted.ending,
    content,
    wanted.requesterId,
    wanted.requesterName,
    wanted.placeId,
    wanted.isPrivate,
    wanted.card,
    at,
    toStored<CaseChange>({ kind: 'submitted', reason: content.reason }),
    wanted.draftId,
    traceContext(),
  ];
}
