import type { Answer, Call } from './call.ts';
import { ApiError } from './errors.ts';

/** A refusal of Microsoft Graph; when and under which ids it was given is added as it goes out. */
export function graphRefusal(status: number, code: string, message: string): ApiError {
  return new ApiError(status, { error: { code, message } });
}

type Asked = Pick<Call, 'headers' | 'requestId'>;

/**
 * *Microsoft Graph error responses*: whatever refuses a call of Graph does it in one shape, with the ids that stand in
 * the headers of every answer.
 */
export function asGraphAnswers(answer: Answer, { headers, requestId }: Asked, now: number): Answer {
  const ids = { 'request-id': requestId, 'client-request-id': headers['client-request-id'] ?? requestId };
  const named = { ...answer, headers: { ...answer.headers, ...ids } };
  if (answer.status < 400) return named;
  const innerError = { date: new Date(now).toISOString().slice(0, 19), ...ids };
  return { ...named, body: { error: { ...errorIn(answer), innerError } } };
}

/** What the API's own helpers refuse (a body that is not valid, say) has a description, the gateway a message. */
function errorIn({ status, body }: Answer): { code: string; message: string } {
  const facts = { error: undefined, description: undefined, message: undefined, ...Object(body) };
  if (facts.error !== undefined) return facts.error;
  const code = status >= 500 ? 'InternalServerError' : 'Request_BadRequest';
  return { code, message: String(facts.description ?? facts.message ?? '') };
}
