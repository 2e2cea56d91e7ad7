import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterwards, type FreshDatabase, until } from '../support/databases.ts';

export interface Child {
  /** What it has said so far, line by line. */
  readonly lines: string[];
  says(line: string): Promise<void>;
  /** As a power cut would: no signal handler runs. */
  kill(): Promise<void>;
}

/** Starts `child.ts` on the database in a process of its own, for one test. */
export function startChild(where: Pick<FreshDatabase, 'databaseUrl' | 'dataDir'>, ...args: string[]): Child {
  const script = fileURLToPath(new URL('child.ts', import.meta.url));
  const env = { ...process.env, DATA_DIR: where.dataDir, DATABASE_URL: where.databaseUrl };
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let complaints = '';
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  const ended = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  afterwards(kill);
  return {
    lines,
    async says(line) {
      await until(() => lines.includes(line) || hasEnded(child), 30_000);
      if (!lines.includes(line)) throw new Error(`the child ended without saying '${line}': ${complaints}`);
    },
    kill,
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
