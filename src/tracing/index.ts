import { type Tracer, trace } from '../domain/work/trace.ts';

export type { Tracer } from '../domain/work/trace.ts';

interface Log {
  readonly warn: (facts: object, text: string) => void;
}

/** While the collector is away, each batch is lost. */
const warnEveryMs = 10 * 60_000;

/**
 * Where traces go, if anywhere: OpenTelemetry is loaded only where traces are wanted, as it takes 20 MB of memory and a tenth of
 * a second.
 */
export async function startTracing(
  config: { readonly endpoint: string; readonly headers: Readonly<Record<string, string>> } | undefined,
  log: Log,
): Promise<Tracer | undefined> {
  if (!config) return undefined;
  const { createTracer } = await import('./open-telemetry.ts');
  let warnedAt = Number.NEGATIVE_INFINITY;
  const onLost = (reason: string): void => {
    if (performance.now() - warnedAt < warnEveryMs) return;
    warnedAt = performance.now();
    log.warn({ reason }, 'traces were not taken by the collector');
  };
  return createTracer({ ...config, onLost });
}

/** What is told of a turn: the person's words and name are not. */
interface Turn {
  readonly turnId: string;
  readonly place: { readonly kind: string };
  readonly input: { readonly kind: string };
}

/** Where traces begin. Without a tracer they just run what they are given. */
export interface Traces {
  /** Something comes in from outside. */
  begin<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** A part of the activity that brought it, or a trace of its own where a web page did. */
  turn<T>(turn: Turn, work: () => Promise<T>): Promise<T>;
}

export function createTraces(tracer: Tracer | undefined): Traces {
  return {
    begin: (name, work) => trace(tracer, { name, kind: 'server' }, work),
    turn({ turnId, place, input }, work) {
      const facts = { 'desk.turn': turnId, 'desk.place': place.kind, 'desk.input': input.kind };
      return trace(tracer, { name: 'turn', kind: 'internal', facts }, work);
    },
  };
}
