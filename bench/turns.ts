/**
 * What does a turn cost, beside that of a bare echo bot on this machine under the same load? `npm run bench` measures the
 * bot on the embedded database and, where DATABASE_URL names a server, on PostgreSQL (in a database of its own, which is
 * dropped again). Each bot, Partner Center's simulator and the load run in processes of their own.
 *
 *   npm run bench -- --only help --seconds 5
 *   npm run bench -- --profile profiles   (a processor profile of the bot for each database, to be opened in Chromium)
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Load, type Measured, measure } from './measure.ts';
import { withOwnDatabase } from './own-database.ts';
import { type BotProcess, startDesk, startEcho } from './processes.ts';
import { echo, type Scenario, scenarios } from './scenarios.ts';
import { startTeams, type Teams } from './teams.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    seconds: { type: 'string', default: '10' },
    'at-once': { type: 'string', default: '8' },
    rate: { type: 'string', default: '100' },
    database: { type: 'string' },
    profile: { type: 'string' },
  },
});
const load: Load = {
  seconds: Number(values.seconds),
  atOnce: Number(values['at-once']),
  openPerSecond: Number(values.rate),
};
const chosen = scenarios.filter(({ name }) => !values.only || values.only.includes(name));
if (chosen.length === 0) throw new Error(`--only takes ${scenarios.map(({ name }) => name).join(', ')}`);

interface Row extends Measured {
  readonly scenario: string;
  readonly database: string;
  /** As many times the echo bot's turns in a second. */
  readonly ratio: number;
}

async function measureAll(bot: BotProcess, teams: Teams, all: readonly Scenario[]): Promise<Map<string, Measured>> {
  const results = new Map<string, Measured>();
  try {
    for (const scenario of all) {
      results.set(scenario.name, await measure(scenario, teams, bot, load));
      process.stderr.write('.');
    }
  } finally {
    await bot.stop();
  }
  return results;
}

const columns: readonly [string, (row: Row) => string][] = [
  ['turn', (row) => row.scenario],
  ['database', (row) => row.database],
  ['turns/s', (row) => row.turnsPerSecond.toFixed(0)],
  ['× echo', (row) => row.ratio.toFixed(2)],
  ['p50 ms', (row) => row.p50.toFixed(1)],
  ['p99 ms', (row) => row.p99.toFixed(1)],
  ['at turns/s', (row) => row.openPerSecond.toFixed(0)],
  ['p50 ms', (row) => row.openP50.toFixed(1)],
  ['p99 ms', (row) => row.openP99.toFixed(1)],
  ['p99.9 ms', (row) => row.p999.toFixed(0)],
  ['slowest', (row) => row.slowest.toFixed(0)],
  ['of', (row) => row.turns.toFixed(0)],
  ['CPU ms', (row) => row.cpuMs.toFixed(2)],
  ['SQL trips', (row) => row.roundTrips.toFixed(1)],
  ['statements', (row) => row.statements.toFixed(1)],
  ['PC calls', (row) => row.partnerCenterCalls.toFixed(1)],
  ['MB', (row) => row.rssMb.toFixed(0)],
];

function print(rows: readonly Row[]): void {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  for (const line of cells)
    console.log(
      line
        .map((cell, index) => (index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
        .join('  '),
    );
}

const teams = await startTeams();
const rows: Row[] = [];
console.log(`${load.seconds} s each, ${load.atOnce} conversations at once, then ${load.openPerSecond} turns a second`);
const base = (await measureAll(await startEcho(), teams, [echo])).get(echo.name);
if (!base) throw new Error('the echo bot was not measured');
const add = (database: string, results: Map<string, Measured>) => {
  for (const [scenario, measured] of results)
    rows.push({ scenario, database, ...measured, ratio: measured.turnsPerSecond / base.turnsPerSecond });
};
add('none', new Map([[echo.name, base]]));

const desk = { connectorUrl: teams.url, profileFolder: values.profile && resolve(values.profile) };
if (values.database !== 'postgresql') add('embedded', await measureAll(await startDesk(desk), teams, chosen));
const server = process.env.DATABASE_URL;
if (server && values.database !== 'embedded')
  await withOwnDatabase(server, async (databaseUrl) => {
    add('PostgreSQL', await measureAll(await startDesk({ ...desk, databaseUrl }), teams, chosen));
  });
teams.close();

process.stderr.write('\n');
print(rows);
console.log(JSON.stringify({ load, rows }));
