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

/** More pages than any partner has customers for: a `next` that leads in a circle ends here. */
const pagesAtMost = 2000;

export interface Page<T> {
  readonly content: T;
  readonly isLast: boolean;
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
  let call: Call | undefined = first;
  for (let count = 0; call && count < pagesAtMost; count += 1) {
    const current: Call = call;
    const { content, next } = await api.read(current, (body, reportSkipped) => ({
      content: to(body, reportSkipped),
      next: nextCall(current, body),
    }));
    yield { content, isLast: next === undefined };
    call = next;
  }
}

function nextCall(current: Call, body: unknown): Call | undefined {
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

function isSame(one: Call['query'], other: Call['query']): boolean {
  const written = (query: Call['query']) => JSON.stringify(Object.entries(query ?? {}).map(([k, v]) => [k, String(v)]));
  return written(one) === written(other);
}
