import { z } from 'zod';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { graphRefusal } from '../http/graph-errors.ts';
import { readBody } from '../http/read-body.ts';
import type { Group } from '../sign-in/partner.ts';

/** The few Microsoft Graph calls that tell who somebody is, and who is in which group. */
export const graphRoutes: Route[] = [
  { method: 'POST', path: '/v1.0/users/:userId/checkMemberGroups', access: 'graph', handle: checkMemberGroups },
  { method: 'GET', path: '/v1.0/users/:userId', access: 'graph', handle: getUser },
  { method: 'GET', path: '/v1.0/groups/:groupId/transitiveMembers', access: 'graph', handle: transitiveMembers },
];

const METADATA = 'https://graph.microsoft.com/v1.0/$metadata';
const MOST_IDS = 20;
/** *Paging Microsoft Graph data in your app*: the usual page, and the largest one. */
const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 999;

function checkMemberGroups(call: Call): Answer {
  const { groupIds } = readBody(call, z.object({ groupIds: z.array(z.string()) }));
  if (groupIds.length > MOST_IDS) {
    throw graphRefusal(400, 'Request_BadRequest', `At most ${MOST_IDS} groups can be checked at once.`);
  }
  const userId = userOf(call);
  const isMember = ({ members }: Group) => members.some((member) => member.toLowerCase() === userId);
  const mine = call.world.partner.groups.filter(isMember).map(({ id }) => id.toLowerCase());
  return ok({
    '@odata.context': `${METADATA}#Collection(Edm.String)`,
    value: groupIds.filter((id) => mine.includes(id.toLowerCase())),
  });
}

/** Nobody here is a guest or disabled. Whether somebody is has to be asked for: it is not among the usual properties. */
function getUser(call: Call): Answer {
  const id = userOf(call);
  const facts = { id, userType: 'Member', accountEnabled: true };
  const selected = (call.query.get('$select') ?? 'id').split(',').map((name) => name.trim().toLowerCase());
  const shown = Object.entries(facts).filter(([name]) => selected.includes(name.toLowerCase()));
  const names = shown.map(([name]) => name).join(',');
  return ok({ '@odata.context': `${METADATA}#users(${names})/$entity`, ...Object.fromEntries(shown) });
}

/** *List group transitive members*: in pages, each with the address of the next. */
function transitiveMembers(call: Call): Answer {
  const groupId = call.params.groupId ?? '';
  const group = call.world.partner.groups.find(({ id }) => id.toLowerCase() === groupId.toLowerCase());
  if (group === undefined) throw notFound(groupId);
  const size = pageSize(call);
  const from = Number(call.query.get('$skiptoken') ?? 0);
  const page = group.members.slice(from, from + size);
  const isMore = from + size < group.members.length;
  return ok({
    '@odata.context': `${METADATA}#directoryObjects(id)`,
    ...(isMore ? { '@odata.nextLink': pageFrom(call, from + size) } : {}),
    value: page.map((id) => ({ '@odata.type': '#microsoft.graph.user', id })),
  });
}

function pageSize(call: Call): number {
  const text = call.query.get('$top');
  if (text === undefined) return DEFAULT_PAGE;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE) return size;
  throw graphRefusal(400, 'Request_BadRequest', `$top must be a whole number from 1 to ${LARGEST_PAGE}.`);
}

/** The same address, further on; at the host that was called, since only there the token is good. */
function pageFrom({ path, headers, world }: Call, start: number): string {
  const address = new URL(path, headers.host === undefined ? world.url : `http://${headers.host}`);
  address.searchParams.set('$skiptoken', String(start));
  return address.href;
}

/** The person named in the path; whoever is in no group and not of the seed is unknown. */
function userOf(call: Call): string {
  const userId = call.params.userId ?? '';
  if (call.world.partner.people.has(userId.toLowerCase())) return userId.toLowerCase();
  throw notFound(userId);
}

function notFound(id: string) {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return graphRefusal(404, 'Request_ResourceNotFound', message);
}
