import type { z } from 'zod';
import type { Attempt } from '../../microsoft/api-client.ts';
import { type Parsed, parseJson } from '../../microsoft/body.ts';
import type { HttpAnswer } from '../../microsoft/http.ts';
import { retryAfterMs } from '../../microsoft/retry-policy.ts';
import { kindOf, meaningOf, PartnerCenterError } from './errors.ts';
import { type Failure, isRefusalBody, join, readFailure } from './failure-body.ts';
import { mfaReportOf } from './mfa.ts';
import { plainText, sentenceOf } from './plain-text.ts';
import { isSignInOfPrices, remedyFor } from './remedies.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, `undefined` for an empty body; what was read from a file. */
  readonly body: unknown;
}

export interface FileFormat {
  /** As in "The answer was no …". */
  readonly name: string;
  /** `undefined` for what is no such file (a gateway's page): the call is tried again, as one is that answers no JSON. */
  read(bytes: Uint8Array): Promise<unknown>;
}

interface Expected {
  readonly operation: string;
  readonly file?: FileFormat | undefined;
  /** Set where it is not Partner Center's own. */
  readonly host?: { readonly resource: string } | undefined;
}

/** The answer's body, or the error that the answer is. */
export async function readReply(expected: Expected, answer: HttpAnswer, attempt: Attempt): Promise<Reply> {
  const { operation, file } = expected;
  const { status, headers, bytes } = answer;
  const isGood = status >= 200 && status < 300;
  const correlationId = correlationIdOf(headers) ?? attempt.correlationId;
  if (status === 204) return { status, headers, body: undefined };
  if (isGood && file) {
    const body = await file.read(bytes);
    if (body !== undefined) return { status, headers, body };
    const description = `The answer was no ${file.name}.`;
    const facts = { operation, status, correlationId, description, isWorthRepeating: true };
    throw new PartnerCenterError({ ...facts, kind: 'unexpected' });
  }
  const parsed = parseJson(bytes);
  const isRefusedAllTheSame = isGood && parsed.isJson && isRefusalBody(parsed.value);
  if (isGood && parsed.isJson && !isRefusedAllTheSame) return { status, headers, body: parsed.value };

  const { code, description, isMfaCompliant } = failureOf(answer, parsed);
  const { token } = attempt;
  const challenge = headers.get('WWW-Authenticate') ?? '';
  const refused = { status, token, code, description, isMfaCompliant, challenge, audience: expected.host?.resource };
  const remedy = remedyFor(refused);
  const isOfPrices = status !== 401 && isSignInOfPrices(refused);
  const sentences = [description, remedy].filter((part) => part !== undefined).join(' ');
  throw new PartnerCenterError({
    operation,
    kind: isOfPrices ? 'forbidden' : kindOf(status, code, { isRefusedAllTheSame }),
    status,
    code,
    meaning: meaningOf(code),
    ...(sentences ? { description: sentences } : {}),
    ...(remedy ? { remedy } : {}),
    correlationId,
    retryAfterMs: retryAfterMs(headers),
    isWorthRepeating: status >= 500 || (isGood && !isRefusedAllTheSame),
  });
}

/** All that an answer says of why: its body, JSON or a sentence, and the header in which tokens are refused. */
function failureOf({ status, headers, bytes }: HttpAnswer, parsed: Parsed): Failure {
  // What a server says when it has failed is not meant for people.
  const text = !parsed.isJson && status >= 400 && status < 500 ? sentenceOf(bytes) : undefined;
  const said = parsed.isJson ? readFailure(parsed.value) : {};
  const inHeader = headers.get('WWW-Authenticate')?.match(/\berror_description="([^"]*)"/i)?.[1];
  const parts = [said.description, text, inHeader && plainText(inHeader)];
  const description = join(parts.filter((part) => part !== undefined));
  const isMfaCompliant = mfaReportOf(headers) ?? said.isMfaCompliant;
  return {
    ...(said.code ? { code: said.code } : {}),
    ...(description ? { description } : {}),
    ...(isMfaCompliant === undefined ? {} : { isMfaCompliant }),
  };
}

/** The system behind it has nothing yet, or nothing any more. */
export function nothingThere(operation: string, { status, headers }: Reply): PartnerCenterError {
  return new PartnerCenterError({
    ...{ operation, kind: 'not-found', status, correlationId: correlationIdOf(headers) },
    description: 'Partner Center has nothing to show.',
    isWorthRepeating: false,
  });
}

/** Says where the answer was not as documented; the values stay out (they may be secret). */
export function notUnderstood(operation: string, { status, headers }: Reply, error: z.ZodError): PartnerCenterError {
  return new PartnerCenterError({
    operation,
    kind: 'unexpected',
    status,
    correlationId: correlationIdOf(headers),
    description: `The answer was not as documented, at: ${fieldsOf([error]).join(', ')}.`,
    isWorthRepeating: false,
  });
}

/** Where the first of them were found. */
export function fieldsOf(errors: readonly z.ZodError[]): string[] {
  const fields = errors.flatMap(({ issues }) => issues.map(({ path }) => path.join('.') || 'the whole'));
  return [...new Set(fields)].slice(0, 3);
}

/** The service sometimes doubles it: `guid,guid`. */
export function correlationIdOf(headers: Headers): string | undefined {
  return headers.get('MS-CorrelationId')?.split(',')[0]?.trim() || undefined;
}
