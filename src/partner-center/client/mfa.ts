import type { Log } from '../../microsoft/log.ts';
import { remedies } from '../../words/operators.ts';

/** With `ValidateMfa: true` an answer tells whether its token carried the claim. */
export function mfaReportOf(headers: Headers): boolean | undefined {
  const written = headers.get('isMfaCompliant')?.trim().toLowerCase();
  return written === 'true' ? true : written === 'false' ? false : undefined;
}

/** Asks with every call of a person, so that a consent without the second factor is known before it is refused. */
export const askForMfa = { ValidateMfa: 'true' };

/** Warns once of an answer that came all the same, to a token without multi-factor authentication. */
export function createMfaWarning(log: Log): (headers: Headers, operation: string) => void {
  let isGiven = false;
  return (headers, operation) => {
    if (isGiven || mfaReportOf(headers) !== false) return;
    isGiven = true;
    log.warn({ operation, remedy: remedies.consentWithoutMfa }, 'Partner Center sees no multi-factor authentication');
  };
}
