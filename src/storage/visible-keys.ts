import type { Pool, QueryConfig } from 'pg';
import type { OnScreen, VisibleKey, VisibleKeys } from '../domain/keys/visible-keys.ts';

interface VisibleKeyRow {
  id: string;
  place_id: string;
  message_id: string;
  only_for: string | null;
  draft_id: string | null;
  person_id: string;
  hide_at: Date;
  refusals: number;
  refused_since: Date | null;
}

/**
 * The row of a message, in place of the one it had, where the draft was written in this transaction: that it has the revision is
 * true as well where another process has written it.
 */
export function putVisibleKey(
  id: string,
  { message, draftId, personId, seconds }: OnScreen,
  written: { readonly draftId: string; readonly revision: number },
): QueryConfig {
  return {
    text: `with written as (
        select from software_desk.drafts
        where id = $8 and revision = $9 and xmin = pg_current_xact_id()::xid
      ), before as (
        delete from software_desk.visible_keys using written
        where place_id = $2 and message_id = $3 and only_for is not distinct from $4
      )
      insert into software_desk.visible_keys (id, place_id, message_id, only_for, draft_id, person_id, hide_at)
      select $1, $2, $3, $4, $5, $6, clock_timestamp() + make_interval(secs => $7) from written`,
    values: [
      ...[id, message.placeId, message.messageId, message.onlyFor, draftId, personId, seconds],
      ...[written.draftId, written.revision],
    ],
  };
}

/** All times are the database's: a key is on a real screen, also while the simulator's clock stands still. */
export function createVisibleKeys(pool: Pool): VisibleKeys {
  async function select(rest: string, values: readonly unknown[]): Promise<VisibleKey[]> {
    const { rows } = await pool.query<VisibleKeyRow>(`select * from software_desk.visible_keys ${rest}`, [...values]);
    return rows.map(toVisibleKey);
  }

  return {
    async get(id) {
      return (await select('where id = $1', [id]))[0];
    },

    ofPerson: (placeId, personId) =>
      select('where place_id = $1 and person_id = $2 order by hide_at, id', [placeId, personId]),

    async remove(id) {
      await pool.query('delete from software_desk.visible_keys where id = $1', [id]);
    },

    async removeOfPlace(placeId) {
      await pool.query('delete from software_desk.visible_keys where place_id = $1', [placeId]);
    },

    async refused(id) {
      const { rows } = await pool.query<VisibleKeyRow>(
        `update software_desk.visible_keys
         set refusals = refusals + 1, refused_since = coalesce(refused_since, clock_timestamp())
         where id = $1 returning *`,
        [id],
      );
      return rows[0] && toVisibleKey(rows[0]);
    },

    overdue: (seconds, limit) =>
      select('where hide_at < clock_timestamp() - make_interval(secs => $1) order by hide_at limit $2', [
        seconds,
        limit,
      ]),
  };
}

function toVisibleKey(row: VisibleKeyRow): VisibleKey {
  return {
    id: row.id,
    message: {
      placeId: row.place_id,
      messageId: row.message_id,
      ...(row.only_for !== null && { onlyFor: row.only_for }),
    },
    ...(row.draft_id !== null && { draftId: row.draft_id }),
    personId: row.person_id,
    hideAt: row.hide_at,
    refusals: row.refusals,
    ...(row.refused_since && { refusedSince: row.refused_since }),
  };
}
