import assert from 'node:assert/strict';
import { aCase, aContent, anOrder } from '../support/fakes/samples.ts';
import { createFakeWorld } from '../support/fakes/world.ts';
import { startFakeConversation } from './fake-conversation.ts';

describe('a conversation that only says something', () => {
  for (const text of [
    'help',
    'whoami',
    'lorem ipsum',
    'cases SD-7K2M9Q',
    'remind 1a2b3c4d5e6f',
    'cancel 99887766554433',
  ]) {
    it(`leaves nothing behind and has no buttons: ${text}`, async () => {
      const world = createFakeWorld();
      world.partnerCenter.orders = [anOrder()];
      world.written.cases.set('SD-7K2M9Q', aCase({ content: aContent({ orderId: 'another' }) }));
      const played = startFakeConversation(world);

      await played.says(text);

      assert.equal(played.messages.length, 1);
      assert.deepEqual(played.last().view.buttons, []);
      assert.deepEqual([...world.kept.values()], []);
    });
  }

  it('does not forget what was being asked', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    const [asked] = [...played.world.kept.values()];

    await played.says('help');

    assert.deepEqual([...played.world.kept.values()], [asked]);
    await played.says('Windows Server 2022');
    assert.match(played.last().view.text, /how many, and how\?/);
  });

  it('is not in the way of one that is over: a late press is still told how it ended', async () => {
    const played = startFakeConversation();
    await played.says('buy contoso');
    const asked = played.last();
    await played.presses('Discard');

    const late = await played.presses('Discard', {}, { on: asked });

    assert.match(late.kind === 'card' ? JSON.stringify(late.card) : '', /Discarded/);
  });
});
