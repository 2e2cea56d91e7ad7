import { z } from 'zod';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { gatewayRefusal } from '../http/errors.ts';
import { readBody } from '../http/read-body.ts';
import type { Group } from '../sign-in/partner.ts';

/** The few Microsoft Graph calls that tell who is in which group. */
export const graphRoutes: Route[] = [
  { method: 'POST', path: '/v1.0/me/checkMemberGroups', access: 'graph', handle: checkMemberGroups },
  { method: 'POST', path: '/v1.0/users/:userId/checkMemberGroups', access: 'graph', handle: checkMemberGroups },
  { method: 'GET', path: '/v1.0/me/transitiveMemberOf', access: 'graph', handle: transitiveMemberOf },
  { method: 'GET', path: '/v1.0/users/:userId/transitiveMemberOf', access: 'graph', handle: transitiveMemberOf },
  { method: 'GET', path: '/v1.0/groups', access: 'graph', handle: listGroups },
];

const MOST_IDS = 20;
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

function checkMemberGroups(call: Call): Answer {
  const { groupIds } = readBody(call, z.object({ groupIds: z.array(z.string()) }));
  if (groupIds.length > MOST_IDS) throw gatewayRefusal(400, `At most ${MOST_IDS} groups can be checked at once.`);
  const mine = groupsOf(call).map(({ id }) => id.toLowerCase());
  return ok({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)',
    value: groupIds.filter((id) => mine.includes(id.toLowerCase())),
  });
}

/** The administrators' group stands for the directory role too, which Graph lists among the groups. */
function transitiveMemberOf(call: Call): Answer {
  const value = groupsOf(call).flatMap(({ id, displayName }) => {
    const group = { '@odata.type': '#microsoft.graph.group', id, displayName };
    const role = {
      '@odata.type': '#microsoft.graph.directoryRole',
      id: GLOBAL_ADMINISTRATOR,
      displayName: 'Global Administrator',
      roleTemplateId: GLOBAL_ADMINISTRATOR,
    };
    return displayName === 'GlobalAdmins' ? [group, role] : [group];
  });
  return ok({ value });
}

function listGroups(call: Call): Answer {
  const wanted = /^displayName eq '([^']*)'$/.exec(call.query.get('$filter') ?? '')?.[1];
  const groups = call.world.partner.groups.filter(({ displayName }) => wanted === undefined || displayName === wanted);
  return ok({ value: groups.map(({ id, displayName }) => ({ id, displayName })) });
}

function groupsOf(call: Call): Group[] {
  const userId = (call.params.userId ?? call.caller.userId).toLowerCase();
  if (call.params.userId === undefined && call.caller.kind === 'app') {
    throw gatewayRefusal(400, '/me request is only valid with delegated authentication flow.');
  }
  return call.world.partner.groups.filter(({ members }) => members.some((member) => member.toLowerCase() === userId));
}
