import assert from 'node:assert/strict';
import { aCase } from '../support/fakes/samples.ts';
import { startFakeConversation } from './fake-conversation.ts';

describe('the list of cases', () => {
  for (const [count, expected] of [
    [49, /^49 open$/m],
    [50, /^The newest 50, and the newest that need somebody\. For others type "cases" and the customer’s name\.$/m],
    [70, /^The newest 50, and the newest that need somebody\./m],
  ] as const)
    it(`of ${count} says how many are open only where it knows`, async () => {
      const played = startFakeConversation();
      for (let n = 0; n < count; n += 1) {
        const reference = `SD-${String(n).padStart(6, '0')}`;
        played.world.written.cases.set(reference, aCase({ reference, state: 'cancelling' }));
      }

      await played.says('cases');

      const { text } = played.last().view;
      assert.match(text, expected);
      assert.equal(/\d+ open/.test(text), count < 50);
    });
});
