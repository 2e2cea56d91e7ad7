import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import restify from 'restify';
import { type ApiRequest, type ApiResponse, createRouteFinder, type Route } from './call.ts';
import { type ControlRoute, controlRoutes } from './control.ts';
import { addFaultHeaders, addFields, breakTypes, createFaultResponse, type Fault, isInsteadOfWork } from './faults.ts';
import { type Context, handleRequest, type RoutedRequest } from './handle.ts';
import { toQuery } from './read-call.ts';

export interface Server {
  /** Resolves with the port; rejects if it is taken. */
  listen(port: number): Promise<number>;
  /** Waits for the calls in progress, then frees the port. */
  close(): Promise<void>;
}

/** A request as restify hands it over, with the parameters of its path. */
type RestifyRequest = IncomingMessage & { params?: Record<string, string> };

const REGISTER = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'del' } as const;

/** The server on loopback: API, token endpoint, Graph and control API on one port. */
export function createServer(context: Context, routes: Route[]): Server {
  // Paths are matched without regard to case, as the service does; parameters keep theirs. (Not in restify's types.)
  const options: restify.ServerOptions & { caseSensitive: boolean } = {
    name: '',
    caseSensitive: false,
    ignoreTrailingSlash: true,
  };
  const server = restify.createServer(options);
  const inProgress = new Set<Promise<void>>();

  /** A call is in progress until its last byte has gone out; a mistake in it must not leave the caller waiting. */
  function track(work: Promise<void>, res: ServerResponse): Promise<void> {
    const done = work.catch((error: unknown) => destroyResponse(error, res)).then(() => waitForClose(res));
    inProgress.add(done);
    return done.finally(() => inProgress.delete(done));
  }

  function register(
    { method, path }: Pick<Route | ControlRoute, 'method' | 'path'>,
    serve: (req: RestifyRequest, res: ServerResponse) => Promise<void>,
  ): void {
    server[REGISTER[method]](path, (req: RestifyRequest, res: ServerResponse, next: restify.Next) => {
      void track(serve(req, res), res).then(() => next(false));
    });
  }

  for (const route of routes) register(route, (req, res) => serveApi(context, { route, others: [] }, req, res));
  for (const route of controlRoutes) register(route, (req, res) => serveControl(context, route, req, res));
  const findRoutes = createRouteFinder(routes);
  // The callback restify offers here is not called: it would answer a second time.
  for (const event of ['NotFound', 'MethodNotAllowed']) {
    server.on(event, (req: RestifyRequest, res: ServerResponse) => {
      // Restify's own, which counts what was withdrawn.
      res.removeHeader('Allow');
      const match = { route: undefined, others: findRoutes(req.url ?? '/') };
      void track(serveApi(context, match, req, res), res);
    });
  }

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.removeListener('error', reject);
          resolve(server.address().port);
        });
      }),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      while (inProgress.size > 0) await Promise.all(inProgress);
      server.server.closeAllConnections();
      await closed;
    },
  };
}

/** Serves one API call: log, fault, permission, limit, work, state on disk, response. */
async function serveApi(
  context: Context,
  match: Pick<RoutedRequest, 'route' | 'others'>,
  req: RestifyRequest,
  res: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/', params = {} } = req;
  const headers = readHeaders(req);
  const echo = readEcho(headers);
  const logged = context.log.begin({
    at: new Date(context.store.world().clock.now()).toISOString(),
    method,
    path,
    requestId: headers['ms-requestid'] ?? null,
    correlationId: headers['ms-correlationid'] ?? null,
  });
  res.once('close', () => logged.end());
  const { requestId, correlationId } = echo;
  const request: ApiRequest = { method, path, params, headers, text: await readText(req), requestId, correlationId };
  const fault = context.faults.take(method, path);
  const routed = { ...match, request, delay: () => wait(fault, context.closing) };
  const response = await respondTo(context, fault, routed, (worked, answered) =>
    context.observe?.({ method, path, requestId, text: request.text, worked, answered }),
  );
  if (response === undefined) {
    res.destroy();
    return;
  }
  logged.setStatus(response.status);
  sendResponse(res, response, echo, fault);
}

