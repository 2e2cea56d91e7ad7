import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { NewNotice, Notice } from '../../../src/domain/notices/notice.ts';
import type { OrderReason } from '../../../src/domain/orders/submission.ts';
import type { Attempt } from '../../../src/domain/work/attempts.ts';
import { anOrderSubmission, at, card, minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

const isOtherContent = { name: 'Refusal', code: 'other-content' };

const declined = (submissionId: string): NewNotice => ({
  kind: 'order-declined',
  submissionId,
  target: { to: 'place', id: card.placeId },
});

eachRecord('orderSubmissions', (kept) => {
  async function submitted(): Promise<string> {
    return (await kept().records.orderSubmissions.insertOnce(anOrderSubmission())).submission.submissionId;
  }

  function opened(submissionId: string, name: 'create-cart' | 'checkout'): Promise<Attempt> {
    return kept().records.attempts.open({ of: 'order', id: submissionId, round: 0, name }, at);
  }

  /** What is to be told of an order. */
  async function dueFor(submissionId: string): Promise<Notice[]> {
    const due = await kept().records.notices.due(10_000);
    return due.filter((one) => 'submissionId' in one && one.submissionId === submissionId);
  }

  it('come back as they were written', async () => {
    const { records, other } = kept();
    const submission = anOrderSubmission({ card });

    const written = await records.orderSubmissions.insertOnce(submission);

    assert.deepEqual(written, { submission, isNew: true });
    assert.deepEqual(await other.orderSubmissions.get(submission.submissionId), submission);
  });

  it('come back with all their lines', async () => {
    const { records, other } = kept();
    const { content, ...submission } = anOrderSubmission();
    const { item, itemTitle, unitPrice, isAttested } = content;
    const second = { item: { ...item, skuId: '0002' }, itemTitle, unitPrice, isAttested, cancellableUntilAt: at };
    const written = { ...submission, content: { ...content, furtherLines: [second] } };

    await records.orderSubmissions.insertOnce(written);

    assert.deepEqual(await other.orderSubmissions.get(submission.submissionId), written);
    const changed = { ...content, furtherLines: [{ ...second, unitPrice: { minor: 1, currency: 'EUR' } }] };
    await assert.rejects(records.orderSubmissions.insertOnce({ ...written, content: changed }), isOtherContent);
  });

  it('are unknown until they are written', async () => {
    assert.equal(await kept().records.orderSubmissions.get(randomUUID()), undefined);
  });

  it('are written once, with one job, however many write at once', async () => {
    const { records, other, jobsFor } = kept();
    const submission = anOrderSubmission();

    const tries = Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? records : other).orderSubmissions.insertOnce(submission),
    );
    const results = await Promise.all(tries);

    assert.equal(results.filter((result) => result.isNew).length, 1);
    for (const result of results) assert.deepEqual(result.submission, submission);
    assert.equal(await jobsFor('finish-order', submission.submissionId), 1);
  });

  it('are listed for their customer, the newest first, and no more than are wanted', async () => {
    const { records, other } = kept();
    const customerId = `Customer-${randomUUID()}`;
    const content = { ...anOrderSubmission().content, customerId };
    const all = [0, 1, 2].map((minutes) => anOrderSubmission({ content, createdAt: minutesLater(minutes) }));
    for (const one of [...all, anOrderSubmission()]) await records.orderSubmissions.insertOnce(one);

    const newest = await other.orderSubmissions.newestOf(customerId.toLowerCase(), 2);

    assert.deepEqual(newest, [all[2], all[1]]);
  });

  it('are listed for who confirmed them, the newest first, and no more than are wanted', async () => {
    const { records, other } = kept();
    const personId = randomUUID();
    const all = [0, 1, 2].map((minutes) => anOrderSubmission({ personId, createdAt: minutesLater(minutes) }));
    for (const one of [...all, anOrderSubmission()]) await records.orderSubmissions.insertOnce(one);

    const newest = await other.orderSubmissions.newestBy(personId, 2);

    assert.deepEqual(newest, [all[2], all[1]]);
  });

  it('are shown as they stand now to a second submission', async () => {
    const { orderSubmissions } = kept().records;
    const submission = anOrderSubmission();
    const { submissionId } = submission;
    await orderSubmissions.insertOnce(submission);
    await orderSubmissions.recordCart(submissionId, {
      id: 'cart-1',
      attempt: await opened(submissionId, 'create-cart'),
      at,
      next: { of: 'order', id: submissionId, round: 0, name: 'checkout' },
    });
    const reason: OrderReason = { kind: 'ordered-with-errors', said: [{ code: '1', text: 'An add-on was left out' }] };
    await orderSubmissions.finish(submissionId, { state: 'ordered', orderIds: ['o-1', 'o-2'], reason, at });

    const again = await orderSubmissions.insertOnce({ ...submission, placeId: 'elsewhere' });

    const expected = { ...submission, state: 'ordered', cartId: 'cart-1', orderIds: ['o-1', 'o-2'], reason };
    assert.deepEqual(again, { submission: expected, isNew: false });
  });

  it('do not care about the order of fields', async () => {
    const { orderSubmissions } = kept().records;
    const submission = anOrderSubmission();
    await orderSubmissions.insertOnce(submission);
    const turned = Object.fromEntries(
      Object.entries(submission.content).reverse(),
    ) as unknown as typeof submission.content;

    assert.equal((await orderSubmissions.insertOnce({ ...submission, content: turned })).isNew, false);
  });

  it('refuse other content under the same submission id', async () => {
    const { orderSubmissions } = kept().records;
    const submission = anOrderSubmission();
    await orderSubmissions.insertOnce(submission);
    const content = { ...submission.content, total: { minor: 1, currency: 'EUR' } };

    await assert.rejects(orderSubmissions.insertOnce({ ...submission, content }), isOtherContent);
    assert.deepEqual(await orderSubmissions.get(submission.submissionId), submission);
  });

  it('refuse another person under the same submission id', async () => {
    const { orderSubmissions } = kept().records;
    const submission = anOrderSubmission();
    await orderSubmissions.insertOnce(submission);

    await assert.rejects(orderSubmissions.insertOnce({ ...submission, personId: 'p-2' }), isOtherContent);
  });

  it('keep what was ordered, whoever finishes late', async () => {
    const { orderSubmissions } = kept().records;
    const submissionId = await submitted();
    await orderSubmissions.finish(submissionId, { state: 'ordered', orderIds: ['o-1'], at });

    const reason: OrderReason = { kind: 'declined', said: [{ text: 'too late' }] };
    await orderSubmissions.finish(submissionId, {
      state: 'declined',
      reason,
      at,
      notices: [declined(submissionId)],
    });

    const submission = await orderSubmissions.get(submissionId);
    assert.deepEqual([submission?.state, submission?.orderIds], ['ordered', ['o-1']]);
    assert.equal(submission?.reason, undefined);
    assert.deepEqual(await dueFor(submissionId), []);
  });

  it('write their notice, and the job that sends it, in the same transaction as how they ended', async () => {
    const { records, jobsFor } = kept();
    const submissionId = await submitted();
    const notice = declined(submissionId);
    const broken: NewNotice = { ...notice, target: { to: 'nowhere', id: 'x' } as unknown as NewNotice['target'] };
    const { orderSubmissions } = records;

    await assert.rejects(orderSubmissions.finish(submissionId, { state: 'declined', at, notices: [notice, broken] }));
    assert.equal((await orderSubmissions.get(submissionId))?.state, 'accepted');
    assert.deepEqual(await dueFor(submissionId), []);

    await orderSubmissions.finish(submissionId, { state: 'declined', at, notices: [notice] });
    assert.equal((await orderSubmissions.get(submissionId))?.state, 'declined');
    const [told, ...others] = await dueFor(submissionId);
    assert.ok(told && others.length === 0);
    assert.equal(await jobsFor('send-notice', told.id), 1);
  });

  it('have nothing to tell any more once their card has shown how they ended', async () => {
    const { notices } = kept().records;
    const submissionId = await submitted();

    await notices.recordShown([declined(submissionId)], at);
    await notices.recordShown([declined(submissionId)], at);
    await notices.add([declined(submissionId)], at);

    assert.deepEqual(await dueFor(submissionId), []);
  });

  it('still tell what was due already when their card shows it too', async () => {
    const { records, jobsFor } = kept();
    const submissionId = await submitted();
    const notices = [declined(submissionId)];
    await records.orderSubmissions.finish(submissionId, { state: 'declined', at, notices });

    await records.notices.recordShown(notices, at);

    const [told] = await dueFor(submissionId);
    assert.ok(told);
    assert.equal(await jobsFor('send-notice', told.id), 1);
  });

  it('keep the cart that was recorded first, whoever comes late with another one', async () => {
    const { records, other } = kept();
    const submissionId = await submitted();
    const attempt = await opened(submissionId, 'create-cart');
    const next = { of: 'order', id: submissionId, round: 0, name: 'checkout' } as const;

    const first = await records.orderSubmissions.recordCart(submissionId, { id: 'cart-1', attempt, at, next });
    const late = await other.orderSubmissions.recordCart(submissionId, { id: 'cart-2', attempt, at, next });

    assert.deepEqual(late, first);
    assert.equal(first.id, 'cart-1');
    assert.equal((await other.orderSubmissions.get(submissionId))?.cartId, 'cart-1');
  });

  it('end the attempt at the cart with the cart, and that at its checkout with how it went', async () => {
    const { orderSubmissions } = kept().records;
    const submissionId = await submitted();

    const cart = await opened(submissionId, 'create-cart');
    const next = { of: 'order', id: submissionId, round: 0, name: 'checkout' } as const;
    const { next: attempt } = await orderSubmissions.recordCart(submissionId, {
      id: 'cart-1',
      attempt: cart,
      at,
      next,
    });
    assert.deepEqual(await opened(submissionId, 'checkout'), attempt);
    await orderSubmissions.finish(submissionId, {
      state: 'declined',
      ended: { attempt, outcome: 'declined' },
      at,
      notices: [declined(submissionId)],
    });

    assert.deepEqual(await opened(submissionId, 'create-cart'), { ...cart, outcome: 'done' });
    assert.deepEqual(await opened(submissionId, 'checkout'), { ...attempt, outcome: 'declined' });
  });

  const reasons: readonly OrderReason[] = [
    {
      kind: 'declined',
      said: [{ code: '800002', text: 'No credit' }],
      missing: { point: 'segment', segment: 'education' },
    },
    { kind: 'price-changed', was: { minor: 1, currency: 'EUR' }, now: { minor: 2, currency: 'EUR' } },
    { kind: 'not-on-sale' },
    { kind: 'unclear', said: [] },
    { kind: 'recorded', text: 'a\u0000b \ud83d' },
  ];
  for (const reason of reasons) {
    it(`give back the reason "${reason.kind}" as it was`, async () => {
      const submissionId = await submitted();

      await kept().records.orderSubmissions.finish(submissionId, { state: 'declined', reason, at });

      assert.deepEqual((await kept().other.orderSubmissions.get(submissionId))?.reason, reason);
    });
  }

  it('remember what they wait for, until they have ended', async () => {
    const { orderSubmissions } = kept().records;
    const submissionId = await submitted();
    const reason = async () => (await orderSubmissions.get(submissionId))?.reason;
    const signIn: OrderReason = { kind: 'sign-in-refused' };

    await orderSubmissions.recordReason(submissionId, signIn);
    const refused = await reason();
    await orderSubmissions.recordReason(submissionId, undefined);
    const away = await reason();
    await orderSubmissions.recordReason(submissionId, signIn);
    await orderSubmissions.finish(submissionId, { state: 'ordered', orderIds: ['o-1'], at });
    await orderSubmissions.recordReason(submissionId, signIn);

    assert.deepEqual([refused, away, await reason()], [signIn, undefined, undefined]);
  });

  it('remember where their card hangs', async () => {
    const { orderSubmissions } = kept().records;
    const submissionId = await submitted();

    await orderSubmissions.setCard(submissionId, card);

    assert.deepEqual((await orderSubmissions.get(submissionId))?.card, card);
  });
});
