import { readdirSync, readFileSync } from 'node:fs';
import type { Pool, PoolClient } from 'pg';
import { transaction } from './postgres.ts';

/**
 * The schema, step by step, one file each: `migrations/0007-what-it-does.sql`. A step that was released is never
 * changed; what changes comes as a new file with the next number, and must leave processes of the version before
 * running (several share one database while they are replaced).
 *
 * A step that takes away what older versions use says so in its first line: `-- needs step 6` means that a version which
 * does not know step 6 must not start on this database any more.
 */
export interface Step {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly needsStep: number;
}

export class DatabaseTooNew extends Error {
  constructor(needed: number, known: number) {
    super(
      `The database was brought up to date by a newer version of Software Desk: it needs a version that knows step ${needed} ` +
        `of the schema, and this one knows steps up to ${known}. Start the newer version again, or restore the backup that was ` +
        'made before the upgrade. Nothing was changed.',
    );
    this.name = 'DatabaseTooNew';
  }
}

const folder = new URL('./migrations/', import.meta.url);

export function readSteps(): Step[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => {
    const sql = readFileSync(new URL(file, folder), 'utf8');
    return {
      number: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      sql,
      needsStep: Number(/^-- needs step (\d+)\n/.exec(sql)?.[1] ?? 0),
    };
  });
}

/**
 * Brings the schema up to date, all or nothing. Of several processes starting at once, one works and the others wait.
 * Throws `DatabaseTooNew` where a newer version has made the schema one that this version cannot work with.
 */
export async function migrate(pool: Pool, steps: readonly Step[] = readSteps()): Promise<void> {
  await transaction(pool, async (client) => {
    // To change a large table takes its time, and so does to wait for whoever is at it.
    await client.query('set local statement_timeout = 0; set local lock_timeout = 0');
    await client.query(`select pg_advisory_xact_lock(hashtext('software_desk.migrations'))`);
    const applied = await readApplied(client);
    const needed = Math.max(0, ...applied.values());
    const known = Math.max(...steps.map((step) => step.number));
    if (needed > known) throw new DatabaseTooNew(needed, known);
    // A table with triggers that wait for the end of the transaction cannot be altered in it.
    await client.query('set constraints all immediate');
    for (const { number, sql, needsStep } of steps) {
      if (applied.has(number)) continue;
      await client.query(sql);
      await client.query('insert into software_desk.migrations (step, needs_step) values ($1, $2)', [
        number,
        needsStep,
      ]);
    }
  });
}

/** The steps of this database, and which step a version must know because of each. */
async function readApplied(client: PoolClient): Promise<Map<number, number>> {
  // Asked before anything is altered: to alter a table, even for nothing, waits for everybody who reads it.
  const { rows: columns } = await client.query(
    `select from pg_attribute where attrelid = to_regclass('software_desk.migrations') and attname = 'needs_step'`,
  );
  if (columns.length === 0)
    await client.query(`
      create schema if not exists software_desk;
      create table if not exists software_desk.migrations (
        step integer primary key,
        applied_at timestamptz not null default now()
      );
      alter table software_desk.migrations add column needs_step integer not null default 0;
    `);
  const { rows } = await client.query<{ step: number; needs_step: number }>(
    'select step, needs_step from software_desk.migrations',
  );
  return new Map(rows.map((row) => [row.step, row.needs_step]));
}
