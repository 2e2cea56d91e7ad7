import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { startStubServer } from './stub-server.ts';

type Claims = Record<string, unknown>;

export interface KeyServer {
  readonly url: string;
  /** A signed token; `header` and `key` for tokens that must not pass. */
  token(claims: Claims, options?: { header?: Claims; key?: KeyObject; digest?: string }): string;
  readonly otherKey: KeyObject;
  /** How often the OpenID document was asked for. */
  asked(): number;
  /** What it does from here on: answers, answers with 500, or never. */
  become(state: 'well' | 'failing' | 'hanging'): void;
  /** Only a new key of this id is published from here on, and signs. */
  rotate(kid: string): void;
  close(): Promise<void>;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An OpenID document and its keys: `msteams` endorsed for that channel, `plain` without endorsements. */
export async function startKeyServer(): Promise<KeyServer> {
  const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let kid = 'msteams';
  let pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let state: 'well' | 'failing' | 'hanging' = 'well';
  let asked = 0;
  let url = '';
  const keys = () => {
    const { n, e } = pair.publicKey.export({ format: 'jwk' });
    return [
      { kty: 'RSA', use: 'sig', kid, n, e, endorsements: ['msteams', 'webchat'] },
      { kty: 'RSA', use: 'sig', kid: 'plain', n, e },
    ];
  };
  const server = await startStubServer((request, response) => {
    const isDocument = /^\/openid$|\/\.well-known\/openid-configuration$/.test(request.url ?? '');
    if (isDocument) asked += 1;
    if (state === 'hanging') return;
    response.statusCode = state === 'failing' ? 500 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isDocument ? { issuer: 'x', jwks_uri: `${url}/keys` } : { keys: keys() }));
  });
  url = server.url;
  return {
    url: `${url}/openid`,
    otherKey,
    asked: () => asked,
    become(next) {
      state = next;
    },
    rotate(next) {
      kid = next;
      pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    },
    token(claims, { header = {}, key = pair.privateKey, digest = 'RSA-SHA256' } = {}) {
      const head = `${part({ alg: 'RS256', typ: 'JWT', kid, ...header })}.${part(claims)}`;
      return `${head}.${sign(digest, Buffer.from(head), key).toString('base64url')}`;
    },
    close: () => server.close(),
  };
}
