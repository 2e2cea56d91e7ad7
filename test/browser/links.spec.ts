import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { linkedCommand } from '../../src/web/pages/linked.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openBrowser } from '../support/browser/browser.ts';
import { isTooWide, openProfile } from '../support/browser/page.ts';

describe('a link to one of our records', () => {
  let app: TestApp;
  let browser: Browser;
  before(async () => {
    app = await startTestApp({}, { forPlayground: true });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await app.stop();
  });

  it('opens the tab with what it names', async () => {
    const context = await openProfile(browser);
    const page = await context.newPage();
    await page.setViewportSize({ width: 320, height: 900 });

    await page.goto(`${app.url}/order/e5db9b4bdf10`);

    await page.getByText('Orders of Contoso Ltd').first().waitFor();
    assert.equal(new URL(page.url()).pathname, '/web/desk');
    assert.equal(await isTooWide(page), false);
    await context.close();
  });

  it('is read as it comes from Teams or in the address, and nothing else is typed for anybody', () => {
    assert.equal(linkedCommand('case/SD-7K2M9Q', ''), 'cases SD-7K2M9Q');
    assert.equal(linkedCommand(undefined, '?x=1&customer=ab-12'), 'software ab-12');
    for (const [subPage, query] of [
      [undefined, ''],
      ['toString/x', '?toString=x'],
      ['case/SD-1 x', ''],
      ['buy/3', '?buy=3'],
      ['case', '?order=a%20b'],
    ] as const)
      assert.equal(linkedCommand(subPage, query), undefined, `${subPage} ${query}`);
  });
});
