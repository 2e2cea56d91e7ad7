import type { Case } from '../../../src/domain/cancellations/case.ts';
import {
  type Batch,
  type Comparison,
  type Difference,
  type Differences,
  subjectOf,
} from '../../../src/domain/differences/difference.ts';
import type { NewNotice } from '../../../src/domain/notices/notice.ts';
import type { OrderSubmission } from '../../../src/domain/orders/submission.ts';

/** As it is kept. */
export interface KeptDifference {
  readonly difference: Difference;
  readonly foundAt: Date;
  toldIn?: Date;
  settledAt?: Date;
}

interface Shelf {
  readonly written: {
    readonly orderSubmissions: Map<string, OrderSubmission>;
    readonly cases: Map<string, Case>;
  };
  addNotices(notices: readonly NewNotice[], at: Date): void;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What differs, and how far the comparison is, in memory. */
export function createFakeDifferences({ written, addNotices }: Shelf): {
  readonly differences: Differences;
  readonly kept: readonly KeptDifference[];
} {
  const kept: KeptDifference[] = [];
  let begunAt: Date | undefined;
  let underWay: Comparison | undefined;
  let endedAt: Date | undefined;
  const find = (one: Difference) =>
    kept.find(({ difference }) => difference.kind === one.kind && subjectOf(difference) === subjectOf(one));

  /** Behind the position, in the order of time. */
  function batchOf<Item>(
    all: readonly { readonly at: Date; readonly id: string; readonly item: Item }[],
    position: string | undefined,
    limit: number,
  ): Batch<Item> {
    const placed = all.map(({ at, id, item }) => ({ ...item, position: `${at.toISOString()} ${id}` }));
    const items = placed
      .sort((one, other) => (one.position < other.position ? -1 : 1))
      .filter((one) => position === undefined || one.position > position)
      .slice(0, limit);
    return { items, isLast: items.length < limit };
  }

  const differences: Differences = {
    async comparison(now) {
      begunAt ??= new Date(now.getTime() - 23 * hourMs);
      const sinceMs = now.getTime() - begunAt.getTime();
      if (!underWay && (sinceMs >= dayMs || sinceMs < -hourMs)) {
        const latest = now.getTime() - 3 * dayMs;
        const since = Math.min(latest, Math.max(begunAt.getTime() - dayMs, now.getTime() - 30 * dayMs));
        underWay = { begunAt: now, since: new Date(since), step: 'orders', failures: 0 };
        begunAt = now;
      }
      return underWay;
    },
    async record(before, now, { found, settled }, at) {
      for (const difference of found) {
        const known = find(difference);
        if (known) delete known.settledAt;
        else kept.push({ difference, foundAt: at });
      }
      for (const difference of settled) {
        const known = find(difference);
        if (!known) continue;
        if (known.toldIn) known.settledAt ??= at;
        else kept.splice(kept.indexOf(known), 1);
      }
      const isThere =
        underWay?.begunAt.getTime() === before.begunAt.getTime() &&
        underWay.step === before.step &&
        underWay.position === before.position;
      if (!isThere) return;
      const { begunAt: begun, since } = before;
      const { step, position, failures } = now;
      underWay = { begunAt: begun, since, step, ...(position !== undefined && { position }), failures };
    },
    async submissions(since, until, position, limit) {
      const all = [...written.orderSubmissions.values()].filter(
        ({ createdAt, cartId, state }) =>
          createdAt >= since && createdAt <= until && (cartId !== undefined || state === 'ordered'),
      );
      return batchOf(
        all.map((submission) => ({ at: submission.createdAt, id: submission.submissionId, item: { submission } })),
        position,
        limit,
      );
    },
    async cases({ since, until, stuckAt }, position, limit) {
      const all = [...written.cases.values()].filter(({ state, changedAt, reason }) => {
        if (state === 'completed' || state === 'refused') return changedAt >= since && changedAt <= until;
        if (state === 'needs_person') return reason?.kind === 'ticket-unseen';
        return state !== 'filed' && changedAt < stuckAt;
      });
      return batchOf(
        all.map((found) => ({ at: found.changedAt, id: found.reference, item: { found } })),
        position,
        limit,
      );
    },
    async casesOfTickets(references, ticketIds) {
      return [...written.cases.values()].filter(
        ({ reference, ticketId }) =>
          references.includes(reference) || (ticketId !== undefined && ticketIds.includes(ticketId)),
      );
    },
    async open(position, limit) {
      const all = kept.flatMap(({ difference, settledAt }, index) =>
        settledAt ? [] : [{ difference, position: String(index + 1) }],
      );
      const items = all.filter((one) => Number(one.position) > Number(position ?? 0)).slice(0, limit);
      return { items, isLast: items.length < limit };
    },
    async tell({ begunAt: toldIn }, notices, at) {
      const untold = kept.filter((one) => !one.toldIn && !one.settledAt);
      for (const one of untold) one.toldIn = toldIn;
      if (untold.length > 0) addNotices(notices, at);
      if (underWay?.step === 'tell' && underWay.begunAt.getTime() === toldIn.getTime()) {
        underWay = undefined;
        endedAt = at;
      }
      return untold.map(({ difference }) => difference.kind);
    },
    endedAt: async () => endedAt,
    async told(toldIn) {
      return kept
        .filter((one) => one.toldIn && !one.settledAt && (!toldIn || one.toldIn.getTime() === toldIn.getTime()))
        .map(({ difference, foundAt }) => ({ ...difference, foundAt }))
        .reverse();
    },
  };
  return { differences, kept };
}
