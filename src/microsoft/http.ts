import { readFileSync } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
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

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/**
 * What each request says unless its caller does. Microsoft asks programs to name themselves, lest they be throttled first
 * (https://learn.microsoft.com/sharepoint/dev/general-development/how-to-avoid-getting-throttled-or-blocked-in-sharepoint-online).
 */
const alwaysSaid = { 'accept-encoding': 'gzip', 'user-agent': `software-desk/${version}` };

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
      headers: { ...alwaysSaid, ...inLowerCase(headers) },
      ...(body !== undefined && { body }),
    });
    status = answer.statusCode;
    return { status, headers: headersOf(answer), bytes: await readBytes(method, answer, atMostBytes) };
  } catch (cause) {
    if (cause instanceof NoAnswer) throw cause;
    throw new NoAnswer(isLate ? 'timeout' : 'unreachable', { status, cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cutOff);
  }
};

/** So that what a caller says stands instead of ours, not beside it. */
function inLowerCase(headers: HttpRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function headersOf({ headers }: Dispatcher.ResponseData): Headers {
  const read = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) read.append(name, one);
  }
  return read;
}

/** Their answers have no body, whatever their headers say (RFC 9110, 15.3.5, 15.3.6 and 15.4.5). */
const bodiless = new Set([204, 205, 304]);

/** `x-gzip` is the same (RFC 9110, 8.4.1.3). */
const packed = /^\s*(?:x-)?gzip\s*$/i;

async function readBytes(
  method: string,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  atMostBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const isPacked = !(method === 'HEAD' || bodiless.has(statusCode)) && packed.test(String(headers['content-encoding']));
  for await (const chunk of isPacked ? unzip(body) : body) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > atMostBytes) {
      const message = `The answer was longer than ${Math.round(atMostBytes / 1024)} KB and was cut off.`;
      throw new NoAnswer('too-long', { message, status: statusCode });
    }
  }
  return Buffer.concat(chunks, length);
}

/**
 * What breaks off, and what nobody reads to its end, ends both. An answer that came whole and whose packed bytes end early, or are
 * none (a proxy may leave the header), is what there is of it, as for `fetch`: a write that was done must not look like none.
 */
function unzip(body: Readable): Readable {
  const flush = constants.Z_SYNC_FLUSH;
  return pipeline(body, createGunzip({ flush, finishFlush: flush }), () => undefined);
}
