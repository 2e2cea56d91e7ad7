import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a share prints as its last line, for the one that has started it. */
export const resultMark = 'share: ';

interface Share {
  /** Nothing where it failed to the last. */
  readonly result: string | undefined;
  readonly status: number;
}

/**
 * Runs this program as several processes, one for each core, each with arguments of its own, and passes on what they print.
 * Gives what each of them has told.
 */
export function runShares(program: string, each: readonly (readonly string[])[]): Promise<Share[]> {
  return Promise.all(each.map((args, number) => runShare([...process.execArgv, program, ...args], number + 1)));
}

function runShare(args: readonly string[], number: number): Promise<Share> {
  const { promise, resolve, reject } = Promise.withResolvers<Share>();
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let result: string | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith(resultMark)) result = line.slice(resultMark.length);
    else console.log(`${number}: ${line}`);
  });
  child.on('error', reject);
  child.on('close', (code) => resolve({ result, status: code ?? 1 }));
  return promise;
}
