import type { z } from 'zod';
import { parseJson } from './body.ts';
import { kindOf, meaningOf, PartnerCenterError, readFailure, remedyFor } from './errors.ts';
import type { Incoming } from './exchange.ts';
import { mfaReportOf } from './mfa.ts';
import type { Call, FileFormat, Reply } from './request.ts';
import { retryAfterMs } from './retry-after.ts';
import type { TokenKind } from './token.ts';

/** With what it was asked for. */
interface Sent {
  readonly tokenKind: TokenKind | 'none';
  readonly correlationId: string;
}

/** The answer's body, or the error that the answer is. */
export async function replyOf(
  { operation, file }: Call,
  answer: Incoming,
  { tokenKind, correlationId: sentCorrelationId }: Sent,
): Promise<Reply> {
  const { status, headers, bytes } = answer;
  const isGood = status >= 200 && status < 300;
  if (isGood && file) return { status, headers, body: await fileOf(file, operation, answer, sentCorrelationId) };
  const parsed = parseJson(bytes);
  if (isGood && parsed.isJson) return { status, headers, body: parsed.value };

  const { code, description } = readFailure(parsed.isJson ? parsed.value : undefined);
  const remedy = remedyFor({ status, tokenKind, code, description, isMfaCompliant: mfaReportOf(headers) });
  const told = [description, remedy].filter((part) => part !== undefined).join(' ');
  throw new PartnerCenterError({
    operation,
    kind: kindOf(status, code),
    status,
    code,
    meaning: meaningOf(code),
    ...(told ? { description: told } : {}),
    ...(remedy ? { remedy } : {}),
    correlationId: correlationIdOf(headers) ?? sentCorrelationId,
    retryAfterMs: retryAfterMs(headers),
    isWorthRepeating: status >= 500 || isGood,
  });
}

async function fileOf(
  { name, read }: FileFormat,
  operation: string,
  { status, headers, bytes }: Incoming,
  sentCorrelationId: string,
): Promise<unknown> {
  const content = await read(bytes);
  if (content !== undefined) return content;
  throw new PartnerCenterError({
    operation,
    kind: 'unexpected',
    status,
    correlationId: correlationIdOf(headers) ?? sentCorrelationId,
    description: `The answer was no ${name}.`,
    isWorthRepeating: true,
  });
}

/** Says where the answer was not as documented; the values stay out (they may be secret). */
export function notUnderstood(operation: string, { status, headers }: Reply, error: z.ZodError): PartnerCenterError {
  return new PartnerCenterError({
    operation,
    kind: 'unexpected',
    status,
    correlationId: correlationIdOf(headers),
    description: `The answer was not as documented, at: ${placesOf([error]).join(', ')}.`,
    isWorthRepeating: false,
  });
}

export function placesOf(errors: readonly z.ZodError[]): string[] {
  const places = errors.flatMap(({ issues }) => issues.map(({ path }) => path.join('.') || 'the whole'));
  return [...new Set(places)].slice(0, 3);
}

/** The service sometimes doubles it: `guid,guid` (reference §1.4). */
export function correlationIdOf(headers: Headers): string | undefined {
  return headers.get('MS-CorrelationId')?.split(',')[0]?.trim() || undefined;
}
