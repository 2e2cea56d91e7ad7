import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../domain/secret.ts';
import { createBrakes, type SharedHolds } from './brakes.ts';
import { PartnerCenterError } from './errors.ts';
import { exchange } from './exchange.ts';
import { askForMfa, createMfaWatch } from './mfa.ts';
import { correlationIdOf, notUnderstood, placesOf, replyOf } from './reply.ts';
import type { Timer } from './timer.ts';
import type { Tokens } from './token.ts';
import { signIn } from './token-endpoint.ts';
import { nextPause, type Underway } from './tries.ts';
import type { LeftOut } from './wire.ts';

export interface Log {
  debug(facts: object, text: string): void;
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface Call {
  /** What errors and logs call it: `checkoutCart`. */
  readonly operation: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  /** From the root, ids encoded: `/v1/customers/…`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Which token the call accepts (reference §1.3): `either` goes out app-only. */
  readonly token: 'either' | 'user' | 'none';
  /** The idempotency key of a write. A write without one is sent once. */
  readonly requestId?: string;
  /** A POST that changes nothing; `false` where it is not worth another try either. */
  readonly isRead?: boolean;
  /** A refusal of this kind is provided for: it is no news to the operator. */
  readonly provides?: PartnerCenterError['kind'];
  /** Another host than Partner Center's own, and the audience of its tokens. */
  readonly host?: { readonly url: string; readonly resource: string };
  /** The body is a file, not JSON. */
  readonly file?: FileFormat;
  readonly timeoutMs?: number;
  /** Of the unpacked answer, where it may be longer than others. */
  readonly atMostBytes?: number;
}

export interface FileFormat {
  /** As in "The answer was no …". */
  readonly name: string;
  /** `undefined` for what is no such file (a gateway's page): the call is tried again, as one is that answers no JSON. */
  read(bytes: Uint8Array): Promise<unknown>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, `undefined` for an empty body; what was read from a file. */
  readonly body: unknown;
}

export interface Api {
  /** Throws `PartnerCenterError` only. */
  send(call: Call): Promise<Reply>;
  /** `send`, then the body through `to`; what `to` cannot read is an `unexpected` answer, what it leaves out a warning. */
  read<T>(call: Call, to: (body: unknown, leftOut: LeftOut) => T): Promise<T>;
  /** No further tries; waits for the calls that are out, for a moment. */
  close(): Promise<void>;
}

const closingMs = 3_000;
/**
 * An operation, tries and pauses included, may take this many times the time of one call: 80 s, so that the usual
 * Retry-After of 57 s leaves time for the call itself.
 */
const callsPerOperation = 4;

export interface ApiOptions {
  readonly url: string;
  readonly resource: string;
  readonly tokens: Tokens;
  readonly timer: Timer;
  readonly log: Log;
  readonly timeoutMs: number;
  readonly holds?: SharedHolds;
  /** Fires a moment after `close`: what is still out then, sign-ins of `tokens` included, is cut off. */
  readonly cutOff?: AbortController;
}

/** The one way to Partner Center: token, headers, ids, time limits, tries, brake, and what a failure means. */
export function createApi(options: ApiOptions): Api {
  const { timer, log, cutOff = new AbortController() } = options;
  const brakeOf = createBrakes(timer, log, options.holds);
  const watchMfa = createMfaWatch(log);
  const closed = new AbortController();
  const out = new Set<Promise<unknown>>();

  async function run(call: Call): Promise<Reply> {
    const operation: Underway = {
      call,
      requestId: call.requestId ?? randomUUID(),
      deadline: timer.now() + (call.timeoutMs ?? options.timeoutMs) * callsPerOperation,
      brake: brakeOf((call.host ?? options).url),
      tokenKind: call.token === 'either' ? 'app' : call.token,
      isRenewed: false,
      failures: 0,
      throttles: 0,
    };
    for (;;) {
      await passBrake(operation);
      try {
        const token = await tokenFor(options, operation);
        // The sign-in took its time: another call may have been told to wait meanwhile.
        if ((await operation.brake.remainingMs()) > 0) continue;
        const reply = await attempt(options, operation, token, cutOff.signal);
        watchMfa(reply.headers, call.operation);
        return reply;
      } catch (error) {
        if (!(error instanceof PartnerCenterError)) throw error;
        await pauseFor(operation, await nextPause(operation, error, timer), error);
      }
    }
  }

  async function passBrake({ call, deadline, brake }: Underway): Promise<void> {
    for (;;) {
      const waitMs = await brake.remainingMs();
      if (waitMs <= 0) return;
      if (timer.now() + waitMs > deadline) {
        throw new PartnerCenterError({ operation: call.operation, kind: 'throttled', retryAfterMs: waitMs });
      }
      await pause(call.operation, waitMs);
    }
  }

  /** Waits before the next try, or gives up with the error. */
  async function pauseFor({ call, requestId, deadline }: Underway, ms: number | undefined, error: PartnerCenterError) {
    const { operation } = call;
    const { kind, status, code, correlationId, remedy } = error;
    const facts = { operation, kind, status, code, requestId, correlationId };
    if (ms === undefined || closed.signal.aborted || timer.now() + ms >= deadline) {
      if (kind === call.provides) log.debug(facts, 'refused by Partner Center');
      else if (remedy) log.error({ ...facts, remedy }, 'refused by Partner Center');
      else if (error.isUncertain) log.warn(facts, 'gave up');
      // The directory's refusals are logged where the tokens are.
      else if (error.operation !== signIn) log.info(facts, 'refused by Partner Center');
      throw error;
    }
    log.warn({ ...facts, pauseMs: ms }, 'trying again');
    if (ms > 0) await pause(call.operation, ms);
  }

  async function pause(operation: string, ms: number): Promise<void> {
    try {
      await timer.pause(ms, closed.signal);
    } catch (cause) {
      throw new PartnerCenterError({ operation, kind: 'unreachable', cause });
    }
  }

  function send(call: Call): Promise<Reply> {
    if (closed.signal.aborted) {
      return Promise.reject(
        new PartnerCenterError({
          operation: call.operation,
          kind: 'unreachable',
          cause: new Error('client is closed'),
        }),
      );
    }
    const running = run(call).finally(() => out.delete(running));
    out.add(running);
    return running;
  }

  return {
    send,
    async read(call, to) {
      const reply = await send(call);
      const { operation } = call;
      const odd: z.ZodError[] = [];
      try {
        const found = to(reply.body, (error) => odd.push(error));
        if (odd.length > 0) log.warn({ ...asRead(reply), operation, places: placesOf(odd) }, 'records left out');
        return found;
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        log.warn({ ...asRead(reply), operation, places: placesOf([error]) }, 'answer not understood');
        throw notUnderstood(operation, reply, error);
      }
    },
    async close() {
      closed.abort();
      const limit = setTimeout(() => cutOff.abort(), closingMs);
      await Promise.allSettled([...out]);
      clearTimeout(limit);
    },
  };
}

async function tokenFor(options: ApiOptions, { call, tokenKind }: Underway): Promise<Secret<string> | undefined> {
  const { resource } = call.host ?? options;
  return tokenKind === 'none' ? undefined : options.tokens.get(tokenKind, resource);
}

async function attempt(
  options: ApiOptions,
  underway: Underway,
  token: Secret<string> | undefined,
  signal: AbortSignal,
): Promise<Reply> {
  const { tokens, timer, log } = options;
  const { call, requestId, tokenKind } = underway;
  const { operation, method } = call;
  const { url, resource } = call.host ?? options;
  const correlationId = randomUUID();
  const startedAt = timer.now();
  if (startedAt >= underway.deadline) {
    const cause = new Error('the sign-in left no time for the call');
    throw new PartnerCenterError({ operation, kind: 'unreachable', cause });
  }
  const answer = await exchange({
    operation,
    method,
    url: addressOf(url, call),
    headers: {
      ...(token ? { Authorization: `Bearer ${token.reveal()}` } : {}),
      Accept: 'application/json',
      ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      'MS-RequestId': requestId,
      'MS-CorrelationId': correlationId,
      'MS-Contract-Version': 'v1',
      'X-Locale': 'en-US',
      'MS-PartnerCenter-Application': 'Software Desk',
      ...(tokenKind === 'user' ? askForMfa : {}),
      ...call.headers,
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    timeoutMs: Math.min(call.timeoutMs ?? options.timeoutMs, underway.deadline - startedAt),
    ...(call.atMostBytes === undefined ? {} : { atMostBytes: call.atMostBytes }),
    signal,
    correlationId,
  });
  const { status } = answer;
  log.debug(
    { operation, method, status, ms: timer.now() - startedAt, requestId, correlationId },
    'partner center call',
  );
  if (status === 401 && token && tokenKind !== 'none') tokens.forget(tokenKind, resource, token);
  const reply = await replyOf(call, answer, { tokenKind, correlationId });
  // What Microsoft's support asks for (reference §1.4); theirs, where it differs from ours.
  const facts = { operation, status, requestId, correlationId: correlationIdOf(reply.headers) ?? correlationId };
  if (isWrite(call)) log.info(facts, 'done at Partner Center');
  return reply;
}

function asRead({ status, headers }: Reply) {
  return { status, correlationId: correlationIdOf(headers) };
}

function isWrite({ method, isRead }: Call): boolean {
  return method !== 'GET' && method !== 'HEAD' && isRead === undefined;
}

function addressOf(base: string, { path, query }: Call): string {
  const parts = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return `${base.replace(/\/+$/, '')}${path}${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
}
