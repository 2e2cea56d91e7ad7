import { createPartner, DEFAULT_SEED, type Partner } from './partner.ts';
import { issueToken } from './tokens.ts';

/** What the product signs in with. */
export interface Account {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

/** The product's own refresh token never expires, so that a restart with the same configuration always works. */
export function accountOf(partner: Partner): Account {
  const { tenantId, clientId, clientSecret, userId, userName, tokenKey } = partner;
  const refreshToken = issueToken(tokenKey, {
    use: 'refresh',
    tid: tenantId,
    appid: clientId,
    oid: userId,
    upn: userName,
    idtyp: 'user',
    amr: ['pwd', 'mfa'],
    iat: 0,
    exp: Number.MAX_SAFE_INTEGER,
  });
  return { tenantId, clientId, clientSecret, refreshToken };
}

/** The same at a simulator that runs elsewhere with the default seed. */
export function defaultAccount(): Account {
  return accountOf(createPartner(DEFAULT_SEED, {}));
}
