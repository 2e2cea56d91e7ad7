import { z } from 'zod';
import { type FailureFacts, MicrosoftError } from '../errors.ts';
import type { HttpAnswer } from '../http.ts';
import { retryAfterMs } from '../retry-policy.ts';

const signIn = 'signIn';

/** No token was given. `operation` is `signIn`. */
export class SignInError extends MicrosoftError {
  constructor(facts: Omit<FailureFacts, 'operation'>) {
    super({ service: 'Microsoft Entra ID', operation: signIn, ...facts });
    this.name = 'SignInError';
  }
}

/** What the directory said of a sign-in it refused. */
export interface DirectoryRefusal {
  /** `invalid_grant`, `authorization_pending`, … */
  readonly error?: string | undefined;
  /** The digits of its AADSTS codes. Several may come; which one is specific is not told by their order. */
  readonly numbers: readonly string[];
  /** What the token was to be for. */
  readonly audience?: string | undefined;
  readonly correlationId?: string | undefined;
}

/** What the operator must do about it: which variable to look at, and which of the numbers told so. */
export type SignInRemedy = (refusal: DirectoryRefusal) => { readonly remedy: string; readonly number?: string };

/** The directory said no: the same sign-in is refused again until an operator has changed something. */
export class SignInRefused extends SignInError {
  /** It is the refresh token that will not do, so that another one may. */
  readonly isOfRefreshToken: boolean;

  constructor(facts: Omit<FailureFacts, 'operation' | 'kind'>, { error }: DirectoryRefusal) {
    super({ ...facts, kind: 'unauthorized' });
    this.name = 'SignInRefused';
    this.isOfRefreshToken = error === 'invalid_grant' || error === 'interaction_required';
  }
}

const text = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
/** The directory's own failure shape, not Partner Center's. */
const failure = z.object({
  error: text,
  error_description: text,
  error_codes: z.union([z.array(text), text.transform((one) => [one])]).catch([]),
  correlation_id: text,
});

export function readRefusal(body: unknown): DirectoryRefusal {
  const read = failure.safeParse(body).data;
  if (!read) return { numbers: [] };
  const inText = [...(read.error_description ?? '').matchAll(/AADSTS(\d+)/g)].map(([, number]) => number);
  const numbers = [...read.error_codes, ...inText].filter((number) => number !== undefined);
  return { error: read.error, numbers: [...new Set(numbers)], correlationId: read.correlation_id };
}

/** The error that an answer of the directory is. */
export function signInErrorOf(
  { status, headers }: Pick<HttpAnswer, 'status' | 'headers'>,
  body: unknown,
  remedyFor: SignInRemedy,
  audience?: string,
): SignInError {
  const refusal = { ...readRefusal(body), audience };
  const { remedy, number = refusal.numbers[0] } = remedyFor(refusal);
  const facts = {
    status,
    code: number ? `AADSTS${number}` : refusal.error,
    correlationId: refusal.correlationId,
    retryAfterMs: retryAfterMs(headers),
  };
  if (status === 429) return new SignInError({ ...facts, kind: 'throttled' });
  const isTheirs = status >= 500 || status < 400 || status === 408;
  if (isTheirs) return new SignInError({ ...facts, kind: 'unreachable' });
  return new SignInRefused({ ...facts, description: remedy }, refusal);
}
