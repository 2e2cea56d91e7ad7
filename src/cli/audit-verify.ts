import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSecretFiles } from '../config/secret-files.ts';
import { openToRead } from '../storage/database.ts';
import { type AuditAnchor, type AuditProblem, type AuditVerified, verifyAudit } from '../storage/verify-audit.ts';

/** What the operator has to mend; the message is all there is to say. */
export class AuditVerifyError extends Error {}

const meanings: Readonly<Record<AuditProblem['what'], string>> = {
  'missing-in-chain': 'taken out of the chain',
  'changed-in-chain': 'changed in the chain, or put elsewhere',
  'end-cut-off': 'cut off from the end of the chain',
  'anchor-differs': 'the chain has no row with this number and this hash',
  'anchor-pruned': 'it was pruned since: take an anchor that is not older than what is kept',
  'record-changed': 'the record was changed past the chain',
  'record-removed': 'the record was removed',
  'record-not-in-chain': 'the record was added past the chain',
};

/** What is printed: the outcome, then a line for each problem. */
export function describeVerified({ rows, head, pruned, problems, problemCount }: AuditVerified): string {
  const since = pruned ? `, behind the pruned row ${pruned.id}:${pruned.hash}` : '';
  const where = `${rows} rows${since}, the last one ${head.id}:${head.hash}`;
  if (problemCount === 0) return `The audit log is as it was written: ${where}.\n`;
  const lines = problems.map((problem) => `${problem.where}: ${meanings[problem.what]}`);
  const more = problemCount > problems.length ? [`… and ${problemCount - problems.length} more`] : [];
  return `THE AUDIT LOG IS NOT AS IT WAS WRITTEN (${where}):\n${[...lines, ...more].join('\n')}\n`;
}

/** `1234:9f86d0…`, as this command and the log of the bot print it. Throws `AuditVerifyError`. */
export function readAnchor(text: string): AuditAnchor {
  const [, id, hash = ''] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  if (id === undefined)
    throw new AuditVerifyError(
      'An anchor is the number of a row and its hash, as the log of the bot tells: 1234:9f86d0…',
    );
  return { id: Number(id), hash };
}

/** Reads the database of `variables`, and changes nothing in it. */
export async function verifyAuditOf(
  variables: Readonly<Record<string, string | undefined>>,
  anchor?: AuditAnchor,
): Promise<AuditVerified> {
  const { variables: known, problems } = readSecretFiles(variables, (path) => readFileSync(path, 'utf8'));
  if (problems.length > 0) throw new AuditVerifyError(problems.join('\n'));
  const databaseUrl = known.DATABASE_URL?.trim();
  const dataDir = known.DATA_DIR?.trim() || './data';
  if (!databaseUrl && !existsSync(join(dataDir, 'postgres')))
    throw new AuditVerifyError(`There is no database in ${resolve(dataDir)}: is DATA_DIR the one that the bot uses?`);
  const print = (facts: object, text: string) => void process.stderr.write(`${text} ${JSON.stringify(facts)}\n`);
  const log = { debug: () => undefined, info: () => undefined, warn: print, error: print };
  const database = await openToRead({ dataDir, ...(databaseUrl && { databaseUrl }) }, log);
  try {
    const { rows } = await database.pool.query(
      `select from pg_class where oid = to_regclass('software_desk.audit_chain')`,
    );
    if (rows.length === 0)
      throw new AuditVerifyError('The database is of a version without the chain. Start the bot once, then try again.');
    return await verifyAudit(database.pool, anchor);
  } finally {
    await database.close();
  }
}

async function main(): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const { values } = parseArgs({ options: { anchor: { type: 'string' } } });
    const verified = await verifyAuditOf(
      process.env,
      values.anchor === undefined ? undefined : readAnchor(values.anchor),
    );
    process.stdout.write(describeVerified(verified));
    if (verified.problemCount > 0) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main();
