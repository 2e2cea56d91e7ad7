import type { z } from 'zod';
import type { Api, Call } from './request.ts';
import { many, maybe, type ReportSkipped, shape, text } from './wire.ts';

const page = shape({
  links: maybe(
    shape({
      next: maybe(
        shape({
          uri: maybe(text),
          headers: maybe(many(shape({ key: text, value: maybe(text) }))),
        }),
      ),
    }),
  ),
});

/** More pages than any partner has customers for. */
const pagesAtMost = 2000;

export interface Page<T> {
  readonly content: T;
  readonly isLast: boolean;
}

/**
 * All items of a list. Any list may come in pages one day, documented or not, so every one is read this way.
 */
export async function readAll<T>(
  api: Api,
  first: Call,
  to: (body: unknown, reportSkipped: ReportSkipped) => readonly T[],
): Promise<T[]> {
  const all: T[] = [];
  for await (const { content } of readPages(api, first, to)) for (const one of content) all.push(one);
  return all;
}

/**
 * The pages of a collection, one at a time (docs/partner-center.md#paging). The address of the next page is not taken
 * from the answer, whose links can be malformed (`…?size=2?seekOperation=Next`): token and parameters are.
 */
export async function* readPages<T>(
  api: Api,
  first: Call,
  to: (body: unknown, reportSkipped: ReportSkipped) => T,
): AsyncGenerator<Page<T>> {
  const seen = new Set<string>();
  let call: Call | undefined = { ...first, isList: true };
  // A `next` that leads in a circle ends the reading.
  while (call && seen.size < pagesAtMost && !seen.has(addressOf(call))) {
    const current: Call = call;
    seen.add(addressOf(current));
    const { content, next } = await api.read(current, (body, reportSkipped) => ({
      content: to(body, reportSkipped),
      next: nextCall(current, body),
    }));
    yield { content, isLast: next === undefined };
    call = next;
  }
}

/** `undefined` where the answer names no further page. */
export function nextCall(current: Call, body: unknown): Call | undefined {
  const read: z.infer<typeof page> | undefined = page.safeParse(body).data;
  const next = read?.links?.next;
  if (!next) return undefined;
  const token = next.headers?.find(({ key }) => key.toLowerCase() === 'ms-continuationtoken')?.value;
  const query = { ...current.query, ...parametersOf(next.uri ?? '') };
  if (!token) return isSame(query, current.query) ? undefined : { ...current, query };
  if (token === current.headers?.['MS-ContinuationToken']) return undefined;
  return {
    ...current,
    query: { ...query, seekOperation: 'Next' },
    headers: { ...current.headers, 'MS-ContinuationToken': token },
  };
}

function parametersOf(uri: string): Record<string, string> {
  const pairs = uri.split(/[?&]/).slice(1);
  return Object.fromEntries(
    pairs.map((pair) => [...new URLSearchParams(pair)][0] ?? ['', '']).filter(([name]) => name),
  );
}

function addressOf({ query, headers }: Pick<Call, 'query' | 'headers'>): string {
  return JSON.stringify([queryOf(query), headers?.['MS-ContinuationToken']]);
}

function isSame(one: Call['query'], other: Call['query']): boolean {
  return JSON.stringify(queryOf(one)) === JSON.stringify(queryOf(other));
}

function queryOf(query: Call['query']): [string, string][] {
  return Object.entries(query ?? {}).map(([name, value]) => [name, String(value)]);
}
