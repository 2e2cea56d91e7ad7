import { createPartner } from './partner.ts';
import { issueToken } from './tokens.ts';

/** What the product signs in with at a simulator that runs elsewhere with the default seed. */
export function defaultAccount(): { tenantId: string; clientId: string; clientSecret: string; refreshToken: string } {
  const { tenantId, clientId, clientSecret, userId, userName, tokenKey } = createPartner(1, {});
  const claims = { use: 'refresh', tid: tenantId, appid: clientId, oid: userId, upn: userName } as const;
  const refreshToken = issueToken(tokenKey, {
    ...claims,
    idtyp: 'user',
    amr: ['pwd', 'mfa'],
    iat: 0,
    exp: Number.MAX_SAFE_INTEGER,
  });
  return { tenantId, clientId, clientSecret, refreshToken };
}
