import type { Pool } from 'pg';
import { Refusal } from '../domain/errors.ts';
import type { Hindrance, Intent, IntentState, PurchaseContent } from '../domain/orders/submission.ts';
import type { Intents } from '../domain/orders/submissions.ts';
import type { Posted } from '../domain/people/place.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Enqueue } from './jobs.ts';
import { insertNotices, insertSent } from './notices.ts';
import { transaction } from './postgres.ts';

interface IntentRow {
  submission_id: string;
  fingerprint: string;
  state: IntentState;
  content: Omit<PurchaseContent, 'cancellableUntilAt'> & { cancellableUntilAt?: string };
  person_id: string;
  person_name: string;
  place_id: string;
  card: Posted | null;
  cart_request_id: string;
  checkout_request_id: string;
  conflicts: number;
  cart_id: string | null;
  order_ids: string[];
  note: string | null;
  hindrance: Hindrance | null;
  created_at: Date;
}

export function createIntents(pool: Pool, enqueue: Enqueue): Intents {
  async function find(submissionId: string): Promise<IntentRow | undefined> {
    const { rows } = await pool.query<IntentRow>('select * from software_desk.intents where submission_id = $1', [
      submissionId,
    ]);
    return rows[0];
  }

  async function insert(intent: Intent, fingerprint: string): Promise<boolean> {
    return transaction(pool, async (client) => {
      const { rowCount } = await client.query(
        `insert into software_desk.intents (submission_id, fingerprint, state, content, person_id, person_name, place_id,
           card, cart_request_id, checkout_request_id, cart_id, order_ids, note, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (submission_id) do nothing`,
        [
          intent.submissionId,
          fingerprint,
          intent.state,
          intent.content,
          intent.personId,
          intent.personName,
          intent.placeId,
          intent.card,
          intent.cartRequestId,
          intent.checkoutRequestId,
          intent.cartId,
          intent.orderIds,
          intent.note,
          intent.createdAt,
        ],
      );
      if (rowCount === 0) return false;
      await enqueue(client, 'finish-order', { submissionId: intent.submissionId });
      return true;
    });
  }

  return {
    async insertOnce(intent) {
      const fingerprint = fingerprintOf(intent.content);
      const isNew = await insert(intent, fingerprint);
      const row = await find(intent.submissionId);
      if (!row) throw new Error('an intent that was just written is gone');
      if (row.fingerprint !== fingerprint || row.person_id !== intent.personId) throw new Refusal('other-content', {});
      return { intent: toIntent(row), isNew };
    },

    async get(submissionId) {
      const row = await find(submissionId);
      return row && toIntent(row);
    },

    async recordCart(submissionId, cartId) {
      await pool.query('update software_desk.intents set cart_id = $2 where submission_id = $1', [
        submissionId,
        cartId,
      ]);
    },

    async recordConflicts(submissionId, conflicts) {
      await pool.query(
        'update software_desk.intents set conflicts = greatest(conflicts, $2) where submission_id = $1',
        [submissionId, conflicts],
      );
    },

    async recordHindrance(submissionId, hindrance) {
      await pool.query(
        `update software_desk.intents set hindrance = $2 where submission_id = $1 and state = 'accepted'`,
        [submissionId, hindrance],
      );
    },

    async finish(submissionId, { state, orderIds, note, hindrance, at, notices = [] }) {
      await transaction(pool, async (client) => {
        // What was ordered stays ordered, whoever comes late with another view of it.
        const { rowCount } = await client.query(
          `update software_desk.intents set state = $2, order_ids = coalesce($3, order_ids), note = $4,
             hindrance = $5
           where submission_id = $1 and state <> 'ordered'`,
          [submissionId, state, orderIds, note, hindrance],
        );
        if (rowCount === 1) await insertNotices(client, enqueue, notices, at);
      });
    },

    async shown(notices, at) {
      await transaction(pool, (client) => insertSent(client, notices, at));
    },

    async setCard(submissionId, card) {
      await pool.query('update software_desk.intents set card = $2 where submission_id = $1', [submissionId, card]);
    },
  };
}

function toIntent(row: IntentRow): Intent {
  const { cancellableUntilAt, ...content } = row.content;
  return {
    submissionId: row.submission_id,
    state: row.state,
    content: { ...content, ...(cancellableUntilAt && { cancellableUntilAt: new Date(cancellableUntilAt) }) },
    personId: row.person_id,
    personName: row.person_name,
    placeId: row.place_id,
    ...(row.card && { card: row.card }),
    cartRequestId: row.cart_request_id,
    checkoutRequestId: row.checkout_request_id,
    ...(row.conflicts > 0 && { conflicts: row.conflicts }),
    ...(row.cart_id !== null && { cartId: row.cart_id }),
    orderIds: row.order_ids,
    ...(row.note !== null && { note: row.note }),
    ...(row.hindrance !== null && { hindrance: row.hindrance }),
    createdAt: row.created_at,
  };
}
