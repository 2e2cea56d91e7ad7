/**
 * Kills the product in the middle of orders, tickets and cancellations, at each step that the outside sees and at random
 * moments, and judges what has become of them: on the embedded database and, where DATABASE_URL names a PostgreSQL server,
 * with three processes on that, which is disturbed besides. Prints what is broken with its seed, and ends with 1.
 *
 *   DATABASE_URL=… npm run bench:crash -- --kills 10000 --seed 1 --at-once 2 --open-cases 10000
 */
import { parseArgs } from 'node:util';
import { openDatabase } from '../src/storage/database.ts';
import { type Figures, playCrashes, type Wanted } from '../test/crash/rounds.ts';
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
    on: { type: 'string', default: process.env.DATABASE_URL ? 'embedded,server' : 'embedded' },
  },
});
const openCases = Number(values['open-cases']);

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
  if (disturbances.length > 0) console.info(`  the server was disturbed ${disturbances.length} times`);
  console.info(`  gone on with: ${figuresOf(recoveriesMs)}`);
  console.info(`  started:      ${figuresOf(startsMs)}`);
  for (const { seed, invariant, sentence } of broken)
    console.info(`  BROKEN with --seed ${seed}: ${invariant}: ${sentence}`);
}

let isBroken = false;
for (const on of ['embedded', 'server'] as const) {
  if (!values.on.split(',').includes(on)) continue;
  const atOnce = Number(values['at-once']);
  const lanes = Array.from({ length: atOnce }, (_, lane) => {
    const wanted: Wanted = {
      ...{ on, kills: Math.ceil(Number(values.kills) / atOnce), seed: Number(values.seed) + lane * 100_000 },
      ...{ isDisturbed: on === 'server', ...(openCases > 0 && { fill }) },
    };
    return playCrashes(wanted, (figures) => {
      if (process.stdout.isTTY) console.info(`${on}, ${lane}: ${figures.kills} kills, ${figures.broken.length} broken`);
    });
  });
  for (const figures of await Promise.all(lanes)) {
    tell(on, figures);
    isBroken ||= figures.broken.length > 0;
  }
}
console.info('A full disk is not among it: that needs a file system of its own.');
process.exitCode = isBroken ? 1 : 0;
