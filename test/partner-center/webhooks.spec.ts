import assert from 'node:assert/strict';
import { closeBenches, startBench } from './client.ts';

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

    assert.deepEqual(made.events, ['test-created', 'subscription-updated']);
    const post = server.requests.find(({ method }) => method === 'POST');
    assert.deepEqual(post?.body, { WebhookUrl: url, WebhookEvents: ['test-created', 'subscription-updated'] });
  });

  it('is left alone where it is right, whatever the order', async () => {
    const { center, server } = await startBench({ [`GET ${root}/events`]: offered, [`GET ${root}`]: { json: shown } });

    await center.webhooks.ensure(url, ['subscription-updated', 'test-created']);

    assert.ok(server.requests.every(({ method }) => method === 'GET'));
  });

  it('is replaced where it is another one; an empty answer will do', async () => {
    const { center, server } = await startBench({
      [`GET ${root}/events`]: offered,
      [`GET ${root}`]: { json: { ...shown, WebhookUrl: 'https://old.example' } },
      [`PUT ${root}`]: { status: 200 },
    });

    assert.deepEqual(await center.webhooks.ensure(url, ['invoice-ready']), { url, events: ['invoice-ready'] });
    assert.equal(server.requests.at(-1)?.method, 'PUT');
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
