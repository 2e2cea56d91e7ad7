import { digest } from '../ids.ts';

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
