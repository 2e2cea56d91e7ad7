import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { playgroundStaff } from '../../src/config/development.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openBrowser } from '../support/browser/browser.ts';
import { fillInput } from '../support/browser/card.ts';
import { faultsOf, isTooWide, openProfile, picture, traceOf } from '../support/browser/page.ts';
import { openInTeams } from '../support/browser/teams-host.ts';
import { viewOf } from '../support/card-view.ts';
import { everyRow, filesWith, readDatabase } from '../support/database-contents.ts';
import { pdfFile } from '../support/files.ts';
import { type KeyServer, startKeyServer } from '../support/key-server.ts';
import { waitUntil } from '../support/wait-until.ts';
import { registeredEnv, ssoClaims } from '../support/web-page.ts';

const keyPattern = /SMPLE(-[A-Z0-9]{5}){5}|SMPLE(-[A-Z0-9]{5}){4}/;
const servers = 'e5db9b4bdf10';
const personId = playgroundStaff.adminAgents;

describe('the page that shows keys', () => {
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  const canaries = new Set<string>();
  const addresses = new Set<string>();

  before(async () => {
    app = await startTestApp(
      { PUBLIC_URL: 'http://localhost:9', KEY_REVEAL: 'dialog', KEY_REVEAL_SECONDS: '60' },
      { forPlayground: true },
    );
    browser = await openBrowser();
  });
  beforeEach(async () => {
    context = await openProfile(browser);
  });
  afterEach(() => context.close());
  after(async () => {
    await browser.close();
    await app.stop();
  });

  async function open(path = `/web/key?order=${servers}`, { hasClock = false } = {}): Promise<Page> {
    const page = await context.newPage();
    page.on('request', (request) => addresses.add(request.url()));
    if (hasClock) await page.clock.install();
    await page.goto(`${app.url}${path}`);
    await page.getByRole('button', { name: 'Get key' }).waitFor();
    return page;
  }

  async function reveal(page: Page): Promise<string> {
    await page.getByRole('button', { name: 'Get key' }).click();
    const shown = await page.locator('.secret').first().innerText();
    assert.match(shown, keyPattern);
    canaries.add(shown);
    return shown;
  }

  /** A thread in which the person of the pages has asked for keys; the path of the page that the dialog shows. */
  async function inChannel(): Promise<{ path: string; card: () => string }> {
    const talk = app.in('channel');
    const from = { id: `29:${personId}`, name: 'Ada Nowak', aadObjectId: personId };
    const posted = async (activity: object) => (await app.post({ ...activity, from })).text();
    const card = () => app.connector.messages(talk.place).find((one) => one.card && !one.isTargeted);
    await posted(talk.words(`keys ${servers}`));
    await app.connector.until(() => card()?.card, 'the card of the keys');
    const { id = '', card: content } = card() ?? {};
    const { name, ...press } = talk.press('Get key', {}, { message: { id }, view: viewOf(content ?? {}) });
    const { action } = press.value as { action: { data: object } };
    const dialog = JSON.parse(await posted({ ...press, name: 'task/fetch', value: { data: action.data } }));
    const { pathname, search } = new URL(dialog.task.value.url);
    return { path: `${pathname}${search}`, card: () => JSON.stringify(card()?.card) };
  }

  it('shows the key of what was chosen, copies it, and leaves nothing of it after Hide', async () => {
    const page = await open();
    await page.getByLabel('Windows Server 2019 Standard').check({ force: true });
    await fillInput(page.locator('article'), 'Language', 'German (Germany)');

    const key = await reveal(page);
    await page.getByRole('button', { name: /^Copy: Product key/ }).click();
    await page.getByText('Copied.').waitFor();

    assert.equal(await page.evaluate('navigator.clipboard.readText()'), key);
    assert.match(await page.locator('h2').innerText(), /Windows Server 2019 Standard · Contoso Ltd · .* · German/);
    assert.match(await page.getByRole('timer').innerText(), /Disappears in \d\d? s/);
    assert.equal(await page.getByRole('button', { name: 'Get key' }).count(), 0);
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.getByText('Key revealed to Ada Nowak').waitFor();
    assert.doesNotMatch(await traceOf(page), keyPattern);
    const again = await open();
    assert.ok(await again.getByLabel('Windows Server 2019 Standard').isChecked());
  });

  it('goes on with the conversation of a channel, and says there who has seen the key, and nothing else', async () => {
    const { path, card } = await inChannel();
    const page = await open(path);

    const key = await reveal(page);

    assert.match(card(), /Key revealed to Ada Nowak/);
    assert.ok(!card().includes(key));
    assert.doesNotMatch(page.url(), keyPattern);
  });

  it('takes the key away when its time is over, however late the page is looked at again', async () => {
    const page = await open(undefined, { hasClock: true });
    await reveal(page);

    await page.clock.runFor(59_000);
    assert.match(await traceOf(page), keyPattern);
    await page.clock.runFor(1_500);
    await page.getByText('Hidden.').waitFor();
    assert.doesNotMatch(await traceOf(page), keyPattern);

    await reveal(page);
    // Timers of a page behind others stand still; the clock does not.
    await page.clock.setSystemTime(Date.now() + 10 * 60_000);
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await page.getByText('Hidden.').waitFor();
    assert.doesNotMatch(await traceOf(page), keyPattern);
  });

  it('takes the key away when the page is left, and does not bring it back with it', async () => {
    const page = await open();
    await reveal(page);
    await page.evaluate(`window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))`);
    assert.doesNotMatch(await traceOf(page), keyPattern);

    await reveal(page);
    await page.goto(`${app.url}/web/desk`);
    await page.goBack();
    await page.getByRole('button', { name: 'Get key' }).waitFor();
    assert.doesNotMatch(await traceOf(page), keyPattern);
  });

  it('gives the download address beside the key, for as long as both may be seen', async () => {
    const page = await open();
    const key = await reveal(page);

    await page.getByRole('region').getByRole('button', { name: 'Download', exact: true }).click();
    await page.getByRole('button', { name: 'Open the download' }).waitFor();

    const [first, address] = await page.locator('.secret').allInnerTexts();
    canaries.add(address ?? '');
    assert.match(first ?? '', keyPattern);
    assert.equal(first, key);
    assert.match(address ?? '', /^https:\/\/download\.example\//);
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.getByText('Key and download address revealed to Ada Nowak').waitFor();
    assert.doesNotMatch(await traceOf(page), /download\.example/);
  });

  it('shows nothing for a request that comes again; it is in the audit log, and the admin agents are told', async () => {
    const { path } = await inChannel();
    const page = await open(path);
    const sent = page.waitForRequest((request) => request.postData()?.includes('"token"') ?? false);
    await reveal(page);
    const request = await sent;

    const replayed = await context.request.post(request.url(), {
      headers: { ...(await request.allHeaders()) },
      data: request.postData() ?? '',
    });

    assert.equal(replayed.status(), 200);
    const answer = await replayed.text();
    assert.match(answer, /used before, so nothing was shown/);
    assert.doesNotMatch(answer, keyPattern);
    await app.connector.until(
      () => app.connector.requests.some(({ text }) => text.includes('A one-time request for a key was refused')),
      'the admin agents to be told',
    );
  });

  it('refuses a page of another site, and whoever is not signed in', async () => {
    const { path } = await inChannel();
    const body = { draft: path.split('=')[1] };
    const url = `${app.url}/web/api/page-turn`;
    const { status: stranger } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url },
      body: JSON.stringify(body),
    });
    const page = await open(path);
    const forged = await page.evaluate<number>(
      `fetch('/web/api/page-turn', { method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: ${JSON.stringify(JSON.stringify(body))} }).then(({ status }) => status)`,
    );

    assert.equal(stranger, 401);
    assert.equal(forged, 403);
  });

  it('says what is wrong where its address leads to nothing', async () => {
    const page = await context.newPage();
    for (const query of ['', '?draft=none', '?order=hello%20world', '?order=0123456789ab']) {
      await page.goto(`${app.url}/web/key${query}`);
      await page.getByText(/This page could not be opened|This has expired/).waitFor();
    }
  });

  /** A thread in which the person of the pages files a ticket for this order: the page that *Form with files* opens. */
  async function ticketInChannel(order: string): Promise<{ path: string; shown: () => string }> {
    const talk = app.in('channel');
    const from = { id: `29:${personId}`, name: 'Ada Nowak', aadObjectId: personId };
    const posted = async (activity: object) => (await app.post({ ...activity, from })).text();
    const message = () => app.connector.messages(talk.place).findLast((one) => one.card);
    const on = () => ({ message: { id: message()?.id ?? '' }, view: viewOf(message()?.card ?? {}) });
    await posted(talk.words(`cancel ${order}`));
    await app.connector.until(() => message()?.card, 'the card of the cancellation');
    await posted(talk.press('By ticket', {}, on()));
    await app.connector.until(() => on().view.buttons.includes('Form with files'), 'the form');
    const { name, ...press } = talk.press('Form with files', {}, on());
    const { action } = press.value as { action: { data: object } };
    const dialog = JSON.parse(await posted({ ...press, name: 'task/fetch', value: { data: action.data } }));
    const { pathname, search } = new URL(dialog.task.value.url);
    return { path: `${pathname}${search}`, shown: () => on().view.text };
  }

  /** All that is missing, with a number that is none; then only that is asked. */
  async function fillWrong(form: Locator): Promise<void> {
    await fillInput(form, 'Reason for the refund', 'The customer ordered the wrong edition.');
    await fillInput(form, 'Contact e-mail', 'ada.nowak@partner.example');
    await fillInput(form, 'Contact phone', 'none');
    await form.getByRole('button', { name: 'Review ticket' }).click();
    await form.getByText('Please give a telephone number').first().waitFor();
  }

  async function mend(form: Locator): Promise<void> {
    await fillInput(form, 'Contact phone', '+48 22 555 01 00');
    await form.getByRole('button', { name: 'Review ticket' }).click();
    await form.getByText('Please check the cancellation').waitFor();
  }

  it('opens over the tab Desk, whose card goes on with what is pressed in it', async () => {
    const page = await context.newPage();
    await page.goto(`${app.url}/web/desk`);
    await page.getByLabel('What do you want to do?').fill('cancel 712b1970e6b2');
    await page.getByRole('button', { name: 'Send' }).click();
    const card = page.locator('.cards article').first();
    await card.getByRole('checkbox').first().check({ force: true });
    await card.getByRole('button', { name: 'Next' }).click();
    await card.getByRole('button', { name: /^By ticket/ }).click();
    await card.getByRole('button', { name: 'Form with files' }).click();
    const form = page.frameLocator('dialog iframe').locator('article');
    await form.getByRole('button', { name: 'Review ticket' }).waitFor();
    await form.getByRole('button', { name: 'More options' }).click();
    await page.frameLocator('dialog iframe').getByText('Discard', { exact: true }).click();

    await form
      .getByText(/discarded/i)
      .first()
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

    await card
      .getByText(/discarded/i)
      .first()
      .waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    // The page behind the dialog still counts as signed in.
    await page.getByLabel('What do you want to do?').fill('whoami');
    await page.getByRole('button', { name: 'Send' }).click();
    await page
      .locator('.cards')
      .getByText(/admin agent/i)
      .first()
      .waitFor();
  });

  for (const theme of ['light', 'dark', 'contrast'] as const) {
    for (const width of [320, 1280]) {
      it(`shows the form of a ticket, what is wrong, and its review to everybody (${theme}, ${width} pixels)`, async () => {
        await context.close();
        context = await openProfile(browser, theme, width);
        const page = await context.newPage();
        await page.goto(`${app.url}/web/ticket?order=e5db9b4bdf10`);
        const form = page.locator('article');
        await form.getByRole('button').first().waitFor();
        if (await form.getByRole('button', { name: 'By ticket' }).isVisible())
          await form.getByRole('button', { name: 'By ticket' }).click();
        const files = page.getByLabel('Add files');
        await files.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Bought twice.') });
        await page.getByText('notes.txt (13 byte)').waitFor();
        const cut = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
        await files.setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: cut });
        await page.getByRole('alert').filter({ hasText: 'broken.png' }).waitFor();
        assert.equal(await page.locator('#files').getAttribute('aria-invalid'), 'true');
        await fillWrong(form);
        assert.deepEqual([await faultsOf(page), await isTooWide(page)], [[], false]);
        await picture(page, `ticket-form-${theme}-${width}`);

        await mend(form);
        assert.deepEqual([await faultsOf(page), await isTooWide(page)], [[], false]);
        await picture(page, `ticket-review-${theme}-${width}`);
        await page.getByRole('button', { name: 'Remove: notes.txt' }).click();
        await page.getByText('No files yet.').waitFor();
        await form.getByRole('button', { name: 'More options' }).click();
        await page.getByText('Discard', { exact: true }).click();
        await form
          .getByText(/discarded/i)
          .first()
          .waitFor();
      });
    }
  }

  // Last of them: from then on the contact is known, and no form asks for it.
  it('files a ticket with its files, and once however often it is pressed; the card in the chat goes on', async () => {
    const { path, shown } = await ticketInChannel('55117c4390c1');
    const page = await context.newPage();
    await page.goto(`${app.url}${path}`);
    const form = page.locator('article');
    await form.getByText('missing').first().waitFor();
    assert.equal(await form.getByRole('button', { name: 'Form with files' }).count(), 0);
    await page.getByLabel('Add files').setInputFiles([
      { name: 'contract.pdf', mimeType: 'application/pdf', buffer: pdfFile() },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Bought twice.') },
    ]);
    await page.getByRole('button', { name: 'Remove: notes.txt' }).waitFor();

    await fillWrong(form);
    assert.doesNotMatch(shown(), /telephone/);
    await mend(form);
    const isReviewed = () => /Please check the cancellation[\s\S]*2 files/.test(shown());
    await app.connector.until(isReviewed, 'the review in the chat');
    assert.doesNotMatch(shown(), /contract\.pdf|notes\.txt/);
    await form.getByRole('button', { name: 'Submit' }).dblclick();
    await form
      .getByText(/SD-\w{6}/)
      .first()
      .waitFor();

    const [reference = ''] = (await form.innerText()).match(/SD-\w{6}/) ?? [];
    await app.connector.until(() => shown().includes(reference), 'the case in the chat');
    await page.getByLabel('Add files').waitFor({ state: 'hidden' });
    const { serviceRequests } = await app.state('serviceRequests');
    assert.equal(serviceRequests.filter(({ description }) => String(description).includes(reference)).length, 1);
    assert.deepEqual([await faultsOf(page), await isTooWide(page)], [[], false]);
  });

  for (const theme of ['light', 'dark', 'contrast'] as const) {
    for (const width of [320, 1280]) {
      it(`can be read and used by everybody (${theme}, ${width} pixels)`, async () => {
        await context.close();
        context = await openProfile(browser, theme, width);
        const page = await open();
        assert.deepEqual([await faultsOf(page), await isTooWide(page)], [[], false]);
        await reveal(page);
        assert.deepEqual([await faultsOf(page), await isTooWide(page)], [[], false]);
        await page.evaluate(`for (const one of document.querySelectorAll('.secret')) one.textContent = 'SMPLE-…'`);
        await picture(page, `key-${theme}-${width}`);
        await page.keyboard.press('Tab');
        assert.equal(await page.evaluate('document.activeElement.className'), 'secret');
      });
    }
  }

  it('has left no key in any message, log, address, table or file, and a row for each look', async () => {
    assert.ok(canaries.size >= 2, 'a key and an address');
    await app.terminate();
    const { rows, reveals } = await readDatabase(app.database, async (query) => ({
      rows: await everyRow(query),
      reveals: await query<{ refusal: string | null }>('select refusal from software_desk.key_reveals'),
    }));
    const files = await filesWith(app.database.dataDir, [...canaries]);

    for (const canary of canaries) {
      for (const { text } of app.connector.requests) assert.ok(!text.includes(canary));
      for (const line of app.log) assert.ok(!line.includes(canary), line);
      for (const address of addresses) assert.ok(!address.includes(canary));
      for (const [table, texts] of rows) for (const text of texts) assert.ok(!text.includes(canary), table);
    }
    assert.deepEqual(
      files.filter((path) => !path.includes('simulator')),
      [],
    );
    assert.equal(reveals.filter(({ refusal }) => refusal === 'used').length, 1);
    assert.ok(reveals.length > 10);
  });
});

