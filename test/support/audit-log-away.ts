import pg from 'pg';
import { onServer } from './databases.ts';

/** Makes the audit log's chain unusable, and gives back what ends that. */
type Away = (databaseUrl: string) => Promise<() => Promise<unknown>>;

const chain = 'software_desk.audit_chain';

const between =
  (begin: string, end: string): Away =>
  async (databaseUrl) => {
    await onServer(databaseUrl, begin);
    return () => onServer(databaseUrl, end);
  };

const refusing = (code: string): Away =>
  between(
    `create function software_desk.refuse() returns trigger language plpgsql as
       $$ begin raise exception 'refused by a test' using errcode = '${code}'; end $$;
     create trigger refuse before insert on ${chain} for each row execute function software_desk.refuse()`,
    `drop trigger refuse on ${chain}; drop function software_desk.refuse()`,
  );

/** Somebody else holds it, for longer than the product waits. */
const locked: Away = async (databaseUrl) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`begin; lock table ${chain} in access exclusive mode`);
  return async () => {
    await client.query('rollback');
    await client.end();
  };
};

/** Every way in which a row of the audit log cannot be written, on a server. */
const ways = {
  gone: between(`alter table ${chain} rename to audit_chain_away`, `alter table ${chain}_away rename to audit_chain`),
  full: refusing('53100'),
  'read only': refusing('25006'),
  locked,
} as const satisfies Readonly<Record<string, Away>>;

/** Does it once in each of these ways. */
export async function whileAuditLogIsAway(databaseUrl: string, work: (way: string) => Promise<unknown>): Promise<void> {
  for (const [way, begin] of Object.entries(ways)) {
    const end = await begin(databaseUrl);
    try {
      await work(way);
    } finally {
      await end();
    }
  }
}
