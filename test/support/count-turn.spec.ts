import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from './app.ts';
import { countRounds, countTurn } from './count-turn.ts';

describe('what a turn costs', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  it('is counted from the activity on: the calls to Partner Center without sign-ins, and how many had to wait', async () => {
    const ada = app.in('channel');

    const { partnerCenterCalls, calls, rounds } = await countTurn(app, () => ada.says('software contoso'));

    assert.ok(partnerCenterCalls > 0);
    assert.ok(rounds > 0 && rounds <= partnerCenterCalls);
    assert.ok(calls.every(({ path, from, to }) => path.startsWith('/v1/') && from < to && Number.isFinite(to)));
  });

  it('leaves out what goes on without an activity, and is nothing where nobody is asked', async () => {
    const nothing = await countTurn(app, () => app.in('channel').says('help'));
    const noTurn = await countTurn(app, () => app.advance(1));

    assert.equal(nothing.partnerCenterCalls, 0);
    assert.deepEqual(noTurn, { sql: 0, statements: [], partnerCenterCalls: 0, calls: [], rounds: 0 });
  });

  it('takes calls that overlap for one round, and those that wait for each other for several', () => {
    const call = (from: number, to: number) => ({ from, to });

    assert.equal(countRounds([]), 0);
    assert.equal(countRounds([call(0, 10), call(1, 9), call(2, 12)]), 1);
    assert.equal(countRounds([call(0, 10), call(10, 20)]), 2);
    // The second begins before the first ends, and the third after it.
    assert.equal(countRounds([call(0, 10), call(5, 15), call(12, 20)]), 2);
  });
});
