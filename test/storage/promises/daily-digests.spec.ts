import assert from 'node:assert/strict';
import type { DailyDigest } from '../../../src/domain/notices/daily-digests.ts';
import { aCase, aReminder, at, minutesLater } from '../records.ts';
import { eachOwnRecord } from './each-record.ts';

eachOwnRecord('messages of a day', (kept) => {
  const aDigest = (overrides: Partial<DailyDigest> = {}): DailyDigest => ({
    target: { to: 'place', id: '19:one@thread.tacv2;messageid=1' },
    time: 480,
    timeZone: 'Europe/Warsaw',
    askedBy: 'p-1',
    nextAt: at,
    ...overrides,
  });
  const dueAt = async (minutes: number) => kept().other.dailyDigests.due(minutesLater(minutes), 10);

  it('exist once for a person, and once for all threads of a channel', async () => {
    const { dailyDigests } = kept().records;
    const own = aDigest({ target: { to: 'person', id: 'p-1' }, nextAt: minutesLater(1) });
    const later = aDigest({ target: { to: 'place', id: '19:one@thread.tacv2;messageid=2' }, time: 500 });
    await dailyDigests.put(aDigest());
    await dailyDigests.put(own);
    await dailyDigests.put(later);

    assert.deepEqual(await kept().other.dailyDigests.of(aDigest().target), later);
    assert.deepEqual(await dueAt(2), [later, own]);
    assert.deepEqual(await dueAt(0), [later]);
    await dailyDigests.remove({ to: 'place', id: '19:one@thread.tacv2' });
    await dailyDigests.remove(own.target);
    assert.deepEqual(await dueAt(2), []);
  });

  it('move on once, and are found where they are days ahead', async () => {
    const { dailyDigests } = kept().records;
    const digest = aDigest({ target: { to: 'person', id: 'p-2' } });
    await dailyDigests.put(digest);

    await dailyDigests.moveOn(digest, minutesLater(24 * 60));
    await kept().other.dailyDigests.moveOn(digest, minutesLater(48 * 60));
    assert.equal((await dailyDigests.of(digest.target))?.nextAt.getTime(), minutesLater(24 * 60).getTime());
    assert.deepEqual(await dueAt(0), []);
    assert.equal((await dueAt(-4 * 24 * 60)).length, 1);
    await dailyDigests.remove(digest.target);
  });

  it('know what is open: of all, or what everybody in the channel may read', async () => {
    const { cases, reminders, dailyDigests } = kept().records;
    const here = { placeId: '19:here@thread.tacv2;messageid=7' };
    for (const more of [here, { ...here, isPrivate: true }, { placeId: '19:elsewhere' }]) {
      await cases.insertOnce(aCase(more));
      await reminders.put(aReminder({ ...more, isPrivate: 'isPrivate' in more, closesAt: minutesLater(10) }));
    }

    const all = await kept().other.dailyDigests.openCases(undefined, 5);
    const open = await dailyDigests.openCases('19:here@thread.tacv2;messageid=8', 5);
    const closing = await dailyDigests.closingIn('19:here@thread.tacv2', at, minutesLater(20), 5);

    assert.deepEqual(all.byState, [{ state: 'submitted', count: 3 }]);
    assert.deepEqual(open, { byState: [{ state: 'submitted', count: 1 }], needPerson: [] });
    assert.deepEqual(
      closing.map(({ placeId, isPrivate }) => [placeId, isPrivate]),
      [[here.placeId, false]],
    );
    assert.deepEqual(await dailyDigests.closingIn('19:here@thread.tacv2', minutesLater(10), minutesLater(20), 5), []);
  });
});
