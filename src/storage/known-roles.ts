import type { Pool } from 'pg';
import type { KnownRoles } from '../domain/people/role-changes.ts';

/**
 * What is lost since the last time is a row of the audit log, in the same statement; whoever comes second finds it noted. `$5`: when
 * this process saw the roles `$6`; where that was after what is noted, they were given back in between.
 */
const noteRoles = `
  with before as (
    select case when changed_at < $5 then $6 else roles end as roles
    from software_desk.known_roles where person_id = $1 for update
  ), noted as (
    insert into software_desk.known_roles as known (person_id, roles, changed_at) values ($1, $3, $4)
    on conflict (person_id) do update set roles = excluded.roles, changed_at = excluded.changed_at
    where known.roles <> excluded.roles or known.changed_at < $5
    returning person_id
  )
  insert into software_desk.audit_decisions (at, person_id, person_name, facts)
  select $4, $1, $2, json_build_object('kind', 'role-lost', 'lost', lost, 'held', $3::text[])
  from before cross join noted
    cross join lateral (select array(select unnest(before.roles) except select unnest($3::text[]) order by 1) as lost) as gone
  where cardinality(lost) > 0`;

export function createKnownRoles(pool: Pool): KnownRoles {
  return {
    async note({ personId, personName, roles, at, before }) {
      const held = roles.toSorted();
      const { rows } = await pool.query<{ roles: string[]; changed_at: Date }>(
        'select roles, changed_at from software_desk.known_roles where person_id = $1',
        [personId],
      );
      const [known] = rows;
      const seen = before?.roles.toSorted() ?? [];
      const isGivenBack = known && before && known.changed_at < before.seenAt && seen.join() !== held.join();
      if (!isGivenBack && (known?.roles ?? []).join() === held.join()) return;
      const values = [personId, personName ?? personId, held, at, isGivenBack ? before.seenAt : null, seen];
      await pool.query(noteRoles, values);
    },
  };
}
