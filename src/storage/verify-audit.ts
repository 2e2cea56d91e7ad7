import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { transaction } from './postgres.ts';

/** The last row of the chain at some time, as the log told it: what was written until then must still be there. */
export interface AuditAnchor {
  readonly id: number;
  /** Hexadecimal. */
  readonly hash: string;
}

export interface AuditProblem {
  /** Where in the chain, or which record of the audit log. */
  readonly where: string;
  readonly what:
    | 'missing-in-chain'
    | 'changed-in-chain'
    | 'end-cut-off'
    | 'anchor-differs'
    /** The anchor is older than what is kept: it can tell nothing any more. */
    | 'anchor-pruned'
    | 'record-changed'
    | 'record-removed'
    | 'record-not-in-chain';
}

export interface AuditVerified {
  readonly rows: number;
  readonly head: AuditAnchor;
  /** The last row of what was pruned, from which the rest follows. */
  readonly pruned?: AuditAnchor;
  /** The first hundred. */
  readonly problems: readonly AuditProblem[];
  readonly problemCount: number;
}

const batchSize = 5_000;
const mostTold = 100;

type Reader = Pick<PoolClient, 'query'>;

/**
 * Reads the chain of the audit log from its beginning, or from where it was pruned, and compares every record with what the
 * chain says of it ("The chain of the audit log" in docs/security.md): all of it as it was at one moment, so that nothing that is
 * written or pruned meanwhile is taken for a fault. Changes nothing.
 */
export async function verifyAudit(pool: Pool, anchor?: AuditAnchor): Promise<AuditVerified> {
  return transaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    return verify(client, anchor);
  });
}

async function verify(client: Reader, anchor: AuditAnchor | undefined): Promise<AuditVerified> {
  const problems: AuditProblem[] = [];
  let problemCount = 0;
  const report = (where: string, what: AuditProblem['what']) => {
    problemCount += 1;
    if (problems.length < mostTold) problems.push({ where, what });
  };
  const pruned = await readPruned(client);
  const rows = await verifyChain(client, pruned, report);
  const head = await readHead(client);
  if (anchor && pruned && anchor.id < pruned.id) report(`row ${anchor.id}`, 'anchor-pruned');
  else if (anchor && !isAnchor(anchor, pruned) && !(await hasAnchor(client, anchor)))
    report(`row ${anchor.id}`, 'anchor-differs');
  for (const source of await readSources(client)) await compareRecords(client, source, report);
  return { rows, head, ...(pruned && { pruned }), problems, problemCount };
}

/** The last row of the chain. */
export async function readHead(client: Reader): Promise<AuditAnchor> {
  const { rows } = await client.query<{ id: string; hash: string }>(
    `select id, encode(hash, 'hex') as hash from software_desk.audit_head`,
  );
  const [head] = rows;
  if (!head) throw new Error('the table software_desk.audit_head has lost its row');
  return { id: Number(head.id), hash: head.hash };
}

/** The last row that was taken from the beginning of the chain, if any was. */
export async function readPruned(client: Reader): Promise<AuditAnchor | undefined> {
  const { rows } = await client.query<{ id: string; hash: string }>(
    `select id, encode(hash, 'hex') as hash from software_desk.audit_pruned`,
  );
  return rows[0] && { id: Number(rows[0].id), hash: rows[0].hash };
}

function isAnchor({ id, hash }: AuditAnchor, other: AuditAnchor | undefined): boolean {
  return other?.id === id && other.hash === hash.toLowerCase();
}

type Report = (where: string, what: AuditProblem['what']) => void;

