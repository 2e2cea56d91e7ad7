import { z } from 'zod';
import type { OutsideKind } from '../../domain/errors.ts';
import { type ApiCall, createApiClient, type ObservedCall } from '../../microsoft/api-client.ts';
import { MicrosoftError } from '../../microsoft/errors.ts';
import type { Log } from '../../microsoft/log.ts';
import { SignInRefused } from '../../microsoft/oauth/sign-in-error.ts';
import type { Tokens } from '../../microsoft/oauth/token-cache.ts';
import type { SharedRateLimits } from '../../microsoft/rate-limit.ts';
import { listTimeouts, partnerCenterRetries } from '../../microsoft/retry-policy.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { PartnerCenterError } from './errors.ts';
import { askForMfa, createMfaWarning } from './mfa.ts';
import {
  correlationIdOf,
  type FileFormat,
  fieldsOf,
  nothingThere,
  notUnderstood,
  type Reply,
  readReply,
} from './reply.ts';
import type { ReportSkipped } from './wire.ts';

export interface Call {
  /** What errors and logs call it: `checkoutCart`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** From the root, ids encoded: `/v1/customers/…`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Which token the call accepts (docs/partner-center.md#two-kinds-of-token): `either` goes out app-only. */
  readonly token: 'either' | 'user' | 'none';
  /** The idempotency key of a write. A write without one is sent once. */
  readonly requestId?: string;
  /** A POST that changes nothing; `false` where it is not worth another attempt either. */
  readonly isRead?: boolean;
  /** A refusal of this kind is provided for: it is no news to the operator. */
  readonly expects?: OutsideKind;
  /** Another host than Partner Center's own, and the audience of its tokens. */
  readonly host?: { readonly url: string; readonly resource: string };
  /** The body is a file, not JSON. */
  readonly file?: FileFormat;
  readonly timeoutMs?: number;
  /** The lists of a large partner take longer than anything else. */
  readonly isList?: boolean;
  /** Of the unpacked answer, where it may be longer than others. */
  readonly atMostBytes?: number;
}

export interface Api {
  /** Throws `PartnerCenterError`, and `SignInError` where there is no token to call with. */
  send(call: Call): Promise<Reply>;
  /**
   * `send`, then the body through `to`; what `to` cannot read is an `unexpected` answer, what it skips a warning. Nothing
   * where something was asked for (204) is an empty list, or `not-found`.
   */
  read<T>(call: Call, to: (body: unknown, skipped: ReportSkipped) => T): Promise<T>;
  /** What the last call that ended met. */
  trouble(): Trouble | undefined;
  /** No further attempts; waits for the calls that are out, for a moment. */
  close(): Promise<void>;
}

export type Trouble = 'partner-center' | 'sign-in';

interface ApiOptions {
  readonly url: string;
  readonly resource: string;
  readonly tokens: Tokens;
  readonly timer: Timer;
  readonly log: Log;
  readonly timeoutMs?: number | undefined;
  readonly rateLimits?: SharedRateLimits | undefined;
  readonly demandRepeatable?: (() => Promise<void>) | undefined;
  readonly onCall?: ((call: ObservedCall) => void) | undefined;
  /** Fires a moment after `close`: what is still out then, sign-ins of `tokens` included, is cut off. */
  readonly cutOff?: AbortController;
}

/** Partner Center's own headers, failures and files, on the one way to Microsoft's APIs. */
export function createApi(options: ApiOptions): Api {
  const { log, timeoutMs = partnerCenterRetries.timeoutMs } = options;
  const warnOfMfa = createMfaWarning(log);
  const client = createApiClient({
    ...options,
    service: 'Partner Center',
    retries: { ...partnerCenterRetries, timeoutMs },
    headersOf: ({ requestId, correlationId, token }) => ({
      'MS-RequestId': requestId,
      'MS-CorrelationId': correlationId,
      'MS-Contract-Version': 'v1',
      'X-Locale': 'en-US',
      'MS-PartnerCenter-Application': 'Software Desk',
      ...(token === 'user' ? askForMfa : {}),
    }),
    toError: (facts) => new PartnerCenterError(facts),
  });

  let trouble: Trouble | undefined;

  async function send(call: Call): Promise<Reply> {
    try {
      const reply = await sendOnce(call);
      trouble = undefined;
      return reply;
    } catch (error) {
      trouble = troubleOf(error);
      throw error;
    }
  }

  function sendOnce(call: Call): Promise<Reply> {
    const { operation } = call;
    return client.send(toApiCall(call, options), async (answer, attempt) => {
      const reply = await readReply(call, answer, attempt);
      const { requestId } = attempt;
      // What Microsoft's support asks for; theirs, where it differs from ours.
      const correlationId = correlationIdOf(reply.headers) ?? attempt.correlationId;
      if (isWrite(call))
        log.info({ operation, status: reply.status, requestId, correlationId }, 'done at Partner Center');
      warnOfMfa(reply.headers, operation);
      return reply;
    });
  }

  return {
    send,
    async read(call, to) {
      const reply = await send(call);
      const { operation } = call;
      const facts = { operation, status: reply.status, correlationId: correlationIdOf(reply.headers) };
      const isEmpty = reply.status === 204 && !isWrite(call);
      if (isEmpty && call.file) throw nothingThere(operation, reply);
      const skipped: z.ZodError[] = [];
      try {
        const found = to(isEmpty ? [] : reply.body, (error) => skipped.push(error));
        if (skipped.length > 0) log.warn({ ...facts, fields: fieldsOf(skipped) }, 'records left out');
        return found;
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        if (isEmpty) throw nothingThere(operation, reply);
        log.warn({ ...facts, fields: fieldsOf([error]) }, 'answer not understood');
        throw notUnderstood(operation, reply, error);
      }
    },
    trouble: () => trouble,
    close: () => client.close(),
  };
}

/** A refusal of the call itself is an answer. */
function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof SignInRefused) return 'sign-in';
  return error instanceof MicrosoftError && error.isUncertain ? 'partner-center' : undefined;
}

function toApiCall(
  call: Call,
  { url, resource, timeoutMs: usualMs = partnerCenterRetries.timeoutMs }: ApiOptions,
): ApiCall {
  const { operation, method, headers, body, requestId, timeoutMs, atMostBytes, expects } = call;
  const host = call.host ?? { url, resource };
  return {
    ...{ operation, method, body, requestId, timeoutMs, atMostBytes, expects },
    ...(call.isList && timeoutMs === undefined ? { answerMs: usualMs * listTimeouts } : {}),
    ...(headers ? { headers } : {}),
    url: addressOf(host.url, call),
    token: call.token === 'either' ? 'app' : call.token,
    audience: host.resource,
    isRead: call.isRead ?? method === 'GET',
  };
}

function isWrite({ method, isRead }: Call): boolean {
  return method !== 'GET' && isRead === undefined;
}

function addressOf(base: string, { path, query }: Call): string {
  const parts = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return `${base.replace(/\/+$/, '')}${path}${parts.length > 0 ? `?${parts.join('&')}` : ''}`;
}
