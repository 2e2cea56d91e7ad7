import type { Pool } from 'pg';

/** The columns with the name of whoever did something, each with an index. Leaks are few: all of theirs are read. */
const columns: readonly (readonly [table: string, column: string])[] = [
  ['order_submissions', 'person_name'],
  ['key_reveals', 'person_name'],
  ['case_events', 'person_name'],
  ['agreement_confirmations', 'person_name'],
  ['audit_exports', 'person_name'],
  ['reminder_decisions', 'person_name'],
  ['outside_looks', 'who'],
  ['audit_decisions', 'person_name'],
];

/** As `fold` does it, so that `lukasz` is Łukasz: without letter case and accents. The encoding is UTF8 (`examine.ts`). */
const foldSql = (text: string): string =>
  `lower(regexp_replace(normalize(translate(${text}, 'Łł', 'll'), NFD), '[\\u0300-\\u036f]', '', 'g'))`;

/** From each name to the one after it by the index: as many steps as there are names, however many rows they have. */
const namesOf = ([table, column]: readonly [string, string]): string => `
  (with recursive names (name) as (
    (select min(${column}) from software_desk.${table})
    union all
    select (select min(${column}) from software_desk.${table} where ${column} > names.name) from names
    where names.name is not null
  ) select name from names)`;

const everyName = `
  select name from (
    ${columns.map(namesOf).join(' union ')}
    union select reporter_name from software_desk.leaks
    union select lifter_name from software_desk.leaks
  ) as names
  where strpos(${foldSql('name')}, ${foldSql('$1::text')}) > 0`;

/** The names in the audit log that have this text in them, without letter case and accents, as they are written there. */
export async function namesWith(pool: Pool, text: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(everyName, [text]);
  return rows.map(({ name }) => name);
}
