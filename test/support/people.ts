export const people = {
  ada: { id: '11111111-1111-4111-8111-111111111111', name: 'Ada Nowak', role: 'ADMIN_AGENTS' },
  bert: { id: '22222222-2222-4222-8222-222222222222', name: 'Bert Lis', role: 'ADMIN_AGENTS' },
  sara: { id: '33333333-3333-4333-8333-333333333333', name: 'Sara Wilk', role: 'SALES_AGENTS' },
  hela: { id: '44444444-4444-4444-8444-444444444444', name: 'Hela Kos', role: 'HELPDESK_AGENTS' },
  gert: { id: '55555555-5555-4555-8555-555555555555', name: 'Gert Sowa', role: 'GLOBAL_ADMINS' },
  stan: { id: '66666666-6666-4666-8666-666666666666', name: 'Stan Obcy', role: '' },
} as const;

export type Who = keyof typeof people;

/** So many conversations can be had with one app; each has people and a thread of its own. */
export const mostConversations = 200;

/** One of the people, as they are in the conversation with this number. */
export function personOf(who: Who, number: number): { readonly id: string; readonly name: string } {
  const { id, name } = people[who];
  return { id: `${id.slice(0, -4)}${String(number).padStart(4, '0')}`, name };
}

/** The variables that give each of them, in every conversation before this one, their role. */
export function rolesEnv(conversations = mostConversations): Record<string, string> {
  const lists: Record<string, string[]> = {};
  for (const who of Object.keys(people) as Who[]) {
    const { role } = people[who];
    if (role === '') continue;
    lists[role] ??= [];
    for (let number = 1; number < conversations; number += 1) lists[role].push(personOf(who, number).id);
  }
  return Object.fromEntries(Object.entries(lists).map(([role, ids]) => [role, ids.join(',')]));
}

/** The same by groups in the simulator's directory: the variables, and who is in which group. */
export function groupsEnv(): { env: Record<string, string>; groups: Record<string, string[]> } {
  const roles = Object.entries(rolesEnv()).map(([name, ids], at) => ({
    ...{ name, ids: ids.split(',') },
    group: `aaaaaaaa-0000-4000-8000-00000000000${at}`,
  }));
  return {
    env: { ROLES_SOURCE: 'graph', ...Object.fromEntries(roles.map(({ name, group }) => [name, group])) },
    groups: Object.fromEntries(roles.map(({ group, ids }) => [group, ids])),
  };
}
