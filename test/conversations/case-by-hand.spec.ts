import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, orderIn, referenceOn, ticketsNaming, toTicketReview } from '../support/cancellation-steps.ts';
import { type Conversation, inBoth } from '../support/conversation.ts';
import { untilCard } from '../support/purchase-steps.ts';
import type { Json } from '../support/simulator-control.ts';

/** Partner Center's public API as it is: tickets are filed by a person, in the portal. */
describe('a cancellation that a person has to carry on', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ SIMULATOR_MODE: 'today', TRACK_SECONDS: '1' });
  });
  after(() => app.stop());

  /** Files a ticket in the portal, and tells its number. */
  async function filed(description: string): Promise<string> {
    const { id } = (await app.simulator('POST', 'tickets', { title: 'Refund', description })) as Json;
    return id;
  }
  const descriptionOn = ({ text }: { text: string }): string => text.slice(text.indexOf('Description'));
  /** As somebody files it who leaves our reference out: it is found by its number only. */
  const filedWithoutReference = (handed: { text: string }) =>
    filed(descriptionOn(handed).replace(/Our reference: .*/, ''));
  async function toHandOver(talk: Conversation, order: string) {
    await toTicketReview(talk, order);
    return talk.goes('Submit');
  }
  /** What the portal's support does with a ticket. */
  const support = (id: string, status: string, text: string) =>
    app.asPartner('PATCH', `/v1/servicerequests/${id}`, { id, status, newNote: { text } });

  inBoth('is followed from the number that the portal gave, until the order is cancelled', async (where) => {
    const ada = app.in(where);
    const order = await freshOrder(app);
    const handed = await toHandOver(ada, order);
    const number = await filedWithoutReference(handed);

    const followed = await ada.goes('Next', { 'Request number': ` SR# ${number}. ` });
    await app.advance(120);
    const done = await untilCard(app, ada, /has completed: order/);

    assert.deepEqual(handed.buttons, ['Open the form', 'Next: follow this number', 'Cancel now', 'Give up: this case']);
    assert.match(followed.text, new RegExp(`Ticket ${number} filed(.|\n)*waiting for Microsoft`));
    assert.match(done.text, new RegExp(`has completed: order ${order}`));
  });

  it('does not take a number that Partner Center does not show, unless it is given twice', async () => {
    const ada = app.in('channel');
    await toHandOver(ada, await freshOrder(app));

    const doubted = await ada.goes('Next', { 'Request number': '9999999999' });
    const other = await ada.goes('Next', { 'Request number': '9999999998' });
    const taken = await ada.goes('Next');

    assert.match(doubted.text, /⚠ Partner Center shows no request 9999999999\. .*press Next once more/);
    assert.equal(doubted.input('Request number').value, '9999999999');
    assert.match(other.text, /⚠ Partner Center shows no request 9999999998/);
    assert.match(taken.text, /Ticket 9999999998 filed[\s\S]*waiting for Microsoft/);
  });

  it('lets a wrong number be corrected', async () => {
    const ada = app.in('channel');
    const handed = await toHandOver(ada, await freshOrder(app));
    const reference = referenceOn(handed);
    await ada.goes('Next', { 'Request number': '9999999997' });
    await ada.goes('Next');

    const open = await ada.says(`cases ${reference}`);
    const number = await filedWithoutReference(handed);
    const followed = await ada.goes('Next', { 'Request number': number });

    assert.equal(open.input('Request number').value, '9999999997');
    assert.match(open.text, /If the request number is wrong, give the right one/);
    assert.match(followed.text, new RegExp(`Ticket ${number} filed`));
  });

  it('does not take the number of another case, and doubts that of a ticket about something else', async () => {
    const ada = app.in('channel');
    const first = await toHandOver(ada, await freshOrder(app));
    const number = await filedWithoutReference(first);
    await ada.goes('Next', { 'Request number': number });
    const bert = app.in('channel', 'bert');
    await toHandOver(bert, await freshOrder(app));
    const foreign = await filed('The key of our new server cannot be seen.');

    const taken = await bert.goes('Next', { 'Request number': number });
    const again = await bert.goes('Next');
    const doubted = await bert.goes('Next', { 'Request number': foreign });

    assert.match(taken.text, new RegExp(`⚠ Request ${number} is followed by ${referenceOn(first)} already`));
    assert.match(again.text, new RegExp(`⚠ Request ${number} is followed by ${referenceOn(first)} already`));
    assert.match(doubted.text, /⚠ Request \d+ \("Refund"\) names neither this case nor its order/);
  });

  it('says to somebody else who presses its card how to get one of their own', async () => {
    const ada = app.in('channel');
    const handed = await toHandOver(ada, await freshOrder(app));

    const { said } = await ada.as('bert').presses('Give up');

    assert.match(said ?? '', new RegExp(`belongs to Ada Nowak\\. Type "cases ${referenceOn(handed)}" for a card`));
    assert.doesNotMatch(said ?? '', /Hand over/);
  });

  it('is not changed by an older card of it: what is pressed there is asked again', async () => {
    const ada = app.in('channel');
    const handed = await toHandOver(ada, await freshOrder(app));
    const bert = app.in('personal', 'bert');
    await bert.says(`cases ${referenceOn(handed)}`);
    const number = await filedWithoutReference(handed);
    await ada.goes('Next', { 'Request number': number });

    const asked = await bert.goes('Next', { 'Request number': '9999999996' });

    assert.match(asked.text, /⚠ The case has gone on since this card was drawn/);
    assert.match(asked.text, new RegExp(`Ticket ${number} filed(.|\n)*waiting for Microsoft`));
  });

  it('can be given up instead of being filed, and everybody is told', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    const handed = await toHandOver(ada, order);
    const bert = app.in('personal', 'bert');
    await bert.says(`cases ${referenceOn(handed)}`);
    const card = bert.card();

    const asked = await bert.goes('Give up');
    const twice = await bert.presses('Give up', {}, card);
    const given = await bert.goes('Give up');
    const told = await untilCard(app, ada, /was given up/);
    const next = await ada.says(`cancel ${order}`);

    assert.match(asked.text, new RegExp(`Give up closes this case: order ${order} is not cancelled`));
    assert.match(twice.card?.text ?? '', /Give up closes this case/);
    assert.deepEqual(asked.buttons, ['Give up: this case', 'Back']);
    assert.match(given.text, /^Given up by Bert Lis\n\d[\s\S]*^given up$/m);
    assert.doesNotMatch((await bert.says('cases')).text, new RegExp(`${referenceOn(handed)}: refused`));
    assert.match(told.text, new RegExp(`was given up: order ${order}(.|\n)*Given up by Bert Lis`));
    assert.match(next.text, new RegExp(`Cancel order ${order}`));
  });

  it('is given up with an open ticket only when that is said twice', async () => {
    const ada = app.in('channel');
    const handed = await toHandOver(ada, await freshOrder(app));
    const number = await filed('The customer of our server asks for a refund.');
    await ada.goes('Next', { 'Request number': number });
    await ada.goes('Next');
    // It names no order, so Microsoft's agent asks.
    await app.advance(60);
    await untilCard(app, ada, /needs you/);
    await ada.says(`cases ${referenceOn(handed)}`);

    const warned = await ada.goes('Give up');
    assert.match(warned.text, /Give up SD-\w+\?/);
    const given = await ada.goes('Give up');

    assert.match(warned.text, new RegExp(`⚠ Microsoft still works on request ${number}`));
    assert.match(given.text, /Given up by Ada Nowak/);
  });

  it('takes the number typed out of the blue for the ticket that waits for one', async () => {
    const ada = app.in('personal');
    const handed = await toHandOver(ada, await freshOrder(app));
    const number = await filedWithoutReference(handed);
    const left = await ada.says('discard');

    const asked = await ada.says(number);
    const followed = await ada.goes('Next');

    assert.match(left.text, new RegExp(`${referenceOn(handed)}(.|\n)*Waits for a person(.|\n)*still has to be filed`));
    assert.doesNotMatch(left.text, /Nothing was ordered, cancelled or sent/);
    assert.equal(asked.input('Request number').value, number);
    assert.match(followed.text, new RegExp(`Ticket ${number} filed(.|\n)*waiting for Microsoft`));
  });

  it('is told of before the window closes, with the moment, for as long as the ticket is not filed', async () => {
    const ada = app.in('channel');
    const handed = await toHandOver(ada, await freshOrder(app));
    const [, day] = handed.text.match(/The cancellation window closes on (\d+ \w+ \d+), 23:59 UTC/) ?? [];

    await app.advance(29.5 * 24 * 3600);
    const told = await app.connector.until(
      () => ada.cards().find(({ view }) => /can be cancelled only until/.test(view.text))?.view,
      'the reminder',
    );
    const needsYou = await app.connector.until(
      () => ada.cards().find(({ view }) => /needs you/.test(view.text))?.view,
      'what is told of a case that waits',
    );

    assert.ok(day);
    assert.match(
      told.text,
      new RegExp(`until ${day}, 23:59 UTC[\\s\\S]*The ticket of ${referenceOn(handed)} has not been`),
    );
    assert.match(needsYou.text, new RegExp(`The cancellation window closes on ${day}`));
  });

  it('finds the ticket by its reference when nobody gives its number', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    const handed = await toHandOver(ada, order);
    await filed(descriptionOn(handed));

    // A case that waits for a person is looked at every ten minutes.
    await app.advance(620);
    await untilCard(app, ada, /waiting for Microsoft|has completed/);
    await app.advance(700);
    const done = await untilCard(app, ada, /has completed: order/);

    assert.match(done.text, new RegExp(`has completed: order ${order}`));
  });

  it('is not listed among the drafts any more once its ticket is followed', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    const handed = await toHandOver(ada, order);
    const number = await filedWithoutReference(handed);
    const during = await ada.in('personal').says('drafts');
    await ada.says(`cases ${referenceOn(handed)}`);
    await ada.goes('Next', { 'Request number': number });

    const after = await ada.in('personal').says('drafts');

    assert.match(during.text, new RegExp(`Cancel order ${order}`));
    assert.doesNotMatch(after.text, new RegExp(`Cancel order ${order}`));
  });

  describe('after Microsoft closed its ticket without cancelling', () => {
    async function denied(talk: Conversation) {
      const order = await freshOrder(app);
      const handed = await toHandOver(talk, order);
      const number = await filedWithoutReference(handed);
      await talk.goes('Next', { 'Request number': number });
      await support(number, 'closed', 'Refund denied: ask the customer first.');
      await app.advance(1_200);
      const notice = await untilCard(app, talk, /needs you/);
      return { order, notice, reference: referenceOn(handed) };
    }

    it('tells why, and lets the ticket be filed again', async () => {
      const ada = app.in('channel');
      const { notice, reference, order } = await denied(ada);
      const open = await ada.says(`cases ${reference}`);
      const again = await ada.goes('File the ticket: once more');

      assert.match(notice.text, new RegExp(`needs you: order ${order}(.|\n)*Refund denied: ask the customer first`));
      assert.deepEqual(open.buttons, [
        'Next: follow this number',
        'File the ticket: once more',
        'Cancel now',
        'Give up: this case',
      ]);
      assert.match(again.text, /The ticket is ready to be filed in Partner Center/);
    });

    it('lets the order be cancelled at once, where its window is open', async () => {
      const ada = app.in('channel');
      const { reference, order } = await denied(ada);
      await ada.says(`cases ${reference}`);

      const card = ada.card();

      const asked = await ada.goes('Cancel now');
      const twice = await ada.presses('Cancel now', {}, card);
      const { status } = orderIn(await app.state('orders'), order);
      const now = await ada.goes('Cancel now');
      await app.advance(120);
      const done = await untilCard(app, ada, /has completed: order/);

      assert.match(asked.text, /This cannot be undone[\s\S]*Customer: Contoso Ltd[\s\S]*Refund: 136\.16 EUR/);
      assert.match(asked.text, new RegExp(`cancels the whole order ${order} of Contoso Ltd`));
      assert.match(twice.card?.text ?? '', /This cannot be undone/);
      assert.equal(status, 'completed');
      assert.match(now.text, /being cancelled|completed/);
      assert.match(done.text, new RegExp(`has completed: order ${order}`));
    });

    it('can be given up, and then another one can be begun', async () => {
      const ada = app.in('channel');
      const { reference, order } = await denied(ada);
      await ada.says(`cases ${reference}`);
      await ada.goes('Give up');
      const given = await ada.goes('Give up');
      await untilCard(app, ada, /was given up/);
      const next = await ada.says(`cancel ${order}`);

      assert.match(given.text, /Given up by Ada Nowak/i);
      assert.match(next.text, new RegExp(`Cancel order ${order}`));
      assert.ok(next.button('By ticket'));
    });

    it('is only looked at by those who may not submit', async () => {
      const ada = app.in('channel');
      const { reference } = await denied(ada);

      const seen = await ada.as('sara').says(`cases ${reference}`);

      assert.match(seen.text, /needs a person/);
      assert.deepEqual(seen.buttons, []);
    });
  });

  it('ends in the finished text too, where Partner Center lets us see no tickets', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await app.fault({ method: 'GET', path: '/v1/servicerequests', times: 50, status: 403, body: { code: 2032 } });

    const handed = await toHandOver(ada, order);
    await app.simulator('DELETE', 'faults');

    assert.match(handed.text, /The ticket is ready to be filed in Partner Center/);
    assert.match(handed.text, new RegExp(order));
  });

  it('says why Partner Center did not cancel at once, and that nothing is cancelled yet', async () => {
    const bert = app.in('channel', 'bert');
    const order = await freshOrder(app);
    await app.fault({
      method: 'PATCH',
      path: '/orders/',
      status: 400,
      body: { code: 900117, description: 'The 30-day cancellation window has passed.' },
    });
    await bert.says(`cancel ${order}`);
    await bert.goes('Cancel now');
    const review = await bert.says('The customer changed their mind.');

    const handed = await bert.goes('Submit');

    assert.match(review.text, /Please check the cancellation[\s\S]*The customer changed their mind/);
    assert.match(
      handed.text,
      /Nothing has been cancelled yet\. Partner Center refused\. The cancellation window has passed; a ticket .*Partner Center said: “The 30-day cancellation window/,
    );
    assert.match(handed.text, /Contact\nBert Lis\n\(what is missing: your own\)/);
    assert.deepEqual(await ticketsNaming(app, order), []);
  });
});
