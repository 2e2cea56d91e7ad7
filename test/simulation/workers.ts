import { Worker } from 'node:worker_threads';
import type { Result, Task } from './worker.ts';

interface Options {
  readonly workers: number;
  /** Named in `mutants/mutants.ts`: a fault that is planted into the product in these threads. */
  readonly mutant?: string;
  /** No further seed is begun once this says so. */
  readonly isEnough?: () => boolean;
  readonly onResult?: (result: Result) => void;
}

/** Simulates these seeds in threads of their own: what is simulated there replaces time and chance for the whole thread. */
export async function simulateAll(tasks: readonly Task[], options: Options): Promise<Result[]> {
  const { workers, mutant, isEnough = () => false, onResult } = options;
  const waiting = [...tasks];
  const results: Result[] = [];
  const one = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let task = waiting.shift(); task && !isEnough(); task = waiting.shift()) {
      worker ??= new Worker(new URL('worker.ts', import.meta.url), { workerData: { mutant } });
      const result = await ask(worker, task);
      // A thread that has failed is at an end.
      if (result.hash === '') worker = undefined;
      results.push(result);
      onResult?.(result);
    }
    await worker?.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(workers, tasks.length) }, one));
  return results.toSorted((a, b) => a.seed - b.seed);
}

function ask(worker: Worker, task: Task): Promise<Result> {
  return new Promise((resolve, reject) => {
    worker.once('message', (result: Result) => {
      worker.removeListener('error', reject);
      resolve(result);
    });
    worker.once('error', reject);
    worker.postMessage(task);
  });
}
