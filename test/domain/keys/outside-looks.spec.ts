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
});
