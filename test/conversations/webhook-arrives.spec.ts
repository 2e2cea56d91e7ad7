import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { startTestApp, type TestApp } from '../support/app.ts';
import { orderIn, referenceOn, subscription, toNowReview } from '../support/cancellation-steps.ts';
import type { Conversation } from '../support/conversation.ts';
import type { Json } from '../support/simulator-control.ts';
import { readBody, startStubServer } from '../support/stub-server.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly status: number;
  readonly tookMs: number;
}

/** The proxy in front of the bot, whose address is PUBLIC_URL: it hands on what comes, in `copies`, and remembers it. */
async function startProxy() {
  const deliveries: Delivery[] = [];
  const leads = Promise.withResolvers<void>();
  let target = '';
  const server = await startStubServer(async (request, response) => {
    const body = await readBody(request);
    await leads.promise;
    const begunAt = performance.now();
    const copies = Array.from({ length: proxy.copies }, () => deliver(request.url ?? '/', request.headers, body));
    const status = Math.max(...(await Promise.all(copies)).map((answer) => answer.status));
    deliveries.push({ headers: request.headers, body, status, tookMs: performance.now() - begunAt });
    // Not chained: restify changes `writeHead` of every server in the process.
    response.writeHead(status);
    response.end();
  });
  const proxy = {
    url: server.url,
    copies: 1,
    /** What came before that waits. */
    leadTo(url: string) {
      target = url;
      leads.resolve();
    },
    deliveries,
    deliver: (headers: IncomingHttpHeaders, body: Buffer) => deliver(path, headers, body),
    close: () => server.close(),
  };

  function deliver(path: string, headers: IncomingHttpHeaders, body: Buffer) {
    const kept = Object.entries(headers).filter(([name]) => /^(content-type|authorization|x-ms-.*)$/.test(name));
    const sent = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
    return fetch(`${target}${path}`, { method: 'POST', headers: sent, body: new Uint8Array(body) });
  }
  return proxy;
}

const path = '/webhooks/partner-center';
const registration = '/webhooks/v1/registration';

describe('an event that Partner Center sends', () => {
  let app: TestApp;
  let proxy: Awaited<ReturnType<typeof startProxy>>;

  before(async () => {
    proxy = await startProxy();
    app = await startTestApp({ PUBLIC_URL: proxy.url, TRACK_SECONDS: '86400' });
    proxy.leadTo(app.url);
  });
  after(async () => {
    await app?.stop();
    await proxy?.close();
  });

  const requests = async () => (await app.simulator('GET', 'requests')) as Json[];
  const told = (outcome: string) =>
    app.log.some((line) => line.includes('"partner center webhook"') && line.includes(`"outcome":"${outcome}"`));
  const counted = async (outcome: string): Promise<number> => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    const [, count] =
      metrics.match(new RegExp(`desk_partner_center_events_total\\{outcome="${outcome}"\\} (\\d+)`)) ?? [];
    return Number(count ?? 0);
  };
  const isToldComplete = (talk: Conversation, reference: string) =>
    talk.cards().some(({ view }) => view.text.includes(`Cancellation ${reference} has completed`));
  /** The subscription's event, as the simulator signed it. */
  const delivery = (): Delivery => {
    const found = proxy.deliveries.find(({ body }) => body.includes('subscription-updated'));
    assert.ok(found, 'no event has come yet');
    return found;
  };

  it('is asked for when the bot starts', async () => {
    await waitUntil(async () => told('registered'), 'the registration');

    const asked = (await requests()).filter(({ method, path: at }) => method === 'POST' && at === registration);
    assert.deepEqual(
      asked.map(({ status }) => status),
      [200],
    );
  });

  it('is tried out with a test event, which comes through', async () => {
    await waitUntil(async () => app.log.some((line) => line.includes('"partner center webhook test"')), 'its result');

    assert.ok(app.log.some((line) => line.includes('"status":"completed"') && line.includes('webhook test')));
    assert.equal(await counted('accepted'), 1);
  });

  it('is answered at once, taken once, and lets its case complete; one that no event names waits for the tracker', async () => {
    const state = await app.state('orders');
    const { referenceCustomerId } = orderIn(state, subscription);
    const perpetual = state.orders.find(
      ({ referenceCustomerId: id, lineItems, status }) =>
        id !== referenceCustomerId &&
        status === 'completed' &&
        /^SQL Server 2022 Enterprise/.test(lineItems[0].friendlyName),
    );
    const [ada, bert] = [app.in('channel'), app.in('personal', 'bert')];
    await toNowReview(bert, perpetual?.alternateId);
    const unannounced = referenceOn(await bert.goes('Submit'));
    await toNowReview(ada, subscription);
    const reference = referenceOn(await ada.goes('Submit'));
    const isEarly = isToldComplete(ada, reference);
    const slow = {
      method: 'GET',
      path: `/orders/${orderIn(await app.state('orders'), subscription).id}`,
      delayMs: 4_000,
    };
    await app.fault({ ...slow, times: 1 });
    proxy.copies = 3;

    await app.advance(60);
    await app.connector.until(() => isToldComplete(ada, reference), 'the notice');

    assert.equal(isEarly, false);
    assert.equal(delivery().status, 200);
    assert.ok(delivery().tookMs < slow.delayMs, `it was answered after ${delivery().tookMs} ms`);
    assert.deepEqual([await counted('accepted'), await counted('replayed')], [2, 2]);
    assert.ok(orderIn(await app.state('orders'), perpetual?.alternateId).status === 'cancelled');
    assert.equal(isToldComplete(bert, unannounced), false);
  });

  it('is ignored when it comes again', async () => {
    const { headers, body } = delivery();
    const before = (await requests()).length;

    const { status } = await proxy.deliver(headers, body);

    assert.equal(status, 200);
    assert.deepEqual([await counted('accepted'), await counted('replayed')], [2, 3]);
    assert.equal((await requests()).length, before);
  });

  it('is refused when a word of it was changed', async () => {
    const { headers, body } = delivery();
    const changed = Buffer.from(body.toString().replace('subscription-updated', 'subscription-deleted'));

    const { status } = await proxy.deliver(headers, changed);

    assert.equal(status, 401);
    assert.equal(await counted('forged'), 1);
  });

  it('is refused when it is older than three days', async () => {
    const { headers, body } = delivery();
    await app.advance(73 * 3600);

    const { status } = await proxy.deliver(headers, body);

    assert.equal(status, 400);
    assert.equal(await counted('stale'), 1);
  });

  it('goes on coming after a restart, and is left to somebody else who has registered since', async () => {
    await app.restart();
    proxy.leadTo(app.url);
    await waitUntil(async () => told('kept'), 'a look at the registration');
    const other = { WebhookUrl: 'https://erp.example/hook', WebhookEvents: ['invoice-ready'] };
    await app.asPartner('PUT', registration, other);

    await app.restart();
    await waitUntil(async () => told('foreign'), 'the warning');

    const writes = (await requests()).filter(({ method, path: at }) => method === 'PUT' && at === registration);
    assert.equal(writes.length, 0);
    assert.ok(app.log.some((line) => line.includes('erp.example') && line.includes('replace it by hand')));
  });
});
