import type { Random } from './random.ts';
import type { Process, Scheduler } from './scheduler.ts';

/** How a call over a port goes: when it arrives, when its answer does, and what becomes of either. */
export interface Passage {
  readonly arrivesMs: number;
  /** After it has arrived. */
  readonly answersMs?: number;
  /** Thrown in place of the answer; with `isDone` after the work was done. */
  readonly fails?: { readonly error: Error; readonly isDone: boolean };
  /** It arrives once more. */
  readonly againMs?: number;
}

/**
 * Does `work` at the other side, and brings its answer back to the process, if it lives by then. What was sent arrives
 * also where its sender has died.
 */
export function overNetwork<T>(
  scheduler: Scheduler,
  process: Process,
  { arrivesMs, answersMs = 0, fails, againMs }: Passage,
  work: () => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    scheduler.after(arrivesMs, undefined, () => {
      const isDone = !fails || fails.isDone;
      const outcome = isDone ? scheduler.as(undefined, work) : undefined;
      if (isDone && againMs !== undefined)
        scheduler.after(againMs, undefined, () => void work().catch(() => undefined));
      const deliver = () => {
        if (!fails) outcome?.then(resolve, reject);
        else {
          outcome?.catch(() => undefined);
          reject(fails.error);
        }
      };
      if (answersMs > 0 || !scheduler.enter(process)) {
        outcome?.catch(() => undefined);
        scheduler.after(answersMs, process, deliver);
      } else deliver();
    });
  });
}

/** Mostly short, seldom long: what makes two things change places. */
export function createLatency(random: Random, { usual, seldom, most }: Record<'usual' | 'seldom' | 'most', number>) {
  return (): number => {
    const chance = random.next();
    if (chance < 0.93) return random.between(usual / 4, usual);
    return chance < 0.99 ? random.between(usual, seldom) : random.between(seldom, most);
  };
}
