import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import restify from 'restify';
import { ROUTES } from '../routes/all.ts';
import type { Route } from './call.ts';
import { CONTROL_ROUTES, type ControlRoute } from './control.ts';
import { type Received, textOf } from './received.ts';
import { idsOf, localeOf, respond } from './respond.ts';
import { createRoutesAt } from './routes-at.ts';
import { type Counter, serve } from './serve.ts';

export interface Server {
  /** Resolves with the port; rejects if it is taken. */
  listen(port: number): Promise<number>;
  /** Waits for the calls in flight, then frees the port. */
  close(): Promise<void>;
}

const REGISTER = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'del', HEAD: 'head' } as const;

/** The listener on loopback: API, token endpoint, Graph and control API on one port. */
export function createServer(counter: Counter, ownRoutes: Route[]): Server {
  // Paths are matched without regard to case, as the service does; parameters keep theirs. (Not in restify's types.)
  const options: restify.ServerOptions & { caseSensitive: boolean } = {
    name: '',
    caseSensitive: false,
    ignoreTrailingSlash: true,
  };
  const server = restify.createServer(options);
  const inFlight = new Set<Promise<void>>();

  /** A call is in flight until its last byte has gone out; a mistake in it must not leave the caller waiting. */
  function track(work: Promise<void>, res: ServerResponse): Promise<void> {
    const done = work.catch((error: unknown) => fail(error, res)).then(() => closeOf(res));
    inFlight.add(done);
    return done.finally(() => inFlight.delete(done));
  }

  const routes = [...ROUTES, ...ownRoutes];
  const routesAt = createRoutesAt(routes);
  for (const route of routes) {
    server[REGISTER[route.method]](route.path, (req: Received, res: ServerResponse, next: restify.Next) => {
      void track(serve(counter, { route, others: [] }, req, res), res).then(() => next(false));
    });
  }
  for (const route of CONTROL_ROUTES) {
    server[REGISTER[route.method]](route.path, (req: Received, res: ServerResponse, next: restify.Next) => {
      void track(control(counter, route, req, res), res).then(() => next(false));
    });
  }
  // The callback restify offers here is not called: it would answer a second time.
  for (const event of ['NotFound', 'MethodNotAllowed']) {
    server.on(event, (req: Received, res: ServerResponse) => {
      // Restify's own, which counts what was withdrawn.
      res.removeHeader('Allow');
      const there = { route: undefined, others: routesAt(req.url ?? '/') };
      void track(serve(counter, there, req, res), res);
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
      while (inFlight.size > 0) await Promise.all(inFlight);
      server.server.closeAllConnections();
      await closed;
    },
  };
}

/** Not even an answer could be made, or the state not be written: the caller sees the connection end. */
function fail(error: unknown, res: ServerResponse): void {
  process.emitWarning(`The simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
  res.destroy();
}

async function closeOf(res: ServerResponse): Promise<void> {
  if (!res.closed) await once(res, 'close');
}

async function control(counter: Counter, route: ControlRoute, req: Received, res: ServerResponse): Promise<void> {
  respond(res, route.handle(counter, await textOf(req)), { ...idsOf({}), locale: localeOf({}) });
}
