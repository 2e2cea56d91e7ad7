import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { NewNotice, Notice, NoticeFacts, NoticeKind, Notices } from '../domain/notices/notice.ts';
import type { SentMessage } from '../domain/people/place.ts';
import type { Enqueue } from './jobs.ts';
import { transaction } from './postgres.ts';

/** What a notice is about; what its kind does not have is null. */
interface FactColumns {
  kind: NoticeKind;
  case_reference: string | null;
  submission_id: string | null;
  order_number: string | null;
  draft_id: string | null;
  person_id: string | null;
  occasion: string | null;
  occurrence: number | null;
  days_waited: number | null;
  hours_left: number | null;
  closes_at: Date | null;
  is_private: boolean;
}

interface NoticeRow extends FactColumns {
  id: string;
  target_to: 'place' | 'person';
  target_id: string;
  state: Notice['state'];
  attempts: number;
  is_maybe_told: boolean;
  is_being_sent: boolean;
  created_at: Date;
}

const columns = `case_reference, submission_id, order_number, draft_id, person_id, occasion, occurrence, days_waited,
  hours_left, closes_at, is_private, kind, target_to, target_id`;

export function createNotices(pool: Pool, enqueue: Enqueue): Notices {
  async function messagesOf(where: string, values: readonly string[]): Promise<SentMessage[]> {
    const { rows } = await pool.query<{ message: SentMessage }>(
      `select message from software_desk.notices where message is not null and ${where} order by created_at, id`,
      [...values],
    );
    return rows.map(({ message }) => message);
  }

  return {
    async add(notices, at) {
      if (notices.length === 0) return;
      await transaction(pool, async (client) => {
        const { rows } = await client.query<{ id: string }>(insertNotices({ rows: '$1', at: '$2' }), [
          rowsOf(notices),
          at,
        ]);
        await enqueueNotices(client, enqueue, rows);
      });
    },

    async recordShown(notices, at) {
      await pool.query(insertNotices({ rows: '$1', at: '$2', state: 'sent' }), [rowsOf(notices), at]);
    },

    async get(id) {
      const { rows } = await pool.query<NoticeRow>('select * from software_desk.notices where id = $1', [id]);
      return rows[0] && toNotice(rows[0]);
    },

    async take(id) {
      const { rows } = await pool.query<NoticeRow>(
        `with before as (
           select * from software_desk.notices where id = $1 and state = 'due' for update
         ), begun as (
           update software_desk.notices as notice
           set is_maybe_told = before.is_maybe_told or before.is_being_sent, is_being_sent = true
           from before where notice.id = before.id
         )
         select * from before`,
        [id],
      );
      const [row] = rows;
      return row && { ...toNotice(row), isMaybeTold: row.is_maybe_told || row.is_being_sent };
    },

    async giveBack(id) {
      await pool.query('update software_desk.notices set is_being_sent = false where id = $1', [id]);
    },

    async settle(id, state, message) {
      const { rowCount } = await pool.query(
        `update software_desk.notices set state = $2, message = $3 where id = $1 and state = 'due'`,
        [id, state, message],
      );
      return rowCount === 1;
    },

    windowMessages: (orderNumber, personId) =>
      messagesOf(`kind = 'window-closing' and order_number = $1 and person_id = $2`, [orderNumber, personId]),

    messagesAbout: (kind, about) =>
      messagesOf(`kind = '${kind}' and split_part(occasion, ' ', 1) = $1 and occasion not like '% lifted'`, [about]),

    async isTold(kind, occasion) {
      const text = 'select from software_desk.notices where kind = $1 and occasion = $2 limit 1';
      return (await pool.query(text, [kind, occasion])).rowCount === 1;
    },

    async toOthers(id) {
      const { rows } = await pool.query<Pick<NoticeRow, 'state' | 'target_to' | 'target_id'>>(
        `select other.state, other.target_to, other.target_id
         from software_desk.notices as one join software_desk.notices as other using (kind, subject)
         where one.id = $1 and other.id <> one.id`,
        [id],
      );
      return rows.map(({ state, target_to: to, target_id: targetId }) => ({ state, target: { to, id: targetId } }));
    },

    async countFailure(id, isMaybeTold) {
      const { rows } = await pool.query<{ attempts: number }>(
        `update software_desk.notices set attempts = attempts + 1, is_maybe_told = is_maybe_told or $2,
           is_being_sent = false
         where id = $1 returning attempts`,
        [id, isMaybeTold],
      );
      return rows[0]?.attempts ?? 0;
    },

    async toTarget({ to, id }, since, limit) {
      const { rows } = await pool.query<NoticeRow>(
        `select * from software_desk.notices
         where target_id = $1 and target_to = $2 and created_at >= $3 order by created_at, id limit $4`,
        [id, to, since, limit],
      );
      return rows.map(toNotice);
    },

    async due(limit) {
      const { rows } = await pool.query<NoticeRow>(
        `select * from software_desk.notices where state = 'due' order by created_at, id limit $1`,
        [limit],
      );
      return rows.map(toNotice);
    },
  };
}

/**
 * A statement, or a part of one: the notices of the parameter `rows` (`rowsOf`) that are not there yet; it returns their
 * ids. `where`: only if that is so.
 */
