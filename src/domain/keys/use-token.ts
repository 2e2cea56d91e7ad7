import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from '../errors.ts';
import { demandNoLeak } from '../leaks/report-leak.ts';
import type { NewNotice } from '../notices/notice.ts';
import { demand } from '../people/demand.ts';
import type { Person } from '../people/staff.ts';
import { Secret } from '../secret.ts';
import type { World } from '../world.ts';
import type { RefusedReveal } from './key-reveals.ts';
import type { BoundReveal } from './reveal-tokens.ts';

/** So long a token is good for. The page uses it at once. */
const tokenSeconds = 60;

/** As a page presents it: the tenant is that of its session. */
interface PresentedToken {
  readonly value: string;
  readonly tenantId: string;
}

/** A token for one look of this person, in exchange for the right as it is now. Throws `not-allowed`, `leak-reported`. */
export async function issueToken(world: World, who: Person, bound: BoundReveal): Promise<Secret<string>> {
  await demand(world, who, 'keys.reveal');
  await demandNoLeak(world, bound.orderId);
  const token = randomBytes(32).toString('base64url');
  await world.revealTokens.issue(hashOf(token), bound, tokenSeconds);
  return new Secret(token);
}

/**
 * What the token was given for, once. A token that comes a second time, or from somebody else, was copied: that is
 * recorded, and the admin agents are told. Throws `not-allowed`, `token-refused`, `not-recorded`.
 */
export async function useToken(world: World, who: Person, { value, tenantId }: PresentedToken): Promise<BoundReveal> {
  const hash = hashOf(value);
  const use = await world.revealTokens.use(hash, { personId: who.id, tenantId });
  if (!use) throw new Refusal('token-refused', { why: 'unknown' });
  const { outcome, bound } = use;
  if (outcome === 'good') {
    await demand(world, who, 'keys.reveal');
    return bound;
  }
  if (outcome === 'expired') throw new Refusal('token-refused', { why: 'expired' });
  await recordMisuse(world, who, { hash, bound, refusal: outcome });
  throw new Refusal('token-refused', { why: outcome === 'used' ? 'used' : 'unknown' });
}

interface Misuse {
  readonly hash: string;
  readonly bound: BoundReveal;
  readonly refusal: RefusedReveal['refusal'];
}

async function recordMisuse(world: World, who: Person, { hash, bound, refusal }: Misuse): Promise<void> {
  const { customerId, customerName, orderId, orderNumber, item, items } = bound;
  const at = world.clock.now();
  const looks = items.map((what) => ({ what, item, customerId, customerName, orderId, at, refusal, token: hash }));
  const rows = looks.map((look) => ({ ...look, personId: who.id, personName: who.name }));
  await world.keyReveals.addRefused(rows).catch((cause: unknown) => {
    throw new Refusal('not-recorded', {}, { cause });
  });
  const admins = await world.staff.adminAgents();
  const notices = admins.map(
    (id): NewNotice => ({
      kind: 'token-misused',
      orderNumber,
      personId: who.id,
      tokenHash: hash,
      target: { to: 'person', id },
    }),
  );
  await world.notices.add(notices, at);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
