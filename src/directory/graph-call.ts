import { Secret } from '../domain/secret.ts';
import { retryAfterMs } from './retry-after.ts';

export interface Log {
  debug(facts: object, text: string): void;
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** Real time, for pauses and lifetimes. */
export interface Timer {
  now(): number;
  pause(ms: number): Promise<void>;
}

export interface GraphAccess {
  readonly graphUrl: string;
  /** What the token is for; the cloud's own, also where another address answers for Graph. */
  readonly scope: string;
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: Secret<string>;
  readonly timer: Timer;
  readonly timeoutMs: number;
}

/** Graph, or the token endpoint in front of it, did not answer as needed. `reason` is fit for a log and a refusal. */
export class GraphError extends Error {
  readonly reason: string;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, facts: { status?: number; retryAfterMs?: number; cause?: unknown } = {}) {
    super(`Call to Graph failed (${reason})`, { cause: facts.cause });
    this.name = 'GraphError';
    this.reason = reason;
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** GET without, POST with a body; the parsed JSON of a 200. Throws `GraphError`. */
export type GraphCall = (path: string, body?: unknown) => Promise<unknown>;

/** A person waits for the answer: a longer `Retry-After` is not waited for. */
const longestWaitMs = 2_000;
const unsaidWaitMs = 1_000;
/** Nobody is kept out for longer, whatever Graph says. */
const longestHoldMs = 10 * 60_000;
const retryPauseMs = 200;
const marginMs = 5 * 60_000;

interface Issued {
  readonly token: Secret<string>;
  readonly until: number;
}

/**
 * Calls of Microsoft Graph v1.0 with an application token (client credentials, v2 endpoint). One more try after 401
 * (with a new token), after 5xx or a broken connection; no call goes out while Graph has asked to wait (429, 503), and
 * where that is for long, there is no more try.
 */
export function createGraphCall(access: GraphAccess): GraphCall {
  const { timer } = access;
  const root = access.graphUrl.replace(/\/+$/, '');
  let issued: Issued | undefined;
  let asking: Promise<Issued> | undefined;
  let held: { readonly until: number; readonly by: GraphError } | undefined;

  async function token(): Promise<Secret<string>> {
    if (issued && issued.until > timer.now()) return issued.token;
    asking ??= askToken(access).finally(() => {
      asking = undefined;
    });
    issued = await asking;
    return issued.token;
  }

  async function once(path: string, body: unknown): Promise<unknown> {
    const waitMs = held ? held.until - timer.now() : 0;
    if (held && waitMs > longestWaitMs) throw held.by;
    if (waitMs > 0) await timer.pause(waitMs);
    const bearer = await token();
    const answer = await exchange(access, `${root}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${bearer.reveal()}`,
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 200) return answer.body;
    if (answer.status === 401 && issued?.token === bearer) issued = undefined;
    throw failureOf('graph', answer, timer.now());
  }

  /** What Graph asked to wait holds for all calls. */
  function noteThrottling(error: unknown): never {
    const waitMs = error instanceof GraphError && error !== held?.by ? waitAskedFor(error) : undefined;
    if (error instanceof GraphError && waitMs !== undefined) {
      const until = timer.now() + Math.min(waitMs, longestHoldMs);
      if (until > (held?.until ?? 0)) held = { until, by: error };
    }
    throw error;
  }

  return async (path, body) => {
    try {
      return await once(path, body).catch(noteThrottling);
    } catch (error) {
      const pauseMs = error instanceof GraphError ? pauseBefore(error) : undefined;
      if (pauseMs === undefined) throw error;
      if (pauseMs > 0) await timer.pause(pauseMs);
      return once(path, body).catch(noteThrottling);
    }
  };
}

function waitAskedFor({ status, retryAfterMs }: GraphError): number | undefined {
  if (status === 429) return retryAfterMs ?? unsaidWaitMs;
  return status === 503 ? retryAfterMs : undefined;
}

/** How long until the second try; `undefined` where there is none. What was asked for is waited at its start. */
function pauseBefore(error: GraphError): number | undefined {
  const { status, reason } = error;
  if (status === 401 && reason === 'graph 401') return 0;
  const waitMs = waitAskedFor(error);
  if (waitMs !== undefined) return waitMs <= longestWaitMs ? 0 : undefined;
  if (status === undefined) return reason === 'timeout' ? undefined : retryPauseMs;
  return status >= 500 ? retryPauseMs : undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function exchange({ timeoutMs }: GraphAccess, url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) };
  } catch (cause) {
    const isTimeout = cause instanceof Error && cause.name === 'TimeoutError';
    throw new GraphError(isTimeout ? 'timeout' : 'unreachable', { cause });
  }
}

/** A parser's error quotes the text, so none leaves this function. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failureOf(where: string, { status, headers }: Answer, now: number): GraphError {
  return new GraphError(`${where} ${status}`, { status, retryAfterMs: retryAfterMs(headers, now) });
}

async function askToken(access: GraphAccess): Promise<Issued> {
  const { authority, tenantId, clientId, clientSecret, scope, timer } = access;
  const url = `${authority.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
  const answer = await exchange(access, url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret.reveal(),
      scope,
    }).toString(),
  });
  if (answer.status !== 200) throw failureOf('sign-in', answer, timer.now());
  const { access_token: token, expires_in: life } = answerFields(answer.body);
  // A header value that fetch refuses would be quoted in its error, so a token with odd characters stops here.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) throw new GraphError('sign-in without a token');
  const lifeMs = (Number(life ?? 3600) || 0) * 1000;
  return { token: new Secret(token), until: timer.now() + lifeMs - Math.min(marginMs, lifeMs / 2) };
}

function answerFields(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
