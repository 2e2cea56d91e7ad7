import type { Pool } from 'pg';
import type { VisibleKey, VisibleKeys } from '../domain/keys/visible-keys.ts';
import type { Jobs } from '../domain/work/jobs.ts';

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

/** All times are the database's: a key is on a real screen, also while the simulator's clock stands still. */
export function createVisibleKeys(pool: Pool, jobs: Jobs): VisibleKeys {
  async function select(rest: string, values: readonly unknown[]): Promise<VisibleKey[]> {
    const { rows } = await pool.query<VisibleKeyRow>(`select * from software_desk.visible_keys ${rest}`, [...values]);
    return rows.map(toVisibleKey);
  }

  return {
    async add({ message, draftId, personId }, seconds) {
      const { rows } = await pool.query<{ id: string }>(
        `insert into software_desk.visible_keys (place_id, message_id, only_for, draft_id, person_id, hide_at)
         values ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6)) returning id`,
        [message.placeId, message.messageId, message.onlyFor, draftId, personId, seconds],
      );
      const id = rows[0]?.id;
      if (id === undefined) throw new Error('the row of a visible key was not written');
      // A crash before this leaves the row: what is overdue is hidden by the sweep.
      await jobs.hideLater(id, seconds);
      return id;
    },

    async get(id) {
      return (await select('where id = $1', [id]))[0];
    },

    ofPerson: (placeId, personId) => select('where place_id = $1 and person_id = $2 order by id', [placeId, personId]),

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
