import type { MicrosoftError } from './errors.ts';
import type { TokenKind } from './oauth/token-kind.ts';

/** How often and when an API is asked again. Every number that decides about it is here. */
export interface RetryPolicy {
  /** The time limit of one attempt. */
  readonly timeoutMs: number;
  /** An operation, all its attempts and pauses included, may take this many times as long. */
  readonly timeoutsPerOperation: number;
  /** Pauses before the second, third … attempt after a failure that may pass: 5xx, a lost connection, a broken answer. */
  readonly pausesMs: readonly number[];
  /** Each pause is shorter or longer by up to this share of it, so that processes do not come back at the same moment. */
  readonly jitter: number;
  /** Is another attempt made after one that ran into its time limit? */
  readonly repeatsTimeouts: boolean;
  /** New tokens after a refused one (401). */
  readonly newTokens: number;
  /** Codes of a refusal that wants a person's token where the application's was sent: asked again with that. */
  readonly personCodes: readonly string[];
  /** After an answer that asks to wait (429). */
  readonly waiting: {
    /** Attempts made after having waited. */
    readonly atMost: number;
    /** The shortest first wait; it doubles with each one. */
    readonly firstMs: number;
    /** A longer wait is told to the caller instead. */
    readonly longestMs: number;
    /** Nothing is held back for longer, whatever the answer says. */
    readonly longestHoldMs: number;
  };
}

/** The answer of a list may take so many times as long as another: three minutes, as Microsoft's own SDK waits. */
export const listTimeouts = 9;

/** The pauses are those of Microsoft's own SDK; 80 s for an operation leave time for the usual `Retry-After` of 57 s. */
export const partnerCenterRetries: RetryPolicy = {
  timeoutMs: 20_000,
  timeoutsPerOperation: 4,
  pausesMs: [500, 1500, 3500],
  jitter: 0.25,
  repeatsTimeouts: true,
  newTokens: 1,
  personCodes: ['900329'],
  waiting: { atMost: 3, firstMs: 1_000, longestMs: Number.POSITIVE_INFINITY, longestHoldMs: 60 * 60_000 },
};

/** A person waits for the answer of every question to Graph: one more attempt, and soon. */
export const graphRetries: RetryPolicy = {
  timeoutMs: 4_000,
  timeoutsPerOperation: 4,
  pausesMs: [200],
  jitter: 0,
  repeatsTimeouts: false,
  newTokens: 1,
  personCodes: [],
  waiting: { atMost: 1, firstMs: 1_000, longestMs: 2_000, longestHoldMs: 10 * 60_000 },
};

/** What an operation has used up so far. */
export interface Spent {
  readonly failures: number;
  readonly waits: number;
  readonly newTokens: number;
}

interface NextAttempt {
  readonly pauseMs: number;
  readonly token: TokenKind | 'none';
  readonly spent: Spent;
}

export interface Failed {
  readonly error: MicrosoftError;
  /** It was the sign-in before the call: nothing was sent, so the call may follow it whatever it is. */
  readonly isSignIn: boolean;
  readonly isTimeout: boolean;
  readonly token: TokenKind | 'none';
  /** A read, or a write with a request id of its own. */
  readonly mayRepeat: boolean;
}

/** `undefined`: the operation is given up. */
export function nextAttempt(policy: RetryPolicy, spent: Spent, failed: Failed): NextAttempt | undefined {
  const { error, isSignIn, isTimeout, token, mayRepeat } = failed;
  const { waiting } = policy;
  if (error.kind === 'throttled') {
    const pauseMs = waitAsked(policy, spent, error);
    if (spent.waits >= waiting.atMost || pauseMs > waiting.longestMs) return undefined;
    return { pauseMs, token, spent: { ...spent, waits: spent.waits + 1 } };
  }
  if (error.kind === 'unauthorized' && !isSignIn && token !== 'none') {
    if (spent.newTokens >= policy.newTokens) return undefined;
    return { pauseMs: 0, token, spent: { ...spent, newTokens: spent.newTokens + 1 } };
  }
  if (token === 'app' && policy.personCodes.includes(error.code ?? '')) return { pauseMs: 0, token: 'user', spent };
  const pauseMs = policy.pausesMs[spent.failures];
  const mayFollow = (mayRepeat || isSignIn) && (policy.repeatsTimeouts || !isTimeout);
  if (pauseMs === undefined || !error.isWorthRepeating || !mayFollow) return undefined;
  const varied = pauseMs * (1 - policy.jitter + 2 * policy.jitter * Math.random());
  return {
    pauseMs: Math.max(varied, error.retryAfterMs ?? 0),
    token,
    spent: { ...spent, failures: spent.failures + 1 },
  };
}

/** How long the host wants to be left alone, after an answer that asks for it. */
export function waitAsked({ waiting }: RetryPolicy, spent: Spent, { retryAfterMs }: MicrosoftError): number {
  return Math.max(retryAfterMs ?? 0, waiting.firstMs * 2 ** spent.waits);
}

/**
 * The `Retry-After` header in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3); `undefined` without one. The
 * date is by the clock of whoever wrote it, which its `Date` header tells: ours may be minutes away from it.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const written = headers.get('Retry-After')?.trim();
  if (!written) return undefined;
  const seconds = Number(written);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(written);
  if (Number.isNaN(at)) return undefined;
  const sentAt = Date.parse(headers.get('Date') ?? '');
  return Math.max(0, at - (Number.isNaN(sentAt) ? Date.now() : sentAt));
}
