/** `npm run playground`: opens Microsoft 365 Agents Playground, a local look-alike of Teams, against the running bot. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { onStop } from '../../src/cli/stop-signals.ts';
import { findPerson, people } from './people.ts';
import { errorsIn, runPlayground } from './run.ts';

const usage = `Opens Microsoft 365 Agents Playground against the bot: npm run playground -- [options]

  --as NAME     be somebody else than ${people[0]?.name}: ${people
    .slice(1)
    .map(({ name }) => name)
    .join(', ')}

PORT (3978) says where the bot listens, TEAMSAPPTESTER_PORT (56150) where the Playground shall.
TEAMSAPPTESTER_BROWSER=none keeps it from opening a browser.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { as: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const botUrl = `http://localhost:${process.env.PORT || readDotEnv().PORT || 3978}`;
  const port = Number(process.env.TEAMSAPPTESTER_PORT || 56_150);
  const person = findPerson(values.as ?? people[0]?.name ?? '');

  if (!(await isAnswering(new URL('/healthz', botUrl)))) {
    console.error(`No bot answers on ${botUrl}. Start it first, in another terminal: npm start`);
    return 1;
  }

  const opensBrowser = canOpenBrowser();
  const starting = runPlayground({ botUrl, port, opensBrowser, person });
  let isStopping = false;
  const stop = async () => {
    isStopping = true;
    await (await starting).stop();
  };
  onStop(() => stop().catch(() => undefined), { env: process.env, signals: ['SIGINT', 'SIGTERM', 'SIGHUP'] });

  const playground = await starting;
  if (port !== 0 && playground.url !== `http://localhost:${port}`)
    console.log(`Port ${port} is taken; another one was found.`);
  console.log(`Agents Playground, for the bot on ${botUrl}: ${playground.url}`);
  console.log(
    opensBrowser ? 'Your browser opens it.' : 'No browser can be opened from here: open this address in one.',
  );
  console.log(`You are ${person.name}. In a channel or group chat, type @ and pick Software Desk, then write.`);
  console.log(`Its log: ${playground.logPath}. Stop with Ctrl-C.`);

  const code = await playground.ended;
  if (isStopping) return 0;
  console.error(`Agents Playground has ended (${code ?? 'killed'}).\n${errorsIn(playground.logPath)}`);
  return 1;
}

/** The bot's own settings. They are read and not put into the environment: the Playground must not get the bot's secrets. */
function readDotEnv() {
  const path = join(import.meta.dirname, '../../.env');
  return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {};
}

async function isAnswering(url: URL): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

/** On Linux there may be no desktop at all: a server, a container, a shell over the network. */
function canOpenBrowser(): boolean {
  const { TEAMSAPPTESTER_BROWSER, DISPLAY, WAYLAND_DISPLAY, BROWSER, WSL_DISTRO_NAME } = process.env;
  if (TEAMSAPPTESTER_BROWSER === 'none') return false;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY || BROWSER || WSL_DISTRO_NAME);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
