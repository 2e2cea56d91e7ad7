import type { IncomingHttpHeaders } from 'node:http';

export interface UploadLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** All of it, or the status of the refusal. */
export type Upload =
  | { readonly bytes: Buffer; readonly status?: undefined }
  | { readonly status: 400 | 408 | 413 | 415; readonly bytes?: undefined };

/** A request to a handler of another room (web pages, webhooks), as the server hands it on. */
export interface WebRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Of an upload: its handler reads it, once it knows who sends it; `body` is empty then. */
  readonly readBody?: (limits: UploadLimits) => Promise<Upload>;
  /** Who asks: the other end of the connection, and what the proxy in front says it is asked by. */
  readonly address: string;
}

/**
 * A plain object is sent as JSON, `parts` as fast as they are taken. `stream`: what is written goes out at once, until the
 * caller is gone or the server closes.
 */
export interface WebAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly parts?: AsyncIterable<string>;
  readonly stream?: (write: (text: string) => void, gone: AbortSignal) => void;
}

export type WebHandler = (request: WebRequest) => Promise<WebAnswer>;

/** An answer thrown from wherever it turns out that there is no other. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body?: unknown) {
    super(`HTTP ${status}`);
    this.name = 'HttpError';
    this.status = status;
    this.body = body;
  }
}

export function cookieOf({ headers }: Pick<WebRequest, 'headers'>, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The JSON object of the body; the type is asked for because forms of other sites cannot send it. */
export function jsonOf({ headers, body }: Pick<WebRequest, 'headers' | 'body'>): unknown {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) throw new HttpError(415);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new HttpError(400);
  }
}
