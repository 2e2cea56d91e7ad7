import type { Store } from '../store.ts';
import { checkAccess, identifyCaller } from '../tokens.ts';
import { HOUR_MS, type World } from '../world.ts';
import type { ApiRequest, ApiResponse, Call, Caller, Lock, Route } from './call.ts';
import { type ApiError, createGatewayError, toErrorResponse, toGraphResponse } from './errors.ts';
import type { Faults } from './faults.ts';
import { takePageOf } from './format.ts';
import { toQuery } from './read-call.ts';
import type { RequestLog } from './request-log.ts';

/** What every request needs beside itself. */
export interface Context {
  store: Store;
  faults: Faults;
  log: RequestLog;
  throttle: Throttle;
  locks: Locks;
  /** Aborted when the simulator closes: no fault delays a response then. */
  closing: AbortSignal;
  /** Called after each call: webhook events that are due may go out. */
  onHandled(): void;
  observe?: Observe | undefined;
}

/** Told of each call once its work is done, with what came of it and what is answered; undefined: the connection is cut. */
export type Observe = (call: {
  method: string;
  path: string;
  requestId: string;
  /** The body of the request. */
  text: string;
  worked: ApiResponse;
  answered: ApiResponse | undefined;
}) => void;

/** A request on its way to its route. */
export interface RoutedRequest {
  request: ApiRequest;
  route: Route | undefined;
  /** Where there is no route: those at the same address under other methods. */
  others: Route[];
  /** Waits as long as a fault wants; the call is in progress meanwhile. */
  delay(): Promise<void>;
}

/** The response to a request, in the manner of the service that was called. */
export async function handleRequest(context: Context, routed: RoutedRequest): Promise<ApiResponse> {
  const response = await runRequest(context, routed);
  const { access } = routed.route ?? routed.others[0] ?? {};
  if (access !== 'graph') return response;
  return toGraphResponse(response, routed.request, context.store.world().clock.now());
}

/** An error before the handler, a response that is remembered, or what the handler gives. */
async function runRequest({ store, throttle, locks }: Context, routed: RoutedRequest): Promise<ApiResponse> {
  const { request, delay } = routed;
  const admission = admitRequest(store.world(), throttle, routed);
  if ('refused' in admission) {
    await delay();
    return admission.refused;
  }
  const { caller, route } = admission;
  const run = async () => {
    await delay();
    const world = store.world();
    const query = toQuery(new URL(request.path, 'http://localhost').searchParams);
    const call: Call = { ...request, world, now: world.clock.now(), query, caller };
    return findOutcome(call) ?? (await runHandler(route, call));
  };
  const lock = route.lock?.(request.params);
  if (lock === undefined) return run();
  return locks
    .hold(lock, createOutcomeId(request), run)
    .catch((error: unknown) => addMfaReport(request.headers, caller, toErrorResponse(error)));
}

/** Handlers do their work in one go, so that two calls under one MS-RequestId cannot get between each other. */
async function runHandler(route: Route, call: Call): Promise<ApiResponse> {
  let response: ApiResponse;
  try {
    response = await route.handle(call);
    if (route.method === 'GET' && response.status === 200) {
      response = { ...response, body: takePageOf(call, response.body, call.world.options.pageSize) };
    }
  } catch (error) {
    response = toErrorResponse(error);
  }
  response = addMfaReport(call.headers, call.caller, response);
  if (route.access !== 'open' && route.access !== 'graph') storeOutcome(call, response);
  return response;
}

/** Who calls and which route, or the error for whoever is refused: nothing there, no token, not allowed, too often. */
type Admission = { caller: Caller; route: Route } | { refused: ApiResponse };

function admitRequest(world: World, throttle: Throttle, { route, others, request }: RoutedRequest): Admission {
  let caller: Caller | undefined;
  try {
    if (route === undefined || (route.extendedOnly && world.options.mode === 'today')) {
      const offered = others.filter(({ extendedOnly }) => !extendedOnly || world.options.mode === 'extended');
      throw createNoRouteError(offered, request.method);
    }
    caller = identifyCaller(world, route.access, request.headers.authorization);
    checkAccess(route.access, caller);
    if (route.limit !== undefined) throttle.count(`${caller.tenantId}:${route.limit}`);
    return { caller, route };
  } catch (error) {
    return { refused: addMfaReport(request.headers, caller, toErrorResponse(error)) };
  }
}

