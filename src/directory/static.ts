import type { Role, Staff } from '../domain/people/staff.ts';

/** Entra object ids; the letters' case is ignored. */
export interface StaffLists {
  readonly adminAgents: readonly string[];
  readonly salesAgents: readonly string[];
  readonly helpdeskAgents: readonly string[];
  readonly globalAdmins: readonly string[];
}

/** Roles from the configuration. They change with a restart only, so nothing is cached. */
export function createStaticStaff(lists: StaffLists): Staff {
  const holders: readonly (readonly [Role, ReadonlySet<string>])[] = [
    ['admin-agent', setOf(lists.adminAgents)],
    ['global-admin', setOf(lists.globalAdmins)],
    ['sales-agent', setOf(lists.salesAgents)],
    ['helpdesk-agent', setOf(lists.helpdeskAgents)],
  ];
  return {
    async rolesOf(personId) {
      const id = personId.trim().toLowerCase();
      return holders.filter(([, people]) => people.has(id)).map(([role]) => role);
    },
    async adminAgents() {
      return [...new Set(lists.adminAgents)];
    },
  };
}

/** A blank entry must not make an admin agent of somebody without an id. */
function setOf(ids: readonly string[]): ReadonlySet<string> {
  return new Set(ids.map((id) => id.trim().toLowerCase()).filter((id) => id !== ''));
}
