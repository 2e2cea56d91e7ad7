import { playgroundStaff } from '../config/development.ts';
import type { Config, RolesConfig } from '../config/schema.ts';
import type { UnknownVariable } from '../config/unknown-variables.ts';

export const startingLine = 'Software Desk is starting …';

export interface Addresses {
  readonly url: string;
  /** Absent when a Partner Center is used that this process has not started. */
  readonly simulatorUrl?: string;
}

/** What somebody who has just started it wants to know. */
export function greetingLines(config: Config, { url, simulatorUrl }: Addresses): string[] {
  const isDevelopment = config.bot.mode === 'development';
  return [
    `Software Desk listens on ${url}  (messages: ${url}/api/messages)`,
    simulatorUrl
      ? `Partner Center is simulated on ${simulatorUrl}: nothing is ordered at Microsoft.`
      : 'Partner Center is used as configured.',
    ...storageLines(config),
    ...roleLines(config),
    ...(isDevelopment
      ? ['To talk to it, in another terminal: npm run playground', `To see it as a page, in a browser: ${url}/web/desk`]
      : ['To talk to it, open it in Teams.']),
    'To stop it: Ctrl+C',
  ];
}

/** docs/operations.md, "The embedded database and a power cut". */
function storageLines({ storage }: Config): string[] {
  if (storage.mode !== 'embedded') return [];
  return [
    `Records are kept in ${storage.dataDir}: a power cut may lose the last seconds. Where that matters, set DATABASE_URL.`,
  ];
}

/** One line for each variable whose name is probably misspelt. */
export function unknownVariableLines(unknown: readonly UnknownVariable[]): string[] {
  return unknown.map(
    ({ name, nearest }) =>
      `Warning: the variable ${name} is set but never read. Did you mean ${nearest}? See .env.example.`,
  );
}

const roleNames = {
  adminAgents: ['ADMIN_AGENTS', 'an admin agent'],
  globalAdmins: ['GLOBAL_ADMINS', 'a global administrator'],
  salesAgents: ['SALES_AGENTS', 'a sales agent'],
  helpdeskAgents: ['HELPDESK_AGENTS', 'a helpdesk agent'],
} as const;

type RoleList = keyof typeof roleNames;

const roleLists = Object.keys(roleNames) as RoleList[];

function roleLines({ bot, roles }: Config): string[] {
  const given = roleLists.filter((list) => roles[list].length > 0);
  const general = roles.source === 'static' ? staticLine(roles, given) : groupsLine(roles, given);
  return bot.mode === 'development' ? [playgroundLine(roles), general] : [general];
}

function staticLine(roles: RolesConfig, given: readonly RoleList[]): string {
  const people = given.flatMap((list) => roles[list]);
  // In development, also when none of the variables is set.
  if (people.length === 1 && people[0] === playgroundStaff.adminAgents) {
    const names = roleLists.map((list) => roleNames[list][0]);
    return `Nobody else has a role. To give roles to people, put their ids into ${names.join(', ')}.`;
  }
  const counts = given.map((list) => `${roleNames[list][0]} (${count(roles[list].length)})`);
  return `Roles are given to the people in ${counts.join(', ')}. Nobody else has a role.`;
}

function groupsLine(roles: RolesConfig & { source: 'graph' }, given: readonly RoleList[]): string {
  const whose = roles.directory.at === 'simulator' ? "the simulator's Graph" : 'Microsoft Graph';
  const groups = given.map((list) => `${roleNames[list][0]} (group ${roles[list].join(', ')})`);
  return `Roles are given to the members of groups, as ${whose} knows them: ${groups.join(', ')}.`;
}

function count(people: number): string {
  return people === 1 ? '1 person' : `${people} people`;
}

/** The current user of the Playground. In the simulator's Graph that person is in the group of the admin agents. */
function playgroundLine(roles: RolesConfig): string {
  const id = playgroundStaff.adminAgents;
  const held = roleLists.filter((list) =>
    roles.source === 'static' ? roles[list].includes(id) : list === 'adminAgents' && roles[list].length > 0,
  );
  const names = held.map((list) => roleNames[list][1]);
  if (names.length > 0) return `You are ${names.join(' and ')} in the Playground.`;
  return `You have no role in the Playground, because your id (${id}) is not in ADMIN_AGENTS or another list.`;
}
