import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Conversation } from '../support/conversation.ts';
import { readDatabase } from '../support/database-contents.ts';
import { untilCard } from '../support/purchase-steps.ts';

const keyPattern = /SMPLE(-[A-Z0-9]{5}){4}/;
const servers = 'e5db9b4bdf10';
const lateMs = 3_500;

async function toReady(talk: Conversation): Promise<void> {
  await talk.says(`keys ${servers}`);
}

/** For each look at a key, oldest first: does it count as seen? */
async function seen(app: TestApp): Promise<boolean[]> {
  await app.terminate();
  const rows = await readDatabase(app.database, (query) =>
    query<{ is_withdrawn: boolean }>('select is_withdrawn from software_desk.key_reveals order by at, id'),
  );
  return rows.map(({ is_withdrawn }) => !is_withdrawn);
}

describe('a key that Partner Center gives too late', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ KEY_REVEAL_SECONDS: '2' });
  });
  after(() => app.stop());

  it('is not shown in a personal chat, nobody is said to have seen it, and the next press fetches it anew', async () => {
    const ada = app.in('personal');
    await toReady(ada);
    await app.fault({ path: '/artifacts/productkey/', delayMs: lateMs });

    const late = await ada.presses('Get key');
    const card = await untilCard(app, ada, /took too long/);
    const answer = await ada.presses('Get key');
    const hidden = await untilCard(app, ada, /Hidden again/);

    assert.match(late.said ?? '', /Still working/);
    assert.match(card.text, /⚠ .*nothing was shown.*press the button again/);
    assert.doesNotMatch(card.text, /revealed/);
    assert.match(answer.text, keyPattern);
    assert.equal(hidden.text.match(/Key revealed to Ada Nowak/g)?.length, 1);
    assert.ok(app.connector.requests.every(({ text }) => !keyPattern.test(text)));
  });

  it('is to be found in Partner Center where it is too late again and again', async () => {
    const ada = app.in('personal');
    await toReady(ada);
    await app.fault({ path: '/artifacts/productkey/', delayMs: lateMs, times: 2 });

    await ada.presses('Get key');
    await untilCard(app, ada, /took too long/);
    await ada.presses('Get key');
    const again = await untilCard(app, ada, /too long again/);
    const answer = await ada.presses('Get key');

    assert.match(again.text, /open Partner Center: Customers → the customer → Software/);
    assert.ok(again.buttons.includes('Open Partner Center'));
    assert.ok(again.buttons.length <= 6);
    assert.match(answer.text, keyPattern);
  });

  it('is sent to the person alone in a channel all the same', async () => {
    const ada = app.in('channel');
    await toReady(ada);
    await app.fault({ path: '/artifacts/productkey/', delayMs: lateMs });

    await ada.presses('Get key');
    await app.connector.until(
      () => keyPattern.test(JSON.stringify(ada.targeted()[0]?.card ?? '')),
      'the key in the targeted message',
    );

    assert.match((await untilCard(app, ada, /revealed/)).text, /Key revealed to Ada Nowak/);
  });

  it('counts as seen only when it was shown', async () => {
    assert.deepEqual(await seen(app), [false, true, false, false, true, true]);
  });
});

describe('a key that comes too late for its dialog', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ KEY_REVEAL: 'dialog' });
  });
  after(() => app.stop());

  for (const where of ['channel', 'personal'] as const) {
    it(`is shown in the next one (${where})`, async () => {
      const ada = app.in(where);
      await toReady(ada);
      await app.fault({ path: '/artifacts/productkey/', delayMs: lateMs });

      const late = await ada.opens('Get key');
      const card = await untilCard(app, ada, /took too long/);
      const dialog = await ada.opens('Get key');

      assert.match(late.said ?? '', /Still working/);
      assert.doesNotMatch(card.text, /revealed/);
      assert.match(dialog.text, keyPattern);
    });
  }

  it('counts as seen only when it was shown', async () => {
    assert.deepEqual(await seen(app), [false, true, false, true]);
  });
});
