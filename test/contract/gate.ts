import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Dropped {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
}

/** A door in front of a server that closes the connection before a call has got through, so that no work is done. */
export interface Gate {
  readonly url: string;
  readonly dropped: readonly Dropped[];
  /** The next calls that fit end here. */
  dropNext(method: string, path: RegExp, times: number): void;
  /** Nobody is stopped any more, and what was is forgotten. */
  open(): void;
  close(): Promise<void>;
}

export async function openGate(target: string): Promise<Gate> {
  const dropped: Dropped[] = [];
  let watch: { method: string; path: RegExp; left: number } | undefined;

  const server = createServer((incoming, answer) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    if (watch && watch.left > 0 && watch.method === method && watch.path.test(path)) {
      watch.left -= 1;
      const [requestId, correlationId] = [headers['ms-requestid'], headers['ms-correlationid']].map(String);
      dropped.push({ method, path, requestId, correlationId });
      incoming.socket.destroy();
      return;
    }
    const onward = request(target + path, { method, headers: { ...headers, host: new URL(target).host } }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    dropped,
    dropNext: (method, path, times) => {
      watch = { method, path, left: times };
    },
    open: () => {
      watch = undefined;
      dropped.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
