import type { Pool, PoolClient } from 'pg';
import { type Case, closingOf, demandMove } from '../domain/cancellations/case.ts';
import type { CaseMove, Cases } from '../domain/cancellations/cases.ts';
import { Refusal } from '../domain/errors.ts';
import type { CaseNotice } from '../domain/notices/notice.ts';
import { pageSize } from '../domain/notices/pages.ts';
import { endAttempt, endedRow } from './attempts.ts';
import { type EventRow, toEvent } from './case-events.ts';
import { type CaseRow, isOpen, type RefusedRow, selectRefused, toCase, toRefused } from './case-rows.ts';
import { toStored } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import { findInTheWay, insertCase } from './insert-case.ts';
import type { Enqueue, JobEngine } from './jobs.ts';
import { enqueueNotices, insertNotices, rowsOf } from './notices.ts';
import { transaction } from './postgres.ts';
import { dropFilesOfMoved } from './ticket-files.ts';

export function createCases(pool: Pool, engine: Pick<JobEngine, 'enqueue' | 'jobStatement'>): Cases {
  const { enqueue } = engine;

  async function select(rest: string, values: readonly unknown[]): Promise<Case[]> {
    const { rows } = await pool.query<CaseRow>(`select * from software_desk.cases ${rest}`, [...values]);
    return rows.map(toCase);
  }

  async function one(condition: string, value: string): Promise<Case | undefined> {
    const [found] = await select(`where ${condition} order by changed_at desc limit 1`, [value]);
    return found;
  }

  return {
    async insertOnce(wanted, lease, approval) {
      const fingerprint = fingerprintOf(wanted.content);
      // What stood in the way may be closed by the time it is looked for; then the way is free.
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const added = await insertCase(pool, engine, wanted, { fingerprint, lease, approval });
        if (added) return { case: toCase(added), isNew: true };
        const { same, other } = await findInTheWay(pool, wanted);
        if (same) {
          const isSame = same.fingerprint === fingerprint && same.requester_id === wanted.requesterId;
          if (!isSame) throw new Refusal('other-content', {});
          return { case: toCase(same), isNew: false };
        }
        if (other) throw new Refusal('case-open', { reference: other.reference, order: other.content.orderNumber });
      }
      throw new Error(`the case reference ${wanted.reference} is taken`);
    },

    get: (reference) => one('reference = $1', reference),
    bySubmission: (submissionId) => one('submission_id = $1', submissionId),
    withTicket: (ticketId) => select(`where ticket_id = $1 and state <> 'refused' order by created_at`, [ticketId]),
    openForOrder: (orderId) => one(`order_id = $1 and ${isOpen}`, orderId),
    completedForOrder: (orderId) => one(`order_id = $1 and state = 'completed'`, orderId),
    async refusedAtOnce(orderId) {
      const { rows } = await pool.query<CaseRow & RefusedRow>(
        `select refused.*, cases.* from (${selectRefused('$1')}) as refused
         join software_desk.cases as cases on cases.reference = refused.refused_reference`,
        [orderId],
      );
      return rows[0] && toRefused(rows[0]);
    },
    openOf: (customerId, limit) =>
      select(`where ${isOpen} and lower(customer_id) = lower($1) order by created_at limit $2`, [customerId, limit]),
    toFileByHand: (now, until, limit = pageSize, past) =>
      select(
        `where state = 'needs_person' and reason_kind = 'hand-over' and closes_at > $1 and closes_at <= $2
           and ($3::timestamptz is null or (closes_at, reference) > ($3::timestamptz, $4::text))
         order by closes_at, reference limit $5`,
        [now, until, past && closingOf(past), past?.reference, limit],
      ),
    recent(limit, customerIds) {
      const isTheirs = customerIds === undefined ? 'true' : 'lower(customer_id) = any($2)';
      const newest = (isWanted: string) =>
        `(select reference from software_desk.cases where ${isWanted} and ${isTheirs} order by created_at desc limit $1)`;
      return select(
        `where reference in (${newest('true')} union ${newest("state = 'needs_person'")}) order by created_at desc`,
        customerIds === undefined ? [limit] : [limit, customerIds.map((id) => id.toLowerCase())],
      );
    },

    async advance(move) {
      demandMove(move.reference, move.from, move.to);
      const values = valuesOf(move);
      // Without anything else to write, one statement is a transaction of its own.
      if (!move.notices?.length && !move.isTakenUp && !move.toFollowers)
        return caseIn((await pool.query<MovedRow>(moveCase, values)).rows);
      return transaction(pool, async (client) => {
        const { rows } = await client.query<MovedRow>(moveCase, values);
        for (const { notices, followers, traceparent } of rows) {
          const more = followers > 0 && move.toFollowers ? await tellFollowers(client, move, move.toFollowers) : [];
          // What nobody did belongs to the turn that submitted the case.
          const trace = move.by === undefined && traceparent !== null ? { traceparent } : {};
          const enqueueHere: Enqueue = (on, queue, data) => enqueue(on, queue, { ...data, ...trace });
          await enqueueNotices(client, enqueueHere, [...notices, ...more]);
        }
        if (rows.length > 0 && move.isTakenUp) await enqueue(client, 'work-case', { reference: move.reference });
        return caseIn(rows);
      });
    },

    follow: (reference, personId, at) =>
      transaction(pool, async (client) => {
        // The row is held, so that a move under way either knows of it, or has ended the case.
        const { rows } = await client.query(
          `select from software_desk.cases where reference = $1 and ${isOpen} for update`,
          [reference],
        );
        if (rows.length === 0) return false;
        await client.query(
          `with added as (
             insert into software_desk.case_followers (reference, person_id, at) values ($1, $2, $3)
             on conflict do nothing returning reference
           )
           update software_desk.cases set followers = followers + 1 from added where cases.reference = added.reference`,
          [reference, personId, at],
        );
        return true;
      }),

    async unfollow(reference, personId) {
      await pool.query(
        `with gone as (
           delete from software_desk.case_followers where reference = $1 and person_id = $2 returning reference
         )
         update software_desk.cases set followers = followers - 1 from gone where cases.reference = gone.reference`,
        [reference, personId],
      );
    },

    async followers(reference) {
      const { rows } = await pool.query<{ id: string }>(
        'select person_id as id from software_desk.case_followers where reference = $1 order by at, person_id',
        [reference],
      );
      return rows.map(({ id }) => id);
    },

    async setCard(reference, card) {
      await pool.query('update software_desk.cases set card = $2 where reference = $1', [reference, card]);
    },

    async history(reference) {
      const { rows } = await pool.query<EventRow>(
        'select * from software_desk.case_events where reference = $1 order by id',
        [reference],
      );
      return rows.map(toEvent);
    },
  };
}

