import type { z } from 'zod';
import type { Attempt } from '../../microsoft/api-client.ts';
import { parseJson } from '../../microsoft/body.ts';
import type { HttpAnswer } from '../../microsoft/http.ts';
import { retryAfterMs } from '../../microsoft/retry-policy.ts';
import { kindOf, meaningOf, PartnerCenterError } from './errors.ts';
import { readFailure } from './failure-body.ts';
import { mfaReportOf } from './mfa.ts';
import { remedyFor } from './remedies.ts';

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
}

/** The answer's body, or the error that the answer is. */
export async function readReply({ operation, file }: Expected, answer: HttpAnswer, attempt: Attempt): Promise<Reply> {
  const { status, headers, bytes } = answer;
  const isGood = status >= 200 && status < 300;
  const correlationId = correlationIdOf(headers) ?? attempt.correlationId;
  if (isGood && file) {
    const body = await file.read(bytes);
    if (body !== undefined) return { status, headers, body };
    const description = `The answer was no ${file.name}.`;
    const facts = { operation, status, correlationId, description, isWorthRepeating: true };
    throw new PartnerCenterError({ ...facts, kind: 'unexpected' });
  }
  const parsed = parseJson(bytes);
  if (isGood && parsed.isJson) return { status, headers, body: parsed.value };

  const { code, description } = readFailure(parsed.isJson ? parsed.value : undefined);
  const { token } = attempt;
  const remedy = remedyFor({ status, token, code, description, isMfaCompliant: mfaReportOf(headers) });
  const sentences = [description, remedy].filter((part) => part !== undefined).join(' ');
  throw new PartnerCenterError({
    operation,
    kind: kindOf(status, code),
    status,
    code,
    meaning: meaningOf(code),
    ...(sentences ? { description: sentences } : {}),
    ...(remedy ? { remedy } : {}),
    correlationId,
    retryAfterMs: retryAfterMs(headers),
    isWorthRepeating: status >= 500 || isGood,
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
