import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import restify from 'restify';
import type { Log } from './log.ts';
import type { Bot } from './teams/bot.ts';
import { readBytes, readJsonBody } from './teams/inbound/body.ts';

/** What a handler of another room (web pages, webhooks) is given, and gives back. A plain object is sent as JSON. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpAnswer>;

export interface Metrics {
  readonly registry: Registry;
  http(route: string, status: number, ms: number): void;
  /** For `createBot`: `observe`. */
  turn(kind: string, outcome: string, ms: number): void;
  /** For the door of Partner Center's events. */
  event(outcome: string): void;
  /** For `createSend`: `observe`. */
  sent(method: string, outcome: string): void;
}

export interface ServerParts {
  /** Absent: all interfaces. */
  readonly host?: string;
  readonly port: number;
  readonly bot: Bot;
  readonly isReady: () => boolean | Promise<boolean>;
  /** More for the body of `/readyz` (development: `url`, `simulator`). */
  readonly readyBody?: () => Record<string, unknown>;
  readonly metrics: Metrics;
  readonly metricsToken?: string;
  readonly webhooks?: HttpHandler;
  readonly web?: HttpHandler;
  readonly log: Log;
  readonly drainMs?: number;
}

export interface Server {
  listen(): Promise<void>;
  /** Known once it listens. */
  url(): string;
  /** Takes nothing new, waits for the turns in flight (bounded), and lets go of the port. */
  close(): Promise<void>;
}

const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Errors say no more than their status does. */
const errorNames: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  405: 'method not allowed',
  408: 'timeout',
  413: 'too large',
  415: 'unsupported media type',
};

interface RouteError {
  readonly statusCode?: number;
  toJSON?: () => unknown;
}

