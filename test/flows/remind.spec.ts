import assert from 'node:assert/strict';
import { anOrder } from '../support/fakes/samples.ts';
import { createFakeWorld, dayMs, type FakeWorld } from '../support/fakes/world.ts';
import { startFakeConversation } from './fake-conversation.ts';

async function answerIn(world: FakeWorld): Promise<string> {
  world.partnerCenter.orders = [anOrder()];
  const played = startFakeConversation(world);
  await played.says('remind 1a2b3c4d5e6f');
  return played.last().view.text;
}

describe('remind', () => {
  for (const [text, listed] of [
    ['remind contoso', /Orders of Contoso/],
    ['remind', /Which customer\?/],
  ] as const)
    it(`lists orders to choose from where no order is named: ${text}`, async () => {
      const world = createFakeWorld();
      world.partnerCenter.orders = [anOrder()];
      const played = startFakeConversation(world);

      await played.says(text);

      assert.match(played.last().view.text, listed);
      assert.deepEqual(world.written.reminders, []);
    });

  it('promises a reminder before the window closes', async () => {
    const world = createFakeWorld();

    assert.match(await answerIn(world), /Reminder set for order 1a2b3c4d5e6f/);
    assert.equal(world.written.reminders.length, 1);
  });

  it('says that no window is known, names no day, and sets nothing', async () => {
    const world = createFakeWorld({ policy: { windows: [] } });

    const answer = await answerIn(world);

    assert.match(answer, /No reminder set for order 1a2b3c4d5e6f\n.*no cancellation window.*cancel 1a2b3c4d5e6f/);
    assert.doesNotMatch(answer, /could be cancelled until|March/);
    assert.deepEqual(world.written.reminders, []);
  });

  it('says when the window closed, and sets nothing', async () => {
    const world = createFakeWorld();
    world.pass(60 * dayMs);

    assert.match(await answerIn(world), /Order 1a2b3c4d5e6f could be cancelled until .*4 Apr.* 2026/);
    assert.deepEqual(world.written.reminders, []);
  });
});
