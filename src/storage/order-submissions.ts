import type { Pool } from 'pg';
import { Refusal } from '../domain/errors.ts';
import type {
  OrderReason,
  OrderSubmission,
  PurchaseContent,
  PurchaseLine,
  SubmissionState,
} from '../domain/orders/submission.ts';
import type { OrderSubmissions } from '../domain/orders/submissions.ts';
import type { SentMessage } from '../domain/people/place.ts';
import type { Lease } from '../domain/work/leases.ts';
import { throwUnlessUsable, useApproval } from './approvals.ts';
import { type AttemptRow, attemptIn, endAttempt, endedRow, openAttempt, stepRow } from './attempts.ts';
import { fromStored, type Stored, toStored } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { JobEngine } from './jobs.ts';
import { rememberOrders, toKnown } from './known-orders.ts';
import { takeLease } from './leases.ts';
import { enqueueNotices, insertNotices, rowsOf } from './notices.ts';
import { batch, isTaken, transaction } from './postgres.ts';

interface StoredWindow {
  cancellableUntilAt?: string;
}

export interface SubmissionRow {
  submission_id: string;
  fingerprint: string;
  state: SubmissionState;
  content: Omit<PurchaseContent, 'cancellableUntilAt' | 'furtherLines'> &
    StoredWindow & { furtherLines?: (Omit<PurchaseLine, 'cancellableUntilAt'> & StoredWindow)[] };
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

/** What is written with a new one. */
interface Beside {
  readonly fingerprint: string;
  readonly lease: Lease | undefined;
  /** That it needs. */
  readonly approval: string | undefined;
}

const insertNew = `
  insert into software_desk.order_submissions (submission_id, fingerprint, state, content, customer_id, customer_name,
    person_id, person_name, place_id, is_private, card, cart_id, order_ids, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;

/** What was ordered stays ordered, whoever comes late with another view of it. */
const finishSubmission = `
  with finished as (
    update software_desk.order_submissions set state = $2, order_ids = coalesce($3, order_ids), reason = $4::json
    where submission_id = $1 and state <> 'ordered' returning submission_id
  ), ended as (
    ${endAttempt('$5', '$6')}
  ), noted as (
    ${rememberOrders({ customer: '$8', orders: '$9', placedAt: '$6::timestamptz' })}
  ), told as (
    ${insertNotices({ rows: '$7', at: '$6', where: 'exists (select from finished)' })}
  )
  select exists (select from finished) as is_written, (select coalesce(json_agg(told), '[]') from told) as notices`;

/** The cart that was recorded first stays. */
const recordCart = `
  with ended as (${endAttempt('$3', '$4')}), opened as (${openAttempt('$5', '$4')}),
  carted as (
    update software_desk.order_submissions set cart_id = coalesce(cart_id, $2) where submission_id = $1 returning cart_id
  )
  select * from opened, carted`;

export function createOrderSubmissions(
  pool: Pool,
  { enqueue, jobStatement }: Pick<JobEngine, 'enqueue' | 'jobStatement'>,
): OrderSubmissions {
  /** With its job and its lease, in one round trip. False where it is there already. */
  async function insert(submission: OrderSubmission, { fingerprint, lease, approval }: Beside): Promise<boolean> {
    const job = await jobStatement('finish-order', { submissionId: submission.submissionId });
    const inserted = { text: insertNew, values: valuesOf(submission, fingerprint) };
    try {
      const used = approval === undefined ? [] : [useApproval(approval, submission.createdAt)];
      await batch(pool, [inserted, job, ...(lease ? [takeLease(lease)] : []), ...used]);
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throwUnlessUsable(error, approval);
      throw error;
    }
  }

  async function find(submissionId: string): Promise<SubmissionRow | undefined> {
    const { rows } = await pool.query<SubmissionRow>(
      'select * from software_desk.order_submissions where submission_id = $1',
      [submissionId],
    );
    return rows[0];
  }

  return {
    async insertOnce(submission, lease, approval) {
      const fingerprint = fingerprintOf(submission.content);
      if (await insert(submission, { fingerprint, lease, approval })) return { submission, isNew: true };
      const row = await find(submission.submissionId);
      if (!row) throw new Error('a submission that was just written is gone');
      if (row.fingerprint !== fingerprint || row.person_id !== submission.personId)
        throw new Refusal('other-content', {});
      return { submission: toSubmission(row), isNew: false };
    },

    async get(submissionId) {
      const row = await find(submissionId);
      return row && toSubmission(row);
    },

    async newestOf(customerId, limit) {
      const { rows } = await pool.query<SubmissionRow>(
        `select * from software_desk.order_submissions
         where lower(customer_id) = lower($1) order by created_at desc, submission_id limit $2`,
        [customerId, limit],
      );
      return rows.map(toSubmission);
    },

    async newestBy(personId, limit) {
      const { rows } = await pool.query<SubmissionRow>(
        `select * from software_desk.order_submissions
         where person_id = $1 order by created_at desc, submission_id limit $2`,
        [personId, limit],
      );
      return rows.map(toSubmission);
    },

    async recordCart(submissionId, { id, attempt, at, next }) {
      const ended = endedRow({ attempt, outcome: 'done' });
      const values = [submissionId, id, ended, at, stepRow(next)];
      const { rows } = await pool.query<AttemptRow & { cart_id: string }>(recordCart, values);
      return { id: rows[0]?.cart_id ?? id, next: attemptIn(rows, next) };
    },

    async recordReason(submissionId, reason) {
      await pool.query(
        `update software_desk.order_submissions set reason = $2 where submission_id = $1 and state = 'accepted'`,
        [submissionId, reason && toStored(reason)],
      );
    },

    async finish(submissionId, { state, orderIds, placed, reason, ended, at, notices = [] }) {
      const values = [submissionId, state, orderIds, reason && toStored(reason), endedRow(ended), at, rowsOf(notices)];
      values.push(placed?.customerId ?? null, toKnown(placed?.orders ?? []));
      // Without a job to put in, one statement is a transaction of its own.
      if (notices.length === 0) return isWritten(await pool.query<FinishedRow>(finishSubmission, values));
      return transaction(pool, async (client) => {
        const result = await client.query<FinishedRow>(finishSubmission, values);
        await enqueueNotices(client, enqueue, result.rows[0]?.notices ?? []);
        return isWritten(result);
      });
    },

    async setCard(submissionId, card) {
      await pool.query('update software_desk.order_submissions set card = $2 where submission_id = $1', [
        submissionId,
        card,
      ]);
    },
  };
}

interface FinishedRow {
  is_written: boolean;
  notices: { id: string }[];
}

function isWritten({ rows }: { rows: FinishedRow[] }): boolean {
  return rows[0]?.is_written ?? false;
}

function valuesOf(submission: OrderSubmission, fingerprint: string): unknown[] {
  const { submissionId, content } = submission;
  return [
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
  ];
}

function withWindow<T extends StoredWindow>({ cancellableUntilAt, ...line }: T) {
  return { ...line, ...(cancellableUntilAt && { cancellableUntilAt: new Date(cancellableUntilAt) }) };
}

export function toSubmission(row: SubmissionRow): OrderSubmission {
  const { furtherLines, ...content } = row.content;
  const reason = row.reason === null ? undefined : fromStored(row.reason);
  return {
    submissionId: row.submission_id,
    state: row.state,
    content: { ...withWindow(content), ...(furtherLines && { furtherLines: furtherLines.map(withWindow) }) },
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
