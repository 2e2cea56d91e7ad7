import type { Pool } from 'pg';
import { builtInPolicy, longestWindowDays } from '../domain/policy.ts';

/** What is over, and since when it need not be kept: one row of the table under "What is kept, and for how long" in docs/operations.md. */
export interface PruneRule {
  readonly what: string;
  readonly kept: string;
  readonly table: string;
  /** SQL on a row of the table. An index on what it asks for keeps it quick. */
  readonly isOver: string;
}

/** So long after the last moment in which it could be cancelled, an order may still be asked about. */
const daysAfterWindow = 30;

/**
 * What was submitted (orders, cases, their requests and events) is in none of them: it is kept for ever. `windowDays`: the
 * longest cancellation window there is.
 */
export const pruneRulesFor = (windowDays: number): readonly PruneRule[] => [
  {
    what: 'places and people the bot may write to, and limits of Partner Center',
    kept: '400 days after the last use; limits until their end',
    table: 'software_desk.kept',
    isOver: '(expires_at < (extract(epoch from now()) * 1000)::bigint)',
  },
  {
    what: 'leases nobody gave back',
    kept: 'until their end',
    table: 'software_desk.leases',
    isOver: '(until < now())',
  },
  {
    what: 'drafts and conversations that are over',
    kept: '30 days after the last change',
    table: 'software_desk.drafts',
    isOver: `(changed_at < now() - interval '30 days')`,
  },
  {
    what: 'files for tickets, once the cancellation was discarded, has ended, or was not said within the hour',
    kept: 'an hour at most',
    table: 'software_desk.ticket_files',
    isOver: `(added_at < now() - interval '1 hour'
      and not exists (select from software_desk.drafts where id = draft_id and not is_over)
      and not exists (select from software_desk.cases
        where reference = case_reference and state not in ('completed', 'refused')))`,
  },
  {
    what: 'marks of activities that were handled',
    kept: '30 days longer than the longest cancellation window',
    table: 'software_desk.seen_activities',
    isOver: `(at < now() - interval '${Math.ceil(windowDays) + daysAfterWindow} days')`,
  },
  {
    what: 'how Microsoft may reach a person about a ticket',
    kept: 'a year after they said so',
    table: 'software_desk.contacts',
    isOver: `(changed_at < now() - interval '1 year')`,
  },
  {
    // Longer than it is good for: one that comes again is known as used.
    what: 'one-time tokens for keys, as hashes',
    kept: '7 days after their end',
    table: 'software_desk.reveal_tokens',
    isOver: `(expires_at < now() - interval '7 days')`,
  },
  {
    what: 'reminders',
    kept: '30 days after the window closed',
    table: 'software_desk.reminders',
    isOver: `(closes_at < now() - interval '30 days')`,
  },
  {
    // Longer than an event may be late, or dated ahead: one that has been forgotten is too old to be taken.
    what: 'marks of events from Partner Center',
    kept: '96 hours',
    table: 'software_desk.partner_events',
    isOver: `(at < now() - interval '96 hours')`,
  },
  {
    what: 'when messages were sent where, for the limits of Teams',
    kept: 'an hour after the last one',
    table: 'software_desk.send_slots',
    isOver: `(changed_at < now() - interval '1 hour')`,
  },
  {
    what: 'differences from Partner Center that are settled',
    kept: 'a year',
    table: 'software_desk.differences',
    isOver: `(settled_at < now() - interval '1 year')`,
  },
  {
    what: 'who is signed in to the web pages, with the address that the sign-in told',
    kept: 'until their session ends, 8 hours',
    table: 'software_desk.web_sessions',
    isOver: '(expires_at < now())',
  },
  {
    what: 'which web pages are open',
    kept: '90 seconds after the last sign of life of the process that has them',
    table: 'software_desk.web_pages',
    isOver: '(until < now())',
  },
  {
    what: 'messages that were shown on open web pages',
    kept: 'an hour',
    table: 'software_desk.web_messages',
    isOver: `(at < now() - interval '1 hour')`,
  },
];

/** Few enough that nobody waits long for a lock, or for the one connection of the embedded database. */
const batchSize = 1000;

/** Deletes what is over, batch by batch; an aborted `signal` ends it after the batch under way. Resolves to the number deleted. */
export async function prune(
  pool: Pool,
  {
    rules = pruneRulesFor(longestWindowDays(builtInPolicy)),
    signal,
  }: { rules?: readonly PruneRule[]; signal?: AbortSignal } = {},
): Promise<number> {
  let deleted = 0;
  for (const { table, isOver } of rules) {
    for (let count = batchSize; count === batchSize && !signal?.aborted; deleted += count) {
      // The condition is asked once more, because a row may have been renewed since it was found.
      const { rowCount } = await pool.query(
        `delete from ${table} where ctid = any (array(select ctid from ${table} where ${isOver} limit ${batchSize})) and ${isOver}`,
      );
      count = rowCount ?? 0;
    }
  }
  return deleted;
}
