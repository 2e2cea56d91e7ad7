import assert from 'node:assert/strict';
import { verify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

const REGISTRATION = '/webhooks/v1/registration';

interface Delivery {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A subscriber that keeps what it got, and answers as told. */
async function openSubscriber() {
  const deliveries: Delivery[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(Buffer.from(chunk));
    deliveries.push({ headers: req.headers, body: Buffer.concat(chunks) });
    // Not chained: restify changes `writeHead` of every server in the process.
    res.writeHead(subscriber.status);
    res.end();
    waiting.shift()?.();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const subscriber = {
    deliveries,
    status: 200,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/webhooks`,
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return subscriber;
}

describe('webhooks', () => {
  let client: Client;
  let subscriber: Awaited<ReturnType<typeof openSubscriber>>;
  before(async () => {
    client = await startClient();
    subscriber = await openSubscriber();
  });
  beforeEach(async () => {
    await client.reset();
    subscriber.deliveries.length = 0;
    subscriber.status = 200;
  });
  after(async () => {
    await client.close();
    subscriber.close();
  });

  const register = (more: object = {}) =>
    client.call('POST', REGISTRATION, {
      WebhookUrl: subscriber.url,
      WebhookEvents: ['subscription-updated', 'test-created'],
      ...more,
    });
  const sendTest = async () => {
    const arrival = subscriber.next();
    const reply = await client.call('POST', `${REGISTRATION}/validationEvents`);
    await arrival;
    return reply.text('correlationId');
  };

  it('are registered once, read, and replaced', async () => {
    const none = await client.get(REGISTRATION);
    const registered = await register();
    const twice = await register();
    const url = `${subscriber.url}/2`;
    await client.call('PUT', REGISTRATION, { WebhookUrl: url, WebhookEvents: ['test-created'] });
    const read = await client.get(REGISTRATION);

    assert.equal(none.status, 404);
    assert.equal(registered.status, 200);
    assert.deepEqual(registered.at('WebhookEvents'), ['subscription-updated', 'test-created']);
    assert.equal(twice.status, 409);
    assert.equal(read.at('WebhookUrl'), url);
    assert.equal(read.at('SubscriberId'), registered.at('SubscriberId'));
  });

  it('know their events', async () => {
    const events = await client.get(`${REGISTRATION}/events`);
    const unknown = await register({ WebhookEvents: ['order-cancelled'] });

    assert.ok(JSON.parse(events.bytes.toString()).includes('subscription-updated'));
    assert.equal(unknown.status, 400);
  });

  it('bring a test event whose signature fits the certificate', async () => {
    await register();
    const correlationId = await sendTest();
    const [delivery] = subscriber.deliveries;
    const certificateUrl = String(delivery?.headers['x-ms-certificate-url']);
    const certificate = new X509Certificate(Buffer.from(await (await fetch(certificateUrl)).arrayBuffer()));
    const [scheme, signature = ''] = String(delivery?.headers.authorization).split(' ');
    const body = delivery?.body ?? Buffer.alloc(0);

    assert.equal(scheme, 'Signature');
    assert.equal(delivery?.headers['x-ms-signature-algorithm'], 'rsa-sha256');
    assert.match(certificate.issuer, /O=Microsoft Corporation/);
    assert.ok(certificate.verify(certificate.publicKey));
    assert.ok(verify('sha256', body, certificate.publicKey, Buffer.from(signature, 'base64')));
    const event = JSON.parse(body.toString());
    assert.equal(event.EventName, 'test-created');
    assert.ok(event.ResourceUri.endsWith(`/webhooks/v1/registration/validationEvents/${correlationId}`));
  });

  it('use the other header when asked', async () => {
    await register({ SignatureTokenToMsSignatureHeader: true });
    await sendTest();

    assert.match(String(subscriber.deliveries[0]?.headers['x-ms-signature']), /^Signature /);
    assert.equal(subscriber.deliveries[0]?.headers.authorization, undefined);
  });

  it('tell how the test went, and allow two in a minute', async () => {
    await register();
    const correlationId = await sendTest();
    const result = await client.get(`${REGISTRATION}/validationEvents/${correlationId}`);
    await sendTest();
    const third = await client.call('POST', `${REGISTRATION}/validationEvents`);

    assert.equal(result.at('correlationId'), correlationId);
    assert.equal(result.at('callbackUrl'), subscriber.url);
    assert.equal(third.status, 429);
    assert.equal(third.headers.get('retry-after'), '60');
  });

  it('bring subscription-updated when a cancellation is done, and nothing for perpetual software', async () => {
    await register();
    const contoso = await client.customerId('Contoso');
    const [subscription] = (await client.get(`/v1/customers/${contoso}/subscriptions`)).list('items');
    const server = await purchases.orderOf(client, contoso, 'Windows Server 2022');
    for (const id of [server.text('id'), subscription?.text('orderId')]) {
      await client.call('PATCH', `/v1/customers/${contoso}/orders/${id}`, { status: 'cancelled' });
    }
    const before = subscriber.deliveries.length;
    const arrival = subscriber.next();
    await client.advance(10);
    await arrival;
    const event = JSON.parse(subscriber.deliveries[0]?.body.toString() ?? '');

    assert.equal(before, 0);
    assert.equal(subscriber.deliveries.length, 1);
    assert.equal(event.EventName, 'subscription-updated');
    assert.equal(
      event.ResourceUri,
      `http://api.partnercenter.microsoft.com/webhooks/v1/customers/${contoso}/subscriptions/${subscription?.text('id')}`,
    );
  });

  it('are brought again, after a pause, when the subscriber failed', async () => {
    await register();
    subscriber.status = 500;
    const correlationId = await sendTest();
    const failed = async () => (await client.get(`${REGISTRATION}/validationEvents/${correlationId}`)).at('status');
    while ((await failed()) !== 'failed') await new Promise(setImmediate);
    const tooEarly = subscriber.deliveries.length;
    subscriber.status = 200;
    const again = subscriber.next();
    await client.advance(1);
    await again;

    assert.equal(tooEarly, 1);
    assert.deepEqual(subscriber.deliveries[1]?.body, subscriber.deliveries[0]?.body);
  });

  describe('by themselves, without anybody calling', () => {
    let other: Client;
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    });
    afterEach(async () => {
      await other.close();
      await rm(folder, { recursive: true });
    });

    const stateFile = () => join(folder, 'state.json');
    const open = async (delaySeconds: number) => {
      other = await startClient({ delaySeconds, stateFile: stateFile() });
      return other;
    };
    const registerAndCancel = async () => {
      await other.call('POST', REGISTRATION, {
        WebhookUrl: subscriber.url,
        WebhookEvents: ['subscription-updated', 'test-created'],
      });
      const contoso = await other.customerId('Contoso');
      const [subscription] = (await other.get(`/v1/customers/${contoso}/subscriptions`)).list('items');
      await other.call('PATCH', `/v1/customers/${contoso}/orders/${subscription?.text('orderId')}`, {
        status: 'cancelled',
      });
    };

    it('are brought when they are due', async () => {
      await open(0.2);
      const arrival = subscriber.next();
      await registerAndCancel();
      await arrival;

      assert.equal(subscriber.deliveries.length, 1);
    });

    it('are brought again when the pause after a failure is over', async () => {
      await open(0);
      subscriber.status = 500;
      const failure = subscriber.next();
      await registerAndCancel();
      await failure;
      subscriber.status = 200;
      const again = subscriber.next();
      // Of the second that the pause lasts, most is over.
      await other.advance(0.8);
      await again;

      assert.equal(subscriber.deliveries.length, 2);
      assert.deepEqual(subscriber.deliveries[1]?.body, subscriber.deliveries[0]?.body);
    });

    it('are brought after a restart, when they became due while the simulator was not running', async () => {
      await open(60);
      await registerAndCancel();
      await other.close();
      const before = subscriber.deliveries.length;
      const state = JSON.parse(await readFile(stateFile(), 'utf8'));
      await writeFile(stateFile(), JSON.stringify({ ...state, offsetMs: state.offsetMs + 60_000 }));
      const arrival = subscriber.next();
      await open(60);
      await arrival;

      assert.equal(before, 0);
      assert.equal(subscriber.deliveries.length, 1);
    });

    it('are brought after a restart, when they become due after it', async () => {
      await open(60);
      await registerAndCancel();
      await other.close();
      await open(60);
      const before = subscriber.deliveries.length;
      const arrival = subscriber.next();
      await other.advance(59.8);
      await arrival;

      assert.equal(before, 0);
      assert.equal(subscriber.deliveries.length, 1);
    });
  });
});
