import { randomUUID } from 'node:crypto';
import { ApiError } from '../http/errors.ts';

/** A refusal in the directory's own shape: `code` is the number behind AADSTS. */
export function directoryError(status: number, error: string, code: number, text: string, now: number): ApiError {
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const timestamp = new Date(now).toISOString().replace('T', ' ').slice(0, 19).concat('Z');
  return new ApiError(status, {
    error,
    error_description: `AADSTS${code}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
  });
}
