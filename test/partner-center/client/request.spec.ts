import assert from 'node:assert/strict';

import { inspect } from 'node:util';
import { LeaseLost } from '../../../src/domain/work/leases.ts';
import { MicrosoftError } from '../../../src/microsoft/errors.ts';
import type { SharedRateLimits } from '../../../src/microsoft/rate-limit.ts';
import { closeBenches, customerId, items, requestId, startBench } from '../../support/partner-center-client.ts';
import type { Answer, Route } from '../../support/stub-partner-center.ts';

const orders = `/v1/customers/${customerId}/orders`;
const order = {
  id: 'o1',
  currencyCode: 'EUR',
  lineItems: [],
  creationDate: '2026-02-01T00:00:00Z',
  status: 'completed',
};
const cart = { id: 'cart-1', status: 'Active', expirationTimestamp: '2026-03-08T00:00:00Z', lineItems: [{ id: 0 }] };
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function outside(facts: Partial<MicrosoftError>) {
  return (error: unknown) => {
    assert.ok(error instanceof MicrosoftError, inspect(error));
    for (const [name, value] of Object.entries(facts)) {
      assert.deepEqual(error[name as keyof MicrosoftError], value, name);
    }
    return true;
  };
}

describe('a call to Partner Center', () => {
  afterEach(closeBenches);

  it('sends the documented headers', async () => {
    const { center, server } = await startBench({ [`GET ${orders}`]: { json: items([order]) } });

    await center.ordering.orders(customerId);

    const [seen] = server.requests;
    assert.equal(seen?.headers.authorization, 'Bearer app-token-1');
    assert.equal(seen?.headers.accept, 'application/json');
    assert.equal(seen?.headers['ms-contract-version'], 'v1');
    assert.equal(seen?.headers['x-locale'], 'en-US');
    assert.equal(seen?.headers['ms-partnercenter-application'], 'Software Desk');
    assert.match(String(seen?.headers['ms-requestid']), guid);
    assert.match(String(seen?.headers['ms-correlationid']), guid);
    assert.equal(seen?.headers['content-type'], undefined);
  });

  for (const status of [500, 502, 503, 504]) {
    it(`reads again after ${status}, with the same request id and a new correlation id`, async () => {
      const { center, server, timer } = await startBench({ [`GET ${orders}`]: [{ status }, { json: items([order]) }] });

      const found = await center.ordering.orders(customerId);

      assert.equal(found.length, 1);
      const [first, second] = server.requests;
      assert.equal(first?.headers['ms-requestid'], second?.headers['ms-requestid']);
      assert.notEqual(first?.headers['ms-correlationid'], second?.headers['ms-correlationid']);
      assert.equal(timer.pauses.length, 1);
    });
  }

  it('gives up after three more tries, with growing pauses', async () => {
    const { center, server, timer } = await startBench({
      [`GET ${orders}`]: { status: 500, json: { code: 800005, description: 'Try later.' } },
    });

    await assert.rejects(
      center.ordering.orders(customerId),
      outside({ operation: 'listOrders', kind: 'unexpected', status: 500, code: '800005', description: 'Try later.' }),
    );

    assert.equal(server.requests.length, 4);
    const [first = 0, second = 0, third = 0] = timer.pauses;
    assert.ok(first >= 375 && first <= 625 && second >= 1125 && second <= 1875 && third >= 2625 && third <= 4375);
  });

  it('repeats a write with a fixed request id, under that id', async () => {
    const path = `/v1/customers/${customerId}/carts`;
    const { center, server } = await startBench({ [`POST ${path}`]: [{ status: 503 }, { status: 201, json: cart }] });
    const line = { catalogItemId: 'P:1:A', quantity: 1, billingCycle: 'one_time' };

    await center.ordering.createCart(customerId, [line], requestId);

    assert.deepEqual(
      server.requests.map(({ headers }) => headers['ms-requestid']),
      [requestId, requestId],
    );
    assert.deepEqual(server.requests[0]?.body, server.requests[1]?.body);
  });

  it('does not repeat a write that may be in the hands of another process by then', async () => {
    const path = `/v1/customers/${customerId}/carts`;
    const { center, server } = await startBench(
      { [`POST ${path}`]: [{ status: 503 }, { status: 201, json: cart }] },
      { demandRepeatable: () => Promise.reject(new LeaseLost('order:1')) },
    );

    await assert.rejects(center.ordering.createCart(customerId, [], requestId), LeaseLost);

    assert.equal(server.requests.length, 1);
  });

  it('sends a write without one only once', async () => {
    const { center, server } = await startBench({ 'POST /webhooks/v1/registration/validationEvents': { status: 500 } });

    await assert.rejects(center.webhooks.test(), outside({ kind: 'unexpected', status: 500 }));

    assert.equal(server.requests.length, 1);
  });

  for (const status of [400, 403, 404, 405, 408, 409, 410, 412, 417]) {
    it(`never repeats after ${status}`, async () => {
      const { center, server, timer } = await startBench({ [`GET ${orders}`]: { status, json: { code: 1 } } });

      await assert.rejects(center.ordering.orders(customerId), outside({ status, code: '1' }));

      assert.equal(server.requests.length, 1);
      assert.deepEqual(timer.pauses, []);
    });
  }

  it('reads again when the connection breaks in the middle of the body', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}`]: [{ json: items([order]), cutAfter: 20 }, { json: items([order]) }],
    });

    assert.equal((await center.ordering.orders(customerId)).length, 1);
    assert.equal(server.requests.length, 2);
  });

  it('reads again when a good status comes with something that is no JSON, and quotes none of it', async () => {
    const { center, server } = await startBench({ [`GET ${orders}`]: { raw: '<html>ABCDE-FGHIJ</html>' } });

    await assert.rejects(center.ordering.orders(customerId), (error) => {
      assert.ok(!inspect(error, { depth: 9 }).includes('ABCDE'));
      return outside({ kind: 'unexpected', status: 200, isUncertain: true })(error);
    });
    assert.equal(server.requests.length, 4);
  });

  it('does not repeat an answer that is JSON but not as documented, and says where it is not', async () => {
    const { center, server } = await startBench({ [`GET ${orders}`]: { json: items([{ status: 'pending' }]) } });

    await assert.rejects(center.ordering.orders(customerId), (error) => {
      assert.match(String((error as MicrosoftError).description), /not as documented, at: /);
      return outside({ kind: 'unexpected' })(error);
    });
    assert.equal(server.requests.length, 1);
  });

  for (const [what, json] of [
    ['an empty object', {}],
    ['no items', { totalCount: 0, items: null }],
    ['an error of another shape', { error: 'something' }],
  ] as const) {
    it(`takes ${what} with a good status for no empty list`, async () => {
      const { center, lines } = await startBench({ [`GET ${orders}`]: { json } });

      await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'unexpected', status: 200 }));
      assert.ok(lines.some(({ level, text }) => level === 'warn' && text === 'answer not understood'));
    });
  }

  describe('with nothing in a good answer (204)', () => {
    const empty: Answer = { status: 204 };

    it('is an empty list, of whatever was asked for', async () => {
      const customer = `/v1/customers/${customerId}`;
      const lists = ['orders', 'subscriptions', 'entitlements', 'agreements', 'qualifications', 'products'];
      const routes = Object.fromEntries(lists.map((list) => [`GET ${customer}/${list}`, empty]));
      const { center, server, lines } = await startBench({
        ...{ ...routes, 'GET /v1/customers': empty, 'GET /v1/servicerequests': empty, 'GET /v1/auditrecords': empty },
      });
      const { ordering, keys, catalog, customers, tickets, changes, agreements } = center;

      const found = await Promise.all([
        ...[ordering.orders(customerId), ordering.subscriptions(customerId), keys.entitlements(customerId, 'US')],
        ...[catalog.products(customerId), agreements.confirmations(customerId), tickets.list('open')],
        ...[
          changes.orderRecords('order', { since: new Date(), maxPages: 1 }).then(({ records }) => records),
          customers.search('', 5).then(({ found }) => found),
        ],
      ]);

      for (const list of found) assert.deepEqual(list, []);
      assert.ok(server.requests.length >= lists.length);
      assert.ok(!lines.some(({ level }) => level === 'warn'));
    });

    it('is nothing that is there, where one thing was asked for', async () => {
      const paths = [`${orders}/o1`, orders, `/v1/customers/${customerId}`, '/v1/servicerequests/12'];
      const { center } = await startBench(Object.fromEntries(paths.map((path) => [`GET ${path}`, empty])));

      assert.equal(await center.ordering.order(customerId, 'o1'), undefined);
      assert.equal(await center.customers.find(customerId), undefined);
      assert.equal(await center.tickets.get('12'), undefined);
      await assert.rejects(center.billingProfiles.of(customerId), outside({ kind: 'not-found' }));
    });

    it('is no price where the market has no sheet', async () => {
      const { center } = await startBench({
        "GET /v1.0/sales/pricesheets(Market='US',PricesheetView='software')/$value": empty,
      });
      const item = { productId: 'P', skuId: '1', segment: 'commercial', billingCycle: 'one_time' };

      assert.equal(await center.catalog.unitPrice('US', item), undefined);
    });

    it('is no answer to a write', async () => {
      const line = { catalogItemId: 'P:1:A', quantity: 1, billingCycle: 'one_time' };
      const { center } = await startBench({ [`POST /v1/customers/${customerId}/carts`]: empty });

      await assert.rejects(center.ordering.createCart(customerId, [line], requestId), outside({ kind: 'unexpected' }));
    });
  });

  it('is told as refused where the refusal came with a good status, and is not repeated', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}`]: { json: { code: 400072, description: 'Not available.', data: ['Sold out'], source: 'X' } },
    });

    await assert.rejects(
      center.ordering.orders(customerId),
      outside({ kind: 'declined', status: 200, code: '400072', description: 'Not available. Sold out' }),
    );
    assert.equal(server.requests.length, 1);
  });

  it('that is refused with a page instead of words is told without them', async () => {
    const { center } = await startBench({ [`GET ${orders}`]: { status: 403, raw: '<html><p>Denied</p></html>' } });

    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'forbidden', description: undefined }));
  });

  it('calls a host that is not there unreachable', async () => {
    const bench = await startBench({});
    await bench.server.close();

    await assert.rejects(bench.center.customers.find(customerId), outside({ kind: 'unreachable', isPassing: true }));

    assert.equal(bench.timer.pauses.length, 3);
  });

  it('gives a call its time only', async () => {
    const { center, server } = await startBench(
      { 'POST /webhooks/v1/registration/validationEvents': { hang: true } },
      { timeoutMs: 250 },
    );
    const startedAt = Date.now();

    await assert.rejects(center.webhooks.test(), outside({ operation: 'testWebhook', kind: 'unreachable' }));

    assert.ok(Date.now() - startedAt < 5_000);
    assert.equal(server.requests.length, 1);
  });

  it('gives an operation four times as much, pauses included', async () => {
    const routes = { [`GET ${orders}/o1`]: { status: 500 } };
    const { center, server, timer } = await startBench(routes, { timeoutMs: 1_000 });

    await assert.rejects(center.ordering.order(customerId, 'o1'), outside({ kind: 'unexpected' }));

    assert.equal(server.requests.length, 3);
    assert.equal(timer.pauses.length, 2);
  });

  it('gives a list nine times as much, once', async () => {
    const { center, server } = await startBench({ [`GET ${orders}`]: { hang: true } }, { timeoutMs: 40 });
    const startedAt = performance.now();

    await assert.rejects(center.ordering.orders(customerId), outside({ operation: 'listOrders', kind: 'unreachable' }));

    assert.ok(performance.now() - startedAt > 300);
    assert.equal(server.requests.length, 1);
  });

  it('does not send what a slow sign-in has left no time for', async () => {
    const slow: Route = () => {
      bench.timer.advance(81_000);
      return { json: { expires_in: '3600', access_token: 'app-token' } };
    };
    const bench = await startBench({
      'POST /partner-tenant/oauth2/token': slow,
      [`PATCH ${orders}/o1`]: { json: { ...order, status: 'cancelled' } },
    });

    await assert.rejects(
      bench.center.ordering.cancel(customerId, 'o1', [], requestId),
      outside({ operation: 'cancelOrder', kind: 'unreachable' }),
    );

    assert.equal(bench.server.requests.length, 0);
  });

  it('cuts an answer off after 20 MB and does not ask for it again', async () => {
    const { center, server } = await startBench({ [`GET ${orders}`]: { raw: Buffer.alloc(21 * 1024 * 1024, 0x20) } });

    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'unexpected' }));

    assert.equal(server.requests.length, 1);
  });

  it('does not follow a redirect', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}`]: { status: 302, headers: { Location: '/elsewhere' } },
    });

    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'unexpected', status: 302 }));
    assert.ok(server.requests.every(({ path }) => path !== '/elsewhere'));
  });

  it('logs the outcome of a write with what support asks for, and no read that succeeds', async () => {
    const path = `/v1/customers/${customerId}/carts`;
    const { center, lines } = await startBench({
      [`POST ${path}`]: { status: 201, headers: { 'MS-CorrelationId': 'theirs' }, json: cart },
      [`GET ${path}/c1`]: { json: cart },
    });
    const line = { catalogItemId: 'P:1:A', quantity: 1, billingCycle: 'one_time' };

    await center.ordering.createCart(customerId, [line], requestId);
    await center.ordering.cart(customerId, 'c1');

    assert.deepEqual(
      lines.filter(({ level }) => level !== 'debug'),
      [
        {
          level: 'info',
          facts: { operation: 'createCart', status: 201, requestId, correlationId: 'theirs' },
          text: 'done at Partner Center',
        },
      ],
    );
  });

  it('logs each refusal with what support asks for', async () => {
    const { center, lines } = await startBench({
      [`PATCH ${orders}/o1`]: {
        status: 400,
        headers: { 'MS-CorrelationId': 'theirs' },
        json: { code: 900117, description: 'The 30-day window has passed.' },
      },
    });

    await assert.rejects(center.ordering.cancel(customerId, 'o1', [], requestId));

    const [line, ...others] = lines.filter(({ level }) => level !== 'debug');
    assert.deepEqual(others, []);
    assert.deepEqual(line, {
      level: 'info',
      facts: {
        ...{ operation: 'cancelOrder', kind: 'declined', status: 400, code: '900117' },
        ...{ requestId, correlationId: 'theirs' },
      },
      text: 'refused by Partner Center',
    });
  });

  it('keeps tokens, bodies and secrets out of errors and logs', async () => {
    const { center, lines } = await startBench({
      [`GET ${orders}`]: { status: 500, raw: 'SECRET-BODY app-token-1' },
    });

    const error = await center.ordering.orders(customerId).catch((caught: unknown) => caught);

    const written = inspect([error, lines], { depth: 12 });
    for (const secret of ['app-token', 'SECRET-BODY', 'the-client-secret', 'configured-refresh-token']) {
      assert.ok(!written.includes(secret), secret);
    }
    assert.equal((error as Error).message, "Call to 'listOrders' failed (500)");
  });

  it('says which call failed, with status and code', async () => {
    const path = `/v1/customers/${customerId}/carts/x/checkout`;
    const { center } = await startBench({ [`POST ${path}`]: { status: 409, json: { code: 800027 } } });

    await assert.rejects(center.ordering.checkout(customerId, 'x', requestId), {
      message: "Call to 'checkoutCart' failed (409, 800027)",
      service: 'Partner Center',
    });
  });

  it('takes the first correlation id where the service doubles it', async () => {
    const { center } = await startBench({
      [`GET ${orders}`]: { status: 400, headers: { 'MS-CorrelationId': `${requestId},${requestId}` } },
    });

    await assert.rejects(center.ordering.orders(customerId), outside({ correlationId: requestId }));
  });

  it('does not wait for a sign-in that hangs when it is closed', async () => {
    const { center, server } = await startBench({ 'POST /partner-tenant/oauth2/token': { hang: true } });
    const call = center.ordering.orders(customerId).catch((error: unknown) => error);
    while (server.signIns.length === 0) await new Promise(setImmediate);
    const startedAt = Date.now();

    await center.close();

    assert.ok(Date.now() - startedAt < 10_000);
    outside({ kind: 'unreachable' })(await call);
  });

  it('takes no calls after close', async () => {
    const { center, server } = await startBench({ [`GET ${orders}`]: { json: items([]) } });
    await center.close();

    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'unreachable' }));
    assert.equal(server.requests.length, 0);
  });
});

describe('reading a body', () => {
  afterEach(closeBenches);

  const json = JSON.stringify(items([order]));
  const encodings: Readonly<Record<string, Uint8Array>> = {
    'with a UTF-8 byte order mark': Buffer.from(`\ufeff${json}`),
    'with a byte order mark that became a question mark': Buffer.from(`?${json}`),
    'in UTF-16 with a mark': Buffer.from(`\ufeff${json}`, 'utf16le'),
    'in UTF-16 without a mark': Buffer.from(json, 'utf16le'),
    'in big-endian UTF-16': Buffer.from(`\ufeff${json}`, 'utf16le').swap16(),
    'in PascalCase': Buffer.from(json.replace(/"(\w)(\w*)":/g, (_, first, rest) => `"${first.toUpperCase()}${rest}":`)),
  };
  for (const [name, raw] of Object.entries(encodings)) {
    it(`reads one ${name}`, async () => {
      const { center } = await startBench({ [`GET ${orders}`]: { raw } });

      const [found] = await center.ordering.orders(customerId);

      assert.equal(found?.id, 'o1');
      assert.equal(found?.status, 'completed');
    });
  }
});

describe('throttling', () => {
  afterEach(closeBenches);

  const busy = { status: 429, headers: { 'Retry-After': '57' }, json: { statusCode: 429, message: 'Rate limit.' } };

  it('waits as long as it is told to and goes on', async () => {
    const { center, timer } = await startBench({ [`GET ${orders}`]: [busy, { json: items([order]) }] });

    assert.equal((await center.ordering.orders(customerId)).length, 1);
    assert.deepEqual(timer.pauses, [57_000]);
  });

  it('holds back the other calls to the same host too', async () => {
    const path = `/v1/customers/${customerId}/subscriptions`;
    const { center, server, timer } = await startBench({
      [`GET ${orders}`]: { ...busy, headers: { 'Retry-After': '100' } },
      [`GET ${path}`]: { json: items([]) },
    });

    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'throttled', retryAfterMs: 100_000 }));
    await assert.rejects(center.ordering.subscriptions(customerId), outside({ kind: 'throttled' }));
    assert.equal(server.requests.length, 1);

    timer.advance(60_000);
    await center.ordering.subscriptions(customerId);

    assert.deepEqual(timer.pauses, [40_000]);
    assert.equal(server.requests.length, 2);
  });

  it('stops the calls that go to the same host at the same time, and lets them all go on', async () => {
    const path = `/v1/customers/${customerId}/subscriptions`;
    const { center, server, timer } = await startBench({
      [`GET ${orders}`]: [{ ...busy, headers: { 'Retry-After': '30' } }, { json: items([]) }],
      [`GET ${path}`]: [{ status: 500 }, { json: items([]) }],
    });

    await Promise.all([center.ordering.orders(customerId), center.ordering.subscriptions(customerId)]);

    const total = timer.pauses.reduce((sum, ms) => sum + ms, 0);
    assert.ok(total >= 30_000, `paused for ${timer.pauses}`);
    assert.equal(server.requests.length, 4);
  });

  it('of the directory leaves calls alone that have their token, and is not asked again before its time', async () => {
    const entitlements = `/v1/customers/${customerId}/entitlements`;
    const slowDown: Route = ({ text }) =>
      text.includes('refresh_token')
        ? { status: 429, headers: { 'Retry-After': '100' } }
        : { json: { expires_in: '3600', access_token: 'app-token' } };
    const { center, server, timer } = await startBench({
      'POST /partner-tenant/oauth2/token': slowDown,
      [`GET ${orders}`]: { json: items([order]) },
      [`GET ${entitlements}`]: { json: items([]) },
    });

    const throttled = outside({ operation: 'signIn', kind: 'throttled', retryAfterMs: 100_000 });
    await center.ordering.orders(customerId);
    await assert.rejects(center.keys.entitlements(customerId, 'US'), throttled);
    await center.ordering.orders(customerId);
    await assert.rejects(center.keys.entitlements(customerId, 'US'), throttled);

    assert.deepEqual(timer.pauses, []);
    assert.equal(server.signIns.length, 2);
  });

  it('stops a call too that was still waiting for its sign-in', async () => {
    const entitlements = `/v1/customers/${customerId}/entitlements`;
    const signedIn = Promise.withResolvers<void>();
    const { center, server, timer } = await startBench({
      'POST /partner-tenant/oauth2/token': async ({ text }) => {
        if (text.includes('refresh_token')) await signedIn.promise;
        return { json: { expires_in: '3600', access_token: 'a-token' } };
      },
      [`GET ${orders}`]: { ...busy, headers: { 'Retry-After': '100' } },
      [`GET ${entitlements}`]: { json: items([]) },
    });

    const waiting = center.keys.entitlements(customerId, 'US');
    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'throttled' }));
    signedIn.resolve();

    await assert.rejects(waiting, outside({ kind: 'throttled', retryAfterMs: 100_000 }));
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      [orders],
    );
    assert.deepEqual(timer.pauses, []);
  });

  it('is believed for as long as it says, and told at once meanwhile', async () => {
    const { center, server, timer } = await startBench({
      [`GET ${orders}`]: [{ ...busy, headers: { 'Retry-After': '600' } }, { json: items([order]) }],
    });

    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'throttled', retryAfterMs: 600_000 }));
    timer.advance(130_000);
    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'throttled', retryAfterMs: 470_000 }));
    assert.equal(server.requests.length, 1);
    timer.advance(470_000);

    assert.equal((await center.ordering.orders(customerId)).length, 1);
    assert.deepEqual(timer.pauses, []);
  });

  describe('of one process', () => {
    /** Two processes in front of the same server. */
    async function startTwo(rateLimits: SharedRateLimits) {
      const one = await startBench(
        { [`GET ${orders}`]: { ...busy, headers: { 'Retry-After': '100' } } },
        { rateLimits },
      );
      const two = await startBench({}, { rateLimits, url: one.server.url, authority: one.server.url });
      return { one, two };
    }

    it('stops the others too, and ends for all', async () => {
      const known = new Map<string, number>();
      const rateLimits: SharedRateLimits = {
        heldUntil: async (host) => known.get(host),
        hold: async (host, until) => void known.set(host, until),
      };
      const { one, two } = await startTwo(rateLimits);

      const throttled = outside({ kind: 'throttled', retryAfterMs: 100_000 });
      await assert.rejects(one.center.ordering.orders(customerId), throttled);
      await assert.rejects(two.center.ordering.orders(customerId), throttled);
      assert.equal(one.server.requests.length, 1);
      two.timer.advance(100_000);
      await assert.rejects(two.center.ordering.orders(customerId), throttled);

      assert.equal(one.server.requests.length, 2);
    });

    it('is looked up again beside the calls: they do not wait for it, and the next one knows', async () => {
      let looks = 0;
      let tell: (until: number) => void = () => undefined;
      const later = new Promise<number>((resolve) => {
        tell = resolve;
      });
      const rateLimits: SharedRateLimits = {
        heldUntil: async () => {
          looks += 1;
          return looks === 1 ? undefined : later;
        },
        hold: async () => undefined,
      };
      const { center, timer } = await startBench({ [`GET ${orders}`]: { json: items([]) } }, { rateLimits });
      await center.ordering.orders(customerId);
      await center.ordering.orders(customerId);
      assert.equal(looks, 1);
      timer.advance(5_000);

      assert.deepEqual(await center.ordering.orders(customerId), []);
      assert.equal(looks, 2);
      tell(timer.now() + 100_000);
      await later;
      await new Promise(setImmediate);

      await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'throttled', retryAfterMs: 100_000 }));
    });

    it('stops no call where what the others were told cannot be known', async () => {
      const { one, two } = await startTwo({
        heldUntil: () => Promise.reject(new Error('the database is away')),
        hold: () => new Promise(() => {}),
      });

      await assert.rejects(one.center.ordering.orders(customerId), outside({ kind: 'throttled' }));
      await assert.rejects(two.center.ordering.orders(customerId), outside({ kind: 'throttled' }));

      assert.equal(one.server.requests.length, 2);
      assert.ok(two.lines.some(({ level, text }) => level === 'warn' && /other processes/.test(text)));
    });
  });

  it('waits until a date, by the clock of whoever named it', async () => {
    const { center, timer } = await startBench({
      [`GET ${orders}`]: [
        {
          status: 429,
          headers: { Date: 'Sun, 01 Mar 2026 09:00:00 GMT', 'Retry-After': 'Sun, 01 Mar 2026 09:00:42 GMT' },
        },
        { json: items([]) },
      ],
    });

    await center.ordering.orders(customerId);

    assert.deepEqual(timer.pauses, [42_000]);
  });

  it('backs off further on a second refusal without a header', async () => {
    const bare = { status: 429 };
    const { center, timer } = await startBench({ [`GET ${orders}`]: [bare, bare, { json: items([]) }] });

    await center.ordering.orders(customerId);

    assert.deepEqual(timer.pauses, [1_000, 2_000]);
  });

  it('gives up after three waits', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}`]: { status: 429, headers: { 'Retry-After': '1' } },
    });

    await assert.rejects(center.ordering.orders(customerId), outside({ kind: 'throttled', isPassing: true }));
    assert.equal(server.requests.length, 4);
  });

  it('honours Retry-After of a service that is away', async () => {
    const { center, timer } = await startBench({
      [`GET ${orders}`]: [{ status: 503, headers: { 'Retry-After': '7' } }, { json: items([]) }],
    });

    await center.ordering.orders(customerId);

    assert.deepEqual(timer.pauses, [7_000]);
  });
});

