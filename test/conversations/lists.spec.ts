import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { daysLeftOf, freshOrder, referenceOn, toNowReview } from '../support/cancellation-steps.ts';
import { type CardView, rowOf, viewOf } from '../support/card-view.ts';
import { inBoth, pressed, type Shown } from '../support/conversation.ts';

const inRow = ({ message, view }: Shown, order: string): Shown => ({ message, view: rowOf(view, order) });

/** Without what opens a row. */
const pressable = ({ buttons }: CardView): string[] =>
  buttons.filter((title) => /^(Keys|Cancel|Remind me|Open)/.test(title));

describe('software and orders', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  for (const command of ['software', 'orders']) {
    inBoth(`lists what a customer has: dates, state, days left (${command})`, async (where) => {
      const hela = app.in(where, 'hela');

      const list = await hela.says(`${command} contoso`);

      assert.match(list.text, new RegExp(`${command === 'orders' ? 'Orders' : 'Software'} of Contoso Ltd`));
      assert.match(list.text, /\d+ lines · \d can still be cancelled/);
      const days = daysLeftOf(await app.state(), 'e5db9b4bdf10');
      assert.match(
        rowOf(list, 'e5db9b4bdf10').text,
        new RegExp(
          `4 × Windows Server 2022 Standard - 16 Core License Pack\nOrdered \\d+ \\w+ \\d+ · order e5db9b4bdf10 · active · 3,238.40 EUR\n${days} days left to cancel \\(until \\d+ \\w+ \\d+\\)\n${days} days(\n|$)`,
        ),
      );
      assert.match(rowOf(list, '179eb492a247').text, /\ncancelled$/m);
      assert.match(rowOf(list, '4e1b7e113182').text, /cancellation window closed on .*\nwindow closed/);
      assert.match(rowOf(list, '55117c4390c1').text, /3 days to cancel/);
      assert.ok(list.text.indexOf('55117c4390c1') < list.text.indexOf('e5db9b4bdf10'), 'what is urgent comes first');
      assert.equal(list.text.match(/order 712b1970e6b2/g)?.length, 2);
      assert.deepEqual(list.inputs, []);
      assert.match(
        String(list.json.fallbackText),
        /of Contoso Ltd: \d lines; one can be cancelled for 3 more days only/,
      );
    });
  }

  inBoth(`asks which customer is meant, and says when there is none`, async (where) => {
    const ada = app.in(where);

    const several = await ada.says('software fabrikam');
    const one = await ada.goes('Next', { Customer: 'Residences' });
    const asked = await ada.says('orders');
    const typed = await ada.says('adventure');
    const unknown = await ada.says('software nobody at all');
    const none = await ada.says('orders tailspin');
    const nothing = await ada.says('software tailspin toys');

    assert.match(several.text, /Several customers match "fabrikam"\. Which one\?/);
    assert.equal(several.input('Customer').choices.length, 3);
    assert.match(one.text, /Software of Fabrikam Residences/);
    assert.match(asked.text, /Which customer\?/);
    assert.match(typed.text, /Orders of Adventure Works/);
    assert.match(unknown.text, /No customer matches "nobody at all"/);
    assert.match(none.text, /Tailspin Toys has no orders yet\. Type "buy Tailspin Toys"/);
    assert.match(nothing.text, /Tailspin Toys has no software yet/);
    assert.deepEqual(nothing.buttons, ['Buy: for Tailspin Toys']);
  });

  inBoth(
    'promises no cancellation of what Microsoft never takes back, in the list or before the order',
    async (where) => {
      const ada = app.in(where);

      const list = await ada.says('software fabrikam polska');
      await ada.says('buy contoso');
      const review = await ada.goes('Review order', { Product: 'SUSE Linux Enterprise Server' });

      assert.match(
        list.text,
        /SUSE Linux Enterprise Server.*\n.*\nCannot be cancelled: Microsoft takes back no software of SUSE[\s\S]*\nno refund\n/,
      );
      assert.match(review.text, /Item: SUSE Linux/);
      assert.match(review.text, /This item cannot be cancelled once it is ordered/);
      assert.doesNotMatch(review.text, /Can be cancelled until/);
    },
  );

  inBoth(`leads from a list to keys and to cancelling, below it, and the list stays`, async (where) => {
    const ada = app.in(where);
    await ada.says('software contoso');
    const list = ada.card();
    const row = inRow(list, 'e5db9b4bdf10');

    const keys = await ada.presses('Keys', {}, row);
    const keysCard = ada.card();
    await ada.presses('Cancel', {}, row);
    const cancelCard = ada.card();
    await ada.presses('Remind me', {}, row);

    assert.match(keys.said ?? '', /goes on below/);
    assert.match(keysCard.view.text, /Keys: Windows Server 2022 Standard\n.*Contoso Ltd · e5db9b4bdf10/);
    assert.match(cancelCard.view.text, /Cancel order e5db9b4bdf10/);
    assert.match(ada.card().view.text, /Reminder set for order e5db9b4bdf10/);
    assert.equal(new Set([list, keysCard, cancelCard, ada.card()].map(({ message }) => message.id)).size, 4);
    assert.deepEqual(ada.cards().find(({ message }) => message.id === list.message.id)?.view.json, list.view.json);
  });

  it('tells what is software and what is not', async () => {
    const ada = app.in('channel');

    const orders = await ada.says('orders northwind');
    const software = await ada.says('software northwind');

    assert.match(orders.text, /Reserved VM Instance/);
    assert.doesNotMatch(software.text, /Reserved VM Instance/);
  });

  it('shows each person the buttons that they may press, and holds everybody else to their own rights', async () => {
    const ada = app.in('channel');
    const sara = ada.as('sara');
    const stan = ada.as('stan');
    await ada.says('software contoso');
    const row = inRow(ada.card(), 'e5db9b4bdf10');

    await sara.presses('Keys', {}, row);
    const saraAsksKeys = sara.card().view;
    await sara.presses('Cancel', {}, row);
    const saraCancels = sara.card().view;
    await stan.presses('Keys', {}, row);
    const stranger = stan.card().view;
    const bySara = await sara.says('software contoso');
    const byHela = await ada.as('hela').says('software contoso');

    assert.match(saraAsksKeys.text, /You may not see product keys and downloads\nYou are a sales agent/);
    assert.match(saraCancels.text, /Cancel order e5db9b4bdf10/);
    assert.match(stranger.text, /You are not one of the partner’s agents/);
    assert.deepEqual(pressable(row.view), ['Keys', 'Cancel', 'Remind me']);
    assert.deepEqual(pressable(rowOf(bySara, 'e5db9b4bdf10')), ['Cancel', 'Remind me']);
    assert.deepEqual(pressable(rowOf(byHela, 'e5db9b4bdf10')), ['Remind me']);
    assert.deepEqual(pressable(rowOf(bySara, '4e1b7e113182')), ['Cancel']);
    assert.deepEqual(pressable(rowOf(bySara, '179eb492a247')), []);
    assert.ok(bySara.buttons.includes('Buy: for Contoso Ltd'));
    assert.ok(!byHela.buttons.some((title) => title.startsWith('Buy')));
  });

  it('keeps a list that was asked for in private private, whatever its rows begin', async () => {
    const ada = app.in('channel');
    const recipient = { id: '28:bot', name: 'Software Desk', isTargeted: true };
    await app.post({ ...ada.words('software contoso'), recipient });
    const [message] = ada.targeted();
    const list = { message: { id: message?.id ?? '' }, view: viewOf(message?.card ?? {}) };

    await ada.presses('Keys', {}, inRow(list, 'e5db9b4bdf10'));

    assert.deepEqual(ada.cards(), []);
    assert.match(JSON.stringify(ada.targeted().at(-1)?.card), /Keys: Windows Server 2022 Standard/);
  });

  it('takes no command from a button that is none', async () => {
    const ada = app.in('channel');
    await ada.says('software contoso');
    const press = ada.press('Keys', {}, inRow(ada.card(), 'e5db9b4bdf10'));
    const value = press.value as { action: { data: Record<string, unknown> } };
    value.action.data.text = 'lorem ipsum';

    const answer = await pressed(app, press);

    assert.match(answer.said ?? '', /expired or was discarded/);
  });

  it('forgets nothing that was being asked while somebody looks at a list', async () => {
    const ada = app.in('channel');
    await ada.says('buy contoso');

    await ada.says('orders contoso');
    const typed = await ada.says('Access LTSC 2024');

    assert.match(typed.text, /Buy for Contoso Ltd\n.*Access LTSC 2024: how many, and how\?/s);
  });

  it('understands the Polish words', async () => {
    const ada = app.in('personal');

    const software = await ada.says('Oprogramowanie Contoso');
    const orders = await ada.says('zamowienia contoso!');
    const reminder = await ada.says('przypomnij e5db9b4bdf10');

    assert.match(software.text, /Software of Contoso Ltd/);
    assert.match(orders.text, /Orders of Contoso Ltd/);
    assert.match(reminder.text, /Reminder set for order e5db9b4bdf10/);
  });
});

describe('the cases of customers', () => {
  it('are those of every customer whose name fits, and of nobody else', async () => {
    const app = await startTestApp();
    try {
      const ada = app.in('personal');
      await toNowReview(ada, await freshOrder(app));
      const reference = referenceOn(await ada.goes('Submit'));

      const others = await ada.says('cases fabrikam');
      const theirs = await ada.says('cases contoso');
      const unknown = await ada.says('cases nobody at all');

      assert.doesNotMatch(others.text, new RegExp(reference));
      assert.match(others.text, /no cancellation cases? of fabrikam|fabrikam/i);
      assert.match(theirs.text, new RegExp(reference));
      assert.match(unknown.text, /No customer matches "nobody at all"/);
    } finally {
      await app.stop();
    }
  });
});
