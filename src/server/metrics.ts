import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  http(route: string, status: number, ms: number): void;
  /** A turn until its answer. */
  turn(kind: string, outcome: string, ms: number): void;
  /** A webhook event of Partner Center. */
  event(outcome: string): void;
  /** Something that Partner Center's records and ours tell differently. */
  difference(kind: string): void;
  /** A request to the Connector. */
  sent(method: string, outcome: string): void;
}

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
  return {
    registry,
    difference: (kind) => differences.inc({ kind }),
    event: (outcome) => events.inc({ outcome }),
    http: (route, status, ms) => http.observe({ route, status }, ms / 1000),
    turn: (kind, outcome, ms) => turn.observe({ kind, outcome }, ms / 1000),
    sent: (method, outcome) => sent.inc({ method, outcome }),
  };
}
