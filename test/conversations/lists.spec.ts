import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { daysLeftOf } from '../support/cancellation-steps.ts';
import type { CardView } from '../support/card-view.ts';
import { inBoth } from '../support/conversation.ts';

/** What the list says of one order, on two lines. */
function entryOf({ text }: CardView, order: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(`order ${order}`));
  return lines.slice(at - 1, at + 2).join('\n');
}

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
      assert.match(
        entryOf(list, 'e5db9b4bdf10'),
        /4 × Windows Server 2022 Standard - 16 Core License Pack\nOrdered \d+ \w+ \d+ · order e5db9b4bdf10 · active\n\d+ days left to cancel \(until \d+ \w+ \d+\)/,
      );
      const days = daysLeftOf(await app.state('orders'), 'e5db9b4bdf10');
      assert.match(entryOf(list, 'e5db9b4bdf10'), new RegExp(`\\n${days} days left`));
      assert.match(entryOf(list, '179eb492a247'), /order 179eb492a247 · cancelled\n(?!.*left to cancel)/);
      assert.match(entryOf(list, '4e1b7e113182'), /active\ncancellation window closed on/);
      assert.match(entryOf(list, '55117c4390c1'), /active\n3 days left to cancel/);
      assert.equal(list.text.match(/order 712b1970e6b2/g)?.length, 2);
      assert.deepEqual(list.buttons, ['Keys', 'Cancel', 'Remind me']);
      assert.equal(list.inputs[0]?.choices.length, 6);
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
    assert.deepEqual(nothing.buttons, []);
  });

  inBoth(
    'promises no cancellation of what Microsoft never takes back, in the list or before the order',
    async (where) => {
      const ada = app.in(where);

      const list = await ada.says('software fabrikam polska');
      await ada.says('buy contoso');
      const edition = await ada.goes('Review order', { Product: 'SUSE Linux Enterprise Server' });
      if (edition.buttons.includes('Next') && edition.inputs.some(({ label }) => label === 'Edition'))
        await ada.goes('Review order', { Edition: edition.input('Edition').choices[0]?.title ?? '' });
      const review = ada.card().view;

      assert.match(
        list.text,
        /SUSE Linux Enterprise Server.*\n.*\nCannot be cancelled: Microsoft takes back no software of SUSE/,
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
    const order = { 'Order or subscription ID': 'e5db9b4bdf10' };

    const keys = await ada.presses('Keys', order, list);
    const keysCard = ada.card();
    await ada.presses('Cancel', order, list);
    const cancelCard = ada.card();
    await ada.presses('Remind me', order, list);

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

  it('lets everybody who may look press the buttons, each with their own rights', async () => {
    const ada = app.in('channel');
    const sara = ada.as('sara');
    const stan = ada.as('stan');
    await ada.says('software contoso');
    const list = ada.card();
    const order = { 'Order or subscription ID': 'e5db9b4bdf10' };

    await sara.presses('Keys', order, list);
    const saraAsksKeys = sara.card().view;
    await sara.presses('Cancel', order, list);
    const saraCancels = sara.card().view;
    const before = ada.cards().length;
    const stranger = await stan.presses('Keys', order, list);
    await ada.presses('Cancel', order, list);
    const adaCancels = ada.card().view;

    assert.match(saraAsksKeys.text, /Only an admin agent may see product keys and downloads; you are a sales agent/);
    assert.match(saraCancels.text, /Cancel order e5db9b4bdf10/);
    assert.match(stranger.said ?? '', /you are not one of the partner’s agents/);
    assert.equal(ada.cards().length, before + 1);
    assert.match(adaCancels.text, /Cancel order e5db9b4bdf10/);
  });

  it('refuses a choice that is not on the list', async () => {
    const ada = app.in('channel');
    await ada.says('software contoso');
    const press = ada.press('Keys');
    const value = press.value as { action: { data: Record<string, unknown> } };
    value.action.data.named = '0b5db9b4bdf1:0';

    const response = await app.post(press);

    assert.equal(response.status, 200);
    assert.match(ada.card().view.text, /⚠ Please choose one/);
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
