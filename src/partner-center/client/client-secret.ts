import { PemError, pemStart, readCertificate } from '../../microsoft/oauth/client-proof.ts';

/** PARTNER_CENTER_CLIENT_SECRET cannot be used; the message says what to do. Quotes nothing of it but a file's path. */
export class ClientSecretError extends Error {
  constructor(problem: string) {
    super(`PARTNER_CENTER_CLIENT_SECRET ${problem}`);
    this.name = 'ClientSecretError';
  }
}

/**
 * The client secret as `createPartnerCenter` takes it: the secret itself, or the PEM of a private key and its
 * certificate, given as such or by the path of a `.pem` file. Throws `ClientSecretError`.
 */
export function readClientSecret(written: string, readFile: (path: string) => string): string {
  const secret = written.startsWith(pemStart) || !/\.pem$/i.test(written) ? written : readPemFile(written, readFile);
  if (!secret.includes(pemStart)) return secret;
  // In many places an environment variable cannot hold a line break.
  const pem = secret.replace(/\\n/g, '\n');
  try {
    readCertificate(pem);
  } catch (error) {
    throw error instanceof PemError ? new ClientSecretError(error.message) : error;
  }
  return pem;
}

function readPemFile(path: string, readFile: (path: string) => string): string {
  let content: string;
  try {
    content = readFile(path);
  } catch {
    throw new ClientSecretError(`names the file ${path}, which cannot be read: check path and permissions.`);
  }
  if (content.includes(pemStart)) return content;
  throw new ClientSecretError(`names the file ${path}, which is not PEM (-----BEGIN …).`);
}
