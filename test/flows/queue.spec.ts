import assert from 'node:assert/strict';
import { createDraftQueue } from '../../src/flows/engine/queue.ts';

const long = 25_000;

describe('turns on one draft', () => {
  it('come one after the other, also behind one that would not wait any longer', async () => {
    const queue = createDraftQueue();
    const first = Promise.withResolvers<void>();
    const done: string[] = [];

    const one = queue.run('a draft', long, async () => {
      await first.promise;
      done.push('one');
    });
    const gaveUp = await queue.run('a draft', 0, async () => void done.push('two'));
    const three = queue.run('a draft', long, async () => void done.push('three'));
    first.resolve();
    await Promise.all([one, three]);

    assert.equal(gaveUp, undefined);
    assert.deepEqual(done, ['one', 'three']);
  });

  it('of another draft wait for nobody', async () => {
    const queue = createDraftQueue();
    const first = Promise.withResolvers<void>();
    const one = queue.run('a draft', long, () => first.promise);

    assert.deepEqual(await queue.run('another', 0, async () => 'done'), { result: 'done' });

    first.resolve();
    await one;
  });
});
