import type { Pool } from 'pg';
import {
  type Case,
  type CaseContent,
  type CaseEnding,
  type CaseState,
  demandMove,
} from '../domain/cancellations/case.ts';
import type { CaseChange, CaseEvent } from '../domain/cancellations/case-event.ts';
import type { CaseReason } from '../domain/cancellations/case-reason.ts';
import type { CaseMove, Cases, NewCase } from '../domain/cancellations/cases.ts';
import { Refusal } from '../domain/errors.ts';
import type { SentMessage } from '../domain/people/place.ts';
import { endAttempt, endedRow } from './attempts.ts';
import { fromStored, type Stored, toStored } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Enqueue } from './jobs.ts';
import { enqueueNotices, insertNotices, rowsOf } from './notices.ts';
import { transaction } from './postgres.ts';

export interface CaseRow {
  reference: string;
  submission_id: string;
  fingerprint: string;
  state: CaseState;
  ending: CaseEnding;
  content: CaseContent;
  requester_id: string;
  requester_name: string;
  place_id: string;
  is_private: boolean;
  card: SentMessage | null;
  ticket_id: string | null;
  reason: Stored<CaseReason> | null;
  times_waiting: number;
  times_taken_up: number;
  created_at: Date;
  changed_at: Date;
  checked_at: Date | null;
}

interface EventRow {
  reference: string;
  from_state: CaseEvent['from'] | null;
  to_state: CaseState;
  person_id: string | null;
  person_name: string | null;
  change: Stored<CaseChange>;
  at: Date;
}

export const isOpen = `state not in ('completed', 'refused')`;

export function createCases(pool: Pool, enqueue: Enqueue): Cases {
  async function select(rest: string, values: readonly unknown[]): Promise<Case[]> {
    const { rows } = await pool.query<CaseRow>(`select * from software_desk.cases ${rest}`, [...values]);
    return rows.map(toCase);
  }

  async function one(condition: string, value: string): Promise<Case | undefined> {
    const [found] = await select(`where ${condition} order by changed_at desc limit 1`, [value]);
    return found;
  }

  return {
    async insertOnce(wanted) {
      const fingerprint = fingerprintOf(wanted.content);
      // What stood in the way may be closed by the time it is looked for; then the way is free.
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const { added, same, other } = await insert(pool, enqueue, wanted, fingerprint);
        if (added) return { case: toCase(added), isNew: true };
        if (same) {
          const isSame = same.fingerprint === fingerprint && same.requester_id === wanted.requesterId;
          if (!isSame) throw new Refusal('other-content', {});
          return { case: toCase(same), isNew: false };
        }
        if (other) throw new Refusal('case-open', { reference: other.reference, order: other.content.orderNumber });
      }
      throw new Error(`the case reference ${wanted.reference} is taken`);
    },

    get: (reference) => one('reference = $1', reference),
    bySubmission: (submissionId) => one('submission_id = $1', submissionId),
    withTicket: (ticketId) => select(`where ticket_id = $1 and state <> 'refused' order by created_at`, [ticketId]),
    openForOrder: (orderId) => one(`order_id = $1 and ${isOpen}`, orderId),
    completedForOrder: (orderId) => one(`order_id = $1 and state = 'completed'`, orderId),
    openOf: (customerId) =>
      select(`where ${isOpen} and lower(customer_id) = lower($1) order by created_at`, [customerId]),
    toFileByHand: (now, until) =>
      select(
        `where state = 'needs_person' and reason_kind = 'hand-over' and closes_at > $1 and closes_at <= $2
         order by closes_at, reference`,
        [now, until],
      ),
    recent: (limit) => select('order by created_at desc limit $1', [limit]),

    async advance(move) {
      demandMove(move.reference, move.from, move.to);
      const values = valuesOf(move);
      // Without anything else to write, one statement is a transaction of its own.
      if (!move.notices?.length && !move.isTakenUp) return caseIn((await pool.query<MovedRow>(moveCase, values)).rows);
      return transaction(pool, async (client) => {
        const { rows } = await client.query<MovedRow>(moveCase, values);
        for (const { notices } of rows) await enqueueNotices(client, enqueue, notices);
        if (rows.length > 0 && move.isTakenUp) await enqueue(client, 'work-case', { reference: move.reference });
        return caseIn(rows);
      });
    },

    async setCard(reference, card) {
      await pool.query('update software_desk.cases set card = $2 where reference = $1', [reference, card]);
    },

    async history(reference) {
      const { rows } = await pool.query<EventRow>(
        'select * from software_desk.case_events where reference = $1 order by id',
        [reference],
      );
      return rows.map(toEvent);
    },
  };
}

/** Found instead of it: `same` has its submission id, `other` is an open case of the order. */
interface Inserted {
  readonly added?: CaseRow;
  readonly same?: CaseRow;
  readonly other?: CaseRow;
}

