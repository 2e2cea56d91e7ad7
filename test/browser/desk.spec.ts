import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Frame, Route } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openBrowser } from '../support/browser/browser.ts';
import { type HostTheme, openInTeams, type TeamsHost } from '../support/browser/teams-host.ts';
import { ticketAnswers } from '../support/cancellation-steps.ts';
import { viewOf } from '../support/card-view.ts';
import { type KeyServer, startKeyServer } from '../support/key-server.ts';
import { waitUntil } from '../support/wait-until.ts';
import { openWebPage, type PageAnswer, registeredEnv, ssoClaims, type WebPage } from '../support/web-page.ts';

const checker = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = new URL('../../screenshots/desk/', import.meta.url).pathname;
const order = '712b1970e6b2';

/** What axe finds that is serious or worse; the box of a filtered list has no label in the renderer of cards. */
const check = `axe.run({ exclude: ['.ac-choiceSetInput-filtered-textbox', '.ac-choiceSetInput-filtered'] }, { rules: { 'label-content-name-mismatch': { enabled: false } } })
  .then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.length + ' times, ' + nodes[0].html.slice(0, 300)))`;

/** The card that took the place of the pressed one. */
function lastOf({ messages }: PageAnswer) {
  const last = messages.findLast(({ card }) => card !== undefined);
  assert.ok(last?.card);
  return { messageId: last.messageId, view: viewOf(last.card) };
}

/** The numbers of orders that Microsoft takes back by ticket as a whole, and that have no ticket yet. */
function takenBack(orders: Awaited<ReturnType<TestApp['state']>>['orders']): string[] {
  return orders
    .filter(({ status, lineItems }) => status === 'completed' && lineItems.length === 1)
    .filter(({ lineItems }) => /(Windows|SQL) Server 20\d\d/.test(lineItems[0].friendlyName))
    .map(({ alternateId }) => String(alternateId))
    .filter((number) => number !== 'e5db9b4bdf10');
}

