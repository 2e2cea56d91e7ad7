import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import {
  closed,
  referenceOn,
  servers,
  ticketAnswers,
  toTicketReview,
  twoLines,
} from '../support/cancellation-steps.ts';
import { inBoth } from '../support/conversation.ts';

/** Partner Center's public API as it is: neither keys nor new tickets. */
describe('where Partner Center offers neither keys nor tickets by API', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ SIMULATOR_MODE: 'today' });
  });
  after(() => app.stop());

  inBoth('ends in where to find the key', async (where) => {
    const ada = app.in(where);

    await ada.says(`keys ${servers}`);
    const card = await ada.goes('Get key', { Version: '2019' });

    assert.match(
      card.text,
      /Item: Windows Server 2022 Standard - 16 Core License Pack\nVersion: Windows Server 2019 Standard/,
    );
    assert.match(card.text, /Partner Center offers keys and downloads in its portal, not by API/);
    assert.deepEqual(card.buttons, ['Open Partner Center', 'Open Microsoft 365 admin center']);
  });

  inBoth('says for which of two products of an order the key is to be found', async (where) => {
    const ada = app.in(where);

    await ada.says(`keys ${twoLines}`);
    const server = await ada.goes('Next', { 'Order or subscription ID': 'Windows Server 2025 Standard' });
    const version = server.inputs.length > 0 ? await ada.goes('Get key', { Version: '2022' }) : server;
    await ada.says(`keys ${twoLines}`);
    const access = await ada.goes('Next', { 'Order or subscription ID': 'User CAL' });

    assert.match(
      version.text,
      /Item: Windows Server 2025 Standard - 16 Core License Pack\nVersion: Windows Server 2022/,
    );
    assert.match(access.text, /Item: Windows Server 2025 CAL - 1 User CAL\n/);
  });

  for (const [status, body, said] of [
    [403, {}, undefined],
    [400, { code: 1001, description: 'No such operation.' }, /Partner Center said: “No such operation\. \(1001\)”/],
  ] as const) {
    it(`ends there also where Partner Center refuses the withdrawn calls with ${status}`, async () => {
      const ada = app.in('channel');
      await ada.says(`keys ${servers}`);
      await app.fault({ method: 'GET', path: '/downloadoptions', status, body });

      const card = await ada.goes('Get key', { Version: '2019' });

      assert.match(card.text, /Partner Center offers keys and downloads in its portal/);
      if (said) assert.match(card.text, said);
      assert.deepEqual(card.buttons, ['Open Partner Center', 'Open Microsoft 365 admin center']);
    });
  }

  it('keeps the remedy where our account lacks the role', async () => {
    const ada = app.in('channel');
    await ada.says(`keys ${servers}`);
    await app.fault({ method: 'GET', path: '/downloadoptions', status: 403, body: { code: 900308 } });

    assert.match((await ada.goes('Get key', { Version: '2019' })).text, /make it a member of AdminAgents/);
  });

  it('ends there for an order of long ago that has no entitlement', async () => {
    const ada = app.in('channel');
    await app.fault({ method: 'GET', path: '/entitlements', status: 200, body: { totalCount: 0, items: [] } });

    const card = await ada.says(`keys ${servers}`);

    assert.match(card.text, /Item: Windows Server 2022 Standard - 16 Core License Pack/);
    assert.doesNotMatch(card.text, /fresh order/);
    assert.deepEqual(card.buttons, ['Open Partner Center', 'Open Microsoft 365 admin center']);
  });

  it('hands the finished ticket over, and follows the number that the portal gave', async () => {
    const ada = app.in('channel');
    await toTicketReview(ada, closed);

    const handed = await ada.goes('Submit');
    const wrong = await ada.goes('Next', { 'Request number': 'none yet' });
    const cases = await ada.in('personal').says('cases');
    const unknown = await ada.says('2611220000000123');
    const followed = await ada.says('2611220000000123');

    for (const part of [
      /CSP purchase\/refund on behalf of customers/,
      new RegExp(ticketAnswers['Reason for the refund']),
      /contoso\.onmicrosoft\.com/,
      new RegExp(closed),
      /ada\.nowak@partner\.example/,
    ])
      assert.match(handed.text, part);
    assert.ok(handed.buttons.includes('Open the form'));
    assert.match(wrong.text, /⚠ That is not a request number/);
    assert.match(cases.text, /The ticket is ready to be filed/);
    assert.match(unknown.text, /⚠ Partner Center shows no request 2611220000000123/);
    assert.match(followed.text, new RegExp(`Cancellation ${referenceOn(handed)}\n[\\s\\S]*waiting for Microsoft`));
    assert.match(followed.text, /Ticket 2611220000000123 filed/);
  });
});
