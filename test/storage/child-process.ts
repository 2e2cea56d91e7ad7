import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterwards, type FreshDatabase } from '../support/databases.ts';
import { quickStart } from '../support/process.ts';
import { createWatch } from '../support/watch.ts';

export interface Child {
  /** What it has said so far, line by line. */
  readonly lines: string[];
  says(line: string): Promise<void>;
  /** What it has written to its standard error so far. */
  complaints(): string;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Until it has said more lines than this. */
  saysMoreThan(lines: number): Promise<void>;
  /** As a power cut would: no signal handler runs. */
  kill(): Promise<void>;
  /** It stands still from now on, its connections open. */
  freeze(): void;
}

/** Starts `child.ts` on the database in a process of its own, for one test. */
export function startChild(where: Pick<FreshDatabase, 'databaseUrl' | 'dataDir'>, ...args: string[]): Child {
  const script = fileURLToPath(new URL('child.ts', import.meta.url));
  const env = { ...process.env, DATA_DIR: where.dataDir, DATABASE_URL: where.databaseUrl };
  const child = spawn(process.execPath, [quickStart, script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let complaints = '';
  const watch = createWatch();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    watch.changed();
  });
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  const ended = once(child, 'close').then(() => watch.changed());
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  afterwards(kill);
  return {
    lines,
    async says(line) {
      await watch.until(() => lines.includes(line) || hasEnded(child), `the child to say '${line}'`, 30_000);
      if (!lines.includes(line)) throw new Error(`the child ended without saying '${line}': ${complaints}`);
    },
    complaints: () => complaints,
    ended: ended.then(() => child.exitCode),
    saysMoreThan: async (count) =>
      void (await watch.until(() => lines.length > count, `the child to say more than ${count} lines`, 30_000)),
    kill,
    freeze: () => void child.kill('SIGSTOP'),
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
