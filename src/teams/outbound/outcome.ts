import { DeliveryError } from '../../domain/errors.ts';
import { NoAnswer } from '../../microsoft/http.ts';

/** What came of one try. `retry` may be waited for and repeated; `pauseMs` is what the other side asked for, if it did. */
export type Outcome =
  | { readonly kind: 'sent'; readonly id: string | undefined }
  | { readonly kind: 'retry'; readonly pauseMs?: number; readonly otherwise: DeliveryError }
  | { readonly kind: 'refused-token'; readonly otherwise: DeliveryError }
  | { readonly kind: 'failed'; readonly because: DeliveryError };

/**
 * When a request may be sent again although it may have been done: `always`, where that changes nothing (edits,
 * deletions); `unless-likely-done`, where seeing it twice does no harm, but is better avoided; `never`.
 */
export type Repeat = 'always' | 'unless-likely-done' | 'never';

/** What the other side said: its status, the code in its body, its `Retry-After`. */
export interface Answer {
  readonly status: number;
  readonly id: string | undefined;
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;
}

/** Failures before anything was sent: refused, no such host, no route, no TLS. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL)/;

/** A refusal with one of these says why, and a second try at once does not change that. */
const reasons = [
  'ActivityNotFoundInConversation',
  'BotDisabledByAdmin',
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'ForbiddenOperationException',
  'InvalidBotApiHost',
  'MessageWritesBlocked',
  'NotEnoughPermissions',
];

/**
 * The rules of docs/teams.md, "Statuses of the Connector". Creating a message is not idempotent: it is repeated only
 * when it was certainly not done (429, 412); after 408, 5xx or no answer it may have been, and then nobody may repeat it
 * blindly (`unsure`), but for an answer where it was probably not done. Edits and deletions, which are harmless twice, are
 * repeated after those too. 403 and 404 come between
 * successes and are tried again, unless they say why. 501 is a clear no (Agents Playground answers it to every
 * deletion).
 */
export function judgeAnswer(answer: Answer, repeat: Repeat): Outcome {
  const { status, id, code, retryAfterMs } = answer;
  const facts = { status, code, retryAfterMs };
  if (status >= 200 && status < 300) return { kind: 'sent', id };
  if (status === 429 || status === 412) {
    return { kind: 'retry', pauseMs: retryAfterMs, otherwise: new DeliveryError('later', facts) };
  }
  if (status === 408 || (status >= 500 && status !== 501)) {
    return judgeUncertain(facts, repeat, status === 500 || status === 503);
  }
  if (status === 403 || status === 404) {
    const hasReason = code !== undefined && reasons.includes(code);
    const otherwise = new DeliveryError('refused', { ...facts, hasReason });
    // Who sends what is no answer has a next try, or another way, of its own.
    const isFinal = hasReason || repeat === 'never';
    return isFinal ? { kind: 'failed', because: otherwise } : { kind: 'retry', otherwise };
  }
  const because = new DeliveryError('final', facts);
  return status === 401 ? { kind: 'refused-token', otherwise: because } : { kind: 'failed', because };
}

/** The request ended without an answer. */
export function judgeNoAnswer(error: unknown, repeat: Repeat): Outcome {
  const code = codeOf(error);
  const facts = { code, cause: error instanceof Error ? error : undefined };
  if (code !== undefined && neverSent.test(code))
    return { kind: 'retry', otherwise: new DeliveryError('later', facts) };
  // A connection that was idle too long is cut before anything is read from it.
  return judgeUncertain(facts, repeat, code !== 'TIMEOUT');
}

type Facts = ConstructorParameters<typeof DeliveryError>[1];

/** A gateway (502, 504) or a time limit fails behind what was done; the service itself (500, 503) before. */
function judgeUncertain(facts: Facts, repeat: Repeat, isUnlikelyDone: boolean): Outcome {
  const { retryAfterMs: pauseMs } = facts;
  if (repeat === 'always') return { kind: 'retry', pauseMs, otherwise: new DeliveryError('later', facts) };
  const unsure = new DeliveryError('unsure', facts);
  const mayRepeat = repeat === 'unless-likely-done' && isUnlikelyDone;
  return mayRepeat ? { kind: 'retry', pauseMs, otherwise: unsure } : { kind: 'failed', because: unsure };
}

/** The socket's error is hidden in `cause`, and several tries of one host in an `AggregateError`. */
function codeOf(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof NoAnswer && inner.reason === 'timeout') return 'TIMEOUT';
    const code: unknown = Reflect.get(inner, 'code');
    if (typeof code === 'string') return code;
    if (inner instanceof AggregateError) return codeOf(inner.errors[0]);
  }
  return undefined;
}
