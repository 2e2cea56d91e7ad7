import assert from 'node:assert/strict';
import { type Acceptance, confirmAgreement } from '../../../src/domain/customers/confirm-agreement.ts';
import { aCustomer, aPerson, outside } from '../../support/fakes/samples.ts';
import { createFakeWorld } from '../../support/fakes/world.ts';

const ada = aPerson();
const acceptance: Acceptance = {
  submissionId: 'submission-1',
  customer: aCustomer(),
  contact: { firstName: 'Anna', lastName: 'Kowalska', email: 'anna@contoso.example' },
  agreedAt: new Date('2026-03-01T00:00:00Z'),
};

function aWorld() {
  const world = createFakeWorld();
  world.partnerCenter.readiness = { ...world.partnerCenter.readiness, agreement: 'missing' };
  return world;
}

describe('confirming a customer’s agreement', () => {
  it('tells Partner Center who accepted it and when, and keeps who of us said so', async () => {
    const world = aWorld();

    assert.equal(await confirmAgreement(world, ada, acceptance), 'taken');

    const { contact, agreedAt } = acceptance;
    assert.deepEqual(world.partnerCenter.confirmations, [{ contact, agreedAt }]);
    const [kept] = world.written.agreementConfirmations.values();
    assert.equal(kept?.personId, ada.id);
    assert.equal(kept?.customerName, 'Contoso');
    assert.deepEqual(kept?.takenAt, world.clock.now());
  });

  it('is written down first: without that nothing is declared', async () => {
    const world = aWorld();
    world.breakDown('agreementConfirmations');

    await assert.rejects(confirmAgreement(world, ada, acceptance));

    assert.equal(world.partnerCenter.count('confirmAgreement'), 0);
  });

  it('is done once when the answer was lost and it is submitted again', async () => {
    const world = aWorld();
    world.partnerCenter.fail('confirmAgreement', outside('unreachable'), { isAfterWork: true });

    await assert.rejects(confirmAgreement(world, ada, acceptance), { kind: 'unreachable' });
    assert.equal(await confirmAgreement(world, ada, acceptance), 'taken');

    assert.equal(world.partnerCenter.confirmations.length, 1);
    assert.ok([...world.written.agreementConfirmations.values()].every(({ takenAt }) => takenAt));
  });

  it('counts as taken when Partner Center writes the e-mail of our earlier try in its own way', async () => {
    const world = aWorld();
    world.partnerCenter.confirmations = [{ contact: { ...acceptance.contact, email: 'Anna@Contoso.example' } }];

    assert.equal(await confirmAgreement(world, ada, acceptance), 'taken');

    assert.equal(world.partnerCenter.count('confirmAgreement'), 0);
    assert.deepEqual(world.written.agreementConfirmations.get('submission-1')?.takenAt, world.clock.now());
  });

  it('of somebody else that is there already is not done again, and ours does not count as taken', async () => {
    const world = aWorld();
    const other = { ...acceptance, submissionId: 'other', contact: { ...acceptance.contact, email: 'b@c.example' } };
    await confirmAgreement(world, ada, other);

    for (const _ of ['at first', 'again']) {
      assert.equal(await confirmAgreement(world, ada, acceptance), 'there-already');
    }

    assert.deepEqual(
      world.partnerCenter.confirmations.map(({ contact }) => contact.email),
      ['b@c.example'],
    );
    const kept = world.written.agreementConfirmations.get('submission-1');
    assert.ok(kept);
    assert.equal(kept.takenAt, undefined);
  });

  for (const role of ['sales-agent', 'helpdesk-agent'] as const) {
    it(`is refused to a ${role}, and nothing is written or sent`, async () => {
      const world = aWorld();
      world.roles.set(ada.id, [role]);

      await assert.rejects(confirmAgreement(world, ada, acceptance), { code: 'not-allowed' });

      assert.equal(world.written.agreementConfirmations.size, 0);
      assert.equal(world.partnerCenter.count('confirmAgreement'), 0);
    });
  }

  it('may be done by a global administrator', async () => {
    const world = aWorld();
    world.roles.set(ada.id, ['global-admin']);

    await confirmAgreement(world, ada, acceptance);

    assert.equal(world.partnerCenter.confirmations.length, 1);
  });
});
