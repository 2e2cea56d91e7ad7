import type { Call } from './call.ts';
import { refusal } from './errors.ts';
import { collectionOf, type Link, link } from './wire.ts';

const LARGEST_PAGE = 500;

/**
 * Seek paging: `size`, then `seekOperation` with the token of the page before in `MS-ContinuationToken`. `size=0` means
 * all. As in the documentation the next link is malformed where no other parameter stands in the address (`?size=2?seek…`).
 */
export function seekPage<T>(call: Call, items: T[], path: string): { page: T[]; links: Record<string, Link> } {
  const size = pageSize(call);
  const start = startOf(call, items.length, size);
  const page = items.slice(start, start + size);
  const filter = call.query.get('filter');
  const address = `${path}?size=${call.query.get('size') ?? LARGEST_PAGE}`;
  const suffix = filter === undefined ? '' : `&filter=${encodeURIComponent(filter)}`;
  const turn = (operation: string, index: number) =>
    link(`${address}${suffix === '' ? '?' : `${suffix}&`}seekOperation=${operation}`, 'GET', [
      { key: 'MS-ContinuationToken', value: tokenFor(index) },
    ]);
  return {
    page,
    links: {
      self: link(`${address}${suffix}`),
      ...(start + size < items.length ? { next: turn('Next', start) } : {}),
      ...(start > 0 ? { previous: turn('Previous', start) } : {}),
    },
  };
}

/** Index paging: `offset` and `size`. */
export function indexPage<T>(call: Call, items: T[], selfUri: string): ReturnType<typeof collectionOf> {
  const offset = wholeNumber(call, 'offset') ?? 0;
  const size = wholeNumber(call, 'size') ?? LARGEST_PAGE;
  return { ...collectionOf(items.slice(offset, offset + size), selfUri), totalCount: items.length };
}

function pageSize(call: Call): number {
  const size = wholeNumber(call, 'size');
  if (size === 0) return Number.MAX_SAFE_INTEGER;
  return Math.min(size ?? LARGEST_PAGE, LARGEST_PAGE);
}

function startOf(call: Call, count: number, size: number): number {
  const operation = call.query.get('seekOperation')?.toLowerCase();
  if (operation === undefined || operation === 'first') return 0;
  if (operation === 'last') return Math.max(0, Math.floor((count - 1) / size) * size);
  const index = indexIn(call.headers['ms-continuationtoken']);
  if (operation === 'next') return index + size;
  if (operation === 'previous') return Math.max(0, index - size);
  throw refusal(400, 2000, `The seek operation ${operation} is not supported.`);
}

/** The token is opaque to callers: here, the index of the first item of the page it came with. */
function tokenFor(index: number): string {
  return Buffer.from(JSON.stringify({ index })).toString('base64');
}

function indexIn(token: string | undefined): number {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token ?? '', 'base64').toString());
    if (typeof parsed === 'object' && parsed !== null && 'index' in parsed) return Number(parsed.index);
  } catch {
    // Told below, like a token that is well-formed and not ours.
  }
  throw refusal(400, 2000, 'The continuation token is missing or not valid.');
}

function wholeNumber(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw refusal(400, 2000, `${name} must be a whole number.`);
  return Number(text);
}
