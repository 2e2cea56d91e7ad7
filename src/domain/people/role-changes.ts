import type { Role, Staff } from './staff.ts';

/** Roles as the directory has told them of somebody. */
export interface FoundRoles {
  readonly personId: string;
  /** Where they are known by one. */
  readonly personName?: string;
  readonly roles: readonly Role[];
  readonly at: Date;
  /** What this process saw them with before, and when last: another one may have noted something else in between. */
  readonly before?: { readonly roles: readonly Role[]; readonly seenAt: Date };
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

interface Noted {
  readonly told: string;
  readonly roles: readonly Role[];
  readonly at: Date;
  /** It was so then, also where that was not noted. */
  seenAt: Date;
  readonly isDone: Promise<void>;
}

const mostPeople = 2_000;

/** So long at most what the directory told is used again, where it need not be as it is now. */
const keptMs = 60_000;

/** After this it is noted again: another process may have noted something else meanwhile. */
const staleMs = 10 * 60_000;

/**
 * The same staff; what is told of a person is noted where it is not what this process has noted last. Nobody waits for that, and
 * what could not be noted is noted the next time.
 */
export function withRoleChanges(staff: Staff, { knownRoles, now, nameOf, failed }: Noting): Staff {
  const noted = new Map<string, Noted>();

  function note(personId: string, roles: readonly Role[], isFresh: boolean): void {
    const told = roles.toSorted().join(' ');
    const at = now();
    const seenAt = isFresh ? at : new Date(at.getTime() - keptMs);
    const before = noted.get(personId);
    if (before?.told === told && Math.abs(at.getTime() - before.at.getTime()) < staleMs) {
      before.seenAt = seenAt;
      return;
    }
    if (noted.size >= mostPeople) noted.clear();
    const seen = before && { before: { roles: before.roles, seenAt: before.seenAt } };
    const isDone = write(before?.isDone, { personId, roles, at, ...seen }).catch((error) => {
      if (noted.get(personId)?.isDone === isDone) noted.delete(personId);
      failed(error);
    });
    noted.set(personId, { told, roles, at, seenAt, isDone });
  }

  /** In the order in which it was told. */
  async function write(before: Promise<void> | undefined, found: FoundRoles): Promise<void> {
    await before;
    const personName = await nameOf(found.personId);
    await knownRoles.note({ ...found, ...(personName !== undefined && { personName }) });
  }

  return {
    adminAgents: () => staff.adminAgents(),
    async rolesOf(personId, options) {
      const roles = await staff.rolesOf(personId, options);
      note(personId.trim().toLowerCase(), roles, options?.fresh === true);
      return roles;
    },
  };
}
