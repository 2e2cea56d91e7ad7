import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { simulateAll } from '../workers.ts';
import { mutants } from './mutants.ts';
import { patched } from './plant.ts';

const steps = 2_500;
const top = new URL('../../../', import.meta.url);

describe('a fault that is planted into the core', function () {
  this.timeout(120_000);

  it('changes what stands in the source today', () => {
    for (const mutant of mutants)
      for (const { file } of mutant.patches) {
        const source = readFileSync(new URL(file, top), 'utf8');
        assert.notEqual(patched(mutant, file, source), source);
      }
  });

  for (const { name, seed, aim } of mutants) {
    it(`is found by seed ${seed} or soon after: ${name}`, async () => {
      const tasks = Array.from({ length: 16 }, (_, index) => ({ seed: seed + index, steps, aim }));
      let isFound = false;
      await simulateAll(tasks, {
        ...{ workers: 1, mutant: name, isEnough: () => isFound },
        onResult({ broken }) {
          isFound ||= broken.length > 0;
        },
      });

      assert.ok(isFound);
    });
  }
});
