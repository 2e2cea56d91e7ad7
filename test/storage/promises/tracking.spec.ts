import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Case, CaseState } from '../../../src/domain/cancellations/case.ts';
import type { NewCase } from '../../../src/domain/cancellations/cases.ts';
import type { TicketsSeen } from '../../../src/domain/cancellations/tracking.ts';
import { aCase, aCaseContent, anOrder, at, minutesLater } from '../records.ts';
import { eachOwnRecord } from './each-record.ts';

eachOwnRecord('the looks at open cases', (kept) => {
  /** A case that was filed, or what else is said, and looked at at `at`. */
  async function filed(
    change: Partial<NewCase> & { readonly to?: CaseState; readonly ticketId?: string } = {},
  ): Promise<Case> {
    const { to = 'filed', ticketId, ...wanted } = change;
    const { cases, tracking } = kept().records;
    const { reference } = (await cases.insertOnce(aCase(wanted))).case;
    const move = { reference, change: { kind: 'filing' }, at } as const;
    await cases.advance({ ...move, from: 'submitted', to: to === 'filed' ? 'filing' : to, ticketId });
    if (to === 'filed') await cases.advance({ ...move, from: 'filing', to: 'filed' });
    await tracking.recordLooks([{ reference, nextAt: minutesLater(60), isFailed: false }], at);
    const found = await cases.get(reference);
    assert.ok(found);
    return found;
  }

  const dueAt = async (minutes: number) =>
    (await kept().other.tracking.due(minutesLater(minutes), 10_000)).map(({ found }) => found.reference);
  const trackedAt = async (minutes: number, { reference }: Case) =>
    (await kept().other.tracking.due(minutesLater(minutes), 10_000)).find(({ found }) => found.reference === reference);
  const fail = ({ reference }: Case, minutes: number) =>
    kept().records.tracking.recordLooks([{ reference, nextAt: minutesLater(minutes), isFailed: true }], at);

  afterEach(async () => {
    const { cases, tracking } = kept().records;
    for (const { found } of await tracking.due(minutesLater(100_000), 10_000))
      await cases.advance({ ...found, from: found.state, to: 'completed', change: { kind: 'completed' }, at });
  });

  it('are due when their time has come, the longest waiting first, and no more than asked for', async () => {
    const [late, soon, other] = [await filed(), await filed(), await filed()];
    const { tracking } = kept().records;
    const look = ({ reference }: Case, minutes: number) => ({
      reference,
      nextAt: minutesLater(minutes),
      isFailed: false,
    });
    await tracking.recordLooks([look(late, 3), look(soon, 2), look(other, 4)], minutesLater(1));

    assert.deepEqual(await dueAt(1), []);
    assert.deepEqual(await dueAt(3), [soon.reference, late.reference]);
    const [first, ...rest] = await tracking.due(minutesLater(9), 1);
    assert.deepEqual([first?.found, rest], [{ ...soon, checkedAt: minutesLater(1) }, []]);
  });

  it('are at once for a case that was never looked at, and for none that is not watched', async () => {
    const { cases } = kept().records;
    const { reference } = (await cases.insertOnce(aCase())).case;
    assert.deepEqual(await dueAt(9), []);
    const move = { reference, change: { kind: 'cancelling' }, at } as const;
    await cases.advance({ ...move, from: 'submitted', to: 'cancelling' });
    assert.deepEqual(await dueAt(0), [reference]);

    await cases.advance({ ...move, from: 'cancelling', to: 'refused' });

    assert.deepEqual(await dueAt(9), []);
  });

  it('are at once when the case was moved, whatever was before', async () => {
    const found = await filed();
    await fail(found, 500);
    const move = { reference: found.reference, from: 'filed', to: 'filed', change: { kind: 'filing' } } as const;

    await kept().records.cases.advance({ ...move, at: minutesLater(1), ticketId: '7' });

    assert.equal((await trackedAt(1, found))?.failedLooks, 0);
  });

  it('count how often in a row they failed, and tell when the case was last seen', async () => {
    const found = await filed();
    await fail(found, 1);
    await fail(found, 2);

    const failed = await trackedAt(2, found);
    assert.deepEqual([failed?.failedLooks, failed?.found.checkedAt], [2, at]);
    const { reference } = found;
    const seen = { reference, nextAt: minutesLater(3), isFailed: false };
    await kept().records.tracking.recordLooks([seen], minutesLater(2));

    const tracked = await trackedAt(3, found);
    assert.deepEqual([tracked?.failedLooks, tracked?.found.checkedAt], [0, minutesLater(2)]);
  });

  it('come first where an order changed, by its id or its short number, in any letters', async () => {
    const [byId, byNumber, other] = [await filed(), await filed(), await filed()];
    const { tracking } = kept().records;
    await tracking.recordLooks([{ reference: other.reference, nextAt: at, isFailed: false }], at);
    const names = [byId.content.orderId.toUpperCase(), byNumber.content.orderNumber.toLowerCase(), 'nobody'];

    await tracking.noteChanges(
      names.map((name) => ({ name, at: minutesLater(1) })),
      minutesLater(1),
    );

    const due = await dueAt(1);
    assert.deepEqual(due.slice(0, 2).sort(), [byId.reference, byNumber.reference].sort());
    assert.equal(due[2], other.reference);
  });

  it('come first where a subscription of a known order changed', async () => {
    const subscriptionId = randomUUID();
    const order = anOrder();
    const found = await filed({ content: aCaseContent({ orderId: order.id }) });
    const { tracking, knownOrders } = kept().records;
    const record = { customerId: 'c-7', orderId: order.id, subscriptionIds: [subscriptionId], at, isChange: true };
    await knownOrders.rememberRecords([record]);

    await tracking.noteChanges([{ name: subscriptionId.toUpperCase(), at: minutesLater(1) }], minutesLater(1));

    assert.deepEqual(await dueAt(1), [found.reference]);
  });

  it('do not come first for a change before the last look, after a while, nor where looks fail', async () => {
    const [seen, failing] = [await filed(), await filed()];
    const { tracking } = kept().records;
    const { reference } = seen;
    await tracking.recordLooks([{ reference, nextAt: minutesLater(60), isFailed: false }], minutesLater(16));
    await fail(failing, 60);
    const names = [seen, failing].map(({ content }) => content.orderId);

    await tracking.noteChanges(
      names.map((name) => ({ name, at: minutesLater(1) })),
      minutesLater(17),
    );

    assert.deepEqual(await dueAt(17), []);
  });

  it('come first again soon after a change, with growing pauses', async () => {
    const found = await filed();
    const { tracking } = kept().records;
    const { reference, content } = found;
    const changes = [{ name: content.orderId, at: minutesLater(1) }];
    await tracking.recordLooks([{ reference, nextAt: minutesLater(60), isFailed: false }], minutesLater(5));

    await tracking.noteChanges(changes, minutesLater(6));
    assert.deepEqual(await dueAt(6), []);
    await tracking.noteChanges(changes, minutesLater(7));
    assert.deepEqual(await dueAt(7), [reference]);
  });

  const nothingSeen: TicketsSeen = { listed: [], waiting: [], references: [], isWhole: true };

  it('come first where a ticket asks, or is gone from the lists, once', async () => {
    const [asks, gone, open, unlisted] = [
      await filed({ ticketId: '1' }),
      await filed({ ticketId: '2' }),
      await filed({ ticketId: '3' }),
      await filed({ ticketId: '4' }),
    ];
    const { tracking } = kept().records;
    await tracking.noteTickets({ ...nothingSeen, listed: ['1', '2', '3'] }, at);
    assert.deepEqual(await dueAt(1), []);

    await tracking.noteTickets({ ...nothingSeen, listed: ['1', '3'], waiting: ['1'] }, at);

    assert.deepEqual((await dueAt(1)).sort(), [asks.reference, gone.reference].sort());
    const listed = await Promise.all(
      [asks, gone, open, unlisted].map(async (one) => (await trackedAt(60, one))?.isTicketListed),
    );
    assert.deepEqual(listed, [true, false, true, false]);
    const looks = [asks, gone].map(({ reference }) => ({ reference, nextAt: minutesLater(60), isFailed: false }));
    await tracking.recordLooks(looks, at);
    await tracking.noteTickets({ ...nothingSeen, listed: ['1', '3'] }, at);
    assert.deepEqual(await dueAt(1), []);
  });

  it('rely on no list that was not read to its end', async () => {
    const [listed, other] = [await filed({ ticketId: '1' }), await filed({ ticketId: '2' })];
    const { tracking } = kept().records;
    await tracking.noteTickets({ ...nothingSeen, listed: ['1', '2'] }, at);

    await tracking.noteTickets({ ...nothingSeen, listed: ['1'], isWhole: false }, at);

    assert.deepEqual(await dueAt(1), []);
    for (const one of [listed, other]) assert.equal((await trackedAt(60, one))?.isTicketListed, false);
  });

  it('come first where a person waits no longer: the ticket was answered, or bears our reference', async () => {
    const to = 'needs_person';
    const [answered, asking, ours, other] = [
      await filed({ to, ticketId: '1' }),
      await filed({ to, ticketId: '2' }),
      await filed({ to }),
      await filed({ to }),
    ];
    const seen = { ...nothingSeen, listed: ['1', '2', '3'], waiting: ['2'], references: [ours.reference] };

    await kept().records.tracking.noteTickets(seen, minutesLater(11));

    assert.deepEqual((await dueAt(1)).sort(), [answered.reference, ours.reference].sort());
    for (const one of [asking, other]) assert.ok(await trackedAt(60, one));
  });

  it('begin with what there is to watch, and with how far the records were read', async () => {
    const { tracking } = kept().records;
    const empty = await tracking.beginSweep(at);
    assert.deepEqual([empty.hasCases, empty.hasTickets, empty.isTicketSought], [false, false, false]);

    await filed();
    await filed({ to: 'needs_person' });
    const position = { readUntil: minutesLater(5), readBackTo: at, subscriptionsReadUntil: minutesLater(3) };
    await tracking.recordRead(position);
    await tracking.recordRead({ readUntil: minutesLater(6) });

    const start = await kept().other.tracking.beginSweep(minutesLater(60));
    assert.deepEqual(start, {
      ...position,
      readUntil: minutesLater(6),
      sweeps: empty.sweeps + 1,
      hasCases: true,
      hasTickets: false,
      isTicketSought: true,
    });
    await filed({ ticketId: '1' });
    const later = await tracking.beginSweep(minutesLater(1));
    assert.deepEqual([later.hasTickets, later.isTicketSought], [true, false]);
  });

  it('stand beside the time at which reminders were checked', async () => {
    const { records, other } = kept();
    assert.equal(await other.tracking.lastReminders(), undefined);

    await records.tracking.recordReminders(minutesLater(7));

    assert.deepEqual(await other.tracking.lastReminders(), minutesLater(7));
  });

  it('stand beside when it was asked who looked at keys, and what was told then', async () => {
    const { records, other } = kept();
    assert.deepEqual(await other.tracking.lastOutsideLooks(), { toldUntil: {} });

    await records.tracking.recordOutsideLooks(minutesLater(1), ['key', 'link']);
    await records.tracking.recordOutsideLooks(minutesLater(2), ['link']);
    await records.tracking.recordOutsideLooks(minutesLater(3), []);

    const toldUntil = { key: minutesLater(1), link: minutesLater(2) };
    assert.deepEqual(await other.tracking.lastOutsideLooks(), { triedAt: minutesLater(3), toldUntil });
  });
});
