/**
 * Does somebody who never finishes anything slow down others, or themselves? Fills a database on the server of DATABASE_URL
 * (with a role that may set `session_replication_role`) with open drafts of one person, all in one chat, and prints how long
 * what is typed there takes, and how long the health check does.
 *
 *   DATABASE_URL=… npm run bench:drafts -- --drafts 60000
 */
import { parseArgs } from 'node:util';
import { fillRecords } from './fill.ts';
import { onDatabase, withOwnDatabase } from './own-database.ts';
import { startDesk } from './processes.ts';
import { people, startTeams } from './teams.ts';

const { values } = parseArgs({
  options: { drafts: { type: 'string', default: '60000' }, times: { type: 'string', default: '20' } },
});
const server = process.env.DATABASE_URL;
if (!server) throw new Error('DATABASE_URL must name a PostgreSQL server on which a database can be made');
const drafts = Number(values.drafts);

async function time(what: string, act: () => Promise<unknown>): Promise<void> {
  const taken: number[] = [];
  while (taken.length < Number(values.times)) {
    const began = performance.now();
    await act();
    taken.push(performance.now() - began);
  }
  const [first = 0] = taken;
  const sorted = taken.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  console.log(`${what.padEnd(10)} median ${middle.toFixed(0)} ms, the first ${first.toFixed(0)} ms`);
}

const teams = await startTeams();
await withOwnDatabase(server, async (databaseUrl) => {
  // The bot itself makes the tables.
  await (await startDesk({ connectorUrl: teams.url, databaseUrl })).stop();
  await onDatabase(databaseUrl, async (client) => {
    await fillRecords(client, { cases: 100, openCases: 10, drafts });
    await client.query(
      `update software_desk.drafts set owner_id = $1, place_id = $2, is_over = false,
         changed_at = now() - random() * interval '5 days'`,
      [people[0], `a:29:${people[0]}`],
    );
  });
  const desk = await startDesk({ connectorUrl: teams.url, databaseUrl });
  const talk = teams.chat(desk.url, 0);
  await time('help', () => talk.says('help'));
  await time('drafts', () => talk.says('drafts'));
  await time('cancel', () => talk.says('cancel 4e1b7e113182'));
  await time('/readyz', async () => (await fetch(`${desk.url}/readyz`)).text());
  await desk.stop();
});
teams.close();
