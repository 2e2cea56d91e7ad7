import { DatabaseError, type Pool, type PoolClient, type QueryConfig } from 'pg';
import {
  type Approval,
  type ApprovalStep,
  type Approvals,
  type NewApproval,
  subjectOf,
} from '../domain/approvals/approval.ts';
import type { ApprovalState } from '../domain/approvals/approval-state.ts';
import type { Decision } from '../domain/audit/audit.ts';
import { Refusal } from '../domain/errors.ts';
import type { NewNotice } from '../domain/notices/notice.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Enqueue } from './jobs.ts';
import { enqueueNotices, insertNotices, rowsOf } from './notices.ts';
import { transaction } from './postgres.ts';

interface ApprovalRow {
  reference: string;
  revision: number;
  state: ApprovalState;
  requester_id: string;
  requester_name: string;
  draft_id: string;
  created_at: Date;
  remind_at: Date | null;
  expires_at: Date;
  record: Pick<Approval, 'reviewed' | 'preparers' | 'placeId' | 'isPrivate' | 'claim' | 'steps'>;
}

/** Over by its time, though nobody has written that yet. */
const isPast = 'counts_for is not null and expires_at <= $1';

export function createApprovals(pool: Pool, enqueue: Enqueue): Approvals {
  async function writeStep(client: PoolClient, approval: Approval, notices: readonly NewNotice[]): Promise<void> {
    const last = approval.steps.at(-1);
    if (!last) throw new Error('an approval without a step');
    await client.query(recordStep(approval, last));
    if (notices.length === 0) return;
    const added = await client.query<{ id: string }>(insertNotices({ rows: '$1', at: '$2' }), [
      rowsOf(notices),
      new Date(last.at),
    ]);
    await enqueueNotices(client, enqueue, added.rows);
  }

  async function withdrawOthers(client: PoolClient, { reference, draftId, createdAt }: Approval): Promise<string[]> {
    const { rows } = await client.query<ApprovalRow>(
      `select * from software_desk.approvals where draft_id = $1 and reference <> $2 and counts_for is not null
         and kind <> 'reveals' and state in ('waiting', 'approved') for update`,
      [draftId, reference],
    );
    for (const row of rows) {
      const found = toApproval(row);
      const step = { step: 'withdrawn', at: createdAt.toISOString() } as const;
      const withdrawn = {
        ...found,
        revision: found.revision + 1,
        state: 'withdrawn',
        steps: [...found.steps, step],
      } as const;
      await client.query(updateOf(withdrawn));
      await writeStep(client, withdrawn, []);
    }
    return rows.map((row) => row.reference);
  }

  return {
    ask: (wanted, notices) =>
      transaction(pool, async (client) => {
        const { submissionId, createdAt } = wanted;
        const submitted = await client.query(
          `select from software_desk.order_submissions where submission_id = $1
           union all select from software_desk.cases where submission_id = $1`,
          [submissionId],
        );
        if ((submitted.rowCount ?? 0) > 0) return { kind: 'submitted' };
        await client.query(
          `update software_desk.approvals set state = case state when 'rejected' then state else 'expired' end,
             counts_for = null, revision = revision + 1 where counts_for = $2 and ${isPast}`,
          [createdAt, countsFor(wanted)],
        );
        const approval = begun(wanted);
        const inserted = await client.query(insertOf(approval, countsFor(wanted)));
        if (inserted.rowCount === 0) {
          const { rows } = await client.query<ApprovalRow>(
            'select * from software_desk.approvals where counts_for = $1',
            [countsFor(wanted)],
          );
          const [row] = rows;
          if (!row) throw new Refusal('still-working', {});
          return { kind: 'asked', approval: toApproval(row), isNew: false, withdrawn: [] };
        }
        const withdrawn = await withdrawOthers(client, approval);
        await writeStep(client, approval, notices);
        return { kind: 'asked', approval, isNew: true, withdrawn };
      }),

    async get(reference) {
      const { rows } = await pool.query<ApprovalRow>('select * from software_desk.approvals where reference = $1', [
        reference,
      ]);
      return rows[0] && toApproval(rows[0]);
    },

    async waiting(limit) {
      const { rows } = await pool.query<ApprovalRow>(
        `select * from software_desk.approvals where counts_for is not null and state = 'waiting'
         order by created_at limit $1`,
        [limit],
      );
      return rows.map(toApproval);
    },

    async due(now, limit) {
      const { rows } = await pool.query<ApprovalRow>(
        `select * from software_desk.approvals as approval where counts_for is not null and (
           ${isPast} or (state = 'waiting' and remind_at <= $1)
           or (state in ('waiting', 'approved') and kind <> 'reveals' and exists (
             select from software_desk.drafts where id = approval.draft_id and is_over)))
         order by created_at limit $2`,
        [now, limit],
      );
      return rows.map(toApproval);
    },

    change: ({ approval, notices }) =>
      transaction(pool, async (client) => {
        const { rowCount } = await client.query(updateOf(approval));
        if (rowCount === 0) return false;
        await writeStep(client, approval, notices);
        return true;
      }),
  };
}

