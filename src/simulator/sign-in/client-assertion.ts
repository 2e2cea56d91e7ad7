import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { ApiError } from '../http/errors.ts';
import { directoryError } from './directory-errors.ts';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** How far two machines' clocks may be apart. */
const SKEW_SECONDS = 300;
const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const headSchema = z.object({
  alg: z.enum(['PS256', 'RS256']),
  /** The certificate's thumbprint, base64url: SHA-256 today, SHA-1 from older clients. */
  'x5t#S256': z.string().optional(),
  x5t: z.string().optional(),
});

const claimsSchema = z.object({
  aud: z.string(),
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

type Head = z.infer<typeof headSchema>;

/** What an assertion must be about: which application, and which address it was sent to. */
export interface Expected {
  clientId: string;
  endpoint: string;
  certificates: X509Certificate[];
}

/** The certificates an application is registered with. Throws where the text holds none. */
export function readCertificates(pem: string | undefined): X509Certificate[] {
  if (pem === undefined) return [];
  const found = (pem.match(PEM) ?? []).map((text) => new X509Certificate(text));
  if (found.length > 0) return found;
  throw new Error('The simulator was given a certificate that is not PEM (-----BEGIN CERTIFICATE-----).');
}

/**
 * *Certificate credentials* of the Microsoft identity platform: a JWT signed with the key of a registered certificate.
 * Refusals are the directory's. Assertions are judged by the real clock: they live for minutes and are made by a
 * machine that knows no other.
 */
export function checkAssertion(assertion: string, { clientId, endpoint, certificates }: Expected): void {
  const [headPart = '', claimsPart = '', signature = ''] = assertion.split('.');
  const head = headSchema.safeParse(decoded(headPart)).data;
  const claims = claimsSchema.safeParse(decoded(claimsPart)).data;
  if (head === undefined || claims === undefined) throw refused(50027, 'JWT token is invalid or malformed.');
  const certificate = certificates.find((candidate) => isNamed(candidate, head));
  if (certificate === undefined) throw badSignature('The key was not found', head);
  const now = Date.now();
  if (now < certificate.validFromDate.getTime() || now > certificate.validToDate.getTime()) {
    throw badSignature('The certificate used is expired', head);
  }
  const signed = Buffer.from(`${headPart}.${claimsPart}`);
  if (!isSigned(signed, Buffer.from(signature, 'base64url'), certificate, head.alg)) {
    throw badSignature('The key was found, but use of the key to verify the signature failed', head);
  }
  if (!isSame(claims.iss, clientId) || !isSame(claims.sub, clientId)) {
    throw refused(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
  }
  const seconds = now / 1000;
  if (claims.exp + SKEW_SECONDS < seconds || (claims.nbf ?? 0) - SKEW_SECONDS > seconds) {
    throw refused(700024, 'Client assertion is not within its valid time range.');
  }
  if (!isSame(claims.aud.replace(/\/$/, ''), endpoint)) {
    throw refused(700023, 'Client assertion audience claim does not match Realm issuer.');
  }
}

function isNamed({ raw }: X509Certificate, head: Head): boolean {
  const thumbprint = (algorithm: string) => createHash(algorithm).update(raw).digest('base64url');
  return head['x5t#S256'] === thumbprint('sha256') || head.x5t === thumbprint('sha1');
}

function isSigned(signed: Buffer, signature: Buffer, { publicKey }: X509Certificate, alg: Head['alg']): boolean {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return verify('sha256', signed, { key: publicKey, ...(alg === 'PS256' ? pss : {}) }, signature);
}

function badSignature(reason: string, head: Head): ApiError {
  const thumbprint = head['x5t#S256'] ?? head.x5t ?? '';
  const detail = `[Reason - ${reason}., Thumbprint of key used by client: '${thumbprint}']`;
  return refused(700027, `Client assertion contains an invalid signature. ${detail}`);
}

function refused(code: number, text: string): ApiError {
  return directoryError(401, 'invalid_client', code, text, Date.now());
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