describe('the tab Desk inside Teams', () => {
  let keys: KeyServer;
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  let ada: WebPage;

  const tokenOf = (who: 'ada' | 'hela' = 'ada'): string => keys.token(ssoClaims(keys, who));

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    keys = await startKeyServer();
    app = await startTestApp({ ...registeredEnv(keys), SIMULATOR_DELAY_SECONDS: '3600' });
    browser = await openBrowser();
    context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Warsaw' });
    ada = await openWebPage(app.url, tokenOf());
    await ada.says(`remind ${order}`);
    await fileTicket('e5db9b4bdf10');
    await ada.says('buy contoso');
  });
  after(async () => {
    await browser.close();
    await app.stop();
    await keys.close();
  });

  /** A case that waits for Microsoft. */
  async function fileTicket(number: string): Promise<void> {
    let card = await ada.says(`cancel ${number}`);
    for (const [title, values] of [['By ticket'], ['Review ticket', ticketAnswers], ['Submit']] as const)
      card = lastOf(await ada.presses(title, card, values));
    assert.match(card.view.text, /waiting for Microsoft/);
  }

  async function open(width: number, theme: HostTheme = 'default', from = context): Promise<TeamsHost> {
    const host = await openInTeams(from, { url: `${app.url}/web/desk`, token: tokenOf(), theme, width });
    await host.frame.locator('.lists section').first().waitFor();
    return host;
  }

  async function say(frame: Frame, text: string): Promise<void> {
    await frame.getByLabel('What do you want to do?').fill(text);
    await frame.getByRole('button', { name: 'Send' }).click();
    await frame.locator('.cards article').first().waitFor();
  }

  for (const theme of ['default', 'dark', 'contrast'] as const) {
    for (const width of [1280, 320]) {
      it(`fits into ${width} pixels and can be read by everybody, in Teams’ theme ${theme}`, async () => {
        const { page, frame } = await open(width, theme);
        await say(frame, 'cases');
        await frame.getByLabel('Customers, software, orders, cases').fill('contoso');
        await frame.getByRole('button', { name: 'Search', exact: true }).click();
        await frame.locator('.found .row').first().waitFor();

        assert.equal(await frame.locator('html').getAttribute('data-theme'), theme === 'default' ? 'light' : theme);
        const headings = await frame.locator('h2:not(article h2)').allInnerTexts();
        const isSearchFirst = headings.indexOf('Search') < headings.indexOf('What needs you');
        assert.equal(isSearchFirst, width > 960, headings.join());
        assert.equal(await frame.evaluate('document.documentElement.scrollWidth'), width);
        await frame.evaluate(checker);
        assert.deepEqual(await frame.evaluate(check), []);
        await page.setViewportSize({ width, height: Number(await frame.evaluate('document.body.scrollHeight')) });
        await page.screenshot({ path: `${pictures}${theme}-${width}.png` });
        await page.close();
      });
    }
  }

  it('signs in by Teams, and shows windows that close, cases with their steps, drafts and money', async () => {
    const { page, frame, calls } = await open(1280);

    const part = (name: string) => frame.getByRole('region', { name, exact: true });
    assert.match(await part('Windows that close').innerText(), new RegExp(order));
    assert.ok((await part('Windows that close').getByRole('meter').count()) > 0);
    assert.match(await part('Open cases').innerText(), /Contoso Ltd/);
    const steps = part('Open cases')
      .getByRole('list', { name: /^Steps/ })
      .first()
      .getByRole('listitem');
    assert.ok((await steps.count()) > 1);
    assert.match(await part('Drafts to resume').innerText(), /Buy software for Contoso Ltd/);
    const picture = part('Money asked back and credited').getByRole('img');
    assert.match((await picture.getAttribute('aria-label')) ?? '', /Asked back [\d,.]+ EUR, Credited 0\.00 EUR/);
    const headings = await frame.locator('.overview h2').allInnerTexts();
    assert.deepEqual(headings.slice(1, 4), ['Windows that close', 'Open cases', 'Drafts to resume']);
    assert.deepEqual((await calls()).slice(0, 1), ['initialize']);
    assert.ok((await calls()).includes('authentication.getAuthToken'));
    await page.close();
  });

  it('runs the flow of a row that is chosen with the keyboard, and replaces the card that is pressed', async () => {
    const { page, frame } = await open(1280);
    await frame.locator('.row button', { hasText: 'Buy software for Contoso Ltd' }).focus();
    await page.keyboard.press('Enter');
    const card = frame.locator('.cards article').first();
    await card.getByText('Buy for Contoso Ltd').first().waitFor();
    assert.match(String(await frame.evaluate('document.activeElement.textContent')), /Buy for Contoso Ltd/);

    await card.getByRole('button', { name: 'More options' }).click();
    await frame.getByText('Save for later').click();

    await card.getByText(/saved/i).first().waitFor();
    assert.equal(await frame.locator('.cards article', { hasText: 'Review order' }).count(), 0);
    await page.close();
  });

  it('shows what changes elsewhere, and follows the theme', async () => {
    const { page, frame, changeTheme } = await open(1280);
    const cases = frame.getByRole('region', { name: 'Open cases', exact: true });
    const before = await cases.locator('.row').count();

    await fileTicket('55117c4390c1');
    await cases.locator('.row').nth(before).waitFor();
    await changeTheme('contrast');

    await frame.locator('html[data-theme="contrast"]').waitFor();
    assert.equal(await frame.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(0, 0, 0)');
    await page.close();
  });

  it('hides the audit log from those who may not read it, and gives the others a file', async () => {
    const hela = await openInTeams(context, { url: `${app.url}/web/desk`, token: tokenOf('hela'), width: 1280 });
    await hela.frame.locator('.lists section').first().waitFor();
    assert.equal(await hela.frame.getByRole('region', { name: 'Audit log', exact: true }).isVisible(), false);
    await hela.page.close();
    const { page, frame } = await open(1280);
    const audit = frame.getByRole('region', { name: 'Audit log', exact: true });
    await audit.getByRole('button', { name: 'Show' }).click();
    await audit.locator('.row').first().waitFor();

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      audit.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);

    assert.match(readFileSync(await file.path(), 'utf8'), /^\ufefftime_utc,kind,who/);
    await page.close();
  });

  it('tells what went wrong with the lists until it works again', async () => {
    const { page, frame } = await open(1280);
    const status = frame.getByRole('region', { name: 'Conversation' }).getByRole('status');
    const lookAgain = () => frame.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.route('**/web/api/desk*', (route) => route.abort());

    await lookAgain();
    await status.getByText('That did not get through').waitFor();
    await page.unroute('**/web/api/desk*');
    await lookAgain();

    await waitUntil(async () => (await status.innerText()) === '', 'it to be taken back');
    await page.close();
  });

  it('shows nothing of an older search of the audit log below a newer one', async () => {
    const { page, frame } = await open(1280);
    const audit = frame.getByRole('region', { name: 'Audit log', exact: true });
    let release: () => void = () => undefined;
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    const late = page.waitForResponse(/audit\?customer=&/);
    await page.route(/audit\?customer=&/, async (route) => {
      await isReleased;
      await route.continue();
    });

    await audit.getByRole('button', { name: 'Show' }).click();
    await audit.getByLabel('Customer', { exact: true }).fill('Contoso Ltd');
    await audit.getByLabel('To', { exact: true }).fill('2001-01-01');
    await audit.getByRole('button', { name: 'Show' }).click();
    await audit.getByText('Nothing was recorded.').waitFor();
    release();
    await late;
    await frame.evaluate('new Promise((resolve) => setTimeout(resolve))');

    assert.equal(await audit.locator('.row').count(), 0);
    await page.close();
  });

  it('keeps the open cases that were shown when something changes', async () => {
    const { page, frame } = await open(1280);
    const cases = frame.getByRole('region', { name: 'Open cases', exact: true });
    for (const number of takenBack((await app.state('orders')).orders).slice(0, 10)) await fileTicket(number);
    await cases.getByRole('button', { name: 'Show more' }).click();
    await cases.locator('.row').nth(10).waitFor();
    const shown = await cases.locator('.row').count();
    const read = page.waitForResponse(/api\/desk/);

    await ada.says('buy adventure works');
    await frame.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await read;
    await frame
      .getByRole('region', { name: 'Drafts to resume' })
      .getByText('Buy software for Adventure Works')
      .waitFor();

    assert.equal(await cases.locator('.row').count(), shown);
    await page.close();
  });

  it('reads its lists also while something changes all the time', async () => {
    const { page, frame } = await open(1280);
    const read = page.waitForResponse(/api\/desk/);

    await frame.evaluate(`setInterval(() => document.dispatchEvent(new Event('visibilitychange')), 50)`);

    await read;
    await page.close();
  });

  it('reads its lists again some time after they could not be read', async () => {
    const own = await browser.newContext();
    await own.clock.install();
    const { page, frame } = await open(320, 'default', own);
    const status = frame.getByRole('status').first();
    const refuse = (route: Route) => route.fulfill({ status: 429, json: { text: 'Too many pages.' } });
    await page.route(/api\/desk/, refuse);
    await frame.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.clock.runFor(1_000);
    await status.getByText('Too many pages.').waitFor();
    await page.unroute(/api\/desk/, refuse);

    const read = page.waitForResponse((response) => /api\/desk/.test(response.url()) && response.ok());
    await page.clock.runFor(20_000);

    await read;
    await waitUntil(async () => (await status.innerText()) === '', 'the refusal to be taken back');
    await own.close();
  });

  it('says so where Teams gives no token', async () => {
    const { page, frame } = await openInTeams(context, { url: `${app.url}/web/desk`, width: 320 });

    await frame.getByRole('alert').waitFor();

    assert.match(await frame.getByRole('alert').innerText(), /Open it in Microsoft Teams/);
    await page.close();
  });
});
