import { randomUUID } from 'node:crypto';
import type { Pool, QueryResult } from 'pg';
import {
  type ClosedSession,
  maxOpenTopics,
  type SessionChanges,
  type SessionQuery,
  type Sessions,
  type Topic,
} from '../domain/drafts/drafts.ts';
import type { Contact } from '../domain/people/contact.ts';
import { type DraftRow, stateOf, toDraft } from './drafts.ts';
import type { JobEngine } from './jobs.ts';
import { batch } from './postgres.ts';
import { filesAsJson } from './ticket-files.ts';
import { putVisibleKey } from './visible-keys.ts';

interface SessionRow extends DraftRow {
  is_seen: boolean;
  is_submitted: boolean;
  contact: Contact | null;
  topics: Topic[] | null;
}

/** Which draft a session is about; the parameters from $4 on. */
const draftBy = {
  id: 'draft.id = $4',
  waiting: `draft.id = (select draft_id from software_desk.waiting_drafts where person_id = $2 and place_id = $3)
    and draft.owner_id = $2 and draft.place_id = $3 and not draft.is_over`,
  key: `draft.id = (select id from software_desk.drafts
    where owner_id = $2 and flow = $4 and key = $5 and not is_over order by changed_at desc limit 1)`,
  none: 'false',
} as const;

const openTopics = `(select json_agg(json_build_object('flow', flow, 'key', key)) from (select flow, key
  from software_desk.drafts where owner_id = $2 and key is not null and not is_over
  order by changed_at desc limit ${maxOpenTopics}) as open)`;

const openBy = Object.fromEntries(
  Object.entries(draftBy).map(([by, condition]) => [
    by,
    {
      name: `open-session-by-${by}`,
      text: `
        select
          exists (select from software_desk.seen_activities where key = $1) as is_seen,
          (select contact from software_desk.contacts where person_id = $2) as contact,
          ${by === 'waiting' ? openTopics : 'null'} as topics,
          exists (select from software_desk.order_submissions as submitted
            where submitted.submission_id = draft.submission_id)
          or exists (select from software_desk.cases as submitted
            where submitted.submission_id = draft.submission_id) as is_submitted,
          ${by === 'none' ? 'null' : filesAsJson('files.draft_id = draft.id')} as files,
          draft.*
        from (values ($3::text)) as here (place_id) left join software_desk.drafts as draft on ${condition}`,
    },
  ]),
) as Record<keyof typeof draftBy, { name: string; text: string }>;

/**
 * A draft that was changed meanwhile is left alone, and so are the mark and the pointer that belong to the change. A first
 * one is written only where no other turn has begun one of the same message: who comes second waits until the first is in.
 */
const closeText = `
  with begun as (
    insert into software_desk.seen_activities as known (key, at, turn_id, draft_id)
    select $1, now(), $25, $4::text where $1::text is not null and $5::int = 1
    on conflict (key) do update set at = known.at where known.turn_id = excluded.turn_id or known.turn_id is null
    returning key
  ), written as (
    insert into software_desk.drafts as known (id, revision, schema_version, flow, step, owner_id, owner_name, place_id,
      place_kind, is_private, is_handed_over, is_over, title, key, submission_id, closing_order_number, closes_at,
      reminded_at, state, changed_at)
    select $4::text, $5::int, $6::int, $7::text, $8::text, $9::text, $10::text, $11::text, $12::text, $13::boolean,
      $14::boolean, $15::boolean, $16::text, $17::text, $18::text, $19::text, $20::timestamptz, $21::timestamptz,
      $22::json, $23::timestamptz
    where $1::text is null or $5::int > 1 or exists (select from begun)
    on conflict (id) do update set revision = excluded.revision, step = excluded.step, owner_id = excluded.owner_id,
      owner_name = excluded.owner_name, place_id = excluded.place_id, place_kind = excluded.place_kind,
      is_private = excluded.is_private, is_handed_over = excluded.is_handed_over, is_over = excluded.is_over,
      title = excluded.title, key = excluded.key, submission_id = excluded.submission_id,
      closing_order_number = excluded.closing_order_number, closes_at = excluded.closes_at,
      reminded_at = case when known.closing_order_number = excluded.closing_order_number
        and known.closes_at = excluded.closes_at then greatest(known.reminded_at, excluded.reminded_at)
        else excluded.reminded_at end,
      state = excluded.state, changed_at = excluded.changed_at
    where known.revision = excluded.revision - 1
    returning id
  ), decided as (
    -- As it was before this statement.
    insert into software_desk.audit_decisions (at, person_id, person_name, facts)
    select $23, $2, case when excluded_owner = $2 then excluded_name end,
      case when known.owner_id <> excluded_owner
        then json_build_object('kind', 'taken-over', 'title', known.title, 'from', known.owner_name)
        else json_build_object('kind', 'handed-over', 'title', known.title) end
    from written join software_desk.drafts as known using (id)
      cross join (values ($9::text, $10::text)) as excluded (excluded_owner, excluded_name)
    where known.owner_id <> excluded_owner or ($14 and not known.is_handed_over)
  ), marked as (
    insert into software_desk.seen_activities (key, at, turn_id) select $1, now(), $25 from written
    where $1::text is not null and $5::int > 1
    on conflict do nothing
  ), pointed as (
    insert into software_desk.waiting_drafts (person_id, place_id, draft_id)
    select $2, $3, id from written where $24 = 'yes'
    on conflict (person_id, place_id) do update set draft_id = excluded.draft_id
    where waiting_drafts.draft_id <> excluded.draft_id
  ), dropped_files as (
    -- Those of a case stay with it.
    delete from software_desk.ticket_files using written where $15 and draft_id = written.id and case_reference is null
  ), forgotten as (
    delete from software_desk.waiting_drafts
    using written where $24 = 'no' and person_id = $2 and place_id = $3 and draft_id = written.id
  )
  select count(*)::int as written from written`;

