import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { rowOf, viewOf } from '../support/card-view.ts';
import { type Conversation, pressed, type Shown } from '../support/conversation.ts';
import { readDatabase } from '../support/database-contents.ts';

const order = 'e5db9b4bdf10';
const keyPattern = /SMPLE-/;

/** Types in private, as a slash command does, and returns the newest card that came of it. */
async function saysInPrivate(app: TestApp, person: Conversation, text: string): Promise<Shown> {
  const before = person.targeted().length;
  const recipient = { id: '28:bot', name: 'Software Desk', isTargeted: true };
  await app.post({ ...person.words(text), recipient });
  await app.connector.until(() => person.targeted().length > before, `a private answer to "${text}"`);
  return newestInPrivate(person);
}

function newestInPrivate(person: Conversation): Shown {
  const message = person.targeted().at(-1);
  if (!message?.card) throw new Error('nothing was said in private');
  return { message, view: viewOf(message.card) };
}

describe('private stays private', function () {
  this.timeout(60_000);
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ KEY_REVEAL_SECONDS: '2' });
  });
  after(() => app.stop());

  const publicTexts = (person: Conversation): string[] =>
    app.connector.requests
      .filter(({ conversationId, isTargeted }) => conversationId === person.place && !isTargeted)
      .map(({ text }) => text);

  it('what follows from a press on a private card is for the presser alone', async () => {
    const ada = app.in('group');
    const list = await saysInPrivate(app, ada, 'orders contoso');

    await ada.presses('Cancel', {}, { message: list.message, view: rowOf(list.view, order) });
    await app.connector.until(() => /Cancel order/.test(newestInPrivate(ada).view.text), 'the cancellation in private');

    assert.deepEqual(publicTexts(ada), []);
    const how = newestInPrivate(ada);
    const answer = await ada.presses('By ticket', {}, how);
    assert.match(answer.card?.text ?? '', /Refund ticket/);
    assert.deepEqual(publicTexts(ada), []);
  });

  it('a reason that is typed in private never stands on a public card, and the rest stays private too', async () => {
    const reason = 'The customer is insolvent: not to be told to anybody';
    const ada = app.in('group');
    await ada.says('cancel 4e1b7e113182');
    await ada.goes('Step by step');
    await ada.goes('Next');
    await ada.goes('Next');

    const next = await saysInPrivate(app, ada, reason);
    assert.match(next.view.text, /amount/i);
    assert.match(ada.card().view.text, /Ada Nowak goes on with it in private/);

    const form = await ada.presses('One form', {}, next);
    const shown: Shown = { message: next.message, view: form.card ?? next.view };
    const filled = { 'Contact e-mail': 'ada@partner.example', 'Contact phone': '+48 22 555 01 00' };
    const review = await ada.presses('Review ticket', filled, shown);
    assert.match(review.card?.text ?? '', /insolvent/);
    const submit = review.card?.buttons.find((title) => title.startsWith('Submit')) ?? '';
    const filed = await ada.presses(submit, {}, { message: next.message, view: review.card ?? next.view });
    assert.match(filed.card?.text ?? '', /SD-/);

    for (const text of publicTexts(ada)) {
      assert.doesNotMatch(text, /insolvent/);
      assert.doesNotMatch(text, /SD-[A-Z0-9]{6}/);
    }
  });

  for (const [status, code] of [
    [403, 'BotNotInConversationRoster'],
    [403, 'ServiceError'],
    [400, 'ServiceError'],
  ] as const)
    it(`where the tenant takes no targeted messages (${status} ${code}), the person is told in their own chat`, async () => {
      const ada = app.in('group');
      const chat = ada.in('personal');
      const recipient = { id: '28:bot', name: 'Software Desk', isTargeted: 'true' };
      for (const text of ['orders contoso', `remind ${order}`, `cancel ${order}`]) {
        const before = chat.cards().length;
        for (let times = 0; times < (code === 'ServiceError' && status === 403 ? 3 : 1); times += 1)
          app.connector.refuseNext(
            ({ isTargeted, conversationId }) => isTargeted && conversationId === ada.place,
            status,
            code,
          );

        await app.post({ ...ada.words(text), recipient });
        await app.connector.until(() => chat.cards().length > before, `something about "${text}" in the own chat`);

        assert.match(chat.card().view.text, /Teams did not deliver my private answer/);
      }
      assert.deepEqual(publicTexts(ada), []);
    });

  it('a reminder that was asked for in private is told in private', async () => {
    const ada = app.in('group');
    await saysInPrivate(app, ada, `remind ${order}`);
    const before = ada.targeted().length;
    const { now } = await app.state('now');
    const text = newestInPrivate(ada).view.text;
    assert.match(text, /remind/i);
    const closes = /(\d{1,2} \w{3} \d{4}), 23:59 UTC/.exec(text)?.[1];
    const seconds = (Date.parse(`${closes} 23:59 UTC`) - Date.parse(now)) / 1000 - 1800;
    await app.advance(seconds);

    await app.connector.until(() => ada.targeted().length > before, 'the reminder in private');

    assert.match(newestInPrivate(ada).view.text, /can be cancelled only until/);
    assert.deepEqual(publicTexts(ada), []);
  });
});

