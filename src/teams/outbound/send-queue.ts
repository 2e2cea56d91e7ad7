/** 7 messages in one second per bot and conversation: docs/teams.md, "Limits of sending". */
const maxPerWindow = 7;
const windowMs = 1000;

interface Queue {
  last: Promise<unknown>;
  waiting: number;
  readonly startedAt: number[];
}

export interface SendQueue {
  /** Runs `work` when everything queued under the same key before has ended, and, if `isLimited`, the limit allows it. */
  run<T>(key: string, work: () => Promise<T>, isLimited: boolean): Promise<T>;
}

/**
 * One queue per conversation: concurrent posts to one conversation are answered 412, and more than seven in a second 429. Of
 * this process only: between processes the retries do it, and notices wait for room (`createRoom`).
 */
export function createSendQueue(wait: (ms: number) => Promise<void>, now: () => number): SendQueue {
  const queues = new Map<string, Queue>();

  async function pauseForLimit(queue: Queue): Promise<void> {
    const oldest = queue.startedAt.length >= maxPerWindow ? queue.startedAt.shift() : undefined;
    // Clocks may be set back.
    const pause = oldest === undefined ? 0 : Math.min(windowMs, oldest + windowMs - now());
    if (pause > 0) await wait(pause);
    queue.startedAt.push(now());
  }

  function forgetIdle(): void {
    if (queues.size < 1000) return;
    for (const [key, queue] of queues) {
      if (queue.waiting === 0 && (queue.startedAt.at(-1) ?? 0) + windowMs < now()) queues.delete(key);
    }
  }

  return {
    async run(key, work, isLimited) {
      forgetIdle();
      const queue = queues.get(key) ?? { last: Promise.resolve(), waiting: 0, startedAt: [] };
      queues.set(key, queue);
      queue.waiting += 1;
      const mine = queue.last.then(() => (isLimited ? pauseForLimit(queue) : undefined)).then(work);
      queue.last = mine.catch(() => undefined);
      return mine.finally(() => {
        queue.waiting -= 1;
      });
    },
  };
}
