import { Refusal, type RefusalCode } from '../errors.ts';
import type { MadeDecision } from './audit.ts';

/** What stands in the audit log of a refusal: somebody wanted what they may not do, or too much of it. */
export function refusedDecision(error: unknown): MadeDecision['decision'] | undefined {
  if (!(error instanceof Refusal)) return undefined;
  if (isRefusal(error, 'not-allowed') && error.facts.roles.length === 0)
    return { kind: 'refused-stranger', why: 'no-role' };
  if (isRefusal(error, 'not-allowed')) return { kind: 'refused', right: error.facts.right };
  if (isRefusal(error, 'waits-for-others')) return { kind: 'refused', right: error.facts.right };
  if (isRefusal(error, 'own-approval')) return { kind: 'refused', right: 'approve' };
  if (isRefusal(error, 'leak-reported')) {
    const { reference, order } = error.facts;
    return { kind: 'refused-leak', reference, order };
  }
  if (isRefusal(error, 'above-limit')) return { kind: 'refused-amount', ...error.facts };
  // Of what is only looked up, a line in the log is enough.
  const isOfSecrets = isRefusal(error, 'too-many') && ['reveals', 'exports'].includes(error.facts.what);
  return isOfSecrets ? { kind: 'refused-often', what: error.facts.what } : undefined;
}

function isRefusal<C extends RefusalCode>(error: Refusal, code: C): error is Refusal<C> {
  return error.code === code;
}
