import { z } from 'zod';
import type { Call } from './call.ts';
import { refusal } from './errors.ts';
import { collectionOf, type Link, link } from './wire.ts';

const LARGEST_PAGE = 500;

/**
 * Seek paging: `size`, then `seekOperation` with the token of the page before in `MS-ContinuationToken`. `size=0` means
 * all. As in the documentation the next link is malformed where no other parameter stands in the address (`?size=2?seek…`).
 */
export function seekPage<T>(call: Call, items: T[], path: string): { page: T[]; links: Record<string, Link> } {
  const token = tokenOf(call);
  const size = pageSize(call, token);
  const start = startOf(call, items.length, size, token);
  const page = items.slice(start, start + size);
  const filter = call.query.get('filter');
  const address = `${path}?size=${call.query.get('size') ?? LARGEST_PAGE}`;
  const suffix = filter === undefined ? '' : `&filter=${encodeURIComponent(filter)}`;
  const turn = (operation: string, index: number) =>
    link(`${address}${suffix === '' ? '?' : `${suffix}&`}seekOperation=${operation}`, 'GET', [
      { key: 'MS-ContinuationToken', value: tokenFor({ index, size }) },
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

function pageSize(call: Call, token: PageToken | undefined): number {
  const size = wholeNumber(call, 'size') ?? token?.size;
  if (size === 0) return Number.MAX_SAFE_INTEGER;
  return Math.min(size ?? LARGEST_PAGE, LARGEST_PAGE);
}

/** *SeekOperation*: of a page by its index only the operation is documented; that the index is `index` is inferred. */
function startOf(call: Call, count: number, size: number, token: PageToken | undefined): number {
  const operation = call.query.get('seekOperation')?.toLowerCase();
  if (operation === undefined || operation === 'first') return 0;
  if (operation === 'last') return Math.max(0, Math.floor((count - 1) / size) * size);
  if (operation === 'pageindex') {
    const index = wholeNumber(call, 'index');
    if (index === undefined) throw refusal(400, 2000, 'index must tell which page is wanted.');
    return index * size;
  }
  if (operation !== 'next' && operation !== 'previous') {
    throw refusal(400, 2000, `The seek operation ${operation} is not supported.`);
  }
  if (token === undefined) throw refusal(400, 2000, 'The continuation token is missing or not valid.');
  return operation === 'next' ? token.index + size : Math.max(0, token.index - size);
}

/** Opaque to callers: the first item of the page it came with, and the size that need not be said again. */
interface PageToken {
  index: number;
  size: number;
}

const pageToken = z.object({ index: z.number(), size: z.number() });

function tokenFor(token: PageToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64');
}

function tokenOf({ headers }: Call): PageToken | undefined {
  try {
    const text = Buffer.from(headers['ms-continuationtoken'] ?? '', 'base64').toString();
    return pageToken.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function wholeNumber(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw refusal(400, 2000, `${name} must be a whole number.`);
  return Number(text);
}
