import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Counted {
  /** `GET /v1/customers`, without the query. */
  readonly calls: readonly string[];
  /** How often the next calls had to wait for the answers of the ones before. */
  readonly rounds: number;
}

export interface RoundCounter {
  readonly url: string;
  /** What `work` asks for, sign-ins left out. */
  count(work: () => Promise<unknown>): Promise<Counted>;
  close(): Promise<void>;
}

/** So many turns of the event loop without another call: whoever calls waits for an answer now. */
const quietTurns = 300;

/** Stands in front of a server and lets the calls through that are there together, one round after the other. */
export async function openRoundCounter(target: string): Promise<RoundCounter> {
  let calls: string[] = [];
  let rounds = 0;
  let arrivals = 0;
  let waiting: (() => void)[] = [];
  let isReleasing = false;

  async function release(): Promise<void> {
    if (isReleasing) return;
    isReleasing = true;
    for (let seen = -1; seen !== arrivals; ) {
      seen = arrivals;
      for (let turn = 0; turn < quietTurns; turn += 1) await nextTurn();
    }
    isReleasing = false;
    rounds += 1;
    for (const forward of waiting.splice(0)) forward();
  }

  const server = createServer((incoming, answer) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const forward = () => {
      const onward = request(
        target + path,
        { method, headers: { ...headers, host: new URL(target).host } },
        (reply) => {
          answer.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(answer);
        },
      );
      onward.on('error', () => answer.destroy());
      incoming.pipe(onward);
    };
    if (/\/oauth2\/(v2\.0\/)?token$/.test(path)) return forward();
    arrivals += 1;
    calls.push(`${method} ${path.split('?')[0]}`);
    waiting.push(forward);
    void release();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async count(work) {
      calls = [];
      rounds = 0;
      waiting = [];
      await work();
      return { calls, rounds };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
