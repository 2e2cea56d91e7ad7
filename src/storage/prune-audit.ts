import type { Pool, PoolClient } from 'pg';
import { transaction } from './postgres.ts';

interface Source {
  readonly table: string;
  readonly key: string;
  /** Of the key: with it, the index of the table is used. */
  readonly type: 'bigint' | 'text' | 'uuid';
  /** SQL for a row that may not go yet. */
  readonly stays?: string;
}

/** What is no business record of its own, and goes with its rows of the chain. */
const prunable: readonly Source[] = [
  { table: 'key_reveals', key: 'id', type: 'bigint' },
  {
    table: 'case_events',
    key: 'id',
    type: 'bigint',
    stays: `exists (select from software_desk.cases where cases.reference = records.reference
      and cases.state not in ('completed', 'refused'))`,
  },
  { table: 'audit_exports', key: 'id', type: 'bigint' },
  { table: 'reminder_decisions', key: 'id', type: 'bigint' },
  {
    table: 'audit_decisions',
    key: 'id',
    type: 'bigint',
    // The policy that applies, however long it has.
    stays: `records.id = (select max(id) from software_desk.audit_decisions where facts ->> 'kind' = 'policy')`,
  },
  { table: 'outside_looks', key: 'id', type: 'bigint' },
  { table: 'leaks', key: 'reference', type: 'text', stays: 'records.lifted_at is null' },
];

/** Business records, which are kept for ever. */
const kept: readonly Source[] = [
  { table: 'order_submissions', key: 'submission_id', type: 'text' },
  { table: 'agreement_confirmations', key: 'submission_id', type: 'uuid' },
];

/** Few enough that nobody who writes into the chain waits long. */
const batchSize = 500;

/**
 * Takes what was written into the audit log before `before` from the beginning of its chain, batch by batch, and with it the records
 * that are nothing else. What is kept longer (orders, agreement confirmations, the history of open cases, the policy that applies)
 * is noted again at the end, as the chain had it: what was changed past it is still found. Resolves to the number of rows taken from
 * the chain.
 */
export async function pruneAudit(
  pool: Pool,
  { before, signal }: { readonly before: Date; readonly signal?: AbortSignal },
): Promise<number> {
  let pruned = 0;
  while (!signal?.aborted) {
    const count = await transaction(pool, (client) => pruneBatch(client, before));
    pruned += count;
    if (count === 0) break;
  }
  return pruned;
}

async function pruneBatch(client: PoolClient, before: Date): Promise<number> {
  // Nobody adds a row meanwhile, and what is deleted leaves none.
  await client.query('select from software_desk.audit_head for update');
  await client.query(`select set_config('software_desk.is_pruning', 'on', true)`);
  const { rows } = await client.query<{ id: string }>(
    `select max(id) as id from (
       select id, bool_and(at < $1) over (order by id) as is_old
       from (select id, at from software_desk.audit_chain order by id limit $2) as oldest
     ) as seen where is_old having max(id) is not null`,
    [before, batchSize],
  );
  const [last] = rows;
  if (!last) return 0;
  for (const { table, key, type, stays = 'false' } of prunable)
    await client.query(
      `delete from software_desk.${table} as records
       where records.${key} in (
           select source_key::${type} from software_desk.audit_chain where id <= $1 and source = '${table}')
         and not exists (select from software_desk.audit_chain as later
           where later.source = '${table}' and later.source_key = records.${key}::text and later.id > $1)
         and not (${stays})`,
      [last.id],
    );
  for (const { table, key, type } of [...prunable, ...kept])
    await client.query(
      `select software_desk.add_to_audit_chain('${table}', source_key, 'kept', content) from (
         select distinct on (source_key) id, source_key, event, content from software_desk.audit_chain
         where source = '${table}' and source_key in (
           select source_key from software_desk.audit_chain where id <= $1 and source = '${table}')
         order by source_key, id desc
       ) as chained
       where id <= $1 and event <> 'removed'
         and exists (select from software_desk.${table} as records where records.${key} = source_key::${type})
       order by id`,
      [last.id],
    );
  await client.query(
    `insert into software_desk.audit_pruned (id, hash, at) select id, hash, at from software_desk.audit_chain where id = $1
     on conflict (is_only) do update set id = excluded.id, hash = excluded.hash, at = excluded.at`,
    [last.id],
  );
  const { rowCount } = await client.query('delete from software_desk.audit_chain where id <= $1', [last.id]);
  return rowCount ?? 0;
}
