import assert from 'node:assert/strict';
import { checkReviews, quarterBefore, quarterNamed } from '../../../src/domain/audit/review.ts';
import type { KeyReveal } from '../../../src/domain/keys/key-reveals.ts';
import { aLeak } from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../support/fakes/world.ts';

const look = (at: string): KeyReveal => ({
  ...{ personId: 'p-1', personName: 'Ada Nowak', customerId: 'c-1', orderId: 'o-1', item: 'Office' },
  what: 'key',
  at: new Date(at),
});

describe('the quarter to review', () => {
  it('is the whole one before this one, also across a year', () => {
    for (const [now, name, first, last] of [
      ['2026-01-01T00:00:00Z', '2025-Q4', '2025-10-01', '2025-12-31'],
      ['2026-03-31T23:59:59Z', '2025-Q4', '2025-10-01', '2025-12-31'],
      ['2026-04-01T00:00:00Z', '2026-Q1', '2026-01-01', '2026-03-31'],
      ['2026-11-30T12:00:00Z', '2026-Q3', '2026-07-01', '2026-09-30'],
    ] as const) {
      assert.deepEqual(quarterBefore(new Date(now)), { name, first, last });
      assert.deepEqual(quarterNamed(name), { name, first, last });
    }
  });
});

describe('the reminder of a review', () => {
  const told = (world: FakeWorld) =>
    world.written.notices.flatMap((one) => (one.kind === 'review-due' ? [`${one.quarter} ${one.target.id}`] : []));

  it('comes once a quarter to each admin agent, where something was shown or has leaked', async () => {
    const world = createFakeWorld();
    world.roles.set('p-2', ['admin-agent']);
    world.setTime('2026-02-01T08:00:00Z');
    await checkReviews(world);
    assert.deepEqual(told(world), []);

    await world.keyReveals.add([look('2025-12-31T23:00:00Z'), look('2026-01-02T10:00:00Z')]);
    await checkReviews(world);
    await checkReviews(world);
    const admins = await world.staff.adminAgents();
    assert.deepEqual(
      told(world),
      admins.map((id) => `2025-Q4 ${id}`),
    );

    world.setTime('2026-07-01T00:00:00Z');
    await checkReviews(world);
    assert.equal(told(world).length, admins.length);
    await world.leaks.report(aLeak({ reportedAt: new Date('2026-05-01T10:00:00Z') }), []);
    await checkReviews(world);
    assert.equal(told(world).length, 2 * admins.length);
  });

  it('does not come where the policy wants none', async () => {
    const world = createFakeWorld({ policy: { reviewReminders: false } });
    world.setTime('2026-02-01T08:00:00Z');
    await world.keyReveals.add([look('2025-12-31T23:00:00Z')]);

    await checkReviews(world);

    assert.deepEqual(told(world), []);
  });
});
