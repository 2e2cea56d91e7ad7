import type { Pool } from 'pg';
import type { ReadPosition, Tracking } from '../domain/cancellations/tracking.ts';
import { type CaseRow, toCase } from './case-rows.ts';

interface PositionRow {
  sweeps: string;
  read_until: Date | null;
  read_back_to: Date | null;
  subscriptions_read_until: Date | null;
  has_cases: boolean;
  has_tickets: boolean;
  is_ticket_sought: boolean;
}

interface TrackedRow extends CaseRow {
  failed_looks: number;
  is_ticket_listed: boolean;
}

/** As the partial indexes have it. */
const isWatched = `state in ('filed', 'cancelling', 'needs_person')`;

/** Before everything that waits for its time. */
const first = `'-infinity'::timestamptz`;

/** A change may show later than it is told. */
const showLag = `interval '15 minutes'`;
const seldom = `interval '10 minutes'`;

export function createTracking(pool: Pool): Tracking {
  return {
    async beginSweep(now) {
      const { rows } = await pool.query<PositionRow>(
        `update software_desk.tracking set sweeps = sweeps + 1
         returning sweeps, read_until, read_back_to, subscriptions_read_until,
           exists (select from software_desk.cases where ${isWatched}) as has_cases,
           exists (select from software_desk.cases where ${isWatched} and ticket_id is not null) as has_tickets,
           exists (select from software_desk.cases
             where state = 'needs_person' and ticket_id is null and look_at <= $1) as is_ticket_sought`,
        [now],
      );
      const [row] = rows;
      if (!row) throw new Error('the table software_desk.tracking has lost its row');
      return {
        sweeps: Number(row.sweeps),
        ...positionOf(row),
        hasCases: row.has_cases,
        hasTickets: row.has_tickets,
        isTicketSought: row.is_ticket_sought,
      };
    },

    async recordRead({ readUntil, readBackTo, subscriptionsReadUntil }) {
      await pool.query(
        `update software_desk.tracking set read_until = coalesce($1, read_until),
           read_back_to = coalesce($2, read_back_to),
           subscriptions_read_until = coalesce($3, subscriptions_read_until)`,
        [readUntil, readBackTo, subscriptionsReadUntil],
      );
    },

    async noteChanges(changes, now) {
      if (changes.length === 0) return;
      const told = changes.map(({ name, at }) => ({ name: name.toLowerCase(), at }));
      // Name by name, and an order has one open case: PostgreSQL, who cannot know how few there are, would otherwise read
      // all that are open. Soon after the change each sweep looks; the longer nothing shows, the longer are the pauses.
      await pool.query(
        `with told as (
           select name, max(at) as at from jsonb_to_recordset($1) as told (name text, at timestamptz) group by name
         ), named as (
           select name, at, name || (
             select array_agg(lower(order_id)) from software_desk.known_orders where names @> array[name]
           ) as ids from told
         ), changed as (
           select reference, at from named cross join lateral (
             select reference from software_desk.cases where lower(order_id) = any (ids) and ${isWatched}
             union all
             select reference from software_desk.cases where lower(order_number) = name and ${isWatched}
             limit 10
           ) as watched
         ), latest as (
           select reference, max(at) as at from changed group by reference
         )
         update software_desk.cases as found set look_at = ${first}
         from latest
         where found.reference = latest.reference and found.failed_looks = 0 and found.look_at <> ${first}
           and (found.checked_at is null or found.checked_at < latest.at
             or (found.checked_at < latest.at + ${showLag}
               and $2 - latest.at >= (found.checked_at - latest.at) * 1.5))`,
        [JSON.stringify(told), now],
      );
    },

    async noteTickets({ listed, waiting, references, isWhole }, now) {
      await pool.query(
        `with seen as (
           select unnest($1::text[]) as id
         ), changed as (
           select reference, $4::boolean as is_listed,
             case when state = 'needs_person' then not (ticket_id = any ($2)) else ticket_id = any ($2) end as is_first
           from seen join software_desk.cases on ticket_id = seen.id and ${isWatched}
           union all
           select reference, false, $4 and state <> 'needs_person' from software_desk.cases
           where ${isWatched} and is_ticket_listed and not exists (select from seen where id = ticket_id)
           union all
           select reference, false, checked_at is null or checked_at < $5::timestamptz - ${seldom}
           from software_desk.cases where reference = any ($3) and state = 'needs_person' and ticket_id is null
         )
         update software_desk.cases as found set is_ticket_listed = changed.is_listed,
           look_at = case when changed.is_first and found.failed_looks = 0 then ${first} else found.look_at end
         from changed
         where found.reference = changed.reference and (found.is_ticket_listed <> changed.is_listed
           or (changed.is_first and found.failed_looks = 0 and found.look_at <> ${first}))`,
        [listed, waiting, references, isWhole, now],
      );
    },

    async due(now, limit) {
      const { rows } = await pool.query<TrackedRow>(
        `select * from software_desk.cases where ${isWatched} and look_at <= $1 order by look_at, reference limit $2`,
        [now, limit],
      );
      return rows.map((row) => ({
        found: toCase(row),
        isTicketListed: row.is_ticket_listed,
        failedLooks: row.failed_looks,
      }));
    },

    async recordLooks(looks, at) {
      if (looks.length === 0) return;
      await pool.query(
        `update software_desk.cases as found set look_at = look."nextAt",
           checked_at = case when look."isFailed" then checked_at else $2 end,
           failed_looks = case when look."isFailed" then failed_looks + 1 else 0 end
         from jsonb_to_recordset($1) as look (reference text, "nextAt" timestamptz, "isFailed" boolean)
         where found.reference = look.reference`,
        [JSON.stringify(looks), at],
      );
    },

    async lastReminders() {
      const { rows } = await pool.query<{ at: Date | null }>(
        'select reminders_checked_at as at from software_desk.tracking',
      );
      return rows[0]?.at ?? undefined;
    },

    async recordReminders(at) {
      await pool.query('update software_desk.tracking set reminders_checked_at = $1', [at]);
    },

    async lastOutsideLooks() {
      const { rows } = await pool.query<{ at: Date | null; key: Date | null; link: Date | null }>(
        'select looks_read_until as at, keys_told_until as key, links_told_until as link from software_desk.tracking',
      );
      const { at, key, link } = rows[0] ?? {};
      return { ...(at && { triedAt: at }), toldUntil: { ...(key && { key }), ...(link && { link }) } };
    },

    async recordOutsideLooks(at, told) {
      await pool.query(
        `update software_desk.tracking set looks_read_until = $1,
           keys_told_until = case when 'key' = any($2) then $1 else keys_told_until end,
           links_told_until = case when 'link' = any($2) then $1 else links_told_until end`,
        [at, told],
      );
    },
  };
}

function positionOf(row: PositionRow): ReadPosition {
  return {
    ...(row.read_until && { readUntil: row.read_until }),
    ...(row.read_back_to && { readBackTo: row.read_back_to }),
    ...(row.subscriptions_read_until && { subscriptionsReadUntil: row.subscriptions_read_until }),
  };
}
