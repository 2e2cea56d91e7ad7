import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubServer {
  /** `http://127.0.0.1:port`, without a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** An HTTP server on a free port of loopback, for what a test stands in for. */
export async function startStubServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<StubServer> {
  // A client that is slow to unpack a long answer would find its connection closed.
  const server = createServer({ keepAliveTimeout: 0 }, handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
