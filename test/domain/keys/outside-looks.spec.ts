import assert from 'node:assert/strict';
import { OutsideError } from '../../../src/domain/errors.ts';
import { readOutsideLooks, readOutsideLooksNow } from '../../../src/domain/keys/outside-looks.ts';
import { createCallBudget } from '../../../src/domain/work/call-budget.ts';
import { createFakeWorld, hourMs } from '../../support/fakes/world.ts';

describe('looks at Partner Center itself', () => {
  const look = { record: 'r1', what: 'key', who: 'eve@partner.example', item: '', mayBeOurs: false } as const;
  function started() {
    const world = createFakeWorld();
    const calls = createCallBudget(60);
    calls.refill();
    world.partnerCenter.outsideLooks = [{ ...look, at: world.clock.now(), orderId: 'o-1' }];
    return { world, calls };
  }

  it('are read once an hour, with two calls of those that are left', async () => {
    const { world, calls } = started();
    const left = calls.left();

    await readOutsideLooks(world, calls);
    world.pass(hourMs - 1);
    await readOutsideLooks(world, calls);

    assert.equal(left - calls.left(), 2);
    assert.equal((await world.keyReveals.ofOrder('o-1')).length, 1);
    world.pass(2);
    await readOutsideLooks(world, calls);
    assert.equal(left - calls.left(), 4);
    assert.equal((await world.keyReveals.ofOrder('o-1')).length, 1);
    calls.spend(calls.left());
    world.pass(hourMs);
    await readOutsideLooks(world, calls);
    assert.equal(calls.left(), 0);
    world.pass(5 * hourMs);
    await readOutsideLooks(world, calls);
    assert.equal(calls.left(), -2);
  });

  it('are asked for again in an hour where Partner Center declines, and fail nobody who reports a leak', async () => {
    const { world, calls } = started();
    const failing = (kind: 'declined' | 'unreachable') => {
      world.changes.outsideLooks = () =>
        Promise.reject(new OutsideError({ service: 'Partner Center', operation: 'listAuditRecords', kind }));
    };
    failing('declined');
    await readOutsideLooks(world, calls);
    world.pass(hourMs);
    failing('unreachable');
    await assert.rejects(readOutsideLooks(world, calls), { kind: 'unreachable' });
    await readOutsideLooksNow(world);

    assert.deepEqual(await world.keyReveals.ofOrder('o-1'), []);
  });

  it('that are too many to be read at once are read with those before them, also of a day that is too long', async () => {
    const { world, calls } = started();
    const day = (date: string) => new Date(`${date}T00:00:00.000Z`);
    const today = day(world.clock.now().toISOString().slice(0, 10));
    const daysBefore = (days: number, hours = 0) => new Date(today.getTime() - days * 24 * hourMs + hours * hourMs);
    const asked: (string | undefined)[] = [];
    // Of today and yesterday at first; of the day before yesterday never all; then all the rest.
    const told = [daysBefore(1, 8), daysBefore(2, 20), undefined];
    world.changes.outsideLooks = async (about, { since, lastDay }) => {
      if (about === 'link') return { looks: [], wholeSince: since, calls: 1 };
      asked.push(lastDay?.toISOString().slice(0, 10));
      return { looks: [], wholeSince: told[asked.length - 1] ?? since, calls: 10 };
    };

    await readOutsideLooks(world, calls);

    const name = (at: Date) => at.toISOString().slice(0, 10);
    assert.deepEqual(asked, [undefined, name(daysBefore(1)), name(daysBefore(2))]);
    assert.notEqual((await world.tracking.lastOutsideLooks()).toldUntil.key, undefined);
  });

  it('that are left over when the calls are used up are read in an hour', async () => {
    const { world, calls } = started();
    world.changes.outsideLooks = async (about, { since }) =>
      about === 'key'
        ? { looks: [], wholeSince: new Date(world.clock.now().getTime() - hourMs), calls: 30 }
        : { looks: [], wholeSince: since, calls: 1 };

    await readOutsideLooks(world, calls);

    const { toldUntil } = await world.tracking.lastOutsideLooks();
    assert.equal(toldUntil.key, undefined);
    assert.notEqual(toldUntil.link, undefined);
  });

  describe('where Partner Center declines', () => {
    const dayMs = 24 * hourMs;
    const no = new OutsideError({ service: 'Partner Center', operation: 'listAuditRecords', kind: 'declined' });
    /** Tells of so many days at most, for as long as it tells anything. */
    function answering(most: () => number) {
      const { world, calls } = started();
      const asked: string[] = [];
      world.changes.outsideLooks = async (about, { since }) => {
        const days = Math.round((world.clock.now().getTime() - since.getTime()) / dayMs);
        asked.push(`${about} ${days}`);
        if (days > most()) throw no;
        return { looks: [], calls: 1 };
      };
      const hours = async (count: number): Promise<string[]> => {
        asked.length = 0;
        calls.refill();
        await readOutsideLooks(world, calls);
        world.pass(count * hourMs);
        return [...asked];
      };
      return { world, hours };
    }

    it('for days, they are read later from where they were told, and then the last day as always', async () => {
      let most = 90;
      const { hours } = answering(() => most);
      assert.deepEqual(await hours(1), ['key 90', 'link 90']);
      most = 0;
      assert.deepEqual(await hours(71), ['key 1', 'link 1']);
      assert.deepEqual(await hours(1), ['key 4', 'key 1', 'link 4', 'link 1']);
      most = 90;
      assert.deepEqual(await hours(1), ['key 4', 'link 4']);
      assert.deepEqual(await hours(1), ['key 1', 'link 1']);
    });

    it('of so many days only, what there is must do', async () => {
      const { hours } = answering(() => 30);
      assert.deepEqual(await hours(1), ['key 90', 'key 1', 'key 30', 'link 90', 'link 1', 'link 30']);
      assert.deepEqual(await hours(1), ['key 1', 'link 1']);
    });

    it('of some of the days for a while, those are read later, and only the last day meanwhile', async () => {
      let most = 90;
      const { hours } = answering(() => most);
      await hours(1);
      most = 0;
      await hours(71);
      most = 1;
      assert.deepEqual(await hours(1), ['key 4', 'key 1', 'link 4', 'link 1']);
      most = 90;
      assert.deepEqual(await hours(1), ['key 4', 'link 4']);
      assert.deepEqual(await hours(1), ['key 1', 'link 1']);
    });

    it('of the usual days too, they are asked for again', async () => {
      let most = 1;
      const { hours } = answering(() => most);
      const all = ['key 90', 'key 1', 'key 30', 'link 90', 'link 1', 'link 30'];
      assert.deepEqual(await hours(1), all);
      most = 30;
      assert.deepEqual(await hours(1), all);
      assert.deepEqual(await hours(1), ['key 1', 'link 1']);
    });

    it('for longer than its log goes back, no more is asked for than that', async () => {
      let most = 90;
      const { hours } = answering(() => most);
      await hours(1);
      most = 0;
      await hours(200 * 24);
      most = 90;
      assert.deepEqual(await hours(1), ['key 90', 'link 90']);
    });
  });
});
