import type { OpenPages, PageEvent } from '../domain/people/open-pages.ts';
import { allShown } from '../domain/shown-text.ts';
import type { Log } from '../log.ts';
import { HttpError, type WebAnswer, type WebRequest } from './http.ts';
import type { OpenSession } from './sessions.ts';

/** Proxies cut connections that are quiet for a minute. */
const quietMs = 20_000;
/** Somebody with more pages open than this is a program. */
const mostPages = 30;

/** What happens while a page is open, as server-sent events: messages of its person, and that lists have changed. */
export function createEventsDoor(pages: Pick<OpenPages, 'open'>, log: Log) {
  const counts = new Map<string, number>();
  return (request: WebRequest, { personId, expiresAt }: OpenSession): WebAnswer => {
    if ((counts.get(personId) ?? 0) >= mostPages) throw new HttpError(429);
    const given = request.headers['last-event-id'];
    const since = typeof given === 'string' ? given : undefined;
    return {
      status: 200,
      stream(write, gone) {
        counts.set(personId, (counts.get(personId) ?? 0) + 1);
        const ended = AbortSignal.any([gone, AbortSignal.timeout(Math.max(0, expiresAt.getTime() - Date.now()))]);
        write('retry: 2000\n\n');
        const beat = setInterval(() => write(': \n\n'), quietMs);
        const opening = pages.open(personId, (event) => write(lines(event)), since);
        opening.catch((error) => log.warn({ err: error }, 'a web page is not told of changes'));
        ended.addEventListener('abort', () => {
          clearInterval(beat);
          const left = (counts.get(personId) ?? 1) - 1;
          if (left > 0) counts.set(personId, left);
          else counts.delete(personId);
          opening
            .then((page) => page.close())
            .catch((error) => log.warn({ err: error }, 'that a web page was closed could not be stored'));
        });
      },
    };
  };
}

function lines(event: PageEvent): string {
  if (event.id === undefined) return `data: ${JSON.stringify({ changed: event.changed })}\n\n`;
  return `id: ${event.id}\ndata: ${JSON.stringify(allShown(event.message))}\n\n`;
}
