import type { Pool } from 'pg';
import { Refusal } from '../domain/errors.ts';
import type { Blocker, OrderSubmission, PurchaseContent, SubmissionState } from '../domain/orders/submission.ts';
import type { OrderSubmissions } from '../domain/orders/submissions.ts';
import type { SentMessage } from '../domain/people/place.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Enqueue } from './jobs.ts';
import { insertNotices, insertSent } from './notices.ts';
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
  cart_request_id: string;
  checkout_request_id: string;
  conflicts: number;
  cart_id: string | null;
  order_ids: string[];
  note: string | null;
  blocker: Blocker | null;
  created_at: Date;
}

export function createOrderSubmissions(pool: Pool, enqueue: Enqueue): OrderSubmissions {
  async function find(submissionId: string): Promise<SubmissionRow | undefined> {
    const { rows } = await pool.query<SubmissionRow>(
      'select * from software_desk.order_submissions where submission_id = $1',
      [submissionId],
    );
    return rows[0];
  }

  async function insert(submission: OrderSubmission, fingerprint: string): Promise<boolean> {
    return transaction(pool, async (client) => {
      const { rowCount } = await client.query(
        `insert into software_desk.order_submissions (submission_id, fingerprint, state, content, person_id, person_name, place_id,
           is_private, card, cart_request_id, checkout_request_id, cart_id, order_ids, note, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (submission_id) do nothing`,
        [
          submission.submissionId,
          fingerprint,
          submission.state,
          submission.content,
          submission.personId,
          submission.personName,
          submission.placeId,
          submission.isPrivate,
          submission.card,
          submission.cartRequestId,
          submission.checkoutRequestId,
          submission.cartId,
          submission.orderIds,
          submission.note,
          submission.createdAt,
        ],
      );
      if (rowCount === 0) return false;
      await enqueue(client, 'finish-order', { submissionId: submission.submissionId });
      return true;
    });
  }

  return {
    async insertOnce(submission) {
      const fingerprint = fingerprintOf(submission.content);
      const isNew = await insert(submission, fingerprint);
      const row = await find(submission.submissionId);
      if (!row) throw new Error('a submission that was just written is gone');
      if (row.fingerprint !== fingerprint || row.person_id !== submission.personId)
        throw new Refusal('other-content', {});
      return { submission: toSubmission(row), isNew };
    },

    async get(submissionId) {
      const row = await find(submissionId);
      return row && toSubmission(row);
    },

    async recordCart(submissionId, cartId) {
      await pool.query('update software_desk.order_submissions set cart_id = $2 where submission_id = $1', [
        submissionId,
        cartId,
      ]);
    },

    async recordConflicts(submissionId, conflicts) {
      await pool.query(
        'update software_desk.order_submissions set conflicts = greatest(conflicts, $2) where submission_id = $1',
        [submissionId, conflicts],
      );
    },

    async recordBlocker(submissionId, blocker) {
      await pool.query(
        `update software_desk.order_submissions set blocker = $2 where submission_id = $1 and state = 'accepted'`,
        [submissionId, blocker],
      );
    },

    async finish(submissionId, { state, orderIds, note, blocker, at, notices = [] }) {
      await transaction(pool, async (client) => {
        // What was ordered stays ordered, whoever comes late with another view of it.
        const { rowCount } = await client.query(
          `update software_desk.order_submissions set state = $2, order_ids = coalesce($3, order_ids), note = $4,
             blocker = $5
           where submission_id = $1 and state <> 'ordered'`,
          [submissionId, state, orderIds, note, blocker],
        );
        if (rowCount === 1) await insertNotices(client, enqueue, notices, at);
      });
    },

    async shown(notices, at) {
      await transaction(pool, (client) => insertSent(client, notices, at));
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
  return {
    submissionId: row.submission_id,
    state: row.state,
    content: { ...content, ...(cancellableUntilAt && { cancellableUntilAt: new Date(cancellableUntilAt) }) },
    personId: row.person_id,
    personName: row.person_name,
    placeId: row.place_id,
    isPrivate: row.is_private,
    ...(row.card && { card: row.card }),
    cartRequestId: row.cart_request_id,
    checkoutRequestId: row.checkout_request_id,
    ...(row.conflicts > 0 && { conflicts: row.conflicts }),
    ...(row.cart_id !== null && { cartId: row.cart_id }),
    orderIds: row.order_ids,
    ...(row.note !== null && { note: row.note }),
    ...(row.blocker !== null && { blocker: row.blocker }),
    createdAt: row.created_at,
  };
}
