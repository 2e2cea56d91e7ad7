import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Declaration } from '../../src/domain/customers/agreement.ts';
import { minutesLater } from './records.ts';
import { eachDatabase } from './support.ts';

const aDeclaration = (): Declaration => ({
  submissionId: randomUUID(),
  customerId: 'customer-1',
  customerName: 'Zażółć Sp. z o.o.',
  contact: { firstName: 'Anna', lastName: "O'Hara", email: 'anna@contoso.example' },
  agreedAt: minutesLater(-60),
  personId: 'person-1',
  personName: 'Ada Nowak',
  at: minutesLater(0),
});

eachDatabase('declarations', (database) => {
  const rowOf = async ({ submissionId }: Declaration) => {
    const [row] = await database().query(
      'select customer_name, contact, person_name, taken_at from software_desk.declarations where submission_id = $1',
      [submissionId],
    );
    return row;
  };

  it('keep who declared what, before Partner Center has it', async () => {
    const declaration = aDeclaration();

    await database().storage.declarations.add(declaration);

    assert.deepEqual(await rowOf(declaration), {
      customer_name: declaration.customerName,
      contact: declaration.contact,
      person_name: 'Ada Nowak',
      taken_at: null,
    });
  });

  it('are written once per submission', async () => {
    const declaration = aDeclaration();
    await database().storage.declarations.add(declaration);

    await database().storage.declarations.add({ ...declaration, personName: 'Somebody else' });

    assert.equal((await rowOf(declaration))?.person_name, 'Ada Nowak');
  });

  it('keep when Partner Center first had it', async () => {
    const { storage } = database();
    const declaration = aDeclaration();
    await storage.declarations.add(declaration);

    await storage.declarations.taken(declaration.submissionId, minutesLater(1));
    await storage.declarations.taken(declaration.submissionId, minutesLater(2));

    assert.deepEqual((await rowOf(declaration))?.taken_at, minutesLater(1));
  });
});
