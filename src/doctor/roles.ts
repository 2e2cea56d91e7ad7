import { z } from 'zod';
import type { Config } from '../config/index.ts';
import type { DirectoryConfig } from '../config/schema.ts';
import { createGraphCall, GraphError } from '../directory/graph-call.ts';
import type { SetupFinding } from '../domain/setup/setup-check.ts';
import { graphUrlFor } from '../microsoft/clouds.ts';
import { MicrosoftError } from '../microsoft/errors.ts';
import { findingsOf } from './finding.ts';
import { factsOf, kindOfFailure, type Outside, silent } from './outside.ts';

const { problem, warning, note } = findingsOf('roles');

const lists = [
  ['ADMIN_AGENTS', 'adminAgents'],
  ['GLOBAL_ADMINS', 'globalAdmins'],
  ['SALES_AGENTS', 'salesAgents'],
  ['HELPDESK_AGENTS', 'helpdeskAgents'],
] as const;

/** Can somebody see keys and submit a cancellation, and can the directory be asked who? */
export async function examineRoles({ roles }: Config, outside: Outside): Promise<SetupFinding[]> {
  const found =
    roles.adminAgents.length > 0
      ? []
      : [
          warning(
            'no-admin-agent',
            'ADMIN_AGENTS is not set: nobody sees keys or submits a cancellation.',
            'Name the admin agents in ADMIN_AGENTS; with ROLES_SOURCE=graph the object id of their group.',
          ),
        ];
  if (roles.source === 'static') return found;
  if (roles.directory.at === 'simulator')
    return [...found, note('roles-simulated', 'The roles come from the groups of the simulator.')];
  return [...found, ...(await askGraph(roles, roles.directory, outside))];
}

type Graph = ReturnType<typeof createGraphCall>;

const members = z.object({ value: z.array(z.unknown()) });

async function askGraph(
  roles: Config['roles'],
  directory: Extract<DirectoryConfig, { at: 'microsoft' }>,
  { timer, timeoutMs, graphUrl }: Outside,
): Promise<SetupFinding[]> {
  const cloud = graphUrlFor(directory.authority);
  const call = createGraphCall({
    ...directory,
    ...{ graphUrl: graphUrl ?? cloud, scope: `${cloud}/.default`, log: silent, timer, timeoutMs },
  });
  try {
    // What telling whether somebody is a guest needs; the first sign-in is tried with it.
    await call('/v1.0/users?$top=1&$select=id,userType,accountEnabled');
  } catch (error) {
    return [ofGraph(error, 'User.Read.All')];
  }
  const groups = lists.flatMap(([variable, list]) => roles[list].map((id) => ({ variable, id })));
  return (await Promise.all(groups.map((group) => lookAtGroup(call, group)))).flat();
}

async function lookAtGroup(call: Graph, { variable, id }: { variable: string; id: string }): Promise<SetupFinding[]> {
  try {
    const path = `/v1.0/groups/${encodeURIComponent(id)}`;
    await call(`${path}?$select=id`);
    const { value } = members.parse(await call(`${path}/transitiveMembers?$top=1&$select=id`));
    if (value.length > 0) return [];
    return [
      warning(
        'group-empty',
        `The group of ${variable} has no members.`,
        'Add the people who have that role to it in Entra.',
      ),
    ];
  } catch (error) {
    if (error instanceof GraphError && (error.kind === 'not-found' || error.status === 400))
      return [
        problem(
          'group-missing',
          `The directory knows no group with the id in ${variable}.`,
          'Put the object id of the group there (Entra, Groups, Overview), not that of a person.',
        ),
      ];
    return [ofGraph(error, 'GroupMember.Read.All')];
  }
}

function ofGraph(error: unknown, permission: string): SetupFinding {
  if (!(error instanceof MicrosoftError)) throw error;
  if (kindOfFailure(error) === 'refused')
    return problem(
      'graph-sign-in',
      `The directory refuses the bot's sign-in to Microsoft Graph (${factsOf(error)}): nobody has a role.`,
      error.description ?? 'Check MicrosoftAppId, MicrosoftAppPassword and STAFF_TENANT_ID.',
    );
  if (error.status === 403 || error.status === 401)
    return problem(
      'graph-permission',
      `Microsoft Graph lets the bot not read what it needs (${factsOf(error)}): nobody has a role.`,
      `Grant the application permission ${permission} in Entra, with the consent of an administrator.`,
    );
  return problem(
    'graph-away',
    `Microsoft Graph does not answer as it should (${factsOf(error)}): nobody has a role until it does.`,
    'Let the bot reach graph.microsoft.com; if it can, try again in some minutes.',
  );
}
