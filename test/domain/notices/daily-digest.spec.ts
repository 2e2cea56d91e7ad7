import assert from 'node:assert/strict';
import { askForDigest, checkDailyDigests } from '../../../src/domain/notices/daily-digest.ts';
import type { DailyDigest } from '../../../src/domain/notices/daily-digests.ts';
import { lastAt, nextAt } from '../../../src/domain/notices/time-of-day.ts';
import { clockTime, isOff, readTimeOfDay } from '../../../src/words/time-of-day.ts';
import { createFakeWorld, dayMs, type FakeWorld, hourMs } from '../../support/fakes/world.ts';

const warsaw = 'Europe/Warsaw';
const target = { to: 'person', id: 'p-1' } as const;

describe('a time of the day', () => {
  const next: readonly [string, number, string, string][] = [
    ['later today', 480, '2026-11-30T05:00:00Z', '2026-11-30T07:00:00.000Z'],
    ['tomorrow, where it is now', 480, '2026-11-30T07:00:00Z', '2026-12-01T07:00:00.000Z'],
    ['tomorrow by the clock of the place', 30, '2026-11-30T23:45:00Z', '2026-12-01T23:30:00.000Z'],
    ['after the night of 23 hours', 480, '2027-03-27T20:00:00Z', '2027-03-28T06:00:00.000Z'],
    ['after the night of 25 hours', 480, '2026-10-24T20:00:00Z', '2026-10-25T07:00:00.000Z'],
    ['that a night leaves out, an hour later', 150, '2027-03-27T20:00:00Z', '2027-03-28T01:30:00.000Z'],
  ];
  for (const [what, time, after, expected] of next)
    it(`is ${what}`, () => {
      assert.equal(nextAt(time, warsaw, new Date(after)).toISOString(), expected);
      assert.equal(lastAt(time, warsaw, new Date(expected)).toISOString(), expected);
    });

  it('comes once each day of a year, wherever clocks are changed', () => {
    for (const timeZone of [warsaw, 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Manila', 'no zone at all'])
      for (const time of [0, 90, 150, 480, 1439]) {
        let at = nextAt(time, timeZone, new Date('2026-01-01T12:00:00Z'));
        for (let day = 0; day < 365; day += 1) {
          const following = nextAt(time, timeZone, at);
          const pause = following.getTime() - at.getTime();
          assert.ok(Math.abs(pause - dayMs) <= hourMs, `${timeZone} ${clockTime(time)} ${at.toISOString()}`);
          at = following;
        }
      }
  });

  it('is read as people write it, and nothing else is', () => {
    const read = ['8', '8:00', '08:30', 'at 7.15', '8h', '8h30', '5 pm', '12 am', '17 Uhr', '23:59'].map(readTimeOfDay);
    assert.deepEqual(read, [480, 480, 510, 435, 480, 510, 1020, 0, 1020, 1439]);
    for (const text of ['', '24:00', '8:60', '13 pm', 'contoso', '8 contoso', '1a2b3c4d5e6f'])
      assert.equal(readTimeOfDay(text), undefined, text);
    assert.ok(['off', 'Wyłącz', 'AUS', 'désactiver', 'desactivar'].every(isOff));
    assert.equal(clockTime(435), '07:15');
  });
});

describe('the message of a day', () => {
  async function asked(at: string, time = 480): Promise<FakeWorld> {
    const world = createFakeWorld();
    world.setTime(at);
    await askForDigest(world, { target, time, timeZone: warsaw, askedBy: 'p-1' });
    return world;
  }
  async function daysAt(world: FakeWorld, ...times: string[]): Promise<string[]> {
    for (const at of times) {
      world.setTime(at);
      await checkDailyDigests(world);
      await checkDailyDigests(world);
    }
    return world.written.notices.flatMap((one) => (one.kind === 'daily-digest' ? [one.day] : []));
  }
  const nextOf = async (world: FakeWorld) => (await world.dailyDigests.of(target))?.nextAt.toISOString();

  it('is owed once a day, at its time in the zone of whoever asked', async () => {
    const world = await asked('2026-11-30T05:00:00Z');

    assert.deepEqual(await daysAt(world, '2026-11-30T06:59:00Z'), []);
    const times = ['2026-11-30T07:00:00Z', '2026-11-30T15:00:00Z', '2026-12-01T06:59:00Z', '2026-12-01T07:00:10Z'];
    assert.deepEqual(await daysAt(world, ...times), ['2026-11-30', '2026-12-01']);
    assert.equal(await nextOf(world), '2026-12-02T07:00:00.000Z');
  });

  it('is owed once for the days in which nobody looked, and again at its time', async () => {
    const world = await asked('2026-11-30T05:00:00Z');

    assert.deepEqual(await daysAt(world, '2026-12-03T23:10:00Z', '2026-12-04T07:00:00Z'), ['2026-12-03', '2026-12-04']);
  });

  it('comes once a day also where the clock is put back, and goes on where it was days ahead', async () => {
    const world = await asked('2026-11-30T05:00:00Z');

    const times = ['2026-11-30T07:00:00Z', '2026-11-30T06:00:00Z', '2026-11-30T07:00:01Z', '2026-12-20T07:00:00Z'];
    assert.deepEqual(await daysAt(world, ...times, '2026-12-01T06:00:00Z', '2026-12-01T07:00:00Z'), [
      '2026-11-30',
      '2026-12-20',
      '2026-12-01',
    ]);
  });

  it('comes at the new time where another is chosen, and no more once it was turned off', async () => {
    const world = await asked('2026-11-30T05:00:00Z');
    const later: Omit<DailyDigest, 'nextAt'> = { target, time: 1020, timeZone: warsaw, askedBy: 'p-1' };
    await askForDigest(world, later);

    assert.deepEqual(await daysAt(world, '2026-11-30T08:00:00Z', '2026-11-30T16:00:00Z'), ['2026-11-30']);
    await world.dailyDigests.remove(target);
    assert.deepEqual(await daysAt(world, '2026-12-01T16:00:00Z'), ['2026-11-30']);
  });
});
