import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import { checks, startApp } from '../src/app.ts';
import { readConfig } from '../src/config/read-config.ts';
import { createLog } from '../src/log.ts';

/**
 * The same messages to Software Desk and to a bare botbuilder echo bot, one after the other in one process, on loopback:
 * what do identity, rights, drafts, the database and the cards cost? `npm run bench`, optionally with the number of
 * messages and how many are under way at once: `node bench/turns.ts 500 8`.
 */
const [messages = 500, atOnce = 8] = process.argv.slice(2).map(Number);
const warmUp = 50;
const words = ['help', 'whoami', 'drafts', 'cases'];
const people = Array.from({ length: 50 }, () => randomUUID());

interface Teams {
  readonly url: string;
  /** Sends one message in a conversation of its own and resolves when its answer has arrived. */
  say(bot: string, text: string): Promise<void>;
  close(): void;
}

/** Stands in for the Bot Connector: takes answers, and nothing else. */
async function startTeams(): Promise<Teams> {
  const waiting = new Map<string, () => void>();
  let next = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: randomUUID() }));
      waiting.get(decodeURIComponent(request.url?.split('/')[3] ?? ''))?.();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    async say(bot, text) {
      const who = people[next++ % people.length] ?? '';
      const conversation = `a:${randomUUID()}`;
      const answered = new Promise<void>((resolve) => waiting.set(conversation, resolve));
      const response = await fetch(`${bot}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message(url, who, conversation, text)),
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) throw new Error(`${bot} answered ${response.status}: ${await response.text()}`);
      await answered;
      waiting.delete(conversation);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function message(serviceUrl: string, who: string, conversation: string, text: string) {
  return {
    type: 'message',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${who}`, name: 'Ada Nowak', aadObjectId: who },
    recipient: { id: '28:bot', name: 'Software Desk' },
    conversation: { id: conversation, conversationType: 'personal', tenantId: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa' },
    locale: 'en-GB',
    localTimezone: 'Europe/Warsaw',
    text,
  };
}

interface Bot {
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** Everybody is an admin agent, so that every turn runs to its end. */
async function startDesk(): Promise<Bot> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sd-bench-'));
  const config = readConfig(
    { PORT: '0', SIMULATOR_PORT: '0', DATA_DIR: dataDir, ADMIN_AGENTS: people.join(',') },
    checks,
  );
  const app = await startApp(config, createLog('silent', { write: () => undefined }));
  return {
    name: 'Software Desk',
    url: app.url,
    async stop() {
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startEcho(): Promise<Bot> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const echo = new ActivityHandler();
  echo.onMessage(async (context, next) => {
    await context.sendActivity(`You said: ${context.activity.text}`);
    await next();
  });
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, (context) => echo.run(context));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    name: 'echo bot',
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface Measured {
  readonly perSecond: number;
  readonly median: number;
  readonly p95: number;
}

async function measure(teams: Teams, bot: Bot, count: number): Promise<Measured> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  async function talk(): Promise<void> {
    while (next < count) {
      const text = words[next++ % words.length] ?? 'help';
      const asked = performance.now();
      await teams.say(bot.url, text);
      times.push(performance.now() - asked);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, talk));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { perSecond: count / seconds, median: at(0.5), p95: at(0.95) };
}

async function run(start: () => Promise<Bot>): Promise<Measured> {
  const teams = await startTeams();
  const bot = await start();
  try {
    await measure(teams, bot, warmUp);
    const measured = await measure(teams, bot, messages);
    const { perSecond, median, p95 } = measured;
    console.log(
      `${bot.name.padEnd(14)} ${perSecond.toFixed(0).padStart(6)} messages/s   median ${median.toFixed(1)} ms   95 % within ${p95.toFixed(1)} ms`,
    );
    return measured;
  } finally {
    await bot.stop();
    teams.close();
  }
}

console.log(`${messages} messages, ${atOnce} under way at once, each in a chat of its own (${words.join(', ')})`);
const echo = await run(startEcho);
const desk = await run(startDesk);
console.log(
  `ratio          ${(desk.median / echo.median).toFixed(1)} × the echo bot’s median, ${(echo.perSecond / desk.perSecond).toFixed(1)} × its time for all`,
);
