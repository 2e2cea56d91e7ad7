import { guidFrom, hexFrom } from '../hash.ts';

/** The partner in whose name everything happens, and its people and groups in the directory. */
export interface Partner {
  tenantId: string;
  name: string;
  clientId: string;
  clientSecret: string;
  /** The account that consented: its refresh token, obtained with MFA, is the product's. */
  userId: string;
  userName: string;
  /** What tokens are signed with. */
  tokenKey: string;
  groups: Group[];
  /** Object ids of everybody the directory knows, in lower case. */
  people: Set<string>;
}

export interface Group {
  id: string;
  displayName: string;
  members: string[];
}

/** Somebody else of the partner's, who works in the portal. */
export const COLLEAGUE = 'colleague@partner.onmicrosoft.com';

/** The seed of a simulator that is not told another. */
export const DEFAULT_SEED = 1;

const GROUP_NAMES = ['AdminAgents', 'SalesAgents', 'HelpdeskAgents', 'GlobalAdmins'];

/** Groups named in `members` by their object id replace the seed's people; unknown ids become groups of their own. */
export function createPartner(seed: number, members: Record<string, string[]>): Partner {
  const known = GROUP_NAMES.map((displayName) => {
    const id = guidFrom(seed, 'group', displayName);
    return { id, displayName, members: members[id] ?? [guidFrom(seed, 'person', displayName)] };
  });
  const seeded = GROUP_NAMES.map((displayName) => guidFrom(seed, 'person', displayName));
  const others = Object.keys(members).filter((id) => !known.some((group) => group.id === id));
  const groups = [...known, ...others.map((id) => ({ id, displayName: `Group ${id}`, members: members[id] ?? [] }))];
  const userId = guidFrom(seed, 'service user');
  const people = [userId, ...seeded, ...groups.flatMap((group) => group.members)];
  return {
    tenantId: guidFrom(seed, 'partner'),
    name: 'Software Desk Partner',
    clientId: guidFrom(seed, 'client'),
    clientSecret: `simulated-${hexFrom(24, seed, 'client secret')}`,
    userId,
    userName: 'desk@partner.onmicrosoft.com',
    tokenKey: hexFrom(64, seed, 'token key'),
    groups,
    people: new Set(people.map((id) => id.toLowerCase())),
  };
}
