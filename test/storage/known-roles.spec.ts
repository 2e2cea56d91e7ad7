import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { FoundRoles } from '../../src/domain/people/role-changes.ts';
import type { Role } from '../../src/domain/people/staff.ts';
import { verifyAudit } from '../../src/storage/verify-audit.ts';
import { eachDatabase } from '../support/databases.ts';
import { minutesLater } from './records.ts';

eachDatabase('the roles that somebody was found with', (database) => {
  const personId = randomUUID();
  const found = (roles: readonly Role[], minute = 0, id = personId): FoundRoles => ({
    ...{ personId: id, personName: 'Ada Nowak', roles, at: minutesLater(minute) },
  });
  const lost = async (id = personId) =>
    database().query<{ at: Date; person_name: string; facts: object }>(
      `select at, person_name, facts from software_desk.audit_decisions
       where person_id = $1 and facts ->> 'kind' = 'role-lost' order by id`,
      [id],
    );

  it('are remembered, and one that is gone is told once, in whichever process it is found', async () => {
    const { storage, other } = database();
    await storage.knownRoles.note(found(['admin-agent', 'sales-agent']));
    await other.knownRoles.note(found(['sales-agent', 'admin-agent'], 1));
    assert.deepEqual(await lost(), []);

    await Promise.all([
      storage.knownRoles.note(found(['sales-agent'], 2)),
      other.knownRoles.note(found(['sales-agent'], 2)),
    ]);
    await other.knownRoles.note(found(['sales-agent', 'admin-agent'], 3));
    await storage.knownRoles.note(found([], 4));

    assert.deepEqual(await lost(), [
      {
        ...{ at: minutesLater(2), person_name: 'Ada Nowak' },
        facts: { kind: 'role-lost', lost: ['admin-agent'], held: ['sales-agent'] },
      },
      {
        ...{ at: minutesLater(4), person_name: 'Ada Nowak' },
        facts: { kind: 'role-lost', lost: ['admin-agent', 'sales-agent'], held: [] },
      },
    ]);
    assert.deepEqual((await verifyAudit(database().pool)).problems, []);
  });

  it('are told as lost again where one process saw them given back that another had found lost', async () => {
    const id = randomUUID();
    const { storage, other } = database();
    const had = (minute: number) => ({ before: { roles: ['admin-agent'] as const, seenAt: minutesLater(minute) } });
    await storage.knownRoles.note(found(['admin-agent'], 0, id));
    await other.knownRoles.note({ ...found([], 1, id), ...had(0) });
    // Given back, which the first process sees in the third minute, and taken away again.
    await storage.knownRoles.note({ ...found([], 4, id), ...had(3) });
    await other.knownRoles.note({ ...found([], 5, id), before: { roles: [], seenAt: minutesLater(4) } });
    // Somebody who saw it before it was lost adds nothing.
    await other.knownRoles.note({ ...found([], 6, id), ...had(2) });

    assert.deepEqual(
      (await lost(id)).map(({ at }) => at),
      [minutesLater(1), minutesLater(4)],
    );
  });

  it('are not remembered of somebody who never had one', async () => {
    const stranger = randomUUID();
    await database().storage.knownRoles.note(found([], 0, stranger));

    assert.deepEqual(
      await database().query('select from software_desk.known_roles where person_id = $1', [stranger]),
      [],
    );
    assert.deepEqual(await lost(stranger), []);
  });
});
