import assert from 'node:assert/strict';
import { servers } from '../support/cancellation-steps.ts';
import { viewOf } from '../support/card-view.ts';
import type { Conversation, Shown } from '../support/conversation.ts';
import { type RegisteredApp, startRegisteredApp } from '../support/registered-app.ts';
import type { ConnectorRequest, Message } from '../support/stub-connector.ts';

const keyPattern = /SMPLE(-[A-Z0-9]{5}){4,5}/;

const shownIn = ({ id, card }: Message): Shown => ({
  message: { id },
  view: viewOf(card ?? assert.fail('the message was taken away')),
});

describe('keys in a personal chat, where an app id is set', function () {
  this.timeout(60_000);
  let desk: RegisteredApp;
  before(async () => {
    desk = await startRegisteredApp({ KEY_REVEAL_SECONDS: '2' });
  });
  after(() => desk.stop());

  const requestsOf = ({ place }: Conversation): ConnectorRequest[] =>
    desk.app.connector.requests.filter(({ conversationId }) => conversationId === place);
  const withKey = (talk: Conversation): ConnectorRequest[] =>
    requestsOf(talk).filter(({ text }) => keyPattern.test(text));
  const isGone = (talk: Conversation) => () => talk.targeted().every(({ isDeleted }) => isDeleted);

  it('come as a targeted message where Teams takes one, in no other request, and are taken away', async () => {
    const ada = desk.in('personal', 1);
    await ada.says(`keys ${servers}`);

    const answer = await ada.presses('Get key');

    assert.match(answer.said ?? '', /Sent to you privately/);
    assert.doesNotMatch(answer.text, keyPattern);
    const [message = assert.fail('no targeted message'), ...others] = ada.targeted();
    assert.deepEqual(others, []);
    assert.match(shownIn(message).view.text, keyPattern);
    assert.deepEqual(
      withKey(ada).map(({ method, isTargeted }) => [method, isTargeted]),
      [['PUT', true]],
    );
    assert.match(ada.card().view.text, /Key revealed to Ada/);
    const link = await ada.presses('Copy link', {}, shownIn(message));
    assert.match(link.said ?? '', /Sent to you privately/);
    await desk.app.connector.until(isGone(ada), 'the key to go');
    assert.ok(withKey(ada).every(({ isTargeted }) => isTargeted));
    assert.doesNotMatch(JSON.stringify(desk.app.connector.messages(ada.place)), keyPattern);
  });

  it('go at once when Done is pressed', async () => {
    const ada = desk.in('personal', 2);
    await ada.says(`keys ${servers}`);
    await ada.presses('Get key');
    const [message = assert.fail('no targeted message')] = ada.targeted();

    await ada.presses('Done', {}, shownIn(message));

    assert.ok(isGone(ada)());
  });

  it('come in the answer of the press where Teams refuses, from then on without trying, also after a start', async () => {
    const ada = desk.in('personal', 3);
    await ada.says(`keys ${servers}`);
    const isEdit = ({ method, isTargeted }: ConnectorRequest): boolean => method === 'PUT' && isTargeted;
    desk.app.connector.refuseNext(isEdit, 400, 'BadArgument');

    const first = await ada.presses('Get key');

    assert.match(first.card?.text ?? first.text, keyPattern);
    assert.ok(
      withKey(ada).every(({ isTargeted }) => isTargeted),
      'only the refused edit had the key in it',
    );
    await desk.app.connector.until(isGone(ada), 'the message without a key to go');
    await desk.app.restart();
    for (const bert of [desk.in('personal', 4, 'bert'), desk.in('personal', 5, 'bert')]) {
      await bert.says(`keys ${servers}`);
      const answer = await bert.presses('Get key');
      assert.match(answer.card?.text ?? answer.text, keyPattern);
      assert.deepEqual(bert.targeted(), []);
      assert.deepEqual(withKey(bert), []);
    }
  });

  it('stay targeted messages in channels all the same', async () => {
    const ada = desk.in('channel', 6);
    await ada.says(`keys ${servers}`);

    await ada.presses('Get key');

    assert.match(shownIn(ada.targeted()[0] ?? assert.fail('none')).view.text, keyPattern);
  });
});
