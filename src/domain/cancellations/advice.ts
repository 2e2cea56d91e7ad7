import { setTimeout as pause } from 'node:timers/promises';
import { OutsideError } from '../errors.ts';

/** In place of advice that could not be had. */
export const unread = 'unread';

/** Nobody waits longer for what only advises: the window may close meanwhile. */
const adviceMs = 3_000;

/** What is good to know but decides nothing: `unread` where the service fails now, or takes too long. */
export async function adviceFrom<T>(asked: Promise<T>): Promise<T | typeof unread> {
  const isOver = new AbortController();
  const late = pause<typeof unread>(adviceMs, unread, { signal: isOver.signal }).catch((): typeof unread => unread);
  try {
    return await Promise.race([asked.catch(unlessOutside), late]);
  } finally {
    isOver.abort();
  }
}

function unlessOutside(error: unknown): typeof unread {
  if (!(error instanceof OutsideError)) throw error;
  return unread;
}
