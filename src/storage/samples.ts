import type { Pool } from 'pg';
import { jobsSchema } from './wake-ups.ts';

/** One value of the metrics. */
export interface Sample {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Row {
  readonly metric: string;
  readonly labels: Record<string, string>;
  readonly count: number | null;
  /** How long ago the oldest of them began. */
  readonly oldest_seconds: number | null;
}

/** `table` with a condition on its index; `$1` is now. */
const countOf = (metric: string, labels: string, from: string, since = 'created_at'): string => `
  select '${metric}' as metric, json_build_object(${labels}) as labels, count(*)::float8 as count,
    extract(epoch from $1::timestamptz - min(${since}))::float8 as oldest_seconds
  from software_desk.${from}`;

const openCases = ['submitted', 'filing', 'filed', 'cancelling', 'needs_person'];
const endsOfNotices = ['unsure', 'escalated', 'untold'];
const shown = ['key', 'download', 'link'];

/** In one look at the index: of each state by itself the planner expects too few to take that one. */
const openCasesByState = `
  select 'desk_cases', json_build_object('state', listed.state), coalesce(found.count, 0),
    extract(epoch from $1::timestamptz - found.oldest)::float8
  from unnest(array['${openCases.join("', '")}']) as listed (state) left join (
    select state, count(*)::float8 as count, min(created_at) as oldest from software_desk.cases
    where state <> all (array['completed', 'refused']) group by state
  ) as found using (state)`;

/** What closes within a day and within three. */
const windows = [
  ['case', `cases where state = 'needs_person' and reason_kind = 'hand-over'`],
  ['draft', 'drafts where closes_at is not null and not is_over'],
  ['reminder', 'reminders where true'],
].flatMap(([what, from]) =>
  ['1', '3'].map((days) =>
    countOf(
      'desk_windows_closing',
      `'what', '${what}', 'days', '${days}'`,
      `${from} and closes_at > $1 and closes_at <= $1::timestamptz + interval '${days} days'`,
      'closes_at',
    ),
  ),
);

const ofTheDay = `>= $1::timestamptz - interval '1 day'`;

/** Each is answered by an index that holds what is counted and little else. */
export const samplesStatement = [
  countOf('desk_orders', `'state', 'accepted'`, `order_submissions where state = 'accepted'`),
  countOf('desk_orders', `'state', 'needs_person'`, `order_submissions where state = 'needs_person'`),
  openCasesByState,
  ...windows,
  countOf('desk_notices_due', '', `notices where state = 'due'`),
  ...endsOfNotices.map((state) =>
    countOf(
      'desk_notices_of_the_day',
      `'state', '${state}'`,
      `notices where state = '${state}' and state in ('unsure', 'escalated', 'untold') and created_at ${ofTheDay}`,
    ),
  ),
  ...shown.map((what) =>
    countOf(
      'desk_reveals_of_the_day',
      `'what', '${what}'`,
      `key_reveals where what = '${what}' and not is_withdrawn and refusal is null and at ${ofTheDay}`,
      'at',
    ),
  ),
  countOf('desk_differences_open', '', 'differences where settled_at is null', 'found_at'),
  `select 'desk_jobs', json_build_object('queue', name, 'state', state), number::float8, oldest::float8
   from ${jobsSchema}.queue, lateral (values ('ready', ready_count, coalesce(ready_oldest_seconds, 0)),
     ('deferred', deferred_count, null), ('active', active_count, null), ('failed', failed_count, null)
   ) as counts (state, number, oldest)`,
  `select 'desk_refresh_token_age_seconds', json_build_object(),
     extract(epoch from now() - max(changed_at))::float8, null
   from software_desk.secrets where name like 'refresh-token %'`,
  `select 'desk_schema_step', json_build_object(), max(step)::float8, null from software_desk.migrations`,
  `select 'desk_audit_rows', json_build_object(), id::float8, null from software_desk.audit_head`,
].join('\nunion all\n');

/** The metrics whose age of the oldest is one, too: there the name says so. */
const aged = new Map([
  ['desk_orders', 'desk_orders_oldest_seconds'],
  ['desk_cases', 'desk_cases_oldest_seconds'],
  ['desk_notices_due', 'desk_notices_due_oldest_seconds'],
  ['desk_jobs', 'desk_jobs_oldest_seconds'],
]);

/** How much there is of everything that an operator watches, in one statement. */
export async function readSamples(pool: Pool, now: Date): Promise<Sample[]> {
  const { rows } = await pool.query<Row>(samplesStatement, [now]);
  return rows.flatMap(({ metric, labels, count, oldest_seconds: oldest }) => {
    const age = aged.get(metric);
    const isAged = age !== undefined && (metric !== 'desk_jobs' || oldest !== null);
    return [
      ...(count === null ? [] : [{ metric, labels, value: count }]),
      ...(isAged ? [{ metric: age, labels: withoutState(metric, labels), value: Math.max(0, oldest ?? 0) }] : []),
    ];
  });
}

/** Of jobs, those are told that could run now. */
function withoutState(metric: string, { state, ...others }: Row['labels']): Row['labels'] {
  return metric === 'desk_jobs' || state === undefined ? others : { ...others, state };
}