describe('the page that shows keys, as a dialog inside Teams', () => {
  let keys: KeyServer;
  let app: TestApp;
  let browser: Browser;

  before(async () => {
    keys = await startKeyServer();
    app = await startTestApp(registeredEnv(keys));
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await app.stop();
    await keys.close();
  });

  it('signs in by Teams, copies by its clipboard, and closes the dialog on Done', async () => {
    const context = await browser.newContext();
    const url = `${app.url}/web/key?order=${servers}`;
    const token = keys.token(ssoClaims(keys));
    const { frame, calls, copied } = await openInTeams(context, { url, token, isDialog: true, width: 480 });
    await frame.getByRole('button', { name: 'Get key' }).click();
    const key = await frame.locator('.secret').innerText();

    await frame.getByRole('button', { name: /^Copy: Product key/ }).click();
    await frame.getByText('Copied.').waitFor();
    assert.equal(Buffer.from(await copied(), 'base64').toString(), key);
    await frame.getByRole('button', { name: 'Hide' }).click();
    await frame.getByText('Key revealed to Ada Nowak').waitFor();
    assert.doesNotMatch(await frame.content(), keyPattern);
    await frame.getByRole('button', { name: 'More options' }).click();
    await frame.getByText('Done', { exact: true }).click();
    await waitUntil(async () => (await calls()).includes('tasks.completeTask'), 'the dialog to be closed');
  });
});
