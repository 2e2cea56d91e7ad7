import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { OpenPages, PageEvent, PageMessage } from '../domain/people/open-pages.ts';
import type { Listen } from './listen.ts';
import { type Log, reasonOf } from './log.ts';

const channel = 'software_desk_pages';
const renewMs = 30_000;
const lastsSeconds = 90;
/** Of what a page has missed, so many are read at a time. */
const missedAtOnce = 100;

interface Page {
  readonly personId: string;
  readonly onEvent: (event: PageEvent) => void;
  /** Ids of messages grow. */
  seen: bigint;
}

interface MessageRow {
  id: string;
  person_id: string;
  message: PageMessage;
}

export interface OpenPagesOfProcess extends OpenPages {
  close(): Promise<void>;
}

/**
 * Which pages are open stands in the database, so that each process knows whether somebody would see what it tells.
 * Listening begins with the first page: a process that nobody looks at needs no connection for it.
 */
export function createOpenPages({ pool, listen }: { pool: Pool; listen: Listen }, log: Log): OpenPagesOfProcess {
  const processId = randomUUID();
  const pages = new Set<Page>();
  let listening: Promise<{ close(): Promise<void> }> | undefined;
  let renewing: NodeJS.Timeout | undefined;

  const ofPerson = (personId: string): Page[] => [...pages].filter((page) => page.personId === personId);

  /** Each message once, in order, whichever way the page learns of it. */
  function give(page: Page, rows: readonly MessageRow[]): void {
    for (const { id, message } of rows) {
      if (BigInt(id) <= page.seen) continue;
      page.seen = BigInt(id);
      page.onEvent({ id, message });
    }
  }

  async function catchUp(page: Page): Promise<void> {
    for (let count = missedAtOnce; count === missedAtOnce && pages.has(page); ) {
      const { rows } = await pool.query<MessageRow>(
        `select id, person_id, message from software_desk.web_messages where person_id = $1 and id > $2
         order by id limit ${missedAtOnce}`,
        [page.personId, String(page.seen)],
      );
      give(page, rows);
      count = rows.length;
    }
  }

  function catchUpAll(these: Iterable<Page>): void {
    for (const page of these)
      catchUp(page).catch((error) =>
        log.warn({ reason: reasonOf(error) }, 'a web page could not be told what it missed'),
      );
  }

  function onMessage(payload: string): void {
    const [kind, about = ''] = payload.split(' ');
    if (kind === 'changed' && about === 'cases') for (const page of pages) page.onEvent({ changed: about });
    if (kind === 'message') catchUpAll(ofPerson(about));
  }

  function onUp(): void {
    catchUpAll(pages);
    for (const page of pages) page.onEvent({ changed: 'cases' });
  }

  async function renew(): Promise<void> {
    // A process that stood still for longer than they last finds its rows gone.
    await pool.query(
      `insert into software_desk.web_pages (process_id, person_id, until)
       select $1, person_id, now() + interval '${lastsSeconds} seconds' from unnest($2::text[]) as person_id
       on conflict (process_id, person_id) do update set until = excluded.until`,
      [processId, [...new Set([...pages].map(({ personId }) => personId))]],
    );
  }

  function startRenewing(): void {
    renewing ??= setInterval(() => {
      renew().catch((error) =>
        log.warn({ reason: reasonOf(error) }, 'open web pages could not be kept in the database'),
      );
    }, renewMs).unref();
  }

  /** Where it fails, the next page tries anew. */
  async function startListening(): Promise<void> {
    listening ??= listen(channel, { onMessage, onUp, onDown: () => undefined });
    const starting = listening;
    try {
      await starting;
    } catch (error) {
      if (listening === starting) listening = undefined;
      throw error;
    }
  }

  return {
    async open(personId, onEvent, since) {
      await startListening();
      const seen = since !== undefined && /^\d{1,18}$/.test(since) ? BigInt(since) : undefined;
      const page: Page = { personId, onEvent, seen: seen ?? 0n };
      const { rows } = await pool.query<{ last: string }>(
        `with opened as (
           insert into software_desk.web_pages (process_id, person_id, until)
           values ($1, $2, now() + interval '${lastsSeconds} seconds')
           on conflict (process_id, person_id) do update set until = excluded.until
         )
         select coalesce(max(id), 0) as last from software_desk.web_messages where person_id = $2`,
        [processId, personId],
      );
      if (seen === undefined) page.seen = BigInt(rows[0]?.last ?? 0);
      pages.add(page);
      startRenewing();
      catchUpAll([page]);
      return {
        async close() {
          if (!pages.delete(page) || ofPerson(personId).length > 0) return;
          if (pages.size === 0) {
            clearInterval(renewing);
            renewing = undefined;
          }
          await pool.query('delete from software_desk.web_pages where process_id = $1 and person_id = $2', [
            processId,
            personId,
          ]);
        },
      };
    },

    async tell(personId, message) {
      const { rowCount } = await pool.query(
        // One after the other for a person: a page takes no message with a lower number than one it has, so numbers
        // must be given in the order in which they can be read.
        `with turn as materialized (
           select pg_advisory_xact_lock(hashtext('web-messages ' || $1))
         ), told as (
           insert into software_desk.web_messages (person_id, message)
           select $1, $2 from turn
           where exists (select from software_desk.web_pages where person_id = $1 and until > now())
           returning person_id
         )
         select pg_notify('${channel}', 'message ' || person_id) from told`,
        [personId, JSON.stringify(message)],
      );
      return rowCount === 1;
    },

    async close() {
      clearInterval(renewing);
      if (pages.size > 0) await pool.query('delete from software_desk.web_pages where process_id = $1', [processId]);
      pages.clear();
      await (await listening?.catch(() => undefined))?.close();
    },
  };
}
