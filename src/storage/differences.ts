import type { Pool } from 'pg';
import type {
  Comparison,
  Difference,
  DifferenceKind,
  Differences,
  FoundDifference,
} from '../domain/differences/difference.ts';
import { subjectOf } from '../domain/differences/difference.ts';
import { type CaseRow, toCase } from './case-rows.ts';
import { fromStored, type Stored, toStored } from './facts.ts';
import type { Enqueue } from './jobs.ts';
import { enqueueNotices, insertNotices, rowsOf } from './notices.ts';
import { type SubmissionRow, toSubmission } from './order-submissions.ts';
import { transaction } from './postgres.ts';

interface ComparisonRow {
  begun_at: Date;
  since: Date;
  step: Comparison['step'];
  position: string | null;
  failures: number;
}

interface DifferenceRow {
  id: string;
  facts: Stored<Difference>;
  found_at: Date;
}

/** A day after the one before, or at once where the clock was set back; the first one an hour after the first question. */
const selectRunning = `
  with known as (
    update software_desk.comparison set begun_at = coalesce(begun_at, $1::timestamptz - interval '23 hours')
    where step is not null or begun_at is null returning *
  ), begun as (
    update software_desk.comparison set begun_at = $1, step = 'orders', position = null, failures = 0,
      since = least($1::timestamptz - interval '3 days',
        greatest(begun_at - interval '1 day', $1::timestamptz - interval '30 days'))
    where step is null and (begun_at <= $1::timestamptz - interval '1 day' or begun_at > $1::timestamptz + interval '1 hour')
    returning *
  )
  select * from begun union all select * from known where step is not null`;

/** Someone else may have gone on: then this is no news of how far it is. */
const goOn = `
  update software_desk.comparison set step = $1, position = $2, failures = $3
  where begun_at = $4 and step = $5 and position is not distinct from $6`;

const keepFound = `
  insert into software_desk.differences as known (kind, subject, facts, customer_id, customer_name, order_id, found_at)
  select distinct on (kind, subject) kind, subject, facts, customer_id, customer_name, order_id, $2
  from json_to_recordset($1::json) as added (kind text, subject text, facts json, customer_id text, customer_name text,
    order_id text)
  on conflict (kind, subject) do update set settled_at = null where known.settled_at is not null`;

/** What nobody was told of is forgotten. */
const settle = `
  with over as (
    select kind, subject from json_to_recordset($1::json) as over (kind text, subject text)
  ), forgotten as (
    delete from software_desk.differences where (kind, subject) in (select * from over) and told_in is null
  )
  update software_desk.differences set settled_at = $2
  where (kind, subject) in (select * from over) and told_in is not null and settled_at is null`;

/** Each from an index of its own, behind the position. */
const ofCases = (condition: string): string => `
  (select * from software_desk.cases
   where ${condition} and ($1::timestamptz is null or (changed_at, reference) > ($1, $2))
   order by changed_at, reference limit $3)`;

const casesToCompare = `
  select * from (
    ${ofCases(`state in ('completed', 'refused') and changed_at >= $4 and changed_at <= $5`)}
    union all ${ofCases(`state in ('submitted', 'cancelling', 'filing') and changed_at < $6`)}
    union all ${ofCases(`reason_kind = 'ticket-unseen' and state = 'needs_person'`)}
  ) as cases order by changed_at, reference limit $3`;

