import type { Case } from '../../../src/domain/cancellations/case.ts';
import type { ReadPosition, Tracking } from '../../../src/domain/cancellations/tracking.ts';
import type { KnownOrders } from '../../../src/domain/orders/known-orders.ts';

interface Looked {
  lookAt: number;
  failedLooks: number;
  isTicketListed: boolean;
}

const first = Number.NEGATIVE_INFINITY;
const minuteMs = 60_000;

/** Which cases are looked at when, in memory. */
export function createFakeTracking(cases: Map<string, Case>, knownOrders: KnownOrders): Tracking {
  const looked = new Map<string, Looked & { readonly movedAt: number; readonly ticketId: string | undefined }>();
  let position: ReadPosition = {};
  let looksAt: Date | undefined;
  const toldUntil: { key?: Date; link?: Date } = {};
  let remindersAt: Date | undefined;
  let sweeps = 0;

  const watched = (): Case[] =>
    [...cases.values()].filter(({ state }) => state === 'filed' || state === 'cancelling' || state === 'needs_person');
  const at = ({ reference, changedAt, ticketId }: Case): Looked => {
    const movedAt = changedAt.getTime();
    const before = looked.get(reference);
    if (before?.movedAt === movedAt && before.ticketId === ticketId) return before;
    // A move is a reason to look, and ends the pauses.
    const lookAt = Math.min(before?.lookAt ?? 0, movedAt);
    const isTicketListed = before?.ticketId === ticketId && before?.isTicketListed === true;
    const one = { lookAt, failedLooks: 0, isTicketListed, movedAt, ticketId };
    looked.set(reference, one);
    return one;
  };
  const putFirst = (found: Case): void => {
    const one = at(found);
    if (one.failedLooks === 0) one.lookAt = first;
  };

  return {
    async beginSweep(now) {
      const all = watched();
      sweeps += 1;
      return {
        sweeps,
        ...position,
        hasCases: all.length > 0,
        hasTickets: all.some(({ ticketId }) => ticketId !== undefined),
        isTicketSought: all.some(
          (one) => one.state === 'needs_person' && one.ticketId === undefined && at(one).lookAt <= now.getTime(),
        ),
      };
    },
    async recordRead(read) {
      position = { ...position, ...read };
    },
    async noteChanges(changes, now) {
      for (const { name, at: changedAt } of changes) {
        const known = await knownOrders.find(name);
        const names = [name, known?.orderId].map((one) => one?.toLowerCase());
        for (const found of watched()) {
          const { orderId, orderNumber } = found.content;
          if (!names.includes(orderId.toLowerCase()) && !names.includes(orderNumber.toLowerCase())) continue;
          const sinceMs = (found.checkedAt?.getTime() ?? first) - changedAt.getTime();
          const isLookedAt = sinceMs >= 15 * minuteMs || now.getTime() - changedAt.getTime() < sinceMs * 1.5;
          if (sinceMs < 0 || !isLookedAt) putFirst(found);
        }
      }
    },
    async noteTickets({ listed, waiting, references, isWhole }, now) {
      for (const found of watched()) {
        const { ticketId, state } = found;
        const isWaiting = state === 'needs_person';
        const one = at(found);
        if (ticketId === undefined) {
          const isLookedAt = found.checkedAt && found.checkedAt.getTime() >= now.getTime() - 10 * minuteMs;
          if (isWaiting && references.includes(found.reference) && !isLookedAt) putFirst(found);
        } else if (listed.includes(ticketId)) {
          one.isTicketListed = isWhole;
          if (waiting.includes(ticketId) !== isWaiting) putFirst(found);
        } else if (one.isTicketListed) {
          one.isTicketListed = false;
          if (isWhole && !isWaiting) putFirst(found);
        }
      }
    },
    async due(now, limit) {
      return watched()
        .filter((found) => at(found).lookAt <= now.getTime())
        .sort((a, b) => (a.reference < b.reference ? -1 : 1))
        .sort((a, b) => Math.sign(at(a).lookAt - at(b).lookAt) || 0)
        .slice(0, limit)
        .map((found) => ({ found, isTicketListed: at(found).isTicketListed, failedLooks: at(found).failedLooks }));
    },
    async recordLooks(looks, checkedAt) {
      for (const { reference, nextAt, isFailed } of looks) {
        const found = cases.get(reference);
        if (!found) continue;
        const one = at(found);
        one.lookAt = nextAt.getTime();
        one.failedLooks = isFailed ? one.failedLooks + 1 : 0;
        if (!isFailed) cases.set(reference, { ...found, checkedAt });
      }
    },
    lastReminders: async () => remindersAt,
    async recordReminders(at) {
      remindersAt = at;
    },
    lastOutsideLooks: async () => ({ ...(looksAt && { triedAt: looksAt }), toldUntil: { ...toldUntil } }),
    async recordOutsideLooks(at, told) {
      looksAt = at;
      for (const what of told) toldUntil[what] = at;
    },
  };
}
