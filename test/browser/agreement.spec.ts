import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openPlayground, type Playground } from '../support/browser/playground.ts';

describe('What is missing before an order, as a person mends it in Agents Playground', () => {
  let app: TestApp;
  let teams: Playground;

  before(async () => {
    app = await startTestApp({}, { forPlayground: true });
    teams = await openPlayground({ botUrl: app.url, viewport: { width: 420, height: 900 } });
  });

  after(async () => {
    await teams.close();
    await app.stop();
  });

  it('confirms the customer agreement on the card, and orders', async () => {
    const before = (await app.state('orders')).orders.length;
    await teams.say('buy litware');
    await teams.waitForText('has not accepted the Microsoft Customer Agreement');
    await teams.screenshot('agreement-1-missing');

    await teams.press('Customer agreement');
    await teams.waitForText('Who accepted the Microsoft Customer Agreement?');
    await teams.fill('First name', 'Anna');
    await teams.fill('Last name', 'Kowalska');
    await teams.fill('E-mail', 'anna@litware.example');
    await teams.fill('Date of acceptance', 1);
    await teams.screenshot('agreement-2-form');
    await teams.press('Next');
    await teams.waitForText('Please check what Microsoft will be told');
    await teams.screenshot('agreement-3-review');
    await teams.press('Confirm');

    await teams.waitForText('Buy for Litware');
    await teams.fill('Product', 'Office LTSC Standard 2024');
    await teams.fill('Quantity', 1);
    await teams.press('Review order');
    await teams.waitForText('Please check the order');
    await teams.press('Confirm');
    await teams.waitForText('Ordered: 1 × Office LTSC Standard 2024');
    assert.equal((await app.state('orders')).orders.length, before + 1);
  });

  it('tells what Microsoft may hold against an order', async () => {
    await teams.say('buy a. datum');
    await teams.waitForText('Buy for A. Datum');
    await teams.fill('Product', 'Office LTSC Standard 2024');
    await teams.fill('Quantity', 1);
    await teams.press('Review order');
    await teams.waitForText('cannot verify the billing address');
    await teams.screenshot('agreement-4-advice');
    await teams.say('buy proseware');
    await teams.waitForText('Microsoft does not allow orders for Proseware');
    await teams.screenshot('agreement-5-blocked');
  });
});
