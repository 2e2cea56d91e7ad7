import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { NewNotice, Notice, Notices } from '../domain/notices/notice.ts';
import type { SentMessage } from '../domain/people/place.ts';
import type { Enqueue } from './jobs.ts';
import { type FactColumns, factColumns, factDefinitions, toColumns, toFacts } from './notice-facts.ts';
import { transaction } from './postgres.ts';

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

    messagesAbout: (kind, reference) =>
      kind === 'leak-told'
        ? messagesOf(`kind = 'leak-told' and leak_reference = $1 and leak_step = 'reported'`, [reference])
        : messagesOf(`kind = 'approval-asked' and approval_reference = $1`, [reference]),

    async isReviewTold(quarter) {
      const text = `select from software_desk.notices where kind = 'review-due' and quarter = $1 limit 1`;
      return (await pool.query(text, [quarter])).rowCount === 1;
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
  const columns = `${factColumns}, target_to, target_id`;
  return `insert into software_desk.notices (id, state, created_at, ${columns})
    select id, '${state}', ${at}, ${columns}
    from json_to_recordset(${rows}::json) as added (id uuid, ${factDefinitions}, target_to text, target_id text)
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
