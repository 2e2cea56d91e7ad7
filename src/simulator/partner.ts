import { z } from 'zod';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { type ApiError, createGraphError } from './http/errors.ts';
import { readBody } from './http/read-call.ts';
import { issueToken } from './tokens.ts';
import { deriveGuid, deriveHex } from './world.ts';

/** The partner in whose name everything happens, and its people and groups in the directory. */
export interface Partner {
  tenantId: string;
  name: string;
  clientId: string;
  clientSecret: string;
  /** The account that consented: its refresh token, obtained with MFA, is the product's. */
  userId: string;
  userName: string;
  /** The key that tokens are signed with. */
  tokenKey: string;
  groups: Group[];
  /** Object ids of everybody the directory knows, in lower case. */
  people: Set<string>;
}

declare module './world.ts' {
  interface World {
    partner: Partner;
  }
}

export interface Group {
  id: string;
  displayName: string;
  members: string[];
}

/** What the product signs in with. */
export interface Account {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

/** Somebody else at the partner, who works in the portal. */
export const COLLEAGUE = 'colleague@partner.onmicrosoft.com';

/** The seed of a simulator that is given no other. */
export const DEFAULT_SEED = 1;

const GROUP_NAMES = ['AdminAgents', 'SalesAgents', 'HelpdeskAgents', 'GlobalAdmins'];

/** Groups named in `members` by their object id replace the seed's people; unknown ids become groups of their own. */
export function createPartner(seed: number, members: Record<string, string[]>): Partner {
  const seededGroups = GROUP_NAMES.map((displayName) => {
    const id = deriveGuid(seed, 'group', displayName);
    return { id, displayName, members: members[id] ?? [deriveGuid(seed, 'person', displayName)] };
  });
  const seededPeople = GROUP_NAMES.map((displayName) => deriveGuid(seed, 'person', displayName));
  const others = Object.entries(members).filter(([id]) => !seededGroups.some((group) => group.id === id));
  const groups = [
    ...seededGroups,
    ...others.map(([id, people]) => ({ id, displayName: `Group ${id}`, members: people })),
  ];
  const userId = deriveGuid(seed, 'service user');
  const people = [userId, ...seededPeople, ...groups.flatMap((group) => group.members)];
  return {
    tenantId: deriveGuid(seed, 'partner'),
    name: 'Software Desk Partner',
    clientId: deriveGuid(seed, 'client'),
    clientSecret: `simulated-${deriveHex(24, seed, 'client secret')}`,
    userId,
    userName: 'desk@partner.onmicrosoft.com',
    tokenKey: deriveHex(64, seed, 'token key'),
    groups,
    people: new Set(people.map((id) => id.toLowerCase())),
  };
}

/** The product's own refresh token never expires, so that a restart with the same configuration always works. */
export function createAccount(partner: Partner): Account {
  const { tenantId, clientId, clientSecret, userId, userName, tokenKey } = partner;
  const refreshToken = issueToken(tokenKey, {
    use: 'refresh',
    tid: tenantId,
    appid: clientId,
    oid: userId,
    upn: userName,
    idtyp: 'user',
    amr: ['pwd', 'mfa'],
    iat: 0,
    exp: Number.MAX_SAFE_INTEGER,
  });
  return { tenantId, clientId, clientSecret, refreshToken };
}

/** The account at a simulator that runs elsewhere with the default seed. */
export function defaultAccount(): Account {
  return createAccount(createPartner(DEFAULT_SEED, {}));
}

/** The groups of a simulator with the default seed, with the seed's people in them. */
export function defaultGroups(): Group[] {
  return createPartner(DEFAULT_SEED, {}).groups;
}

/** The few Microsoft Graph calls that tell who somebody is, and who is in which group. */
export const graphRoutes: Route[] = [
  { method: 'POST', path: '/v1.0/users/:userId/checkMemberGroups', access: 'graph', handle: checkMemberGroups },
  { method: 'GET', path: '/v1.0/users/:userId', access: 'graph', handle: getUser },
  { method: 'GET', path: '/v1.0/groups/:groupId/transitiveMembers', access: 'graph', handle: listMembers },
];

const METADATA = 'https://graph.microsoft.com/v1.0/$metadata';
const MOST_IDS = 20;
/** *Paging Microsoft Graph data in your app*: the usual page, and the largest one. */
const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 999;

function checkMemberGroups(call: Call): ApiResponse {
  const { groupIds } = readBody(call, z.object({ groupIds: z.array(z.string()) }));
  if (groupIds.length > MOST_IDS) {
    throw createGraphError(400, 'Request_BadRequest', `At most ${MOST_IDS} groups can be checked at once.`);
  }
  const userId = getUserId(call);
  const isMember = ({ members }: Group) => members.some((member) => member.toLowerCase() === userId);
  const ownIds = call.world.partner.groups.filter(isMember).map(({ id }) => id.toLowerCase());
  return ok({
    '@odata.context': `${METADATA}#Collection(Edm.String)`,
    value: groupIds.filter((id) => ownIds.includes(id.toLowerCase())),
  });
}

/** Nobody here is a guest or disabled. Whether somebody is has to be asked for: it is not among the usual properties. */
function getUser(call: Call): ApiResponse {
  const facts = { id: getUserId(call), userType: 'Member', accountEnabled: true };
  const selected = (call.query.get('$select') ?? 'id').split(',').map((name) => name.trim().toLowerCase());
  const shown = Object.entries(facts).filter(([name]) => selected.includes(name.toLowerCase()));
  const names = shown.map(([name]) => name).join(',');
  return ok({ '@odata.context': `${METADATA}#users(${names})/$entity`, ...Object.fromEntries(shown) });
}

/** *List group transitive members*: in pages, each with the address of the next. */
function listMembers(call: Call): ApiResponse {
  const groupId = call.params.groupId ?? '';
  const group = call.world.partner.groups.find(({ id }) => id.toLowerCase() === groupId.toLowerCase());
  if (group === undefined) throw createNotFoundError(groupId);
  const size = readPageSize(call);
  const start = Number(call.query.get('$skiptoken') ?? 0);
  const page = group.members.slice(start, start + size);
  const isMore = start + size < group.members.length;
  return ok({
    '@odata.context': `${METADATA}#directoryObjects(id)`,
    '@odata.nextLink': isMore ? createPageAddress(call, start + size) : undefined,
    value: page.map((id) => ({ '@odata.type': '#microsoft.graph.user', id })),
  });
}

function readPageSize(call: Call): number {
  const text = call.query.get('$top');
  if (text === undefined) return DEFAULT_PAGE;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE) return size;
  throw createGraphError(400, 'Request_BadRequest', `$top must be a whole number from 1 to ${LARGEST_PAGE}.`);
}

/** The same address, further on; at the host that was called, since only there the token is valid. */
function createPageAddress({ path, headers, world }: Call, start: number): string {
  const address = new URL(path, headers.host === undefined ? world.url : `http://${headers.host}`);
  address.searchParams.set('$skiptoken', String(start));
  return address.href;
}

/** The person named in the path; whoever is in no group and not of the seed is unknown. */
function getUserId(call: Call): string {
  const userId = call.params.userId ?? '';
  if (call.world.partner.people.has(userId.toLowerCase())) return userId.toLowerCase();
  throw createNotFoundError(userId);
}

function createNotFoundError(id: string): ApiError {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return createGraphError(404, 'Request_ResourceNotFound', message);
}
