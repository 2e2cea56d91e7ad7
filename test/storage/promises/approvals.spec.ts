import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Approval, NewApproval } from '../../../src/domain/approvals/approval.ts';
import { eachDatabase } from '../../support/databases.ts';
import { anApproval, anOrderSubmission, aPurchase, eur } from '../../support/fakes/samples.ts';
import { minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

const hour = 60;

function aNewApproval(overrides: Partial<NewApproval> = {}): NewApproval {
  const { revision: _, state: __, claim: ___, steps: ____, ...wanted } = anApproval();
  const reference = `AP-${randomUUID()}`;
  return {
    ...wanted,
    reference,
    draftId: randomUUID(),
    createdAt: minutesLater(0),
    remindAt: minutesLater(hour),
    expiresAt: minutesLater(24 * hour),
    ...overrides,
  };
}

function decided(before: Approval, state: 'approved' | 'rejected', name = 'Bert Lis'): Approval {
  const step = { step: state, at: minutesLater(1).toISOString(), by: { id: name, name } } as const;
  return { ...before, revision: before.revision + 1, state, steps: [...before.steps, step] };
}

eachRecord('approvals', (kept) => {
  async function asked(newApproval: NewApproval): Promise<{ approval: Approval; isNew: boolean }> {
    const answer = await kept().records.approvals.ask(newApproval, []);
    return answer.kind === 'asked' ? answer : assert.fail(answer.kind);
  }

  it('are asked for once for the same of a draft, whoever asks first', async () => {
    const newApproval = aNewApproval();
    const [one, other] = await Promise.all([
      kept().records.approvals.ask(newApproval, []),
      kept().other.approvals.ask({ ...newApproval, reference: `AP-${randomUUID()}` }, []),
    ]);

    assert.deepEqual([one, other].map((answer) => answer.kind === 'asked' && answer.isNew).toSorted(), [false, true]);
    const again = await asked({ ...newApproval, reference: `AP-${randomUUID()}` });
    assert.equal(again.isNew, false);
  });

  it('are withdrawn where something else of the same draft is asked for', async () => {
    const newApproval = aNewApproval();
    const { approval } = await asked(newApproval);
    const content = aPurchase({ total: eur(2000) });
    const changed = aNewApproval({ draftId: newApproval.draftId, reviewed: { kind: 'order', content } });

    const answer = await kept().records.approvals.ask(changed, []);

    assert.deepEqual(answer.kind === 'asked' && answer.withdrawn, [approval.reference]);
    assert.equal((await kept().other.approvals.get(approval.reference))?.state, 'withdrawn');
  });

  it('are another matter for another person', async () => {
    const newApproval = aNewApproval();
    await asked(newApproval);

    const other = { ...newApproval, reference: `AP-${randomUUID()}`, requester: { id: 'p-9', name: 'Cora' } };
    assert.equal((await asked(other)).isNew, true);
  });

  it('are decided once, of two that come at once', async () => {
    const { approval } = await asked(aNewApproval());

    const written = await Promise.all([
      kept().records.approvals.change({ approval: decided(approval, 'approved'), notices: [] }),
      kept().other.approvals.change({ approval: decided(approval, 'rejected', 'Cora'), notices: [] }),
    ]);

    assert.deepEqual(written.toSorted(), [false, true]);
    assert.equal((await kept().records.approvals.get(approval.reference))?.steps.length, 2);
  });

  it('are used once, of two orders that want it at once', async () => {
    const { approval } = await asked(aNewApproval());
    const { reference } = approval;
    await kept().records.approvals.change({ approval: decided(approval, 'approved'), notices: [] });
    const order = () => anOrderSubmission({ submissionId: randomUUID(), createdAt: minutesLater(2) });

    const placed = await Promise.allSettled([
      kept().records.orderSubmissions.insertOnce(order(), undefined, reference),
      kept().other.orderSubmissions.insertOnce(order(), undefined, reference),
    ]);

    assert.deepEqual(placed.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    const [refused] = placed.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    assert.equal(refused.code, 'approval-over');
    assert.equal((await kept().records.approvals.get(reference))?.state, 'used');
  });

  it('are not used before they are approved, nor after their time', async () => {
    const { orderSubmissions, approvals } = kept().records;
    const { approval } = await asked(aNewApproval());
    const order = (minutes: number) =>
      anOrderSubmission({ submissionId: randomUUID(), createdAt: minutesLater(minutes) });
    const first = order(1);
    await assert.rejects(orderSubmissions.insertOnce(first, undefined, approval.reference), { code: 'approval-over' });
    await approvals.change({ approval: decided(approval, 'approved'), notices: [] });
    await assert.rejects(orderSubmissions.insertOnce(order(25 * hour), undefined, approval.reference), {
      code: 'approval-over',
    });

    assert.equal(await orderSubmissions.get(first.submissionId), undefined);
  });

  it('are not asked for where the order is placed already', async () => {
    const submission = anOrderSubmission({ submissionId: randomUUID() });
    await kept().records.orderSubmissions.insertOnce(submission);

    const answer = await kept().records.approvals.ask(aNewApproval({ submissionId: submission.submissionId }), []);

    assert.equal(answer.kind, 'submitted');
  });

  it('are due for their reminder and at their end; then the same can be asked for again', async () => {
    const newApproval = aNewApproval();
    const { approval } = await asked(newApproval);
    const dueAt = async (minutes: number) =>
      (await kept().records.approvals.due(minutesLater(minutes), 10_000)).some(
        ({ reference }) => reference === approval.reference,
      );

    assert.deepEqual([await dueAt(1), await dueAt(hour), await dueAt(24 * hour)], [false, true, true]);
    const later = { createdAt: minutesLater(25 * hour), expiresAt: minutesLater(49 * hour) };
    assert.equal((await asked({ ...newApproval, ...later, reference: `AP-${randomUUID()}` })).isNew, true);
    assert.equal((await kept().records.approvals.get(approval.reference))?.state, 'expired');
  });

  it('make room for as many reveals again', async () => {
    const { keyReveals, approvals } = kept().records;
    const id = randomUUID();
    const look = (minutes: number) => ({ ...aLook(id), at: minutesLater(minutes) });
    const room = { person: 100, everybody: 100_000, unapproved: 2 };
    await keyReveals.add([look(1), look(1)], room);
    await assert.rejects(keyReveals.add([look(2)], room), { code: 'too-many' });
    const reviewed = {
      kind: 'reveals',
      most: 2,
      customerId: 'c',
      customerName: 'C',
      orderNumber: 'o',
      item: 'i',
    } as const;
    const { approval } = await asked(aNewApproval({ reviewed, requester: { id, name: 'Ada' } }));
    await approvals.change({ approval: decided(approval, 'approved'), notices: [] });

    await keyReveals.add([look(3)], { person: 100, everybody: 100_000, approval: approval.reference });
    await keyReveals.add([look(4)], room);

    await assert.rejects(keyReveals.add([look(5)], room), { code: 'too-many' });
  });
});

const aLook = (personId: string) =>
  ({
    personId,
    personName: 'Ada Nowak',
    customerId: 'c-1',
    customerName: 'Contoso',
    orderId: 'o-1',
    what: 'key',
    item: 'Windows Server',
    at: minutesLater(0),
  }) as const;

eachDatabase('approvals', (database) => {
  it('stand in the audit log with each step, or nothing of them is written', async () => {
    const { storage, query } = database();
    const newApproval = aNewApproval();
    const answer = await storage.approvals.ask(newApproval, []);
    assert.equal(answer.kind, 'asked');
    await query('alter table software_desk.audit_decisions rename to audit_decisions_away');
    const approval = (await storage.approvals.get(newApproval.reference)) ?? assert.fail();
    try {
      await assert.rejects(storage.approvals.change({ approval: decided(approval, 'approved'), notices: [] }));
      await assert.rejects(storage.approvals.ask(aNewApproval(), []));
    } finally {
      await query('alter table software_desk.audit_decisions_away rename to audit_decisions');
    }

    assert.equal((await storage.approvals.get(newApproval.reference))?.state, 'waiting');
    const steps = await query(
      `select facts from software_desk.audit_decisions where facts ->> 'reference' = $1 order by id`,
      [newApproval.reference],
    );
    assert.equal(steps.length, 1);
  });
});
