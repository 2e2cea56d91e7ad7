import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, referenceOn, servers, toNowReview, toTicketReview } from '../support/cancellation-steps.ts';
import { viewOf } from '../support/card-view.ts';
import type { Conversation } from '../support/conversation.ts';
import { personOf } from '../support/people.ts';
import { confirmPurchase, newOrders, orderNumberOn, toReview } from '../support/purchase-steps.ts';

const many = 30;

describe('handing over', () => {
  let app: TestApp;
  before(async () => {
    const numbers = Array.from({ length: many }, (_, index) => index + 1);
    const admins = (['ada', 'bert'] as const).flatMap((who) => numbers.map((number) => personOf(who, number).id));
    app = await startTestApp({ ADMIN_AGENTS: admins.join(',') });
  });
  after(() => app.stop());

  const toldIn = ({ place }: Conversation, says: RegExp) =>
    app.connector
      .messages(place)
      .flatMap(({ card }) => (card ? [viewOf(card)] : []))
      .filter(({ text }) => says.test(text));

  /** Waits for a message of the bot's own accord. */
  const told = (talk: Conversation, says: RegExp) => app.connector.until(() => toldIn(talk, says)[0], `${says}`);

  // The first one: no admin agent has written to the bot yet, so Teams cannot reach them.
  it('asks the preparer to tell somebody, where no admin agent can be reached', async () => {
    const sara = app.in('personal', 'sara');
    await toReview(sara);

    const handed = await sara.goes('Hand over');

    const untold = await told(sara, /Nobody could be told: Buy/);
    assert.match(handed.text, /finds it under "drafts"/);
    assert.match(untold.text, /Please tell one of them that it waits under "drafts"/);
    assert.equal(toldIn(sara, /Nobody could be told/).length, 1);
  });

  describe('in a channel', () => {
    it('tells who prepared the order that somebody else has placed it', async () => {
      const sara = app.in('channel', 'sara');
      await toReview(sara);
      await sara.goes('Hand over');

      const settled = await confirmPurchase(sara.as('gert'));

      const notice = await told(sara.in('personal'), /Ordered: 2 ×/);
      for (const { text } of [settled, notice]) {
        assert.match(text, /Ordered by: Gert Sowa/);
        assert.match(text, /Prepared by: Sara Wilk/);
      }
    });

    it('tells who prepared it also where it was changed before it was confirmed', async () => {
      const sara = app.in('channel', 'sara');
      await toReview(sara);
      await sara.goes('Hand over');
      const ada = sara.as('ada');

      await ada.goes('Edit');
      await ada.goes('Review order', { Quantity: '3' });
      await confirmPurchase(ada);

      assert.match((await told(sara.in('personal'), /Ordered: 3 ×/)).text, /Prepared by: Sara Wilk/);
    });

    it('names the admin agents below, where Teams tells them, and asks one by name where that is wanted', async () => {
      const sara = app.in('channel', 'sara');
      const bert = sara.as('bert');
      for (const admin of [bert, sara.as('ada')]) await admin.says('hi');
      await toReview(sara);
      const review = sara.card();

      const handed = await sara.goes('Hand over');
      const left = sara.cards().find(({ message }) => message.id === review.message.id);
      const twice = await sara.presses('Hand over', {}, review);
      const cardsBefore = sara.cards().length;
      await sara.presses('Hand over: to this person', { Who: bert.person.id }, left);
      const asked = sara.card();
      const again = await sara.presses('Hand over: to this person', { Who: bert.person.id }, left);

      assert.match(
        handed.text,
        /<at>Bert Lis<\/at>.*: Sara Wilk has handed this over\. One of you can go on with it here/,
      );
      const { entities } = handed.json.msteams as {
        entities: { type: string; text: string; mentioned: { id: string } }[];
      };
      assert.ok(entities.some(({ text, mentioned }) => text === '<at>Bert Lis</at>' && mentioned.id.startsWith('29:')));
      assert.ok(entities.length <= 5);
      assert.ok(handed.buttons.some((title) => title.startsWith('Confirm')));
      assert.match(left?.view.text ?? '', /^Handed over: Buy .*\n[\s\S]*I tell them/m);
      assert.match(twice.said ?? '', /goes on below/);
      assert.match(asked.view.text, /^<at>Bert Lis<\/at>: Sara Wilk asks you to go on with this/m);
      assert.match(again.said ?? '', /goes on below/);
      assert.equal(sara.cards().length, cardsBefore + 1);
      assert.ok(asked.view.buttons.some((title) => title.startsWith('Confirm')));
    });

    it('leaves it to who changes the order that Partner Center declined', async () => {
      const sara = app.in('channel', 'sara');
      const product = 'Windows Server 2025 Datacenter';
      await toReview(sara, { customer: 'Contoso', product, edition: '16 Core', terms: { Quantity: '5000' } });
      await sara.goes('Hand over');
      const ada = sara.as('ada');

      const declined = await confirmPurchase(ada);
      await ada.goes('Edit');
      await ada.goes('Review order', { Quantity: '1' });
      await confirmPurchase(ada);

      assert.match(declined.text, /⚠ .*credit line/);
      await told(sara.in('personal'), /Ordered: 1 ×/);
      assert.equal(toldIn(sara.in('personal'), /declined/).length, 0);
    });

    it('tells the thread where it began how a cancellation ended that was submitted elsewhere, whoever prepared it', async () => {
      const sara = app.in('channel', 'sara');
      const order = await freshOrder(app);
      await sara.says(`cancel ${order}`);
      await sara.goes('Hand over', { 'Why is it returned?': 'Customer withdrew' });
      const ada = app.in('channel', 'ada');
      await ada.says('drafts');
      await ada.presses('Resume');
      const isThere = () =>
        ada.cards().find(({ view }) => view.buttons.some((title) => title.startsWith('Cancel now')));
      await ada.goes('Cancel now', {}, await app.connector.until(isThere, 'the card of whoever goes on'));
      const mine = app.in('channel', 'bert');
      const own = await freshOrder(app);
      await mine.says(`cancel ${own}`);
      await mine.goes('Save for later');

      await mine.in('personal').says(`cancel ${own}`);
      await mine.in('personal').goes('Cancel now', { 'Why is it returned?': 'Customer withdrew' });
      await app.advance(60);

      const completed = new RegExp(`Cancellation SD-\\w{6} has completed: order ${order}`);
      for (const talk of [sara, ada, sara.in('personal'), ada.in('personal')]) await told(talk, completed);
      const ownCompleted = new RegExp(`Cancellation SD-\\w{6} has completed: order ${own}`);
      for (const talk of [mine, mine.in('personal')]) await told(talk, ownCompleted);
      for (const talk of [sara, ada, sara.in('personal'), ada.in('personal')])
        assert.equal(toldIn(talk, completed).length, 1);
      for (const talk of [mine, mine.in('personal')]) assert.equal(toldIn(talk, ownCompleted).length, 1);
    }).timeout(60_000);

    it('tells who prepared the cancellation that it has completed', async () => {
      const sara = app.in('channel', 'sara');
      const order = await freshOrder(app);
      await sara.says(`cancel ${order}`);
      await sara.goes('Hand over', { 'Why is it returned?': 'Customer withdrew' });

      await sara.as('ada').goes('Cancel now');
      await app.advance(60);

      const notice = await told(sara.in('personal'), /has completed/);
      assert.match(notice.text, new RegExp(order));
    });
  });

  it('leaves a cancellation to those who may submit it: others see that it waits for them', async () => {
    const sara = app.in('channel', 'sara');
    const order = await freshOrder(app);
    await toTicketReview(sara, order);
    await sara.goes('Hand over');
    const gert = sara.as('gert');

    const { said } = await gert.presses('Edit');
    const elsewhere = gert.in('personal');
    await elsewhere.says('drafts');
    await elsewhere.presses('Resume');
    const refused = await app.connector.until(
      () => elsewhere.cards().find(({ view }) => /waits for an admin agent/.test(view.text))?.view,
      'where it waits',
    );
    const ada = sara.as('ada').in('personal');
    const listed = await ada.says('drafts');

    assert.match(said ?? '', /Sara Wilk has handed this over, and it waits for an admin agent/);
    assert.match(refused.text, /You may not submit a cancellation\. You can look at it/);
    assert.match(listed.text, new RegExp(`Cancel order ${order}[\\s\\S]*handed over by Sara Wilk`));
  });

  it('tells the preparer when who took it over discards it', async () => {
    const sara = app.in('channel', 'sara');
    const order = await freshOrder(app);
    await toTicketReview(sara, order);
    await sara.goes('Hand over');

    await sara.as('ada').goes('Discard');

    const notice = await told(sara.in('personal'), /has discarded/);
    assert.match(notice.text, new RegExp(`Ada Nowak has discarded: Cancel order ${order} of Contoso Ltd`));
  });

  describe('in a personal chat', () => {
    it('tells the admin agents, who find it under drafts, and the preparer who goes on with it', async () => {
      const sara = app.in('personal', 'sara');
      const ada = sara.as('ada');
      await ada.says('hi');
      const { orders } = await app.state('orders');
      const review = await toReview(sara);
      const prepared = sara.card();

      const handed = await sara.goes('Hand over');
      const call = await told(ada, /Sara Wilk handed over/);
      await ada.presses('Open');
      const resumed = ada.card().view;
      const old = sara.cards().find(({ message }) => message.id === prepared.message.id)?.view;
      const settled = await confirmPurchase(ada);

      assert.match(
        review.text,
        /You can prepare this order.*Hand over leaves it for them: they find it under "drafts"/,
      );
      assert.match(handed.text, /Handed over: Buy Windows Server 2022 Standard.* for Contoso Ltd/);
      assert.match(handed.text, /finds it under "drafts".* I tell them/);
      assert.deepEqual(
        handed.buttons.filter((title) => !title.startsWith('Hand over')),
        ['Resume', 'Discard'],
      );
      assert.match(call.text, /Sara Wilk handed over: Buy Windows .* for Contoso Ltd\n[\s\S]*Press Open/);
      assert.deepEqual(call.buttons, ['Open']);
      assert.match(resumed.text, /Please check the order/);
      assert.match(old?.text ?? '', /Ada Nowak goes on with it/);
      assert.doesNotMatch(old?.text ?? '', /below/);
      assert.deepEqual(old?.buttons, []);
      assert.match(settled.text, /Ordered by: Ada Nowak\nPrepared by: Sara Wilk/);
      const notice = await told(sara, /^Ordered: 2 ×/m);
      assert.equal(orderNumberOn(notice), orderNumberOn(settled));
      assert.equal((await newOrders(app, orders)).length, 1);
    });

    it('is told once for a button that is pressed twice', async () => {
      const sara = app.in('personal', 'sara');
      const bert = sara.as('bert');
      await bert.says('hi');
      await toReview(sara);
      const review = sara.card();
      await sara.goes('Hand over');

      const again = await sara.presses('Hand over', {}, review);

      await told(bert, /handed over/);
      assert.match(again.card?.text ?? '', /Handed over: Buy/);
      assert.equal(toldIn(bert, /handed over/).length, 1);
    });

    it('leaves the preparer no button that they may not use, and all the others', async () => {
      const sara = app.in('personal', 'sara');
      // That not everybody could be told may come below it meanwhile.
      const cardWith = (title: string) => sara.cards().findLast(({ view }) => view.buttons.includes(title));
      const press = (title: string) => sara.presses(title, {}, cardWith(title));
      const resume = async () => {
        await press('Resume');
        return app.connector.until(() => cardWith('Hand over')?.view, 'the card that was resumed');
      };
      await toReview(sara);
      await press('Hand over');

      const order = await resume();
      await press('Edit');
      const changed = await app.connector.until(() => cardWith('Review order')?.view, 'the card that is edited');
      await press('Discard');
      await toTicketReview(sara, servers);
      await press('Hand over');
      const cancellation = await resume();
      await press('Discard');
      await sara.says('buy litware');
      await press('Hand over');
      const missing = await resume();

      for (const { buttons, text } of [order, cancellation, missing]) {
        assert.ok(buttons.includes('Hand over'), text);
        assert.ok(buttons.includes('Discard'), text);
        for (const title of buttons) assert.doesNotMatch(title, /^(Confirm|Submit|Cancel now|File|Customer agreement)/);
      }
      assert.equal(changed.input('Quantity').value, '2');
    });
  });

  describe('a cancellation that a colleague is at', () => {
    it('is shown to whoever wants the same, who may be told of its end too, or no more', async () => {
      const ada = app.in('channel');
      const order = await freshOrder(app);
      await toNowReview(ada, order);
      const reference = referenceOn(await ada.goes('Submit'));
      const [bert, sara] = [ada.as('bert'), ada.as('sara')];
      await bert.in('personal').says('help');
      await sara.in('personal').says('help');

      const shown = await bert.says(`refund order ${order}, please`);
      await bert.presses('Tell me too');
      await bert.presses('Tell me too', {}, bert.cards().at(-1));
      const joined = await app.connector.until(() => bert.targeted().at(-1)?.card, 'what only the presser sees');
      await sara.says(`cancel ${order}`);
      await sara.presses('Tell me too');
      const card = await app.connector.until(() => sara.targeted().at(-1), 'what only the other presser sees');
      if (!card.card) throw new Error('nothing was shown');
      await sara.presses('Tell me no more', {}, { message: card, view: viewOf(card.card) });
      await app.advance(60);
      const completed = new RegExp(`Cancellation ${reference} has completed`);
      const end = await told(bert.in('personal'), completed);
      await told(ada.in('personal'), completed);
      await told(ada, completed);

      assert.match(shown.text, new RegExp(`There is a cancellation of order ${order} already: ${reference}`));
      assert.match(shown.text, /being cancelled/);
      assert.match(viewOf(joined).text, /You will be told in our own chat what becomes of it/);
      assert.match(end.text, new RegExp(order));
      assert.equal(toldIn(bert.in('personal'), completed).length, 1);
      assert.equal(toldIn(sara.in('personal'), completed).length, 0);
    }).timeout(60_000);

    it('is named while it is a draft, before they begin', async () => {
      const ada = app.in('channel');
      const order = await freshOrder(app);
      await ada.says(`cancel ${order}`);
      const bert = app.in('personal', 'bert');

      const theirs = await bert.says(`cancel ${order}`);
      const own = await ada.says(`cancel ${order}`);

      assert.match(theirs.text, /Ada Nowak has begun a cancellation of this order .*; it is still a draft/);
      assert.match(own.text, /Bert Lis has begun a cancellation of this order/);
      assert.doesNotMatch(own.text, /Ada Nowak has begun/);
    });
  });

  // Behind the others, in which few have written to the bot.
  describe('in the audit log', () => {
    it('tells who left it, who took it over, and who was refused', async () => {
      const sara = app.in('channel', 'sara');
      await toReview(sara);
      await sara.goes('Hand over');
      await sara.as('bert').goes('Edit');
      await sara.says(`keys ${servers}`);

      const ada = app.in('personal');
      const pages = [await ada.says('audit')];
      const on = ada.cards().at(-1);
      while (pages.at(-1)?.buttons.includes('Next: older')) {
        const { card, said } = await ada.presses('Next: older', {}, on && { ...on, view: pages.at(-1) ?? on.view });
        pages.push(card ?? assert.fail(said));
      }
      const text = pages.map((page) => page.text).join('\n');

      assert.match(text, /Taken over from Sara Wilk: Buy .*\nBert [^\n]*/);
      assert.match(text, /Handed over: Buy .*\nSara Wilk/);
      assert.match(text, /Refused: may not .*key.*\nSara Wilk/);
      assert.match(text, /The built-in policy is in force\nSoftware Desk .*\nfingerprint [0-9a-f]{12}/);
    });
  });
});
