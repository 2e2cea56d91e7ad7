import assert from 'node:assert/strict';
import { type Acceptance, confirmAgreement } from '../../src/domain/confirm-agreement.ts';
import { aCustomer, aPerson, outside } from '../fakes/samples.ts';
import { createFakeWorld } from '../fakes/world.ts';

const ada = aPerson();
const acceptance: Acceptance = {
  submissionId: 'submission-1',
  customer: aCustomer(),
  contact: { firstName: 'Anna', lastName: 'Kowalska', email: 'anna@contoso.example' },
  agreedAt: new Date('2026-03-01T00:00:00Z'),
};

function aWorld() {
  const world = createFakeWorld();
  world.shop.readiness = { ...world.shop.readiness, agreement: 'missing' };
  return world;
}

describe('confirming a customer’s agreement', () => {
  it('tells Partner Center who accepted it and when, and keeps who of us said so', async () => {
    const world = aWorld();

    await confirmAgreement(world, ada, acceptance);

    const { contact, agreedAt } = acceptance;
    assert.deepEqual(world.shop.confirmations, [{ contact, agreedAt }]);
    const [kept] = world.written.declarations.values();
    assert.equal(kept?.personId, ada.id);
    assert.equal(kept?.customerName, 'Contoso');
    assert.deepEqual(kept?.takenAt, world.clock.now());
  });

  it('is written down first: without that nothing is declared', async () => {
    const world = aWorld();
    world.breakDown('declarations');

    await assert.rejects(confirmAgreement(world, ada, acceptance));

    assert.equal(world.shop.count('confirmAgreement'), 0);
  });

  it('is done once when the answer was lost and it is submitted again', async () => {
    const world = aWorld();
    world.shop.fail('confirmAgreement', outside('unreachable'), { isAfterWork: true });

    await assert.rejects(confirmAgreement(world, ada, acceptance), { kind: 'unreachable' });
    await confirmAgreement(world, ada, acceptance);

    assert.equal(world.shop.confirmations.length, 1);
    assert.ok([...world.written.declarations.values()].every(({ takenAt }) => takenAt));
  });

  it('is not done again where somebody else was faster', async () => {
    const world = aWorld();
    await confirmAgreement(world, ada, acceptance);

    await confirmAgreement(world, ada, { ...acceptance, submissionId: 'submission-2' });

    assert.equal(world.shop.confirmations.length, 1);
  });

  for (const role of ['sales-agent', 'helpdesk-agent'] as const) {
    it(`is refused to a ${role}, and nothing is written or sent`, async () => {
      const world = aWorld();
      world.roles.set(ada.id, [role]);

      await assert.rejects(confirmAgreement(world, ada, acceptance), { code: 'not-allowed' });

      assert.equal(world.written.declarations.size, 0);
      assert.equal(world.shop.count('confirmAgreement'), 0);
    });
  }

  it('may be done by a global administrator', async () => {
    const world = aWorld();
    world.roles.set(ada.id, ['global-admin']);

    await confirmAgreement(world, ada, acceptance);

    assert.equal(world.shop.confirmations.length, 1);
  });
});
