import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Draft } from '../../src/domain/drafts/draft.ts';
import type { ClosedSession, SessionChanges, SessionQuery } from '../../src/domain/drafts/drafts.ts';
import type { OnScreen } from '../../src/domain/keys/visible-keys.ts';
import { pagesOf } from '../../src/domain/notices/pages.ts';
import type { DraftReminder } from '../../src/domain/notices/reminders.ts';
import type { Storage } from '../../src/storage/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { aCase, aCaseContent, aDraft, at, card, minutesLater } from './records.ts';

async function write(
  { sessions }: Storage,
  draft: Draft,
  options: Partial<SessionChanges> = {},
): Promise<ClosedSession> {
  return sessions.close({ personId: draft.ownerId, placeId: draft.place.id, draft, ...options });
}

eachDatabase('drafts', (database) => {
  it('are found by what they are about, whoever began them, unless in private, ended or untitled', async () => {
    const { storage, other } = database();
    const key = randomUUID();
    const about = { flow: 'cancel', key, title: 'Cancel' };
    const [older, newer] = [
      aDraft({ ...about, ownerName: 'Bert' }),
      aDraft({ ...about, ownerId: 'p-2', changedAt: minutesLater(5).toISOString() }),
    ];
    for (const draft of [
      older,
      newer,
      aDraft({ ...about, isPrivate: true }),
      aDraft({ ...about, settled: { content: {}, summary: 'over' } }),
      aDraft({ flow: 'cancel', key }),
      aDraft({ ...about, flow: 'keys' }),
    ])
      await write(storage, draft);

    const found = await other.drafts.openOf({ flow: 'cancel', key });

    const told = ({ id, ownerId, ownerName, changedAt }: Draft) => ({
      ...{ id, ownerId, ownerName },
      changedAt: new Date(changedAt),
    });
    assert.deepEqual(found, [told(newer), told(older)]);
    assert.deepEqual(await other.drafts.openOf({ flow: 'cancel', key: randomUUID() }), []);
  });

  it('come back as they were written, in any process', async () => {
    const { storage, other } = database();
    const draft = aDraft({
      card,
      title: 'Windows for Contoso',
      key: 'order-1',
      submissionId: randomUUID(),
      isPrivate: true,
      preparer: { id: 'p-2', name: 'Bert' },
      formerCards: [card],
      cardsElsewhere: [card],
      closing: { orderNumber: 'abc', closesAt: minutesLater(60).toISOString(), askedAt: at.toISOString() },
      hidden: { content: { text: 'without it' }, summary: 'hidden' },
      settled: { content: { text: 'half an emoji \ud83d, NUL \u0000' }, summary: 'over' },
    });

    assert.equal(await write(storage, draft), 'written');

    assert.deepEqual(await other.drafts.get(draft.id), draft);
    assert.equal(await other.drafts.get(randomUUID()), undefined);
  });

  it('are replaced as a whole by the next revision only: whoever read an older one is told', async () => {
    const { storage, other } = database();
    const draft = aDraft({ title: 'old' });
    const { title: _, ...untitled } = draft;
    const next: Draft = { ...untitled, revision: 2, step: 'confirmed' };
    await write(storage, draft);

    assert.equal(await write(storage, next), 'written');
    assert.equal(await write(other, { ...next, step: 'too late' }), 'stale');
    assert.equal(await write(other, { ...next, revision: 4, step: 'too early' }), 'stale');

    assert.deepEqual(await storage.drafts.get(draft.id), next);
  });

  it('tell what they are about, the newest first, where it is looked for the one that waits for words', async () => {
    const { storage } = database();
    const ownerId = randomUUID();
    const about = (key: string | undefined, extra: Partial<Draft> = {}) =>
      write(storage, aDraft({ ownerId, key, ...extra }));
    await about('older', { changedAt: minutesLater(1).toISOString() });
    await about('newer', { changedAt: minutesLater(2).toISOString() });
    await about(undefined);
    await about('over', { settled: { content: {}, summary: 'over' } });
    await about('of somebody else', { ownerId: randomUUID() });

    const open = (draft: SessionQuery['draft']) =>
      storage.sessions.open({ personId: ownerId, placeId: randomUUID(), draft });

    const { flow } = aDraft();
    assert.deepEqual((await open({ by: 'waiting' })).openTopics, [
      { flow, key: 'newer' },
      { flow, key: 'older' },
    ]);
    assert.equal((await open({ by: 'key', flow, key: 'newer' })).openTopics, undefined);
  });

  it('are begun once of the same message, in whichever process, and each is told which draft it is', async () => {
    const { storage, other } = database();
    const [personId, activityKey] = [randomUUID(), randomUUID()];
    const begin = ({ sessions }: Storage, draft: Draft, turnId: string) =>
      sessions.close({ personId, placeId: draft.place.id, draft, activityKey, turnId });
    const drafts = [aDraft(), aDraft()];

    const outcomes = await Promise.all(
      [storage, other].map((one, at) => begin(one, drafts[at] ?? aDraft(), `turn ${at}`)),
    );

    const winner = outcomes.indexOf('written');
    const begun = drafts[winner];
    assert.deepEqual(outcomes[1 - winner], { begunAs: begun?.id });
    assert.deepEqual(
      await Promise.all(drafts.map(async ({ id }) => (await storage.drafts.get(id)) !== undefined)),
      [0, 1].map((at) => at === winner),
    );
    // The turn that won may begin another one, and goes on with it.
    assert.equal(await begin(other, aDraft(), `turn ${winner}`), 'written');
    assert.equal(begun && (await begin(other, { ...begun, revision: 2 }, `turn ${winner}`)), 'written');
  });

  it('let one of two processes win, and nothing of the other is written', async () => {
    const { storage, other } = database();
    const draft = aDraft();
    const placeId = randomUUID();
    const personId = randomUUID();
    await write(storage, draft);

    const outcomes = await Promise.all(
      [storage, other].map(({ sessions }, index) =>
        sessions.close({
          personId,
          placeId,
          activityKey: `${placeId} ${index}`,
          draft: { ...draft, revision: 2, step: `by ${index}` },
        }),
      ),
    );

    assert.deepEqual([...outcomes].sort(), ['stale', 'written']);
    const winner = outcomes.indexOf('written');
    assert.equal((await storage.drafts.get(draft.id))?.step, `by ${winner}`);
    for (const index of [0, 1]) {
      const { isSeen } = await storage.sessions.open({ personId, placeId, activityKey: `${placeId} ${index}` });
      assert.equal(isSeen, index === winner);
    }
  });

  it('of another version of the code are given as they are', async () => {
    const draft = aDraft({ version: 99, data: { somethingNew: true } });
    await write(database().storage, draft);

    assert.deepEqual(await database().other.drafts.get(draft.id), draft);
  });

  it('are listed for who may go on with them: their own and those handed over, newest first, open ones only', async () => {
    const { storage } = database();
    const ownerId = randomUUID();
    const one = (minutes: number, change: Partial<Draft> = {}) =>
      aDraft({ ownerId, title: 'T', changedAt: minutesLater(minutes).toISOString(), ...change });
    const older = one(1);
    const newer = one(2);
    const handed = one(3, { ownerId: randomUUID(), isHandedOver: true });
    const hidden = [
      one(4, { ownerId: randomUUID() }),
      one(5, { title: undefined }),
      one(6, { settled: { content: {}, summary: '' } }),
    ];
    for (const draft of [older, newer, handed, ...hidden]) await write(storage, draft);

    const listed = await storage.drafts.listFor(ownerId, 10);
    const mine = listed.filter(({ id }) => [older, newer, handed, ...hidden].some((draft) => draft.id === id));

    assert.deepEqual(mine, [handed, newer, older]);
    assert.equal((await storage.drafts.listFor(ownerId, 1)).length, 1);
  });

  it('tell of windows that close, until they were told of or are over', async () => {
    const { storage } = database();
    const closing = { orderNumber: 'abc', closesAt: minutesLater(60).toISOString(), askedAt: at.toISOString() };
    const draft = aDraft({ closing });
    const over = aDraft({ closing, settled: { content: {}, summary: '' } });
    for (const one of [draft, over]) await write(storage, one);
    const told = async (from: number, until: number) =>
      (await storage.drafts.closing(minutesLater(from), minutesLater(until))).filter(({ draftId }) =>
        [draft.id, over.id].includes(draftId),
      );

    const reminder = { draftId: draft.id, orderNumber: 'abc', closesAt: minutesLater(60), askedAt: at };
    assert.deepEqual(await told(0, 60), [reminder]);
    assert.deepEqual(await told(0, 59), []);
    assert.deepEqual(await told(60, 90), []);

    await storage.drafts.reminded(draft.id, minutesLater(5));
    await write(storage, { ...draft, revision: 2 });
    assert.deepEqual(await told(0, 60), [{ ...reminder, askedAt: minutesLater(5) }]);
  });

  it('tell of all windows that close at once, page after page', async () => {
    const { storage } = database();
    const closing = { orderNumber: 'abc', closesAt: minutesLater(7_000).toISOString(), askedAt: at.toISOString() };
    const many = Array.from({ length: 501 }, () => aDraft({ closing }));
    for (const draft of many) await write(storage, draft);

    const pages = await Array.fromAsync(
      pagesOf<DraftReminder>((past) => storage.drafts.closing(minutesLater(6_999), minutesLater(7_000), past)),
    );

    assert.deepEqual(
      pages.map(({ length }) => length),
      [500, 1],
    );
    const found = pages.flat().map(({ draftId }) => draftId);
    assert.deepEqual(found.sort(), many.map(({ id }) => id).sort());
  });
});

