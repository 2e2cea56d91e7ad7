import assert from 'node:assert/strict';
import { untilCard } from './buying.ts';
import { freshOrder, orderIn } from './cancelling.ts';
import { type Desk, openDesk } from './desk.ts';

const patienceMs = 20_000;

describe('cancel, while Partner Center is in trouble', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.stop());
  afterEach(() => desk.simulator('DELETE', 'faults'));

  it('cancels inside the window although tickets and catalogue cannot be read, and says so', async () => {
    const ada = desk.in('channel');
    const order = await freshOrder(desk);
    const advice = [
      { path: '/servicerequests', delayMs: 60_000 },
      { path: '/v1/.*products/', status: 503 },
    ];
    await desk.fault(...advice.map((fault) => ({ method: 'GET', times: 900, ...fault })));

    await desk.post(ada.words(`cancel ${order}`));
    const how = await untilCard(desk, ada, /Can be cancelled/, patienceMs);
    await ada.presses('Cancel now');
    await untilCard(desk, ada, /Why is it returned/, patienceMs);
    await desk.post(ada.words('The customer changed their mind.'));
    const review = await untilCard(desk, ada, /Please check the cancellation/, patienceMs);
    await ada.presses('Submit');
    await untilCard(desk, ada, /being cancelled|completed/, patienceMs);
    await desk.advance(60);

    for (const { text } of [how, review]) {
      assert.match(text, /I could not look for open tickets at Microsoft/);
      assert.match(text, /The offer’s own cancellation policy could not be read/);
    }
    assert.equal(orderIn(await desk.state(), order).status, 'cancelled');
  }).timeout(90_000);
});
