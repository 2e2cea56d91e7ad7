import type { World } from '../store.ts';
import type { ApiError } from './errors.ts';

/** Who calls: an application alone, or a person through one. */
export interface Caller {
  kind: 'app' | 'user';
  tenantId: string;
  clientId: string;
  userId: string;
  userName: string;
  mfa: boolean;
}

/** Query parameters; their names are compared without regard to case. */
export interface Query {
  get(name: string): string | undefined;
}

export interface Call {
  world: World;
  /** The instant of the call on the simulated clock. */
  now: number;
  method: string;
  /** Path and query as received. */
  path: string;
  params: Record<string, string>;
  query: Query;
  headers: Record<string, string | undefined>;
  /** The raw body; `readBody` and `readForm` understand it. */
  text: string;
  caller: Caller;
  requestId: string;
  correlationId: string;
}

/** A call on its way to its route, as it was sent. */
export interface Errand {
  route: Route | undefined;
  /** Where there is no route: those at the same address under other methods. */
  others: Route[];
  sent: Pick<Call, 'method' | 'path' | 'headers' | 'text' | 'params' | 'requestId' | 'correlationId'>;
  /** Waits as long as a fault wants; the work counts as under way meanwhile. */
  delay(): Promise<void>;
}

export interface Answer {
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

/** A thing that only one call at a time may work on, and the answer for the others. */
export interface Turn {
  of: string;
  refusal(): ApiError;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  path: string;
  access: Access;
  /** Withdrawn from today's service: answered in extended mode only, else 404. */
  extendedOnly?: boolean;
  /** Which of the documented limits counts this call. */
  limit?: 'customers' | 'carts' | 'orders' | 'subscriptions';
  /** Absent: any number of calls may be under way at once. */
  turn?(params: Call['params']): Turn;
  handle(call: Call): Answer | Promise<Answer>;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}
