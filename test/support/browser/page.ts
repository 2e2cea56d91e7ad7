import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const checker = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pictures = join(import.meta.dirname, '../../../screenshots/pages');

export type ColorTheme = 'light' | 'dark' | 'contrast';

/** A browser profile of its own, in which a page of ours is opened; nothing but this machine is reached. */
export async function openProfile(
  browser: Browser,
  theme: ColorTheme = 'light',
  width = 1280,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    colorScheme: theme === 'light' ? 'light' : 'dark',
    contrast: theme === 'contrast' ? 'more' : 'no-preference',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // Sooner than the test ends: so it says what it waited for.
  context.setDefaultTimeout(20_000);
  await context.route(
    (url) => !['127.0.0.1', 'localhost'].includes(url.hostname),
    (route) => route.abort(),
  );
  return context;
}

/** What axe-core holds against the page, but for what it only recommends. */
export async function faultsOf(page: Page | Frame): Promise<string[]> {
  await page.evaluate(checker);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`);
}

/** Nothing is wider than the window. */
export function isTooWide(page: Page | Frame): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

/** All that the page has in its elements, and all that a browser keeps of it. */
export async function traceOf(page: Page): Promise<string> {
  const kept = await page.evaluate<string>(`JSON.stringify([
    document.documentElement.outerHTML, [...document.querySelectorAll('input, textarea, select')].map((one) => one.value),
    location.href, history.state, history.length, document.cookie, { ...localStorage }, { ...sessionStorage }])`);
  const databases = await page.evaluate<string>('indexedDB.databases().then((all) => JSON.stringify(all))');
  return `${kept}${databases}${JSON.stringify(await page.context().cookies())}`;
}

export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
