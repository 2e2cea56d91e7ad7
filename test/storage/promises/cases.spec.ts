import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Case, type CaseState, isClosed, nextStates } from '../../../src/domain/cancellations/case.ts';
import type { CaseReason } from '../../../src/domain/cancellations/case-reason.ts';
import type { CaseMove, NewCase } from '../../../src/domain/cancellations/cases.ts';
import type { NewNotice } from '../../../src/domain/notices/notice.ts';
import { eachDatabase } from '../../support/databases.ts';
import { aCase, aCaseContent, at, card, minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

function toCancelling({ reference }: Case, change: Partial<CaseMove> = {}): CaseMove {
  return { reference, from: 'submitted', to: 'cancelling', change: { kind: 'cancelling' }, at, ...change };
}

function toCompleted({ reference }: Case, notices: readonly NewNotice[] = []): CaseMove {
  return { reference, from: 'cancelling', to: 'completed', change: { kind: 'completed' }, at, notices };
}

const nowhere = { to: 'nowhere', id: 'x' } as unknown as NewNotice['target'];

/** How a case gets to each state. */
const ways: Readonly<Record<CaseState, readonly CaseState[]>> = {
  submitted: [],
  filing: ['filing'],
  filed: ['filing', 'filed'],
  cancelling: ['cancelling'],
  needs_person: ['needs_person'],
  completed: ['completed'],
  refused: ['refused'],
};

const states = Object.keys(ways) as CaseState[];

eachRecord('cases', (kept) => {
  async function submitted(change: Partial<NewCase> = {}): Promise<Case> {
    return (await kept().records.cases.insertOnce(aCase(change))).case;
  }

  /** Moves it through these states, each time with the same change. */
  async function moved(found: Case, through: readonly CaseState[], change: Partial<CaseMove> = {}): Promise<Case> {
    let now = found;
    for (const to of through) {
      const move: CaseMove = { ...toCancelling(now, { from: now.state, to }), ...change };
      const after = await kept().records.cases.advance(move);
      assert.ok(after);
      now = after;
    }
    return now;
  }

  async function current({ reference }: Case): Promise<Case> {
    return (await kept().records.cases.get(reference)) ?? assert.fail(`no case ${reference}`);
  }

  it('come back as they were written, as submitted', async () => {
    const wanted = aCase({ card });
    const { at: createdAt, ...rest } = wanted;

    const written = await kept().records.cases.insertOnce(wanted);

    const begun = { state: 'submitted', timesWaiting: 0, timesTakenUp: 0, createdAt, changedAt: createdAt };
    const expected = { ...rest, ...begun };
    assert.deepEqual(written, { case: expected, isNew: true });
    assert.deepEqual(await kept().other.cases.get(wanted.reference), expected);
    assert.deepEqual(await kept().other.cases.bySubmission(wanted.submissionId), expected);
  });

  it('begin with an event that says who and why', async () => {
    const { reference } = await submitted();

    const change = { kind: 'submitted', reason: 'bought for the wrong customer' };
    const by = { id: 'p-1', name: 'Ada' };
    const expected = [{ reference, from: 'draft', to: 'submitted', by, change, at }];
    assert.deepEqual(await kept().records.cases.history(reference), expected);
  });

  it('take whatever somebody pasted as a reason', async () => {
    const content = aCaseContent({ reason: 'a\u0000b \ud83d \u{1f600} "quoted" \\u0000' });

    const { reference } = await submitted({ content });

    assert.deepEqual((await kept().other.cases.get(reference))?.content, content);
    const [event] = await kept().records.cases.history(reference);
    assert.deepEqual(event?.change, { kind: 'submitted', reason: content.reason });
  });

  it('are written once, with one job and one event, however many write at once', async () => {
    const { records, other, jobsFor } = kept();
    const wanted = aCase();

    const tries = Array.from({ length: 20 }, (_, index) => (index % 2 ? records : other).cases.insertOnce(wanted));
    const results = await Promise.all(tries);

    assert.equal(results.filter((result) => result.isNew).length, 1);
    assert.equal((await records.cases.history(wanted.reference)).length, 1);
    assert.equal(await jobsFor('work-case', wanted.reference), 1);
  });

  it('are shown as they stand now to a second submission', async () => {
    const wanted = aCase();
    const found = await submitted(wanted);
    const now = await moved(found, ['cancelling']);

    const turned = Object.fromEntries(Object.entries(wanted.content).reverse()) as unknown as typeof wanted.content;
    const again = await kept().records.cases.insertOnce({ ...wanted, content: turned, reference: 'SD-OTHER' });

    assert.deepEqual(again, { case: now, isNew: false });
  });

  it('refuse other content and another person under the same submission id', async () => {
    const { cases } = kept().records;
    const wanted = aCase();
    await cases.insertOnce(wanted);
    const content = { ...wanted.content, reason: 'another reason' };

    await assert.rejects(cases.insertOnce({ ...wanted, content }), { code: 'other-content' });
    await assert.rejects(cases.insertOnce({ ...wanted, requesterId: 'p-2' }), { code: 'other-content' });
  });

  it('have a reference that no other one has', async () => {
    const { reference } = await submitted();

    await assert.rejects(submitted({ reference }), /is taken/);
  });

  it('are one per order while open, whoever asks', async () => {
    const { records, other } = kept();
    const content = aCaseContent();
    const tries = Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? records : other).cases.insertOnce(aCase({ content, requesterId: `p-${index}` })),
    );

    const results = await Promise.allSettled(tries);

    const winners = results.filter((result) => result.status === 'fulfilled');
    assert.equal(winners.length, 1);
    const open = await records.cases.openForOrder(content.orderId);
    assert.deepEqual(open, winners[0]?.value.case);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      assert.equal(result.reason.code, 'case-open');
      assert.deepEqual(result.reason.facts, { reference: open?.reference, order: content.orderNumber });
    }
  });

  it('leave the way free for another once they are refused', async () => {
    const { cases } = kept().records;
    const first = await submitted();
    await moved(first, ['refused']);

    const second = await cases.insertOnce(aCase({ content: first.content }));

    assert.equal(second.isNew, true);
    assert.equal((await cases.openForOrder(first.content.orderId))?.reference, second.case.reference);
  });

  it('tell which of an order was refused at once the last, whatever became of it', async () => {
    const { cases } = kept().records;
    const content = aCaseContent();
    const first = await submitted({ content });
    await moved(first, ['cancelling']);
    const before = await cases.refusedAtOnce(content.orderId);
    const change = { kind: 'declined', said: { code: '3025', text: 'No' } } as const;
    await moved(await current(first), ['refused'], { change, at: minutesLater(1) });
    const declined = await cases.refusedAtOnce(content.orderId);
    const second = await submitted({ content });
    await moved(second, ['cancelling']);
    const wanted = { kind: 'ticket-wanted', said: { code: '900117', text: 'No' } } as const;
    await moved(await current(second), ['filing'], { change: wanted, at: minutesLater(2) });
    await moved(await current(second), ['refused'], { change: { kind: 'given-up', by: 'Ada' }, at: minutesLater(3) });

    assert.equal(before, undefined);
    assert.deepEqual(declined, { case: await current(first), change, at: minutesLater(1) });
    assert.deepEqual(await cases.refusedAtOnce(content.orderId), {
      case: await current(second),
      change: wanted,
      at: minutesLater(2),
    });
  });

  it('advance once, however many try at once', async () => {
    const { records, other } = kept();
    const found = await submitted();

    const moves = Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? records : other).cases.advance(toCancelling(found)),
    );
    const after = await Promise.all(moves);

    assert.equal(after.filter((one) => one !== undefined).length, 1);
    assert.equal((await records.cases.history(found.reference)).length, 2);
  });

  it('advance only from the state that the move names, and write nothing otherwise', async () => {
    const { cases } = kept().records;
    const found = await submitted();

    assert.equal(await cases.advance(toCancelling(found, { from: 'filing', to: 'filed' })), undefined);
    assert.equal(await cases.advance(toCancelling(found, { reference: 'SD-NOBODY' })), undefined);

    assert.deepEqual(await cases.get(found.reference), found);
    assert.equal((await cases.history(found.reference)).length, 1);
  });

  for (const from of states) {
    for (const to of states) {
      const isAllowed = nextStates[from].includes(to);
      it(`${isAllowed ? 'go' : 'do not go'} from ${from} to ${to}`, async () => {
        const found = await moved(await submitted(), ways[from]);
        const move = toCancelling(found, { from, to });

        if (isAllowed) {
          assert.equal((await kept().records.cases.advance(move))?.state, to);
          return;
        }
        await assert.rejects(kept().records.cases.advance(move), { name: 'ImpossibleMove' });
        assert.deepEqual(await kept().records.cases.get(found.reference), found);
      });
    }
  }

  it('record who moved them, when, and what changed', async () => {
    const { cases } = kept().records;
    const found = await submitted();
    const later = minutesLater(5);
    const by = { id: 'p-2', name: 'Bo' };
    const change = { kind: 'taken-up', ending: 'ticket', instead: '7' } as const;

    const after = await cases.advance(toCancelling(found, { to: 'filing', ending: 'ticket', by, change, at: later }));

    assert.deepEqual([after?.state, after?.ending, after?.changedAt], ['filing', 'ticket', later]);
    assert.deepEqual(await kept().other.cases.get(found.reference), after);
    const [, event] = await cases.history(found.reference);
    const { reference } = found;
    assert.deepEqual(event, { reference, from: 'submitted', to: 'filing', by, change, at: later });
  });

  it('name nobody where we moved them ourselves', async () => {
    const found = await moved(await submitted(), ['cancelling']);

    const [, event] = await kept().records.cases.history(found.reference);
    assert.ok(event && !('by' in event));
  });

  it('write their notices, and the jobs that send them, in the same transaction as the move', async () => {
    const { records, jobsFor } = kept();
    const found = await moved(await submitted(), ['cancelling']);
    const { reference } = found;
    const place: NewNotice = { kind: 'case-completed', reference, target: { to: 'place', id: 'place-1' } };
    const person: NewNotice = { ...place, target: { to: 'person', id: 'p-1' } };
    const mine = async () =>
      (await records.notices.due(10_000)).filter((one) => 'reference' in one && one.reference === reference);

    await assert.rejects(records.cases.advance(toCompleted(found, [person, { ...place, target: nowhere }])));
    assert.equal((await records.cases.get(reference))?.state, 'cancelling');
    assert.equal((await records.cases.history(reference)).length, 2);
    assert.deepEqual(await mine(), []);

    assert.equal((await records.cases.advance(toCompleted(found, [person, place])))?.state, 'completed');
    const told = await mine();
    assert.deepEqual(told.map(({ target }) => target.to).sort(), ['person', 'place']);
    for (const { id } of told) assert.equal(await jobsFor('send-notice', id), 1);
    assert.equal((await records.cases.completedForOrder(found.content.orderId))?.reference, reference);
    assert.equal(await records.cases.openForOrder(found.content.orderId), undefined);
  });

  it('tell nothing where the move was not to be', async () => {
    const { records } = kept();
    const found = await submitted();
    const { reference } = found;
    const notice: NewNotice = { kind: 'case-completed', reference, target: { to: 'person', id: 'p-1' } };

    assert.equal(await records.cases.advance(toCompleted(found, [notice])), undefined);

    const due = await records.notices.due(10_000);
    assert.deepEqual(
      due.filter((one) => 'reference' in one && one.reference === reference),
      [],
    );
  });

  it('keep ticket and reason as the last move left them', async () => {
    const { cases } = kept().records;
    const found = await moved(await submitted(), ['filing']);
    const { reference } = found;
    const now = async () => {
      const { ticketId, reason } = (await kept().other.cases.get(reference)) ?? {};
      return [ticketId, reason];
    };
    const reason: CaseReason = { kind: 'ticket-asks', said: 'a\u0000b \ud83d' };
    const move = toCancelling(found, { from: 'filed', to: 'filed' });

    await cases.advance({ ...move, from: 'filing', ticketId: '2103010040001234', reason });
    assert.deepEqual(await now(), ['2103010040001234', reason]);
    await cases.advance(move);
    assert.deepEqual(await now(), ['2103010040001234', reason]);
    await cases.advance({ ...move, ticketId: '2' });
    assert.deepEqual(await now(), ['2', reason]);
    await cases.advance({ ...move, ticketId: null, reason: null });
    assert.deepEqual(await now(), [undefined, undefined]);
    assert.equal((await cases.history(reference)).length, 6);
  });

  const reasons: readonly CaseReason[] = [
    { kind: 'accepted' },
    { kind: 'ticket-wanted', said: { code: '900117', text: 'Too late.' } },
    { kind: 'sign-in-refused', before: { kind: 'ticket-wanted', said: { text: 'Too late.' } } },
    { kind: 'hand-over', said: [{ text: 'Too late.' }, { code: '600', text: 'Title too long' }] },
    { kind: 'given-up', by: 'Bert "B." Łis' },
    { kind: 'overdue' },
    { kind: 'recorded', text: 'hand-over' },
  ];
  for (const reason of reasons) {
    it(`give back the reason "${reason.kind}" as it was`, async () => {
      const found = await moved(await submitted(), ['needs_person'], { reason });

      assert.deepEqual((await kept().other.cases.get(found.reference))?.reason, reason);
    });
  }

  it('keep the reason and the ticket they had when the move was not to be', async () => {
    const { records, jobsFor } = kept();
    const found = await submitted();
    const broken: NewNotice = { kind: 'case-completed', reference: found.reference, target: nowhere };
    const change = { to: 'needs_person', reason: { kind: 'overdue' }, ticketId: '7', isTakenUp: true } as const;

    await assert.rejects(records.cases.advance(toCancelling(found, { ...change, notices: [broken] })));
    assert.equal(await records.cases.advance(toCancelling(found, { ...change, from: 'filing' })), undefined);

    assert.deepEqual(await records.cases.get(found.reference), found);
    assert.equal(await jobsFor('work-case', found.reference), 1);
  });

  it('count how often they needed a person, and how often one took them up again', async () => {
    const found = await submitted();
    const counted = (one: Case | undefined) => [one?.timesWaiting, one?.timesTakenUp];

    const waiting = await moved(found, ['needs_person']);
    const filing = await moved(waiting, ['filing'], { isTakenUp: true });
    const again = await moved(filing, ['needs_person']);
    const filed = await moved(again, ['filed']);

    assert.deepEqual([waiting, filing, again, filed].map(counted), [
      [1, 0],
      [1, 1],
      [2, 1],
      [2, 1],
    ]);
    assert.deepEqual(await kept().other.cases.get(found.reference), filed);
    assert.equal(await kept().jobsFor('work-case', found.reference), 2);
  });

  it('end the attempt whose answer moved them, in the same transaction', async () => {
    const { records } = kept();
    const found = await submitted();
    const step = { of: 'case', id: found.reference, round: 0, name: 'cancel-order' } as const;
    const attempt = await records.attempts.open(step, at);
    const ended = { attempt, outcome: 'done' } as const;

    assert.equal(await records.cases.advance(toCancelling(found, { from: 'filing', to: 'filed', ended })), undefined);
    assert.equal((await records.attempts.open(step, at)).outcome, undefined);
    await records.cases.advance(toCancelling(found, { ended }));
    assert.equal((await records.attempts.open(step, at)).outcome, 'done');
  });

  it('are found by the ticket they follow or were completed by, oldest first', async () => {
    const ticketId = randomUUID();
    const later = await submitted({ at: minutesLater(1) });
    const [open, closed] = [await submitted(), await submitted(), await submitted()];
    for (const one of [later, open]) await moved(one, ['cancelling'], { ticketId });
    await moved(closed, ['refused'], { ticketId });

    const found = await kept().records.cases.withTicket(ticketId);

    assert.deepEqual(
      found.map(({ reference }) => reference),
      [open.reference, later.reference],
    );
  });

  it('are found by their customer, however the id is written, as long as they are open', async () => {
    const { other } = kept();
    const customerId = randomUUID();
    const reason = `"customerId":"${customerId}" \u0000 \ud83d`;
    const mine = await submitted({ content: aCaseContent({ customerId: customerId.toUpperCase(), reason }) });
    const over = await submitted({ content: aCaseContent({ customerId }) });
    await submitted({ content: aCaseContent({ reason }) });
    await moved(over, ['cancelling', 'completed']);

    const found = await other.cases.openOf(customerId, 10);

    assert.deepEqual(
      found.map(({ reference }) => reference),
      [mine.reference],
    );
    assert.deepEqual(await other.cases.openOf(customerId, 0), []);
  });

  it('are found while their ticket is to be filed by hand and their window closes in time, soonest first', async () => {
    const { cases } = kept().other;
    const closing = async (minutes: number, reason: CaseReason = { kind: 'hand-over', said: [] }) => {
      const content = aCaseContent({ closesAt: minutesLater(minutes).toISOString() });
      return moved(await submitted({ content }), ['needs_person'], { reason });
    };
    const [late, soon] = [await closing(91_010), await closing(91_001)];
    const gone = await closing(91_002);
    await moved(gone, ['filed'], { reason: null });
    await closing(91_003, { kind: 'overdue' });
    await closing(91_011);
    await closing(91_000);

    const found = await cases.toFileByHand(minutesLater(91_000), minutesLater(91_010));

    assert.deepEqual(found, [soon, late]);
    assert.deepEqual(await cases.toFileByHand(minutesLater(91_000), minutesLater(91_010), 1), [soon]);
    assert.deepEqual(await cases.toFileByHand(minutesLater(91_000), minutesLater(91_010), 1, soon), [late]);
  });

  it('tell those who follow them what becomes of them, each once, until they ended', async () => {
    const { records, other, jobsFor } = kept();
    const found = await submitted();
    const { reference } = found;
    const told = { kind: 'case-completed', reference } as const;

    const taken = await Promise.all(
      ['p-7', 'p-8', 'p-7', 'p-9'].map((id, n) => (n % 2 ? records : other).cases.follow(reference, id, at)),
    );
    await records.cases.unfollow(reference, 'p-9');
    await records.cases.unfollow(reference, 'p-9');
    const followed = await other.cases.get(reference);
    assert.deepEqual(taken, [true, true, true, true]);
    assert.equal(followed?.followers, 2);
    assert.deepEqual([...(await other.cases.followers(reference))].sort(), ['p-7', 'p-8']);

    await records.cases.advance(toCancelling(found));
    const ours = async () =>
      (await other.notices.due(10_000)).filter((one) => 'reference' in one && one.reference === reference);
    assert.deepEqual(await ours(), []);
    const end = { ...toCompleted(found), toFollowers: told };
    await Promise.all([records.cases.advance(end), other.cases.advance(end)]);

    const due = await ours();
    assert.deepEqual(due.map(({ target }) => target.id).sort(), ['p-7', 'p-8']);
    for (const { id } of due) assert.equal(await jobsFor('send-notice', id), 1);
    assert.equal(await records.cases.follow(reference, 'p-6', at), false);
    assert.equal(await records.cases.follow('SD-NONE', 'p-6', at), false);
  });

  it('keep the card', async () => {
    const { cases } = kept().records;
    const { reference } = await submitted();

    await cases.setCard(reference, card);

    assert.deepEqual((await cases.get(reference))?.card, card);
  });

  it('are listed by age, the newest first', async () => {
    const { cases } = kept().records;
    const older = await submitted({ at: minutesLater(1001) });
    const newer = await submitted({ at: minutesLater(1002) });
    await moved(newer, ['refused']);
    const mine = [older, newer].map((one) => one.reference);
    const onlyMine = (found: Case[]) => found.map((one) => one.reference).filter((one) => mine.includes(one));

    assert.deepEqual(onlyMine(await cases.recent(10_000)), [newer.reference, older.reference]);
    const { customerId } = older.content;
    assert.ok(
      (await cases.recent(10_000, [customerId.toUpperCase()])).some((one) => one.reference === older.reference),
    );
    assert.deepEqual(await cases.recent(10_000, ['of nobody']), []);
  });

  it('are listed with those that need a person, however many are newer', async () => {
    const customerId = randomUUID();
    const of = (minutes: number) => {
      const wanted = aCase({ at: minutesLater(minutes) });
      return submitted({ ...wanted, content: { ...wanted.content, customerId } });
    };
    const waiting = await moved(await of(1), ['needs_person']);
    const [, newest] = [await of(2), await of(3)];

    const found = await kept().records.cases.recent(1, [customerId]);

    assert.deepEqual(
      found.map(({ reference }) => reference),
      [newest?.reference, waiting.reference],
    );
  });
});

eachDatabase('the table of moves', (database) => {
  it('allows what the domain allows, and nothing else', async () => {
    const allowed = states.flatMap((from) => nextStates[from].map((to) => `${from} → ${to}`));

    const rows = await database().query<{ move: string }>(
      `select from_state || ' → ' || to_state as move from software_desk.case_moves`,
    );

    assert.deepEqual(rows.map(({ move }) => move).sort(), ['draft → submitted', ...allowed].sort());
    assert.ok(states.filter(isClosed).every((state) => nextStates[state].length === 0));
  });

  it('refuses another one, whoever writes it', async () => {
    const { storage, query } = database();
    const { reference } = (await storage.cases.insertOnce(aCase())).case;

    const written = query(
      `insert into software_desk.case_events (reference, from_state, to_state, who, why, at)
       values ($1, 'completed', 'filing', 'somebody', 'by hand', now())`,
      [reference],
    );

    await assert.rejects(written, /case_events_move/);
  });
});
