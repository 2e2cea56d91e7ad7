import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type Conversation, inBoth, searched } from '../support/conversation.ts';
import { confirmPurchase } from '../support/purchase-steps.ts';

describe('searching while typing', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  const names = (found: readonly { readonly title: string }[]) => found.map(({ title }) => title.split(' (')[0]);
  const datasetOn = (talk: Conversation, label: string) =>
    talk.card().view.input(label).dataset ?? assert.fail(`${label} is not searched`);

  inBoth(
    'finds customers by parts of their names and domains, without accents, and goes on with one',
    async (where) => {
      const ada = app.in(where);
      await ada.says('buy');

      const byName = await ada.types('Customer', 'fabri');
      const byParts = await ada.types('Customer', 'polska fab');
      const byDomain = await ada.types('Customer', 'tailspintoys.onmi');
      const accents = await ada.types('Customer', 'zaklady zolw');
      const none = await ada.types('Customer', 'nobody at all');
      const [polska] = byParts;
      const next = await ada.goes('Next', { Customer: polska?.value ?? '' });

      assert.deepEqual(names(byName).toSorted(), ['Fabrikam Inc', 'Fabrikam Polska', 'Fabrikam Residences']);
      assert.deepEqual(names(byParts), ['Fabrikam Polska']);
      assert.deepEqual(names(byDomain), ['Tailspin Toys']);
      assert.deepEqual(names(accents), ['Zakłady Żółw Sp. z o.o.']);
      assert.deepEqual(none, []);
      assert.match(next.text, /Buy for Fabrikam Polska/);
    },
  );

  inBoth('finds an edition of a product, which is bought with no card between', async (where) => {
    const ada = app.in(where);
    await ada.says('buy contoso');

    const found = await ada.types('Product', 'ws 2025 std 16');
    const review = await ada.goes('Review order', { Product: found[0]?.value ?? '', Quantity: '2' });

    assert.deepEqual(names(found), ['Windows Server 2025 Standard - 16 Core License Pack']);
    assert.match(review.text, /Please check the order[\s\S]*2025 Standard - 16 Core License Pack[\s\S]*Quantity: 2/);
  });

  it('has the 15 likeliest in the card, and in the answer to an empty text', async () => {
    const sara = app.in('personal').as('sara');
    await sara.says('buy');

    const customers = sara.card().view.input('Customer').choices;
    await sara.goes('Next', { Customer: 'Wingtip Toys' });
    const products = sara.card().view.input('Product').choices;
    const typed = await sara.types('Product', '');
    await sara.says('software');
    const again = sara.card().view.input('Customer').choices;

    assert.equal(customers.length, 15);
    assert.equal(products.length, 15);
    assert.deepEqual(typed, products);
    assert.match(products[0]?.title ?? '', /^Windows Server 2025 /);
    assert.match(again[0]?.title ?? '', /^Wingtip Toys \(/);
  });

  it('puts first what was ordered for the customer before', async () => {
    const ada = app.in('channel');
    await ada.says('buy 2 visio ltsc professional 2024 for adventure works');
    await confirmPurchase(ada);

    await ada.says('buy adventure works');

    assert.equal(ada.card().view.input('Product').choices[0]?.title, 'Visio LTSC Professional 2024');
    assert.equal((await ada.types('Product', 'ltsc'))[0]?.title, 'Visio LTSC Professional 2024');
  });

  it('finds what the customer of that conversation can buy, and nothing else', async () => {
    const ada = app.in('channel');
    await ada.says('buy contoso');
    const ofContoso = names(await ada.types('Product', 'office ltsc standard'));
    await ada.says('buy bellows');
    const ofSchool = names(await ada.types('Product', 'office ltsc standard'));

    assert.deepEqual(ofContoso, ['Office LTSC Standard 2024']);
    assert.ok(ofSchool.length > 1, ofSchool.join());
  });

  inBoth('finds nothing for anybody but those who may answer', async (where) => {
    const ada = app.in(where);
    await ada.says('buy');
    const dataset = datasetOn(ada, 'Customer');

    for (const other of [ada.as('stan'), ada.as('bert')])
      assert.deepEqual(await searched(app, other.typing('contoso', dataset)), []);
    assert.equal((await searched(app, ada.typing('contoso', dataset))).length, 1);
  });

  // In a chat of their own: where a guest was in a channel, its cards are for one person each from then on.
  it('finds nothing for a guest, although they ask under the name of the one who may answer', async () => {
    const ada = app.in('personal');
    await ada.says('buy');
    const typing = ada.typing('contoso', datasetOn(ada, 'Customer'));

    const asGuest = await searched(app, { ...typing, from: { ...(typing.from as object), userRole: 'guest' } });

    assert.deepEqual(asGuest, []);
    assert.equal((await searched(app, typing)).length, 1);
  });

  it('finds nothing in a list of another name, of another conversation, or of one that is over', async () => {
    const ada = app.in('channel');
    await ada.says('buy');
    const [, draft = ''] = datasetOn(ada, 'Customer').split('/');
    const forged = [
      'customers',
      'customer/',
      `product/${draft}`,
      `orders/${draft}`,
      `customer/${draft}/../${draft}`,
      `customer/${'0'.repeat(36)}`,
      `customer/${draft}' or true --`,
      '__proto__',
      'x'.repeat(10_000),
    ];
    for (const dataset of forged) assert.deepEqual(await searched(app, ada.typing('con', dataset)), [], dataset);

    await ada.goes('Discard');
    assert.deepEqual(await searched(app, ada.typing('contoso', `customer/${draft}`)), []);
  });

  it('understands what a client sends that does not search, and asks which where it may be several', async () => {
    const ada = app.in('channel');
    await ada.says('buy');

    const several = await ada.goes('Next', { Customer: 'fabrikam' });
    const one = await ada.goes('Choose: Fabrikam Polska');
    const products = await ada.goes('Review order', { Product: 'visio ltsc', Quantity: '3' });
    const picked = await ada.goes('Choose: Visio LTSC Standard 2024');

    assert.match(several.text, /Fabrikam Inc[\s\S]*Fabrikam Polska[\s\S]*Fabrikam Residences/);
    assert.match(one.text, /Buy for Fabrikam Polska/);
    assert.match(products.text, /Visio LTSC Professional 2024[\s\S]*Visio LTSC Standard 2024/);
    assert.match(picked.text, /Please check the order[\s\S]*Visio LTSC Standard 2024[\s\S]*Quantity: 3/);
  });

  it('asks for one where nothing was chosen', async () => {
    const ada = app.in('personal');
    await ada.says('buy');

    const asked = await ada.goes('Next');

    assert.match(asked.text, /⚠ Please choose one\./);
  });

  it('finds what is known while Partner Center is away', async () => {
    const ada = app.in('channel');
    await ada.says('buy');
    const dataset = datasetOn(ada, 'Customer');
    await app.advance(120);
    await app.fault({ path: '^/v1/customers', status: 503, times: 50 });

    const found = await searched(app, ada.typing('wingt', dataset));
    await app.clearFaults();

    assert.deepEqual(names(found), ['Wingtip Toys']);
  });
});
