/**
 * Does a turn cost the same in a small and in a big place? Fills a database on the server of DATABASE_URL (with a role
 * that may set `session_replication_role`) and Partner Center's simulator, and prints what the bot does there beside what
 * it does where there is nothing.
 *
 *   DATABASE_URL=… npm run bench:scale -- --cases 10000 --open-cases 1000 --drafts 10000 --customers 500 --skus 1000
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fillRecords, type Sizes } from './fill.ts';
import { type Measured, measure } from './measure.ts';
import { onDatabase, withOwnDatabase } from './own-database.ts';
import { type BotProcess, startDesk } from './processes.ts';
import { type Scenario, says, scenarios } from './scenarios.ts';
import { people, startTeams, type Teams } from './teams.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    'open-cases': { type: 'string', default: '100000' },
    drafts: { type: 'string', default: '1000000' },
    customers: { type: 'string', default: '50000' },
    skus: { type: 'string', default: '100000' },
    /** For each turn that is measured, twice. */
    seconds: { type: 'string', default: '4' },
    /** How long the bot is left alone while it looks at the open cases. */
    idle: { type: 'string', default: '60' },
    'track-seconds': { type: 'string', default: '10' },
  },
});
const server = process.env.DATABASE_URL;
if (!server) throw new Error('DATABASE_URL must name a PostgreSQL server on which a database can be made');

const sizes: Sizes = {
  cases: Number(values.cases),
  openCases: Number(values['open-cases']),
  drafts: Number(values.drafts),
};
const big = { customers: Number(values.customers), skus: Number(values.skus) };
const load = { seconds: Number(values.seconds), atOnce: 8, openPerSecond: 100 };
const env = { TRACK_SECONDS: values['track-seconds'] };

interface Result {
  readonly turns: ReadonlyMap<string, Measured>;
  /** The first one also reads the audit records of the last months. */
  readonly firstSweepMs: number;
  readonly longestSweepMs: number;
  readonly callsAMinute: number;
  readonly rssMb: number;
}

const half = people.length / 2;

/** Somebody of one half of the people begins to cancel an order in a new thread; each time another order, or somebody else. */
function cancelFirstCard(orders: readonly string[]): Scenario {
  const wanted = new Map<object, string>();
  return {
    name: 'cancel, the first card',
    canRepeat: false,
    async prepare(teams, botUrl, number) {
      const talk = teams.thread(botUrl, number % half);
      wanted.set(talk, orders[Math.floor(number / half) % orders.length] ?? '');
      await talk.says('help');
      return talk;
    },
    turn: (talk) => talk.says(`cancel ${wanted.get(talk)}`),
  };
}

/** Somebody of the other half answers a question, and goes back to it. */
function answeredQuestion(orders: readonly string[]): Scenario {
  const answered = new Set<object>();
  return {
    name: 'an answered question',
    canRepeat: true,
    async prepare(teams, botUrl, number) {
      const talk = teams.thread(botUrl, half + (number % (half - 1)));
      await talk.says(`cancel ${orders[Math.floor(number / (half - 1)) % orders.length]}`);
      return talk;
    },
    turn(talk) {
      const isAnswered = answered.delete(talk);
      if (!isAnswered) answered.add(talk);
      return talk.presses(isAnswered ? 'Back' : 'Step by step');
    },
  };
}

const help = scenarios.filter(({ name }) => name === 'help');

const cases = says('cases', 'cases');

/** What a simulator has sold, as far as it can still be cancelled; the same in a small and in a big one. */
async function ordersToCancel(teams: Teams, desk: BotProcess): Promise<string[]> {
  const response = await fetch(`${desk.partnerCenterUrl}/__simulator/state`);
  const { orders } = (await response.json()) as { orders: { alternateId: string; status: string }[] };
  const found: string[] = [];
  for (const { alternateId, status } of orders) {
    if (status !== 'completed' || found.length >= 20) continue;
    const talk = teams.thread(desk.url, people.length - 1);
    await talk.says(`cancel ${alternateId}`);
    const isOffered = await talk.presses('Step by step').then(
      () => true,
      () => false,
    );
    if (isOffered) found.push(alternateId);
  }
  return found;
}