/** Each row's number follows the one before, and its hash is that of its content and the hash before; the head is the last. */
async function verifyChain(client: Reader, pruned: AuditAnchor | undefined, report: Report): Promise<number> {
  let count = 0;
  let last = { id: pruned?.id ?? 0, hash: pruned?.hash ?? '' };
  for (;;) {
    const { rows } = await client.query<{ id: string; hash: string; isRight: boolean }>(
      `select id, encode(hash, 'hex') as hash,
         hash = software_desk.audit_hash(lag(hash, 1, case when $1::bigint = 0 then sha256('') else decode($2, 'hex') end)
           over (order by id), id, at, source, source_key, event, content) as "isRight"
       from (select * from software_desk.audit_chain where id > $1 order by id limit $3) as batch order by id`,
      [last.id, last.hash, batchSize],
    );
    for (const { id, hash, isRight } of rows) {
      const number = Number(id);
      if (number !== last.id + 1) report(`rows ${last.id + 1} to ${number - 1}`, 'missing-in-chain');
      else if (!isRight) report(`row ${number}`, 'changed-in-chain');
      last = { id: number, hash };
    }
    count += rows.length;
    if (rows.length < batchSize) break;
  }
  const head = await readHead(client);
  // What was added since then is no problem.
  if (head.id < last.id || (head.id === last.id && last.id > 0 && head.hash !== last.hash))
    report(`row ${last.id}`, 'changed-in-chain');
  const { rows } = await client.query('select from software_desk.audit_chain where id = $1', [head.id]);
  if (head.id > (pruned?.id ?? 0) && rows.length === 0) report(`rows behind ${last.id}`, 'end-cut-off');
  if (pruned && head.id < pruned.id) report(`row ${pruned.id}`, 'end-cut-off');
  return count;
}

async function hasAnchor(client: Reader, { id, hash }: AuditAnchor): Promise<boolean> {
  const { rows } = await client.query(
    `select from software_desk.audit_chain where id = $1 and encode(hash, 'hex') = lower($2)`,
    [id, hash],
  );
  return rows.length === 1;
}

interface Source {
  readonly table: string;
  readonly key: string;
  readonly columns: readonly string[];
}

/** The tables whose rows are kept in the chain, as their triggers say. */
async function readSources(client: Reader): Promise<Source[]> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select relname as table, string_to_array(encode(tgargs, 'escape'), '\\000') as columns
     from pg_trigger join pg_class on pg_class.oid = tgrelid
     where tgname = 'keep_in_audit_chain' and tgrelid::regclass::text like 'software_desk.%' order by relname`,
  );
  if (rows.length === 0) throw new Error('nothing is kept in the chain of the audit log: its triggers are gone');
  return rows.map(({ table, columns }) => {
    const named = columns.filter((name) => name !== '');
    const [key = ''] = named;
    return { table, key, columns: named };
  });
}

interface Compared extends QueryResultRow {
  readonly key: string;
  /** As the chain has it last; null: not in the chain. */
  readonly event: string | null;
  readonly content: string | null;
  /** As the record is; null: there is none. */
  readonly now: string | null;
}

async function compareRecords(client: Reader, { table, key, columns }: Source, report: Report): Promise<void> {
  const kept = columns.map((name) => `records."${name}"`).join(', ');
  // As the triggers write it.
  await client.query(`set local timezone = 'UTC'`);
  // All records of a table are brought into one order before the first is told.
  await client.query('set local statement_timeout = 0');
  await client.query(`
    declare compared cursor for
    select coalesce(chained.source_key, records."${key}"::text) as key, chained.event, chained.content,
      case when records."${key}" is not null
        then (select row_to_json(kept)::text from (select ${kept}) as kept) end as now
    from (
      select distinct on (source_key) source_key, event, content from software_desk.audit_chain
      where source = '${table}' order by source_key, id desc
    ) as chained
    full join software_desk.${table} as records on chained.source_key = records."${key}"::text`);
  for (let count = batchSize; count === batchSize; ) {
    const { rows } = await client.query<Compared>(`fetch ${batchSize} from compared`);
    for (const row of rows) {
      const what = compare(row);
      if (what) report(`${table} ${row.key}`, what);
    }
    count = rows.length;
  }
  await client.query('close compared');
}

function compare({ event, content, now }: Compared): AuditProblem['what'] | undefined {
  if (event === null || content === null) return 'record-not-in-chain';
  if (event === 'removed') return 'record-removed';
  if (now === null) return 'record-removed';
  return content === now ? undefined : 'record-changed';
}
