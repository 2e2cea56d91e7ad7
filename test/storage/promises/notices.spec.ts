import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { NewNotice, Notice, NoticeFacts, NoticeKind } from '../../../src/domain/notices/notice.ts';
import { at, minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

const toPlace = { to: 'place', id: 'place-1' } as const;
const toPerson = { to: 'person', id: 'p-1' } as const;

function ofOrder(submissionId: string): NewNotice[] {
  return [
    { kind: 'order-placed', submissionId, target: toPlace },
    { kind: 'order-placed', submissionId, target: toPerson },
  ];
}

/** Of each kind, those that are not the same one; about things of these ids. */
function different(id: string): Readonly<Record<NoticeKind, readonly NoticeFacts[]>> {
  const closing = { orderNumber: id, personId: 'p-1', hours: 24, closesAt: minutesLater(60) };
  return {
    'case-completed': [{ kind: 'case-completed', reference: id }],
    'case-refused': [{ kind: 'case-refused', reference: id }],
    'case-needs-person': [
      { kind: 'case-needs-person', reference: id, time: 1 },
      { kind: 'case-needs-person', reference: id, time: 2 },
      { kind: 'case-needs-person', reference: id, time: 2, days: 1 },
      { kind: 'case-needs-person', reference: id, time: 2, days: 8 },
    ],
    'order-placed': [{ kind: 'order-placed', submissionId: id }],
    'order-declined': [{ kind: 'order-declined', submissionId: id }],
    'window-closing': [
      { kind: 'window-closing', ...closing },
      { kind: 'window-closing', ...closing, hours: 1 },
      { kind: 'window-closing', ...closing, personId: 'p-2' },
      { kind: 'window-closing', ...closing, closesAt: minutesLater(61) },
      { kind: 'window-closing', ...closing, draftId: 'draft-1' },
      { kind: 'window-closing', ...closing, reference: 'SD-7K2M9Q' },
    ],
    'draft-handed-over': [
      { kind: 'draft-handed-over', draftId: id, occasion: 'submission-1' },
      { kind: 'draft-handed-over', draftId: id, occasion: 'p-1' },
    ],
    'draft-untold': [{ kind: 'draft-untold', draftId: id, occasion: 'p-1' }],
    'draft-discarded': [{ kind: 'draft-discarded', draftId: id }],
    'differences-found': [{ kind: 'differences-found', comparedAt: momentOf(id) }],
    'review-due': [{ kind: 'review-due', quarter: id }],
    'leak-told': [
      { kind: 'leak-told', reference: id, step: 'reported' },
      { kind: 'leak-told', reference: id, step: 'lifted' },
    ],
    'approval-asked': [
      { kind: 'approval-asked', reference: id, time: 1 },
      { kind: 'approval-asked', reference: id, time: 2 },
    ],
    'approval-untold': [{ kind: 'approval-untold', reference: id, time: 1 }],
    'approval-told': [
      { kind: 'approval-told', reference: id, time: 2 },
      { kind: 'approval-told', reference: id, time: 3 },
    ],
    'daily-digest': [{ kind: 'daily-digest', day: id }],
    'token-misused': [
      { kind: 'token-misused', orderNumber: id, personId: 'p-1', tokenHash: 'one' },
      { kind: 'token-misused', orderNumber: id, personId: 'p-1', tokenHash: 'other' },
    ],
  };
}

/** Another one for each id, where a kind of notice is told apart by a moment. */
function momentOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8), 16) * 1000);
}

const names = (notice: Notice, id: string): boolean =>
  Object.values(notice).some((value) => value === id || (value instanceof Date && +value === +momentOf(id)));

