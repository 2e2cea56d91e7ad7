import type { Pool, PoolClient, QueryConfig } from 'pg';
import { PgBoss, type Queue, type SendOptions } from 'pg-boss';
import { traceContext } from '../domain/work/trace.ts';
import { atMostEvery, type Log, reasonOf } from './log.ts';
import { transaction } from './postgres.ts';
import { announceJobs, jobsSchema } from './wake-ups.ts';

/** What each queue's jobs carry: ids only. */
export interface Payloads {
  'finish-order': { readonly submissionId: string };
  'work-case': { readonly reference: string };
  'send-notice': { readonly noticeId: string };
  'check-customer': { readonly customerId: string };
  hide: { readonly visibleKeyId: string };
}

type OwnQueue = Exclude<keyof Payloads, 'hide'>;

/** Takes the message of this row of visible keys away after a delay in real time, as one statement for a `batch`. */
export type HideStatement = (visibleKeyId: string, seconds: number) => Promise<QueryConfig>;

/** Adds a job inside the caller's transaction: it exists if, and only if, the row does. */
export type Enqueue = <Q extends OwnQueue>(client: PoolClient, queue: Q, data: Payloads[Q] & Traced) => Promise<void>;

/** The same as one statement, for a `batch`. */
export type JobStatement = <Q extends OwnQueue>(queue: Q, data: Payloads[Q] & Traced) => Promise<QueryConfig>;

export interface JobEngine {
  readonly boss: PgBoss;
  readonly enqueue: Enqueue;
  readonly jobStatement: JobStatement;
  readonly hideStatement: HideStatement;
  /** When the job engine was last answered by the database, in milliseconds of `performance.now()`. */
  answeredAt(): number;
}

/** The turn itself acts at once; the job is there for the case that it can't finish. */
const headStartSeconds = { 'finish-order': 10, 'work-case': 10, 'send-notice': 0, 'check-customer': 0 } as const;

const withHeadStart = Object.entries(headStartSeconds)
  .filter(([, seconds]) => seconds > 0)
  .map(([queue]) => `'${queue}'`)
  .join();

const dayInSeconds = 24 * 3600;

/** A job whose process died is noticed after `heartbeatSeconds`; one that is done is kept a day, for looking. */
const common = { heartbeatSeconds: 10, expireInSeconds: 600, deleteAfterSeconds: dayInSeconds };
/** Pauses of 5 s, 10 s, 20 s … up to an hour: about two days in all, then it is given up. */
const patient = {
  ...common,
  retryLimit: 56,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 3600,
  deadLetter: 'gave-up',
};
/** Tried for two days too, but never more than ten minutes apart: something that should be hidden is still to be seen. */
const pressing = { ...patient, retryLimit: 300, retryDelay: 1, retryDelayMax: 600 };
/** Tried again soon, for some two minutes in all: the sweep looks at everything anyway. */
const brief = { ...common, retryLimit: 6, retryDelay: 1, retryBackoff: true, retryDelayMax: 60 };
/** One waits, at most one runs, in all processes together. It puts its successor in, so it must not end by failing. */
const recurring = { ...common, policy: 'stately', retryLimit: 1_000_000, retryDelay: 1, deleteAfterSeconds: 600 };

const queues: readonly Queue[] = [
  { name: 'gave-up', ...common, retryLimit: 10, retryDelay: 60 },
  { name: 'finish-order', ...patient },
  { name: 'work-case', ...patient },
  // By notice: two jobs of one notice, which a crash at the wrong moment leaves, never run at once.
  { name: 'send-notice', ...patient, policy: 'singleton' },
  // By customer: one waits and one runs, however many events come in a burst.
  { name: 'check-customer', ...brief, policy: 'stately' },
  { name: 'hide', ...pressing },
  { name: 'sweep', ...recurring },
  { name: 'tidy', ...recurring },
];

