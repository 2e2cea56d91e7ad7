import { identify, permit } from '../sign-in/access.ts';
import type { World } from '../store.ts';
import type { Answer, Caller, Errand, Route } from './call.ts';
import { type ApiError, gatewayRefusal } from './errors.ts';
import { refusalOf } from './refusal-of.ts';
import { offered } from './routes-at.ts';
import type { Throttle } from './throttle.ts';

/** Somebody let in, or the answer for somebody turned away: nothing there, no token, not allowed, too often. */
export type Admission = { caller: Caller; route: Route } | { refusal: Answer };

export function admit(world: World, throttle: Throttle, { route, others, sent }: Errand): Admission {
  let caller: Caller | undefined;
  try {
    if (route === undefined || (route.extendedOnly && world.options.mode === 'today')) {
      throw nothingThere(offered(others, world.options.mode), sent.method);
    }
    caller = identify(world, route.access, sent.headers.authorization);
    permit(route.access, caller);
    if (route.limit !== undefined) throttle.count(`${caller.tenantId}:${route.limit}`);
    return { caller, route };
  } catch (error) {
    return { refusal: withMfaReport(sent.headers, caller, refusalOf(error)) };
  }
}

/** The gateway's answer where nothing is served, or nothing by this method. */
function nothingThere(others: Route[], method: string): ApiError {
  if (others.length === 0) return gatewayRefusal(404, 'Resource not found');
  const message = `The requested resource does not support http method '${method}'.`;
  return gatewayRefusal(405, message, { Allow: [...new Set(others.map((other) => other.method))].join(', ') });
}

/** `ValidateMfa: true` makes every answer tell whether the token carried the claim, refusals included. */
export function withMfaReport(
  headers: Record<string, string | undefined>,
  caller: Caller | undefined,
  answer: Answer,
): Answer {
  if (headers.validatemfa?.toLowerCase() !== 'true' || caller === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, isMfaCompliant: String(caller.mfa) } };
}
