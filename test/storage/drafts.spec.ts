import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eachDatabase } from '../support/databases.ts';
import { aDraft, at, card, minutesLater } from './records.ts';

const dayMs = 24 * 3600 * 1000;

eachDatabase('drafts', (database) => {
  it('come back as they were put, in any process', async () => {
    const { storage, other } = database();
    const draft = aDraft({ card, title: 'Windows for Contoso', submissionId: randomUUID() });

    await storage.drafts.put(draft);

    assert.deepEqual(await other.drafts.get(draft.id), draft);
    assert.equal(await other.drafts.get(randomUUID()), undefined);
  });

  it('are replaced as a whole', async () => {
    const { drafts } = database().storage;
    const draft = aDraft({ title: 'old' });
    const changed = aDraft({ id: draft.id, step: 'confirmed' });
    await drafts.put(draft);
    await drafts.put(changed);

    assert.deepEqual(await drafts.get(draft.id), changed);
  });

  it('of another version are given as they are', async () => {
    const draft = { ...aDraft({ version: 99 }), somethingNew: true };
    await database().storage.drafts.put(draft);

    assert.deepEqual(await database().other.drafts.get(draft.id), draft);
  });

  it('are listed newest first, without those that expired or were removed', async () => {
    const { storage, query } = database();
    const older = aDraft({ changedAt: minutesLater(1).toISOString() });
    const newer = aDraft({ changedAt: minutesLater(2).toISOString() });
    const [expired, removed] = [aDraft(), aDraft()];
    const mine = [older, newer, expired, removed].map((draft) => draft.id);
    for (const draft of [older, newer, expired, removed]) await storage.drafts.put(draft);
    await storage.drafts.remove(removed.id);
    await query(
      `update software_desk.kept set value = jsonb_set(value::jsonb, '{expires}', '1000')::text where key = $1`,
      [`drafts:${expired.id}`],
    );

    const listed = (await storage.drafts.list()).filter((draft) => mine.includes(draft.id));

    assert.deepEqual(listed, [newer, older]);
    assert.equal(await storage.drafts.get(expired.id), undefined);
    assert.equal(await storage.drafts.get(removed.id), undefined);
  });

  it('are listed completely, however many there are', async () => {
    const { storage } = database();
    const flow = randomUUID();
    await Promise.all(Array.from({ length: 60 }, () => storage.drafts.put(aDraft({ flow }))));

    assert.equal((await storage.drafts.list()).filter((draft) => draft.flow === flow).length, 60);
  });

  it('live for 30 days after the last change', async () => {
    const { storage, query } = database();
    const draft = aDraft();
    await storage.drafts.put(draft);

    const [row] = await query<{ expires_at: string }>('select expires_at from software_desk.kept where key = $1', [
      `drafts:${draft.id}`,
    ]);

    const days = (Number(row?.expires_at) - Date.now()) / dayMs;
    assert.ok(Math.abs(days - 30) < 0.01);
  });

  it('have one reminder each, which comes back as it was put and goes when it is taken away', async () => {
    const { storage, other } = database();
    const reminder = { draftId: randomUUID(), orderNumber: 'abc', closesAt: minutesLater(60), askedAt: at };
    const mine = async () => (await other.drafts.reminders()).filter(({ draftId }) => draftId === reminder.draftId);

    await storage.drafts.putReminder({ ...reminder, orderNumber: 'before' });
    await storage.drafts.putReminder(reminder);
    assert.deepEqual(await mine(), [reminder]);

    await storage.drafts.removeReminder(reminder.draftId);
    assert.deepEqual(await mine(), []);
  });

  it('have reminders that expire a day after the window', async () => {
    const { storage, query } = database();
    const draftId = randomUUID();
    const closesAt = new Date(at.getTime() + 9 * dayMs);
    await storage.drafts.putReminder({ draftId, orderNumber: 'abc', closesAt, askedAt: at });

    const [row] = await query<{ expires_at: string }>('select expires_at from software_desk.kept where key = $1', [
      `draft-reminders:${draftId}`,
    ]);

    assert.ok(Math.abs((Number(row?.expires_at) - Date.now()) / dayMs - 10) < 0.01);
  });

  it('are remembered as waiting for an answer, per place and person', async () => {
    const { storage, other } = database();
    const [place, person] = [`19:${randomUUID()}@thread.tacv2;messageid=1`, randomUUID()];

    await storage.drafts.setWaiting(place, person, 'd-1');
    assert.equal(await other.drafts.waiting(place, person), 'd-1');
    assert.equal(await other.drafts.waiting(place, randomUUID()), undefined);
    assert.equal(await other.drafts.waiting('elsewhere', person), undefined);

    await storage.drafts.setWaiting(place, person, undefined);
    assert.equal(await other.drafts.waiting(place, person), undefined);
  });
});
