import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, orderIn, subscription, toNowReview } from '../support/cancellation-steps.ts';
import type { Conversation } from '../support/conversation.ts';
import { untilCard } from '../support/purchase-steps.ts';
import type { Json } from '../support/simulator-control.ts';

describe('cancel, while Partner Center is in trouble', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());
  afterEach(() => app.simulator('DELETE', 'faults'));

  /** The work is done, and nobody is told. */
  const lost: readonly (readonly [string, Json])[] = [
    ['drops the connection', { dropAfterWork: true }],
    ['fails to say so', { status: 500, afterWork: true }],
    ['is not available to say so', { status: 503, afterWork: true }],
    ['says it behind a gateway that does not wait', { status: 504, afterWork: true }],
    ['breaks off in the middle of saying so', { truncate: true }],
  ];
  const changesOf = async (id: string): Promise<Json[]> =>
    (await app.state('auditRecords')).auditRecords.filter(
      ({ operationType, resourceNewValue }) =>
        operationType === 'update_order' && String(resourceNewValue).includes(`"${id}"`),
    );

  it('cancels once, whatever goes wrong at the answer, and tells the truth', async () => {
    const scenes: { readonly ada: Conversation; readonly order: string; readonly trouble: string }[] = [];
    for (const [index, [trouble]] of lost.entries())
      scenes.push({ ada: app.in(index % 2 === 0 ? 'channel' : 'personal'), order: await freshOrder(app), trouble });
    for (const { ada, order } of scenes) await toNowReview(ada, order);
    for (const [index, [, fault]] of lost.entries())
      await app.fault({ method: 'PATCH', path: `/orders/${scenes[index]?.order}`, ...fault });

    await Promise.all(scenes.map(({ ada }) => ada.presses('Submit')));
    await Promise.all(
      scenes.map(({ ada }) => untilCard(app, ada, /Partner Center has taken the cancellation|has completed/)),
    );
    await app.advance(60);
    await Promise.all(scenes.map(({ ada }) => untilCard(app, ada, /has completed|Order cancelled, key revoked\n\d/)));

    assert.deepEqual(await app.simulator('GET', 'faults'), []);
    const state = await app.state('orders');
    for (const { order, trouble } of scenes) {
      const { id, status } = orderIn(state, order);
      assert.deepEqual([status, (await changesOf(id)).length], ['cancelled', 1], trouble);
    }
  }).timeout(60_000);

  it('ends a subscription once, where the order may not be changed and the answers are lost', async () => {
    const ada = app.in('channel');
    await toNowReview(ada, subscription);
    const use = { code: 800077, description: 'Use the subscription instead.' };
    await app.fault(
      { method: 'PATCH', path: '/orders/', status: 403, body: use },
      ...lost.map(([, fault]) => ({ method: 'PATCH', path: '/subscriptions/', ...fault })),
    );

    await ada.presses('Submit');
    await untilCard(app, ada, /Partner Center has taken the cancellation|has completed/, 30_000);
    await app.advance(60);
    await untilCard(app, ada, /has completed|Order cancelled, key revoked\n\d/);

    const { id, status } = orderIn(await app.state('orders'), subscription);
    assert.deepEqual([status, (await changesOf(id)).length], ['cancelled', 1]);
  }).timeout(60_000);

  it('says that the sign-in is refused, whom to tell, and cancels when it is accepted again', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    await toNowReview(ada, order);
    await app.fault({ method: 'PATCH', path: '/orders/', status: 401, times: 4 });

    await ada.presses('Submit');
    const told = await untilCard(app, ada, /Partner Center no longer accepts our sign-in/);
    await untilCard(app, ada, /Partner Center has taken the cancellation|has completed/, 30_000);

    assert.match(told.text, /tell your administrator[\s\S]*It is tried again by itself/);
    assert.doesNotMatch(told.text, /has not answered yet/);
  }).timeout(60_000);

  it('cancels inside the window although tickets and catalogue cannot be read, and says so', async () => {
    const ada = app.in('channel');
    const order = await freshOrder(app);
    const advice = [
      { path: '/servicerequests', delayMs: 60_000 },
      { path: '/v1/.*products/', status: 503 },
    ];
    await app.fault(...advice.map((fault) => ({ method: 'GET', times: 900, ...fault })));

    await app.post(ada.words(`cancel ${order}`));
    const how = await untilCard(app, ada, /comes back/);
    await ada.presses('Cancel now');
    await untilCard(app, ada, /Why is it returned/);
    await app.post(ada.words('The customer changed their mind.'));
    const review = await untilCard(app, ada, /Please check the cancellation/);
    await ada.presses('Submit');
    await untilCard(app, ada, /being cancelled|completed/);
    await app.advance(60);

    for (const { text } of [how, review]) {
      assert.match(text, /I could not look for open tickets at Microsoft/);
      assert.match(text, /The offer’s own cancellation policy could not be read/);
    }
    assert.equal(orderIn(await app.state('orders'), order).status, 'cancelled');
  }).timeout(90_000);
});
