import { constants, createHash, createHmac, timingSafeEqual, verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Access, Caller, Query } from './http/call.ts';
import {
  type ApiError,
  createDirectoryError,
  createError,
  createGraphError,
  createUnauthorizedError,
} from './http/errors.ts';
import { deriveGuid, type World } from './world.ts';

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
function decodePart(part: string): unknown {
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

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** How far two machines' clocks may be apart. */
const SKEW_SECONDS = 300;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const headSchema = z.object({
  alg: z.enum(['PS256', 'RS256']),
  /** The certificate's thumbprint, base64url: SHA-256 today, SHA-1 from older clients. */
  'x5t#S256': z.string().optional(),
  x5t: z.string().optional(),
});

const assertionSchema = z.object({
  aud: z.string(),
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

type Head = z.infer<typeof headSchema>;

/** Checks how the application of a token request proves who it is: by its secret, or by an assertion. */
export function checkClient({ partner, clock, options }: World, form: Query, endpoint: string): void {
  const now = clock.now();
  const clientId = form.get('client_id') ?? '';
  if (clientId.toLowerCase() !== partner.clientId) {
    const text = `Application with identifier '${clientId}' was not found in the directory '${partner.name}'.`;
    throw createDirectoryError(400, 'unauthorized_client', 700016, text, now);
  }
  const assertion = form.get('client_assertion');
  if (assertion !== undefined && form.get('client_assertion_type') === ASSERTION_TYPE) {
    checkAssertion(assertion, { clientId, endpoint, certificates: options.certificates });
    return;
  }
  const secret = form.get('client_secret');
  if (secret === partner.clientSecret) return;
  if (secret !== undefined) {
    const general = { code: 70002, text: 'Error validating credentials.' };
    throw createDirectoryError(401, 'invalid_client', 7000215, 'Invalid client secret provided.', now, general);
  }
  const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
  throw createDirectoryError(401, 'invalid_client', 7000218, text, now);
}

/** A public client need not prove anything; what it sends nevertheless must be right. */
export function hasClientProof(form: Query): boolean {
  return form.get('client_assertion') !== undefined || form.get('client_secret') !== undefined;
}

/** The certificates an application is registered with. Throws where the text holds none. */
export function readCertificates(pem: string | undefined): X509Certificate[] {
  if (pem === undefined) return [];
  const found = (pem.match(PEM) ?? []).map((text) => new X509Certificate(text));
  if (found.length > 0) return found;
  throw new Error('The simulator was given a certificate that is not PEM (-----BEGIN CERTIFICATE-----).');
}

/** What an assertion must be about: which application, and which address it was sent to. */
interface Expected {
  clientId: string;
  endpoint: string;
  certificates: X509Certificate[];
}

/**
 * *Certificate credentials* of the Microsoft identity platform: a JWT signed with the key of a registered certificate.
 * Assertions are judged by the real clock: they live for minutes and are made by a machine that knows no other.
 */
function checkAssertion(assertion: string, { clientId, endpoint, certificates }: Expected): void {
  const [headPart = '', claimsPart = '', signature = ''] = assertion.split('.');
  const head = headSchema.safeParse(decodePart(headPart)).data;
  const claims = assertionSchema.safeParse(decodePart(claimsPart)).data;
  if (head === undefined || claims === undefined) {
    throw createClientError(50027, 'JWT token is invalid or malformed.');
  }
  const certificate = certificates.find((candidate) => hasThumbprint(candidate, head));
  if (certificate === undefined) throw createSignatureError('The key was not found', head);
  const now = Date.now();
  if (now < certificate.validFromDate.getTime() || now > certificate.validToDate.getTime()) {
    throw createSignatureError('The certificate used is expired', head);
  }
  const signed = Buffer.from(`${headPart}.${claimsPart}`);
  if (!isSignedBy(certificate, signed, Buffer.from(signature, 'base64url'), head.alg)) {
    throw createSignatureError('The key was found, but use of the key to verify the signature failed', head);
  }
  if (!isSame(claims.iss, clientId) || !isSame(claims.sub, clientId)) {
    throw createClientError(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
  }
  const seconds = now / 1000;
  if (claims.exp + SKEW_SECONDS < seconds || (claims.nbf ?? 0) - SKEW_SECONDS > seconds) {
    throw createClientError(700024, 'Client assertion is not within its valid time range.');
  }
  if (!isSame(claims.aud.replace(/\/$/, ''), endpoint)) {
    throw createClientError(700023, 'Client assertion audience claim does not match Realm issuer.');
  }
}

function hasThumbprint({ raw }: X509Certificate, head: Head): boolean {
  const computeThumbprint = (algorithm: string) => createHash(algorithm).update(raw).digest('base64url');
  return head['x5t#S256'] === computeThumbprint('sha256') || head.x5t === computeThumbprint('sha1');
}

function isSignedBy({ publicKey }: X509Certificate, signed: Buffer, signature: Buffer, alg: Head['alg']): boolean {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return verify('sha256', signed, { key: publicKey, ...(alg === 'PS256' ? pss : {}) }, signature);
}

function createSignatureError(reason: string, head: Head): ApiError {
  const thumbprint = head['x5t#S256'] ?? head.x5t ?? '';
  const detail = `[Reason - ${reason}., Thumbprint of key used by client: '${thumbprint}']`;
  return createClientError(700027, `Client assertion contains an invalid signature. ${detail}`);
}

function createClientError(code: number, text: string): ApiError {
  return createDirectoryError(401, 'invalid_client', code, text, Date.now());
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
