import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { NewNotice, Notice, NoticeKind, Notices } from '../domain/notices/notice.ts';
import type { Enqueue } from './jobs.ts';
import { transaction } from './postgres.ts';

interface NoticeRow {
  id: string;
  kind: NoticeKind;
  subject: string;
  target_to: 'place' | 'person';
  target_id: string;
  state: Notice['state'];
  attempts: number;
  created_at: Date;
}

export function createNotices(pool: Pool, enqueue: Enqueue): Notices {
  return {
    async add(notices, at) {
      await transaction(pool, (client) => insertNotices(client, enqueue, notices, at));
    },

    async get(id) {
      const { rows } = await pool.query<NoticeRow>('select * from software_desk.notices where id = $1', [id]);
      return rows[0] && toNotice(rows[0]);
    },

    async settle(id, state) {
      const { rowCount } = await pool.query(
        `update software_desk.notices set state = $2 where id = $1 and state = 'due'`,
        [id, state],
      );
      return rowCount === 1;
    },

    async failed(id) {
      const { rows } = await pool.query<{ attempts: number }>(
        'update software_desk.notices set attempts = attempts + 1 where id = $1 returning attempts',
        [id],
      );
      return rows[0]?.attempts ?? 0;
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

/** Inside a transaction of the caller: the rows that are not there yet, each with its job. */
export async function insertNotices(
  client: PoolClient,
  enqueue: Enqueue,
  notices: readonly NewNotice[],
  at: Date,
): Promise<void> {
  for (const noticeId of await insert(client, notices, 'due', at)) await enqueue(client, 'send-notice', { noticeId });
}

/** The same for what people have been told in another way: there is nothing to send. */
export async function insertSent(client: PoolClient, notices: readonly NewNotice[], at: Date): Promise<void> {
  await insert(client, notices, 'sent', at);
}

/** The ids of the rows that were not there yet. */
async function insert(
  client: PoolClient,
  notices: readonly NewNotice[],
  state: 'due' | 'sent',
  at: Date,
): Promise<string[]> {
  const added: string[] = [];
  // Always in the same order: two transactions that add the same ones must not wait for each other.
  for (const { kind, subject, target } of [...notices].sort(byKey)) {
    const noticeId = randomUUID();
    const { rowCount } = await client.query(
      `insert into software_desk.notices (id, kind, subject, target_to, target_id, state, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (kind, subject, target_to, target_id) do nothing`,
      [noticeId, kind, subject, target.to, target.id, state, at],
    );
    if (rowCount === 1) added.push(noticeId);
  }
  return added;
}

function byKey(one: NewNotice, other: NewNotice): number {
  return JSON.stringify([one.kind, one.subject, one.target.to, one.target.id]) <
    JSON.stringify([other.kind, other.subject, other.target.to, other.target.id])
    ? -1
    : 1;
}

function toNotice(row: NoticeRow): Notice {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    target: { to: row.target_to, id: row.target_id },
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
  };
}
