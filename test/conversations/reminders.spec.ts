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
    // Windows close at the end of a day: what is bought around midnight closes on one day or on the next.
    const { now } = await app.state('orders');
    const hour = new Date(now).getUTCHours();
    if (hour >= 22) await app.advance(4 * 3600);
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
    assert.deepEqual(notice?.buttons, ['Cancel …', 'Keep it']);
    assert.match(reminders(taken, orders.prepared)[0]?.text ?? '', /that Bert Lis began/);
    assert.match(resumed.text, new RegExp(`Cancel order ${orders.kept}`));
    assert.deepEqual(reminders(discarded, orders.discarded), []);
    assert.deepEqual(reminders(submitted, orders.submitted), []);
    assert.deepEqual(slash.cards(), []);
  }).timeout(60_000);

  /** The newest message that says so, as it stands now. */
  const shown = (talk: Conversation, text: RegExp) => talk.cards().findLast(({ view }) => text.test(view.text));

  it('name item, customer and amount, lead on to cancelling, and end when the order is kept', async () => {
    const ada = app.in('channel');
    const hela = app.in('channel', 'hela');
    const bert = ada.as('bert');
    const [order, waiting, polish] = [await freshOrder(app), await freshOrder(app), await freshOrder(app)];
    const chat = ada.in('personal').speaking('pl-PL');
    await ada.says(`remind ${order}`);
    await hela.says(`remind ${waiting}`);
    await chat.says(`przypomnij ${polish}`);
    const isAbout = (number: string) => new RegExp(`(Order|Zamówienie) ${number} (can be|można) `);

    await goTo(160, order);
    const found = await app.connector.until(() => shown(ada, isAbout(order)), 'the reminder of a week before');
    const hers = await app.connector.until(() => shown(hela, isAbout(waiting)), 'the reminder of a helpdesk agent');
    const inPolish = await app.connector.until(() => shown(chat, isAbout(polish)), 'the reminder in Polish');
    await ada.presses('Cancel …', {}, found);
    const cancelling = ada.card().view;
    await ada.goes('Discard');
    const before = ada.cards().length;
    const foreign = await bert.presses('Keep it', {}, found);
    const stillThere = shown(ada, isAbout(order))?.view;
    const kept = await ada.presses('Keep it', {}, found);
    await ada.presses('Keep it', {}, found);
    await hela.presses('Last day', {}, hers);
    const keptInPolish = await chat.presses('Zachowaj', {}, inPolish);
    await goTo(20, order);
    await app.connector.until(() => shown(hela, isAbout(waiting)), 'the reminder of the last day');
    await goTo(0.5, order);
    const later = app.in('channel');
    const other = await freshOrder(app);
    await later.says(`remind ${other}`);
    await goTo(20, other);
    await app.connector.until(() => shown(later, isAbout(other)), 'whatever else was due before');

    assert.match(
      found.view.text,
      /\nContoso Ltd · 1 × Access LTSC 2024\n136\.16 EUR\ncomes back if it is cancelled now\n/,
    );
    assert.match(String(found.view.json.fallbackText), / · Contoso Ltd · 1 × Access LTSC 2024 · 136\.16 EUR$/);
    assert.match(found.view.text, /UTC \([^\n]+ Warsaw\)/);
    assert.deepEqual(found.view.buttons, ['Cancel …', 'Keep it', 'Last day']);
    assert.deepEqual(hers.view.buttons, ['Keep it', 'Last day']);
    assert.match(inPolish.view.text, /\nContoso Ltd · 1 × Access LTSC 2024\n136,16 EUR\n/);
    assert.match(cancelling.text, new RegExp(`Cancel order ${order}`));
    assert.match(foreign.card?.text ?? '', /Only whoever is reminded can end a reminder/);
    assert.deepEqual(stillThere?.buttons, found.view.buttons);
    assert.match(kept.card?.text ?? '', new RegExp(`Ada Nowak keeps order ${order} of Contoso Ltd`));
    assert.match(keptInPolish.card?.text ?? '', new RegExp(`Zamówienie ${polish} klienta Contoso Ltd zostaje`));
    assert.equal(ada.cards().length, before);
    const ended = ada.cards().find(({ message }) => message.id === found.message.id)?.view;
    assert.match(ended?.text ?? '', /keeps order .*\nNo more reminders come of it\./);
    assert.deepEqual(ended?.buttons, []);
    assert.equal(shown(ada, isAbout(order)), undefined);
    const putOff = hela.cards().find(({ message }) => message.id === hers.message.id)?.view;
    assert.match(putOff?.text ?? '', /Hela .* is reminded once more of order .* on the last day/);
    assert.equal(hela.cards().filter(({ view }) => isAbout(waiting).test(view.text)).length, 1);
    const log = await ada.in('personal').says(`audit ${order}`);
    assert.match(log.text, /^Order kept: no more reminders\nAda Nowak · .*\nContoso Ltd · order \w+$/m);
    assert.equal(log.text.match(/Order kept/g)?.length, 1);
  }).timeout(120_000);

  it('the message of a day is turned on and off by a button, names in a channel only what all may read, and is none without news', async () => {
    const channel = app.in('channel');
    const own = app.in('personal', 'hela');
    const quiet = app.in('group', 'bert');
    const [shown, hidden] = [await freshOrder(app), await freshOrder(app)];
    await channel.says(`remind ${shown}`);
    const recipient = { id: '28:bot', name: 'Software Desk', isTargeted: true };
    await app.post({ ...channel.words(`remind ${hidden}`), recipient });
    await app.connector.until(() => channel.targeted().length > 0, 'the reminder that was set in private');
    await own.says(`remind ${shown}`);
    await app.advance(3 * 24 * 3600);
    const later = await freshOrder(app);
    await channel.says(`remind ${later}`);
    await own.says(`remind ${later}`);
    await goTo(30, shown);

    const offered = await channel.says('daily');
    const on = await channel.goes('daily 08:00');
    const ownOn = await own.says('daily at 7.15');
    await quiet.says('codziennie 9');
    const refused = await channel.as('stan').says('daily 8:00');
    const news = (talk: Conversation): CardView[] =>
      talk.cards().flatMap(({ view }) => (/^Today, /.test(view.text) ? view : []));
    await app.advance(24 * 3600);
    await app.connector.until(() => news(channel).length === 1 && news(own).length === 1, 'the messages of the day');
    await app.advance(3600);
    await channel.goes(
      'Turn off',
      {},
      channel.cards().findLast(({ view }) => /^Today, /.test(view.text)),
    );
    const off = channel.card().view;
    await app.advance(24 * 3600);
    await app.connector.until(() => news(own).length === 2, 'the message of the next day');

    assert.match(offered.text, /^One message a day\nThere is no daily message here\./);
    assert.deepEqual(offered.buttons, ['daily 07:00', 'daily 08:00', 'daily 09:00', 'daily 16:00']);
    assert.match(on.text, /^Every day at 08:00 \(Warsaw\)\nThe first one comes on [^\n]+, 08:00 \(Warsaw\)/);
    assert.match(ownOn.text, /^Every day at 07:15 \(Warsaw\)/);
    assert.match(refused.text, /may not/);
    const [inChannel] = news(channel);
    assert.match(
      inChannel?.text ?? '',
      new RegExp(`One window closes within 24 hours\\.[\\s\\S]*Order ${shown} can be cancelled`),
    );
    assert.doesNotMatch(inChannel?.text ?? '', new RegExp(hidden));
    assert.match(news(own)[0]?.text ?? '', new RegExp(`Order ${shown} can be cancelled`));
    assert.match(off.text, /^No daily message from now on/);
    assert.match(
      news(own)[1]?.text ?? '',
      new RegExp(`Nothing ends within 24 hours\\.[\\s\\S]*Order ${later} can be cancelled`),
    );
    assert.equal(news(channel).length, 1);
    assert.equal(news(quiet).length, 0);
  }).timeout(120_000);
});
