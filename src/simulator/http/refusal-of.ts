import { randomUUID } from 'node:crypto';
import type { Answer } from './call.ts';
import { ApiError } from './errors.ts';

/** A refusal keeps its shape; a mistake of the simulator is told as one, with a number to find it by. */
export function refusalOf(error: unknown): Answer {
  if (error instanceof ApiError) return { status: error.status, body: error.body, headers: error.headers };
  const reference = randomUUID();
  process.emitWarning(`The simulator failed (${reference}): ${error instanceof Error ? error.stack : String(error)}`);
  return {
    status: 500,
    body: { code: 800003, description: `Unexpected error ${reference}`, data: [], source: 'PartnerFD' },
  };
}
