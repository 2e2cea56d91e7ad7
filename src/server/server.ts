import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import restify from 'restify';
import type { Log } from '../log.ts';
import type { Bot } from '../teams/bot.ts';
import type { WebAnswer, WebHandler } from '../web/http.ts';
import { readBytes, readJsonBody } from './body.ts';
import type { Sources } from './business-metrics.ts';
import type { Metrics } from './metrics.ts';

export interface ServerParts {
  /** Absent: all interfaces. */
  readonly host?: string;
  readonly port: number;
  readonly bot: Bot;
  readonly readiness: () => Promise<Readiness>;
  /** More for the body of `/readyz` (development: `url`, `simulator`). */
  readonly readyBody?: () => Record<string, unknown>;
  readonly metrics: Metrics;
  readonly sources?: Sources;
  readonly metricsToken?: string;
  readonly webhooks?: WebHandler;
  readonly web?: WebHandler;
  /** What our own links lead to. */
  readonly links?: WebHandler;
  readonly log: Log;
  readonly drainMs?: number;
  /** How long the headers of a request may take, and a connection that says nothing stays open. */
  readonly headersMs?: number;
}

/** Why `/readyz` answers what it does. Without problems it is ready; a warning is a trouble that its work outlasts. */
export interface Readiness {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

export interface Server {
  listen(): Promise<void>;
  /** Known as soon as it listens. */
  url(): string;
  /** Accepts nothing new, waits a limited time for the turns in flight, and frees the port. */
  close(): Promise<void>;
}

const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** The bodies of errors. */
const errorNames: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  405: 'method not allowed',
  408: 'timeout',
  413: 'too large',
  415: 'unsupported media type',
  429: 'too many requests',
  503: 'unavailable',
};

/** Of a stream, in bytes. */
const mostUnread = 1024 * 1024;

interface RouteError {
  readonly statusCode?: number;
  toJSON?: () => unknown;
}

