import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { openEmbedded } from './embedded.ts';
import { reasonOf } from './log.ts';
import { readSteps } from './migrations.ts';
import { createPool, serverConfig } from './postgres.ts';
import { createVault, refreshTokensIn, type Vault } from './vault.ts';
import { jobsSchema } from './wake-ups.ts';

/** What the database says of itself, for whoever looks at how it is set up. */
export interface DatabaseFacts {
  readonly isServer: boolean;
  /** As `server_version_num` has it: 140012. */
  readonly version: number;
  readonly encoding: string;
  readonly isReadOnly: boolean;
  /** Its clock less ours, in milliseconds. */
  readonly clockMs: number;
  /** How long one statement takes there and back, the middle one of five. */
  readonly latencyMs: number;
  readonly freeConnections: number;
  /** The schema can be made, where there is none, and altered, where there is one. */
  readonly hasRights: boolean;
  /** The newest step of the schema that a program must know, and the newest that we know. */
  readonly neededStep: number;
  readonly knownStep: number;
  /** When the refresh token was stored last. */
  readonly refreshTokenAt?: Date;
  /** We have registered for Partner Center's events before. */
  readonly hasRegistered: boolean;
  /** Where Teams wants to be written to, as it said in the newest places. */
  readonly serviceUrls: readonly string[];
}

/** `in-use`: the folder of the embedded database, by a bot. `absent`: it will be made at the first start. */
export type Examined =
  | {
      readonly kind: 'open';
      readonly facts: DatabaseFacts;
      readonly refreshTokens: Pick<ReturnType<typeof refreshTokensIn>, 'load'>;
      close(): Promise<void>;
    }
  | { readonly kind: 'unusable'; readonly isServer: boolean; readonly code?: string; readonly reason: string }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'absent' };

interface Where {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly vaultKeys?: readonly string[];
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const timeoutMs = 5_000;
const places = 200;

/** Opens the database, makes nothing and changes nothing in it. Whoever gets it `open` closes it. */
export async function examineDatabase({ databaseUrl, dataDir, vaultKeys = [] }: Where): Promise<Examined> {
  if (!databaseUrl && !existsSync(join(dataDir, 'postgres'))) return { kind: 'absent' };
  let close: (() => Promise<void>) | undefined;
  try {
    const opened = databaseUrl ? openServer(databaseUrl) : await openFolder(dataDir);
    close = opened.close;
    const facts = await readDatabaseFacts(opened.pool, databaseUrl !== undefined);
    const vault = createVault(opened.pool, vaultKeys, { isReadOnly: true });
    return { kind: 'open', facts, refreshTokens: refreshTokensIn(vault), close };
  } catch (error) {
    await close?.();
    if (error instanceof Error && error.name === 'DataDirInUse') return { kind: 'in-use' };
    return unusable(error, databaseUrl !== undefined);
  }
}

function openServer(databaseUrl: string) {
  const config = {
    ...serverConfig(databaseUrl, 0),
    max: 1,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  };
  const pool = createPool(config, silent);
  return { pool, close: () => pool.end() };
}

async function openFolder(dataDir: string) {
  const { pool, close } = await openEmbedded(dataDir, { log: silent, onLost: () => undefined });
  return { pool, close: () => pool.end().then(close) };
}

/** Node gives an empty message when every address of a host refused. */
function whyOf(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(reasonOf).join('; ') : reasonOf(error);
}

interface AboutServer {
  readonly version: number;
  readonly encoding: string;
  readonly read_only: boolean;
  readonly now_ms: number;
  readonly free: number;
  readonly has_rights: boolean;
  readonly has_schema: boolean;
}

/** Tables that only their owner may alter, and schemas in which only those with the right may make some. */
const aboutServer = `
  select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
    pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only,
    extract(epoch from clock_timestamp())::float8 * 1000 as now_ms,
    current_setting('max_connections')::int - (select count(*)::int from pg_stat_activity) as free,
    to_regclass('software_desk.migrations') is not null as has_schema,
    (has_database_privilege(current_database(), 'CREATE')
      or (select count(*) = 2 from pg_namespace where nspname in ('software_desk', '${jobsSchema}')))
    and not exists (
      select from pg_namespace where nspname in ('software_desk', '${jobsSchema}')
        and not (has_schema_privilege(oid, 'USAGE') and has_schema_privilege(oid, 'CREATE')))
    and not exists (
      select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname in ('software_desk', '${jobsSchema}') and relkind in ('r', 'p')
        and not pg_has_role(relowner, 'USAGE')) as has_rights`;

interface AboutRecords {
  readonly needed: number;
  readonly refresh_token_at: Date | null;
  readonly has_registered: boolean;
  readonly service_urls: (string | null)[] | null;
}

const aboutRecords = `
  select (select coalesce(max(needs_step), 0)::int from software_desk.migrations) as needed,
    (select max(changed_at) from software_desk.secrets where name like 'refresh-token %') as refresh_token_at,
    exists (select from software_desk.secrets where name = 'webhook-url') as has_registered,
    (select array_agg(distinct found.value::json -> 'value' ->> 'serviceUrl') from (
      select value from software_desk.kept where starts_with(key, 'places:') limit ${places}) as found) as service_urls`;

/** The same of one that is open, whose owner closes it. */
export async function examineOpen(pool: Pool, isServer: boolean, vault: Vault): Promise<Examined> {
  try {
    return {
      kind: 'open',
      facts: await readDatabaseFacts(pool, isServer),
      refreshTokens: refreshTokensIn(vault),
      close: async () => undefined,
    };
  } catch (error) {
    return unusable(error, isServer);
  }
}

function unusable(error: unknown, isServer: boolean): Examined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
  return { kind: 'unusable', isServer, reason: whyOf(error), ...(code && { code }) };
}

export async function readDatabaseFacts(pool: Pool, isServer: boolean): Promise<DatabaseFacts> {
  const took: number[] = [];
  await pool.query('select');
  for (let count = 0; count < 5; count += 1) {
    const startedAt = performance.now();
    await pool.query('select');
    took.push(performance.now() - startedAt);
  }
  const askedAt = Date.now();
  const { rows } = await pool.query<AboutServer>(aboutServer);
  const answeredAt = Date.now();
  const [server] = rows;
  if (!server) throw new Error('the database did not answer');
  const records = server.has_schema && server.has_rights ? await readRecords(pool) : undefined;
  return {
    isServer,
    version: server.version,
    encoding: server.encoding,
    isReadOnly: server.read_only,
    clockMs: server.now_ms - (askedAt + answeredAt) / 2,
    latencyMs: took.sort((a, b) => a - b)[2] ?? 0,
    freeConnections: server.free,
    hasRights: server.has_rights,
    neededStep: records?.needed ?? 0,
    knownStep: Math.max(...readSteps().map(({ number }) => number)),
    ...(records?.refresh_token_at && { refreshTokenAt: records.refresh_token_at }),
    hasRegistered: records?.has_registered ?? false,
    serviceUrls: (records?.service_urls ?? []).filter((url) => url !== null),
  };
}

/** Of a schema that is not whole yet there is nothing to tell. */
async function readRecords(pool: Pool): Promise<AboutRecords | undefined> {
  const { rows: tables } = await pool.query<{ all_there: boolean }>(
    `select to_regclass('software_desk.secrets') is not null and to_regclass('software_desk.kept') is not null
       and exists (select from information_schema.columns
         where table_schema = 'software_desk' and table_name = 'migrations' and column_name = 'needs_step') as all_there`,
  );
  if (!tables[0]?.all_there) return undefined;
  return (await pool.query<AboutRecords>(aboutRecords)).rows[0];
}
