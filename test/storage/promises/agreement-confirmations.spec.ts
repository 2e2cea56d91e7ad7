import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AgreementConfirmed } from '../../../src/domain/audit/audit.ts';
import type { AgreementConfirmation } from '../../../src/domain/customers/agreement.ts';
import { eachDatabase } from '../../support/databases.ts';
import { minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

const aConfirmation = (): AgreementConfirmation => ({
  submissionId: randomUUID(),
  customerId: randomUUID(),
  customerName: 'Zażółć Sp. z o.o.',
  contact: { firstName: 'Anna', lastName: "O'Hara", email: 'anna@contoso.example' },
  agreedAt: minutesLater(-60),
  personId: 'person-1',
  personName: 'Ada Nowak',
  at: minutesLater(0),
});

eachRecord('agreementConfirmations', (kept) => {
  async function told({ customerId }: AgreementConfirmation): Promise<AgreementConfirmed[]> {
    const entries = await kept().other.audit.entries({ customerId }, undefined, 10);
    return entries.filter((entry) => entry.kind === 'agreement');
  }

  it('keep who declared what, before Partner Center has it', async () => {
    const confirmation = aConfirmation();
    const { customerId, customerName, contact, agreedAt, at } = confirmation;

    await kept().records.agreementConfirmations.add(confirmation);

    const [entry, ...others] = await told(confirmation);
    assert.ok(entry && others.length === 0);
    const { cursor: _, ...declared } = entry;
    const who = 'Ada Nowak';
    const about = { customerId, customerName, orderNumbers: [], contact, agreedAt, isTaken: false };
    assert.deepEqual(declared, { kind: 'agreement', at, who, ...about });
  });

  it('are written once per submission', async () => {
    const confirmation = aConfirmation();
    await kept().records.agreementConfirmations.add(confirmation);

    await kept().records.agreementConfirmations.add({ ...confirmation, personName: 'Somebody else' });

    assert.deepEqual(
      (await told(confirmation)).map(({ who }) => who),
      ['Ada Nowak'],
    );
  });

  it('know that Partner Center has it', async () => {
    const confirmation = aConfirmation();
    await kept().records.agreementConfirmations.add(confirmation);

    await kept().records.agreementConfirmations.recordTaken(confirmation.submissionId, minutesLater(1));

    assert.equal((await told(confirmation))[0]?.isTaken, true);
  });
});

eachDatabase('agreementConfirmations', (database) => {
  it('keep when Partner Center first had it', async () => {
    const { storage, query } = database();
    const confirmation = aConfirmation();
    const { submissionId } = confirmation;
    await storage.agreementConfirmations.add(confirmation);

    await storage.agreementConfirmations.recordTaken(submissionId, minutesLater(1));
    await storage.agreementConfirmations.recordTaken(submissionId, minutesLater(2));

    const rows = await query('select taken_at from software_desk.agreement_confirmations where submission_id = $1', [
      submissionId,
    ]);
    assert.deepEqual(rows, [{ taken_at: minutesLater(1) }]);
  });
});
