import assert from 'node:assert/strict';
import { Refusal } from '../../../src/domain/errors.ts';
import { liftLeak, reportLeak } from '../../../src/domain/leaks/report-leak.ts';
import { aPerson } from '../../support/fakes/samples.ts';
import { createFakeWorld } from '../../support/fakes/world.ts';

const reported = {
  ...{ customerId: 'c-1', customerName: 'Contoso', orderId: 'o-1', orderNumber: '1a2b3c4d5e6f' },
  leaked: 'key',
} as const;
const bert = { ...aPerson(), id: 'bert', name: 'Bert Lis' };

describe('a leak', () => {
  it('is reported and lifted though nobody can tell who the other admin agents are', async () => {
    const world = createFakeWorld();
    world.roles.set(bert.id, ['admin-agent']);
    world.staff.adminAgents = () => Promise.reject(new Refusal('roles-unknown', { cause: 'unreachable' }));

    const { reference } = await reportLeak(world, aPerson(), reported);
    assert.equal((await world.leaks.openOf('o-1'))?.reference, reference);
    assert.ok((await liftLeak(world, bert, reference, 'A new key has come.')).lifted);
  });

  it('keeps no key that somebody pastes into the remark or the reason', async () => {
    const world = createFakeWorld();
    world.roles.set(bert.id, ['admin-agent']);
    const key = 'SMPLE-AAAAA-BBBBB-CCCCC-DDDDD';

    const { reference, remark } = await reportLeak(world, aPerson(), { ...reported, remark: `${key} is on a forum.` });
    const { lifted } = await liftLeak(world, bert, reference, `The new one: ${key}`);

    assert.deepEqual([remark, lifted?.reason], ['… is on a forum.', 'The new one: …']);
    const log = await world.audit.entries({ orderId: 'o-1' }, undefined, 10);
    assert.doesNotMatch(JSON.stringify([log, await world.leaks.get(reference)]), /SMPLE/);
  });

  it('is lifted by nobody who reported it, nor without the right, nor without a reason', async () => {
    const world = createFakeWorld();
    world.roles.set(bert.id, ['sales-agent']);
    const { reference } = await reportLeak(world, aPerson(), reported);

    await assert.rejects(liftLeak(world, aPerson(), reference, 'Never mind.'), { code: 'own-leak' });
    await assert.rejects(liftLeak(world, bert, reference, 'Never mind.'), { code: 'not-allowed' });
    await assert.rejects(reportLeak(world, bert, reported), { code: 'not-allowed' });
    world.roles.set(bert.id, ['admin-agent']);
    for (const reason of ['', 'x', 'no reason'])
      await assert.rejects(liftLeak(world, bert, reference, reason), { code: 'reason-short' });
    await assert.rejects(liftLeak(world, bert, 'LK-222222', 'Why not.'), { code: 'leak-unknown' });
    assert.equal((await world.leaks.get(reference))?.lifted, undefined);
  });
});
