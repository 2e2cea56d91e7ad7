import { AsyncLocalStorage } from 'node:async_hooks';
import { DeliveryError, OutsideError, Refusal } from '../errors.ts';

/** What leaves the process with a trace: ids, codes and counts. Never a secret, a name, or a text that somebody wrote. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanStart {
  /** From a fixed list, such as `turn` or `Partner Center getOrder`. */
  readonly name: string;
  /** `server`: asked from outside; `client`: we ask somebody; `consumer`: a job; else `internal`. */
  readonly kind: 'server' | 'client' | 'consumer' | 'internal';
  readonly facts?: SpanFacts;
}

/** A part of a trace: something that has begun, and ends. */
export interface Span {
  /** By which another process goes on with this trace: a `traceparent` as the W3C defines it. */
  readonly context: string;
  begin(start: SpanStart): Span;
  note(facts: SpanFacts): void;
  /** `failure`: the code, where it failed. */
  end(failure?: string): void;
}

/** Where traces are told. */
export interface Tracer {
  /** Begins a trace, or goes on with the one that `context` is of; one that cannot be read begins a new one. */
  begin(start: SpanStart, context?: string): Span;
  /** Hands over what is not told yet, for some seconds at most; never throws. */
  close(): Promise<void>;
}

const current = new AsyncLocalStorage<Span>();

/**
 * Runs `work` as one that goes on (`context`), as a part of what is traced now, or else as a trace of its own. Without a tracer it
 * just runs.
 */
export function trace<T>(
  tracer: Tracer | undefined,
  { context, ...start }: SpanStart & { readonly context?: string | undefined },
  work: () => Promise<T>,
): Promise<T> {
  if (!tracer) return work();
  const span = context === undefined ? current.getStore() : undefined;
  return runIn(span ? span.begin(start) : tracer.begin(start, context), work);
}

export type Note = (facts: SpanFacts) => void;

/** Runs `work` as a part of what is traced now; `note` adds what is known later. Where nothing is traced it just runs. */
export function inSpan<T>(start: SpanStart, work: (note: Note) => Promise<T>): Promise<T> {
  const span = current.getStore();
  return span ? runIn(span.begin(start), work) : work(() => undefined);
}

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
const requestIds = ['MS-RequestId', 'request-id', 'x-ms-request-id'];
const correlationIds = ['MS-CorrelationId', 'x-ms-correlation-id'];

/**
 * Microsoft's own ids of a call, which its support asks for, where an answer has them. Only what is a GUID, as a header may
 * hold anything; Partner Center sometimes doubles it (`guid,guid`).
 */
export function idFacts(headers: Pick<Headers, 'get'>): SpanFacts {
  const find = (names: readonly string[]) =>
    names.map((name) => guid.exec(headers.get(name) ?? '')?.[0]).find((id) => id !== undefined);
  const [requestId, correlationId] = [find(requestIds), find(correlationIds)];
  return {
    ...(requestId !== undefined && { 'microsoft.request_id': requestId }),
    ...(correlationId !== undefined && { 'microsoft.correlation_id': correlationId }),
  };
}

/** The context of what is traced now, to be kept with a job. */
export function traceContext(): string | undefined {
  return current.getStore()?.context;
}

async function runIn<T>(span: Span, work: (note: Note) => Promise<T>): Promise<T> {
  try {
    const result = await current.run(span, () => work((facts) => span.note(facts)));
    span.end();
    return result;
  } catch (error) {
    span.end(failureOf(error));
    throw error;
  }
}

/** The message of an error may name somebody; its code does not. */
function failureOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  if (error instanceof OutsideError || error instanceof DeliveryError) return error.kind;
  return error instanceof Error ? error.constructor.name : 'unknown';
}
