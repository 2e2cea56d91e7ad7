import { createHash, createPrivateKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Secret } from '../../domain/secret.ts';

export const pemStart = '-----BEGIN ';
const certificates = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const privateKeys =
  /-----BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----/g;

/** A PEM cannot prove who the application is; the message says what is wrong with it and quotes nothing of it. */
export class PemError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'PemError';
  }
}

interface Certificate {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
}

/** The private key of a PEM and, of its certificates, the one made for it. Entra takes RSA keys only. */
export function readCertificate(pem: string): Certificate {
  const [keyText, ...more] = pem.match(privateKeys) ?? [];
  if (!keyText) throw new PemError('holds a certificate without its private key: put both into the PEM.');
  if (more.length > 0) throw new PemError('holds more than one private key: leave one.');
  if (keyText.includes('ENCRYPTED')) {
    throw new PemError('holds a private key with a passphrase: store it without (openssl pkey -in … -out …).');
  }
  const key = parse(() => createPrivateKey(keyText), 'holds a private key that cannot be read.');
  if (key.asymmetricKeyType !== 'rsa') throw new PemError('holds a key that is not RSA: Entra takes no other.');
  const found = (pem.match(certificates) ?? []).map((text) =>
    parse(() => new X509Certificate(text), 'holds a certificate that cannot be read.'),
  );
  const certificate = found.find((one) => one.checkPrivateKey(key));
  if (certificate) return { key, certificate };
  throw new PemError(
    found.length > 0
      ? 'holds a private key and certificates that do not belong together.'
      : 'holds a private key without its certificate: put both into the PEM.',
  );
}

/** A parser's own error could quote what it read. */
function parse<T>(read: () => T, problem: string): T {
  try {
    return read();
  } catch {
    throw new PemError(problem);
  }
}

/** What a token request says to prove who the application is. */
export type ClientProof = (tokenEndpoint: string, now: number) => Promise<Readonly<Record<string, string>>>;

const assertionLifeSeconds = 300;

/** The secret, or a fresh signed assertion for each request where it is the PEM of a key and its certificate. */
export function createClientProof(clientId: string, clientSecret: Secret<string>): ClientProof {
  const secret = clientSecret.reveal();
  if (!secret.includes(pemStart)) return async () => ({ client_secret: secret });
  const certificate = readCertificate(secret);
  return async (tokenEndpoint, now) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signAssertion(clientId, certificate, tokenEndpoint, now),
  });
}

/** *Certificate credentials* of the Microsoft identity platform: PS256, named by the certificate's SHA-256 thumbprint. */
function signAssertion(clientId: string, { key, certificate }: Certificate, tokenEndpoint: string, now: number) {
  const at = Math.floor(now / 1000);
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
  return new SignJWT()
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenEndpoint)
    .setJti(randomUUID())
    .setIssuedAt(at)
    .setNotBefore(at - 60)
    .setExpirationTime(at + assertionLifeSeconds)
    .sign(key);
}
