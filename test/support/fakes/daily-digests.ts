import { type Case, type CaseState, isClosed } from '../../../src/domain/cancellations/case.ts';
import { channelOf, type DailyDigest, type DailyDigests } from '../../../src/domain/notices/daily-digests.ts';
import type { Reminder } from '../../../src/domain/notices/reminders.ts';

const farMs = 3 * 24 * 3_600_000;

export function createFakeDailyDigests(written: {
  readonly cases: ReadonlyMap<string, Case>;
  readonly reminders: readonly Reminder[];
}): DailyDigests {
  const kept = new Map<string, DailyDigest>();
  const keyOf = ({ to, id }: DailyDigest['target']): string => `${to} ${to === 'place' ? channelOf(id) : id}`;
  const isIn = (there: string, { placeId, isPrivate }: Pick<Reminder, 'placeId' | 'isPrivate'>): boolean =>
    !isPrivate && channelOf(placeId) === channelOf(there);
  return {
    of: async (target) => kept.get(keyOf(target)),
    async put(digest) {
      kept.set(keyOf(digest.target), digest);
    },
    async remove(target) {
      kept.delete(keyOf(target));
    },
    async due(now, limit) {
      return [...kept.values()]
        .filter(({ nextAt }) => nextAt <= now || nextAt.getTime() > now.getTime() + farMs)
        .sort((one, other) => one.nextAt.getTime() - other.nextAt.getTime())
        .slice(0, limit);
    },
    async openCases(channel, limit) {
      const open = [...written.cases.values()].filter(
        (one) => !isClosed(one.state) && (channel === undefined || isIn(channel, one)),
      );
      const byState = [...Map.groupBy(open, ({ state }) => state)]
        .map(([state, found]): { state: CaseState; count: number } => ({ state, count: found.length }))
        .sort((one, other) => (one.state < other.state ? -1 : 1));
      const waiting = open.filter(({ state }) => state === 'needs_person');
      waiting.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
      return { byState, needPerson: waiting.slice(0, limit) };
    },
    async closingIn(channel, now, until, limit) {
      return written.reminders
        .filter((one) => isIn(channel, one) && one.closesAt > now && one.closesAt <= until)
        .sort((one, other) => one.closesAt.getTime() - other.closesAt.getTime())
        .slice(0, limit);
    },
    async moveOn({ target, nextAt: before }, nextAt) {
      const now = kept.get(keyOf(target));
      if (now?.nextAt.getTime() === before.getTime()) kept.set(keyOf(target), { ...now, nextAt });
    },
  };
}