export function insertNotices({
  rows,
  at,
  state = 'due',
  where = 'true',
}: {
  readonly rows: string;
  readonly at: string;
  readonly state?: 'due' | 'sent';
  readonly where?: string;
}): string {
  return `insert into software_desk.notices (id, state, created_at, ${columns})
    select id, '${state}', ${at}, ${columns}
    from json_to_recordset(${rows}::json) as added (id uuid, case_reference text, submission_id text, order_number text,
      draft_id text, person_id text, occasion text, occurrence integer, days_waited integer, hours_left integer,
      closes_at timestamptz, is_private boolean, kind text, target_to text, target_id text)
    where ${where}
    on conflict do nothing returning id`;
}

/** Always in the same order: two transactions that add the same ones must not wait for each other. */
export function rowsOf(notices: readonly NewNotice[]): string {
  const rows = notices.map((notice) => {
    const { to, id } = notice.target;
    return { is_private: false, ...toColumns(notice), target_to: to, target_id: id };
  });
  rows.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  return JSON.stringify(rows.map((row) => ({ id: randomUUID(), ...row })));
}

/** Inside a transaction of the caller: the jobs that send them. */
export async function enqueueNotices(
  client: PoolClient,
  enqueue: Enqueue,
  notices: readonly { readonly id: string }[],
): Promise<void> {
  for (const { id } of notices) await enqueue(client, 'send-notice', { noticeId: id });
}

function toColumns(facts: NoticeFacts): Partial<FactColumns> {
  const { kind } = facts;
  switch (facts.kind) {
    case 'case-completed':
    case 'case-refused':
      return { kind, case_reference: facts.reference };
    case 'case-needs-person':
      return { kind, case_reference: facts.reference, occurrence: facts.time, days_waited: facts.days };
    case 'order-placed':
    case 'order-declined':
      return { kind, submission_id: facts.submissionId };
    case 'window-closing':
      return {
        kind,
        order_number: facts.orderNumber,
        person_id: facts.personId,
        hours_left: facts.hours,
        closes_at: facts.closesAt,
        is_private: facts.isPrivate ?? false,
        draft_id: facts.draftId,
        case_reference: facts.reference,
      };
    case 'draft-handed-over':
    case 'draft-untold':
      return { kind, draft_id: facts.draftId, occasion: facts.occasion, person_id: facts.askedId };
    case 'draft-discarded':
      return { kind, draft_id: facts.draftId };
    case 'differences-found':
    case 'leak-told':
    case 'review-due':
    case 'daily-digest':
      return { kind, occasion: facts.occasion };
    case 'approval-asked':
    case 'approval-untold':
    case 'approval-told':
      return { kind, occasion: `${facts.reference} ${facts.time}` };
    case 'token-misused':
      return { kind, order_number: facts.orderNumber, person_id: facts.personId, occasion: facts.occasion };
  }
}

function toFacts(row: FactColumns): NoticeFacts {
  const { kind } = row;
  switch (kind) {
    case 'case-completed':
    case 'case-refused':
      return { kind, reference: columnOf(row, 'case_reference') };
    case 'case-needs-person': {
      const facts = { kind, reference: columnOf(row, 'case_reference'), time: columnOf(row, 'occurrence') };
      return row.days_waited === null ? facts : { ...facts, days: row.days_waited };
    }
    case 'order-placed':
    case 'order-declined':
      return { kind, submissionId: columnOf(row, 'submission_id') };
    case 'window-closing':
      return {
        kind,
        orderNumber: columnOf(row, 'order_number'),
        personId: columnOf(row, 'person_id'),
        hours: columnOf(row, 'hours_left'),
        closesAt: columnOf(row, 'closes_at'),
        ...(row.draft_id !== null && { draftId: row.draft_id }),
        ...(row.case_reference !== null && { reference: row.case_reference }),
        ...(row.is_private && { isPrivate: true }),
      };
    case 'draft-handed-over':
    case 'draft-untold': {
      const facts = { kind, draftId: columnOf(row, 'draft_id'), occasion: columnOf(row, 'occasion') };
      return row.person_id === null ? facts : { ...facts, askedId: row.person_id };
    }
    case 'draft-discarded':
      return { kind, draftId: columnOf(row, 'draft_id') };
    case 'differences-found':
    case 'leak-told':
    case 'review-due':
    case 'daily-digest':
      return { kind, occasion: columnOf(row, 'occasion') };
    case 'approval-asked':
    case 'approval-untold':
    case 'approval-told': {
      const [reference = '', time] = columnOf(row, 'occasion').split(' ');
      return { kind, reference, time: Number(time) };
    }
    case 'token-misused':
      return {
        kind,
        orderNumber: columnOf(row, 'order_number'),
        personId: columnOf(row, 'person_id'),
        occasion: columnOf(row, 'occasion'),
      };
    default:
      throw new Error(`a notice of the kind ${kind satisfies never} is not known to this version`);
  }
}

function columnOf<K extends keyof FactColumns>(row: FactColumns, column: K): NonNullable<FactColumns[K]> {
  const value = row[column];
  if (value === null || value === undefined) throw new Error(`a notice of the kind ${row.kind} has no ${column}`);
  return value;
}

function toNotice(row: NoticeRow): Notice {
  return {
    ...toFacts(row),
    id: row.id,
    target: { to: row.target_to, id: row.target_id },
    state: row.state,
    attempts: row.attempts,
    isMaybeTold: row.is_maybe_told,
    createdAt: row.created_at,
  };
}
