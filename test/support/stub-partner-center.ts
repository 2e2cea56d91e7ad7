import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { readBody, startStubServer } from './stub-server.ts';

/** A request as it arrived. `path` is without the query; `body` is parsed when it is JSON. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: unknown;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array;
  /** The connection ends after this many bytes. */
  readonly cutAfter?: number;
  /** Never answered. */
  readonly hang?: boolean;
}

export type Route = (request: Seen) => Answer | Promise<Answer>;

export interface Server {
  readonly url: string;
  /** Without sign-ins. */
  readonly requests: Seen[];
  readonly signIns: Seen[];
  close(): Promise<void>;
}

/**
 * Partner Center and the directory's token endpoint in a few lines: `routes` are looked up as `GET /v1/customers`.
 * A list answers one request with each element, the last again and again. Unknown routes answer 404, shape A.
 */
export async function startServer(
  routes: Readonly<Record<string, Route | Answer | readonly Answer[]>>,
): Promise<Server> {
  const requests: Seen[] = [];
  const signIns: Seen[] = [];
  const counts = new Map<string, number>();
  const server = await startStubServer(async (request, response) => {
    const text = (await readBody(request)).toString('utf8');
    const url = new URL(request.url ?? '/', 'http://localhost');
    const seen: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      text,
      body: request.headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : undefined,
    };
    const name = `${seen.method} ${seen.path}`;
    const isSignIn = /oauth2\/(v2\.0\/)?token$/.test(seen.path);
    (isSignIn ? signIns : requests).push(seen);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const route = routes[name] ?? (isSignIn ? tokenFor(signIns.length) : notFound);
    send(response, await answerOf(route, seen, count));
  });
  return { url: server.url, requests, signIns, close: () => server.close() };
}

const notFound: Answer = {
  status: 404,
  json: { code: 1000, description: 'Not found.', data: [], source: 'PartnerFD' },
};

/** Tokens tell which sign-in they came from and whether a person or the application signed in. */
function tokenFor(number: number): Route {
  return ({ text }) => {
    const kind = new URLSearchParams(text).get('grant_type') === 'refresh_token' ? 'user' : 'app';
    return { json: { token_type: 'Bearer', expires_in: '3600', access_token: `${kind}-token-${number}` } };
  };
}

function answerOf(route: Route | Answer | readonly Answer[], seen: Seen, count: number): Answer | Promise<Answer> {
  if (typeof route === 'function') return route(seen);
  if (!Array.isArray(route)) return route as Answer;
  return route[Math.min(count, route.length - 1)] ?? notFound;
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.hang) return;
  const content = answer.raw ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
  const bytes = Buffer.from(content as string);
  const status = answer.status ?? 200;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    ...(status === 204 ? {} : { 'Content-Length': bytes.length }),
    ...answer.headers,
  });
  if (answer.cutAfter === undefined) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, answer.cutAfter), () => response.destroy());
}