eachRecord('notices', (kept) => {
  async function due(id: string): Promise<Notice[]> {
    return (await kept().records.notices.due(10_000)).filter((notice) => names(notice, id));
  }

  async function added(submissionId = randomUUID()): Promise<Notice> {
    await kept().records.notices.add(ofOrder(submissionId).slice(0, 1), at);
    const [notice] = await due(submissionId);
    assert.ok(notice);
    return notice;
  }

  it('are due from the start', async () => {
    const submissionId = randomUUID();
    const notice = await added(submissionId);

    const { id } = notice;
    const begun = { id, state: 'due', attempts: 0, isMaybeTold: false, createdAt: at };
    assert.deepEqual(notice, { kind: 'order-placed', submissionId, target: toPlace, ...begun });
    assert.deepEqual(await kept().other.notices.get(id), notice);
  });

  for (const kind of Object.keys(different('')) as NoticeKind[]) {
    it(`tell what they are about, and tell one from another (${kind})`, async () => {
      const id = randomUUID();
      const wanted = different(id)[kind].map((facts): NewNotice => ({ ...facts, target: toPerson }));

      await kept().records.notices.add(wanted, at);
      await kept().records.notices.add(wanted.toReversed(), minutesLater(1));

      const told = (await due(id)).map(({ id, state, attempts, isMaybeTold, createdAt, ...notice }) => notice);
      const inOrder = (notices: readonly object[]) =>
        notices.map((one) => JSON.stringify(one, Object.keys(one).sort()));
      assert.deepEqual(inOrder(told).sort(), inOrder(wanted).sort());
    });
  }

  it('exist once per target, with one job each, however often they are added', async () => {
    const { records, other, jobsFor } = kept();
    const submissionId = randomUUID();

    const times = Array.from({ length: 10 }, (_, index) =>
      index % 2
        ? records.notices.add(ofOrder(submissionId), at)
        : other.notices.add(ofOrder(submissionId).reverse(), at),
    );
    await Promise.all(times);

    const told = await due(submissionId);
    assert.equal(told.length, 2);
    for (const { id } of told) assert.equal(await jobsFor('send-notice', id), 1);
  });

  it('are found by whom they are for, since a moment, the oldest first', async () => {
    const { notices } = kept().records;
    const target = { to: 'person', id: randomUUID() } as const;
    const references = ['SD-A', 'SD-B', 'SD-C'].map((name) => `${name}${randomUUID()}`);
    for (const [n, reference] of references.entries())
      await notices.add([{ kind: 'case-completed', reference, target }], minutesLater(n));

    const found = await kept().other.notices.toTarget(target, minutesLater(1), 5);

    assert.deepEqual(
      found.map((one) => 'reference' in one && one.reference),
      references.slice(1),
    );
    assert.equal((await notices.toTarget(target, minutesLater(0), 1)).length, 1);
    assert.deepEqual(await notices.toTarget({ ...target, to: 'place' }, minutesLater(0), 5), []);
  });

  it('are not told again after they were sent', async () => {
    const { notices } = kept().records;
    const submissionId = randomUUID();
    const { id } = await added(submissionId);
    await notices.settle(id, 'sent');

    await notices.add(ofOrder(submissionId).slice(0, 1), minutesLater(5));

    assert.deepEqual(await due(submissionId), []);
    assert.equal((await notices.get(id))?.state, 'sent');
  });

  it('are settled once', async () => {
    const { records, other } = kept();
    const { id } = await added();

    const settled = await Promise.all([
      records.notices.settle(id, 'sent'),
      other.notices.settle(id, 'unsure'),
      records.notices.settle(id, 'escalated'),
    ]);

    assert.equal(settled.filter((isSettled) => isSettled).length, 1);
  });

  it('count their failed tries', async () => {
    const { notices } = kept().records;
    const { id } = await added();

    assert.equal(await notices.countFailure(id, false), 1);
    assert.equal((await notices.get(id))?.isMaybeTold, false);
    assert.equal(await notices.countFailure(id, true), 2);
    assert.equal(await notices.countFailure(id, false), 3);
    const notice = await kept().other.notices.get(id);
    assert.deepEqual([notice?.attempts, notice?.isMaybeTold], [3, true]);
  });

  it('are taken by whoever sends them, and may have been told where neither end nor failure was written', async () => {
    const { records, other } = kept();
    const { id } = await added();

    const first = await records.notices.take(id);
    await records.notices.countFailure(id, false);
    const second = await records.notices.take(id);
    const third = await other.notices.take(id);
    await other.notices.countFailure(id, false);
    const fourth = await records.notices.take(id);
    await records.notices.settle(id, 'sent');

    assert.deepEqual(
      [first, second, third, fourth].map((one) => one?.isMaybeTold),
      [false, false, true, true],
    );
    assert.equal(await records.notices.take(id), undefined);
  });

  it('go to a place or a person', async () => {
    const broken = { ...ofOrder(randomUUID())[0], target: { to: 'nowhere', id: 'x' } } as unknown as NewNotice;

    await assert.rejects(kept().records.notices.add([broken], at));
  });

  it('tell in which messages a leak was told, and not in which it was told that it is lifted', async () => {
    const { notices } = kept().records;
    const reference = randomUUID();
    const told = { kind: 'leak-told', reference, target: toPlace } as const;
    await notices.add(
      [
        { ...told, step: 'reported' },
        { ...told, step: 'lifted' },
      ],
      at,
    );
    for (const notice of await notices.due(10_000))
      if (notice.kind === 'leak-told' && notice.reference === reference)
        await notices.settle(notice.id, 'sent', { placeId: 'place-1', messageId: notice.step });

    const messages = await kept().other.notices.messagesAbout('leak-told', reference);

    assert.deepEqual(messages, [{ placeId: 'place-1', messageId: 'reported' }]);
  });

  it('tell in which messages somebody was reminded of an order', async () => {
    const { notices } = kept().records;
    const orderNumber = randomUUID();
    const message = { placeId: 'place-1', messageId: 'm-1', onlyFor: 'p-1' };
    const facts = { kind: 'window-closing', orderNumber, closesAt: minutesLater(60) } as const;
    await notices.add(
      [
        { ...facts, hours: 24, personId: 'p-1', target: toPlace },
        { ...facts, hours: 1, personId: 'p-1', target: toPlace },
        { ...facts, hours: 24, personId: 'p-2', target: toPlace },
      ],
      at,
    );
    for (const notice of await due(orderNumber)) {
      const isFirst = notice.kind === 'window-closing' && notice.hours === 24;
      await notices.settle(notice.id, 'sent', isFirst ? message : undefined);
    }

    assert.deepEqual(await kept().other.notices.windowMessages(orderNumber, 'p-1'), [message]);
    assert.deepEqual(await kept().other.notices.windowMessages(orderNumber, 'p-3'), []);
  });

  it('tell who is asked by name, though told with all the others before', async () => {
    const { notices } = kept().records;
    const draftId = randomUUID();
    const target = { to: 'person', id: 'p-2' } as const;
    const facts = { kind: 'draft-handed-over', draftId, occasion: 'p-1', target } as const;
    await notices.add([facts], at);

    await notices.add([{ ...facts, askedId: 'p-2' }], at);
    await notices.add([{ ...facts, askedId: 'p-2' }], at);

    const asked = (await due(draftId)).map((notice) => notice.kind === 'draft-handed-over' && notice.askedId);
    assert.deepEqual(asked.toSorted(), ['p-2', undefined]);
  });

  it('tell how those stand that tell the same to others', async () => {
    const { notices } = kept().records;
    const draftId = randomUUID();
    const facts = { kind: 'draft-handed-over', draftId, occasion: 'p-1' } as const;
    await notices.add(
      [
        { ...facts, target: toPerson },
        { ...facts, target: { to: 'person', id: 'p-2' } },
        { ...facts, askedId: 'p-2', target: { to: 'person', id: 'p-2' } },
        { ...facts, occasion: 'p-9', target: toPerson },
      ],
      at,
    );
    const [first, second] = (await due(draftId)).filter(
      (notice) => notice.kind === 'draft-handed-over' && notice.occasion === 'p-1' && notice.askedId === undefined,
    );
    await notices.settle(first?.id ?? '', 'untold');

    const others = await kept().other.notices.toOthers(second?.id ?? '');
    assert.deepEqual(others, [{ state: 'untold', target: first?.target }]);
  });
});