/** The job engine on our pool, with its queues; nothing is worked on yet. */
export async function startJobs(pool: Pool, log: Log): Promise<JobEngine> {
  let answeredAt = 0;
  const boss = new PgBoss({
    db: {
      async executeSql(text, values) {
        const result = await pool.query(text, values);
        answeredAt = performance.now();
        return result;
      },
    },
    schema: jobsSchema,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    maintenanceIntervalSeconds: 3600,
    flowIntervalSeconds: 3600,
  });
  const warn = atMostEvery(30_000, log, 'warn');
  boss.on('error', (error) => warn({ reason: reasonOf(error) }, 'the job engine had a problem'));
  boss.on('warning', ({ message }) => warn({ reason: message }, 'the job engine warns'));
  // Several processes may install the schema at once; the slower one finds it half done and looks again.
  await boss.start({ attempts: 4 });
  await installQueues(boss);
  await installTriggers(pool);
  const jobStatement = createJobStatement(boss);
  const enqueue: Enqueue = async (client, queue, data) => {
    await client.query(await jobStatement(queue, data));
  };
  const hideStatement: HideStatement = (visibleKeyId, seconds) =>
    statementOf(boss, 'hide', withTrace({ visibleKeyId }), { startAfter: seconds });
  return { boss, enqueue, jobStatement, hideStatement, answeredAt: () => answeredAt };
}

/** Those that are missing, and those that the version before had otherwise. A later start of the same version writes nothing. */
async function installQueues(boss: PgBoss): Promise<void> {
  const there = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const { name, policy, ...changeable } of queues) {
    const known = there.get(name);
    if (!known) await boss.createQueue(name, { policy, ...changeable });
    else if (!isSubset(changeable, known)) await boss.updateQueue(name, changeable);
  }
}

function isSubset(part: object, whole: object): boolean {
  const values = new Map(Object.entries(whole));
  return Object.entries(part).every(([key, value]) => values.get(key) === value);
}

/** Who puts a job in, and who works on it: the number of a process, where others could know that it has died. */
const noteProcess = `
  create or replace function ${jobsSchema}.note_process() returns trigger language plpgsql as $$
  begin
    new.output := jsonb_build_object('process', nullif(current_setting('software_desk.process', true), ''));
    return new;
  end $$;
  create or replace trigger note_process before insert or update of state on ${jobsSchema}.job
    for each row when (new.state in ('created', 'active')) execute function ${jobsSchema}.note_process();
`;

async function installTriggers(pool: Pool): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('${jobsSchema}.announce_job'))`);
    // A trigger that is there is left alone: to make one waits for everybody who writes jobs.
    const { rows } = await client.query<{ tgname: string }>(
      `select tgname from pg_trigger where tgrelid = '${jobsSchema}.job'::regclass`,
    );
    const names = rows.map(({ tgname }) => tgname);
    if (!names.includes('announce_job')) await client.query(announceJobs);
    if (!names.includes('note_process')) await client.query(noteProcess);
  });
}

function createJobStatement(boss: PgBoss): JobStatement {
  return (queue, data) => {
    const singletonKey = 'noticeId' in data ? data.noticeId : 'customerId' in data ? data.customerId : undefined;
    return statementOf(boss, queue, withTrace(data), { singletonKey, startAfter: headStartSeconds[queue] });
  };
}

/** Beside its payload a job keeps the trace that it goes on with, where turns are traced. */
export interface Traced {
  readonly traceparent?: string;
}

/** With the trace that it says, or else the one that runs now. */
export function withTrace<T extends object>(data: T & Traced): T & Traced {
  const traceparent = data.traceparent ?? traceContext();
  return traceparent === undefined ? data : { ...data, traceparent };
}

/** What the job engine would send to the database. */
async function statementOf(
  boss: PgBoss,
  queue: keyof Payloads,
  data: object,
  options: SendOptions,
): Promise<QueryConfig> {
  let statement: QueryConfig = { text: '' };
  const db = {
    executeSql: async (text: string, values?: unknown[]) => {
      statement = { text, values };
      return { rows: [{ id: '' }] };
    },
  };
  await boss.send(queue, data, { ...options, db });
  return statement;
}

/**
 * What a process that died was doing is due at once, instead of after its heartbeat has been missed; what its turns were
 * about to do, too. `whose`: a condition on the job, as SQL.
 */
export const freeJobs = (whose: string): string => `
  update ${jobsSchema}.job as mine
  set state = case when state = 'active' then 'retry' else state end, start_after = now()
  where ${whose} and (
    (state = 'active' and (policy is distinct from 'stately' or not exists (
      select from ${jobsSchema}.job as other
      where other.name = mine.name and other.state = 'retry'
        and other.singleton_key is not distinct from mine.singleton_key)))
    or (state = 'created' and start_after > now() and name in (${withHeadStart})))`;

/** For the only process there is, at its start: whatever was being done, its predecessor was doing. */
export async function takeBackJobs(pool: Pool): Promise<void> {
  await pool.query(freeJobs('true'));
}
