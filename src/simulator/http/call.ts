import type { World } from '../world.ts';

/** Who calls: an application alone, or a person through one. */
export interface Caller {
  kind: 'app' | 'user';
  tenantId: string;
  clientId: string;
  userId: string;
  userName: string;
  mfa: boolean;
}

/** Query or form parameters; their names are compared without regard to case. */
export interface Query {
  get(name: string): string | undefined;
}

/** A request as it was received. */
export interface ApiRequest {
  method: string;
  /** Path and query as received. */
  path: string;
  /** The parameters of the route's path. */
  params: Record<string, string>;
  headers: Record<string, string | undefined>;
  /** The raw body; `readBody` and `readForm` understand it. */
  text: string;
  requestId: string;
  correlationId: string;
}

/** What a route's handler gets: the request, who sent it, and the world it is about. */
export interface Call extends ApiRequest {
  world: World;
  /** The instant of the call on the simulated clock. */
  now: number;
  query: Query;
  caller: Caller;
}

export interface ApiResponse {
  status: number;
  /** Sent as JSON unless `contentType` says otherwise, then it is text or bytes. */
  body?: unknown;
  contentType?: string;
  headers?: Record<string, string>;
  /** Put a byte order mark in front of the JSON, as some calls do. */
  bom?: boolean;
  /** Send the correlation id as `guid,guid`, as some calls do. */
  doubledIds?: boolean;
}

/**
 * Who may call: `open` asks for no token, `any` takes both kinds of Partner Center token, `user` refuses
 * applications alone, `prices` is `user` with the price service's own audience allowed too, `graph` wants a Graph token.
 */
export type Access = 'open' | 'any' | 'user' | 'prices' | 'graph';

/** What only one call at a time may work on, and the error for the others. */
export interface Lock {
  name: string;
  createConflict(): Error;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  path: string;
  access: Access;
  /** Withdrawn from today's service: answered in mode `extended` only, else 404. */
  extendedOnly?: boolean;
  /** Which of the documented limits counts this call. */
  limit?: 'customers' | 'carts' | 'orders' | 'subscriptions';
  /** Absent: any number of calls may be in progress at once. */
  lock?(params: Call['params']): Lock;
  handle(call: Call): ApiResponse | Promise<ApiResponse>;
}

export function ok(body: unknown): ApiResponse {
  return { status: 200, body };
}

export function answerCreated(body: unknown): ApiResponse {
  return { status: 201, body };
}

/** Finds the routes of an address under any method; as in the server, case and a slash at the end do not matter. */
export function createRouteFinder(routes: Route[]): (address: string) => Route[] {
  const patterns = routes.map((route) => ({ route, pattern: toPattern(route.path) }));
  return (address) => {
    const [path = ''] = address.split('?');
    return patterns.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route);
  };
}

function toPattern(path: string): RegExp {
  const escaped = path.replace(/[.$()]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/:\w+/g, '[^/]+')}/?$`, 'i');
}
