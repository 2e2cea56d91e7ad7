import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Aim } from './plan.ts';
import { simulateAll } from './workers.ts';

interface KeptSeed {
  readonly seed: number;
  readonly steps: number;
  readonly aim?: Aim;
  readonly was: string;
}

const seeds = 50;
const steps = 2_500;

const kept = JSON.parse(readFileSync(new URL('kept-seeds.json', import.meta.url), 'utf8')) as readonly KeptSeed[];

describe('the core in simulated time', function () {
  this.timeout(240_000);

  it(`breaks nothing in ${seeds} histories of people who buy, cancel and look at keys while processes die`, async () => {
    const tasks = Array.from({ length: seeds }, (_, index) => ({ seed: index + 1, steps }));

    const results = await simulateAll(tasks, { workers: 2 });

    const broken = results.flatMap((one) => one.broken.map(({ sentence }) => `seed ${one.seed}: ${sentence}`));
    assert.deepEqual(broken, [], 'npm run simulate -- --seed N --steps 2500 plays one of them again');
    assert.ok(results.every((one) => one.steps >= steps && one.events > 100));
  });

  it('gives the same history for the same seed, and another one for another seed', async () => {
    const task = { seed: 4711, steps };

    const [[first], [second], [other]] = await Promise.all([
      simulateAll([task], { workers: 1 }),
      simulateAll([{ seed: 1, steps: 500 }, task].slice(1), { workers: 1 }),
      simulateAll([{ seed: 4712, steps }], { workers: 1 }),
    ]);

    assert.ok(first && first.hash !== '');
    assert.deepEqual(second, first);
    assert.notEqual(other?.hash, first.hash);
  });

  for (const { seed, steps, aim, was } of kept) {
    it(`no longer breaks seed ${seed} in ${steps} steps: ${was}`, async () => {
      const [result] = await simulateAll([{ seed, steps, aim }], { workers: 1 });

      assert.deepEqual(result?.broken, []);
    });
  }
});