eachDatabase('sessions', (database) => {
  const query = () => ({ personId: randomUUID(), placeId: `19:${randomUUID()}@thread.tacv2;messageid=1` });

  it('find the draft that waits for the words of one person in one place, while it is theirs and open', async () => {
    const { storage, other } = database();
    const { personId, placeId } = query();
    const draft = aDraft({ ownerId: personId, place: { id: placeId, kind: 'channel' } });
    const waiting = (person = personId, place = placeId) =>
      other.sessions.open({ personId: person, placeId: place, draft: { by: 'waiting' } });
    await write(storage, draft, { isWaiting: 'yes' });

    assert.deepEqual((await waiting()).draft, draft);
    assert.equal((await waiting(randomUUID())).draft, undefined);
    assert.equal((await waiting(personId, 'elsewhere')).draft, undefined);

    await write(storage, { ...draft, revision: 2 });
    assert.equal((await waiting()).draft?.revision, 2);
    await write(storage, { ...draft, revision: 3 }, { isWaiting: 'no' });
    assert.equal((await waiting()).draft, undefined);

    await write(storage, { ...draft, revision: 4, settled: { content: {}, summary: '' } }, { isWaiting: 'yes' });
    assert.equal((await waiting()).draft, undefined);
  });

  it('stop waiting for one draft only when that is the one', async () => {
    const { storage } = database();
    const { personId, placeId } = query();
    const [first, second] = [aDraft(), aDraft()].map((draft) => ({
      ...draft,
      ownerId: personId,
      place: { id: placeId, kind: 'channel' } as const,
    }));
    assert.ok(first && second);
    await write(storage, first, { isWaiting: 'yes' });
    await write(storage, second, { isWaiting: 'yes' });

    await write(storage, { ...first, revision: 2 }, { isWaiting: 'no' });

    const { draft } = await storage.sessions.open({ personId, placeId, draft: { by: 'waiting' } });
    assert.equal(draft?.id, second.id);
  });

  it('find an open draft of the same person about the same thing', async () => {
    const { storage } = database();
    const { personId, placeId } = query();
    const draft = aDraft({ ownerId: personId, flow: 'cancel', key: 'order-1' });
    const same = (key: string) =>
      storage.sessions.open({ personId, placeId, draft: { by: 'key', flow: 'cancel', key } });
    await write(storage, draft);

    assert.equal((await same('order-1')).draft?.id, draft.id);
    assert.equal((await same('order-2')).draft, undefined);
    await write(storage, { ...draft, revision: 2, settled: { content: {}, summary: '' } });
    assert.equal((await same('order-1')).draft, undefined);
  });

  it('know an activity that has changed something, and no other', async () => {
    const { storage, other } = database();
    const { personId, placeId } = query();
    const activityKey = randomUUID();
    const isSeen = async (key?: string) => (await other.sessions.open({ personId, placeId, activityKey: key })).isSeen;

    assert.equal(await isSeen(activityKey), false);
    await write(storage, aDraft(), { activityKey });

    assert.equal(await isSeen(activityKey), true);
    assert.equal(await isSeen(randomUUID()), false);
    assert.equal(await isSeen(), false);
  });

  it('know how the person may be reached', async () => {
    const { storage, other } = database();
    const { personId, placeId } = query();
    for (const contactPhone of ['+49 30 1', '+49 30 2'])
      await storage.cases.insertOnce(aCase({ requesterId: personId, content: aCaseContent({ contactPhone }) }));

    const { contact } = await other.sessions.open({ personId, placeId });

    assert.deepEqual(contact, { name: 'Ada', email: 'ada@example.com', phone: '+49 30 2' });
    assert.equal((await other.sessions.open({ ...query() })).contact, undefined);
  });
});

