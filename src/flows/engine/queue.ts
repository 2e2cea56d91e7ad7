/** Turns on one draft in this process come one after the other. */
export interface DraftQueue {
  /** Runs `work` when what came before has ended; `undefined` when that took longer than `waitMs`. */
  run<T>(draftId: string, waitMs: number, work: () => Promise<T>): Promise<{ readonly result: T } | undefined>;
}

export function createDraftQueue(): DraftQueue {
  const last = new Map<string, Promise<unknown>>();

  return {
    async run(draftId, waitMs, work) {
      const before = last.get(draftId);
      let leave = (): void => undefined;
      const mine = new Promise<void>((resolve) => {
        leave = resolve;
      });
      const turn = Promise.resolve(before).then(() => mine);
      last.set(draftId, turn);
      const release = () => {
        leave();
        // Who gave up has left one behind that still runs: whoever comes next waits for that one.
        void turn.then(() => {
          if (last.get(draftId) === turn) last.delete(draftId);
        });
      };
      if (before && !(await isOver(before, waitMs))) {
        release();
        return undefined;
      }
      try {
        return { result: await work() };
      } finally {
        release();
      }
    },
  };
}

async function isOver(before: Promise<unknown>, waitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, waitMs));
  });
  return Promise.race([before.then(() => true), late]).finally(() => clearTimeout(timer));
}