export function createDifferences(pool: Pool, enqueue: Enqueue): Differences {
  return {
    async comparison(now) {
      const { rows } = await pool.query<ComparisonRow>(selectRunning, [now]);
      const [row] = rows;
      if (!row) return undefined;
      const { begun_at: begunAt, since, step, position, failures } = row;
      return { begunAt, since, step, ...(position !== null && { position }), failures };
    },

    async record(before, now, { found, settled }, at) {
      await transaction(pool, async (client) => {
        if (found.length > 0) await client.query(keepFound, [JSON.stringify(found.map(toRow)), at]);
        if (settled.length > 0) await client.query(settle, [JSON.stringify(settled.map(keyOf)), at]);
        const values = [now.step, now.position, now.failures, before.begunAt, before.step, before.position];
        await client.query(goOn, values);
      });
    },

    async submissions(since, until, position, limit) {
      const { rows } = await pool.query<SubmissionRow>(
        `select * from software_desk.order_submissions
         where created_at >= $4 and created_at <= $5 and (cart_id is not null or state = 'ordered')
           and ($1::timestamptz is null or (created_at, submission_id) > ($1, $2))
         order by created_at, submission_id limit $3`,
        [...placeOf(position), limit, since, until],
      );
      return batchOf(rows, limit, (row) => ({
        submission: toSubmission(row),
        position: `${row.created_at.toISOString()} ${row.submission_id}`,
      }));
    },

    async cases({ since, until, stuckAt }, position, limit) {
      const values = [...placeOf(position), limit, since, until, stuckAt];
      const { rows } = await pool.query<CaseRow>(casesToCompare, values);
      return batchOf(rows, limit, (row) => ({
        found: toCase(row),
        position: `${row.changed_at.toISOString()} ${row.reference}`,
      }));
    },

    async casesOfTickets(references, ticketIds) {
      if (references.length === 0) return [];
      const { rows } = await pool.query<CaseRow>(
        'select * from software_desk.cases where reference = any ($1) or ticket_id = any ($2)',
        [references, ticketIds],
      );
      return rows.map(toCase);
    },

    async open(position, limit) {
      const { rows } = await pool.query<DifferenceRow>(
        `select * from software_desk.differences
         where settled_at is null and ($1::bigint is null or id > $1) order by id limit $2`,
        [position, limit],
      );
      return batchOf(rows, limit, (row) => ({ difference: toDifference(row), position: row.id }));
    },

    async tell({ begunAt }, notices, at) {
      return transaction(pool, async (client) => {
        const { rows } = await client.query<{ kind: DifferenceKind }>(
          `update software_desk.differences set told_in = $1 where told_in is null and settled_at is null returning kind`,
          [begunAt],
        );
        if (rows.length > 0) {
          const added = await client.query<{ id: string }>(insertNotices({ rows: '$1', at: '$2' }), [
            rowsOf(notices),
            at,
          ]);
          await enqueueNotices(client, enqueue, added.rows);
        }
        await client.query(
          `update software_desk.comparison set step = null, position = null, ended_at = $2 where begun_at = $1 and step = 'tell'`,
          [begunAt, at],
        );
        return rows.map(({ kind }) => kind);
      });
    },

    async endedAt() {
      const { rows } = await pool.query<{ at: Date | null }>('select ended_at as at from software_desk.comparison');
      return rows[0]?.at ?? undefined;
    },

    async told(toldIn) {
      const { rows } = await pool.query<DifferenceRow>(
        `select * from software_desk.differences
         where told_in is not null and settled_at is null and ($1::timestamptz is null or told_in = $1)
         order by id desc limit ${mostTold}`,
        [toldIn],
      );
      return rows.map((row): FoundDifference => ({ ...toDifference(row), foundAt: row.found_at }));
    },
  };
}

/** More of them nobody reads; what is settled makes room. */
const mostTold = 200;

/** Two parts: the moment, and what tells those of one moment apart. */
function placeOf(position: string | undefined): readonly [string | undefined, string | undefined] {
  const [at, id] = position?.split(' ') ?? [];
  return [at, id];
}

function batchOf<Row, Item extends { readonly position: string }>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): { items: readonly Item[]; isLast: boolean } {
  return { items: rows.map(toItem), isLast: rows.length < limit };
}

function keyOf(difference: Difference) {
  return { kind: difference.kind, subject: subjectOf(difference) };
}

function toRow(difference: Difference) {
  const { customerId, customerName } = difference;
  const facts = JSON.parse(toStored(difference));
  const orderId = 'orderId' in difference ? difference.orderId : undefined;
  return {
    ...keyOf(difference),
    facts,
    customer_id: customerId,
    customer_name: customerName,
    order_id: orderId,
  };
}

function toDifference({ facts }: DifferenceRow): Difference {
  return knownDifference(facts);
}

export function knownDifference(facts: Stored<Difference>): Difference {
  const known = fromStored(facts);
  if (!known) throw new Error('a difference was written by a later version');
  return known;
}
