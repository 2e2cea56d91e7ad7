import type { Pool } from 'pg';
import type { CaseOverview } from '../domain/cancellations/case-overview.ts';
import { type EventRow, toEvent } from './case-events.ts';
import { type CaseRow, isOpen, toCase } from './case-rows.ts';

const countedTo = 1000;

export function createCaseOverview(pool: Pool): CaseOverview {
  const countUpTo = (isWanted: string) =>
    `(select count(*)::int from (select from software_desk.cases where ${isWanted} limit ${countedTo}) as counted)`;

  return {
    async open(from, limit) {
      const [at, reference] = from?.split(' ') ?? [];
      const { rows } = await pool.query<CaseRow & { cursor: string }>(
        `select *, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || reference as cursor
         from software_desk.cases where ${isOpen} and ($1::timestamptz is null or (created_at, reference) < ($1, $2))
         order by created_at desc, reference desc limit $3`,
        [at, reference, limit + 1],
      );
      const shown = rows.slice(0, limit);
      const next = rows.length > limit ? shown.at(-1)?.cursor : undefined;
      return { cases: shown.map(toCase), ...(next !== undefined && { next }) };
    },

    async needPerson(limit) {
      const { rows } = await pool.query<CaseRow>(
        `select * from software_desk.cases where state = 'needs_person' order by created_at limit $1`,
        [limit],
      );
      return rows.map(toCase);
    },

    async counts() {
      const { rows } = await pool.query<{ open: number; waiting: number }>(
        `select ${countUpTo(isOpen)} as open, ${countUpTo("state = 'needs_person'")} as waiting`,
      );
      return rows[0] ?? { open: 0, waiting: 0 };
    },

    async histories(references) {
      const { rows } = await pool.query<EventRow>(
        'select * from software_desk.case_events where reference = any ($1) order by id',
        [references],
      );
      return Map.groupBy(rows.map(toEvent), (event) => event.reference);
    },

    async moneySince(month) {
      const { rows } = await pool.query<{ month: string; currency: string; asked: string; credited: string }>(
        `select to_char(month, 'YYYY-MM') as month, currency, asked, credited from software_desk.money_by_month
         where month >= ($1 || '-01')::date order by month, currency`,
        [month],
      );
      return rows.map((row) => ({ ...row, asked: Number(row.asked), credited: Number(row.credited) }));
    },
  };
}
