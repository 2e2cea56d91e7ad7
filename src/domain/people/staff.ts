import type { Language } from './languages.ts';

export interface Staff {
  /** Roles of a person of the staff tenant; empty for a stranger. `fresh`: not from a cache. Throws `Refusal('roles-unknown')`. */
  rolesOf(personId: string, options?: { fresh?: boolean }): Promise<readonly Role[]>;
  /** Object ids of the admin agents known by name to the configuration; for escalation only. */
  adminAgents(): Promise<readonly string[]>;
}

export type Role = 'admin-agent' | 'global-admin' | 'sales-agent' | 'helpdesk-agent';

/** Who is speaking, from the authenticated activity. `id` is the Entra object id. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** What they chose, else that of their device. */
  readonly language: Language;
  readonly timeZone: string;
  /** Where they signed in to the web pages with it. */
  readonly email?: string;
}

/** Somebody by the Entra object id, with the name that people read. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export type Right =
  | 'look'
  | 'buy.prepare'
  | 'buy.confirm'
  | 'agreement.confirm'
  | 'keys.reveal'
  | 'leak.report'
  | 'cancel.prepare'
  | 'cancel.submit'
  | 'approve'
  | 'audit.read'
  | 'setup.check';

const everyone: readonly Role[] = ['admin-agent', 'global-admin', 'sales-agent', 'helpdesk-agent'];

const preparing: readonly Role[] = ['admin-agent', 'global-admin', 'sales-agent'];

/** Who may do what; what is not in it is not allowed. Partner Center lets the same two confirm an agreement. */
export const holdersOf: Readonly<Record<Right, readonly Role[]>> = {
  look: everyone,
  'buy.prepare': preparing,
  'buy.confirm': ['admin-agent', 'global-admin'],
  'agreement.confirm': ['admin-agent', 'global-admin'],
  'keys.reveal': ['admin-agent'],
  'leak.report': ['admin-agent'],
  'cancel.prepare': preparing,
  'cancel.submit': ['admin-agent'],
  approve: ['admin-agent'],
  'audit.read': ['admin-agent', 'global-admin'],
  'setup.check': ['admin-agent', 'global-admin'],
};

/** Who uses these costs money, files something, declares something or sees a secret: the role as it is at that moment decides. */
export const askedAnew: readonly Right[] = [
  'buy.confirm',
  'agreement.confirm',
  'keys.reveal',
  'leak.report',
  'cancel.submit',
  'approve',
  'audit.read',
];

export function mayDo(roles: readonly Role[], right: Right, salesMayConfirm = false): boolean {
  if (right === 'buy.confirm' && salesMayConfirm && roles.includes('sales-agent')) return true;
  return roles.some((role) => holdersOf[right].includes(role));
}
