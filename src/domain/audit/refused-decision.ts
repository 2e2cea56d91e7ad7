import { Refusal, type RefusalCode } from '../errors.ts';
import type { Named } from '../people/staff.ts';
import type { World } from '../world.ts';
import type { Decision, MadeDecision } from './audit.ts';

/** Somebody who is not served, and why. */
export type Stranger = Named & Pick<Extract<Decision, { kind: 'refused-stranger' }>, 'why'>;

/** Whatever they wanted, and however often: one row a day. */
export async function recordStranger(
  { audit, clock }: Pick<World, 'audit' | 'clock'>,
  { id: personId, name: personName, why }: Stranger,
): Promise<void> {
  await audit.recordDecision({ at: clock.now(), personId, personName, decision: { kind: 'refused-stranger', why } });
}

/** Writes down what was refused, where that belongs into the audit log; of another error it does nothing. */
export async function recordRefusal(
  { audit, clock }: Pick<World, 'audit' | 'clock'>,
  { id: personId, name: personName }: Named,
  error: unknown,
): Promise<void> {
  const decision = refusedDecision(error);
  if (decision) await audit.recordDecision({ at: clock.now(), personId, personName, decision });
}

/** What stands in the audit log of a refusal: somebody wanted what they may not do, or too much of it. */
function refusedDecision(error: unknown): MadeDecision['decision'] | undefined {
  if (!(error instanceof Refusal)) return undefined;
  if (isRefusal(error, 'not-allowed') && error.facts.roles.length === 0)
    return { kind: 'refused-stranger', why: 'no-role' };
  if (isRefusal(error, 'not-allowed')) return { kind: 'refused', right: error.facts.right };
  if (isRefusal(error, 'waits-for-others')) return { kind: 'refused', right: error.facts.right };
  if (isRefusal(error, 'own-approval')) return { kind: 'refused', right: 'approve' };
  if (isRefusal(error, 'leak-reported')) {
    const { by: _, at: __, ...leak } = error.facts;
    return { kind: 'refused-leak', ...leak };
  }
  if (isRefusal(error, 'above-limit')) return { kind: 'refused-amount', ...error.facts };
  // Of what is only looked up, a line in the log is enough.
  const isOfSecrets = isRefusal(error, 'too-many') && ['reveals', 'exports'].includes(error.facts.what);
  return isOfSecrets ? { kind: 'refused-often', what: error.facts.what } : undefined;
}

function isRefusal<C extends RefusalCode>(error: Refusal, code: C): error is Refusal<C> {
  return error.code === code;
}
