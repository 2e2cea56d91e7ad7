/** Draws `color.png` and `outline.png` from their SVG sources: `node manifest/draw-icons.ts`, after changing one of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const icons = [
  { source: 'icon.svg', target: 'color.png', size: 192 },
  { source: 'outline.svg', target: 'outline.png', size: 32 },
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const { source, target, size } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = await readFile(join(import.meta.dirname, source), 'utf8');
  await page.setContent(`<style>* { margin: 0 } svg { display: block }</style>${svg}`);
  await page.screenshot({ path: join(import.meta.dirname, target), omitBackground: true });
  await page.close();
}
await browser.close();
