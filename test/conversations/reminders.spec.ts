import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, orderIn, referenceOn, toNowReview } from '../support/cancellation-steps.ts';
import type { CardView } from '../support/card-view.ts';
import type { Conversation } from '../support/conversation.ts';

const dayMs = 24 * 3600 * 1000;

describe('reminders of cancellations that are still drafts', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  const reminders = (talk: Conversation, order: string): CardView[] =>
    talk.cards().flatMap(({ view }) => (view.text.includes(`Order ${order} can be cancelled only until`) ? view : []));

  /** To so many hours before the window of this order closes. */
  async function goTo(hours: number, order: string): Promise<void> {
    const state = await app.state('orders');
    const closesAt = new Date(Date.parse(orderIn(state, order).creationDate) + 30 * dayMs);
    closesAt.setUTCHours(23, 59, 0, 0);
    await app.advance((closesAt.getTime() - Date.parse(state.now)) / 1000 - hours * 3600);
  }

  it('come to their owners before the window closes, once each time, and not to those who are done with theirs', async () => {
    const kept = app.in('channel');
    const saved = app.in('personal');
    const discarded = app.in('channel');
    const submitted = app.in('channel');
    const prepared = app.in('channel', 'sara');
    const taken = prepared.as('bert');
    const slash = app.in('channel');
    const orders = {
      kept: await freshOrder(app),
      saved: await freshOrder(app),
      discarded: await freshOrder(app),
      submitted: await freshOrder(app),
      prepared: await freshOrder(app),
      slash: await freshOrder(app),
    };
    await kept.says(`cancel ${orders.kept}`);
    await toNowReview(saved, orders.saved);
    await saved.says('save for later');
    await discarded.says(`cancel ${orders.discarded}`);
    await discarded.goes('Discard');
    await toNowReview(submitted, orders.submitted);
    referenceOn(await submitted.goes('Submit'));
    await prepared.says(`cancel ${orders.prepared}`);
    await prepared.goes('Hand over');
    await taken.goes('By ticket');
    const recipient = { id: '28:bot', name: 'Software Desk', isTargeted: true };
    await app.post({ ...slash.words(`cancel ${orders.slash}`), recipient });

    const open = [
      [kept, orders.kept],
      [saved, orders.saved],
      [taken, orders.prepared],
    ] as const;
    const told = (times: number) => () => open.every(([talk, order]) => reminders(talk, order).length === times);
    await goTo(20, orders.kept);
    await app.connector.until(told(1), 'the reminders a day before');
    const inPrivate = () =>
      slash.targeted().filter(({ card }) => JSON.stringify(card ?? {}).includes('is still a draft'));
    await app.connector.until(() => inPrivate().length === 1, 'the reminder in private');
    await app.restart();
    const resumed = await kept.says(`cancel ${orders.kept}`);
    await goTo(0.5, orders.kept);
    await app.connector.until(told(2), 'the reminders an hour before');
    await app.connector.until(() => inPrivate().length === 2, 'the second reminder in private');

    const [notice] = reminders(kept, orders.kept);
    assert.match(
      notice?.text ?? '',
      /The cancellation that Ada Nowak began is still a draft: nothing has been submitted/,
    );
    assert.match(notice?.text ?? '', new RegExp(`type: cancel ${orders.kept}`));
    assert.match(reminders(taken, orders.prepared)[0]?.text ?? '', /that Bert Lis began/);
    assert.match(resumed.text, new RegExp(`Cancel order ${orders.kept}`));
    assert.deepEqual(reminders(discarded, orders.discarded), []);
    assert.deepEqual(reminders(submitted, orders.submitted), []);
    assert.deepEqual(slash.cards(), []);
  }).timeout(60_000);
});
