/** What holds while the bot has no app id: it is tried out on one machine, by the people of the Playground. */

/**
 * The people of `.m365agentsplayground.yml` by the variable that gives them their role. Its current user is the admin
 * agent in development when nobody is named.
 */
export const playgroundStaff = {
  adminAgents: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a01',
  salesAgents: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a02',
  helpdeskAgents: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a03',
  globalAdmins: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a04',
} as const;

/** The group whose members are admin agents in development when none is named. */
export const playgroundAdminGroup = '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41b01';

/** Nobody is authenticated in development, so nobody else may reach the bot, and it sends nowhere else. */
export const developmentHost = '127.0.0.1';
export const developmentServiceUrlHosts = ['localhost', '127.0.0.1', '[::1]'];

type StaffLists = Readonly<Record<keyof typeof playgroundStaff, readonly string[]>>;
type Groups = Readonly<Record<string, readonly string[]>>;

/** Where the simulator's Graph is asked, the groups configured hold the Playground's people, beside those who are there. */
export function playgroundGroups(roles: StaffLists, seeded: Groups): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [list, person] of Object.entries(playgroundStaff) as [keyof typeof playgroundStaff, string][])
    for (const id of roles[list]) groups[id] = [...(groups[id] ?? seeded[id] ?? []), person];
  return groups;
}
