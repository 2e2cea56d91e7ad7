import { OutsideError } from '../errors.ts';
import type { World } from '../world.ts';
import type { Attempt } from './attempts.ts';

/**
 * Sends the attempt's request, unless somebody else may be at it by now. A conflict is an answer: the next attempt is
 * another request. Throws what it was answered, or `LeaseLost`.
 */
export async function send<T>(
  { attempts, clock, leases }: World,
  attempt: Attempt,
  request: (requestId: string) => Promise<T>,
): Promise<T> {
  await leases.demandHeld();
  try {
    return await request(attempt.requestId);
  } catch (error) {
    if (isConflict(error)) await attempts.end({ attempt, outcome: 'conflict' }, clock.now());
    throw error;
  }
}

/** Partner Center has it in another request's hands, which passes. */
export function isConflict(error: unknown): error is OutsideError {
  return error instanceof OutsideError && error.kind === 'conflict';
}
