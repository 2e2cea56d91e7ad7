import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { NewNotice } from '../../src/domain/notices/notice.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { anIntent, at, card } from './records.ts';

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

eachDatabase('orderSubmissions', (database) => {
  it('come back as they were written', async () => {
    const { storage, other } = database();
    const submission = anIntent({ card });

    const written = await storage.orderSubmissions.insertOnce(submission);

    assert.deepEqual(written, { submission, isNew: true });
    assert.deepEqual(await other.orderSubmissions.get(submission.submissionId), submission);
  });

  it('are unknown until they are written', async () => {
    assert.equal(await database().storage.orderSubmissions.get(randomUUID()), undefined);
  });

  it('are written once, with one job, however many write at once', async () => {
    const { storage, other } = database();
    const submission = anIntent();

    const attempts = Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? storage : other).orderSubmissions.insertOnce(submission),
    );
    const results = await Promise.all(attempts);

    assert.equal(results.filter((result) => result.isNew).length, 1);
    for (const result of results) assert.deepEqual(result.submission, submission);
    assert.equal(await jobsOf(database(), submission.submissionId), 1);
  });

  it('are shown as they stand now to a second submission', async () => {
    const { orderSubmissions } = database().storage;
    const submission = anIntent();
    await orderSubmissions.insertOnce(submission);
    await orderSubmissions.recordCart(submission.submissionId, 'cart-1');
    await orderSubmissions.finish(submission.submissionId, {
      state: 'ordered',
      orderIds: ['o-1', 'o-2'],
      note: 'done',
      at,
    });

    const again = await orderSubmissions.insertOnce({ ...submission, cartRequestId: randomUUID() });

    const expected = { ...submission, state: 'ordered', cartId: 'cart-1', orderIds: ['o-1', 'o-2'], note: 'done' };
    assert.deepEqual(again, { submission: expected, isNew: false });
  });

  it('do not care about the order of fields', async () => {
    const { orderSubmissions } = database().storage;
    const submission = anIntent();
    await orderSubmissions.insertOnce(submission);
    const turned = Object.fromEntries(
      Object.entries(submission.content).reverse(),
    ) as unknown as typeof submission.content;

    assert.equal((await orderSubmissions.insertOnce({ ...submission, content: turned })).isNew, false);
  });

  it('refuse other content under the same submission id', async () => {
    const { orderSubmissions } = database().storage;
    const submission = anIntent();
    await orderSubmissions.insertOnce(submission);
    const content = { ...submission.content, total: { minor: 1, currency: 'EUR' } };

    await assert.rejects(orderSubmissions.insertOnce({ ...submission, content }), isOtherContent);
    assert.deepEqual(await orderSubmissions.get(submission.submissionId), submission);
  });

  it('refuse another person under the same submission id', async () => {
    const { orderSubmissions } = database().storage;
    const submission = anIntent();
    await orderSubmissions.insertOnce(submission);

    await assert.rejects(orderSubmissions.insertOnce({ ...submission, personId: 'p-2' }), isOtherContent);
  });

  it('keep what was ordered, whoever finishes late', async () => {
    const { orderSubmissions } = database().storage;
    const { submissionId } = (await orderSubmissions.insertOnce(anIntent())).submission;
    await orderSubmissions.finish(submissionId, { state: 'ordered', orderIds: ['o-1'], at });

    await orderSubmissions.finish(submissionId, {
      state: 'declined',
      note: 'too late',
      at,
      notices: [declined(submissionId)],
    });

    const submission = await orderSubmissions.get(submissionId);
    assert.equal(submission?.state, 'ordered');
    assert.deepEqual(submission?.orderIds, ['o-1']);
    assert.deepEqual(await noticesOf(database(), submissionId), []);
  });

  it('write their notice, and the job that sends it, in the same transaction as how they ended', async () => {
    const { orderSubmissions } = database().storage;
    const { submissionId } = (await orderSubmissions.insertOnce(anIntent())).submission;
    const notice = declined(submissionId);
    const broken = { ...notice, target: { to: 'nowhere', id: 'x' } } as unknown as NewNotice;

    await assert.rejects(orderSubmissions.finish(submissionId, { state: 'declined', at, notices: [notice, broken] }));
    assert.equal((await orderSubmissions.get(submissionId))?.state, 'accepted');
    assert.deepEqual(await noticesOf(database(), submissionId), []);

    await orderSubmissions.finish(submissionId, { state: 'declined', at, notices: [notice] });
    assert.equal((await orderSubmissions.get(submissionId))?.state, 'declined');
    assert.deepEqual(await noticesOf(database(), submissionId), [{ state: 'due', jobs: 1 }]);
  });

  it('have nothing to tell any more once their card has shown how they ended', async () => {
    const { orderSubmissions, notices } = database().storage;
    const { submissionId } = (await orderSubmissions.insertOnce(anIntent())).submission;

    await orderSubmissions.shown([declined(submissionId)], at);
    await orderSubmissions.shown([declined(submissionId)], at);
    await notices.add([declined(submissionId)], at);

    assert.deepEqual(await noticesOf(database(), submissionId), [{ state: 'sent', jobs: 0 }]);
  });

  it('still tell what was due already when their card shows it too', async () => {
    const { orderSubmissions } = database().storage;
    const { submissionId } = (await orderSubmissions.insertOnce(anIntent())).submission;
    await orderSubmissions.finish(submissionId, { state: 'declined', at, notices: [declined(submissionId)] });

    await orderSubmissions.shown([declined(submissionId)], at);

    assert.deepEqual(await noticesOf(database(), submissionId), [{ state: 'due', jobs: 1 }]);
  });

  it('count the conflicts that were answered, whoever comes late with fewer', async () => {
    const { orderSubmissions } = database().storage;
    const { submissionId } = (await orderSubmissions.insertOnce(anIntent())).submission;

    await orderSubmissions.recordConflicts(submissionId, 2);
    await orderSubmissions.recordConflicts(submissionId, 1);

    assert.equal((await orderSubmissions.get(submissionId))?.conflicts, 2);
  });

  it('remember what they wait for, until they have ended', async () => {
    const { orderSubmissions } = database().storage;
    const { submissionId } = (await orderSubmissions.insertOnce(anIntent())).submission;
    const blocker = async () => (await orderSubmissions.get(submissionId))?.blocker;

    await orderSubmissions.recordBlocker(submissionId, { kind: 'sign-in' });
    const refused = await blocker();
    await orderSubmissions.recordBlocker(submissionId, undefined);
    const away = await blocker();
    await orderSubmissions.recordBlocker(submissionId, { kind: 'sign-in' });
    await orderSubmissions.finish(submissionId, { state: 'ordered', orderIds: ['o-1'], at });
    await orderSubmissions.recordBlocker(submissionId, { kind: 'sign-in' });

    assert.deepEqual([refused, away, await blocker()], [{ kind: 'sign-in' }, undefined, undefined]);
  });

  it('remember where their card hangs', async () => {
    const { orderSubmissions } = database().storage;
    const { submissionId } = (await orderSubmissions.insertOnce(anIntent())).submission;

    await orderSubmissions.setCard(submissionId, card);

    assert.deepEqual((await orderSubmissions.get(submissionId))?.card, card);
  });
});
