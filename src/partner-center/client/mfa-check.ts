import { mfaReportOf } from './mfa.ts';
import type { Api } from './request.ts';

/**
 * Does Partner Center accept the service account, and does it see multi-factor authentication in its consent?
 * `undefined`: accepted, and not said. One customer is read to find out.
 */
export function createMfaCheck(api: Pick<Api, 'send'>): () => Promise<boolean | undefined> {
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
