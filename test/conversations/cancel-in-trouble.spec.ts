import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, orderIn, toNowReview } from '../support/cancellation-steps.ts';
import { untilCard } from '../support/purchase-steps.ts';

describe('cancel, while Partner Center is in trouble', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());
  afterEach(() => app.simulator('DELETE', 'faults'));

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
