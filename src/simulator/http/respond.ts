import { randomBytes, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Answer } from './call.ts';
import { type Fault, withWrongTypes } from './faults.ts';

export interface Ids {
  requestId: string;
  correlationId: string;
}

/** What an answer repeats of its call. */
export interface Echo extends Ids {
  locale: string;
}

/** Writes an answer with the headers every Partner Center response has, spoilt as the fault asks. */
export function respond(res: ServerResponse, answer: Answer, echo: Echo, fault?: Fault): void {
  const payload = payloadOf(answer, fault);
  const correlationId = answer.doubledIds ? `${echo.correlationId},${echo.correlationId}` : echo.correlationId;
  res.writeHead(answer.status, {
    ...(payload === undefined ? {} : { 'Content-Type': answer.contentType ?? 'application/json; charset=utf-8' }),
    ...(answer.status === 204 ? {} : { 'Content-Length': String(payload?.length ?? 0) }),
    'MS-RequestId': echo.requestId,
    'MS-CorrelationId': correlationId,
    'MS-CV': `${randomBytes(12).toString('base64')}.0`,
    'MS-ServerId': '020011715',
    'X-Locale': echo.locale,
    ...answer.headers,
  });
  if (fault?.truncate && payload !== undefined) {
    res.write(payload.subarray(0, Math.floor(payload.length / 2)), () => res.destroy());
    return;
  }
  res.end(payload);
}

export function idsOf(headers: Record<string, string | undefined>): Ids {
  return {
    requestId: headers['ms-requestid'] ?? randomUUID(),
    correlationId: headers['ms-correlationid'] ?? randomUUID(),
  };
}

export function localeOf(headers: Record<string, string | undefined>): string {
  return headers['x-locale'] ?? 'en-US';
}

function payloadOf(answer: Answer, fault?: Fault): Buffer | undefined {
  if (answer.body === undefined) return undefined;
  if (answer.contentType !== undefined) return Buffer.from(answer.body as string | Uint8Array);
  const json = JSON.stringify(fault?.wrongType ? withWrongTypes(answer.body) : answer.body);
  return Buffer.from(answer.bom ? `\uFEFF${json}` : json);
}
