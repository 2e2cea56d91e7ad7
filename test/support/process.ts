import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The product as a process of its own, as `npm start` runs it. */
export interface Process {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly pid: number;
  /** As a power cut would: no signal handler runs. */
  kill(): Promise<void>;
  /** As an operator would; resolves with its exit code. */
  terminate(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** The embedded database is not compiled a second time, to run faster later: it lives for seconds. */
export const quickStart = '--liftoff-only';

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly stdout: () => string;
}

function run(env: Readonly<Record<string, string | undefined>>, cwd: string): Running {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [quickStart, main], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, stdout, stderr }));
  return { child, ended, stdout: () => stdout };
}

/** Starts it and reads from its first lines where it listens. */
export async function startProcess(
  env: Readonly<Record<string, string | undefined>>,
  { cwd, onOutput }: { cwd: string; onOutput?: (text: string) => void },
): Promise<Process> {
  const { child, ended, stdout } = run(env, cwd);
  child.stdout?.on('data', (text) => onOutput?.(String(text)));
  const said = new Promise<void>((resolve) => {
    child.stdout?.on('data', () => stdout().includes('Ctrl+C') && resolve());
  });
  const early = await Promise.race([said, ended]);
  if (early) throw new Error(`it ended at once: ${early.stderr}${early.stdout}`);
  const [, url = ''] = stdout().match(/listens on (\S+)/) ?? [];
  const [, simulatorUrl = ''] = stdout().match(/simulated on (\S+?):? /) ?? [];
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await ended).code;
  };
  return {
    url,
    simulatorUrl,
    pid: child.pid ?? 0,
    kill: async () => void (await end('SIGKILL')),
    terminate: (signal = 'SIGTERM') => end(signal),
  };
}

/** What is compiled once is kept here for the many processes of a run, and for the next run. */
export function keepCompiled(): void {
  process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'software-desk-compiled');
}

/** Loads the product and ends: only a process that ends by itself keeps what it has compiled, for those that are killed. */
export async function compileOnce(cwd: string): Promise<void> {
  keepCompiled();
  await runToEnd({ PORT: 'none' }, cwd);
}

/** For one that is not meant to get far. */
export async function runToEnd(env: Readonly<Record<string, string | undefined>>, cwd: string): Promise<Ended> {
  const { child, ended } = run(env, cwd);
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
  return ended.finally(() => clearTimeout(limit));
}
