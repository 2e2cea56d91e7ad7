import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { startStubServer } from './stub-server.ts';

type Claims = Record<string, unknown>;

export interface KeyServer {
  readonly url: string;
  /** A signed token; `header` and `key` for tokens that must not pass. */
  token(claims: Claims, options?: { header?: Claims; key?: KeyObject; digest?: string }): string;
  readonly otherKey: KeyObject;
  close(): Promise<void>;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID document and its keys: `msteams` endorsed for that channel, `plain` without endorsements. */
export async function startKeyServer(): Promise<KeyServer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  const keys = [
    { kty: 'RSA', use: 'sig', kid: 'msteams', n, e, endorsements: ['msteams', 'webchat'] },
    { kty: 'RSA', use: 'sig', kid: 'plain', n, e },
  ];
  let url = '';
  const server = await startStubServer((request, response) => {
    const isDocument = request.url === '/openid';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isDocument ? { issuer: 'x', jwks_uri: `${url}/keys` } : { keys }));
  });
  url = server.url;
  return {
    url: `${url}/openid`,
    otherKey,
    token(claims, { header = {}, key = privateKey, digest = 'RSA-SHA256' } = {}) {
      const head = `${part({ alg: 'RS256', typ: 'JWT', kid: 'msteams', ...header })}.${part(claims)}`;
      return `${head}.${sign(digest, Buffer.from(head), key).toString('base64url')}`;
    },
    close: () => server.close(),
  };
}
