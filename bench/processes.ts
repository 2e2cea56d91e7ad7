import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtInPolicy } from '../src/domain/policy.ts';
import type { Counts } from './count.ts';
import { people } from './teams.ts';

export interface Process {
  readonly url: string;
  counts(): Promise<Counts>;
  stop(): Promise<void>;
}

export interface BotProcess extends Process {
  /** Where its calls to Partner Center go. */
  readonly partnerCenterUrl: string;
}

const patienceMs = 600_000;

/** The product as an operator starts it, against a simulator of its own or a given one; everybody is an admin agent. */
/** Nobody is stopped for how much they do here, nor asked whether they mean it. */
const policy = {
  ...{ askBackMinutes: 0, askBackTimes: 1e9, askBackQuantity: 1e9, askBackTotals: {} },
  limits: Object.fromEntries(
    Object.keys(builtInPolicy.limits).map((what) => [what, { person: 1_000_000, everybody: 10_000_000 }]),
  ),
};

export async function startDesk(options: {
  databaseUrl?: string;
  connectorUrl: string;
  simulator?: Process;
  customers?: number;
  skus?: number;
  env?: Record<string, string>;
  /** A folder for a processor profile of the bot, which is written when it stops. */
  profileFolder?: string;
}): Promise<BotProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'software-desk-bench-'));
  const simulator = options.simulator ?? (await startSimulator(options));
  const policyFile = join(dataDir, 'policy.json');
  await writeFile(policyFile, JSON.stringify(policy));
  const { profileFolder } = options;
  const nodeOptions = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
  const env = {
    PARTNER_CENTER_URL: simulator.url,
    DATABASE_URL: options.databaseUrl,
    DATA_DIR: dataDir,
    ADMIN_AGENTS: people.join(','),
    SERVICE_URL_HOSTS: new URL(options.connectorUrl).host,
    TRACK_SECONDS: '3600',
    LOG_LEVEL: 'error',
    POLICY_FILE: policyFile,
    ...options.env,
  };
  const desk = await start('../src/main.ts', 'PORT', env, nodeOptions);
  return {
    ...desk,
    partnerCenterUrl: simulator.url,
    async stop() {
      await desk.stop();
      if (!options.simulator) await simulator.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function startEcho(): Promise<BotProcess> {
  return { ...(await start('echo.ts', 'PORT', {})), partnerCenterUrl: '' };
}

export function startSimulator({ customers, skus }: { customers?: number; skus?: number } = {}): Promise<Process> {
  return start('simulator.ts', 'SIMULATOR_PORT', { CUSTOMERS: customers?.toString(), SKUS: skus?.toString() });
}

/** Starts a script on a free port and waits until it answers there. */
async function start(
  script: string,
  portName: 'PORT' | 'SIMULATOR_PORT',
  env: Record<string, string | undefined>,
  nodeOptions: readonly string[] = [],
): Promise<Process> {
  const port = await freePort();
  const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  // Only what is said here: the person who measures may have a bot configured.
  const { PATH, HOME, TMPDIR, TEMP } = process.env;
  const child = spawn(process.execPath, [...nodeOptions, '--import', pathOf('count.ts'), pathOf(script)], {
    env: { PATH, HOME, TMPDIR, TEMP, NODE_ENV: 'production', [portName]: String(port), ...env },
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await waitFor(portName === 'PORT' ? `${url}/readyz` : `${url}/__simulator/requests`, child);
  return {
    url,
    async counts() {
      child.send('counts');
      const [told] = await once(child, 'message');
      return told;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function waitFor(url: string, child: ChildProcess): Promise<void> {
  for (const giveUpAt = performance.now() + patienceMs; performance.now() < giveUpAt; await pause(50)) {
    if (child.exitCode !== null)
      throw new Error(`it ended with status ${child.exitCode} instead of answering at ${url}`);
    const isThere = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
    if (isThere) return;
  }
  throw new Error(`nobody answers at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