/** The HTTP server: routes, statuses and limits. It decides nothing about a turn, and its bodies say no more than the status. */
export function createServer(parts: ServerParts): Server {
  const { bot, metrics, log, drainMs = 10_000, headersMs = 10_000 } = parts;
  const server = restify.createServer({ name: '', log: undefined });
  const web = server.server;
  let isClosing = false;
  const streams = new Set<ServerResponse>();
  // Slow senders are cut off; idle connections outlive the usual idle time of proxies.
  web.headersTimeout = headersMs;
  // Node looks only twice a minute who is too slow, and takes no other pace but when a server is made, as restify does.
  Object.assign(web, { connectionsCheckingInterval: headersMs / 5 });
  // Of an upload; any other body is cut off sooner, in `readBytes`.
  web.requestTimeout = 130_000;
  web.keepAliveTimeout = 75_000;
  // Nobody here speaks another protocol: asked for one, the server answers as ever, where restify would leave it open.
  web.removeAllListeners('upgrade');
  server.pre((request, _response, next) => next(hasAddress(request) ? undefined : toMalformed()));

  server.post('/api/messages', route('messages', handleMessages));
  for (const [path, name, handler] of [
    ['/healthz', 'healthz', async () => ({ status: 200, body: { ok: true } })],
    ['/readyz', 'readyz', tellReady],
    ['/metrics', 'metrics', showMetrics],
  ] as const) {
    server.get(path, route(name, handler));
    server.head(path, route(name, handler));
  }
  server.post(
    '/webhooks/partner-center',
    route('webhooks', (request) => callHandler(parts.webhooks, request)),
  );
  for (const add of [server.get, server.head, server.post, server.put, server.del]) {
    add.call(
      server,
      '/web/*',
      route('web', (request) => callHandler(parts.web, request)),
    );
  }
  for (const path of ['/case/:id', '/order/:id', '/customer/:id']) {
    server.get(
      path,
      route('links', (request) => callHandler(parts.links, request)),
    );
    server.head(
      path,
      route('links', (request) => callHandler(parts.links, request)),
    );
  }
  // What restify itself refuses (no such route, another method, a malformed address) gets the same headers and body.
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
      for (const response of streams) response.end();
      const closed = new Promise<void>((resolve) => web.close(() => resolve()));
      await bot.settled(drainMs);
      const timer = setTimeout(() => web.closeAllConnections(), 1000);
      await closed.finally(() => clearTimeout(timer));
    },
  };

  function route(name: string, handler: (request: IncomingMessage) => Promise<WebAnswer>) {
    return async (request: restify.Request, response: restify.Response): Promise<void> => {
      const startedAt = performance.now();
      const answer: WebAnswer = await handler(request).catch((error: unknown) => {
        log.error({ err: error, route: name }, 'request failed');
        return { status: 500 };
      });
      if (isClosing || !request.complete) response.setHeader('Connection', 'close');
      if (answer.stream && request.method !== 'HEAD') startStream(response, answer.stream);
      else if (answer.parts) await sendParts(response, answer, answer.parts);
      else reply(response, answer, request.method === 'HEAD');
      if (!request.complete) discardBody(request);
      metrics.http(name, answer.status, performance.now() - startedAt);
    };
  }

  /** Server-sent events. A caller that does not read what it asked for is cut off. */
  function startStream(response: ServerResponse, stream: NonNullable<WebAnswer['stream']>): void {
    const gone = new AbortController();
    response.writeHead(200, { ...securityHeaders, 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    streams.add(response);
    response.on('close', () => {
      streams.delete(response);
      gone.abort();
    });
    const write = (text: string) => {
      if (response.writableLength > mostUnread) response.destroy();
      else if (!response.writableEnded) response.write(text);
    };
    stream(write, gone.signal);
  }

  /** A file that is made while it is sent. One that cannot be made to its end is cut off, so that nobody takes it for whole. */
  async function sendParts(
    response: ServerResponse,
    { status, headers }: WebAnswer,
    parts: AsyncIterable<string>,
  ): Promise<void> {
    response.writeHead(status, { ...securityHeaders, ...headers });
    await pipeline(Readable.from(parts), response).catch((error: unknown) => {
      response.destroy();
      log.warn({ err: error }, 'an answer was cut off');
    });
  }

  async function handleMessages(request: IncomingMessage): Promise<WebAnswer> {
    const read = await readJsonBody(request);
    if ('status' in read) return { status: read.status };
    return bot.handle({ body: read.body, authorization: request.headers.authorization });
  }

  async function tellReady(): Promise<WebAnswer> {
    const { problems, warnings } = isClosing ? { problems: ['closing'], warnings: [] } : await parts.readiness();
    const reasons = { ...(problems.length > 0 && { problems }), ...(warnings.length > 0 && { warnings }) };
    const ready = problems.length === 0;
    return { status: ready ? 200 : 503, body: { ready, ...reasons, ...parts.readyBody?.() } };
  }

  async function showMetrics(request: IncomingMessage): Promise<WebAnswer> {
    if (!isFromThisMachine(request)) {
      if (parts.metricsToken === undefined) return { status: 403 };
      if (!isBearer(request.headers.authorization, parts.metricsToken)) {
        return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
      }
    }
    const body = await metrics.show(parts.sources);
    return { status: 200, headers: { 'Content-Type': metrics.registry.contentType }, body };
  }
}

async function callHandler(handler: WebHandler | undefined, request: IncomingMessage): Promise<WebAnswer> {
  if (!handler) return { status: 404 };
  const isUpload = request.method === 'PUT';
  const read = isUpload ? { bytes: Buffer.alloc(0) } : await readBytes(request);
  if (!read.bytes) return read;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const { method = 'GET', headers } = request;
  const address = `${request.socket.remoteAddress ?? ''} ${lastOf(headers['x-forwarded-for'])}`.trim();
  const asked = { method, path: pathname, query: searchParams, headers, body: read.bytes, address };
  return handler(isUpload ? { ...asked, readBody: (limits) => readBytes(request, limits) } : asked);
}

/** restify reads address and `Host` as one, and throws in the middle of nowhere where they are none: that would end the process. */
function hasAddress(request: restify.Request): boolean {
  try {
    return request.getUrl() !== undefined;
  } catch {
    return false;
  }
}

function toMalformed(): Error {
  return Object.assign(new Error('malformed address or host'), { statusCode: 400 });
}

/** What the nearest proxy has added; what stands before it the caller may have made up. */
function lastOf(list: string | string[] | undefined): string {
  return (
    String(list ?? '')
      .split(',')
      .at(-1)
      ?.trim() ?? ''
  );
}

/** Text and bytes are sent as they are, everything else as JSON; an error without a body gets its name. */
function reply(response: ServerResponse, { status, headers, body }: WebAnswer, isHead = false): void {
  if (response.headersSent) return;
  const payload = body ?? (status >= 400 ? { error: errorNames[status] ?? 'internal error' } : undefined);
  const isRaw = typeof payload === 'string' || payload instanceof Uint8Array;
  const content = payload === undefined ? '' : isRaw ? payload : JSON.stringify(payload);
  const type = isRaw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, {
    ...securityHeaders,
    ...(content && { 'Content-Type': type }),
    'Content-Length': Buffer.byteLength(content),
    ...headers,
  });
  response.end(isHead ? undefined : content);
}

/** Reads the rest of a refused body for a moment, because many senders read the answer only after they have sent all. */
function discardBody(request: IncomingMessage): void {
  request.resume();
  setTimeout(() => request.complete || request.socket.destroy(), 2000).unref();
}

/** A caller on this machine, and not one that comes through a proxy on it. */
function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  if (headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip']) return false;
  return /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(socket.remoteAddress ?? '');
}

function isBearer(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const given = /^Bearer\s+(.+)$/i.exec(authorization?.trim() ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}
