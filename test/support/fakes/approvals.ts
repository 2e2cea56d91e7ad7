import type { Approval, Approvals } from '../../../src/domain/approvals/approval.ts';
import { Refusal } from '../../../src/domain/errors.ts';
import type { NewNotice } from '../../../src/domain/notices/notice.ts';
import { fingerprintOf } from '../../../src/storage/fingerprint.ts';

interface Shelf {
  addNotices(notices: readonly NewNotice[], at: Date): void;
  isSubmitted(submissionId: string): boolean;
  isOver(draftId: string): boolean;
}

export interface FakeApprovals extends Approvals {
  /** When this person last used an approval for more reveals. */
  usedBy(personId: string): Date | undefined;
  /** Throws `approval-over`. */
  use(reference: string | undefined, at: Date): void;
}

/** In memory, held to the promises of the database by `test/storage/promises/approvals.spec.ts`. */
export function createFakeApprovals({ addNotices, isSubmitted, isOver }: Shelf): FakeApprovals {
  const kept = new Map<string, Approval>();
  const counting = new Map<string, string>();
  const used = new Map<string, Date>();
  const counts = ({ reference }: Approval): boolean => [...counting.values()].includes(reference);
  const free = (reference: string): void => {
    for (const [about, one] of counting) if (one === reference) counting.delete(about);
  };
  const byAge = (): Approval[] =>
    [...kept.values()].sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  return {
    async ask({ submissionId, ...wanted }, notices) {
      if (submissionId !== undefined && isSubmitted(submissionId)) return { kind: 'submitted' };
      const { draftId, requester, reviewed, createdAt, reference } = wanted;
      const about =
        reviewed.kind === 'reveals'
          ? `reveals ${requester.id}`
          : `${draftId} ${fingerprintOf({ requesterId: requester.id, reviewed })}`;
      const before = kept.get(counting.get(about) ?? '');
      if (before && before.expiresAt > createdAt)
        return { kind: 'asked', approval: before, isNew: false, withdrawn: [] };
      if (before) {
        free(before.reference);
        const state = before.state === 'rejected' ? 'rejected' : 'expired';
        kept.set(before.reference, { ...before, revision: before.revision + 1, state });
      }
      const withdrawn = [...kept.values()].filter(
        (one) => one.draftId === draftId && one.reviewed.kind !== 'reveals' && counts(one) && one.state !== 'rejected',
      );
      const at = createdAt.toISOString();
      for (const one of withdrawn) {
        free(one.reference);
        const steps = [...one.steps, { step: 'withdrawn', at } as const];
        kept.set(one.reference, { ...one, revision: one.revision + 1, state: 'withdrawn', steps });
      }
      const approval: Approval = {
        ...wanted,
        revision: 1,
        state: 'waiting',
        steps: [{ step: 'asked', at, by: requester }],
      };
      kept.set(reference, approval);
      counting.set(about, reference);
      addNotices(notices, createdAt);
      return { kind: 'asked', approval, isNew: true, withdrawn: withdrawn.map((one) => one.reference) };
    },
    get: async (reference) => kept.get(reference),
    waiting: async (limit) =>
      byAge()
        .filter((one) => counts(one) && one.state === 'waiting')
        .slice(0, limit),
    due: async (now, limit) =>
      byAge()
        .filter(
          (one) =>
            counts(one) &&
            (one.expiresAt <= now ||
              (one.state === 'waiting' && one.remindAt !== undefined && one.remindAt <= now) ||
              (one.state !== 'rejected' && one.reviewed.kind !== 'reveals' && isOver(one.draftId))),
        )
        .slice(0, limit),
    async change({ approval, notices }) {
      const before = kept.get(approval.reference);
      if (!before || !counts(before) || before.revision !== approval.revision - 1) return false;
      kept.set(approval.reference, approval);
      if (!['waiting', 'approved', 'rejected'].includes(approval.state)) free(approval.reference);
      addNotices(notices, new Date(approval.steps.at(-1)?.at ?? 0));
      return true;
    },
    usedBy: (personId) => used.get(personId),
    use(reference, at) {
      if (reference === undefined) return;
      const found = kept.get(reference);
      if (found?.state !== 'approved' || found.expiresAt <= at)
        throw new Refusal('approval-over', { reference, state: 'used' });
      free(reference);
      kept.set(reference, { ...found, revision: found.revision + 1, state: 'used' });
      if (found.reviewed.kind === 'reveals') used.set(found.requester.id, at);
    },
  };
}