eachDatabase('messages that show a key', (database) => {
  const message = () => ({ placeId: `19:${randomUUID()}`, messageId: '7', onlyFor: 'ada' });

  /** Written with a draft, as when something is about to be shown; returns the row's id. */
  async function show(onScreen: OnScreen, draft = aDraft({ id: randomUUID() })): Promise<string> {
    const { sessions, visibleKeys } = database().storage;
    await sessions.close({ personId: 'ada', placeId: 'p', draft, onScreen });
    const rows = await visibleKeys.ofPerson(onScreen.message.placeId, 'ada');
    return rows.at(-1)?.id ?? '';
  }

  it('are kept until they are seen to be gone, and each refusal is counted', async () => {
    const { storage, other } = database();
    const { visibleKeys } = storage;
    const shown = message();
    const id = await show({ message: shown, personId: 'ada', seconds: 3600 });

    const [row, ...others] = await other.visibleKeys.ofPerson(shown.placeId, 'ada');
    assert.deepEqual([row?.id, row?.message, row?.refusals, others.length], [id, shown, 0, 0]);
    assert.deepEqual(await visibleKeys.ofPerson(shown.placeId, 'bert'), []);

    const once = await visibleKeys.refused(id);
    const twice = await visibleKeys.refused(id);
    assert.equal(twice?.refusals, 2);
    assert.deepEqual(twice?.refusedSince, once?.refusedSince);

    await visibleKeys.remove(id);
    assert.equal(await other.visibleKeys.get(id), undefined);
    assert.equal(await visibleKeys.refused(id), undefined);
  });

  it('are not kept of a write that came too late, and keep the time of the one that came first', async () => {
    const { storage, other } = database();
    const draft = aDraft({ id: randomUUID() });
    const [first, late] = [message(), message()];
    const id = await show({ message: first, personId: 'ada', seconds: 3600 }, draft);
    const close = (shown: OnScreen['message']) =>
      other.sessions.close({
        ...{ personId: 'ada', placeId: 'p', draft },
        onScreen: { message: shown, personId: 'ada', seconds: 60 },
      });

    assert.deepEqual([await close(late), await close(first)], ['stale', 'stale']);

    assert.deepEqual(await storage.visibleKeys.ofPerson(late.placeId, 'ada'), []);
    assert.deepEqual(
      (await storage.visibleKeys.ofPerson(first.placeId, 'ada')).map((one) => one.id),
      [id],
    );
  });

  it('are overdue when the time to hide them has passed, and gone with their place', async () => {
    const { visibleKeys } = database().storage;
    const [late, future] = [message(), message()];
    const lateId = await show({ message: late, personId: 'ada', draftId: 'd-1', seconds: -100 });
    await show({ message: future, personId: 'ada', seconds: 100 });

    const overdue = (await visibleKeys.overdue(60, 100)).filter(({ message: { placeId } }) =>
      [late.placeId, future.placeId].includes(placeId),
    );

    assert.deepEqual(
      overdue.map(({ id, draftId }) => [id, draftId]),
      [[lateId, 'd-1']],
    );
    await visibleKeys.removeOfPlace(late.placeId);
    assert.equal(await visibleKeys.get(lateId), undefined);
  });

  it('are one row for each message, which is hidden when what came into it last is to go', async () => {
    const { visibleKeys } = database().storage;
    const shown = message();
    const first = await show({ message: shown, personId: 'ada', seconds: 100 });
    const second = await show({ message: shown, personId: 'ada', seconds: 200 });

    assert.equal(await visibleKeys.get(first), undefined);
    const [row, ...others] = await visibleKeys.ofPerson(shown.placeId, 'ada');
    assert.deepEqual([row?.id, others], [second, []]);
  });

  it('are not written where the draft was changed meanwhile, since nothing is shown then', async () => {
    const { visibleKeys } = database().storage;
    const draft = aDraft({ id: randomUUID() });
    const [first, second] = [message(), message()];
    await show({ message: first, personId: 'ada', seconds: 100 }, draft);

    await show({ message: second, personId: 'ada', seconds: 100 }, { ...draft, revision: draft.revision + 5 });

    assert.deepEqual(await visibleKeys.ofPerson(second.placeId, 'ada'), []);
  });
});
