import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** `hang`: no answer ever; `drop`: the connection is cut after the request was read. */
export type Planned = { status?: number; headers?: Record<string, string>; body?: unknown; fault?: 'hang' | 'drop' };

export interface StubConnector {
  readonly url: string;
  readonly requests: Recorded[];
  /** The next answers, in order; after them every create is answered 201 with a new id. */
  plan(...answers: Planned[]): void;
  close(): Promise<void>;
}

/** A Bot Connector that records what it is sent. */
export async function startStubConnector(): Promise<StubConnector> {
  const requests: Recorded[] = [];
  const planned: Planned[] = [];
  let made = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, text, body: text ? JSON.parse(text) : {} });
    const { status = 201, headers: extra, body, fault } = planned.shift() ?? {};
    if (fault === 'hang') return;
    if (fault === 'drop') return void request.socket.destroy();
    made += 1;
    response.writeHead(status, { 'content-type': 'application/json', ...extra });
    response.end(JSON.stringify(body ?? (status < 300 ? { id: `m${made}` } : {})));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/emea/`,
    requests,
    plan: (...answers) => void planned.push(...answers),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
