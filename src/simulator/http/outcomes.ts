import { HOUR_MS } from '../clock.ts';
import type { Answer, Call } from './call.ts';

const REMEMBERED_MS = 24 * HOUR_MS;
const REMEMBERED_COUNT = 500;
const CHANGING_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** The first answer to the same changing call under the same MS-RequestId, if it is still remembered. */
export function rememberedOutcome(call: Call): Answer | undefined {
  const outcome = call.world.outcomes.get(outcomeId(call));
  if (outcome === undefined || call.now - outcome.at > REMEMBERED_MS) return undefined;
  const { id: _, at: __, ...answer } = outcome;
  return answer;
}

/** Keeps the answer to a changing call. Failures of the service itself are not an outcome: a retry works anew. */
export function rememberOutcome(call: Call, answer: Answer): void {
  if (!CHANGING_METHODS.includes(call.method) || call.headers['ms-requestid'] === undefined) return;
  if (answer.status >= 500 || answer.status === 429 || answer.status === 401) return;
  const { outcomes } = call.world;
  outcomes.put({ id: outcomeId(call), at: call.now, ...answer });
  const [oldest] = outcomes.values();
  if (oldest !== undefined && outcomes.values().length > REMEMBERED_COUNT) outcomes.remove(oldest.id);
}

/** What makes two calls the same one, repeated. */
export function outcomeId({ requestId, method, path }: Pick<Call, 'requestId' | 'method' | 'path'>): string {
  return `${requestId.toLowerCase()} ${method} ${path}`;
}
