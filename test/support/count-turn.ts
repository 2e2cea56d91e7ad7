import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { TestApp } from './app.ts';

/** What the turns of one action cost. What the app does by itself meanwhile (jobs, sweeps) is not counted. */
export interface TurnCount {
  /** Round trips to the database; statements that were sent together are one. */
  readonly sql: number;
  readonly statements: readonly string[];
  /** Without sign-ins, which are kept for an hour. */
  readonly partnerCenterCalls: number;
  readonly calls: readonly PartnerCenterCall[];
  /** How many of the calls had to be made one after the other: those that overlapped in time are one round. */
  readonly rounds: number;
  /** The same up to the first request that changes something at Partner Center; absent where none does. */
  readonly beforeWrite?: { readonly sql: number; readonly calls: number; readonly rounds: number };
}

export interface PartnerCenterCall {
  readonly method: string;
  readonly path: string;
  /** Round trips to the database before it. */
  readonly sqlBefore: number;
  /** In milliseconds; the end is infinite while no answer has come. */
  readonly from: number;
  readonly to: number;
}

interface Counter {
  readonly url: string;
  readonly statements: string[];
  readonly calls: Map<object, { -readonly [name in keyof PartnerCenterCall]: PartnerCenterCall[name] }>;
  sql: number;
}

interface OutgoingRequest {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
}

/**
 * Runs the action and counts what the turns and the requests of our pages that begin meanwhile ask of the database and of
 * Partner Center, until it ends. The app must run in this process.
 */
export async function countTurn(app: Pick<TestApp, 'simulatorUrl'>, act: () => Promise<unknown>): Promise<TurnCount> {
  const counter: Counter = { url: app.simulatorUrl, statements: [], calls: new Map(), sql: 0 };
  const turns = new AsyncLocalStorage<Counter>();
  // Everything that an activity sets going inherits this; each request begins anew.
  const begin = ({ request }: { request: IncomingMessage }) =>
    turns.enterWith(/^\/(api\/messages$|web\/api\/)/.test(request.url ?? '') ? counter : none);
  const ask = ({ text, isRoundTrip }: { text: string; isRoundTrip: boolean }) => {
    if (turns.getStore() !== counter) return;
    counter.statements.push(text);
    if (isRoundTrip) counter.sql += 1;
  };
  const call = ({ request }: { request: OutgoingRequest }) => {
    if (turns.getStore() !== counter || request.origin !== counter.url || request.path.endsWith('/token')) return;
    const { method, path } = request;
    const times = { from: performance.now(), to: Number.POSITIVE_INFINITY };
    counter.calls.set(request, { method, path, sqlBefore: counter.sql, ...times });
  };
  const end = ({ request }: { request: object }) => {
    const ended = counter.calls.get(request);
    if (ended) ended.to = performance.now();
  };
  const listeners = {
    'http.server.request.start': begin,
    'software-desk.query': ask,
    'undici:request:create': call,
    'undici:request:trailers': end,
    'undici:request:error': end,
  } as unknown as Record<string, (message: unknown) => void>;

  for (const [name, listener] of Object.entries(listeners)) subscribe(name, listener);
  try {
    await act();
  } finally {
    for (const [name, listener] of Object.entries(listeners)) unsubscribe(name, listener);
    turns.disable();
  }
  const calls = [...counter.calls.values()];
  const { sql, statements } = counter;
  const first = calls.findIndex(isWrite);
  const before = calls.slice(0, first);
  return {
    ...{ sql, statements, partnerCenterCalls: calls.length, calls, rounds: countRounds(calls) },
    ...(first >= 0 && {
      beforeWrite: { sql: calls[first]?.sqlBefore ?? 0, calls: before.length, rounds: countRounds(before) },
    }),
  };
}

/** Two checks of Partner Center's are asked by POST. */
function isWrite({ method, path }: PartnerCenterCall): boolean {
  return method !== 'GET' && !/\/validations\/|\/checkInventory/i.test(path);
}

const none: Counter = { url: '', statements: [], calls: new Map(), sql: 0 };

/** The most calls of which none overlaps another. */
export function countRounds(calls: readonly Pick<PartnerCenterCall, 'from' | 'to'>[]): number {
  let rounds = 0;
  let endedAt = Number.NEGATIVE_INFINITY;
  for (const { from, to } of calls.toSorted((one, other) => one.to - other.to)) {
    if (from < endedAt) continue;
    rounds += 1;
    endedAt = to;
  }
  return rounds;
}
