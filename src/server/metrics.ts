import { readFileSync } from 'node:fs';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { createBusinessMetrics, type Sources } from './business-metrics.ts';

export interface Metrics {
  readonly registry: Registry;
  http(route: string, status: number, ms: number): void;
  /** A turn until its answer. */
  turn(kind: string, outcome: string, ms: number): void;
  /** A webhook event of Partner Center. */
  event(outcome: string): void;
  /** Something that Partner Center's records and ours tell differently. */
  difference(kind: string): void;
  /** A sign-in to the web pages that was refused. */
  refusedSignIn(why: string): void;
  /** A request to the Connector. */
  sent(method: string, outcome: string): void;
  /** One attempt of a call to Partner Center. */
  called(call: { readonly operation: string; readonly outcome: string; readonly ms: number }): void;
  /** A warning or an error in the log; its text is one of those in docs/operations.md, "What the log warns of". */
  logged(level: string, text: string): void;
  /** All of them as Prometheus reads them, with what the sources tell now. */
  show(sources?: Sources): Promise<string>;
}

/** Those of which one is enough for an alert (deploy/alerts). */
export const alertedLines: readonly (readonly [level: 'warn' | 'error', msg: string])[] = [
  ['error', 'a job was given up'],
  ['error', 'refused, because the audit log could not be written'],
  ['error', 'the token service gives no token to answer with'],
  ['warn', 'a key could not be hidden at once'],
  ['warn', 'a key could not be hidden yet'],
];

/** The metrics of one server. They have a registry of their own, so that two servers in one process do not add up. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 3, 5, 10, 15];
  const help = 'HTTP requests by route and status';
  const http = new Histogram({ name: 'desk_http_seconds', help, labelNames: ['route', 'status'], buckets, registers });
  const turn = new Histogram({
    name: 'desk_turn_seconds',
    help: 'Turns until their answer, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    buckets,
    registers,
  });
  const sent = new Counter({
    name: 'desk_sends_total',
    help: 'Requests to the Connector by method and outcome',
    labelNames: ['method', 'outcome'],
    registers,
  });
  const events = new Counter({
    name: 'desk_partner_center_events_total',
    help: 'Webhook events of Partner Center by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const differences = new Counter({
    name: 'desk_differences_total',
    help: "Differences between our records and Partner Center's that people were told of, by kind",
    labelNames: ['kind'],
    registers,
  });
  const refusedSignIns = new Counter({
    name: 'desk_refused_sign_ins_total',
    help: 'Refused sign-ins to the web pages, by reason',
    labelNames: ['why'],
    registers,
  });
  const calls = new Counter({
    name: 'desk_partner_center_calls_total',
    help: 'Calls to Partner Center, each attempt, by operation and outcome',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const took = new Histogram({
    name: 'desk_partner_center_call_seconds',
    help: 'How long Partner Center takes for an answer',
    buckets,
    registers,
  });
  const lines = new Counter({
    name: 'desk_log_lines_total',
    help: 'Warnings and errors in the log, by their text',
    labelNames: ['level', 'msg'],
    registers,
  });
  // A counter that begins with its first line would hide that line from whoever looks for an increase.
  for (const [level, msg] of alertedLines) lines.inc({ level, msg }, 0);
  const labelNames = ['version', 'node'];
  const build = new Gauge({ name: 'desk_build_info', help: 'Which program this is', labelNames, registers });
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  build.set({ version, node: process.versions.node }, 1);
  const refresh = createBusinessMetrics(registry);
  return {
    registry,
    called: ({ operation, outcome, ms }) => {
      calls.inc({ operation, outcome });
      took.observe(ms / 1000);
    },
    logged: (level, msg) => lines.inc({ level, msg }),
    show: async (sources) => {
      if (sources) await refresh(sources);
      return registry.metrics();
    },
    difference: (kind) => differences.inc({ kind }),
    refusedSignIn: (why) => refusedSignIns.inc({ why }),
    event: (outcome) => events.inc({ outcome }),
    http: (route, status, ms) => http.observe({ route, status }, ms / 1000),
    turn: (kind, outcome, ms) => turn.observe({ kind, outcome }, ms / 1000),
    sent: (method, outcome) => sent.inc({ method, outcome }),
  };
}
