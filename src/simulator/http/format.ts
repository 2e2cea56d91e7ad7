import { z } from 'zod';
import { digest } from '../world.ts';
import type { Call } from './call.ts';
import { createError } from './errors.ts';
import { parseOrUndefined } from './read-call.ts';

/** "Not set", as the service writes it. */
export const UNSET_DATE = '0001-01-01T00:00:00';

export interface Link {
  uri: string;
  method: string;
  headers: { key: string; value: string }[];
}

export function createLink(uri: string, method = 'GET', headers: Link['headers'] = []): Link {
  return { uri, method, headers };
}

/** A collection in one page; `totalCount` counts this page. */
export function toCollection(items: unknown[], selfUri?: string) {
  return {
    totalCount: items.length,
    items,
    ...(selfUri === undefined ? {} : { links: { self: createLink(selfUri) } }),
    attributes: { objectType: 'Collection' },
  };
}

/** An instant with the seven decimals the service writes; the last four belong to the thing, not to the time. */
export function formatInstant(at: number, salt: string): string {
  const ticks = String(digest(salt).readUInt16BE(0) % 10000).padStart(4, '0');
  return new Date(at).toISOString().replace('Z', `${ticks}Z`);
}

/** An instant without fractions of a second. */
export function formatSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** An etag as old resources carry it: base64 of id and version. */
export function createEtag(id: string, version: number): string {
  return Buffer.from(JSON.stringify({ id, version })).toString('base64');
}

/** `camelCase` to `PascalCase` for every key: how the audit log stores resources. */
export function toPascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPascalCase);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toUpperCase() + key.slice(1), toPascalCase(inner)]),
  );
}

export const LARGEST_PAGE = 500;

/** A list whose paging is not documented: its collection as the handler gave it, with the links of all pages but one. */
const collectionSchema = z.object({
  items: z.array(z.unknown()),
  links: z.record(z.string(), z.unknown()).optional(),
  attributes: z.object({ objectType: z.literal('Collection') }),
});

/** In the token: the first item of the page it came with, and the size that need not be sent again. */
const tokenSchema = z.object({ index: z.number(), size: z.number() });

type PageToken = z.infer<typeof tokenSchema>;

/**
 * Seek paging: `size`, then `seekOperation` with the token of the page before in `MS-ContinuationToken`. `size=0` means
 * all. As in the documentation the next link is malformed where no other parameter stands in the address (`?size=2?seek…`).
 */
export function takeSeekPage<T>(call: Call, items: T[], path: string): { page: T[]; links: Record<string, Link> } {
  const token = readToken(call);
  const size = readPageSize(call, token);
  const start = findStart(call, items.length, size, token);
  const filter = call.query.get('filter');
  const address = `${path}?size=${call.query.get('size') ?? LARGEST_PAGE}`;
  const suffix = filter === undefined ? '' : `&filter=${encodeURIComponent(filter)}`;
  const createPageLink = (operation: string) =>
    createLink(`${address}${suffix === '' ? '?' : `${suffix}&`}seekOperation=${operation}`, 'GET', [
      { key: 'MS-ContinuationToken', value: encodeToken({ index: start, size }) },
    ]);
  return {
    page: items.slice(start, start + size),
    links: {
      self: createLink(`${address}${suffix}`),
      ...(start + size < items.length ? { next: createPageLink('Next') } : {}),
      ...(start > 0 ? { previous: createPageLink('Previous') } : {}),
    },
  };
}

/**
 * Every other collection comes in pages too where it is long. What is asked for by size, or has a `next`, has its own.
 */
export function takePageOf(call: Call, body: unknown, largest: number): unknown {
  const collection = collectionSchema.safeParse(body).data;
  const hasOwnPaging = ['size', 'offset'].some((name) => call.query.get(name) !== undefined);
  if (collection === undefined || hasOwnPaging) return body;
  const { items, links = {} } = collection;
  if (items.length <= largest || 'next' in links || 'previous' in links) return body;
  const token = readToken(call);
  const start = findStart(call, items.length, largest, token);
  const page = items.slice(start, start + largest);
  const next = createLink(formatNext(call.path), 'GET', [
    { key: 'MS-ContinuationToken', value: encodeToken({ index: start, size: largest }) },
  ]);
  const isLast = start + largest >= items.length;
  return { ...(body as object), totalCount: page.length, items: page, links: isLast ? links : { ...links, next } };
}

/** Below the version, as most links are; some begin with it. */
function formatNext(path: string): string {
  const [address = '', query = ''] = path.split('?');
  const kept = query.split('&').filter((part) => part !== '' && !/^seekOperation=/i.test(part));
  return `${address.replace(/^\/v1/i, '')}?${[...kept, 'seekOperation=Next'].join('&')}`;
}

/** Index paging: `offset` and `size`. */
export function takeIndexPage(call: Call, items: unknown[], selfUri: string): ReturnType<typeof toCollection> {
  const offset = readWholeNumber(call, 'offset') ?? 0;
  const size = readWholeNumber(call, 'size') ?? LARGEST_PAGE;
  return { ...toCollection(items.slice(offset, offset + size), selfUri), totalCount: items.length };
}

function readPageSize(call: Call, token: PageToken | undefined): number {
  const size = readWholeNumber(call, 'size') ?? token?.size;
  if (size === 0) return Number.MAX_SAFE_INTEGER;
  return Math.min(size ?? LARGEST_PAGE, LARGEST_PAGE);
}

/** *SeekOperation*: of a page by its index only the operation is documented; that the index is `index` is inferred. */
function findStart(call: Call, count: number, size: number, token: PageToken | undefined): number {
  const operation = call.query.get('seekOperation')?.toLowerCase();
  if (operation === undefined || operation === 'first') return 0;
  if (operation === 'last') return Math.max(0, Math.floor((count - 1) / size) * size);
  if (operation === 'pageindex') {
    const index = readWholeNumber(call, 'index');
    if (index === undefined) throw createError(400, 2000, 'index must tell which page is wanted.');
    return index * size;
  }
  if (operation !== 'next' && operation !== 'previous') {
    throw createError(400, 2000, `The seek operation ${operation} is not supported.`);
  }
  if (token === undefined) throw createError(400, 2000, 'The continuation token is missing or not valid.');
  return operation === 'next' ? token.index + size : Math.max(0, token.index - size);
}

function encodeToken(token: PageToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64');
}

function readToken({ headers }: Call): PageToken | undefined {
  const text = Buffer.from(headers['ms-continuationtoken'] ?? '', 'base64').toString();
  return tokenSchema.safeParse(parseOrUndefined(text)).data;
}

function readWholeNumber(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw createError(400, 2000, `${name} must be a whole number.`);
  return Number(text);
}
