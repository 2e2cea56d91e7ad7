import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { anIntent, card } from './records.ts';
import { eachDatabase, type TestDatabase } from './support.ts';

const isOtherContent = { name: 'Refusal', code: 'other-content' };

async function jobsOf({ query }: TestDatabase, submissionId: string): Promise<number> {
  const rows = await query(
    `select id from software_desk_jobs.job where name = 'finish-order' and data ->> 'submissionId' = $1`,
    [submissionId],
  );
  return rows.length;
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
    await intents.finish(intent.submissionId, { state: 'ordered', orderIds: ['o-1', 'o-2'], note: 'done' });

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
    await intents.finish(submissionId, { state: 'ordered', orderIds: ['o-1'] });

    await intents.finish(submissionId, { state: 'declined', note: 'too late' });

    const intent = await intents.get(submissionId);
    assert.equal(intent?.state, 'ordered');
    assert.deepEqual(intent?.orderIds, ['o-1']);
  });

  it('remember where their card hangs', async () => {
    const { intents } = database().storage;
    const { submissionId } = (await intents.insertOnce(anIntent())).intent;

    await intents.setCard(submissionId, card);

    assert.deepEqual((await intents.get(submissionId))?.card, card);
  });
});