/** In the transaction of what it is for. */
export function useApproval(reference: string, at: Date): QueryConfig {
  return { text: 'select software_desk.use_approval($1, $2)', values: [reference, at] };
}

/** Somebody else used it, or it has expired meanwhile. */
export function throwUnlessUsable(error: unknown, reference: string | undefined): void {
  if (reference !== undefined && error instanceof DatabaseError && error.code === 'SD002')
    throw new Refusal('approval-over', { reference, state: 'used' });
}

/** A change of what was reviewed, or another person, is another matter. */
function countsFor({ draftId, requester, reviewed }: NewApproval): string {
  if (reviewed.kind === 'reveals') return `reveals ${requester.id}`;
  return `${draftId} ${fingerprintOf({ requesterId: requester.id, reviewed })}`;
}

function begun({ submissionId: _, ...wanted }: NewApproval): Approval {
  const asked = { step: 'asked', at: wanted.createdAt.toISOString(), by: wanted.requester } as const;
  return { ...wanted, revision: 1, state: 'waiting', steps: [asked] };
}

function insertOf(approval: Approval, counts: string): QueryConfig {
  const { reference, revision, state, reviewed, requester, draftId, createdAt, remindAt, expiresAt } = approval;
  return {
    text: `insert into software_desk.approvals (reference, revision, state, counts_for, kind, requester_id, requester_name,
        draft_id, created_at, remind_at, expires_at, about, record)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (counts_for) do nothing`,
    values: [
      ...[reference, revision, state, counts, reviewed.kind, requester.id, requester.name],
      ...[draftId, createdAt, remindAt, expiresAt, subjectOf(approval), recordOf(approval)],
    ],
  };
}

/** Only over the revision before. */
function updateOf(approval: Approval): QueryConfig {
  const { reference, revision, state, remindAt, expiresAt } = approval;
  return {
    text: `update software_desk.approvals set revision = $2, state = $3, remind_at = $4, expires_at = $5, record = $6,
        counts_for = case when $3 in ('waiting', 'approved', 'rejected') then counts_for end
      where reference = $1 and revision = $2 - 1 and counts_for is not null`,
    values: [reference, revision, state, remindAt, expiresAt, recordOf(approval)],
  };
}

function recordOf({ reviewed, preparers, placeId, isPrivate, claim, steps }: Approval): ApprovalRow['record'] {
  return { reviewed, preparers, placeId, isPrivate, ...(claim && { claim }), steps };
}

function recordStep(approval: Approval, { step, at, by, text }: ApprovalStep): QueryConfig {
  const { reference } = approval;
  const facts: Decision = { kind: 'approval', reference, step, about: subjectOf(approval), ...(text && { text }) };
  return {
    text: 'insert into software_desk.audit_decisions (at, person_id, person_name, facts) values ($1, $2, $3, $4)',
    values: [at, by?.id, by?.name, facts],
  };
}

function toApproval(row: ApprovalRow): Approval {
  return {
    ...row.record,
    reference: row.reference,
    revision: row.revision,
    state: row.state,
    requester: { id: row.requester_id, name: row.requester_name },
    draftId: row.draft_id,
    createdAt: row.created_at,
    ...(row.remind_at && { remindAt: row.remind_at }),
    expiresAt: row.expires_at,
  };
}