/** The gateway's answer where nothing is served, or nothing by this method. */
function createNoRouteError(others: Route[], method: string): ApiError {
  if (others.length === 0) return createGatewayError(404, 'Resource not found');
  const message = `The requested resource does not support http method '${method}'.`;
  return createGatewayError(405, message, { Allow: [...new Set(others.map((other) => other.method))].join(', ') });
}

/** `ValidateMfa: true` makes every response tell whether the token carried the claim, errors included. */
function addMfaReport(headers: ApiRequest['headers'], caller: Caller | undefined, response: ApiResponse): ApiResponse {
  if (headers.validatemfa?.toLowerCase() !== 'true' || caller === undefined) return response;
  return { ...response, headers: { ...response.headers, isMfaCompliant: String(caller.mfa) } };
}

/** Work that must not be done twice at once on the same thing. Kept in memory: a restart ends all of it. */
interface Locks {
  /**
   * Does the work unless another call holds the lock: then that is a conflict. The same call repeated is no other;
   * whichever of the two is done first releases the lock, and leaves its outcome to the second.
   */
  hold(lock: Lock, callId: string, work: () => Promise<ApiResponse>): Promise<ApiResponse>;
}

export function createLocks(): Locks {
  const holders = new Map<string, string>();
  return {
    async hold({ name, createConflict }, callId, work) {
      if ((holders.get(name) ?? callId) !== callId) throw createConflict();
      holders.set(name, callId);
      try {
        return await work();
      } finally {
        if (holders.get(name) === callId) holders.delete(name);
      }
    },
  };
}

/** The first response to a changing call, kept under its MS-RequestId. */
export interface Outcome extends ApiResponse {
  id: string;
  at: number;
}

declare module '../world.ts' {
  interface World {
    outcomes: Collection<Outcome>;
  }
}

const REMEMBERED_MS = 24 * HOUR_MS;
const REMEMBERED_COUNT = 500;
const CHANGING_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** The first response to the same changing call under the same MS-RequestId, if it is still remembered. */
function findOutcome(call: Call): ApiResponse | undefined {
  const outcome = call.world.outcomes.get(createOutcomeId(call));
  if (outcome === undefined || call.now - outcome.at > REMEMBERED_MS) return undefined;
  const { id: _, at: __, ...response } = outcome;
  return response;
}

/** Keeps the response to a changing call. Failures of the service itself are not an outcome: a retry works anew. */
function storeOutcome(call: Call, response: ApiResponse): void {
  if (!CHANGING_METHODS.includes(call.method) || call.headers['ms-requestid'] === undefined) return;
  if (response.status >= 500 || response.status === 429 || response.status === 401) return;
  const { outcomes } = call.world;
  outcomes.put({ id: createOutcomeId(call), at: call.now, ...response });
  const [oldest] = outcomes.values();
  if (oldest !== undefined && outcomes.values().length > REMEMBERED_COUNT) outcomes.remove(oldest.id);
}

/** What makes two calls the same one, repeated. */
function createOutcomeId({ requestId, method, path }: ApiRequest): string {
  return `${requestId.toLowerCase()} ${method} ${path}`;
}

/** A token bucket per tenant and resource, in real time: the documented 500 requests per minute. */
export interface Throttle {
  /** Counts one call, or refuses it with 429 and the time to wait. Refused calls count too. */
  count(bucket: string): void;
  reset(): void;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

export function createThrottle(requestsPerMinute: number): Throttle {
  const buckets = new Map<string, Bucket>();
  const perMs = requestsPerMinute / 60_000;
  /** Refused calls cost too, down to this debt: calling on makes the wait longer, but not endless. */
  const deepestDebt = -requestsPerMinute / 10;

  return {
    count(name) {
      const now = Date.now();
      const bucket = buckets.get(name) ?? { tokens: requestsPerMinute, filledAt: now };
      const refilled = Math.min(requestsPerMinute, bucket.tokens + (now - bucket.filledAt) * perMs);
      const tokens = Math.max(deepestDebt, refilled - 1);
      buckets.set(name, { tokens, filledAt: now });
      if (tokens >= 0) return;
      const seconds = Math.ceil(-tokens / perMs / 1000);
      const message = `Rate limit is exceeded. Try again in ${seconds} seconds.`;
      throw createGatewayError(429, message, { 'Retry-After': String(seconds) });
    },
    reset() {
      buckets.clear();
    },
  };
}
