/**
 * Is everything done once, and always finished? Several people buy, look at keys and cancel over several threads at the same
 * time; each of their activities reaches the bot up to four times, with the same and with new ids, in any order, on any
 * process. What people sent, what Partner Center and Teams took, what was shown and what the database has is judged
 * (docs/reliability.md, "How it is proven: histories"). Ends with status 1 where something is broken.
 *
 *   npm run bench:histories -- --submissions 100000 --processes 2 --shares 2
 *   npm run bench:histories -- --seed 4711 --submissions 1        (one that was printed, once more)
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figures, runHistories } from '../test/histories/run.ts';
import { resultMark, runShares } from './shares.ts';

const { values } = parseArgs({
  options: {
    submissions: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    processes: { type: 'string' },
    /** As processes of their own: then it counts how long an answer takes. */
    children: { type: 'boolean', default: false },
    faults: { type: 'boolean', default: false },
    'at-once': { type: 'string', default: '4' },
    /** While some of them come to rest, the others are busy. */
    products: { type: 'string', default: '6' },
    /** So many processes of the bench itself, each with its part of the submissions: one for each core. */
    shares: { type: 'string', default: '1' },
    /** It is one of those. */
    share: { type: 'boolean', default: false },
    /** After so many minutes nothing new is begun. */
    minutes: { type: 'string' },
  },
});

const isOnServer = Boolean(process.env.DATABASE_URL);
const processes = Number(values.processes ?? (isOnServer ? 2 : 1));
if (processes > 1 && !isOnServer) throw new Error('two processes need a PostgreSQL: set DATABASE_URL');

console.log(
  `seed ${values.seed}, ${processes} process${processes === 1 ? '' : 'es'} on ${isOnServer ? 'PostgreSQL' : 'the embedded database'}`,
);
const percentile = ({ slowest, deliveries }: Figures, part: number): string =>
  `${Math.round(slowest[Math.floor(deliveries * (1 - part))] ?? 0)} ms`;

/** Where all of it shares one process, people wait for each other. */
const patientMs = 15_000;

/** Seeds of one share never reach those of the next. */
const seedsOfShare = 1_000_000;
const shares = Number(values.shares);

let printed = 0;
const figures = shares > 1 ? await inShares() : await playHere();

/** Each with seeds of its own, and its part of the submissions. */
async function inShares(): Promise<Figures> {
  const rest = process.argv.slice(2);
  const all = await runShares(
    fileURLToPath(import.meta.url),
    Array.from({ length: shares }, (_, number) => [
      ...rest,
      ...['--shares', '1', '--share', '--seed', String(Number(values.seed) + number * seedsOfShare)],
      ...['--submissions', String(Math.ceil(Number(values.submissions) / shares))],
    ]),
  );
  const told = all.map(({ result, status }): Figures => {
    if (result === undefined) throw new Error(`a share ended with the status ${status}`);
    return JSON.parse(result);
  });
  const sum = (of: (one: Figures) => number): number => told.reduce((total, one) => total + of(one), 0);
  return {
    ...{ plans: sum((one) => one.plans), submissions: sum((one) => one.submissions) },
    ...{ deliveries: sum((one) => one.deliveries), faults: sum((one) => one.faults) },
    seconds: Math.max(...told.map(({ seconds }) => seconds)),
    slowest: told.flatMap(({ slowest }) => slowest).toSorted((one, other) => other - one),
    stopped: told.flatMap(({ stopped }) => stopped),
    broken: told.flatMap(({ broken }) => broken),
    kept: told.flatMap(({ kept }) => kept),
  };
}

function playHere(): Promise<Figures> {
  return runHistories({
    seed: Number(values.seed),
    submissions: Number(values.submissions),
    processes,
    asChildren: values.children,
    ...(!values.children && { answerMs: patientMs }),
    isFaulty: values.faults,
    atOnce: Number(values['at-once']),
    products: Number(values.products),
    ...(values.minutes !== undefined && { seconds: Number(values.minutes) * 60 }),
    onProgress(so) {
      const { submissions, plans, deliveries, seconds, broken } = so;
      for (const { seed, invariant, sentence } of broken.slice(printed)) {
        console.log(`BROKEN (seed ${seed ?? 'unknown'}): ${invariant}: ${sentence}`);
        printed += 1;
      }
      console.log(
        `${submissions} submissions of ${plans} plans, ${deliveries} deliveries in ${Math.round(seconds)} s, ${broken.length} broken`,
      );
    },
  });
}

const { submissions, deliveries, faults, seconds, stopped, broken, kept } = figures;
console.log({
  submissions,
  deliveries,
  faults,
  submissionsPerSecond: Number((submissions / seconds).toFixed(1)),
  turnsPerSecond: Number((deliveries / seconds).toFixed(1)),
  plans: figures.plans,
  p99: percentile(figures, 0.99),
  p999: percentile(figures, 0.999),
  slowest: percentile(figures, 1),
  conversationsThatStopped: stopped.length,
  broken: broken.length,
});
if (values.share) console.log(resultMark + JSON.stringify(figures));
for (const { seed, why } of values.share ? [] : stopped) console.log(`stopped (seed ${seed}): ${why.slice(0, 300)}`);
for (const file of kept) console.log(`kept: ${file}`);
process.exitCode = broken.length > 0 ? 1 : 0;
