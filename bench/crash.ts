/**
 * Kills the product in the middle of orders, tickets and cancellations, at each step that the outside sees and at random
 * moments, and judges what has become of them: on the embedded database, and with three processes on a PostgreSQL server,
 * which is disturbed besides. That is one of its own for each history that is played at the same time (`own`), where Debian's
 * PostgreSQL is installed: such a server is crashed, and its disk is full, too. Else it is that of DATABASE_URL (`server`).
 * Prints what is broken with its seed, and ends with 1.
 *
 *   npm run bench:crash -- --kills 10000 --seed 1 --at-once 2 --open-cases 10000
 *   DATABASE_URL=… npm run bench:crash -- --kills 12 --on server
 */
import { parseArgs } from 'node:util';
import { openDatabase } from '../src/storage/database.ts';
import { type Figures, playCrashes, type Wanted } from '../test/crash/rounds.ts';
import { canStartCluster, startCluster } from '../test/support/cluster.ts';
import type { FreshDatabase } from '../test/support/databases.ts';
import { recordLog } from '../test/support/recorded-log.ts';
import { fillRecords } from './fill.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** So many histories are played at the same time. */
    'at-once': { type: 'string', default: '2' },
    /** Cases of others that are open besides. */
    'open-cases': { type: 'string', default: '0' },
    on: { type: 'string' },
  },
});
const openCases = Number(values['open-cases']);
const server = (await canStartCluster()) ? ['own'] : process.env.DATABASE_URL ? ['server'] : [];
const kinds = values.on?.split(',') ?? ['embedded', ...server];

async function fill(where: FreshDatabase): Promise<void> {
  const { pool, close } = await openDatabase(where, recordLog());
  const client = await pool.connect();
  try {
    await fillRecords(client, { cases: openCases, openCases, drafts: openCases });
  } finally {
    client.release();
    await close();
  }
}

function figuresOf(all: readonly number[]): string {
  const sorted = all.toSorted((one, other) => one - other);
  const at = (share: number) =>
    `${((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) / 1000).toFixed(2)} s`;
  return `${sorted.length} times, half within ${at(0.5)}, 99 of 100 within ${at(0.99)}, all within ${at(1)}`;
}

function tell(on: string, { kills, jobs, histories, disturbances, recoveriesMs, startsMs, broken }: Figures): void {
  console.info(`${on}: ${kills} kills in ${histories} histories with ${jobs} orders, tickets and cancellations`);
  for (const [what, times] of Map.groupBy(disturbances, (one) => one))
    console.info(`  ${String(times.length).padStart(4)} × ${what}`);
  console.info(`  gone on with: ${figuresOf(recoveriesMs)}`);
  console.info(`  started:      ${figuresOf(startsMs)}`);
  for (const { seed, invariant, sentence } of broken)
    console.info(`  BROKEN with --seed ${seed}: ${invariant}: ${sentence}`);
}

/** One history after the other, until there are enough kills. */
async function play(on: (typeof all)[number], lane: number, kills: number): Promise<Figures> {
  const cluster = on === 'own' ? await startCluster() : undefined;
  if (cluster && !cluster.disk) console.info('No file system can be mounted here: no disk is full.');
  const wanted: Wanted = {
    ...{ on: on === 'embedded' ? on : 'server', kills, seed: Number(values.seed) + lane * 100_000 },
    ...{ isDisturbed: on !== 'embedded', ...(openCases > 0 && { fill }), ...(cluster && { cluster }) },
  };
  try {
    return await playCrashes(wanted, (figures) =>
      console.info(`${on}, ${lane}: ${figures.kills} kills, ${figures.broken.length} broken`),
    );
  } finally {
    await cluster?.stop();
  }
}

const all = ['embedded', 'server', 'own'] as const;
let isBroken = false;
for (const on of all) {
  if (!kinds.includes(on)) continue;
  const begunAt = performance.now();
  const atOnce = Number(values['at-once']);
  const kills = Math.ceil(Number(values.kills) / atOnce);
  const lanes = Array.from({ length: atOnce }, (_, lane) => play(on, lane, kills));
  for (const figures of await Promise.all(lanes)) {
    tell(on, figures);
    isBroken ||= figures.broken.length > 0;
  }
  console.info(`  in ${Math.round((performance.now() - begunAt) / 1000)} s`);
}
process.exitCode = isBroken ? 1 : 0;
