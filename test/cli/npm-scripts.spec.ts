import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { freshEmbedded } from '../support/databases.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const { scripts } = require('../../package.json') as { scripts: Record<string, string> };

interface Script {
  /** npm itself, in a process group of its own with everything that it starts. */
  readonly npm: ChildProcess;
  readonly output: () => string;
  readonly isGone: () => boolean;
}

const started: Script[] = [];

function runScript(name: string, env: Record<string, string>): Script {
  const { PATH = '', HOME = '' } = process.env;
  const npm = spawn('npm', ['run', name], {
    cwd: root,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (text) => {
      output += text;
    });
  const script = { npm, output: () => output, isGone: () => !isRunning(-Number(npm.pid)) };
  started.push(script);
  return script;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function untilSaid(script: Script, pattern: RegExp): Promise<void> {
  const isSaid = () => {
    if (script.npm.exitCode !== null) throw new Error(`it ended: ${script.output()}`);
    return pattern.test(script.output());
  };
  await waitUntil(isSaid, `the script to say ${pattern}`, 90_000);
}

/** The child of npm: a shell, or the script where the shell has become that. */
function childOf(npm: ChildProcess): number {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  return pairs.find(([, parent]) => parent === npm.pid)?.[0] ?? Number.NaN;
}

type Send = (npm: ChildProcess) => void;

const toNpm: [string, Send] = ['SIGTERM to npm', (npm) => npm.kill('SIGTERM')];
const toShell: [string, Send] = ["SIGTERM to npm's shell", (npm) => process.kill(childOf(npm), 'SIGTERM')];
const toAll: [string, Send] = ['SIGTERM to all its processes', (npm) => process.kill(-Number(npm.pid), 'SIGTERM')];
const ctrlC: [string, Send] = [
  'Ctrl+C, which sends SIGINT to all its processes',
  (npm) => process.kill(-Number(npm.pid), 'SIGINT'),
];

describe('the scripts of package.json', function () {
  this.timeout(120_000);

  before(function () {
    if (process.platform === 'win32') skip(this, 'Windows has no signals');
  });
  afterEach(() => {
    for (const { npm, isGone } of started.splice(0)) if (!isGone()) process.kill(-Number(npm.pid), 'SIGKILL');
  });

  it("can be read by Windows' cmd.exe as well as by a Unix shell", () => {
    for (const [name, command] of Object.entries(scripts)) {
      assert.doesNotMatch(command, /['`$;|]|(?<!&)&(?!&)|(?:^|&&)\s*(?:exec|export|rm|cp|env)\b/, name);
      assert.doesNotMatch(command, /^\w+=/, name);
    }
  });

  for (const [what, send] of [toNpm, ctrlC]) {
    it(`npm start ends with its database closed, and leaves nothing running, after ${what}`, async () => {
      const { dataDir, cleanUp } = await freshEmbedded();
      const script = runScript('start', { PORT: '0', SIMULATOR_PORT: '0', DATA_DIR: dataDir });
      await untilSaid(script, /Ctrl\+C/);
      const holder = join(dataDir, 'in-use-by.txt');
      const [, pid = ''] = /process (\d+)/.exec(readFileSync(holder, 'utf8')) ?? [];
      assert.ok(isRunning(Number(pid)));

      send(script.npm);
      await waitUntil(() => !isRunning(Number(pid)) && script.isGone(), 'its end', 30_000);

      assert.ok(!existsSync(holder), 'the data folder was given back');
      assert.ok(!existsSync(join(dataDir, 'postgres', 'postmaster.pid')), 'the database was closed');
      await cleanUp();
    });
  }

  for (const [what, send] of [toNpm, toShell, toAll, ctrlC]) {
    it(`npm run playground ends, and leaves nothing running, after ${what}`, async () => {
      const bot = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
      await once(bot, 'listening');
      const { port } = bot.address() as AddressInfo;
      const env = { PORT: String(port), TEAMSAPPTESTER_PORT: '0', TEAMSAPPTESTER_BROWSER: 'none' };
      const script = runScript('playground', env);
      await untilSaid(script, /Stop with Ctrl-C/);

      send(script.npm);
      await waitUntil(script.isGone, 'its end', 30_000);

      bot.close();
    });
  }

  it('npm start says at once that it is starting, before anything is opened', async () => {
    const { dataDir, cleanUp } = await freshEmbedded();
    const script = runScript('start', { PORT: 'many', DATA_DIR: dataDir, TRACK_SECOND: '5' });
    await waitUntil(script.isGone, 'its end', 90_000);

    const order = ['is starting', 'Did you mean TRACK_SECONDS?', 'The configuration cannot be used'];
    const places = order.map((text) => script.output().indexOf(text));
    assert.ok(!places.includes(-1), script.output());
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.equal(script.npm.exitCode, 1);
    await cleanUp();
  });
});
