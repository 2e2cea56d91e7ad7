import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { NewNotice } from '../../src/domain/notices/notice.ts';
import { anIntent, at, card } from './records.ts';
import { eachDatabase, type TestDatabase } from './support.ts';

const isOtherContent = { name: 'Refusal', code: 'other-content' };

async function jobsOf({ query }: TestDatabase, submissionId: string): Promise<number> {
  const rows = await query(
    `select id from software_desk_jobs.job where name = 'finish-order' and data ->> 'submissionId' = $1`,
    [submissionId],
  );
  return rows.length;
}

const declined = (subject: string): NewNotice => ({
  kind: 'order-declined',
  subject,
  target: { to: 'place', id: card.placeId },
});

/** What is to be told of an order, each with the number of jobs that send it. */
function noticesOf({ query }: TestDatabase, submissionId: string): Promise<{ state: string; jobs: number }[]> {
  return query(
    `select state, (select count(*)::integer from software_desk_jobs.job
                    where name = 'send-notice' and data ->> 'noticeId' = notices.id::text) as jobs
     from software_desk.notices where subject = $1`,
    [submissionId],
  );
}

eachDatabase('intents', (database) => {
  it('come back as they were written', async () => {
    const { storage, other } = database();
    const intent = anIntent({ card });

    const written = await storage.intents.insertOnce(intent);

    assert.deepEqual(written, { intent, isNew: true });
    assert.deepEqual(await other.intents.get(intent.submissionId), intent);
  });

  it('are unknown until they are written', async () => {
    assert.equal(await database().storage.intents.get(randomUUID()), undefined);
  });

  it('are written once, with one job, however many write at once', async () => {
    const { storage, other } = database();
    const intent = anIntent();

    const attempts = Array.from({ length: 20 }, (_, index) => (index % 2 ? storage : other).intents.insertOnce(intent));
    const results = await Promise.all(attempts);

    assert.equal(results.filter((result) => result.isNew).length, 1);
    for (const result of results) assert.deepEqual(result.intent, intent);
    assert.equal(await jobsOf(database(), intent.submissionId), 1);
  });

  it('are shown as they stand now to a second submission', async () => {
    const { intents } = database().storage;
    const intent = anIntent();
    await intents.insertOnce(intent);
    await intents.recordCart(intent.submissionId, 'cart-1');
    await intents.finish(intent.submissionId, { state: 'ordered', orderIds: ['o-1', 'o-2'], note: 'done', at });

    const again = await intents.insertOnce({ ...intent, cartRequestId: randomUUID() });

    const expected = { ...intent, state: 'ordered', cartId: 'cart-1', orderIds: ['o-1', 'o-2'], note: 'done' };
    assert.deepEqual(again, { intent: expected, isNew: false });
  });

  it('do not care about the order of fields', async () => {
    const { intents } = database().storage;
    const intent = anIntent();
    await intents.insertOnce(intent);
    const turned = Object.fromEntries(Object.entries(intent.content).reverse()) as unknown as typeof intent.content;

    assert.equal((await intents.insertOnce({ ...intent, content: turned })).isNew, false);
  });

  it('refuse other content under the same submission id', async () => {
    const { intents } = database().storage;
    const intent = anIntent();
    await intents.insertOnce(intent);
    const content = { ...intent.content, total: { minor: 1, currency: 'EUR' } };

    await assert.rejects(intents.insertOnce({ ...intent, content }), isOtherContent);
    assert.deepEqual(await intents.get(intent.submissionId), intent);
  });

  it('refuse another person under the same submission id', async () => {
    const { intents } = database().storage;
    const intent = anIntent();
    await intents.insertOnce(intent);

    await assert.rejects(intents.insertOnce({ ...intent, personId: 'p-2' }), isOtherContent);
  });

  it('keep what was ordered, whoever finishes late', async () => {
    const { intents } = database().storage;
    const { submissionId } = (await intents.insertOnce(anIntent())).intent;
    await intents.finish(submissionId, { state: 'ordered', orderIds: ['o-1'], at });

    await intents.finish(submissionId, { state: 'declined', note: 'too late', at, notices: [declined(submissionId)] });

    const intent = await intents.get(submissionId);
    assert.equal(intent?.state, 'ordered');
    assert.deepEqual(intent?.orderIds, ['o-1']);
    assert.deepEqual(await noticesOf(database(), submissionId), []);
  });

  it('write their notice, and the job that sends it, in the same transaction as how they ended', async () => {
    const { intents } = database().storage;
    const { submissionId } = (await intents.insertOnce(anIntent())).intent;
    const notice = declined(submissionId);
    const broken = { ...notice, target: { to: 'nowhere', id: 'x' } } as unknown as NewNotice;

    await assert.rejects(intents.finish(submissionId, { state: 'declined', at, notices: [notice, broken] }));
    assert.equal((await intents.get(submissionId))?.state, 'accepted');
    assert.deepEqual(await noticesOf(database(), submissionId), []);

    await intents.finish(submissionId, { state: 'declined', at, notices: [notice] });
    assert.equal((await intents.get(submissionId))?.state, 'declined');
    assert.deepEqual(await noticesOf(database(), submissionId), [{ state: 'due', jobs: 1 }]);
  });

  it('have nothing to tell any more once their card has shown how they ended', async () => {
    const { intents, notices } = database().storage;
    const { submissionId } = (await intents.insertOnce(anIntent())).intent;

    await intents.shown([declined(submissionId)], at);
    await intents.shown([declined(submissionId)], at);
    await notices.add([declined(submissionId)], at);

    assert.deepEqual(await noticesOf(database(), submissionId), [{ state: 'sent', jobs: 0 }]);
  });

  it('still tell what was due already when their card shows it too', async () => {
    const { intents } = database().storage;
    const { submissionId } = (await intents.insertOnce(anIntent())).intent;
    await intents.finish(submissionId, { state: 'declined', at, notices: [declined(submissionId)] });

    await intents.shown([declined(submissionId)], at);

    assert.deepEqual(await noticesOf(database(), submissionId), [{ state: 'due', jobs: 1 }]);
  });

  it('count the conflicts that were answered, whoever comes late with fewer', async () => {
    const { intents } = database().storage;
    const { submissionId } = (await intents.insertOnce(anIntent())).intent;

    await intents.recordConflicts(submissionId, 2);
    await intents.recordConflicts(submissionId, 1);

    assert.equal((await intents.get(submissionId))?.conflicts, 2);
  });

  it('remember what they wait for, until they have ended', async () => {
    const { intents } = database().storage;
    const { submissionId } = (await intents.insertOnce(anIntent())).intent;
    const hindrance = async () => (await intents.get(submissionId))?.hindrance;

    await intents.recordHindrance(submissionId, { kind: 'sign-in' });
    const refused = await hindrance();
    await intents.recordHindrance(submissionId, undefined);
    const away = await hindrance();
    await intents.recordHindrance(submissionId, { kind: 'sign-in' });
    await intents.finish(submissionId, { state: 'ordered', orderIds: ['o-1'], at });
    await intents.recordHindrance(submissionId, { kind: 'sign-in' });

    assert.deepEqual([refused, away, await hindrance()], [{ kind: 'sign-in' }, undefined, undefined]);
  });

  it('remember where their card hangs', async () => {
    const { intents } = database().storage;
    const { submissionId } = (await intents.insertOnce(anIntent())).intent;

    await intents.setCard(submissionId, card);

    assert.deepEqual((await intents.get(submissionId))?.card, card);
  });
});
