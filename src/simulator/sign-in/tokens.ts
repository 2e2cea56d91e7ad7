import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { guidFrom } from '../hash.ts';

export const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
export const PRICE_SERVICE = 'https://api.partner.microsoft.com';
/** *Microsoft Graph national cloud deployments*: the global cloud, US Government, DoD, and 21Vianet. */
export const GRAPHS = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
];
export const RETIRED_GRAPH = 'https://graph.windows.net';

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
 * Tokens carry all there is to know about themselves and are signed, so that nothing has to be remembered and a
 * restart spoils none. They look like the directory's: three base64url parts, claims in the middle.
 */
export function issueToken(key: string, claims: Claims): string {
  const head = encoded({ typ: 'JWT', alg: 'HS256', kid: guidFrom(key, 'kid') });
  const body = encoded({ iss: `https://sts.windows.net/${claims.tid}/`, ver: '1.0', nbf: claims.iat, ...claims });
  return `${head}.${body}.${signature(key, `${head}.${body}`).toString('base64url')}`;
}

/** The claims of a token this simulator issued, expired or not; undefined for anything else. */
export function readToken(key: string, token: string): Claims | undefined {
  const [head, body, sent] = token.split('.');
  if (head === undefined || body === undefined || sent === undefined) return undefined;
  const expected = signature(key, `${head}.${body}`);
  const given = Buffer.from(sent, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return claimsSchema.safeParse(decoded(body)).data;
}

function signature(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
