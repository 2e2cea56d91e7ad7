import { parseArgs } from 'node:util';
import { mutants } from './mutants/mutants.ts';
import { aims } from './plan.ts';
import type { Result } from './worker.ts';
import { simulateAll } from './workers.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    steps: { type: 'string', default: '10000' },
    workers: { type: 'string', default: '2' },
    first: { type: 'string', default: '1' },
    seed: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    /** Only those whose names this expression finds. */
    named: { type: 'string', default: '' },
    /** Of all seeds, whatever theirs is. */
    aim: { type: 'string' },
  },
});

const aim = aims.find((one) => one === values.aim);
if (values.aim !== undefined && aim === undefined) throw new Error(`an aim is one of: ${aims.join(', ')}`);
const steps = Number(values.steps);
const first = Number(values.seed ?? values.first);
const count = values.seed === undefined ? Number(values.seeds) : 1;
const begunAt = performance.now();

function report({ seed, broken }: Result): void {
  for (const { invariant, sentence } of broken) console.log(`seed ${seed}: ${invariant}: ${sentence}`);
}

if (values.mutants) await findMutants();
else await play();

async function play(): Promise<void> {
  const tasks = Array.from({ length: count }, (_, index) => ({ seed: first + index, steps, aim }));
  const results = await simulateAll(tasks, { workers: Number(values.workers), onResult: report });
  const failed = results.filter(({ broken }) => broken.length > 0).map(({ seed }) => seed);
  const taken = results.reduce((sum, result) => sum + result.steps, 0);
  const seconds = (performance.now() - begunAt) / 1_000;
  console.log(
    `${results.length} seeds, ${taken} steps in ${seconds.toFixed(1)} s (${Math.round(taken / seconds)} a second)`,
  );
  if (count === 1) console.log(`history ${results[0]?.hash}, ${results[0]?.events} events`);
  console.log(failed.length === 0 ? 'nothing is broken' : `broken: seeds ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/** Each planted fault must be found by one of the seeds. */
async function findMutants(): Promise<void> {
  const chosen = mutants.filter(({ name }) => new RegExp(values.named).test(name));
  let left = 0;
  for (const { name, aim: itsAim } of chosen) {
    let found: Result | undefined;
    const tasks = Array.from({ length: count }, (_, index) => ({ seed: first + index, steps, aim: aim ?? itsAim }));
    await simulateAll(tasks, {
      ...{ workers: Number(values.workers), mutant: name, isEnough: () => found !== undefined },
      onResult(result) {
        if (result.broken.length > 0) found ??= result;
      },
    });
    if (!found) left += 1;
    console.log(found ? `seed ${found.seed} finds "${name}": ${found.broken[0]?.sentence}` : `NOT FOUND: "${name}"`);
  }
  console.log(`${chosen.length - left} of ${chosen.length} planted faults are found`);
  process.exitCode = left === 0 ? 0 : 1;
}
