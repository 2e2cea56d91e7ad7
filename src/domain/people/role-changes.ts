import type { Role, Staff } from './staff.ts';

/** Roles as the directory has told them of somebody. */
export interface FoundRoles {
  readonly personId: string;
  /** Where they are known by one. */
  readonly personName?: string;
  readonly roles: readonly Role[];
  readonly at: Date;
}

export interface KnownRoles {
  /**
   * Remembers them. Where one is gone since the last time, that is a row of the audit log, in the same transaction: one for each
   * change, in however many processes it is found. Who never had a role is not remembered.
   */
  note(found: FoundRoles): Promise<void>;
}

interface Noting {
  readonly knownRoles: KnownRoles;
  readonly now: () => Date;
  nameOf(personId: string): Promise<string | undefined>;
  failed(error: unknown): void;
}

const mostPeople = 2_000;

/**
 * The same staff; what is told of a person is noted where it is not what this process has noted last. Nobody waits for that, and
 * what could not be noted is noted the next time.
 */
export function withRoleChanges(staff: Staff, { knownRoles, now, nameOf, failed }: Noting): Staff {
  const noted = new Map<string, string>();

  async function note(personId: string, roles: readonly Role[]): Promise<void> {
    const told = roles.toSorted().join(' ');
    const before = noted.get(personId);
    if (before === told) return;
    if (noted.size >= mostPeople) noted.clear();
    noted.set(personId, told);
    try {
      const personName = await nameOf(personId);
      await knownRoles.note({ personId, ...(personName !== undefined && { personName }), roles, at: now() });
    } catch (error) {
      if (noted.get(personId) === told) noted.delete(personId);
      failed(error);
    }
  }

  return {
    adminAgents: () => staff.adminAgents(),
    async rolesOf(personId, options) {
      const roles = await staff.rolesOf(personId, options);
      void note(personId.trim().toLowerCase(), roles);
      return roles;
    },
  };
}
