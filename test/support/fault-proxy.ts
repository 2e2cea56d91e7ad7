import { type IncomingHttpHeaders, request } from 'node:http';
import { startStubServer } from './stub-server.ts';

export interface Dropped {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
}

export interface Passed {
  readonly path: string;
  /** Of the answer. */
  readonly headers: IncomingHttpHeaders;
}

/** A proxy in front of a server that closes the connection before a call has got through, so that no work is done. */
export interface FaultProxy {
  readonly url: string;
  readonly dropped: readonly Dropped[];
  readonly passed: readonly Passed[];
  /** The next calls that fit end here. */
  dropNext(method: string, path: RegExp, times: number): void;
  /** Nobody is stopped any more, and what was is forgotten. */
  reset(): void;
  close(): Promise<void>;
}

/** `instead`: headers of all calls that get through, in the place of the caller's. */
export async function startFaultProxy(
  target: string,
  instead: Readonly<Record<string, string>> = {},
): Promise<FaultProxy> {
  const dropped: Dropped[] = [];
  const passed: Passed[] = [];
  let watch: { method: string; path: RegExp; left: number } | undefined;

  const server = await startStubServer((incoming, answer) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    if (watch && watch.left > 0 && watch.method === method && watch.path.test(path)) {
      watch.left -= 1;
      const [requestId, correlationId] = [headers['ms-requestid'], headers['ms-correlationid']].map(String);
      dropped.push({ method, path, requestId, correlationId });
      incoming.socket.destroy();
      return;
    }
    const onwards = { ...headers, ...instead, host: new URL(target).host };
    const onward = request(target + path, { method, headers: onwards }, (reply) => {
      passed.push({ path, headers: reply.headers });
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  return {
    url: server.url,
    dropped,
    passed,
    dropNext: (method, path, times) => {
      watch = { method, path, left: times };
    },
    reset: () => {
      watch = undefined;
      dropped.length = 0;
      passed.length = 0;
    },
    close: () => server.close(),
  };
}
