import assert from 'node:assert/strict';
import { type FoundRoles, withRoleChanges } from '../../../src/domain/people/role-changes.ts';
import type { Role } from '../../../src/domain/people/staff.ts';
import { startAt } from '../../support/fakes/samples.ts';

describe('what the directory tells of somebody', () => {
  function staffOf(roles: () => readonly Role[], note: (found: FoundRoles) => Promise<void>, now = () => startAt) {
    const failures: unknown[] = [];
    const staff = withRoleChanges(
      { rolesOf: async () => roles(), adminAgents: async () => ['p-1'] },
      {
        knownRoles: { note },
        now,
        nameOf: async () => 'Ada Nowak',
        failed: (error) => void failures.push(error),
      },
    );
    return { staff, failures };
  }
  const later = () => new Promise((resolve) => setImmediate(resolve));

  it('is noted when it changes, and not each time it is asked', async () => {
    let roles: readonly Role[] = ['admin-agent'];
    const noted: FoundRoles[] = [];
    const { staff } = staffOf(
      () => roles,
      async (found) => void noted.push(found),
    );
    assert.deepEqual(await staff.rolesOf(' P-1 '), ['admin-agent']);
    await staff.rolesOf('p-1', { fresh: true });
    roles = [];
    assert.deepEqual(await staff.rolesOf('p-1'), []);
    await later();

    const about = { personId: 'p-1', personName: 'Ada Nowak', at: startAt };
    assert.deepEqual(noted, [
      { ...about, roles: ['admin-agent'] },
      { ...about, roles: [], before: { roles: ['admin-agent'], seenAt: startAt } },
    ]);
    assert.deepEqual(await staff.adminAgents(), ['p-1']);
  });

  it('is noted again after ten minutes: another process may have noted something else meanwhile', async () => {
    let now = startAt;
    let times = 0;
    const { staff } = staffOf(
      () => ['admin-agent'],
      async () => {
        times += 1;
      },
      () => now,
    );

    for (const minutes of [0, 9, 11]) {
      now = new Date(startAt.getTime() + minutes * 60_000);
      await staff.rolesOf('p-1');
      await later();
    }

    assert.equal(times, 2);
  });

  it('is noted in the order in which it was told', async () => {
    let roles: readonly Role[] = ['admin-agent'];
    const noted: string[] = [];
    const first = Promise.withResolvers<void>();
    const { staff } = staffOf(
      () => roles,
      async (found) => {
        if (noted.length === 0 && found.roles.length > 0) await first.promise;
        noted.push(found.roles.join());
      },
    );

    await staff.rolesOf('p-1');
    roles = [];
    await staff.rolesOf('p-1');
    await later();
    first.resolve();
    await later();

    assert.deepEqual(noted, ['admin-agent', '']);
  });

  it('is told all the same where it cannot be noted, which is tried again the next time', async () => {
    let times = 0;
    const { staff, failures } = staffOf(
      () => ['sales-agent'],
      async () => {
        times += 1;
        if (times === 1) throw new Error('the database is gone');
      },
    );

    assert.deepEqual(await staff.rolesOf('p-1'), ['sales-agent']);
    await later();
    assert.equal(failures.length, 1);
    await staff.rolesOf('p-1');
    await later();
    assert.equal(times, 2);
  });
});
