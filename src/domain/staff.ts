import { Refusal } from './errors.ts';
import type { Staff } from './ports.ts';

export type Role = 'admin-agent' | 'global-admin' | 'sales-agent' | 'helpdesk-agent';

/** Who is speaking, from the authenticated activity. `id` is the Entra object id. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
}

export type Right =
  | 'look'
  | 'buy.prepare'
  | 'buy.confirm'
  | 'agreement.confirm'
  | 'keys.reveal'
  | 'cancel.prepare'
  | 'cancel.submit'
  | 'audit.read';

const everyone: readonly Role[] = ['admin-agent', 'global-admin', 'sales-agent', 'helpdesk-agent'];
const preparing: readonly Role[] = ['admin-agent', 'global-admin', 'sales-agent'];

/** Who may do what; what is not in it is not allowed. Partner Center lets the same two confirm an agreement. */
export const holdersOf: Readonly<Record<Right, readonly Role[]>> = {
  look: everyone,
  'buy.prepare': preparing,
  'buy.confirm': ['admin-agent', 'global-admin'],
  'agreement.confirm': ['admin-agent', 'global-admin'],
  'keys.reveal': ['admin-agent'],
  'cancel.prepare': preparing,
  'cancel.submit': ['admin-agent'],
  'audit.read': ['admin-agent', 'global-admin'],
};

export function mayDo(roles: readonly Role[], right: Right, salesMayConfirm = false): boolean {
  if (right === 'buy.confirm' && salesMayConfirm && roles.includes('sales-agent')) return true;
  return roles.some((role) => holdersOf[right].includes(role));
}

interface Counter {
  readonly staff: Staff;
  readonly policy: { readonly salesMayConfirm: boolean };
}

/**
 * The first line of every action: throws `not-allowed` unless the person's role, as it is now, gives the right.
 * Keys are never decided on a cached role. Roles that cannot be determined are a refusal too (`roles-unknown`).
 */
export async function demand({ staff, policy }: Counter, who: Person, right: Right): Promise<void> {
  const roles = await staff.rolesOf(who.id, { fresh: right === 'keys.reveal' });
  if (mayDo(roles, right, policy.salesMayConfirm)) return;
  throw new Refusal('not-allowed', { right, roles });
}