/** The response as the fault leaves it; undefined where the fault drops the connection. */
async function respondTo(
  context: Context,
  fault: Fault | undefined,
  routed: RoutedRequest,
  observe: (worked: ApiResponse, answered: ApiResponse | undefined) => void,
): Promise<ApiResponse | undefined> {
  if (fault !== undefined && isInsteadOfWork(fault)) {
    await routed.delay();
    return fault.dropBeforeWork ? undefined : createFaultResponse(fault);
  }
  const worked = await handleRequest(context, routed);
  const answered = answerAfterWork(worked, fault);
  observe(worked, answered);
  context.store.saveIfChanged();
  context.onHandled();
  return answered;
}

function answerAfterWork(worked: ApiResponse, fault: Fault | undefined): ApiResponse | undefined {
  if (fault?.dropAfterWork) return undefined;
  return fault?.afterWork ? createFaultResponse(fault) : addFaultHeaders(worked, fault);
}

async function serveControl(
  context: Context,
  route: ControlRoute,
  req: RestifyRequest,
  res: ServerResponse,
): Promise<void> {
  const query = toQuery(new URL(req.url ?? '/', 'http://localhost').searchParams);
  sendResponse(res, route.handle(context, { query, text: await readText(req) }), readEcho({}));
}

async function wait(fault: Fault | undefined, signal: AbortSignal): Promise<void> {
  if (fault?.delayMs === undefined) return;
  // Closing ends the wait, and is no error.
  await pause(fault.delayMs, undefined, { signal }).catch(() => undefined);
}

/** No response could be made, or the state not be written: the caller sees the connection end. */
function destroyResponse(error: unknown, res: ServerResponse): void {
  process.emitWarning(`The simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
  res.destroy();
}

async function waitForClose(res: ServerResponse): Promise<void> {
  if (!res.closed) await once(res, 'close');
}

function readHeaders(req: IncomingMessage): ApiRequest['headers'] {
  const headers: ApiRequest['headers'] = {};
  for (const [name, value] of Object.entries(req.headers)) {
    headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}

async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** What a response repeats of its request. */
interface Echo {
  requestId: string;
  correlationId: string;
  locale: string;
}

function readEcho(headers: Record<string, string | undefined>): Echo {
  return {
    requestId: headers['ms-requestid'] ?? randomUUID(),
    correlationId: headers['ms-correlationid'] ?? randomUUID(),
    locale: headers['x-locale'] ?? 'en-US',
  };
}

/** Writes a response with the headers every Partner Center response has, changed as the fault asks. */
function sendResponse(res: ServerResponse, response: ApiResponse, echo: Echo, fault?: Fault): void {
  const payload = createPayload(response, fault);
  const correlationId = response.doubledIds ? `${echo.correlationId},${echo.correlationId}` : echo.correlationId;
  res.writeHead(response.status, {
    ...(payload === undefined ? {} : { 'Content-Type': response.contentType ?? 'application/json; charset=utf-8' }),
    ...(response.status === 204 ? {} : { 'Content-Length': String(payload?.length ?? 0) }),
    'MS-RequestId': echo.requestId,
    'MS-CorrelationId': correlationId,
    'MS-CV': `${randomBytes(12).toString('base64')}.0`,
    'MS-ServerId': '020011715',
    'X-Locale': echo.locale,
    ...response.headers,
  });
  if (fault?.truncate && payload !== undefined) {
    res.write(payload.subarray(0, Math.floor(payload.length / 2)), () => res.destroy());
    return;
  }
  res.end(payload);
}

function createPayload({ body, contentType, bom }: ApiResponse, fault?: Fault): Buffer | undefined {
  if (body === undefined) return undefined;
  if (contentType !== undefined) return Buffer.from(body as string | Uint8Array);
  const json = JSON.stringify(body);
  const { wrongType, fields } = fault ?? {};
  const broken = wrongType ? JSON.stringify(breakTypes(JSON.parse(json))) : json;
  const sent = fields === undefined ? broken : JSON.stringify(addFields(JSON.parse(broken), fields));
  return Buffer.from(bom ? `\uFEFF${sent}` : sent);
}
