import { readFileSync } from 'node:fs';
import { type Span as OtelSpan, ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { inTime } from '../domain/work/in-time.ts';
import type { Span, SpanStart, Tracer } from '../domain/work/trace.ts';

interface TracingConfig {
  /** Of the collector: `/v1/traces` goes behind it. */
  readonly endpoint: string;
  /** What the collector wants to be given, such as a key. */
  readonly headers: Readonly<Record<string, string>>;
  /** A batch was not taken by the collector. */
  readonly onLost: (reason: string) => void;
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

const exportMs = 5_000;
/** A collector that is away must not hold up the end of the process. */
const closeMs = 2_000;

/**
 * Sends traces to a collector as OTLP over HTTP, in batches (https://opentelemetry.io/docs/specs/otlp/). Nothing is registered
 * with OpenTelemetry's global API, so that two products in one process keep apart and no library traces by itself.
 */
export function createTracer({ endpoint, headers, onLost }: TracingConfig): Tracer {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = tellOfLost(new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: exportMs }), onLost);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'software-desk', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: exportMs })],
  });
  const tracer = provider.getTracer('software-desk', version);

  function begin({ name, kind, facts = {} }: SpanStart, parent = ROOT_CONTEXT): Span {
    const span = tracer.startSpan(name, { kind: kinds[kind], attributes: { ...facts } }, parent);
    return {
      context: toTraceparent(span),
      begin: (start) => begin(start, trace.setSpan(ROOT_CONTEXT, span)),
      note: (more) => void span.setAttributes({ ...more }),
      end(failure) {
        if (failure !== undefined)
          span.setStatus({ code: SpanStatusCode.ERROR }).setAttributes({ 'error.type': failure });
        span.end();
      },
    };
  }

  return {
    begin: (start, context) => begin(start, fromTraceparent(context)),
    close: () => inTime(provider.shutdown(), closeMs, 'to hand over the last traces').catch(() => undefined),
  };
}

function toTraceparent(span: OtelSpan): string {
  const { traceId, spanId } = span.spanContext();
  return `00-${traceId}-${spanId}-01`;
}

/** A trace goes on whatever its flags say: all are told. */
function fromTraceparent(text = '') {
  const [, traceId = '', spanId = ''] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(text) ?? [];
  if (!/[1-9a-f]/.test(traceId) || !/[1-9a-f]/.test(spanId)) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

function tellOfLost(exporter: SpanExporter, onLost: (reason: string) => void): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error) onLost(result.error.message);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
