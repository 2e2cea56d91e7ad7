import { deriveGuid, deriveHex } from './ids.ts';
import { issueToken } from './tokens.ts';

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
