import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { playgroundStaff } from '../src/config/development.ts';
import { openBrowser } from '../test/support/browser/browser.ts';
import { fillRecords } from './fill.ts';
import { onDatabase, withOwnDatabase } from './own-database.ts';
import { startDesk } from './processes.ts';
import { startTeams } from './teams.ts';

/** How long the tab Desk takes in Chromium, on this machine, with many open cases: until something is drawn, and until all is. */
const { values } = parseArgs({
  options: {
    'open-cases': { type: 'string', default: '10000' },
    times: { type: 'string', default: '9' },
  },
});
const server = process.env.DATABASE_URL;
if (!server) throw new Error('DATABASE_URL must name a PostgreSQL server on which a database can be made');

const openCases = Number(values['open-cases']);
const env = { ADMIN_AGENTS: playgroundStaff.adminAgents };

interface Opened {
  readonly firstPaint: number;
  /** How long the server took for what the lists show. */
  readonly request: number;
  readonly lists: number;
}

/** As somebody opens it for the first time: nothing is in the browser's cache. */
async function open(browser: Browser, url: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${url}/web/desk`);
  await page.locator('.lists .row').nth(9).waitFor();
  const lists = Number(await page.evaluate('performance.now()'));
  const firstPaint = `performance.getEntriesByName('first-contentful-paint')[0].startTime`;
  const request = `performance.getEntriesByType('resource').find(({ name }) => name.includes('/api/desk')).duration`;
  const opened = {
    firstPaint: Number(await page.evaluate(firstPaint)),
    request: Number(await page.evaluate(request)),
    lists,
  };
  await context.close();
  return opened;
}

console.log('              least, median, most');
const teams = await startTeams();
const browser = await openBrowser();
try {
  await withOwnDatabase(server, async (databaseUrl) => {
    const options = { connectorUrl: teams.url, databaseUrl, env };
    // The bot itself makes the tables.
    await (await startDesk(options)).stop();
    await onDatabase(databaseUrl, (client) => fillRecords(client, { cases: openCases, openCases, drafts: 1000 }));
    const desk = await startDesk(options);
    try {
      const opened: Opened[] = [];
      for (let time = 0; time < Number(values.times); time += 1) opened.push(await open(browser, desk.url));
      for (const what of ['firstPaint', 'request', 'lists'] as const) {
        const sorted = opened.map((one) => one[what]).toSorted((one, other) => one - other);
        const [least = Number.NaN] = sorted;
        const [median = Number.NaN, most = Number.NaN] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
        console.log(`${what.padEnd(12)} ${[least, median, most].map((ms) => `${ms.toFixed(0)} ms`).join(', ')}`);
      }
    } finally {
      await desk.stop();
    }
  });
} finally {
  await browser.close();
  teams.close();
}
