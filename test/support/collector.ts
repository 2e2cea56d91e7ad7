import { readBody, startStubServer } from './stub-server.ts';
import { createWatch, type Watch } from './watch.ts';

/** A span as it came, as far as tests look at it. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly status: { readonly code?: number };
  readonly facts: Readonly<Record<string, string>>;
}

/** A stand-in for a collector of traces: takes OTLP over HTTP, as JSON. */
export interface Collector {
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** What came, as it came: the address, the headers and the body. */
  readonly texts: readonly string[];
  /** Resolves with what `look` finds, as soon as a batch brings it about. */
  readonly until: Watch['until'];
  close(): Promise<void>;
}

interface Batch {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<CollectedSpan, 'facts'> & {
        readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
      })[];
    }[];
  }[];
}

export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const texts: string[] = [];
  const watch = createWatch();
  const server = await startStubServer(async (request, response) => {
    const body = (await readBody(request)).toString();
    texts.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
    const { resourceSpans } = JSON.parse(body) as Batch;
    for (const { attributes, ...span } of resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    )) {
      const facts = attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]);
      spans.push({ ...span, facts: Object.fromEntries(facts) });
    }
    response.setHeader('content-type', 'application/json');
    response.end('{}');
    watch.changed();
  });
  return { url: server.url, spans, texts, until: watch.until, close: () => server.close() };
}
