import type { Pool } from 'pg';
import type { JobStatement, Payloads } from './jobs.ts';
import { transaction } from './postgres.ts';
import { jobsSchema } from './wake-ups.ts';

interface Source<Q extends keyof Payloads> {
  readonly queue: Q;
  readonly payload: (id: string) => Payloads[Q];
  /** The ids of what is not finished, as SQL. */
  readonly open: string;
}

const orders: Source<'finish-order'> = {
  queue: 'finish-order',
  payload: (submissionId) => ({ submissionId }),
  open: `select submission_id as id from software_desk.order_submissions where state = 'accepted'`,
};

/** What Microsoft has accepted is watched by the sweep. */
const cases: Source<'work-case'> = {
  queue: 'work-case',
  payload: (reference) => ({ reference }),
  open: `select reference as id from software_desk.cases
    where state in ('submitted', 'cancelling', 'filing') and reason_kind is distinct from 'accepted'`,
};

const notices: Source<'send-notice'> = {
  queue: 'send-notice',
  payload: (noticeId) => ({ noticeId }),
  open: `select id::text as id from software_desk.notices where state = 'due'`,
};

const atOnce = 1000;

/**
 * Gives what is not finished and has no job a new one: queues that were emptied or restored without the records, a job
 * that was given up without anybody being told. Resolves to how many there were.
 */
export async function addMissingJobs(pool: Pool, jobStatement: JobStatement): Promise<number> {
  const counts = [
    await addTo(pool, jobStatement, orders),
    await addTo(pool, jobStatement, cases),
    await addTo(pool, jobStatement, notices),
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}

async function addTo<Q extends 'finish-order' | 'work-case' | 'send-notice'>(
  pool: Pool,
  jobStatement: JobStatement,
  { queue, payload, open }: Source<Q>,
): Promise<number> {
  const [name] = Object.keys(payload(''));
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `with waiting as (
         select data ->> $2 as id from ${jobsSchema}.job where name = $1 and state in ('created', 'retry', 'active')
       )
       select id from (${open}) as open where not exists (select from waiting where waiting.id = open.id)
       limit ${atOnce}`,
      [queue, name],
    );
    for (const { id } of rows) await client.query(await jobStatement(queue, payload(id)));
    return rows.length;
  });
}
