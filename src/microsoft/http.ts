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

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** No complete answer came. `too-long`: one came, and was cut off. */
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

/**
 * The one place that calls `fetch` on the way to Microsoft's APIs. Resolves with any status; throws `NoAnswer`.
 * Redirects are not followed: a token goes to the address it was made for.
 */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  const { method, url, headers, body, timeoutMs, signal, atMostBytes = largestBody } = request;
  const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    return { status: response.status, headers: response.headers, bytes: await readBytes(response, atMostBytes) };
  } catch (cause) {
    if (cause instanceof NoAnswer) throw cause;
    throw new NoAnswer(timeout.aborted ? 'timeout' : 'unreachable', { cause });
  }
}

async function readBytes(response: Response, atMostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > atMostBytes) {
      const message = `The answer was longer than ${Math.round(atMostBytes / 1024)} KB and was cut off.`;
      throw new NoAnswer('too-long', { message, status: response.status });
    }
  }
  return Buffer.concat(chunks, length);
}
