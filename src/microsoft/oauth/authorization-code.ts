import { createHash, randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pTimeout from 'p-timeout';
import type { SignInOptions } from './device-code.ts';
import type { GivenToken } from './token-endpoint.ts';

interface BrowserOptions extends SignInOptions {
  /** Of the address the browser comes back to; 0 takes a free one. It must be registered with the application. */
  readonly port: number;
  /** How long somebody may take. */
  readonly patienceMs: number;
}

/** What the browser brought back: the directory's answer to the sign-in. */
type Return = { readonly code: string } | { readonly refusal: Record<string, string> };

/**
 * Signs a person in with the browser of this machine (*OAuth 2.0 authorization code flow*, with PKCE): the browser comes
 * back to a listener on loopback. `show` gets the address to open. Throws a `SignInError`.
 */
export async function signInByBrowser(
  { endpoint, clientId, scope, port, patienceMs }: BrowserOptions,
  show: (addresses: { open: string; redirect: string }) => void,
): Promise<GivenToken> {
  const state = randomBytes(16).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const listener = await listen(port, state);
  try {
    const redirect = `http://localhost:${listener.port}`;
    const open = new URL(endpoint.authorizeUrl);
    open.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: redirect,
      scope,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      // A session that is already there may lack the second factor.
      prompt: 'login',
    }).toString();
    show({ open: open.href, redirect });

    const back = await listener.waitForReturn(patienceMs);
    if ('refusal' in back) throw endpoint.toError({ status: 400, headers: new Headers() }, back.refusal);
    const grant = { grant_type: 'authorization_code', code: back.code, redirect_uri: redirect };
    return await endpoint.token({ ...grant, code_verifier: verifier, scope });
  } finally {
    listener.close();
  }
}

async function listen(wanted: number, state: string) {
  const { promise: arrival, resolve: finish } = Promise.withResolvers<Return>();
  const server = createServer((request, response) => {
    // What begins with two slashes names a host, or nothing at all.
    const address = URL.parse(request.url ?? '/', 'http://localhost');
    if (!address) return answer(response, 400, 'This is not the sign-in that was asked for.');
    const { pathname, searchParams } = address;
    if (pathname !== '/' || request.method !== 'GET') return answer(response, 404, 'Not found.');
    const back = readReturn(searchParams, state);
    if (!back) return answer(response, 400, 'This is not the sign-in that was asked for.');
    answer(response, 200, 'Done here. Go back to the terminal; this window can be closed.');
    finish(back);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    waitForReturn: (patienceMs: number): Promise<Return> =>
      pTimeout(arrival, {
        milliseconds: patienceMs,
        fallback: (): Return => ({ refusal: { error: 'expired_token' } }),
      }),
    close() {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function readReturn(query: URLSearchParams, state: string): Return | undefined {
  if (query.get('state') !== state) return undefined;
  const code = query.get('code');
  if (code) return { code };
  const error = query.get('error');
  return error ? { refusal: { error, error_description: query.get('error_description') ?? '' } } : undefined;
}

function answer(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(sentence);
}
