import assert from 'node:assert/strict';
import { createSubscriber } from '../../src/partner-center/subscriber.ts';
import { closeBenches, createLogBook, startBench } from './client.ts';
import type { Answer } from './server.ts';

const root = '/webhooks/v1/registration';
const url = 'https://desk.example/webhooks/partner-center';
const offered = { json: ['test-created', 'subscription-updated', 'invoice-ready'] };
const ours = { SubscriberId: 's1', WebhookUrl: url, WebhookEvents: offered.json };

describe('the subscriber to Partner Center’s events', () => {
  afterEach(closeBenches);

  async function start(routes: Record<string, Answer | Answer[]>, kept?: string) {
    const bench = await startBench({ [`GET ${root}/events`]: offered, ...routes });
    const { lines, log } = createLogBook();
    const memory = { url: kept };
    const subscriber = createSubscriber({
      webhooks: bench.center.webhooks,
      url,
      former: { load: async () => memory.url, save: async (given) => void Object.assign(memory, { url: given }) },
      timer: bench.timer,
      log,
    });
    return { ...bench, subscriber, lines, memory };
  }

  it('registers once, says so, and remembers where', async () => {
    const { subscriber, server, lines, memory, timer } = await start({ [`POST ${root}`]: { json: ours } });

    await Promise.all([subscriber.look(), subscriber.look()]);
    timer.advance(60_000);
    await subscriber.look();

    assert.equal(server.requests.filter(({ method }) => method === 'POST').length, 1);
    assert.equal(server.requests.length, 3);
    assert.equal(memory.url, url);
    assert.deepEqual(lines, [
      {
        level: 'info',
        facts: { outcome: 'registered', url, events: offered.json },
        text: 'partner center webhook',
      },
    ]);
  });

  it('looks again after a day, as others may register too', async () => {
    const { subscriber, server, memory, timer } = await start({ [`GET ${root}`]: { json: ours } });

    await subscriber.look();
    assert.equal(memory.url, url);
    timer.advance(25 * 60 * 60_000);
    await subscriber.look();

    assert.equal(server.requests.length, 4);
  });

  it('leaves somebody else’s registration alone and tells the operator what to do', async () => {
    const { subscriber, server, lines, memory } = await start({
      [`GET ${root}`]: { json: { ...ours, WebhookUrl: 'https://erp.example/hook?code=s3cret' } },
    });

    await subscriber.look();

    assert.ok(server.requests.every(({ method }) => method === 'GET'));
    assert.equal(memory.url, undefined);
    assert.equal(lines[0]?.level, 'warn');
    assert.match(
      JSON.stringify(lines[0]?.facts),
      /"outcome":"foreign".*erp\.example.*one registration for each tenant/,
    );
    assert.doesNotMatch(JSON.stringify(lines), /s3cret/);
  });

  it('takes its own registration along when PUBLIC_URL changes', async () => {
    const old = 'https://old.example/webhooks/partner-center';
    const { subscriber, memory, lines } = await start(
      { [`GET ${root}`]: { json: { ...ours, WebhookUrl: old } }, [`PUT ${root}`]: { json: ours } },
      old,
    );

    await subscriber.look();

    assert.equal(memory.url, url);
    assert.match(JSON.stringify(lines[0]), /replaced/);
  });

  it('never throws, and tries again after ten minutes', async () => {
    const { subscriber, server, lines, timer } = await start({
      [`GET ${root}`]: [{ status: 403, json: { code: 900308 } }, { json: ours }],
    });

    const reads = () => server.requests.filter(({ path }) => path === root).length;

    await subscriber.look();
    await subscriber.look();
    const before = reads();
    timer.advance(11 * 60_000);
    await subscriber.look();

    assert.deepEqual([before, reads()], [1, 2]);
    assert.deepEqual(
      lines.map(({ level, facts }) => [level, (facts as { outcome?: string }).outcome]),
      [
        ['warn', 'failed'],
        ['info', 'kept'],
      ],
    );
  });

  it('ends with the client, without a word', async () => {
    const { subscriber, server, lines, center } = await start({ [`GET ${root}`]: { hang: true } });
    const looking = subscriber.look();
    while (server.requests.length === 0) await new Promise(setImmediate);
    const closed = subscriber.close();

    await Promise.all([center.close(), closed, looking]);
    await subscriber.look();

    assert.deepEqual(lines, []);
  });
});
