import { Refusal } from '../../../src/domain/errors.ts';
import type { Leak, Leaks } from '../../../src/domain/leaks/leak.ts';
import { asOpen } from '../../../src/domain/leaks/report-leak.ts';
import type { NewNotice } from '../../../src/domain/notices/notice.ts';

export interface FakeLeaks extends Leaks {
  readonly kept: ReadonlyMap<string, Leak>;
  /** Throws `leak-reported`. */
  demandNone(orderId: string): void;
}

/** In memory, held to the promises of the database by `test/storage/promises/leaks.spec.ts`. */
export function createFakeLeaks(addNotices: (notices: readonly NewNotice[], at: Date) => void): FakeLeaks {
  const kept = new Map<string, Leak>();
  const openOf = (orderId: string) => [...kept.values()].find((one) => one.orderId === orderId && !one.lifted);
  return {
    kept,
    async report(leak, notices) {
      const before = openOf(leak.orderId);
      if (before) return { leak: before, isNew: false };
      kept.set(leak.reference, leak);
      addNotices(notices, leak.reportedAt);
      return { leak, isNew: true };
    },
    async lift(reference, lifted, notices) {
      const before = kept.get(reference);
      if (!before || before.lifted) return false;
      kept.set(reference, { ...before, lifted });
      addNotices(notices, lifted.at);
      return true;
    },
    get: async (reference) => kept.get(reference),
    openOf: async (orderId) => openOf(orderId),
    open: async (limit) =>
      [...kept.values()]
        .filter(({ lifted }) => !lifted)
        .sort((one, other) => other.reportedAt.getTime() - one.reportedAt.getTime())
        .slice(0, limit),
    demandNone(orderId) {
      const open = openOf(orderId);
      if (open) throw new Refusal('leak-reported', asOpen(open));
    },
  };
}
