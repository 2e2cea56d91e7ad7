import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { type Conversation, pressed } from '../support/conversation.ts';
import { confirmPurchase, newOrders, orderNumberOn, toReview, twoServers } from '../support/purchase-steps.ts';

const litware = 'Litware Sp. z o.o.';
const anna = {
  ...{ 'First name': 'Anna', 'Last name': 'Kowalska', 'E-mail': 'anna@litware.example' },
  'Date of acceptance': '2025-06-02',
};

describe('before an order', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  beforeEach(async () => void (await app.simulator('POST', 'reset')));
  after(() => app.stop());

  const agreements = async () => (await app.state('agreements')).agreements;

  /** Goes on to the next time it is this hour in UTC. */
  async function goOnTo(hour: string): Promise<void> {
    const { now } = await app.state('now');
    const today = `${now.slice(0, 10)}T${hour}:00Z`;
    const at = today > now ? Date.parse(today) : Date.parse(today) + 86_400_000;
    await app.simulator('POST', 'clock', { now: new Date(at).toISOString() });
  }

  async function toConfirmation(talk: Conversation, values: Record<string, string> = anna) {
    await talk.says('buy litware');
    await talk.goes('Customer agreement');
    return talk.goes('Next', values);
  }

  describe('the customer agreement', () => {
    for (const where of ['channel', 'personal'] as const) {
      it(`is confirmed from the card, with who accepted it and when, and the purchase goes on (${where})`, async () => {
        await goOnTo('12:00');
        const ada = app.in(where);
        const before = await app.state('agreements');
        const missing = await ada.says('buy litware');
        const form = await ada.goes('Customer agreement');
        const review = await ada.goes('Next', anna);
        const products = await ada.goes('Confirm: Anna Kowalska accepted it');
        const order = await ada.goes('Review order', { Product: 'Office LTSC Standard 2024', Quantity: '1' });
        const settled = await confirmPurchase(ada);

        assert.match(missing.text, /Before you can order for Litware Sp\. z o\.o\./);
        assert.match(missing.text, /has not accepted the Microsoft Customer Agreement.*\n.*tell Microsoft here/);
        assert.deepEqual(
          form.inputs.map(({ label }) => label),
          ['First name', 'Last name', 'E-mail', 'Phone (optional)', 'Date of acceptance'],
        );
        assert.notEqual(form.input('E-mail').value, '', 'the contact of the billing profile is proposed');
        assert.ok(!form.input('Date of acceptance').value, 'no day is proposed');
        assert.ok(form.buttons.includes('Open the agreement'));
        assert.match(review.text, /Accepted by: Anna Kowalska\nE-mail: anna@litware\.example/);
        assert.match(review.text, /you declare to Microsoft/);
        assert.match(products.text, /Buy for Litware/);
        assert.match(order.text, /Total: /);
        assert.match(settled.text, /Ordered: 1 × Office LTSC Standard 2024/);
        const [made, ...others] = (await agreements()).slice(before.agreements.length);
        assert.deepEqual(others, []);
        assert.equal(made?.primaryContact.email, 'anna@litware.example');
        assert.equal(made?.dateAgreed.slice(0, 10), '2025-06-02');
      });
    }

    it('is dated as the calendar says where the person is, and never in the future', async () => {
      await goOnTo('23:30');
      const ada = app.in('channel');
      const { now, agreements: before } = await app.state('agreements');
      const inWarsaw = new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10);
      await ada.says('buy litware');
      await ada.goes('Customer agreement');
      await ada.goes('Next', { ...anna, 'Date of acceptance': inWarsaw });
      await ada.goes('Confirm');

      const [made] = (await agreements()).slice(before.length);
      assert.ok(Date.parse(made?.dateAgreed) >= Date.parse(now), made?.dateAgreed);
      assert.ok(made?.dateAgreed <= (await app.state('now')).now, made?.dateAgreed);
    });

    it('asks again for what is wrong, and keeps the rest', async () => {
      const ada = app.in('channel');
      await ada.says('buy litware');
      await ada.goes('Customer agreement');
      const { now, agreements: before } = await app.state('agreements');
      const tomorrow = new Date(Date.parse(now) + 2 * 86_400_000).toISOString().slice(0, 10);

      const noMail = await ada.goes('Next', { ...anna, 'E-mail': 'anna at litware' });
      const noPhone = await ada.goes('Next', { ...anna, 'Phone (optional)': 'call me' });
      const future = await ada.goes('Next', { ...anna, 'Phone (optional)': '', 'Date of acceptance': tomorrow });
      const early = await ada.goes('Next', { 'Date of acceptance': '1900-01-01' });
      const noDay = await ada.goes('Next', { 'Date of acceptance': '2026-02-30' });

      assert.match(noMail.text, /⚠ Please give the e-mail address/);
      assert.equal(noMail.input('First name').value, 'Anna');
      assert.match(noPhone.text, /⚠ That is not a phone number/);
      assert.match(future.text, /⚠ The agreement cannot be accepted in the future/);
      assert.match(early.text, /⚠ Before 2019 there was no Microsoft Customer Agreement\. Please give the day/);
      assert.match(noDay.text, /⚠ Please give the day of acceptance/);
      assert.deepEqual(await agreements(), before);
    });

    it('is confirmed once, however often Confirm is pressed', async () => {
      const ada = app.in('channel');
      await toConfirmation(ada);
      const press = ada.press('Confirm');
      const before = (await agreements()).length;

      const answers = await Promise.all([pressed(app, press), pressed(app, { ...press, id: 'again' })]);

      assert.ok(answers.every(({ status }) => status === 200));
      assert.equal((await agreements()).length, before + 1);
    });

    it('is confirmed once, when Partner Center takes it and the answer is lost', async () => {
      const ada = app.in('channel');
      await toConfirmation(ada);
      const before = (await agreements()).length;
      await app.fault({ method: 'POST', path: '/agreements$', times: 4, dropAfterWork: true });

      await ada.presses('Confirm');
      const products = await again(ada);

      assert.match(products, /Buy for Litware/);
      assert.equal((await agreements()).length, before + 1);
    });

    it('is nothing that a sales agent confirms: they hand over, and an admin agent goes on', async () => {
      const sara = app.in('channel', 'sara');
      const missing = await sara.says('buy litware');
      const handedOver = await sara.goes('Hand over');
      const ada = sara.as('ada');
      const form = await ada.goes('Customer agreement');
      const review = await ada.goes('Next', anna);

      assert.deepEqual(missing.buttons.includes('Customer agreement'), false);
      assert.match(missing.text, /An admin agent can confirm the agreement here/);
      assert.match(handedOver.text, /Prepared by Sara Wilk/);
      assert.ok(form.input('First name'));
      assert.match(review.text, /Accepted by: Anna Kowalska/);
    });

    it('leads back past itself, once it is confirmed', async () => {
      const ada = app.in('channel');
      await ada.says('buy');
      await ada.goes('Next', { Customer: 'Litware' });
      await ada.goes('Customer agreement');
      const missing = await ada.goes('Back');
      await ada.goes('Customer agreement');
      await ada.goes('Next', anna);
      await ada.goes('Confirm');

      const customers = await ada.goes('Back');

      assert.match(missing.text, /Before you can order/);
      assert.match(customers.text, /For which customer\?/);
    });

    it('may be confirmed elsewhere meanwhile: the check is made again', async () => {
      const ada = app.in('personal');
      const missing = await ada.says('buy litware');
      const still = await ada.goes('Next: check again');
      const { customers } = await app.state('customers');
      const { id } = customers.find(({ companyProfile }) => companyProfile.companyName === litware) ?? {};
      await app.asPartner('POST', `/v1/customers/${id}/agreements`, {
        primaryContact: { firstName: 'Anna', lastName: 'Kowalska', email: 'anna@litware.example' },
        templateId: await templateId(),
        dateAgreed: '2026-01-01T00:00:00Z',
        type: 'MicrosoftCustomerAgreement',
      });

      const products = await ada.goes('Next: check again');

      assert.equal(still.text, missing.text);
      assert.match(products.text, /Buy for Litware/);
    });
  });

  for (const [customer, where, what, remedy] of [
    [
      'A. Datum',
      'on the last card',
      /cannot verify the billing address of A\. Datum/,
      /Correct the address in Partner Center/,
    ],
    [
      'Graphic Design',
      'on the first card and on the last',
      /denied Graphic Design Institute the education prices/,
      /Other prices can be ordered/,
    ],
    [
      'Fundacja',
      'on the first card and on the last',
      /still reviews whether Fundacja Łąka qualifies for nonprofit prices/,
      /Other prices can be ordered now/,
    ],
  ] as const) {
    it(`is told what Microsoft may hold against ${customer}, ${where}`, async () => {
      const ada = app.in('channel');
      const products = await ada.says(`buy ${customer}`);
      const review = await ada.goes('Review order', { Product: 'Office LTSC Standard 2024', Quantity: '1' });

      for (const { text } of where === 'on the last card' ? [review] : [products, review]) {
        assert.match(text, what);
        assert.match(text, remedy);
      }
      assert.ok(review.buttons.some((title) => title.startsWith('Confirm')));
    });
  }

  describe('at Confirm', () => {
    const idOfContoso = async () => {
      const { customers } = await app.state('customers');
      return customers.find(({ companyProfile }) => companyProfile.companyName === 'Contoso Ltd');
    };

    for (const [what, path, body, says] of [
      ['the account', 'validationStatus', { type: 'account', status: 'NotAllowed' }, /account status: NotAllowed/],
      ['the agreement', 'agreements\\?', { totalCount: 0, items: [] }, /has not accepted the Microsoft Customer/],
    ] as const) {
      it(`${what} is looked at again: nothing is ordered without, and the order goes on when it is mended`, async () => {
        const ada = app.in('channel');
        await toReview(ada);
        const before = await app.state('orders');
        const { id } = (await idOfContoso()) ?? {};
        await app.fault({ method: 'GET', path: `/v1/customers/${id}/${path}`, times: 1, status: 200, body });

        const missing = await ada.goes('Confirm');
        const terms = await ada.goes('Next: check again');
        await ada.goes('Review order');
        const nothingYet = await newOrders(app, before.orders);
        const settled = await confirmPurchase(ada);

        assert.match(missing.text, says);
        assert.equal(terms.input('Quantity').value, '2');
        assert.deepEqual(nothingYet, []);
        assert.deepEqual(
          (await newOrders(app, before.orders)).map(({ id }) => id),
          [orderNumberOn(settled)],
        );
      });
    }

    it('what Partner Center misses leads to its remedy, and from there to the order', async () => {
      const ada = app.in('personal');
      await toReview(ada, { ...twoServers, customer: 'Northwind' });
      const before = await app.state('orders');
      const body = { code: 13605, description: 'The Microsoft Customer Agreement has not been signed.' };
      await app.fault({ method: 'POST', path: '/carts$', status: 403, body });

      const missing = await ada.goes('Confirm');
      await ada.goes('Next: check again');
      await ada.goes('Review order');
      const settled = await confirmPurchase(ada);

      assert.match(
        missing.text,
        /⚠ Partner Center declined\. .*Partner Center said: “The Microsoft Customer Agreement has not been signed/,
      );
      assert.ok(missing.buttons.includes('Customer agreement'));
      assert.doesNotMatch(missing.text, /ask Microsoft’s support/);
      assert.equal((await newOrders(app, before.orders)).length, 1);
      assert.match(settled.text, /Ordered: 2 ×/);
    });
  });

  async function templateId(): Promise<string> {
    const [one] = await agreements();
    return one?.templateId;
  }

  /** Presses Confirm until the conversation has gone on. */
  async function again(talk: Conversation): Promise<string> {
    for (let press = 0; press < 10; press += 1) {
      const isBusy = () => /Working on it/.test(talk.card().view.text);
      await app.connector.until(() => !isBusy(), 'the card after Confirm');
      const { view } = talk.card();
      if (!view.buttons.some((title) => title.startsWith('Confirm'))) return view.text;
      await talk.presses('Confirm');
    }
    return talk.card().view.text;
  }
});