describe('hiding a key is a duty', function () {
  this.timeout(60_000);
  let app: TestApp;
  beforeEach(async () => {
    app = await startTestApp({ KEY_REVEAL_SECONDS: '2' });
  });
  afterEach(() => app.stop());

  async function toKey(person: Conversation): Promise<void> {
    await person.says(`keys ${order}`);
    for (let step = 0; step < 4 && !person.card().view.buttons.includes('Get key'); step += 1) {
      await person.goes('Next', firstChoices(person));
    }
  }

  function firstChoices(person: Conversation): Record<string, string> {
    return Object.fromEntries(
      person.card().view.inputs.map((input) => [input.label, String(input.choices[0]?.title ?? '')]),
    );
  }

  const keyOnScreen = (): boolean =>
    app.connector.messages().some(({ card, isDeleted }) => !isDeleted && keyPattern.test(JSON.stringify(card ?? '')));

  for (const [status, code] of [
    [404, 'ConversationNotFound'],
    [403, 'ServiceError'],
    [502, 'BadGateway'],
  ] as const) {
    it(`although Teams answers the first deletion and the first update with ${status}`, async () => {
      const ada = app.in('channel');
      await toKey(ada);
      await ada.presses('Get key');
      assert.ok(keyOnScreen());
      app.connector.refuseNext(({ method }) => method === 'DELETE', status, code);
      app.connector.refuseNext(({ method, isTargeted }) => method === 'PUT' && isTargeted, status, code);

      await app.connector.until(() => !keyOnScreen(), 'the key to be taken away');
    });
  }

  it('in a personal chat too, where the client names another message than the one that shows it', async () => {
    const ada = app.in('personal');
    await toKey(ada);
    const card = ada.card();
    const shown = await pressed(app, { ...ada.press('Get key'), replyToId: '1657049372481' });
    assert.match(shown.text, keyPattern);

    app.connector.refuseNext(({ method }) => method === 'PUT', 404, 'ConversationNotFound');
    const isSettled = () => app.connector.messages(ada.place).find(({ id }) => id === card.message.id)?.card;
    await app.connector.until(
      () => /Hidden again/.test(JSON.stringify(isSettled())),
      'the settled card in place of the key',
    );
  });

  it('also where nobody knows whether the key got onto the screen, and then the look is on record', async () => {
    const ada = app.in('channel');
    await toKey(ada);
    for (let times = 0; times < 4; times += 1)
      app.connector.loseAnswer(({ method, isTargeted }) => method === 'PUT' && isTargeted);

    const answer = await ada.presses('Get key');
    assert.match(answer.said ?? '', /opens a window that only you see|Still working/);
    await app.connector.until(() => ada.targeted()[0]?.isDeleted, 'the message to be gone');

    await app.terminate();
    const [looks, visible] = await readDatabase(app.database, async (query) => [
      await query<{ is_withdrawn: boolean }>('select is_withdrawn from software_desk.key_reveals'),
      await query('select id from software_desk.visible_keys'),
    ]);
    assert.deepEqual(looks, [{ is_withdrawn: false }]);
    assert.deepEqual(visible, []);
  });
});
