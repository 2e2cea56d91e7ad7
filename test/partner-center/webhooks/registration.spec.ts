import assert from 'node:assert/strict';
import { closeBenches, startBench } from '../../support/partner-center-client.ts';

const root = '/webhooks/v1/registration';
const url = 'https://desk.example/webhooks/partner-center';
const offered = { json: ['test-created', 'Subscription-Updated', 'invoice-ready'] };
const shown = { SubscriberId: 's1', WebhookUrl: url, WebhookEvents: ['test-created', 'subscription-updated'] };

describe('the webhook registration', () => {
  afterEach(closeBenches);

  it('is read, and undefined where there is none', async () => {
    const { center } = await startBench({ [`GET ${root}`]: [{ json: shown }, { status: 404 }, { status: 204 }] });

    assert.deepEqual(await center.webhooks.registration(), { url, events: shown.WebhookEvents, subscriberId: 's1' });
    assert.equal(await center.webhooks.registration(), undefined);
    assert.equal(await center.webhooks.registration(), undefined);
  });

  it('is made where there is none, of the events on offer', async () => {
    const { center, server } = await startBench({ [`GET ${root}/events`]: offered, [`POST ${root}`]: { json: shown } });

    const made = await center.webhooks.ensure(url, ['test-created', 'subscription-updated', 'order-cancelled']);

    assert.equal(made.outcome, 'registered');
    assert.deepEqual(made.registration?.events, ['test-created', 'subscription-updated']);
    const post = server.requests.find(({ method }) => method === 'POST');
    assert.deepEqual(post?.body, { WebhookUrl: url, WebhookEvents: ['test-created', 'subscription-updated'] });
  });

  it('is left alone where it is right, whatever the order', async () => {
    const { center, server } = await startBench({ [`GET ${root}/events`]: offered, [`GET ${root}`]: { json: shown } });

    const { outcome } = await center.webhooks.ensure(url, ['subscription-updated', 'test-created']);

    assert.equal(outcome, 'kept');
    assert.ok(server.requests.every(({ method }) => method === 'GET'));
  });

  const ours: readonly [string, object, string?][] = [
    ['names other events', shown],
    ['names another path of the same host', { ...shown, WebhookUrl: 'https://desk.example/old' }],
    [
      'is the one made before the bot moved',
      { ...shown, WebhookUrl: 'https://old.example/x' },
      'https://old.example/x',
    ],
  ];
  for (const [what, json, formerUrl] of ours) {
    it(`is replaced where it is ours and ${what}; an empty answer will do`, async () => {
      const routes = { [`GET ${root}/events`]: offered, [`GET ${root}`]: { json }, [`PUT ${root}`]: { status: 200 } };
      const { center, server } = await startBench(routes);

      const ensured = await center.webhooks.ensure(url, ['invoice-ready'], formerUrl);

      assert.deepEqual(ensured, { outcome: 'replaced', registration: { url, events: ['invoice-ready'] } });
      assert.equal(server.requests.at(-1)?.method, 'PUT');
    });
  }

  for (const WebhookUrl of [
    'https://other.example/webhooks/partner-center',
    'https://desk.example:8443/',
    'nonsense',
  ]) {
    it(`is left alone where it is somebody else’s: ${WebhookUrl}`, async () => {
      const { center, server } = await startBench({
        [`GET ${root}/events`]: offered,
        [`GET ${root}`]: { json: { ...shown, WebhookUrl } },
      });

      const { outcome, registration } = await center.webhooks.ensure(url, ['test-created'], 'https://former.example/');

      assert.deepEqual([outcome, registration?.url], ['foreign', WebhookUrl]);
      assert.ok(server.requests.every(({ method }) => method === 'GET'));
    });
  }

  it('is the other’s where two processes start at once', async () => {
    const { center, server } = await startBench({
      [`GET ${root}/events`]: offered,
      [`GET ${root}`]: [{ status: 404 }, { json: shown }],
      [`POST ${root}`]: { status: 409, json: { code: 3000, description: 'There is one already.' } },
    });

    const { outcome } = await center.webhooks.ensure(url, ['test-created', 'subscription-updated']);

    assert.equal(outcome, 'kept');
    assert.equal(server.requests.filter(({ method }) => method === 'POST').length, 1);
  });

  it('is not made where none of the events is on offer', async () => {
    const { center, server } = await startBench({ [`GET ${root}/events`]: offered });

    assert.deepEqual(await center.webhooks.ensure(url, ['order-cancelled']), { outcome: 'not-offered' });
    assert.ok(server.requests.every(({ method }) => method === 'GET'));
  });

  it('is tried with a test event, asked for once, and its result read', async () => {
    const result = {
      correlationId: 'c1',
      status: 'Completed',
      results: [{ responseCode: 'OK', responseMessage: '', systemError: false, dateTimeUtc: '2026-03-01T12:00:00' }],
    };
    const { center } = await startBench({
      [`POST ${root}/validationEvents`]: [{ json: { correlationId: 'c1' } }, { status: 500 }],
      [`GET ${root}/validationEvents/c1`]: { json: result },
    });

    assert.equal(await center.webhooks.test(), 'c1');
    assert.deepEqual(await center.webhooks.testResult('c1'), {
      status: 'completed',
      attempts: [{ code: 'OK', message: '', isSystemError: false, at: new Date('2026-03-01T12:00:00Z') }],
    });
    await assert.rejects(center.webhooks.test(), { kind: 'unexpected' });
  });
});
