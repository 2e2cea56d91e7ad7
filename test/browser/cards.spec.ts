import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { languages } from '../../src/domain/people/languages.ts';
import { hostConfig, type Theme, themes } from '../../src/web/pages/teams-themes.ts';
import { wordsFor } from '../../src/words/index.ts';
import { type Drawn, everyCard, extreme, type Matter, realistic } from '../cards/every-card.ts';
import { openBrowser } from '../support/browser/browser.ts';
import { styleOf } from '../support/browser/teams-themes.ts';

const require = createRequire(import.meta.url);
const renderer = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');
const script = new URL('../support/browser/card-sheet.js', import.meta.url).pathname;
const checker = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** A phone, a narrow chat, a channel, a wide window. */
const widths = [320, 480, 800, 1200];
/** A picture takes long, so there is one of the phone and one of a channel, and none in CI, where nobody looks at it. */
const pictured = process.env.CI ? [] : [320, 800];
const pictures = new URL('../../screenshots/cards/', import.meta.url).pathname;

/** Every card below the other, drawn by the renderer that other clients use, as Teams' theme has it. */
async function openSheet(browser: Browser, drawn: readonly Drawn[], theme: Theme): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent(
    `<!doctype html><html lang="en"><head><title>Cards</title><style>${styleOf(theme)}</style></head><body><main><h1>Cards</h1></main></body></html>`,
  );
  await page.addScriptTag({ content: renderer });
  await page.addScriptTag({ path: script });
  const cards = drawn.map(({ by, about, card }) => ({ name: `${by}: ${about}`, content: card.content }));
  // What a press would unfold is looked at, too.
  const unfolded = JSON.stringify(cards).replaceAll('"isVisible":false', '"isVisible":true');
  await page.evaluate(`drawCards({ cards: ${unfolded}, config: ${JSON.stringify(hostConfig(theme))} })`);
  return page;
}

describe('every card, drawn as Teams draws it', () => {
  let browser: Browser;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await openBrowser();
  });

  after(() => browser.close());

  for (const theme of Object.keys(themes) as Theme[]) {
    describe(theme, () => {
      const sheets: Partial<Record<Matter['kind'], Page>> = {};

      before(async () => {
        for (const matter of [realistic, extreme])
          sheets[matter.kind] = await openSheet(browser, everyCard(matter), theme);
      });

      for (const width of widths) {
        it(`fits into ${width} pixels`, async () => {
          for (const page of Object.values(sheets)) {
            await page.setViewportSize({ width, height: 900 });
            assert.deepEqual(await page.evaluate('findFaults()'), []);
          }
          assert.deepEqual(await sheets.realistic?.evaluate('findSqueezedTexts()'), []);
          if (pictured.includes(width))
            await sheets.realistic?.screenshot({
              path: `${pictures}${theme}-${width}.png`,
              fullPage: true,
              timeout: 110_000,
            });
        });
      }

      it('has nothing serious against it for people who see or hear it otherwise', async () => {
        await sheets.realistic?.addScriptTag({ content: checker });
        // The themes have the same elements in other colours.
        const rules = theme === 'light' ? [] : ['color-contrast'];
        assert.deepEqual(await sheets.realistic?.evaluate(`checkAccessibility(${JSON.stringify(rules)})`), []);
      });
    });
  }

  for (const language of languages.filter((one) => one !== 'en'))
    it(`fits into a narrow chat in ${language}`, async () => {
      const page = await openSheet(browser, everyCard(realistic, wordsFor(language)), 'light');
      await page.setViewportSize({ width: 320, height: 900 });
      assert.deepEqual(await page.evaluate('findFaults()'), []);
      assert.deepEqual(await page.evaluate('findSqueezedTexts()'), []);
      await page.close();
    });
});
