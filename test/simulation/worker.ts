import { parentPort, workerData } from 'node:worker_threads';
import { plant } from './mutants/plant.ts';
import type { Aim } from './plan.ts';

const { mutant } = workerData as { readonly mutant?: string };
if (mutant !== undefined) plant(mutant);
const [{ judge }, { simulate }] = await Promise.all([import('../histories/checker.ts'), import('./simulate.ts')]);

/** What the threads are asked, and what they answer. */
export interface Task {
  readonly seed: number;
  readonly steps: number;
  /** Whatever the seed's own is. */
  readonly aim?: Aim;
}

export interface Result {
  readonly seed: number;
  readonly steps: number;
  readonly events: number;
  readonly hash: string;
  readonly broken: readonly { readonly invariant: string; readonly sentence: string }[];
}

/** A process may be dead or stand still when a key is to be hidden, and Teams may refuse for a while. */
const keyGraceMs = 20 * 60_000;

let seed = 0;

// A promise that nobody looks at when it fails would end the product.
process.on('unhandledRejection', (error) => {
  parentPort?.postMessage({
    ...{ seed, steps: 0, events: 0, hash: '' },
    broken: [{ invariant: 'no failure is left alone', sentence: error instanceof Error ? error.stack : String(error) }],
  });
  process.exit();
});

parentPort?.on('message', async (task: Task) => {
  seed = task.seed;
  const { history, hash, steps, isCalm } = await simulate(task.seed, task.steps, task.aim);
  const broken = judge(history, { isAllOver: true, ...(!isCalm && { keyGraceMs, arePressesEnough: true }) }).map(
    ({ invariant, sentence }) => ({ invariant, sentence }),
  );
  parentPort?.postMessage({ seed, steps, events: history.length, hash, broken } satisfies Result);
});
