import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { referenceOn, servers, ticketsNaming, toTicketReview } from '../support/cancellation-steps.ts';
import type { CardView } from '../support/card-view.ts';
import type { Conversation } from '../support/conversation.ts';
import { toReview } from '../support/purchase-steps.ts';

/** Microsoft's support takes its time here. */
const hoursOfMicrosoft = 6;

describe('nothing ends silently', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ SIMULATOR_DELAY_SECONDS: String(hoursOfMicrosoft * 3600) });
  });
  after(() => app.stop());

  const showing = (talk: Conversation, says: RegExp): CardView[] =>
    talk.cards().flatMap(({ view }) => (says.test(view.text) ? view : []));

  it('tells how an order ended in a new message, when the answer was late and the card is gone', async () => {
    const ada = app.in('channel');
    await toReview(ada);
    const edits = () =>
      app.connector.requests.filter(
        ({ method, conversationId, body }) =>
          method === 'PUT' && conversationId === ada.place && JSON.stringify(body).includes('Ordered: 2 ×'),
      ).length;
    for (let times = 0; times < 10; times += 1)
      app.connector.refuseNext(
        ({ method, conversationId }) => method === 'PUT' && conversationId === ada.place,
        404,
        'ActivityNotFoundInConversation',
      );
    await app.fault({ method: 'POST', path: '/checkout$', delayMs: 3200 });

    const answer = await ada.presses('Confirm');
    await app.connector.until(() => edits() > 0, 'the attempt to change the card');
    assert.equal(showing(ada, /Ordered: 2 ×/).length, 0);
    const [told] = await app.connector.until(
      () => showing(ada, /Ordered: 2 ×/).length > 0 && showing(ada, /Ordered: 2 ×/),
      'the message',
      25_000,
    );

    assert.match(answer.said ?? '', /Still working/);
    assert.match(told?.text ?? '', /Order number: /);
  }).timeout(60_000);

  it('follows a case whose ticket somebody answered in the portal, tells each question, and its completion', async () => {
    const ada = app.in('channel');
    await toTicketReview(ada, servers);
    const reference = referenceOn(await ada.goes('Submit'));
    const caseCard = ada.card().message.id;
    const [ticket] = await ticketsNaming(app, reference);
    const patch = (status: string, text: string) =>
      app.asPartner('PATCH', `/v1/servicerequests/${ticket?.id}`, { id: ticket?.id, status, newNote: { text } });
    const says = (text: RegExp) => () =>
      text.test(ada.cards().find(({ message }) => message.id === caseCard)?.view.text ?? '');
    const needsYou = () => showing(ada, new RegExp(`${reference} needs you`));

    await patch('attention_needed', 'Which server?');
    await app.connector.until(() => needsYou().length === 1, 'the first question');
    await app.connector.until(says(/needs a person/), 'the card of a case that waits');
    await patch('open', 'The one in Gdańsk.');
    await app.advance(600);
    await app.connector.until(says(/waiting for Microsoft/), 'the card of a case that goes on');
    await patch('attention_needed', 'And which rack?');
    await app.connector.until(() => needsYou().length === 2, 'the second question');
    await patch('open', 'The third.');
    await app.advance(hoursOfMicrosoft * 3600);
    const completed = () => showing(ada, new RegExp(`${reference} has completed`));
    await app.connector.until(() => completed().length > 0, 'the completion');
    await app.connector.until(says(/completed/), 'the card of a case that is over');

    assert.deepEqual(
      needsYou().map(({ text }) => /Which server\?/.test(text)),
      [true, false],
    );
    assert.match(needsYou()[1]?.text ?? '', /And which rack\?/);
    assert.equal(completed().length, 1);
  }).timeout(60_000);
});