/** With a look of its own, which sees who came while the move waited for the row. */
async function tellFollowers(
  client: PoolClient,
  { reference, at }: CaseMove,
  facts: CaseNotice,
): Promise<readonly { readonly id: string }[]> {
  const { rows } = await client.query<{ id: string }>(
    'select person_id as id from software_desk.case_followers where reference = $1',
    [reference],
  );
  const notices = rows.map(({ id }) => ({ ...facts, target: { to: 'person', id } as const }));
  const added = await client.query<{ id: string }>(insertNotices({ rows: '$1', at: '$2' }), [rowsOf(notices), at]);
  return added.rows;
}

interface MovedRow extends CaseRow {
  notices: { id: string }[];
}

/** Everything that belongs to a move, in one statement; nothing where the case no longer stands in `from`. */
const moveCase = `
  with moved as (
    update software_desk.cases set state = $3, ending = coalesce($4, ending), changed_at = $5,
      ticket_id = case when $6::boolean then $7 else ticket_id end,
      reason_kind = case when $8::boolean then $9 else reason_kind end,
      reason = case when $8::boolean then $10::json else reason end,
      times_waiting = times_waiting + ($3 = 'needs_person')::integer,
      times_taken_up = times_taken_up + $11::boolean::integer,
      look_at = least(look_at, $5), failed_looks = 0,
      is_ticket_listed = is_ticket_listed and not ($6::boolean and $7 is distinct from ticket_id)
    where reference = $1 and state = $2
    returning *
  ), event as (
    insert into software_desk.case_events (reference, from_state, to_state, person_id, person_name, change, at,
      customer_id, customer_name, order_id)
    select reference, $2, state, $12, $13, $14::json, $5, customer_id, customer_name, order_id from moved
  ), ended as (
    ${endAttempt('$15', '$5')} and exists (select from moved)
  ), told as (
    ${insertNotices({ rows: '$16', at: '$5', where: 'exists (select from moved)' })}
  ), ${dropFilesOfMoved}
  select moved.*, (select coalesce(json_agg(told), '[]') from told) as notices from moved`;

function valuesOf(move: CaseMove): unknown[] {
  const { reason, by } = move;
  return [
    move.reference,
    move.from,
    move.to,
    move.ending,
    move.at,
    move.ticketId !== undefined,
    move.ticketId,
    reason !== undefined,
    reason?.kind,
    reason && toStored(reason),
    move.isTakenUp ?? false,
    by?.id,
    by?.name,
    toStored(move.change),
    endedRow(move.ended),
    rowsOf(move.notices ?? []),
  ];
}

function caseIn([row]: readonly MovedRow[]): Case | undefined {
  return row && toCase(row);
}
