import type { Pool } from 'pg';
import { Refusal } from '../domain/errors.ts';
import type { OrderReason, OrderSubmission, PurchaseContent, SubmissionState } from '../domain/orders/submission.ts';
import type { OrderSubmissions } from '../domain/orders/submissions.ts';
import type { SentMessage } from '../domain/people/place.ts';
import { endAttempt, endedRow } from './attempts.ts';
import { fromStored, type Stored, toStored } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Enqueue } from './jobs.ts';
import { enqueueNotices, insertNotices, rowsOf } from './notices.ts';
import { transaction } from './postgres.ts';

interface SubmissionRow {
  submission_id: string;
  fingerprint: string;
  state: SubmissionState;
  content: Omit<PurchaseContent, 'cancellableUntilAt'> & { cancellableUntilAt?: string };
  person_id: string;
  person_name: string;
  place_id: string;
  is_private: boolean;
  card: SentMessage | null;
  cart_id: string | null;
  order_ids: string[];
  reason: Stored<OrderReason> | null;
  created_at: Date;
}

const insertSubmission = `
  with added as (
    insert into software_desk.order_submissions (submission_id, fingerprint, state, content, customer_id, customer_name,
      person_id, person_name, place_id, is_private, card, cart_id, order_ids, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    on conflict (submission_id) do nothing returning *
  )
  select true as is_new, added.* from added
  union all select false as is_new, before.* from software_desk.order_submissions as before where submission_id = $1`;

/** What was ordered stays ordered, whoever comes late with another view of it. */
const finishSubmission = `
  with finished as (
    update software_desk.order_submissions set state = $2, order_ids = coalesce($3, order_ids), reason = $4::json
    where submission_id = $1 and state <> 'ordered' returning submission_id
  ), ended as (
    ${endAttempt('$5', '$6')}
  )
  ${insertNotices({ rows: '$7', at: '$6', where: 'exists (select from finished)' })}`;

const recordCart = `
  with ended as (${endAttempt('$3', '$4')})
  update software_desk.order_submissions set cart_id = $2 where submission_id = $1`;

export function createOrderSubmissions(pool: Pool, enqueue: Enqueue): OrderSubmissions {
  async function insert(submission: OrderSubmission, fingerprint: string) {
    const { submissionId, content } = submission;
    return transaction(pool, async (client) => {
      const { rows } = await client.query<SubmissionRow & { is_new: boolean }>(insertSubmission, [
        submissionId,
        fingerprint,
        submission.state,
        content,
        content.customerId,
        content.customerName,
        submission.personId,
        submission.personName,
        submission.placeId,
        submission.isPrivate,
        submission.card,
        submission.cartId,
        submission.orderIds,
        submission.createdAt,
      ]);
      const [row] = rows;
      if (row?.is_new) await enqueue(client, 'finish-order', { submissionId });
      return row;
    });
  }

  return {
    async insertOnce(submission) {
      const fingerprint = fingerprintOf(submission.content);
      // What another one writes at the same time is seen by the next statement only.
      const row = (await insert(submission, fingerprint)) ?? (await insert(submission, fingerprint));
      if (!row) throw new Error('a submission that was just written is gone');
      if (row.fingerprint !== fingerprint || row.person_id !== submission.personId)
        throw new Refusal('other-content', {});
      return { submission: toSubmission(row), isNew: row.is_new };
    },

    async get(submissionId) {
      const { rows } = await pool.query<SubmissionRow>(
        'select * from software_desk.order_submissions where submission_id = $1',
        [submissionId],
      );
      return rows[0] && toSubmission(rows[0]);
    },

    async recordCart(submissionId, { id, attempt, at }) {
      await pool.query(recordCart, [submissionId, id, endedRow({ attempt, outcome: 'done' }), at]);
    },

    async recordReason(submissionId, reason) {
      await pool.query(
        `update software_desk.order_submissions set reason = $2 where submission_id = $1 and state = 'accepted'`,
        [submissionId, reason && toStored(reason)],
      );
    },

    async finish(submissionId, { state, orderIds, reason, ended, at, notices = [] }) {
      const values = [submissionId, state, orderIds, reason && toStored(reason), endedRow(ended), at, rowsOf(notices)];
      // Without a job to put in, one statement is a transaction of its own.
      if (notices.length === 0) return void (await pool.query(finishSubmission, values));
      await transaction(pool, async (client) => {
        const { rows } = await client.query<{ id: string }>(finishSubmission, values);
        await enqueueNotices(client, enqueue, rows);
      });
    },

    async recordShown(notices, at) {
      await pool.query(insertNotices({ rows: '$1', at: '$2', state: 'sent' }), [rowsOf(notices), at]);
    },

    async setCard(submissionId, card) {
      await pool.query('update software_desk.order_submissions set card = $2 where submission_id = $1', [
        submissionId,
        card,
      ]);
    },
  };
}

function toSubmission(row: SubmissionRow): OrderSubmission {
  const { cancellableUntilAt, ...content } = row.content;
  const reason = row.reason === null ? undefined : fromStored(row.reason);
  return {
    submissionId: row.submission_id,
    state: row.state,
    content: { ...content, ...(cancellableUntilAt && { cancellableUntilAt: new Date(cancellableUntilAt) }) },
    personId: row.person_id,
    personName: row.person_name,
    placeId: row.place_id,
    isPrivate: row.is_private,
    ...(row.card && { card: row.card }),
    ...(row.cart_id !== null && { cartId: row.cart_id }),
    orderIds: row.order_ids,
    ...(reason && { reason }),
    createdAt: row.created_at,
  };
}
