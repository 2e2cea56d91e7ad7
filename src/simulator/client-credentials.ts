import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Query } from './http/call.ts';
import { type ApiError, createDirectoryError } from './http/errors.ts';
import { decodePart } from './tokens.ts';
import type { World } from './world.ts';

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

const claimsSchema = z.object({
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
  const claims = claimsSchema.safeParse(decodePart(claimsPart)).data;
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
