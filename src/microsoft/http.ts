import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Agent, request as ask, type Dispatcher } from 'undici';

/** Longer answers are cut off: no documented body comes near (the largest, entitlements, is about 100 KB). */
const largestBody = 20 * 1024 * 1024;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Instead of 20 MB. */
  readonly atMostBytes?: number;
}

/** Sends a request; see `sendRequest`. */
export type SendRequest = (request: HttpRequest) => Promise<HttpAnswer>;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** No complete answer came. `too-long`: one came, and was cut off. `status`: where one had begun. */
export class NoAnswer extends Error {
  readonly reason: 'timeout' | 'unreachable' | 'too-long';
  readonly status: number | undefined;

  constructor(
    reason: NoAnswer['reason'],
    facts: { readonly message?: string; readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(facts.message ?? `no answer: ${reason}`, { cause: facts.cause });
    this.name = 'NoAnswer';
    this.reason = reason;
    this.status = facts.status;
  }
}

/** Connections are kept open for a few seconds, one for each request that is under way. */
const connections = new Agent({ allowH2: false });

/**
 * The one way out over HTTP, to Microsoft's APIs and to the Connector. Resolves with any status; throws `NoAnswer`.
 * Redirects are not followed: a token goes to the address it was made for. It is not `fetch`, which costs a turn three times
 * as much processor time (docs/architecture.md, "Measured").
 */
export const sendRequest: SendRequest = async (request) => {
  const { method, url, headers, body, timeoutMs, signal, atMostBytes = largestBody } = request;
  const limit = new AbortController();
  const cutOff = () => limit.abort();
  let isLate = false;
  let status: number | undefined;
  const timer = setTimeout(
    () => {
      isLate = true;
      limit.abort();
    },
    Math.max(1, Math.ceil(timeoutMs)),
  );
  if (signal?.aborted) limit.abort();
  signal?.addEventListener('abort', cutOff);
  try {
    const answer = await ask(url, {
      ...{ dispatcher: connections, signal: limit.signal, headersTimeout: 0, bodyTimeout: 0 },
      method,
      headers: { 'accept-encoding': 'gzip', ...headers },
      ...(body !== undefined && { body }),
    });
    status = answer.statusCode;
    return { status, headers: headersOf(answer), bytes: await readBytes(answer, atMostBytes) };
  } catch (cause) {
    if (cause instanceof NoAnswer) throw cause;
    throw new NoAnswer(isLate ? 'timeout' : 'unreachable', { status, cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cutOff);
  }
};

function headersOf({ headers }: Dispatcher.ResponseData): Headers {
  const read = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) read.append(name, one);
  }
  return read;
}

async function readBytes(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  atMostBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of headers['content-encoding'] === 'gzip' ? unzip(body) : body) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > atMostBytes) {
      const message = `The answer was longer than ${Math.round(atMostBytes / 1024)} KB and was cut off.`;
      throw new NoAnswer('too-long', { message, status: statusCode });
    }
  }
  return Buffer.concat(chunks, length);
}

/** What breaks off, and what nobody reads to its end, ends both. */
function unzip(body: Readable): Readable {
  return pipeline(body, createGunzip(), () => undefined);
}
