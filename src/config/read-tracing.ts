import type { Environment } from './environment.ts';
import type { Config } from './schema.ts';
import { anyHttpUrl, pairs } from './values.ts';

/** Whether turns are traced, and who is told: the names are OpenTelemetry's own. */
export function readTracing({ text, read, addProblem }: Environment): Config['tracing'] {
  const endpoint = read('OTEL_EXPORTER_OTLP_ENDPOINT', anyHttpUrl);
  const headers = read('OTEL_EXPORTER_OTLP_HEADERS', pairs) ?? {};
  if (text('OTEL_EXPORTER_OTLP_HEADERS') && !text('OTEL_EXPORTER_OTLP_ENDPOINT'))
    addProblem('OTEL_EXPORTER_OTLP_HEADERS is set, but OTEL_EXPORTER_OTLP_ENDPOINT is not: nothing is traced');
  return endpoint === undefined ? undefined : { endpoint, headers };
}