/** The first sweep is under way as soon as the bot answers; where a process before has died, some seconds later. */
async function untilSwept(databaseUrl: string): Promise<void> {
  await onDatabase(databaseUrl, async (client) => {
    const sweeps = `select from software_desk_jobs.job where name = 'sweep' and state = 'completed'`;
    while ((await client.query(sweeps)).rowCount === 0) await pause(200);
  });
}

async function measureDesk(desk: BotProcess, databaseUrl: string, teams: Teams): Promise<Result> {
  await untilSwept(databaseUrl);
  const calls = async () => (await desk.counts()).requests[desk.partnerCenterUrl] ?? 0;
  const idleSeconds = Number(values.idle);
  const before = await calls();
  await pause(idleSeconds * 1000);
  const callsAMinute = (((await calls()) - before) / idleSeconds) * 60;
  const { rssMb } = await desk.counts();
  const sweeps = await onDatabase(databaseUrl, (client) =>
    client.query<{ ms: number }>(
      `select (extract(epoch from completed_on - started_on) * 1000)::float8 as ms
       from software_desk_jobs.job where name = 'sweep' and completed_on is not null order by started_on`,
    ),
  );
  const [firstSweepMs = Number.NaN, ...others] = sweeps.rows.map(({ ms }) => ms);
  const turns = new Map<string, Measured>();
  const orders = await ordersToCancel(teams, desk);
  for (const scenario of [...help, cases, cancelFirstCard(orders), answeredQuestion(orders)])
    turns.set(scenario.name, await measure(scenario, teams, desk, load));
  return { turns, firstSweepMs, longestSweepMs: Math.max(...others), callsAMinute, rssMb };
}

async function run(teams: Teams, databaseUrl: string, isBig: boolean): Promise<Result> {
  const options = { connectorUrl: teams.url, databaseUrl, env, ...(isBig && big) };
  const tell = (what: string, began: number) =>
    process.stderr.write(`${what} in ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  if (isBig) {
    // The bot itself makes the tables.
    const desk = await startDesk({ connectorUrl: teams.url, databaseUrl });
    await untilSwept(databaseUrl);
    await desk.stop();
    await onDatabase(databaseUrl, (client) => client.query(`delete from software_desk_jobs.job where name = 'sweep'`));
    const began = performance.now();
    await onDatabase(databaseUrl, (client) => fillRecords(client, sizes));
    tell('filled', began);
  }
  let began = performance.now();
  const desk = await startDesk(options);
  tell('started', began);
  began = performance.now();
  try {
    return await measureDesk(desk, databaseUrl, teams);
  } finally {
    tell('measured', began);
    await desk.stop();
  }
}

const teams = await startTeams();
const empty = await withOwnDatabase(server, (databaseUrl) => run(teams, databaseUrl, false));
const full = await withOwnDatabase(server, (databaseUrl) => run(teams, databaseUrl, true));
teams.close();

const lines: [string, number, number][] = [
  ['first sweep, ms', empty.firstSweepMs, full.firstSweepMs],
  ['longest sweep after it, ms', empty.longestSweepMs, full.longestSweepMs],
  ['Partner Center calls a minute, idle', empty.callsAMinute, full.callsAMinute],
  ['memory, MB', empty.rssMb, full.rssMb],
];
for (const [name, large] of full.turns) {
  const small = empty.turns.get(name);
  if (!small) continue;
  lines.push(
    [`${name}: p50, ms`, small.openP50, large.openP50],
    [`${name}: p99, ms`, small.openP99, large.openP99],
    [`${name}: CPU, ms`, small.cpuMs, large.cpuMs],
    [`${name}: SQL round trips`, small.roundTrips, large.roundTrips],
    [`${name}: Partner Center calls`, small.partnerCenterCalls, large.partnerCenterCalls],
  );
}
console.log(`${''.padEnd(44)}${'empty'.padStart(12)}${'full'.padStart(12)}`);
for (const [what, small, large] of lines)
  console.log(`${what.padEnd(44)}${small.toFixed(1).padStart(12)}${large.toFixed(1).padStart(12)}`);
console.log(JSON.stringify({ sizes, ...big, load, lines }));
