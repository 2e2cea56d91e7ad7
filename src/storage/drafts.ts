import type { Pool } from 'pg';
import type { Draft } from '../domain/drafts/draft.ts';
import type { Drafts, OpenDraft } from '../domain/drafts/drafts.ts';
import { pageSize } from '../domain/notices/pages.ts';
import { type FileRow, toTicketFile } from './ticket-files.ts';

/** What no statement looks into, by name: all of it is kept as one JSON. */
const stateFields = [
  'trail',
  'data',
  'preparer',
  'earlierOwners',
  'isTold',
  'askedId',
  'yesFor',
  'card',
  'formerCards',
  'hasUnknownCard',
  'cardsElsewhere',
  'begunIn',
  'settled',
  'hidden',
] as const satisfies readonly (keyof Draft)[];

type DraftState = Pick<Draft, (typeof stateFields)[number]>;

export function stateOf(draft: Draft): string {
  return JSON.stringify(Object.fromEntries(stateFields.map((field) => [field, draft[field]])));
}

/** A row of the table: what is searched for stands in columns, the rest in `state`. */
export interface DraftRow {
  id: string;
  revision: number;
  schema_version: number;
  flow: string;
  step: string;
  owner_id: string;
  owner_name: string;
  place_id: string;
  place_kind: Draft['place']['kind'];
  is_private: boolean;
  is_handed_over: boolean;
  is_over: boolean;
  title: string | null;
  key: string | null;
  submission_id: string | null;
  closing_order_number: string | null;
  closes_at: Date | null;
  reminded_at: Date | null;
  state: DraftState;
  changed_at: Date;
  /** Only of a session. */
  files?: FileRow[] | null;
}

const isOpen = 'title is not null and not is_over';

/** As JSON, of the SQL conditions that name flow and key. */
export function openDraftsOf(flow: string, key: string): string {
  return `(select coalesce(json_agg(json_build_object('id', id, 'ownerId', owner_id, 'ownerName', owner_name,
      'changedAt', changed_at) order by changed_at desc), '[]')
    from software_desk.drafts where flow = ${flow} and key = ${key} and ${isOpen} and not is_private)`;
}

export type StoredOpenDraft = Omit<OpenDraft, 'changedAt'> & { readonly changedAt: string };

export function toOpenDraft({ changedAt, ...draft }: StoredOpenDraft): OpenDraft {
  return { ...draft, changedAt: new Date(changedAt) };
}

export function createDrafts(pool: Pool): Drafts {
  return {
    async get(id) {
      const { rows } = await pool.query<DraftRow>('select * from software_desk.drafts where id = $1', [id]);
      return rows[0] && toDraft(rows[0]);
    },

    async openOf({ flow, key }) {
      const { rows } = await pool.query<{ found: StoredOpenDraft[] }>(`select ${openDraftsOf('$1', '$2')} as found`, [
        flow,
        key,
      ]);
      return (rows[0]?.found ?? []).map(toOpenDraft);
    },

    async listFor(personId, limit) {
      const { rows } = await pool.query<DraftRow>(
        `select * from (
           (select * from software_desk.drafts where owner_id = $1 and ${isOpen} order by changed_at desc limit $2)
           union all
           (select * from software_desk.drafts where is_handed_over and ${isOpen} order by changed_at desc limit $2)
         ) as mine order by changed_at desc limit $2`,
        [personId, 2 * limit],
      );
      const byId = new Map(rows.map((row) => [row.id, toDraft(row)]));
      return [...byId.values()].slice(0, limit);
    },

    async closing(now, until, past) {
      const { rows } = await pool.query<{ id: string; number: string; closes_at: Date; asked_at: Date }>(
        `select id, closing_order_number as number, closes_at, reminded_at as asked_at from software_desk.drafts
         where closes_at > $1 and closes_at <= $2 and not is_over
           and ($3::timestamptz is null or (closes_at, id) > ($3::timestamptz, $4))
         order by closes_at, id limit $5`,
        [now, until, past?.closesAt, past?.draftId, pageSize],
      );
      return rows.map((row) => ({
        draftId: row.id,
        orderNumber: row.number,
        closesAt: row.closes_at,
        askedAt: row.asked_at,
      }));
    },

    async reminded(draftId, at) {
      await pool.query('update software_desk.drafts set reminded_at = $2 where id = $1', [draftId, at]);
    },
  };
}

export function toDraft(row: DraftRow): Draft {
  return {
    ...row.state,
    version: row.schema_version,
    id: row.id,
    revision: row.revision,
    flow: row.flow,
    step: row.step,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    place: { id: row.place_id, kind: row.place_kind },
    isPrivate: row.is_private,
    isHandedOver: row.is_handed_over,
    ...(row.title !== null && { title: row.title }),
    ...(row.key !== null && { key: row.key }),
    ...(row.closes_at &&
      row.reminded_at &&
      row.closing_order_number !== null && {
        closing: {
          orderNumber: row.closing_order_number,
          closesAt: row.closes_at.toISOString(),
          askedAt: row.reminded_at.toISOString(),
        },
      }),
    ...(row.submission_id !== null && { submissionId: row.submission_id }),
    ...(row.files && { files: row.files.map(toTicketFile) }),
    changedAt: row.changed_at.toISOString(),
  };
}
