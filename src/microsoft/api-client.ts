import { randomUUID } from 'node:crypto';
import type { OutsideKind } from '../domain/errors.ts';
import type { Secret } from '../domain/secret.ts';
import { idFacts, inSpan, type Note, type SpanStart } from '../domain/work/trace.ts';
import { correlationId as newCorrelationId } from './correlation.ts';
import { type FailureFacts, MicrosoftError } from './errors.ts';
import { type HttpAnswer, NoAnswer, sendRequest } from './http.ts';
import type { Log } from './log.ts';
import { SignInError } from './oauth/sign-in-error.ts';
import type { Tokens } from './oauth/token-cache.ts';
import type { TokenKind } from './oauth/token-kind.ts';
import { createRateLimits, type RateLimit, type SharedRateLimits } from './rate-limit.ts';
import { nextAttempt, type RetryPolicy, type Spent, waitAsked } from './retry-policy.ts';
import type { Timer } from './timer.ts';

export interface ApiCall {
  /** What errors and logs call it: `checkoutCart`. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly token: TokenKind | 'none';
  /** What the token is for. */
  readonly audience: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The idempotency key of a write. A write without one is sent once. */
  readonly requestId?: string | undefined;
  readonly isRead: boolean;
  /** Of one attempt, instead of the policy's. */
  readonly timeoutMs?: number | undefined;
  /** Its answer may take so long, although the operation with its pauses has no more time than others have. */
  readonly answerMs?: number | undefined;
  /** Of the answer, where it may be longer than others. */
  readonly atMostBytes?: number | undefined;
  /** A refusal of this kind is provided for: it is no news to the operator. */
  readonly expects?: OutsideKind | undefined;
}

/** One attempt of a call, as it went out. */
export interface Attempt {
  readonly token: TokenKind | 'none';
  readonly requestId: string;
  readonly correlationId: string;
}

/** `outcome`: `ok`, or what kind of failure. */
export interface ObservedCall {
  readonly operation: string;
  readonly outcome: string;
  readonly ms: number;
}

interface ApiClientOptions {
  /** `Partner Center`, as it stands in log lines. */
  readonly service: string;
  readonly retries: RetryPolicy;
  readonly tokens: Tokens;
  readonly timer: Timer;
  readonly log: Log;
  readonly rateLimits?: SharedRateLimits | undefined;
  /** The headers of the service, but for the token and those of JSON. */
  headersOf(attempt: Attempt): Readonly<Record<string, string>>;
  /** Called before a write is sent again, which may be long after it was first sent: throws where it must not be. */
  readonly demandRepeatable?: (() => Promise<void>) | undefined;
  /** The room's own error class. */
  toError(facts: FailureFacts): MicrosoftError;
  /** Called after each attempt when it is answered, or is not. */
  readonly onCall?: ((call: ObservedCall) => void) | undefined;
  /** Fires a moment after `close`: what is still out then, sign-ins of `tokens` included, is cut off. */
  readonly cutOff?: AbortController | undefined;
}

interface ApiClient {
  /** `read` gives the reply, or throws what the answer means as an error. Throws `MicrosoftError`, and what `demandRepeatable` throws. */
  send<T>(call: ApiCall, read: (answer: HttpAnswer, attempt: Attempt) => Promise<T>): Promise<T>;
  /** No further attempts; waits for the calls that are out, for a moment. */
  close(): Promise<void>;
}

const closingMs = 3_000;

/** An operation on its way. */
interface Operation {
  readonly call: ApiCall;
  readonly requestId: string;
  readonly deadline: number;
  readonly rateLimit: RateLimit;
}

