import assert from 'node:assert/strict';
import { issueToken, useToken } from '../../../src/domain/keys/use-token.ts';
import { aLeak, anOrder, aPerson } from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../support/fakes/world.ts';

const ada = aPerson();
const mia = { ...aPerson(), id: 'mia', name: 'Mia Meyer' };
const tenantId = 't-1';
const bound = {
  personId: ada.id,
  tenantId,
  customerId: 'c-1',
  customerName: 'Contoso',
  orderId: anOrder().id,
  orderNumber: '1a2b3c4d5e6f',
  lineNumber: 0,
  item: 'Windows Server 2022 Standard',
  items: ['key', 'link'],
  choice: { version: 'DG7:0001' },
} as const;

const issued = async (world: FakeWorld) => ({ value: (await issueToken(world, ada, bound)).reveal(), tenantId });
const auditOf = (world: FakeWorld) => world.audit.entries({ orderId: anOrder().id }, undefined, 10);

describe('a one-time token for a key', () => {
  it('gives what it was issued for, and leaves no trace where it is used once', async () => {
    const world = createFakeWorld();

    assert.deepEqual(await useToken(world, ada, await issued(world)), bound);

    assert.deepEqual(await auditOf(world), []);
    assert.deepEqual(world.written.notices, []);
  });

  it('is refused the second time; that is recorded once as a look that did not happen, and every admin agent is told once', async () => {
    const world = createFakeWorld();
    world.roles.set('bea', ['admin-agent']);
    const token = await issued(world);
    await useToken(world, ada, token);

    for (const _ of [1, 2])
      await assert.rejects(useToken(world, ada, token), { code: 'token-refused', facts: { why: 'used' } });

    const entries = await auditOf(world);
    assert.deepEqual(
      entries.map((entry) => entry.kind === 'secret' && [entry.who, entry.what, entry.isWithdrawn, entry.refusal]),
      ['key', 'link'].map((what) => ['Ada Nowak', what, true, 'used']).reverse(),
    );
    assert.deepEqual(await world.keyReveals.viewersOf(anOrder().id), []);
    assert.deepEqual(
      world.written.notices.map(({ kind, target }) => [kind, target.id]),
      [
        ['token-misused', ada.id],
        ['token-misused', 'bea'],
      ],
    );
  });

  it('is refused to another admin agent and in another tenant, recorded under whoever presents it, and told', async () => {
    const world = createFakeWorld();
    world.roles.set(mia.id, ['admin-agent']);
    const token = await issued(world);

    await assert.rejects(useToken(world, mia, token), { code: 'token-refused', facts: { why: 'unknown' } });
    await assert.rejects(useToken(world, ada, { ...token, tenantId: 't-2' }), { code: 'token-refused' });

    const entries = await auditOf(world);
    assert.ok(entries.every((entry) => entry.kind === 'secret' && entry.refusal === 'other-person'));
    assert.deepEqual([...new Set(entries.map(({ who }) => who))].sort(), ['Ada Nowak', 'Mia Meyer']);
    assert.ok(world.written.notices.some((one) => one.kind === 'token-misused' && one.personId === mia.id));
    assert.deepEqual(await useToken(world, ada, token), bound);
  });

  it('is refused where it never was one, and nobody is told of that', async () => {
    const world = createFakeWorld();

    await assert.rejects(useToken(world, ada, { value: 'made up', tenantId }), { facts: { why: 'unknown' } });

    assert.deepEqual(world.written.notices, []);
  });

  it('is recorded also where whoever presents it may see no keys at all', async () => {
    const world = createFakeWorld();
    const token = await issued(world);

    await assert.rejects(useToken(world, mia, token), { code: 'token-refused' });

    assert.deepEqual(
      (await auditOf(world)).map(({ who }) => who),
      ['Mia Meyer', 'Mia Meyer'],
    );
  });

  it('is neither issued nor used without the right as it is at that moment', async () => {
    const world = createFakeWorld();
    const token = await issued(world);
    world.freshRoles.set(ada.id, ['sales-agent']);

    await assert.rejects(issueToken(world, ada, bound), { code: 'not-allowed' });
    await assert.rejects(useToken(world, ada, token), { code: 'not-allowed' });
  });

  it('is not issued while a leak of the order is reported, though not lifted', async () => {
    const world = createFakeWorld();
    await world.leaks.report(aLeak({ orderId: bound.orderId }), []);

    await assert.rejects(issueToken(world, ada, bound), { code: 'leak-reported' });
  });

  it('shows nothing and says so where its misuse cannot be recorded', async () => {
    const world = createFakeWorld();
    const token = await issued(world);
    await useToken(world, ada, token);
    world.breakDown('keyReveals');

    await assert.rejects(useToken(world, ada, token), { code: 'not-recorded' });
  });

  it('is nowhere but in the hand of whoever it was issued to', async () => {
    const world = createFakeWorld();
    const { value } = await issued(world);

    assert.doesNotMatch(JSON.stringify([...world.written.keyReveals, ...world.written.notices]), new RegExp(value));
    assert.equal(`${await issueToken(world, ada, bound)}`, '[secret]');
  });
});