const insertCase = `
  with added as (
    insert into software_desk.cases (reference, submission_id, fingerprint, order_id, order_number, customer_id,
      customer_name, closes_at, state, ending, content, requester_id, requester_name, place_id, is_private, card,
      created_at, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, 'submitted', $9, $10, $11, $12, $13, $14, $15, $16, $16)
    on conflict do nothing returning *
  ), event as (
    insert into software_desk.case_events (reference, from_state, to_state, person_id, person_name, change, at,
      customer_id, customer_name, order_id)
    select reference, 'draft', state, requester_id, requester_name, $17, created_at, customer_id, customer_name, order_id
    from added
  )
  select 'added' as found, added.* from added
  union all
  select case submission_id when $2 then 'same' else 'other' end as found, before.* from software_desk.cases as before
  where submission_id = $2 or (order_id = $4 and ${isOpen})`;

/** Nothing is found where what stands in the way was written at the same time, or is the reference. */
async function insert(pool: Pool, enqueue: Enqueue, wanted: NewCase, fingerprint: string): Promise<Inserted> {
  const { reference, content, at } = wanted;
  return transaction(pool, async (client) => {
    const { rows } = await client.query<CaseRow & { found: keyof Inserted }>(insertCase, [
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
    ]);
    const inserted: Inserted = Object.fromEntries(rows.map((row) => [row.found, row]));
    if (inserted.added) await enqueue(client, 'work-case', { reference });
    return inserted;
  });
}

interface MovedRow extends CaseRow {
  notices: { id: string }[];
}

/** Everything that belongs to a move, in one statement; nothing where the case no longer stands in `from`. */
const moveCase = `
  with moved as (
    update software_desk.cases set state = $3, ending = coalesce($4, ending), changed_at = $5,
      ticket_id = case when $6::boolean then $7 else ticket_id end,
      reason_kind = case when $8::boolean then $9 else reason_kind end,
      reason = case when $8::boolean then $10::json else reason end,
      times_waiting = times_waiting + ($3 = 'needs_person')::integer,
      times_taken_up = times_taken_up + $11::boolean::integer,
      look_at = least(look_at, $5), failed_looks = 0,
      is_ticket_listed = is_ticket_listed and not ($6::boolean and $7 is distinct from ticket_id)
    where reference = $1 and state = $2
    returning *
  ), event as (
    insert into software_desk.case_events (reference, from_state, to_state, person_id, person_name, change, at,
      customer_id, customer_name, order_id)
    select reference, $2, state, $12, $13, $14::json, $5, customer_id, customer_name, order_id from moved
  ), ended as (
    ${endAttempt('$15', '$5')} and exists (select from moved)
  ), told as (
    ${insertNotices({ rows: '$16', at: '$5', where: 'exists (select from moved)' })}
  )
  select moved.*, (select coalesce(json_agg(told), '[]') from told) as notices from moved`;

function valuesOf(move: CaseMove): unknown[] {
  const { reason, by } = move;
  return [
    move.reference,
    move.from,
    move.to,
    move.ending,
    move.at,
    move.ticketId !== undefined,
    move.ticketId,
    reason !== undefined,
    reason?.kind,
    reason && toStored(reason),
    move.isTakenUp ?? false,
    by?.id,
    by?.name,
    toStored(move.change),
    endedRow(move.ended),
    rowsOf(move.notices ?? []),
  ];
}

function caseIn([row]: readonly MovedRow[]): Case | undefined {
  return row && toCase(row);
}

export function toCase(row: CaseRow): Case {
  return {
    reference: row.reference,
    submissionId: row.submission_id,
    state: row.state,
    ending: row.ending,
    content: row.content,
    requesterId: row.requester_id,
    requesterName: row.requester_name,
    placeId: row.place_id,
    isPrivate: row.is_private,
    ...(row.card && { card: row.card }),
    ...(row.ticket_id !== null && { ticketId: row.ticket_id }),
    ...reasonIn(row),
    timesWaiting: row.times_waiting,
    timesTakenUp: row.times_taken_up,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    ...(row.checked_at && { checkedAt: row.checked_at }),
  };
}

function reasonIn({ reason: stored }: CaseRow): Pick<Case, 'reason'> {
  const reason = stored === null ? undefined : fromStored(stored);
  return reason ? { reason } : {};
}

function toEvent(row: EventRow): CaseEvent {
  const { person_id: id, person_name: name } = row;
  return {
    reference: row.reference,
    ...(row.from_state && { from: row.from_state }),
    to: row.to_state,
    ...(name !== null && { by: { ...(id !== null && { id }), name } }),
    change: fromStored(row.change) ?? { kind: 'recorded', text: '' },
    at: row.at,
  };
}
