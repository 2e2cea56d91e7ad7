import { z } from 'zod';
import { Secret } from '../../domain/secret.ts';
import { idFacts, inSpan } from '../../domain/work/trace.ts';
import { parseJson } from '../body.ts';
import { type HttpAnswer, NoAnswer, sendRequest } from '../http.ts';
import type { Timer } from '../timer.ts';
import type { ClientProof } from './client-proof.ts';
import { SignInError, type SignInRemedy, signInErrorOf } from './sign-in-error.ts';

interface TokenEndpointOptions {
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: ClientProof;
  /** Which of the directory's two sets of addresses: `v1` speaks of resources, `v2` of scopes. */
  readonly version: 'v1' | 'v2';
  readonly remedyFor: SignInRemedy;
  readonly timer: Timer;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What the directory gave. */
export interface GivenToken {
  readonly access: Secret<string>;
  readonly lifeSeconds: number;
  readonly refresh?: Secret<string>;
}

/** The directory's token endpoint, asked as one application. */
export interface TokenEndpoint {
  readonly authorizeUrl: string;
  /** Posts a form, with the client id in it. Throws `SignInError` where no answer comes. */
  post(what: 'token' | 'devicecode', form: Readonly<Record<string, string>>): Promise<HttpAnswer>;
  /** The token for this grant, with the proof of who the application is. Throws `SignInError`. */
  token(grant: Readonly<Record<string, string>>): Promise<GivenToken>;
  /** As `token` does, of an answer that came already. */
  readToken(answer: HttpAnswer, audience?: string): GivenToken;
  /** The error that an answer, or what a browser brought back, is. */
  toError(answer: Pick<HttpAnswer, 'status' | 'headers'>, body: unknown): SignInError;
  /** What goes with a grant that is posted by hand. */
  proof(): Promise<Readonly<Record<string, string>>>;
}

/** Of both versions: the first writes numbers as strings. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().optional().catch(undefined),
  refresh_token: z.string().optional().catch(undefined),
});

export function createTokenEndpoint(options: TokenEndpointOptions): TokenEndpoint {
  const { authority, tenantId, clientId, version, remedyFor, timer, timeoutMs, signal } = options;
  const root = `${authority.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}/oauth2${version === 'v1' ? '' : '/v2.0'}`;

  async function post(what: 'token' | 'devicecode', form: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    try {
      return await inSpan({ name: `Entra ${what}`, kind: 'client' }, async (note) => {
        const answer = await sendRequest({
          method: 'POST',
          url: `${root}/${what}`,
          headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
          body: new URLSearchParams({ ...form, client_id: clientId }).toString(),
          timeoutMs,
          ...(signal ? { signal } : {}),
        });
        note({ 'http.response.status_code': answer.status, ...idFacts(answer.headers) });
        return answer;
      });
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      throw new SignInError({ kind: cause.reason === 'too-long' ? 'unexpected' : 'unreachable', cause });
    }
  }

  const proof = () => options.proof(`${root}/token`, timer.now());
  const toError: TokenEndpoint['toError'] = (answer, body) => signInErrorOf(answer, body, remedyFor);

  function readToken(answer: HttpAnswer, audience?: string): GivenToken {
    const body = bodyOf(answer);
    if (answer.status !== 200) throw signInErrorOf(answer, body, remedyFor, audience);
    return toToken(body, answer.status);
  }

  return {
    authorizeUrl: `${root}/authorize`,
    post,
    token: async (grant) =>
      readToken(await post('token', { ...grant, ...(await proof()) }), grant.resource ?? grant.scope),
    readToken,
    toError,
    proof,
  };
}

export function toToken(body: unknown, status?: number): GivenToken {
  const given = tokenAnswer.safeParse(body).data;
  // A header value that fetch refuses would be quoted in its error, so a token with odd characters stops here.
  if (!given || !/^[\x21-\x7e]+$/.test(given.access_token)) {
    throw new SignInError({ kind: 'unexpected', ...(status === undefined ? {} : { status }) });
  }
  const { access_token, expires_in, refresh_token } = given;
  return {
    access: new Secret(access_token),
    lifeSeconds: Math.max(0, expires_in ?? 3600),
    ...(refresh_token ? { refresh: new Secret(refresh_token) } : {}),
  };
}

export function bodyOf({ bytes }: HttpAnswer): unknown {
  const body = parseJson(bytes);
  return body.isJson ? body.value : undefined;
}
