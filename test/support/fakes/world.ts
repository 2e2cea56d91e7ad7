import type { Notify } from '../../../src/domain/notices/notify.ts';
import type { Contact } from '../../../src/domain/people/contact.ts';
import { customersIn, type Dealing, itemsIn } from '../../../src/domain/people/favourites.ts';
import type { Languages } from '../../../src/domain/people/languages.ts';
import type { PersonReference } from '../../../src/domain/people/references.ts';
import type { Role, Staff } from '../../../src/domain/people/staff.ts';
import { createUsage } from '../../../src/domain/people/usage.ts';
import { builtInPolicy, type Policy } from '../../../src/domain/policy.ts';
import type { World } from '../../../src/domain/world.ts';
import { createFileInspector, createSentFiles } from '../../../src/files/index.ts';
import { createFakePartnerCenter, type FakePartnerCenter } from './partner-center.ts';
import { createFakeRecords, type Records } from './records.ts';
import { aPerson, startAt } from './samples.ts';

export interface FakeWorld extends World, Pick<Records, 'sessions' | 'kept' | 'counts'> {
  /** The other side of the ports: Partner Center's state and what was asked of it. */
  readonly partnerCenter: FakePartnerCenter;
  readonly written: Records['written'];
  readonly breakDown: Records['breakDown'];
  /** Roles by person; who is not in it is a stranger. `fresh`: what is true now, where the cache is behind. */
  readonly roles: Map<string, readonly Role[]>;
  readonly freshRoles: Map<string, readonly Role[]>;
  /** Who has written to the bot before. */
  readonly people: Map<string, PersonReference>;
  /** `case SD-7K2M9Q`, `order submission-1`: which cards were to be drawn again. */
  /** What Teams tells of somebody. */
  readonly roster: Map<string, Contact>;
  readonly redrawn: string[];
  setTime(at: string | Date): void;
  pass(ms: number): void;
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A whole world in memory, with a clock that stands still until it is set. Ada is an admin agent. */
export function createFakeWorld(
  overrides: Partial<Omit<World, 'policy'> & { readonly policy: Partial<Policy> }> = {},
): FakeWorld {
  let now = startAt;
  const clock = { now: () => now };
  const roles = new Map<string, readonly Role[]>([[aPerson().id, ['admin-agent']]]);
  const freshRoles = new Map<string, readonly Role[]>();
  const staff: Staff = {
    rolesOf: async (personId, options) =>
      (options?.fresh ? freshRoles.get(personId) : undefined) ?? roles.get(personId) ?? [],
    adminAgents: async () => [...roles].filter(([, held]) => held.includes('admin-agent')).map(([id]) => id),
  };
  const languages: Languages = {
    of: async () => ({ own: 'en', shared: 'en' }),
    reader: async () => ({ language: 'en', timeZone: 'UTC' }),
    choose: async () => undefined,
  };
  const dealings: Dealing[] = [];
  const favourites = {
    customers: (personId: string) => customersIn(dealings, personId),
    items: (customerId: string) => itemsIn(dealings, customerId),
    note: (dealing: Dealing) => void dealings.unshift(dealing),
  };
  const people = new Map<string, PersonReference>();
  const roster = new Map<string, Contact>();
  const redrawn: string[] = [];
  const notify: Notify = {
    caseChanged: async (reference) => void redrawn.push(`case ${reference}`),
    orderChanged: async (submissionId) => void redrawn.push(`order ${submissionId}`),
    approvalChanged: async (reference) => void redrawn.push(`approval ${reference}`),
    leakLifted: async (reference) => void redrawn.push(`leak ${reference}`),
    reminderDecided: async (orderNumber) => void redrawn.push(`reminders of ${orderNumber}`),
  };
  return {
    ...createFakePartnerCenter(clock),
    ...createFakeRecords(),
    fileInspector: createFileInspector(),
    sentFiles: createSentFiles({ isLoopbackAllowed: true }),
    auditFileOffers: { offer: async () => undefined },
    staff,
    languages,
    contacts: { ofMember: async (personId) => roster.get(personId) },
    favourites,
    setup: { examine: async () => [] },
    notify,
    isSimulated: false,
    ...overrides,
    clock,
    policy: { ...builtInPolicy, ...overrides.policy },
    usage: overrides.usage ?? createUsage({ ...builtInPolicy, ...overrides.policy }.limits),
    roles,
    freshRoles,
    people,
    roster,
    redrawn,
    setTime: (at) => {
      now = new Date(at);
    },
    pass: (ms) => {
      now = new Date(now.getTime() + ms);
    },
  };
}
