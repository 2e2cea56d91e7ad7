import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, referenceOn, toTicketReview } from '../support/cancellation-steps.ts';
import { rowOf, viewOf } from '../support/card-view.ts';
import { type Conversation, pressed, type Shown, tenantId } from '../support/conversation.ts';
import { readDatabase } from '../support/database-contents.ts';
import type { Member } from '../support/stub-connector.ts';

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

  describe('in a shared channel, where everybody in it counts', () => {
    const staff: Member[] = ['29:ada', '29:bert', '29:cleo'].map((id) => ({ id, tenantId, userRole: 'user' }));
    const outsider: Member = { id: '29:eve', tenantId: '99999999-9999-4999-8999-999999999999', userRole: 'user' };
    const channelOf = ({ place }: Conversation) => place.replace(/;.*/, '');
    const isAboutBusiness = /Contoso|EUR|e5db9b4bdf10/;
    const notShown = /Not shown here[\s\S]*People from outside your organisation are here/;

    /** Teams tells of it as soon as it has happened. */
    async function changeRoster(person: Conversation, roster: readonly Member[] | number): Promise<void> {
      app.connector.setRoster(channelOf(person), roster);
      const { text: _, entities: __, ...activity } = person.words('');
      await app.post({ ...activity, type: 'conversationUpdate', membersAdded: [{ id: outsider.id }] });
    }

    async function answerInPrivate(person: Conversation, text: string): Promise<Shown> {
      const before = person.targeted().length;
      await app.post(person.words(text));
      await app.connector.until(() => person.targeted().length > before, `a private answer to "${text}"`);
      return newestInPrivate(person);
    }

    it('shows cards to all while all are of the staff', async () => {
      const ada = app.in('shared');
      app.connector.setRoster(channelOf(ada), staff);

      assert.match((await ada.says('orders contoso')).text, isAboutBusiness);
      assert.deepEqual(ada.targeted(), []);
    });

    it('shows them to whoever asks alone, and says why, once somebody from outside has joined', async () => {
      const ada = app.in('shared');
      app.connector.setRoster(channelOf(ada), staff);
      await ada.says('help');
      await changeRoster(ada, [...staff, outsider]);
      const before = publicTexts(ada).length;

      const { view } = await answerInPrivate(ada, 'orders contoso');

      assert.match(view.text, isAboutBusiness);
      assert.match(view.text, /People from outside your organisation are here, so only you see this/);
      assert.equal(publicTexts(ada).length, before);
    });

    for (const status of [403, 500])
      it(`does the same where the members cannot be read (${status})`, async () => {
        const ada = app.in('shared');
        app.connector.setRoster(channelOf(ada), status);

        const { view } = await answerInPrivate(ada, 'orders contoso');

        assert.match(view.text, /Who else reads here could not be checked just now, so only you see this/);
        assert.deepEqual(publicTexts(ada), []);
      });

    it('goes on in private from a card that all saw, does what was pressed, and takes that card off', async () => {
      const ada = app.in('shared');
      app.connector.setRoster(channelOf(ada), staff);
      const number = await freshOrder(app);
      await ada.says(`cancel ${number}`);
      const seen = ada.card();
      await changeRoster(ada, [...staff, outsider]);
      const before = publicTexts(ada).length;

      const answer = await ada.presses('By ticket', {}, seen);

      assert.match(answer.said ?? '', /below/);
      assert.match(newestInPrivate(ada).view.text, /Refund ticket/);
      assert.match(ada.card().view.text, notShown);
      for (const text of publicTexts(ada).slice(before)) assert.doesNotMatch(text, isAboutBusiness);

      // An answer on the private card changes that card, and nothing in public.
      const form = newestInPrivate(ada);
      const next = await ada.presses('Save for later', {}, form);
      assert.match(next.card?.text ?? '', /saved/i);
      for (const text of publicTexts(ada).slice(before)) assert.doesNotMatch(text, isAboutBusiness);
    });

    it('shows an older card that was pressed again as it stands, in private', async () => {
      const ada = app.in('shared');
      app.connector.setRoster(channelOf(ada), staff);
      await ada.says(`cancel ${await freshOrder(app)}`);
      const seen = ada.card();
      await ada.goes('By ticket');
      await changeRoster(ada, [...staff, outsider]);
      const before = publicTexts(ada).length;

      await ada.presses('Cancel now', {}, seen);

      await app.connector.until(() => ada.targeted().length > 0, 'the card in private');
      assert.match(newestInPrivate(ada).view.text, /Refund ticket/);
      const saved = await ada.presses('Save for later', {}, newestInPrivate(ada));
      assert.match(saved.card?.text ?? '', /saved/i);
      for (const text of publicTexts(ada).slice(before)) assert.doesNotMatch(text, isAboutBusiness);
    });

    it('tells how a case ended in the own chat of whoever asked, and takes the card of the case off', async () => {
      const ada = app.in('shared');
      const chat = ada.in('personal');
      app.connector.setRoster(channelOf(ada), staff);
      const number = await freshOrder(app);
      await toTicketReview(ada, number);
      const reference = referenceOn(await ada.goes('Submit'));
      const noticesIn = (talk: Conversation) =>
        talk.cards().filter(({ view }) => view.text.includes(`Cancellation ${reference} has completed`));
      await changeRoster(ada, [...staff, outsider]);
      const before = publicTexts(ada).length;

      await app.advance(60);

      await app.connector.until(() => noticesIn(chat).length > 0, 'the notice in the own chat');
      await app.connector.until(() => notShown.test(ada.card().view.text), 'the card of the case taken off');
      assert.equal(noticesIn(chat).length, 1);
      assert.deepEqual(noticesIn(ada), []);
      for (const text of publicTexts(ada).slice(before)) assert.doesNotMatch(text, isAboutBusiness);
    });

    it('refuses a person from outside in the channel as ever, and shows nothing of it in public from then on', async () => {
      const ada = app.in('shared');
      app.connector.setRoster(channelOf(ada), 500);
      const { from, ...words } = ada.words('orders contoso');

      await app.post({ ...words, from: { ...(from as object), userRole: 'guest' } });

      await app.connector.until(() => publicTexts(ada).length > 0, 'the refusal');
      for (const text of publicTexts(ada)) assert.doesNotMatch(text, isAboutBusiness);
    });

    it('does the same in a standard channel once a guest has written there', async () => {
      const ada = app.in('channel');
      const { from, ...words } = ada.words('hi');
      await app.post({ ...words, from: { ...(from as object), userRole: 'guest' } });
      app.connector.setRoster(channelOf(ada), [...staff, { id: '29:gus', tenantId, userRole: 'guest' }]);
      await changeRoster(ada, [...staff, { id: '29:gus', tenantId, userRole: 'guest' }]);

      const { view } = await answerInPrivate(ada, 'orders contoso');

      assert.match(view.text, /People from outside your organisation are here/);
    });
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

  for (const [trouble, answer] of [
    ['an answer without an id', { status: 201, body: {} }],
    ['502', { status: 502 }],
    ['no answer', { fault: 'drop' }],
  ] as const) {
    it(`so no key goes into a message whose posting brought ${trouble}: it could not be taken away`, async () => {
      const ada = app.in('channel');
      await toKey(ada);
      const before = app.connector.requests.length;
      app.connector.answerNext(({ method, isTargeted }) => method === 'POST' && isTargeted, answer);

      const { said } = await ada.presses('Get key');

      assert.match(said ?? '', /opens a window that only you see/);
      const sent = app.connector.requests.slice(before);
      assert.equal(sent.filter(({ method, isTargeted }) => method === 'POST' && isTargeted).length, 1);
      assert.ok(!sent.some(({ text }) => keyPattern.test(text)));
      const dialog = await ada.opens('Get key');
      assert.match(dialog.text, keyPattern);
    });
  }

  it('although Teams does each deletion and edit and says that it failed', async () => {
    const ada = app.in('channel');
    await toKey(ada);
    for (let times = 0; times < 2; times += 1)
      app.connector.loseAnswer(({ method, isTargeted }) => method === 'DELETE' && isTargeted);
    await ada.presses('Get key');
    assert.ok(keyOnScreen());

    await app.connector.until(() => ada.targeted()[0]?.isDeleted, 'the message to be gone');
    assert.ok(!keyOnScreen());
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
