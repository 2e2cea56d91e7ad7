import { PartnerCenterError } from './errors.ts';

/** Longer answers are cut off: no documented body comes near (the largest, entitlements, is about 100 KB). */
export const largestBody = 20 * 1024 * 1024;

export interface Outgoing {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Instead of `largestBody`. */
  readonly atMostBytes?: number;
  /** Under which the call can be found at the other side: part of the error when there is no answer. */
  readonly correlationId?: string;
}

export interface Incoming {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/**
 * The one place that calls `fetch`. Resolves with any status; throws `PartnerCenterError` of kind `unreachable` when
 * no complete answer came in time, `unexpected` when it was too long. Redirects are not followed: a token goes to the
 * address it was made for.
 */
export async function exchange(outgoing: Outgoing): Promise<Incoming> {
  const { operation, method, url, headers, body, timeoutMs, signal, correlationId } = outgoing;
  const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      ...(body === undefined ? {} : { body }),
    });
    return {
      status: response.status,
      headers: response.headers,
      bytes: await readBytes(outgoing, response),
    };
  } catch (cause) {
    if (cause instanceof PartnerCenterError) throw cause;
    throw new PartnerCenterError({ operation, kind: 'unreachable', correlationId, cause });
  }
}

async function readBytes(outgoing: Outgoing, response: Response): Promise<Uint8Array> {
  const { operation, correlationId, atMostBytes = largestBody } = outgoing;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > atMostBytes) {
      throw new PartnerCenterError({
        operation,
        kind: 'unexpected',
        status: response.status,
        correlationId,
        description: `The answer was longer than ${Math.round(atMostBytes / 1024)} KB and was cut off.`,
        isWorthRepeating: false,
      });
    }
  }
  return Buffer.concat(chunks, length);
}