describe('a refused token', () => {
  afterEach(closeBenches);

  it('is renewed once', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}`]: ({ headers }) =>
        headers.authorization === 'Bearer app-token-1' ? { status: 401 } : { json: items([order]) },
    });

    assert.equal((await center.ordering.orders(customerId)).length, 1);
    assert.equal(server.signIns.length, 2);
    assert.equal(server.requests.length, 2);
  });

  it('and refused again is `unauthorized`, with the remedy', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}`]: { status: 401, json: { code: 900420, description: 'Audience not supported.' } },
    });

    await assert.rejects(center.ordering.orders(customerId), (error) => {
      assert.match(String((error as MicrosoftError).description), /^Audience not supported\. .*PARTNER_CENTER_URL/);
      return outside({ kind: 'unauthorized', code: '900420' })(error);
    });
    assert.equal(server.requests.length, 2);
  });

  it('of the application is replaced by the person’s where the call wants a person (900329)', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}`]: ({ headers }) =>
        headers.authorization?.startsWith('Bearer app')
          ? { status: 403, json: { code: 900329, description: 'App only not allowed.' } }
          : { json: items([order]) },
    });

    assert.equal((await center.ordering.orders(customerId)).length, 1);
    assert.match(String(server.requests[1]?.headers.authorization), /^Bearer user-token/);
  });

  it('is shared by parallel calls when it is renewed', async () => {
    const { center, server } = await startBench({
      [`GET ${orders}`]: ({ headers }) =>
        headers.authorization === 'Bearer app-token-1' ? { status: 401 } : { json: items([order]) },
    });

    await Promise.all(Array.from({ length: 5 }, () => center.ordering.orders(customerId)));

    assert.equal(server.signIns.length, 2);
  });
});
