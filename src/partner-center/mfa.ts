import type { Api } from './request.ts';

/** With `ValidateMfa: true` an answer tells whether its token carried the claim (reference §1.2). */
export function mfaReportOf(headers: Headers): boolean | undefined {
  const written = headers.get('isMfaCompliant')?.trim().toLowerCase();
  return written === 'true' ? true : written === 'false' ? false : undefined;
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
      headers: { ValidateMfa: 'true' },
      token: 'user',
    });
    return mfaReportOf(headers);
  };
}
