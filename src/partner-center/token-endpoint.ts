import { Secret } from '../domain/secret.ts';
import { parseJson } from './body.ts';
import { signInError } from './directory-error.ts';
import { PartnerCenterError } from './errors.ts';
import { exchange, type Incoming } from './exchange.ts';
import { amount, maybe, shape, text } from './wire.ts';

export const signIn = 'signIn';

/** Both versions of the answer (reference §1.1): the first writes numbers as strings. */
const tokenAnswer = shape({
  access_token: text,
  expires_in: maybe(amount),
  refresh_token: maybe(text),
  resource: maybe(text),
  scope: maybe(text),
});

export interface GivenToken {
  readonly access: Secret<string>;
  readonly lifeSeconds: number;
  readonly refresh?: Secret<string>;
  /** The audience, where the answer says it (first version only). */
  readonly resource?: string;
  readonly scope?: string;
}

/** Which of the directory's two sets of addresses: `v1` speaks of resources, `v2` of scopes. */
export type EndpointVersion = 'v1' | 'v2';

export function directoryUrl(
  { authority, tenantId }: { readonly authority: string; readonly tenantId: string },
  version: EndpointVersion,
  what: 'token' | 'authorize' | 'devicecode',
): string {
  const root = `${authority.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}/oauth2`;
  return version === 'v1' ? `${root}/${what}` : `${root}/v2.0/${what}`;
}

/** Posts a form to the directory. Throws a `PartnerCenterError` of the operation `signIn` where no answer comes. */
export function askDirectory(
  url: string,
  form: Readonly<Record<string, string>>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Incoming> {
  return exchange({
    operation: signIn,
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
    timeoutMs,
    ...(signal ? { signal } : {}),
  });
}

/** The token of an answer, or the error that the answer is. */
export function readToken(answer: Incoming): GivenToken {
  const body = bodyOf(answer);
  const given = answer.status === 200 ? tokenAnswer.safeParse(body) : undefined;
  if (!given) throw signInError(answer.status, answer.headers, body);
  // A header value that fetch refuses would be quoted in its error, so a token with odd characters stops here.
  if (!given.success || !/^[\x21-\x7e]+$/.test(given.data.access_token)) {
    throw new PartnerCenterError({ operation: signIn, kind: 'unexpected', status: answer.status });
  }
  return tokenOf(given.data);
}

export function toToken(body: unknown): GivenToken {
  return tokenOf(tokenAnswer.parse(body));
}

function tokenOf({ access_token, expires_in, refresh_token, resource, scope }: ReturnType<typeof tokenAnswer.parse>) {
  return {
    access: new Secret(access_token),
    lifeSeconds: Math.max(0, expires_in ?? 3600),
    ...(refresh_token ? { refresh: new Secret(refresh_token) } : {}),
    ...(resource ? { resource } : {}),
    ...(scope ? { scope } : {}),
  };
}

export function bodyOf({ bytes }: Incoming): unknown {
  const body = parseJson(bytes);
  return body.isJson ? body.value : undefined;
}
