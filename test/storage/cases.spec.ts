import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Case } from '../../src/domain/cancellations/case.ts';
import type { CaseMove, NewCase } from '../../src/domain/cancellations/cases.ts';
import type { NewNotice } from '../../src/domain/notices/notice.ts';
import { eachDatabase } from '../support/databases.ts';
import { aCase, aCaseContent, at, card, minutesLater } from './records.ts';

function toCancelling({ reference }: Case, change: Partial<CaseMove> = {}): CaseMove {
  return { reference, from: 'submitted', to: 'cancelling', who: 'Software Desk', why: 'by API', at, ...change };
}

function toCompleted({ reference }: Case, notices: readonly NewNotice[] = []): CaseMove {
  return { reference, from: 'cancelling', to: 'completed', who: 'Software Desk', why: 'cancelled', at, notices };
}

eachDatabase('cases', (database) => {
  async function submitted(change: Partial<NewCase> = {}): Promise<Case> {
    return (await database().storage.cases.insertOnce(aCase(change))).case;
  }

  it('come back as they were written, as submitted', async () => {
    const wanted = aCase({ card });
    const { at: createdAt, ...rest } = wanted;

    const written = await database().storage.cases.insertOnce(wanted);

    const expected = { ...rest, state: 'submitted', createdAt, changedAt: createdAt };
    assert.deepEqual(written, { case: expected, isNew: true });
    assert.deepEqual(await database().other.cases.get(wanted.reference), expected);
    assert.deepEqual(await database().other.cases.bySubmission(wanted.submissionId), expected);
  });

  it('begin with an event that says who and why', async () => {
    const { reference } = await submitted();

    const why = 'bought for the wrong customer';
    const expected = [{ reference, from: 'draft', to: 'submitted', who: 'Ada', why, at }];
    assert.deepEqual(await database().storage.cases.history(reference), expected);
  });

  it('take whatever somebody pasted as a reason', async () => {
    const content = aCaseContent({ reason: 'a\u0000b \ud83d \u{1f600} "quoted" \\u0000' });

    const { reference } = await submitted({ content });

    assert.deepEqual((await database().other.cases.get(reference))?.content, content);
    const [event] = await database().storage.cases.history(reference);
    assert.match(event?.why ?? '', /^ab . \u{1f600} "quoted" \\u0000$/u);
  });

  it('are written once, with one job and one event, however many write at once', async () => {
    const { storage, other, query } = database();
    const wanted = aCase();

    const attempts = Array.from({ length: 20 }, (_, index) => (index % 2 ? storage : other).cases.insertOnce(wanted));
    const results = await Promise.all(attempts);

    assert.equal(results.filter((result) => result.isNew).length, 1);
    assert.equal((await storage.cases.history(wanted.reference)).length, 1);
    const jobs = `select id from software_desk_jobs.job where name = 'work-case' and data ->> 'reference' = $1`;
    assert.equal((await query(jobs, [wanted.reference])).length, 1);
  });

  it('refuse other content and another person under the same submission id', async () => {
    const { cases } = database().storage;
    const wanted = aCase();
    await cases.insertOnce(wanted);
    const content = { ...wanted.content, reason: 'another reason' };

    await assert.rejects(cases.insertOnce({ ...wanted, content }), { code: 'other-content' });
    await assert.rejects(cases.insertOnce({ ...wanted, requesterId: 'p-2' }), { code: 'other-content' });
  });

  it('are one per order while open, whoever asks', async () => {
    const { storage, other } = database();
    const content = aCaseContent();
    const attempts = Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? storage : other).cases.insertOnce(aCase({ content, requesterId: `p-${index}` })),
    );

    const results = await Promise.allSettled(attempts);

    const winners = results.filter((result) => result.status === 'fulfilled');
    assert.equal(winners.length, 1);
    const open = await storage.cases.openForOrder(content.orderId);
    assert.deepEqual(open, winners[0]?.value.case);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      assert.equal(result.reason.code, 'case-open');
      assert.deepEqual(result.reason.facts, { reference: open?.reference, order: content.orderNumber });
    }
  });

  it('leave the way free for another once they are refused', async () => {
    const { cases } = database().storage;
    const first = await submitted();
    await cases.advance(toCancelling(first, { to: 'refused' }));

    const second = await cases.insertOnce(aCase({ content: first.content }));

    assert.equal(second.isNew, true);
    assert.equal((await cases.openForOrder(first.content.orderId))?.reference, second.case.reference);
  });

  it('advance once, however many try at once', async () => {
    const { storage, other } = database();
    const found = await submitted();

    const moves = Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? storage : other).cases.advance(toCancelling(found)),
    );
    const moved = await Promise.all(moves);

    assert.equal(moved.filter((isMoved) => isMoved).length, 1);
    assert.equal((await storage.cases.history(found.reference)).length, 2);
  });

  it('record who moved them, when and why', async () => {
    const { cases } = database().storage;
    const found = await submitted();
    const later = minutesLater(5);

    await cases.advance(
      toCancelling(found, { to: 'filing', ending: 'ticket', who: 'Bo', why: 'asked for', at: later }),
    );

    const moved = await cases.get(found.reference);
    assert.deepEqual([moved?.state, moved?.ending, moved?.changedAt], ['filing', 'ticket', later]);
    const [, event] = await cases.history(found.reference);
    const { reference } = found;
    assert.deepEqual(event, { reference, from: 'submitted', to: 'filing', who: 'Bo', why: 'asked for', at: later });
  });

  it('write their notices in the same transaction as the move', async () => {
    const { storage, query } = database();
    const found = await submitted();
    await storage.cases.advance(toCancelling(found));
    const person: NewNotice = { kind: 'case-completed', subject: found.reference, target: { to: 'person', id: 'p-1' } };
    const broken = { ...person, target: { to: 'nowhere', id: 'x' } } as unknown as NewNotice;
    const notices = `select state from software_desk.notices where subject = $1`;

    await assert.rejects(storage.cases.advance(toCompleted(found, [person, broken])));
    assert.equal((await storage.cases.get(found.reference))?.state, 'cancelling');
    assert.equal((await storage.cases.history(found.reference)).length, 2);
    assert.deepEqual(await query(notices, [found.reference]), []);

    assert.equal(await storage.cases.advance(toCompleted(found, [person])), true);
    assert.deepEqual(await query(notices, [found.reference]), [{ state: 'due' }]);
    assert.equal((await storage.cases.completedForOrder(found.content.orderId))?.reference, found.reference);
    assert.equal(await storage.cases.openForOrder(found.content.orderId), undefined);
  });

  it('keep ticket and note as the last move left them', async () => {
    const { cases } = database().storage;
    const found = await submitted();
    const { reference } = found;
    const now = async () => {
      const { ticketId, note } = (await database().other.cases.get(reference)) ?? {};
      return [ticketId, note];
    };
    const move = { ...toCancelling(found), from: 'filed', to: 'filed' } as const;

    await cases.advance(toCancelling(found, { to: 'filed', ticketId: '2103010040001234', note: 'a\u0000b' }));
    assert.deepEqual(await now(), ['2103010040001234', 'ab']);
    await cases.advance(move);
    assert.deepEqual(await now(), ['2103010040001234', 'ab']);
    await cases.advance({ ...move, ticketId: '2' });
    assert.deepEqual(await now(), ['2', 'ab']);
    await cases.advance({ ...move, ticketId: null, note: null });
    assert.deepEqual(await now(), [undefined, undefined]);
    assert.equal((await cases.history(reference)).length, 5);
  });

  it('keep the note and the ticket they had when the move was not to be', async () => {
    const { storage, query } = database();
    const found = await submitted();
    const broken = { kind: 'x', subject: found.reference, target: { to: 'nowhere', id: 'x' } } as unknown as NewNotice;
    const change = { to: 'needs_person', note: 'hand-over', ticketId: '7', hasJob: true } as const;

    await assert.rejects(storage.cases.advance(toCancelling(found, { ...change, notices: [broken] })));
    assert.equal(await storage.cases.advance(toCancelling(found, { ...change, from: 'filing' })), false);

    assert.deepEqual(await storage.cases.get(found.reference), found);
    const jobs = `select id from software_desk_jobs.job where name = 'work-case' and data ->> 'reference' = $1`;
    assert.equal((await query(jobs, [found.reference])).length, 1);
  });

  it('get another job with a move that says so', async () => {
    const { storage, query } = database();
    const found = await submitted();
    const jobs = `select id from software_desk_jobs.job where name = 'work-case' and data ->> 'reference' = $1`;

    await storage.cases.advance(toCancelling(found, { hasJob: true }));

    assert.equal((await query(jobs, [found.reference])).length, 2);
  });

  it('are found by the ticket they follow or were completed by', async () => {
    const { cases } = database().storage;
    const ticketId = randomUUID();
    const [open, closed] = [await submitted(), await submitted(), await submitted()];
    await cases.advance(toCancelling(open, { ticketId }));
    await cases.advance(toCancelling(closed, { ticketId, to: 'refused' }));

    const found = await cases.withTicket(ticketId);

    assert.deepEqual(
      found.map(({ reference }) => reference),
      [open.reference],
    );
  });

  it('are found by their customer, however the id is written, as long as they are open', async () => {
    const { storage, other } = database();
    const customerId = randomUUID();
    const reason = `"customerId":"${customerId}" \u0000 \ud83d`;
    const mine = await submitted({ content: aCaseContent({ customerId: customerId.toUpperCase(), reason }) });
    const over = await submitted({ content: aCaseContent({ customerId }) });
    await submitted({ content: aCaseContent({ reason }) });
    await storage.cases.advance(toCancelling(over));
    await storage.cases.advance(toCompleted(over));

    const found = await other.cases.openOf(customerId);

    assert.deepEqual(
      found.map(({ reference }) => reference),
      [mine.reference],
    );
  });

  it('keep the card and the time of the last look', async () => {
    const { cases } = database().storage;
    const { reference } = await submitted();

    await cases.setCard(reference, card);
    await cases.looked(reference, minutesLater(1));

    const found = await cases.get(reference);
    assert.deepEqual([found?.card, found?.checkedAt], [card, minutesLater(1)]);
  });

  it('are listed open ones by the oldest look, recent ones by age', async () => {
    const { cases } = database().storage;
    const looked = await submitted({ at: minutesLater(1001) });
    const unseen = await submitted({ at: minutesLater(1002) });
    const closed = await submitted({ at: minutesLater(1003) });
    await cases.looked(looked.reference, minutesLater(1004));
    await cases.advance(toCancelling(closed, { to: 'refused' }));
    const mine = [looked, unseen, closed].map((one) => one.reference);
    const onlyMine = (found: Case[]) => found.map((one) => one.reference).filter((one) => mine.includes(one));

    assert.deepEqual(onlyMine(await cases.open(1000)), [unseen.reference, looked.reference]);
    assert.deepEqual(onlyMine(await cases.recent(1000)), [closed.reference, unseen.reference, looked.reference]);
  });
});
