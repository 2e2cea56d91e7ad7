import { Refusal } from '../errors.ts';
import { askedAnew, mayDo, type Person, type Right, type Staff } from './staff.ts';

interface Rights {
  readonly staff: Staff;
  readonly policy: { readonly salesMayConfirm: boolean };
}

/**
 * The first line of every action: throws `not-allowed` unless the person's role, as it is now, gives the right.
 * What costs money, files something or shows a secret is never decided on a cached role (`askedAnew`). Roles that cannot be
 * determined are a refusal too (`roles-unknown`).
 */
export async function demand({ staff, policy }: Rights, who: Person, right: Right): Promise<void> {
  const roles = await staff.rolesOf(who.id, { fresh: askedAnew.includes(right) });
  if (mayDo(roles, right, policy.salesMayConfirm)) return;
  throw new Refusal('not-allowed', { right, roles });
}
