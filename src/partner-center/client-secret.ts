import {
  constants,
  createHash,
  createPrivateKey,
  type KeyObject,
  randomUUID,
  sign,
  X509Certificate,
} from 'node:crypto';
import type { Secret } from '../domain/secret.ts';

/** PARTNER_CENTER_CLIENT_SECRET cannot be used; the message says what to do. Quotes nothing of it but a file's path. */
export class ClientSecretError extends Error {
  constructor(problem: string) {
    super(`PARTNER_CENTER_CLIENT_SECRET ${problem}`);
    this.name = 'ClientSecretError';
  }
}

const pemStart = '-----BEGIN ';
const certificates = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const privateKeys =
  /-----BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----/g;

/**
 * The client secret as `createPartnerCenter` takes it: the secret itself, or the PEM of a private key and its
 * certificate, given as such or by the path of a `.pem` file. Throws `ClientSecretError`.
 */
export function readClientSecret(written: string, readFile: (path: string) => string): string {
  const secret = written.startsWith(pemStart) || !/\.pem$/i.test(written) ? written : contentOf(written, readFile);
  if (!secret.includes(pemStart)) return secret;
  // In many places an environment variable cannot hold a line break.
  const pem = secret.replace(/\\n/g, '\n');
  readCertificate(pem);
  return pem;
}

function contentOf(path: string, readFile: (path: string) => string): string {
  let content: string;
  try {
    content = readFile(path);
  } catch {
    throw new ClientSecretError(`names the file ${path}, which cannot be read: check path and permissions.`);
  }
  if (content.includes(pemStart)) return content;
  throw new ClientSecretError(`names the file ${path}, which is not PEM (-----BEGIN …).`);
}

interface Certificate {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
}

/** The private key of a PEM and, of its certificates, the one made for it. Entra takes RSA keys only. */
function readCertificate(pem: string): Certificate {
  const [keyText, ...more] = pem.match(privateKeys) ?? [];
  if (!keyText) throw new ClientSecretError('holds a certificate without its private key: put both into the PEM.');
  if (more.length > 0) throw new ClientSecretError('holds more than one private key: leave one.');
  if (keyText.includes('ENCRYPTED')) {
    throw new ClientSecretError('holds a private key with a passphrase: store it without (openssl pkey -in … -out …).');
  }
  const key = readOr(() => createPrivateKey(keyText), 'holds a private key that cannot be read.');
  if (key.asymmetricKeyType !== 'rsa')
    throw new ClientSecretError('holds a key that is not RSA: Entra takes no other.');
  const found = (pem.match(certificates) ?? []).map((text) =>
    readOr(() => new X509Certificate(text), 'holds a certificate that cannot be read.'),
  );
  const certificate = found.find((one) => one.checkPrivateKey(key));
  if (certificate) return { key, certificate };
  throw new ClientSecretError(
    found.length > 0
      ? 'holds a private key and certificates that do not belong together.'
      : 'holds a private key without its certificate: put both into the PEM.',
  );
}

/** A parser's own error could quote what it read. */
function readOr<T>(read: () => T, problem: string): T {
  try {
    return read();
  } catch {
    throw new ClientSecretError(problem);
  }
}

/** What a token request says to prove who the application is. */
export type ClientProof = (endpoint: string, now: number) => Readonly<Record<string, string>>;

const assertionLifeSeconds = 300;

/** The secret, or a fresh signed assertion for each request where it is a certificate. Throws `ClientSecretError`. */
export function createClientProof(clientId: string, clientSecret: Secret<string>): ClientProof {
  const secret = clientSecret.reveal();
  if (!secret.includes(pemStart)) return () => ({ client_secret: secret });
  const certificate = readCertificate(secret);
  return (endpoint, now) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion(clientId, certificate, endpoint, now),
  });
}

/** *Certificate credentials* of the Microsoft identity platform: PS256, named by the certificate's SHA-256 thumbprint. */
function assertion(clientId: string, { key, certificate }: Certificate, endpoint: string, now: number): string {
  const at = Math.floor(now / 1000);
  const header = {
    alg: 'PS256',
    typ: 'JWT',
    'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url'),
  };
  const claims = {
    aud: endpoint,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    iat: at,
    nbf: at - 60,
    exp: at + assertionLifeSeconds,
  };
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(signed), {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  return `${signed}.${signature.toString('base64url')}`;
}
