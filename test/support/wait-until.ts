import { setTimeout as pause } from 'node:timers/promises';

/** Long, as a busy machine may take its time: what a test promises is that something happens, not how soon. */
export const defaultPatienceMs = 25_000;

/** For what no event announces (another process, a row): looks again and again, and fails after `withinMs`. */
export async function waitUntil<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  withinMs = defaultPatienceMs,
  /** Between two looks: the only pause there is in the tests. */
  lookEveryMs = 20,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpAt) throw new Error(`did not happen within ${withinMs} ms: ${what}`);
    await pause(lookEveryMs);
  }
}
