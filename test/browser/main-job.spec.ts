import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openPlayground, type Playground } from '../support/browser/playground.ts';

describe('The main job, as a person does it in Agents Playground', () => {
  let app: TestApp;

  before(async () => {
    app = await startTestApp({ KEY_REVEAL_SECONDS: '5' }, { forPlayground: true });
  });

  after(async () => {
    await app.stop();
  });

  describe('in a thread of a channel', () => {
    let teams: Playground;
    let order = '';

    before(async () => {
      teams = await openPlayground({ botUrl: app.url });
      await teams.openTeamChannel();
    });

    after(async () => {
      await teams.close();
    });

    it('buys: customer, product with its edition, quantity, review, order number', async () => {
      const before = (await app.state('orders')).orders.length;
      await teams.say('buy');
      await teams.waitForText('For which customer?');
      await teams.screenshot('channel-1-customer');
      await teams.fill('Customer', 'Contoso Ltd (contoso.onmicrosoft.com)');
      await teams.press('Next');
      await teams.fill('Product', 'Windows Server 2025 Standard - 16 Core License Pack');
      await teams.fill('Quantity', 2);
      await teams.screenshot('channel-1-item');
      await teams.press('Review order');
      await teams.waitForText('Please check the order');
      await teams.screenshot('channel-2-review');

      await teams.press('Confirm');

      await teams.waitForText('Ordered: 2 × Windows Server 2025 Standard');
      await teams.screenshot('channel-3-ordered');
      const card = await teams.cardWith('Order number');
      order = (await card.innerText()).match(/keys ([\w-]+)/)?.[1] ?? '';
      assert.match(order, /^[0-9a-f]{12}$/);
      assert.equal((await app.state('orders')).orders.length, before + 1);
      assert.equal(await card.getByRole('button').count(), 0);
    });

    it('shows what the customer has, with the days left', async () => {
      await app.advance(60);
      await teams.say('software contoso');
      await teams.waitForText('Software of Contoso Ltd');
      await teams.waitForText('30 days left to cancel');
      await teams.screenshot('channel-4-software');
    });

    it('opens the buttons of a row, which stay hidden until it is pressed', async () => {
      const list = await teams.cardWith('Software of Contoso Ltd');
      const keys = list.getByRole('button', { name: 'Keys', exact: true });
      assert.equal(await keys.count(), 1);

      await teams.press('2 × Windows Server 2025 Standard', { nth: 0, isAnswered: false });

      await keys.nth(1).waitFor();
      await teams.screenshot('channel-4-row');
      await teams.press('Keys', { nth: 1 });
      await teams.waitForText(`Contoso Ltd · ${order}`);
    });

    it('reveals the key, which goes away again', async () => {
      await teams.waitForText('Only you will see it');
      await teams.fill('Version', 'Windows Server 2022 Standard');
      await teams.fill('Language', 'Polish (Poland)');
      await teams.screenshot('channel-5-ready');

      await teams.press('Get key');

      await teams.waitForText('SMPLE-');
      await teams.screenshot('channel-6-key');
      await teams.waitForNoText('SMPLE-');
    });

    it('cancels by ticket, asked step by step, with the answers typed', async () => {
      await teams.say(`cancel ${order}`);
      await teams.waitForText('It was looked at here by Ada Nowak');
      await teams.screenshot('channel-7-how');
      await teams.say('step by step');
      await teams.press('Next');
      await teams.press('Next');
      await teams.waitForText('Why is it returned?');
      await teams.say('no');
      await teams.waitForText('Please give a reason of 10 to 1000 characters');
      await teams.say('The customer bought the wrong edition');
      await teams.waitForText('Which amount is asked for?');
      await teams.press('Next');
      await teams.press('Next');
      await teams.press('Next');
      await teams.waitForText('Whom may Microsoft contact?');
      await teams.press('Next');
      await teams.waitForText('At which e-mail address?');
      await teams.say('ada.nowak@partner.example');
      await teams.waitForText('At which telephone number?');
      await teams.screenshot('channel-8-question');
      await teams.fill('Contact phone', '+48 22 555 01 00');
      await teams.press('Next');
      await teams.waitForText('Please check the cancellation');
      await teams.screenshot('channel-9-review');

      await teams.press('Submit');

      await teams.waitForText('waiting for Microsoft');
      await teams.screenshot('channel-10-case');
    });

    it('hears in the thread that the cancellation has completed', async () => {
      await app.advance(120);
      await teams.waitForText(/Cancellation SD-\w+ has completed/);
      await teams.waitForText('Key seen by');
      await teams.screenshot('channel-11-notice');
      await teams.say(`keys ${order}`);
      await teams.waitForText('its key is revoked');
    });

    it('hears it in the personal chat too', async () => {
      await teams.openPersonalChat();
      await teams.waitForText(/Cancellation SD-\w+ has completed/);
    });
  });

  describe('in personal chat, in a narrow window', () => {
    let teams: Playground;

    before(async () => {
      teams = await openPlayground({ botUrl: app.url, viewport: { width: 420, height: 900 } });
    });

    after(async () => {
      await teams.close();
    });

    it('shows a key in the answer of the button and takes it away on Hide', async () => {
      await teams.say('keys e5db9b4bdf10');
      await teams.waitForText('Only you will see it');
      await teams.fill('Language', 'Polish (Poland)');
      await teams.screenshot('personal-1-ready');

      await teams.press('Get key');

      await teams.waitForText('SMPLE-');
      await teams.screenshot('personal-2-key');
      await teams.press('Hide');
      await teams.waitForNoText('SMPLE-');
    });

    it('cancels at once where the API can, on one card', async () => {
      await teams.say('cancel e5db9b4bdf10');
      await teams.waitForText('comes back: full refund');
      await teams.fill('Why is it returned?', 'Customer withdrew');
      await teams.screenshot('personal-3-how');
      await teams.press('Cancel now');
      await teams.waitForText('being cancelled');
      await app.advance(120);
      await teams.waitForText(/Cancellation SD-\w+ has completed/);
      await teams.screenshot('personal-5-done');
    });
  });
});
