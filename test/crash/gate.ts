import { type IncomingMessage, request } from 'node:http';
import { readBody, startStubServer } from '../support/stub-server.ts';

/** A request on its way through the gate, and how far it is. */
export interface Passage {
  readonly method: string;
  readonly path: string;
  /** `arrived`: it came out of the product. `done`: it was carried out, and its answer is on the way. `answered`: it is there. */
  readonly at: 'arrived' | 'done' | 'answered';
}

/** Stands between the product and the outside, and tells of each request while it can still be stopped. */
export interface Gate {
  readonly url: string;
  close(): Promise<void>;
}

/** `see` may end the process that asks: what has not been passed on by then is lost, as its connections are. */
export async function startGate(target: string, see: (passage: Passage) => void): Promise<Gate> {
  const { host, origin } = new URL(target);
  const server = await startStubServer(async (incoming: IncomingMessage, answer) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const body = await readBody(incoming);
    see({ method, path, at: 'arrived' });
    if (incoming.socket.destroyed) return;
    const onward = request(origin + path, { method, headers: { ...headers, host } }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part) => parts.push(part));
      reply.on('end', () => {
        see({ method, path, at: 'done' });
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        answer.end(Buffer.concat(parts), () => see({ method, path, at: 'answered' }));
      });
      reply.on('error', () => answer.destroy());
    });
    onward.on('error', () => answer.destroy());
    onward.end(body);
  });
  return { url: server.url, close: () => server.close() };
}
