import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Access, Caller } from './http/call.ts';
import { createError, createGraphError, createUnauthorizedError } from './http/errors.ts';
import { deriveGuid } from './ids.ts';
import type { World } from './world.ts';

const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
const PRICE_SERVICE = 'https://api.partner.microsoft.com';
/** *Microsoft Graph national cloud deployments*: the global cloud, US Government, DoD, and 21Vianet. */
const GRAPHS = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
];
const RETIRED_GRAPH = 'https://graph.windows.net';

/** What the directory gives tokens for. */
export const AUDIENCES = [PARTNER_CENTER, PRICE_SERVICE, ...GRAPHS, RETIRED_GRAPH];

const claimsSchema = z.object({
  /** What the token is: an access token, something to get one with, or what tells the client who signed in. */
  use: z.enum(['access', 'refresh', 'code', 'device', 'id']),
  aud: z.string().optional(),
  tid: z.string(),
  appid: z.string(),
  oid: z.string(),
  upn: z.string(),
  idtyp: z.enum(['app', 'user']),
  amr: z.array(z.string()),
  /** Issued to a client without a secret. */
  public: z.boolean().optional(),
  iat: z.number(),
  exp: z.number(),
});

export type Claims = z.infer<typeof claimsSchema>;

/**
 * Tokens carry all there is to know about themselves and are signed, so that nothing has to be stored and a restart
 * invalidates none. They look like the directory's: three base64url parts, claims in the middle.
 */
export function issueToken(key: string, claims: Claims): string {
  const head = encode({ typ: 'JWT', alg: 'HS256', kid: deriveGuid(key, 'kid') });
  const body = encode({ iss: `https://sts.windows.net/${claims.tid}/`, ver: '1.0', nbf: claims.iat, ...claims });
  return `${head}.${body}.${computeSignature(key, `${head}.${body}`).toString('base64url')}`;
}

/** The claims of a token this simulator issued, expired or not; undefined for anything else. */
export function readToken(key: string, token: string): Claims | undefined {
  const [head, body, sent] = token.split('.');
  if (head === undefined || body === undefined || sent === undefined) return undefined;
  const expected = computeSignature(key, `${head}.${body}`);
  const given = Buffer.from(sent, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return claimsSchema.safeParse(decodePart(body)).data;
}

/** A base64url part of a JWT as JSON; undefined where it is none. */
export function decodePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function computeSignature(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

const NOBODY: Caller = { kind: 'app', tenantId: '', clientId: '', userId: '', userName: '', mfa: false };

/** Who is calling, by a token that is valid for this service; else 401 (docs/simulator.md, "Sign-in and tokens"). */
export function identifyCaller(world: World, access: Access, authorization: string | undefined): Caller {
  if (access === 'open') return NOBODY;
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (access === 'graph') return toCaller(readGraphToken(world, token));
  if (token === undefined) throw createUnauthorizedError(800001, 'The partner token is missing.');
  const claims = readToken(world.partner.tokenKey, token);
  if (claims === undefined || claims.use !== 'access' || claims.exp * 1000 <= world.clock.now()) {
    throw createUnauthorizedError(400, 'Access denied: the token is not valid or has expired.');
  }
  checkAudience(claims, access);
  return toCaller(claims);
}

/** Refuses callers who may not do this, whoever they are. */
export function checkAccess(access: Access, caller: Caller): void {
  if (access === 'open' || access === 'graph') return;
  if (caller.kind === 'app' && access !== 'any') {
    throw createError(403, 900329, 'Application-only access is not allowed for this operation.');
  }
  if (caller.kind === 'user' && !caller.mfa) {
    throw createUnauthorizedError(900421, 'Multi-factor authentication is required for App+User access.');
  }
}

function checkAudience(claims: Claims, access: Access): void {
  const allowed = access === 'prices' ? [PARTNER_CENTER, PRICE_SERVICE] : [PARTNER_CENTER];
  if (claims.aud !== undefined && allowed.includes(claims.aud)) return;
  if (claims.aud === RETIRED_GRAPH) {
    throw createUnauthorizedError(900420, 'Tokens for https://graph.windows.net are no longer supported.');
  }
  throw createUnauthorizedError(900420, 'The audience of the token is not supported.');
}

function readGraphToken(world: World, token: string | undefined): Claims {
  const claims = token === undefined ? undefined : readToken(world.partner.tokenKey, token);
  const isForGraph = claims?.use === 'access' && claims.aud !== undefined && GRAPHS.includes(claims.aud);
  if (isForGraph && claims.exp * 1000 > world.clock.now()) return claims;
  const message = token === undefined ? 'Access token is empty.' : 'Access token validation failure.';
  throw createGraphError(401, 'InvalidAuthenticationToken', message);
}

function toCaller(claims: Claims): Caller {
  return {
    kind: claims.idtyp,
    tenantId: claims.tid,
    clientId: claims.appid,
    userId: claims.oid,
    userName: claims.upn,
    mfa: claims.amr.includes('mfa'),
  };
}
