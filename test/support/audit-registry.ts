import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

interface Answer {
  readonly status: number;
  /** By the name of a package: what is known of it. */
  readonly body: unknown;
}

/** A registry that answers what `npm audit` asks, and nothing else. */
export interface AuditRegistry {
  readonly url: string;
  answer(answer: Answer): void;
  stop(): Promise<unknown>;
}

/** In a thread of its own, because a release waits for npm without letting anything else happen. */
export async function startAuditRegistry(): Promise<AuditRegistry> {
  const said = new Int32Array(new SharedArrayBuffer(4));
  const text = new Uint8Array(new SharedArrayBuffer(2 ** 16));
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads');
    const server = require('node:http').createServer((request, response) => {
      request.resume().on('end', () => {
        const isAudit = request.method === 'POST' && request.url.endsWith('/advisories/bulk');
        const [status, body] = JSON.parse(Buffer.from(workerData.text).subarray(0, workerData.said[0]).toString());
        response.writeHead(isAudit ? status : 404, { 'content-type': 'application/json' });
        response.end(isAudit ? JSON.stringify(body) : '{}');
      });
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
    { eval: true, workerData: { said, text } },
  );
  const [port] = await once(worker, 'message');
  return {
    url: `http://127.0.0.1:${port}/`,
    answer({ status, body }) {
      said[0] = new TextEncoder().encodeInto(JSON.stringify([status, body]), text).written;
    },
    stop: () => worker.terminate(),
  };
}