export function createSessions(pool: Pool, { hideStatement }: Pick<JobEngine, 'hideStatement'>): Sessions {
  return {
    async open(query) {
      const { draft } = query;
      const values = [query.activityKey ?? null, query.personId, query.placeId, ...valuesOf(draft)];
      const { rows } = await pool.query<SessionRow>({ ...openBy[draft?.by ?? 'none'], values });
      const row = rows[0];
      if (!row) throw new Error('opening a session gave no row');
      return {
        isSeen: row.is_seen,
        isSubmitted: row.is_submitted,
        ...(row.contact && { contact: row.contact }),
        ...(draft?.by === 'waiting' && { openTopics: row.topics ?? [] }),
        ...(row.id !== null && { draft: toDraft(row) }),
      };
    },

    async close(changes) {
      const { onScreen, draft } = changes;
      const close = {
        name: 'close-session',
        text: closeText,
        values: [
          changes.activityKey ?? null,
          changes.personId,
          changes.placeId,
          ...columnsOf(changes),
          changes.isWaiting,
          changes.turnId ?? null,
        ],
      };
      if (!onScreen) return outcomeOf(await pool.query<{ written: number }>(close), changes);
      const id = randomUUID();
      const put = putVisibleKey(id, onScreen, { draftId: draft.id, revision: draft.revision });
      const [closed] = await batch(pool, [close, put, await hideStatement(id, onScreen.seconds)]);
      return outcomeOf(closed, changes);
    },
  };

  async function outcomeOf(
    closed: QueryResult<{ written: number }> | undefined,
    { activityKey, draft }: SessionChanges,
  ): Promise<ClosedSession> {
    if (closed?.rows[0]?.written === 1) return 'written';
    if (activityKey === undefined || draft.revision > 1) return 'stale';
    const { rows } = await pool.query<{ draft_id: string | null }>(
      'select draft_id from software_desk.seen_activities where key = $1',
      [activityKey],
    );
    const begunAs = rows[0]?.draft_id;
    return begunAs ? { begunAs } : 'stale';
  }
}

function valuesOf(draft: SessionQuery['draft']): string[] {
  if (draft?.by === 'id') return [draft.id];
  return draft?.by === 'key' ? [draft.flow, draft.key] : [];
}

function columnsOf({ draft }: SessionChanges): unknown[] {
  const { closing, settled } = draft;
  return [
    draft.id,
    draft.revision,
    draft.version,
    draft.flow,
    draft.step,
    draft.ownerId,
    draft.ownerName,
    draft.place.id,
    draft.place.kind,
    draft.isPrivate,
    draft.isHandedOver,
    settled !== undefined,
    draft.title,
    draft.key,
    draft.submissionId,
    closing?.orderNumber,
    closing?.closesAt,
    closing?.askedAt,
    stateOf(draft),
    draft.changedAt,
  ];
}
