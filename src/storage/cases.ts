import type { Pool, PoolClient } from 'pg';
import type { Case, CaseContent, CaseEnding, CaseEvent, CaseState } from '../domain/cancellations/case.ts';
import type { Cases, NewCase } from '../domain/cancellations/cases.ts';
import { Refusal } from '../domain/errors.ts';
import type { SentMessage } from '../domain/people/place.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Enqueue } from './jobs.ts';
import { insertNotices } from './notices.ts';
import { transaction } from './postgres.ts';

interface CaseRow {
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
  note: string | null;
  created_at: Date;
  changed_at: Date;
  checked_at: Date | null;
}

interface EventRow {
  reference: string;
  from_state: CaseEvent['from'] | null;
  to_state: CaseState;
  who: string;
  why: string;
  at: Date;
}

const isOpen = `state not in ('completed', 'refused')`;

export function createCases(pool: Pool, enqueue: Enqueue): Cases {
  async function select(rest: string, values: readonly unknown[]): Promise<Case[]> {
    const { rows } = await pool.query<CaseRow>(`select * from software_desk.cases ${rest}`, [...values]);
    return rows.map(toCase);
  }

  async function one(condition: string, value: string): Promise<Case | undefined> {
    const [found] = await select(`where ${condition} order by changed_at desc limit 1`, [value]);
    return found;
  }

  async function update(assignment: string, reference: string, value: unknown): Promise<void> {
    await pool.query(`update software_desk.cases set ${assignment} where reference = $1`, [reference, value]);
  }

  return {
    async insertOnce(wanted) {
      const fingerprint = fingerprintOf(wanted.content);
      // What stood in the way may be closed by the time it is looked for; then the way is free.
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const isNew = await transaction(pool, (client) => insert(client, enqueue, wanted, fingerprint));
        const same = await findBySubmission(pool, wanted.submissionId);
        if (same) {
          const isSame = same.fingerprint === fingerprint && same.requester_id === wanted.requesterId;
          if (!isSame) throw new Refusal('other-content', {});
          return { case: toCase(same), isNew };
        }
        const other = await one(`order_id = $1 and ${isOpen}`, wanted.content.orderId);
        if (other) throw new Refusal('case-open', { reference: other.reference, order: other.content.orderNumber });
      }
      throw new Error(`the case reference ${wanted.reference} is taken`);
    },

    get: (reference) => one('reference = $1', reference),
    bySubmission: (submissionId) => one('submission_id = $1', submissionId),
    withTicket: (ticketId) => select(`where ticket_id = $1 and state <> 'refused' order by created_at`, [ticketId]),
    openForOrder: (orderId) => one(`order_id = $1 and ${isOpen}`, orderId),
    completedForOrder: (orderId) => one(`order_id = $1 and state = 'completed'`, orderId),
    open: (limit) => select(`where ${isOpen} order by checked_at nulls first, created_at limit $1`, [limit]),
    // Looked for in the text: PostgreSQL does not read as JSON all that people type (`audit.ts`).
    openOf: (customerId) =>
      select(`where ${isOpen} and strpos(lower(content::text), $1) > 0 order by created_at`, [
        `"customerid":${JSON.stringify(customerId.toLowerCase())}`,
      ]),
    recent: (limit) => select('order by created_at desc limit $1', [limit]),

    async advance(move) {
      return transaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `update software_desk.cases set state = $3, ending = coalesce($4, ending), changed_at = $5,
             ticket_id = case when $6::boolean then $7 else ticket_id end,
             note = case when $8::boolean then $9 else note end
           where reference = $1 and state = $2`,
          [
            move.reference,
            move.from,
            move.to,
            move.ending,
            move.at,
            move.ticketId !== undefined,
            move.ticketId,
            move.note !== undefined,
            move.note && storable(move.note),
          ],
        );
        if (rowCount === 0) return false;
        await insertEvent(client, move);
        await insertNotices(client, enqueue, move.notices ?? [], move.at);
        if (move.hasJob) await enqueue(client, 'work-case', { reference: move.reference });
        return true;
      });
    },

    setCard: (reference, card) => update('card = $2', reference, card),
    looked: (reference, at) => update('checked_at = $2', reference, at),

    async history(reference) {
      const { rows } = await pool.query<EventRow>(
        'select * from software_desk.case_events where reference = $1 order by id',
        [reference],
      );
      return rows.map(({ from_state, to_state, who, why, at }) => ({
        reference,
        ...(from_state && { from: from_state }),
        to: to_state,
        who,
        why,
        at,
      }));
    },
  };
}

/** False when a row is in the way: the same submission, the same reference, or an open case of the order. */
async function insert(client: PoolClient, enqueue: Enqueue, wanted: NewCase, fingerprint: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into software_desk.cases (reference, submission_id, fingerprint, order_id, state, ending, content,
       requester_id, requester_name, place_id, is_private, card, created_at, changed_at)
     values ($1, $2, $3, $4, 'submitted', $5, $6, $7, $8, $9, $10, $11, $12, $12)
     on conflict do nothing`,
    [
      wanted.reference,
      wanted.submissionId,
      fingerprint,
      wanted.content.orderId,
      wanted.ending,
      wanted.content,
      wanted.requesterId,
      wanted.requesterName,
      wanted.placeId,
      wanted.isPrivate,
      wanted.card,
      wanted.at,
    ],
  );
  if (rowCount === 0) return false;
  const { reference, requesterName: who, content, at } = wanted;
  await insertEvent(client, { reference, from: 'draft', to: 'submitted', who, why: content.reason, at });
  await enqueue(client, 'work-case', { reference });
  return true;
}

async function insertEvent(client: PoolClient, event: CaseEvent): Promise<void> {
  await client.query(
    `insert into software_desk.case_events (reference, from_state, to_state, who, why, at)
     values ($1, $2, $3, $4, $5, $6)`,
    [event.reference, event.from, event.to, event.who, storable(event.why), event.at],
  );
}

/** A text column takes no NUL, which may be among what somebody pasted as a reason. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '');
}

async function findBySubmission(pool: Pool, submissionId: string): Promise<CaseRow | undefined> {
  const { rows } = await pool.query<CaseRow>('select * from software_desk.cases where submission_id = $1', [
    submissionId,
  ]);
  return rows[0];
}

function toCase(row: CaseRow): Case {
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
    ...(row.note !== null && { note: row.note }),
    createdAt: row.created_at,
    changedAt: row.changed_at,
    ...(row.checked_at && { checkedAt: row.checked_at }),
  };
}
