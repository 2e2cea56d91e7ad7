import type { Access, Caller } from '../http/call.ts';
import { refusal, unauthorized } from '../http/errors.ts';
import { graphRefusal } from '../http/graph-errors.ts';
import type { World } from '../store.ts';
import { type Claims, GRAPHS, PARTNER_CENTER, PRICE_SERVICE, RETIRED_GRAPH, readToken } from './tokens.ts';

const NOBODY: Caller = { kind: 'app', tenantId: '', clientId: '', userId: '', userName: '', mfa: false };

/** Who is calling, by a token that is good for this service; else the 401 of the reference, section 1.6. */
export function identify(world: World, access: Access, authorization: string | undefined): Caller {
  if (access === 'open') return NOBODY;
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (access === 'graph') return callerOf(graphClaims(world, token));
  if (token === undefined) throw unauthorized(800001, 'The partner token is missing.');
  const claims = readToken(world.partner.tokenKey, token);
  if (claims === undefined || claims.use !== 'access' || claims.exp * 1000 <= world.clock.now()) {
    throw unauthorized(400, 'Access denied: the token is not valid or has expired.');
  }
  checkAudience(claims, access);
  return callerOf(claims);
}

/** Refuses callers who may not do this, whoever they are: reference, sections 1.2 and 1.3. */
export function permit(access: Access, caller: Caller): void {
  if (access === 'open' || access === 'graph') return;
  if (caller.kind === 'app' && access !== 'any') {
    throw refusal(403, 900329, 'Application-only access is not allowed for this operation.');
  }
  if (caller.kind === 'user' && !caller.mfa) {
    throw unauthorized(900421, 'Multi-factor authentication is required for App+User access.');
  }
}

function checkAudience(claims: Claims, access: Access): void {
  const allowed = access === 'prices' ? [PARTNER_CENTER, PRICE_SERVICE] : [PARTNER_CENTER];
  if (claims.aud !== undefined && allowed.includes(claims.aud)) return;
  if (claims.aud === RETIRED_GRAPH) {
    throw unauthorized(900420, 'Tokens for https://graph.windows.net are no longer supported.');
  }
  throw unauthorized(900420, 'The audience of the token is not supported.');
}

function graphClaims(world: World, token: string | undefined): Claims {
  const claims = token === undefined ? undefined : readToken(world.partner.tokenKey, token);
  const isForGraph = claims?.use === 'access' && claims.aud !== undefined && GRAPHS.includes(claims.aud);
  if (isForGraph && claims.exp * 1000 > world.clock.now()) return claims;
  const message = token === undefined ? 'Access token is empty.' : 'Access token validation failure.';
  throw graphRefusal(401, 'InvalidAuthenticationToken', message);
}

function callerOf(claims: Claims): Caller {
  return {
    kind: claims.idtyp,
    tenantId: claims.tid,
    clientId: claims.appid,
    userId: claims.oid,
    userName: claims.upn,
    mfa: claims.amr.includes('mfa'),
  };
}
