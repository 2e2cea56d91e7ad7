import type { Pool } from 'pg';
import type { Decision } from '../domain/audit/audit.ts';
import type { KnownRoles } from '../domain/people/role-changes.ts';
import type { Role } from '../domain/people/staff.ts';
import { transaction } from './postgres.ts';

export function createKnownRoles(pool: Pool): KnownRoles {
  return {
    note: ({ personId, personName, roles, at }) =>
      transaction(pool, async (client) => {
        const held = roles.toSorted();
        const { rows } = await client.query<{ roles: Role[] }>(
          'select roles from software_desk.known_roles where person_id = $1 for update',
          [personId],
        );
        const before = rows[0]?.roles ?? [];
        if (before.join() === held.join()) return;
        await client.query(
          `insert into software_desk.known_roles (person_id, roles, changed_at) values ($1, $2, $3)
           on conflict (person_id) do update set roles = excluded.roles, changed_at = excluded.changed_at`,
          [personId, held, at],
        );
        const lost = before.filter((role) => !held.includes(role));
        if (lost.length === 0) return;
        const facts: Decision = { kind: 'role-lost', lost, held };
        await client.query(
          'insert into software_desk.audit_decisions (at, person_id, person_name, facts) values ($1, $2, $3, $4)',
          [at, personId, personName ?? personId, facts],
        );
      }),
  };
}
