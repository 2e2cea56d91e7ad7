import { mfaRemedy } from './errors.ts';
import type { Api, Log } from './request.ts';

/** With `ValidateMfa: true` an answer tells whether its token carried the claim (reference §1.2). */
export function mfaReportOf(headers: Headers): boolean | undefined {
  const written = headers.get('isMfaCompliant')?.trim().toLowerCase();
  return written === 'true' ? true : written === 'false' ? false : undefined;
}

/** Asks with every call of a person, so that a consent without the second factor is known before it is refused. */
export const askForMfa = { ValidateMfa: 'true' };

/** Told once: an answer that came all the same, to a token without multi-factor authentication. */
export function createMfaWatch(log: Log): (headers: Headers, operation: string) => void {
  let isTold = false;
  return (headers, operation) => {
    if (isTold || mfaReportOf(headers) !== false) return;
    isTold = true;
    log.warn({ operation, remedy: mfaRemedy }, 'Partner Center sees no multi-factor authentication');
  };
}

/**
 * Does Partner Center accept the service account, and does it see multi-factor authentication in its consent?
 * `undefined`: accepted, and not said. One customer is read to find out.
 */
export function createMfaCheck(api: Api): () => Promise<boolean | undefined> {
  return async () => {
    const { headers } = await api.send({
      operation: 'checkMfa',
      method: 'GET',
      path: '/v1/customers',
      query: { size: 1 },
      token: 'user',
    });
    return mfaReportOf(headers);
  };
}
