import { createHash, randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignInOptions } from './device-code.ts';
import { signInError } from './directory-error.ts';
import { askDirectory, directoryUrl, type GivenToken, readToken } from './token-endpoint.ts';

export interface BrowserOptions extends SignInOptions {
  /** Of the address the browser comes back to; 0 takes a free one. It must be registered with the application. */
  readonly port: number;
  /** How long somebody may take. */
  readonly patienceMs: number;
}

/** What the browser brought back: the directory's answer to the sign-in. */
type Return = { readonly code: string } | { readonly refusal: Record<string, string> };

/**
 * Signs a person in with the browser of this machine (*OAuth 2.0 authorization code flow*, with PKCE): the browser comes
 * back to a listener on loopback. `show` gets the address to open. Throws a `PartnerCenterError` of the operation `signIn`.
 */
export async function signInByBrowser(
  options: BrowserOptions,
  show: (places: { open: string; redirect: string }) => void,
): Promise<GivenToken> {
  const { clientId, proof, scope, timer, timeoutMs } = options;
  const state = randomBytes(16).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const listener = await listen(options.port, state);
  try {
    const redirect = `http://localhost:${listener.port}`;
    const open = new URL(directoryUrl(options, 'v2', 'authorize'));
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

    const back = await listener.back(options.patienceMs);
    if ('refusal' in back) throw signInError(400, new Headers(), back.refusal);
    const endpoint = directoryUrl(options, 'v2', 'token');
    const form = {
      grant_type: 'authorization_code',
      code: back.code,
      redirect_uri: redirect,
      code_verifier: verifier,
      client_id: clientId,
      scope,
      ...proof(endpoint, timer.now()),
    };
    return readToken(await askDirectory(endpoint, form, timeoutMs));
  } finally {
    listener.close();
  }
}

async function listen(wanted: number, state: string) {
  let arrived: (back: Return) => void = () => undefined;
  const arrival = new Promise<Return>((resolve) => {
    arrived = resolve;
  });
  const server = createServer((request, response) => {
    // What begins with two slashes names a host, or nothing at all.
    const address = URL.parse(request.url ?? '/', 'http://localhost');
    if (!address) return say(response, 400, 'This is not the sign-in that was asked for.');
    const { pathname, searchParams } = address;
    if (pathname !== '/' || request.method !== 'GET') return say(response, 404, 'Not found.');
    const back = returnOf(searchParams, state);
    if (!back) return say(response, 400, 'This is not the sign-in that was asked for.');
    say(response, 200, 'Done here. Go back to the terminal; this window can be closed.');
    arrived(back);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    port,
    async back(patienceMs: number): Promise<Return> {
      let limit: NodeJS.Timeout | undefined;
      const tooLate = new Promise<Return>((resolve) => {
        limit = setTimeout(() => resolve({ refusal: { error: 'expired_token' } }), patienceMs);
      });
      return Promise.race([arrival, tooLate]).finally(() => clearTimeout(limit));
    },
    close() {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function returnOf(query: URLSearchParams, state: string): Return | undefined {
  if (query.get('state') !== state) return undefined;
  const code = query.get('code');
  if (code) return { code };
  const error = query.get('error');
  return error ? { refusal: { error, error_description: query.get('error_description') ?? '' } } : undefined;
}

function say(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(sentence);
}
