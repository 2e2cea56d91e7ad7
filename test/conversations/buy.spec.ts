import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { both, inBoth, pressed } from '../support/conversation.ts';
import { confirmPurchase, newOrders, orderNumberOn, toReview, twoServers } from '../support/purchase-steps.ts';

describe('buy', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  it('goes from the first word to the order that Partner Center has', async () => {
    const before = await app.state('carts', 'orders');

    const numbers = await both(async (where) => {
      const ada = app.in(where);
      const who = await ada.says('buy');
      assert.match(who.text, /For which customer\?/);
      assert.equal(who.input('Customer').choices.length, 15);
      const what = await ada.goes('Next', { Customer: 'Contoso' });
      assert.match(what.text, /Buy for Contoso Ltd/);
      const which = await ada.goes('Review order', { Product: 'Windows Server 2022 Standard' });
      assert.match(which.text, /Which edition/);
      assert.deepEqual(
        which.inputs.map((input) => input.label),
        ['Product', 'Edition', 'Quantity'],
      );
      const review = await ada.goes('Review order', { Edition: '16 Core', Quantity: '2' });
      for (const fact of [
        /Customer: Contoso Ltd/,
        /Item: Windows Server 2022 Standard - 16 Core License Pack/,
        /Quantity: 2/,
        /Unit price: 809\.60 EUR/,
        /Total: 1,619\.20 EUR/,
        /Currency: EUR/,
        /Can be cancelled until .* UTC .*full refund/,
        /Confirm places a binding order/,
      ])
        assert.match(review.text, fact);
      assert.ok(review.buttons.includes('Confirm: buy 2 for 1,619.20 EUR'));
      const settled = await confirmPurchase(ada);
      assert.deepEqual(settled.buttons, []);
      return orderNumberOn(settled);
    });

    const orders = await newOrders(app, before.orders);
    assert.deepEqual(orders.map(({ id }) => id).sort(), [...numbers].sort());
    assert.ok(orders.every(({ lineItems }) => lineItems[0].quantity === 2));
    const carts = (await app.state('carts')).carts.slice(before.carts.length);
    assert.deepEqual(
      carts.map(({ status }) => status),
      ['Ordered', 'Ordered'],
    );
  });

  inBoth('shows the one who pressed the same card as everybody else', async (where) => {
    const ada = app.in(where);
    await ada.says('buy contoso');

    const answer = await ada.presses('Review order', { Product: 'Windows Server 2022 Standard' });

    assert.deepEqual(answer.card?.json, ada.card().view.json);
  });

  it('takes typed answers instead of pressed ones', async () => {
    const before = await app.state('orders');

    const numbers = await both(async (where) => {
      const ada = app.in(where);
      await ada.says('buy adventure');
      await ada.says('Office LTSC Standard 2024');
      const review = await ada.says('3');
      const typed = ada.cards().at(-2)?.view;
      const urged = await ada.says('yes please');
      const settled = await confirmPurchase(ada);

      assert.match(review.text, /Quantity: 3/);
      assert.match(typed?.text ?? '', /Quantity: 3\nThe conversation goes on below/);
      assert.deepEqual(typed?.buttons, []);
      assert.match(urged.text, /Nothing was done yet\. Type "yes" once more, or press the button/);
      assert.match(settled.text, /Ordered: 3 × Office LTSC Standard 2024/);
      return orderNumberOn(settled);
    });

    const orders = await newOrders(app, before.orders);
    assert.deepEqual(orders.map(({ id }) => id).sort(), [...numbers].sort());
  });

  inBoth('never shows as taken what was refused, nor a word that is no answer', async (where) => {
    const ada = app.in(where);
    await ada.says('buy adventure');
    await ada.says('Office LTSC Standard 2024');
    const old = () => ada.cards().at(-2)?.view;

    await ada.says('a dozen');
    const refused = old();
    await ada.says('back');
    const left = old();
    await ada.says('Office LTSC Standard 2024');
    const taken = old();
    await ada.says('3');
    await ada.says('yes please');
    const urged = old();
    await ada.says('discard');
    const discarded = old();

    assert.match(refused?.text ?? '', /Quantity: asked again below/);
    assert.match(left?.text ?? '', /The conversation goes on below/);
    assert.match(taken?.text ?? '', /Office LTSC Standard 2024\nThe conversation goes on below/);
    assert.match(urged?.text ?? '', /Please check the order: asked again below/);
    assert.match(discarded?.text ?? '', /Discarded: Buy Office LTSC Standard 2024 for Adventure Works/);
    for (const view of [refused, left, urged, discarded]) {
      assert.doesNotMatch(view?.text ?? '', /: (a dozen|back|yes please|discard)/);
      assert.deepEqual(view?.buttons, []);
    }
  });

  inBoth('goes back step by step and keeps what was chosen', async (where) => {
    const ada = app.in(where);
    await toReview(ada);

    const item = await ada.goes('Back');
    const chosen = (label: string) =>
      item.input(label).choices.find(({ value }) => value === item.input(label).value)?.title;
    const customers = await ada.goes('Edit: another customer');

    assert.equal(item.input('Quantity').value, '2');
    assert.match(item.text, /Windows Server 2022 Standard.*: how many, and how\?/);
    assert.match(item.text, /Price of one\n809\.60 EUR/);
    assert.equal(chosen('Product'), 'Windows Server 2022 Standard - 16 Core License Pack');
    assert.match(customers.text, /For which customer\?/);
  });

  inBoth('lets the terms be edited from the review card', async (where) => {
    const ada = app.in(where);
    await toReview(ada);

    const terms = await ada.goes('Edit');
    const review = await ada.goes('Review order', { Quantity: '5' });

    assert.equal(terms.input('Quantity').value, '2');
    assert.match(review.text, /Total: 4,048\.00 EUR/);
  });

  inBoth('discards, and the card has no buttons any more', async (where) => {
    const ada = app.in(where);
    const before = await app.state('orders');
    await toReview(ada);
    const old = ada.card();

    const discarded = await ada.goes('Discard');
    const late = await ada.presses('Confirm', {}, old);

    assert.match(discarded.text, /Discarded: Buy .* for Contoso Ltd\n[\s\S]*Nothing was ordered/);
    assert.deepEqual(discarded.buttons, []);
    assert.match(late.card?.text ?? '', /Discarded/);
    assert.equal((await newOrders(app, before.orders)).length, 0);
  });

  inBoth('searches among the customers by part of a name or of a domain, typed or in the command', async (where) => {
    const ada = app.in(where);

    const several = await ada.says('buy fabrikam');
    const one = await ada.says('polska');
    const byDomain = await ada.says('buy tailspin.example');
    await ada.says('buy');
    const typed = await ada.says('wingtip');

    assert.deepEqual(
      several.input('Customer').choices.map(({ title }) => title.split(' (')[0]),
      ['Fabrikam Inc', 'Fabrikam Polska', 'Fabrikam Residences'],
    );
    assert.match(one.text, /Buy for Fabrikam Polska/);
    assert.match(byDomain.text, /Buy for Tailspin Toys/);
    assert.match(typed.text, /Buy for Wingtip Toys/);
  });

  inBoth('suggests similar customers for a name that nobody has, and goes on from there', async (where) => {
    const ada = app.in(where);

    const unknown = await ada.says('buy contosso');
    await ada.says('buy');
    const asked = await ada.says('tailspinn');
    const found = await ada.says('Tailspin Toys');

    assert.match(unknown.text, /No customer matches "contosso". Similar: .*Contoso Ltd/);
    assert.match(asked.text, /No customer matches "tailspinn". Similar: Tailspin Toys/);
    assert.equal(asked.input('Customer').choices.length, 15);
    assert.match(found.text, /Buy for Tailspin Toys/);
  });

  inBoth('says on the card which quantities can be ordered, and keeps what was filled in', async (where) => {
    const ada = app.in(where);
    await ada.says('buy contoso');
    await ada.goes('Review order', { Product: 'Windows Server 2022 Standard' });

    await ada.goes('Review order', { Edition: '2 Core', Quantity: '1' });
    for (const wrong of ['7', '2001', '-8', '8.5', '٧']) {
      const card = await ada.goes('Review order', { Quantity: wrong });
      assert.match(card.text, /⚠ The quantity must be a whole number from 8 to 2,000/, wrong);
    }
    const typed = await ada.says('seven');
    const review = await ada.goes('Review order', { Quantity: '8' });

    assert.match(typed.text, /⚠ The quantity must be a whole number from 8 to 2,000/);
    assert.match(review.text, /Quantity: 8/);
  });

  inBoth('says on the card that an item is sold out, and another edition can be chosen', async (where) => {
    const ada = app.in(where);
    await ada.says('buy contoso');
    await ada.goes('Review order', { Product: 'BizTalk Server 2020' });

    const soldOut = await ada.goes('Review order', { Edition: 'Branch' });
    const review = await ada.goes('Review order', { Edition: 'Enterprise', Quantity: '4' });

    assert.match(soldOut.text, /⚠ Microsoft does not sell .*Branch.* to this customer now: .*Choose another/);
    assert.match(soldOut.text, /Which edition of BizTalk Server 2020/);
    assert.match(review.text, /Item: BizTalk Server 2020 Enterprise/);
  });

  for (const [customer, problem] of [
    ['Litware', /Litware Sp\. z o\.o\. has not accepted the Microsoft Customer Agreement/],
    ['Proseware', /Microsoft does not allow orders for Proseware, Inc\. at the moment/],
    ['Trey Research', /Trey Research has no reseller relationship/],
    ['Drukarnia', /Microsoft does not allow orders for Drukarnia Świt/],
  ] as const) {
    inBoth(`says at once why nothing can be ordered for ${customer}, and takes another customer`, async (where) => {
      const ada = app.in(where);
      await ada.says('buy');

      const refused = await ada.goes('Next', { Customer: customer });
      const back = await ada.goes('Back');
      const next = await ada.goes('Next', { Customer: 'Contoso' });
      const named = await ada.says(`buy ${customer}`);
      const others = await ada.goes('Edit: another customer');
      await ada.goes('Next', { Customer: customer });
      const typed = await ada.says('Contoso');

      assert.match(refused.text, problem);
      assert.ok(!refused.buttons.some((title) => title.startsWith('Confirm')));
      assert.match(
        back.input('Customer').choices.find(({ value }) => value === back.input('Customer').value)?.title ?? '',
        new RegExp(customer),
      );
      assert.match(next.text, /Buy for Contoso Ltd/);
      assert.match(named.text, problem);
      assert.match(others.text, /For which customer\?/);
      assert.match(typed.text, /Buy for Contoso Ltd/);
    });
  }

  it('waits for a day and goes on where it was, also after a restart', async () => {
    const before = await app.state('orders');
    const begun = await both(async (where) => {
      const ada = app.in(where);
      await toReview(ada);
      const saved = await ada.goes('Save for later');
      assert.match(saved.text, /Saved: Buy Windows Server 2022 Standard.* for Contoso Ltd/);
      return ada;
    });

    await app.advance(24 * 3600);
    await app.restart();
    for (const ada of begun) {
      const resumed = await ada.goes('Resume');
      const settled = await confirmPurchase(ada);
      assert.match(resumed.text, /Please check the order/);
      assert.match(settled.text, /Ordered: 2 × Windows Server 2022 Standard/);
    }

    assert.equal((await newOrders(app, before.orders)).length, 2);
  });

  it('asks for segment, term and billing where there is a choice', async () => {
    const ada = app.in('channel');
    await ada.says('buy contoso');
    await ada.goes('Review order', { Product: 'SQL Server Standard Subscription' });

    const terms = await ada.goes('Review order', { Edition: '3 year' });
    const review = await ada.goes('Review order', { Quantity: '2', Billing: 'every three years' });
    const more = await ada.says('make it 4');

    assert.deepEqual(
      terms.inputs.map(({ label }) => label),
      ['Product', 'Quantity', 'Billing'],
    );
    assert.match(review.text, /Term: 3 years\nBilling: every three years/);
    assert.match(review.text, /prorated refund/);
    assert.match(more.text, /Term: 3 years\nBilling: every three years\nQuantity: 4/);
  });

  it('offers a school what schools can buy', async () => {
    const ada = app.in('channel');
    await ada.says('buy bellows');
    await ada.goes('Review order', { Product: 'Windows Server 2022 Standard' });

    const terms = await ada.goes('Review order', { Edition: '16 Core' });
    const review = await ada.goes('Review order', { Segment: 'Education', Quantity: '1' });
    const more = await ada.says('zmień na 2');

    assert.deepEqual(
      terms.input('Segment').choices.map(({ title }) => title),
      ['Commercial', 'Education'],
    );
    assert.match(review.text, /Segment: Education/);
    assert.match(more.text, /Segment: Education[\s\S]*Quantity: 2/);
  });

  it('keeps a typed quantity where something else is to be chosen too', async () => {
    const ada = app.in('channel');
    await ada.says('buy bellows');
    await ada.says('Windows Server 2022 Standard');
    await ada.says('16 Core');

    const review = await ada.says('3');

    assert.match(review.text, /Segment: Commercial/);
    assert.match(review.text, /Quantity: 3/);
  });

  it('does not order without the attestation that Microsoft asks for', async () => {
    const ada = app.in('channel');
    await ada.says('buy contoso');
    await ada.goes('Review order', { Product: 'Visual Studio Professional 2022' });

    const refused = await ada.goes('Review order', { Quantity: '3' });
    const review = await ada.goes('Review order', { Attestation: 'true' });
    const settled = await confirmPurchase(ada);

    assert.match(refused.text, /⚠ The customer meets the conditions/);
    assert.equal(refused.input('Quantity').value, '3');
    assert.match(review.text, /Quantity: 3/);
    assert.match(settled.text, /Ordered: 3 × Visual Studio/);
  });

  it('lets a sales agent prepare and hand over, and somebody else confirm', async () => {
    const sara = app.in('channel', 'sara');
    const before = await app.state('orders');
    const review = await toReview(sara);
    assert.match(review.text, /You can prepare this order/);
    assert.equal(review.buttons.includes('Hand over'), true);

    const handed = await sara.goes('Hand over');
    const tried = await sara.presses('Confirm');
    const gert = sara.as('gert');
    const settled = await confirmPurchase(gert);

    assert.match(handed.text, /Prepared by Sara Wilk/);
    assert.match(tried.card?.text ?? tried.said ?? '', /You may not confirm an order/);
    assert.match(settled.text, /Ordered by: Gert Sowa/);
    assert.equal((await newOrders(app, before.orders)).length, 1);
  });

  it('lets a helpdesk agent look only, and tells them whom to ask', async () => {
    const hela = app.in('personal', 'hela');

    const refused = await hela.says('buy contoso');

    assert.match(refused.text, /You may not prepare an order\nYou are a helpdesk agent\. You can look/);
  });

  it('asks again when the price has changed between review and Confirm', async () => {
    const ada = app.in('channel');
    const before = await app.state('orders');
    const now = Date.parse(before.now);
    const day = 24 * 3600 * 1000;
    const row = (from: number, until: number, price: string) =>
      `DG7GMGF0D5RK,0001,CAD,${price},${new Date(from).toISOString()},${new Date(until).toISOString()},Commercial`;
    const sheet = [
      'ProductId,SkuId,Currency,UnitPrice,EffectiveStartDate,EffectiveEndDate,Segment',
      row(now - 30 * day, now + day, '1000.00'),
      row(now + day, now + 30 * day, '1100.00'),
    ].join('\n');
    await app.fault({ path: "Market='CA'", body: sheet, status: 200 });
    const review = await toReview(ada, { ...twoServers, customer: 'A. Datum' });
    assert.match(review.text, /Total: 2,000\.00 CAD/);
    const old = ada.card();

    await app.advance(2 * 24 * 3600);
    const asked = await ada.goes('Confirm');
    const stale = await ada.presses('Confirm', {}, old);
    assert.equal((await newOrders(app, before.orders)).length, 0);
    assert.ok(asked.buttons.includes('Confirm: buy 2 for 2,200.00 CAD'));
    const settled = await confirmPurchase(ada);

    assert.match(asked.text, /⚠ The price has changed from 1,000\.00 CAD to 1,100\.00 CAD per unit/);
    assert.match(stale.card?.text ?? '', /Total: 2,200\.00 CAD/);
    assert.match(settled.text, /Ordered/);
    assert.equal((await newOrders(app, before.orders)).length, 1);
  });

  it('says what Partner Center said when it declines the order, and the draft can be changed', async () => {
    const ada = app.in('channel');
    const before = await app.state('orders');
    await toReview(ada, {
      customer: 'Contoso',
      product: 'Windows Server 2025 Datacenter',
      edition: '16 Core',
      terms: { Quantity: '5000' },
    });

    const declined = await confirmPurchase(ada);
    await ada.goes('Edit');
    await ada.goes('Review order', { Quantity: '1' });
    const settled = await confirmPurchase(ada);

    assert.match(declined.text, /⚠ .*credit line/);
    assert.match(settled.text, /Ordered: 1 × Windows Server 2025 Datacenter/);
    assert.equal((await newOrders(app, before.orders)).length, 1);
  });

  it('orders several products in one cart, after a review of all of them', async () => {
    const ada = app.in('channel');
    const before = await app.state();
    await ada.says('buy munson');
    await ada.goes('Review order', { Product: 'Windows Server 2022 Standard' });
    const second = await ada.goes('Add another line', { Edition: '16 Core', Quantity: '2' });
    const review = await ada.goes('Review order', { Product: 'Office LTSC Standard 2024', Quantity: '3' });
    const settled = await ada.goes('Confirm: buy 5 for');

    const carts = (await app.state()).carts.slice(before.carts.length);
    assert.match(
      second.text,
      /Which software, and how many\?[\s\S]*2 × Windows Server 2022 Standard.*\n2 × 880\.00 USD/,
    );
    assert.match(review.text, /2 × Windows Server 2022 Standard.*\n2 × 880\.00 USD = 1,760\.00 USD/);
    assert.match(review.text, /3 × Office LTSC Standard 2024[\s\S]*Can be cancelled until .* UTC/);
    assert.match(settled.text, /Ordered: 2 × Windows Server 2022 Standard.*, 3 × Office LTSC Standard 2024/);
    assert.deepEqual(
      carts.map(({ lineItems }) => lineItems.map((line: { quantity: number }) => line.quantity)),
      [[2, 3]],
    );
    const made = (await newOrders(app, before.orders)).flatMap(({ lineItems }) => lineItems);
    assert.equal(made.length, 2);
  });

  describe('asked back once', () => {
    const somebody = (what: string) => new RegExp(`⚠ Nothing was ordered yet\\. .*${what}.*press Confirm once more`);

    it('where a colleague ordered the same for the customer minutes ago', async () => {
      const ada = app.in('channel');
      const bert = ada.in('personal').as('bert');
      const before = await app.state('orders');
      await toReview(ada, { ...twoServers, customer: 'Northwind' });
      await ada.goes('Confirm');
      await toReview(bert, { ...twoServers, customer: 'Northwind' });
      const first = bert.press('Confirm');

      const [one, other] = await Promise.all([pressed(app, first), pressed(app, { ...first, id: 'f:again' })]);
      const again = await pressed(app, first);
      const card = bert.card().view;
      const onlyOne = (await newOrders(app, before.orders)).length;
      const settled = await bert.goes('Confirm: buy again, 2 for 1,760.00 USD');

      for (const answer of [one, other, again]) assert.doesNotMatch(answer.text, /Ordered:/);
      assert.match(
        card.text,
        somebody('Ada Nowak ordered 2 × Windows Server 2022 Standard .* for this customer already'),
      );
      assert.equal(onlyOne, 1);
      assert.match(settled.text, /Ordered: 2 ×/);
      assert.equal((await newOrders(app, before.orders)).length, 2);
    });

    it('where it is ten times what the customer usually orders, also after Edit, but not after a quarter of an hour', async () => {
      const ada = app.in('channel');
      await toReview(ada, { ...twoServers, customer: 'Lucerne' });
      await ada.goes('Confirm');
      await app.advance(16 * 60);
      const twenty = { ...twoServers, customer: 'Lucerne', terms: { Quantity: '20' } };
      await toReview(ada, twenty);

      const asked = await ada.goes('Confirm: buy 20 for');
      await ada.goes('Edit');
      await ada.goes('Review order', { Quantity: '21' });
      const askedAgain = await ada.goes('Confirm: buy 21 for');
      await ada.goes('Edit');
      await ada.goes('Review order', { Quantity: '3' });
      const settled = await ada.goes('Confirm: buy 3 for');

      assert.match(asked.text, somebody('20 × .* is unusually many: an order of this customer usually has 2 of it'));
      assert.match(askedAgain.text, somebody('21 × .* is unusually many'));
      assert.match(settled.text, /Ordered: 3 ×/);
    });

    it('where quantity and total are beyond all measure', async () => {
      const ada = app.in('channel');
      const before = await app.state('orders');
      await toReview(ada, { ...twoServers, customer: 'Adventure', terms: { Quantity: '999999999' } });

      const asked = await ada.goes('Confirm: buy 999,999,999 for 879,999,999,120.00 USD');

      assert.match(
        asked.text,
        somebody('999,999,999 × .* is a very large quantity. 879,999,999,120.00 USD is a very large'),
      );
      assert.ok(asked.buttons.includes('Confirm: buy all 999,999,999 for 879,999,999,120.00 USD'));
      assert.equal((await newOrders(app, before.orders)).length, 0);
    });
  });

  describe('in a hurry', () => {
    it('orders once for two presses at the same time', async () => {
      const ada = app.in('channel');
      const before = await app.state('orders');
      await toReview(ada, { ...twoServers, customer: 'Tailspin' });
      const one = ada.press('Confirm');
      const other = ada.press('Confirm');

      const answers = await Promise.all([pressed(app, one), pressed(app, other)]);

      for (const { card } of answers) assert.match(card?.text ?? '', /Ordered: 2 ×/);
      assert.equal((await newOrders(app, before.orders)).length, 1);
      assert.match(ada.card().view.text, /Ordered: 2 ×/);
    });

    it('orders once when Teams delivers the press again, with the same id and with another', async () => {
      const ada = app.in('channel');
      const before = await app.state('orders');
      await toReview(ada, { ...twoServers, customer: 'Wingtip' });
      const press = ada.press('Confirm');
      await pressed(app, press);
      const shown = ada.card().view;

      const same = await pressed(app, press);
      const other = await pressed(app, { ...press, id: 'f:another' });

      assert.equal(same.card?.text, shown.text);
      assert.equal(other.card?.text, shown.text);
      assert.equal((await newOrders(app, before.orders)).length, 1);
    });

    it('takes a command once that Teams delivers twice', async () => {
      const ada = app.in('channel');
      const words = ada.words('buy contoso');
      const before = ada.cards().length;

      await Promise.all([app.post(words), app.post(words)]);
      await app.post(words);

      assert.equal(ada.cards().length, before + 1);
    });

    it('does nothing for a button of an earlier card, and shows where things stand', async () => {
      const ada = app.in('channel');
      await ada.says('buy contoso');
      const first = ada.card();
      await ada.goes('Review order', { Product: 'Windows Server 2022 Standard' });
      await ada.goes('Review order', { Edition: '16 Core' });

      const stale = await ada.presses('Review order', { Product: 'BizTalk Server 2020' }, first);

      assert.match(stale.card?.text ?? '', /Please check the order\n[\s\S]*Windows Server 2022 Standard/);
    });

    it("does not let anybody else press somebody's card", async () => {
      const ada = app.in('channel');
      const before = await app.state('orders');
      await toReview(ada);
      const shown = ada.card().view.json;

      for (const who of ['bert', 'gert', 'sara', 'hela', 'stan'] as const) {
        const { said } = await ada.as(who).presses('Confirm');
        assert.match(said ?? '', /This belongs to Ada Nowak\. .*ask Ada Nowak to go on with it/);
      }

      assert.equal((await newOrders(app, before.orders)).length, 0);
      assert.deepEqual(ada.card().view.json, shown);
    });

    it('does nothing for a submission id or draft that was made up, or brought from another place', async () => {
      const ada = app.in('channel');
      const before = await app.state('orders');
      await toReview(ada);
      const data = ada.card().view.button('Confirm').data as object;
      const forge = (changes: object, talk = ada) => {
        const press = talk.press('Confirm', {}, ada.card());
        return {
          ...press,
          value: { action: { type: 'Action.Execute', verb: 'confirm', data: { ...data, ...changes } } },
        };
      };

      const answers = [
        await pressed(app, forge({ submission: 'b1b1b1b1-0000-4000-8000-000000000000' })),
        await pressed(app, forge({ submission: undefined })),
        await pressed(app, forge({ submission: { $ne: null } })),
        await pressed(app, forge({ draft: 'b1b1b1b1-0000-4000-8000-000000000000' })),
        await pressed(app, forge({ draft: undefined })),
        await pressed(app, forge({ step: 'terms' })),
        await pressed(app, forge({}, ada.in('personal'))),
      ];

      for (const { status, text } of answers) {
        assert.equal(status, 200);
        assert.doesNotMatch(text, /Ordered/);
      }
      assert.equal((await newOrders(app, before.orders)).length, 0);
    });

    it('lets two people buy at once in the same thread', async () => {
      const ada = app.in('channel');
      const bert = ada.as('bert');
      const before = await app.state('orders');
      await ada.says('buy contoso');
      const adas = ada.card();
      await bert.says('buy tailspin');
      const berts = bert.card();

      const adaTyped = await ada.says('Windows Server 2022 Standard');
      const bertPressed = await bert.presses('Review order', { Product: 'Access LTSC' }, berts);

      assert.match(adaTyped.text, /Buy for Contoso Ltd\n.*Which edition of Windows Server 2022 Standard\?/s);
      assert.match(bertPressed.card?.text ?? '', /Please check the order\n[\s\S]*Access LTSC 2024/);
      assert.notEqual(adas.message.id, berts.message.id);
      assert.equal((await newOrders(app, before.orders)).length, 0);
    });
  });
});