/** Counters of this process, in a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 3, 5, 10, 15];
  const help = 'HTTP requests by route and status';
  const http = new Histogram({ name: 'desk_http_seconds', help, labelNames: ['route', 'status'], buckets, registers });
  const turn = new Histogram({
    name: 'desk_turn_seconds',
    help: 'Turns until their answer, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    buckets,
    registers,
  });
  const sent = new Counter({
    name: 'desk_sends_total',
    help: 'Requests to the Connector by method and outcome',
    labelNames: ['method', 'outcome'],
    registers,
  });
  const events = new Counter({
    name: 'desk_partner_center_events_total',
    help: 'Webhook events of Partner Center by outcome',
    labelNames: ['outcome'],
    registers,
  });
  return {
    registry,
    event: (outcome) => events.inc({ outcome }),
    http: (route, status, ms) => http.observe({ route, status }, ms / 1000),
    turn: (kind, outcome, ms) => turn.observe({ kind, outcome }, ms / 1000),
    sent: (method, outcome) => sent.inc({ method, outcome }),
  };
}

/** The listener: design §5's endpoints and statuses. It decides nothing; every body is neutral. */
export function createServer(parts: ServerParts): Server {
  const { bot, metrics, log, drainMs = 10_000 } = parts;
  const server = restify.createServer({ name: '', log: undefined });
  const web = server.server;
  let isClosing = false;
  // Slow senders are cut off; idle connections outlive the usual idle time of proxies.
  web.headersTimeout = 10_000;
  web.requestTimeout = 20_000;
  web.keepAliveTimeout = 75_000;

  server.post('/api/messages', route('messages', messages));
  for (const [path, name, handler] of [
    ['/healthz', 'healthz', async () => ({ status: 200, body: { ok: true } })],
    ['/readyz', 'readyz', ready],
    ['/metrics', 'metrics', showMetrics],
  ] as const) {
    server.get(path, route(name, handler));
    server.head(path, route(name, handler));
  }
  server.post(
    '/webhooks/partner-center',
    route('webhooks', (request) => handOver(parts.webhooks, request)),
  );
  for (const add of [server.get, server.head, server.post]) {
    add.call(
      server,
      '/web/*',
      route('web', (request) => handOver(parts.web, request)),
    );
  }
  // What restify itself refuses (no such route, another method, a malformed address) looks like our own refusals.
  server.on('restifyError', (_request, response: ServerResponse, error: RouteError, done: () => void) => {
    const status = error.statusCode ?? 500;
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    error.toJSON = () => ({ error: errorNames[status] ?? 'internal error' });
    metrics.http('none', status, 0);
    done();
  });

  return {
    async listen() {
      await new Promise<void>((resolve, reject) => {
        web.once('error', reject);
        server.once('error', reject);
        server.listen(parts.port, parts.host, () => {
          web.removeListener('error', reject);
          server.removeListener('error', reject);
          resolve();
        });
      });
    },

    url() {
      const { port, address } = web.address() as AddressInfo;
      return `http://${address === '::1' ? '[::1]' : 'localhost'}:${port}`;
    },

    async close() {
      isClosing = true;
      const closed = new Promise<void>((resolve) => web.close(() => resolve()));
      await bot.settled(drainMs);
      const timer = setTimeout(() => web.closeAllConnections(), 1000);
      await closed.finally(() => clearTimeout(timer));
    },
  };

  function route(name: string, handler: (request: IncomingMessage) => Promise<HttpAnswer>) {
    return async (request: restify.Request, response: restify.Response): Promise<void> => {
      const begunAt = performance.now();
      const answer = await handler(request).catch((error: unknown) => {
        log.error({ err: error, route: name }, 'request failed');
        return { status: 500 };
      });
      if (isClosing || !request.complete) response.setHeader('Connection', 'close');
      reply(response, answer, request.method === 'HEAD');
      if (!request.complete) discard(request);
      metrics.http(name, answer.status, performance.now() - begunAt);
    };
  }

  async function messages(request: IncomingMessage): Promise<HttpAnswer> {
    const read = await readJsonBody(request);
    if ('status' in read) return { status: read.status };
    return bot.handle({ body: read.body, authorization: request.headers.authorization });
  }

  async function ready(): Promise<HttpAnswer> {
    const isReady = !isClosing && (await parts.isReady());
    return { status: isReady ? 200 : 503, body: { ready: isReady, ...parts.readyBody?.() } };
  }

  async function showMetrics(request: IncomingMessage): Promise<HttpAnswer> {
    if (!isFromHere(request)) {
      if (parts.metricsToken === undefined) return { status: 403 };
      if (!isBearer(request.headers.authorization, parts.metricsToken)) {
        return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
      }
    }
    const body = await metrics.registry.metrics();
    return { status: 200, headers: { 'Content-Type': metrics.registry.contentType }, body };
  }
}

async function handOver(handler: HttpHandler | undefined, request: IncomingMessage): Promise<HttpAnswer> {
  if (!handler) return { status: 404 };
  const read = await readBytes(request);
  if ('status' in read) return read;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
  const { method = 'GET', headers } = request;
  return handler({ method, path: pathname, query: searchParams, headers, body: read.bytes });
}

/** Text and bytes go as they are, everything else as JSON; an error without a body gets its name. */
function reply(response: ServerResponse, { status, headers, body }: HttpAnswer, isHead = false): void {
  if (response.headersSent) return;
  const said = body ?? (status >= 400 ? { error: errorNames[status] ?? 'internal error' } : undefined);
  const isRaw = typeof said === 'string' || said instanceof Uint8Array;
  const content = said === undefined ? '' : isRaw ? said : JSON.stringify(said);
  const type = isRaw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, {
    ...securityHeaders,
    ...(content && { 'Content-Type': type }),
    'Content-Length': Buffer.byteLength(content),
    ...headers,
  });
  response.end(isHead ? undefined : content);
}

/** What is left of a refused body is let run out for a moment, so that the sender gets to read the answer. */
function discard(request: IncomingMessage): void {
  request.resume();
  setTimeout(() => request.complete || request.socket.destroy(), 2000).unref();
}

/** From this machine, and not through a proxy on it. */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  if (headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip']) return false;
  return /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(socket.remoteAddress ?? '');
}

function isBearer(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const given = /^Bearer\s+(.+)$/i.exec(authorization?.trim() ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}
