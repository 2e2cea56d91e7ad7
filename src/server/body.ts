import type { IncomingMessage } from 'node:http';
import { finished, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Upload, UploadLimits } from '../web/http.ts';

export type ReadJson = { readonly body: unknown } | { readonly status: 400 | 408 | 413 | 415 };

const usual: UploadLimits = { maxBytes: 256 * 1024, timeoutMs: 10_000 };
const maxDepth = 64;

/** The JSON of a request to `/api/messages`: docs/security.md, "Which activities are let in". */
export async function readJsonBody(request: IncomingMessage): Promise<ReadJson> {
  const type = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;
  if (!type.test(request.headers['content-type']?.trim() ?? '')) return { status: 415 };
  const read = await readBytes(request);
  if (!read.bytes) return read;
  const body = parse(read.bytes);
  return body === undefined ? { status: 400 } : { body };
}

/** The size is measured after decompression and while reading, so that nothing larger is ever in memory. */
export async function readBytes(
  request: IncomingMessage,
  { maxBytes, timeoutMs }: UploadLimits = usual,
): Promise<Upload> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') return { status: 415 };
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { status: 413 };
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const plain: Readable = encoding === 'gzip' ? request.pipe(createGunzip()) : request;
    const timer = setTimeout(() => end({ status: 408 }), timeoutMs);
    const stopWatching = finished(request, { writable: false }, (error) => error && end({ status: 400 }));

    function end(result: Upload): void {
      clearTimeout(timer);
      stopWatching();
      plain.removeListener('data', take);
      if (plain !== request) {
        request.unpipe();
        plain.destroy();
      }
      resolve(result);
    }
    function take(chunk: Buffer): void {
      size += chunk.length;
      if (size > maxBytes) end({ status: 413 });
      else chunks.push(chunk);
    }

    plain.on('data', take);
    plain.once('end', () => end({ bytes: Buffer.concat(chunks) }));
    plain.on('error', () => end({ status: 400 }));
  });
}

function parse(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isTooDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Counts brackets outside of strings, without recursion: a caller could nest deeply enough to overflow the stack. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (isString) {
      if (sign === 0x5c) at += 1;
      else if (sign === 0x22) isString = false;
    } else if (sign === 0x22) isString = true;
    else if (sign === 0x7b || sign === 0x5b) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (sign === 0x7d || sign === 0x5d) depth -= 1;
  }
  return false;
}
