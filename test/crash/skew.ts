import { glob } from 'node:fs/promises';

type Env = Readonly<Record<string, string>>;

/** Debian's package `faketime`. */
const libraries = '/usr/lib/*/faketime/libfaketime.so.1';

/** By how many seconds the clock of each process is wrong, by its name. */
const skews: Readonly<Record<string, number>> = { b: 90, c: -90 };

/**
 * Variables with which a process of this name has a clock that is wrong; what it counts itself (timers) is right. None where
 * `faketime` is not installed, or for those whose clocks are right.
 */
export async function skewOf(name: string): Promise<Env> {
  const seconds = skews[name] ?? 0;
  const library = seconds === 0 ? undefined : await findLibrary();
  if (library === undefined) return {};
  return {
    ...{ LD_PRELOAD: library, FAKETIME: `${seconds > 0 ? '+' : ''}${seconds}s` },
    ...{ DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  };
}

async function findLibrary(): Promise<string | undefined> {
  for await (const found of glob(libraries)) return found;
  return undefined;
}
