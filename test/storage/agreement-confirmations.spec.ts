import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AgreementConfirmation } from '../../src/domain/customers/agreement.ts';
import { eachDatabase } from '../support/databases.ts';
import { minutesLater } from './records.ts';

const aDeclaration = (): AgreementConfirmation => ({
  submissionId: randomUUID(),
  customerId: 'customer-1',
  customerName: 'Zażółć Sp. z o.o.',
  contact: { firstName: 'Anna', lastName: "O'Hara", email: 'anna@contoso.example' },
  agreedAt: minutesLater(-60),
  personId: 'person-1',
  personName: 'Ada Nowak',
  at: minutesLater(0),
});

eachDatabase('agreementConfirmations', (database) => {
  const rowOf = async ({ submissionId }: AgreementConfirmation) => {
    const [row] = await database().query(
      'select customer_name, contact, person_name, taken_at from software_desk.agreement_confirmations where submission_id = $1',
      [submissionId],
    );
    return row;
  };

  it('keep who declared what, before Partner Center has it', async () => {
    const agreementConfirmation = aDeclaration();

    await database().storage.agreementConfirmations.add(agreementConfirmation);

    assert.deepEqual(await rowOf(agreementConfirmation), {
      customer_name: agreementConfirmation.customerName,
      contact: agreementConfirmation.contact,
      person_name: 'Ada Nowak',
      taken_at: null,
    });
  });

  it('are written once per submission', async () => {
    const agreementConfirmation = aDeclaration();
    await database().storage.agreementConfirmations.add(agreementConfirmation);

    await database().storage.agreementConfirmations.add({ ...agreementConfirmation, personName: 'Somebody else' });

    assert.equal((await rowOf(agreementConfirmation))?.person_name, 'Ada Nowak');
  });

  it('keep when Partner Center first had it', async () => {
    const { storage } = database();
    const agreementConfirmation = aDeclaration();
    await storage.agreementConfirmations.add(agreementConfirmation);

    await storage.agreementConfirmations.taken(agreementConfirmation.submissionId, minutesLater(1));
    await storage.agreementConfirmations.taken(agreementConfirmation.submissionId, minutesLater(2));

    assert.deepEqual((await rowOf(agreementConfirmation))?.taken_at, minutesLater(1));
  });
});
