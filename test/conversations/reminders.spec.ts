import assert from 'node:assert/strict';
import { type Desk, openDesk, type Talk } from '../support/app.ts';
import { freshOrder, orderIn, referenceOn, toNowReview } from '../support/cancellation-steps.ts';
import type { CardView } from '../support/card-view.ts';

const dayMs = 24 * 3600 * 1000;

describe('reminders of cancellations that are still drafts', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.stop());

  const reminders = (talk: Talk, order: string): CardView[] =>
    talk.cards().flatMap(({ view }) => (view.text.includes(`Order ${order} can be cancelled only until`) ? view : []));

  /** To so many hours before the window of this order closes. */
  async function goTo(hours: number, order: string): Promise<void> {
    const state = await desk.state();
    const closesAt = new Date(Date.parse(orderIn(state, order).creationDate) + 30 * dayMs);
    closesAt.setUTCHours(23, 59, 0, 0);
    await desk.advance((closesAt.getTime() - Date.parse(state.now)) / 1000 - hours * 3600);
  }

  it('come to their owners before the window closes, once each time, and not to those who are done with theirs', async () => {
    const kept = desk.in('channel');
    const saved = desk.in('personal');
    const discarded = desk.in('channel');
    const submitted = desk.in('channel');
    const prepared = desk.in('channel', 'sara');
    const taken = prepared.as('bert');
    const whispered = desk.in('channel');
    const orders = {
      kept: await freshOrder(desk),
      saved: await freshOrder(desk),
      discarded: await freshOrder(desk),
      submitted: await freshOrder(desk),
      prepared: await freshOrder(desk),
      whispered: await freshOrder(desk),
    };
    await kept.says(`cancel ${orders.kept}`);
    await toNowReview(saved, orders.saved);
    await saved.says('save for later');
    await discarded.says(`cancel ${orders.discarded}`);
    await discarded.goes('Discard');
    await toNowReview(submitted, orders.submitted);
    referenceOn(await submitted.goes('Submit'));
    await toNowReview(prepared, orders.prepared);
    await prepared.goes('Hand over');
    await taken.goes('Edit');
    const recipient = { id: '28:bot', name: 'Software Desk', isTargeted: true };
    await desk.post({ ...whispered.words(`cancel ${orders.whispered}`), recipient });

    const open = [
      [kept, orders.kept],
      [saved, orders.saved],
      [taken, orders.prepared],
    ] as const;
    const told = (times: number) => () => open.every(([talk, order]) => reminders(talk, order).length === times);
    await goTo(20, orders.kept);
    await desk.connector.until(told(1), 'the reminders a day before');
    const inPrivate = () =>
      whispered.whispers().filter(({ card }) => JSON.stringify(card ?? {}).includes('is still a draft'));
    await desk.connector.until(() => inPrivate().length === 1, 'the reminder in private');
    await desk.restart();
    const resumed = await kept.says(`cancel ${orders.kept}`);
    await goTo(0.5, orders.kept);
    await desk.connector.until(told(2), 'the reminders an hour before');
    await desk.connector.until(() => inPrivate().length === 2, 'the second reminder in private');

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
    assert.deepEqual(whispered.cards(), []);
  }).timeout(60_000);
});