/** The one way to Microsoft's APIs: token, ids, time limits, attempts, rate limit, and what is logged of it. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { service, retries, tokens, timer, log, toError, cutOff = new AbortController() } = options;
  const { longestHoldMs } = retries.waiting;
  const shared = options.rateLimits;
  const rateLimitOf = createRateLimits({ timer, log, longestHoldMs, ...(shared && { shared }) });
  const closed = new AbortController();
  const out = new Set<Promise<unknown>>();

  async function run<T>(call: ApiCall, read: (answer: HttpAnswer, attempt: Attempt) => Promise<T>): Promise<T> {
    const operation: Operation = {
      call,
      requestId: call.requestId ?? randomUUID(),
      deadline: timer.now() + (call.timeoutMs ?? retries.timeoutMs) * retries.timeoutsPerOperation,
      rateLimit: rateLimitOf(call.url),
    };
    let { token } = call;
    let spent: Spent = { failures: 0, waits: 0, newTokens: 0 };
    for (;;) {
      await passRateLimit(operation);
      try {
        const secret = token === 'none' ? undefined : await tokens.get(token, call.audience);
        // The sign-in took its time: another call may have been told to wait meanwhile.
        if ((await operation.rateLimit.remainingMs()) > 0) continue;
        return await observe(operation, () =>
          inSpan(spanOf(operation), (note) => tryOnce(operation, { token, secret, note }, read)),
        );
      } catch (error) {
        if (!(error instanceof MicrosoftError)) throw error;
        const next = await prepareNext(operation, { error, token, spent });
        if (!next) throw error;
        ({ token, spent } = next);
        if (!call.isRead) await options.demandRepeatable?.();
      }
    }
  }

  /** `timer` may be told another time in tests; how long something took is told by the clock of the machine. */
  async function observe<T>({ call: { operation } }: Operation, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const tell = (outcome: string) => options.onCall?.({ operation, outcome, ms: performance.now() - startedAt });
    try {
      const reply = await work();
      tell('ok');
      return reply;
    } catch (error) {
      tell(error instanceof MicrosoftError ? error.kind : 'fault');
      throw error;
    }
  }

  async function passRateLimit({ call, deadline, rateLimit }: Operation): Promise<void> {
    for (;;) {
      const waitMs = await rateLimit.remainingMs();
      if (waitMs <= 0) return;
      if (timer.now() + waitMs > deadline || waitMs > retries.waiting.longestMs) {
        throw toError({ operation: call.operation, kind: 'throttled', retryAfterMs: waitMs });
      }
      await pause(call.operation, waitMs);
    }
  }

  /** Waits before the next attempt; `undefined` when there is none. */
  async function prepareNext(
    { call, requestId, deadline, rateLimit }: Operation,
    { error, token, spent }: { error: MicrosoftError; token: TokenKind | 'none'; spent: Spent },
  ) {
    const isSignIn = error instanceof SignInError;
    // The directory is another host: the tokens keep its rate limit, and calls that have their token go on.
    if (error.kind === 'throttled' && !isSignIn) await rateLimit.hold(waitAsked(retries, spent, error));
    const isTimeout = error.cause instanceof NoAnswer && error.cause.reason === 'timeout';
    const mayRepeat = call.isRead || call.requestId !== undefined;
    const next = nextAttempt(retries, spent, { error, isSignIn, isTimeout, token, mayRepeat });
    const { operation } = call;
    const { kind, status, code, correlationId, remedy } = error;
    const facts = { operation, kind, status, code, requestId, correlationId };
    if (!next || closed.signal.aborted || timer.now() + next.pauseMs >= deadline) {
      if (kind === call.expects) log.debug(facts, `refused by ${service}`);
      else if (remedy) log.error({ ...facts, remedy }, `refused by ${service}`);
      else if (error.isUncertain) log.warn(facts, 'gave up');
      // The directory's refusals are logged where the tokens are.
      else if (!isSignIn) log.info(facts, `refused by ${service}`);
      return undefined;
    }
    log.warn({ ...facts, pauseMs: next.pauseMs }, 'trying again');
    if (next.pauseMs > 0) await pause(operation, next.pauseMs);
    return next;
  }

  async function pause(operation: string, ms: number): Promise<void> {
    try {
      await timer.pause(ms, closed.signal);
    } catch (cause) {
      throw toError({ operation, kind: 'unreachable', cause });
    }
  }

  async function tryOnce<T>(
    { call, requestId, deadline }: Operation,
    { token, secret, note }: { token: TokenKind | 'none'; secret: Secret<string> | undefined; note: Note },
    read: (answer: HttpAnswer, attempt: Attempt) => Promise<T>,
  ): Promise<T> {
    const { operation, method, url, body, timeoutMs = retries.timeoutMs, answerMs, atMostBytes } = call;
    const startedAt = timer.now();
    if (startedAt >= deadline) {
      const cause = new Error('the sign-in left no time for the call');
      throw toError({ operation, kind: 'unreachable', cause });
    }
    const attempt: Attempt = { token, requestId, correlationId: newCorrelationId() };
    const { correlationId } = attempt;
    note({ 'microsoft.request_id': requestId, 'microsoft.correlation_id': correlationId });
    const answer = await sendRequest({
      method,
      url,
      headers: {
        ...(secret ? { Authorization: `Bearer ${secret.reveal()}` } : {}),
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...options.headersOf(attempt),
        ...call.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: answerMs ?? Math.min(timeoutMs, deadline - startedAt),
      ...(atMostBytes === undefined ? {} : { atMostBytes }),
      signal: cutOff.signal,
    }).catch((error: unknown) => {
      throw error instanceof NoAnswer ? toError(noAnswerFacts(operation, correlationId, error)) : error;
    });
    const { status } = answer;
    note({ 'http.response.status_code': status, ...idFacts(answer.headers) });
    const facts = { operation, method, status, ms: timer.now() - startedAt, requestId, correlationId };
    log.debug(facts, `call to ${service}`);
    if (status === 401 && secret && token !== 'none') tokens.forget(token, call.audience, secret);
    return read(answer, attempt);
  }

  const spanOf = ({ call: { operation, method } }: Operation): SpanStart => ({
    name: `${service} ${operation}`,
    kind: 'client',
    facts: { 'desk.operation': operation, 'http.request.method': method },
  });

  return {
    send(call, read) {
      if (closed.signal.aborted) {
        const cause = new Error('the client is closed');
        return Promise.reject(toError({ operation: call.operation, kind: 'unreachable', cause }));
      }
      const running = run(call, read).finally(() => out.delete(running));
      out.add(running);
      return running;
    },

    async close() {
      closed.abort();
      const limit = setTimeout(() => cutOff.abort(), closingMs);
      await Promise.allSettled([...out]);
      clearTimeout(limit);
    },
  };
}

/** The correlation id finds the call at the other side, also where no answer came. */
function noAnswerFacts(operation: string, correlationId: string, cause: NoAnswer): FailureFacts {
  if (cause.reason !== 'too-long') return { operation, kind: 'unreachable', correlationId, cause };
  const { status, message: description } = cause;
  return {
    ...{ operation, kind: 'unexpected', correlationId, description, isWorthRepeating: false },
    ...(status === undefined ? {} : { status }),
  };
}
