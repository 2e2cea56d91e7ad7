import assert from 'node:assert/strict';
import type { Timer } from '../../../src/microsoft/timer.ts';
import { createWebhookRegistrar } from '../../../src/partner-center/webhooks/registrar.ts';
import { closeBenches, startBench } from '../../support/partner-center-client.ts';
import { recordLog } from '../../support/recorded-log.ts';
import type { Answer } from '../../support/stub-partner-center.ts';

/** A pause that only an end ends. */
async function endlessPause(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

const root = '/webhooks/v1/registration';
const url = 'https://desk.example/webhooks/partner-center';
const offered = { json: ['test-created', 'subscription-updated', 'invoice-ready'] };
const ours = { SubscriberId: 's1', WebhookUrl: url, WebhookEvents: offered.json };

describe('the registrar of Partner Center’s events', () => {
  afterEach(closeBenches);

  const tried = { [`POST ${root}/validationEvents`]: { json: { correlationId: 'c1' } } };
  const resultOf = (status: string, ...results: object[]) => ({ json: { correlationId: 'c1', status, results } });
  const delivered = { responseCode: 'OK', responseMessage: '', systemError: false };
  const refused = { responseCode: 'Unauthorized', responseMessage: 'no', systemError: false };
  const result = `GET ${root}/validationEvents/c1`;

  async function start(routes: Record<string, Answer | Answer[]>, kept?: string, timer?: Timer) {
    const bench = await startBench({
      [`GET ${root}/events`]: offered,
      ...tried,
      [result]: resultOf('completed', delivered),
      ...routes,
    });
    const log = recordLog();
    const { lines } = log;
    const memory = { url: kept };
    const registrar = createWebhookRegistrar({
      webhooks: bench.center.webhooks,
      url,
      former: { load: async () => memory.url, save: async (given) => void Object.assign(memory, { url: given }) },
      timer: timer ?? bench.timer,
      log,
    });
    return { ...bench, registrar, lines, memory };
  }

  it('registers once, says so, and remembers where', async () => {
    const { registrar, server, lines, memory, timer } = await start({ [`POST ${root}`]: { json: ours } });

    await Promise.all([registrar.check(), registrar.check()]);
    timer.advance(60_000);
    await registrar.check();

    assert.equal(server.requests.filter(({ method, path }) => method === 'POST' && path === root).length, 1);
    assert.equal(memory.url, url);
    assert.deepEqual(lines.slice(0, 1), [
      {
        level: 'info',
        facts: { outcome: 'registered', url, events: offered.json },
        text: 'partner center webhook',
      },
    ]);
  });

  it('asks for one test event when it has registered, and says how that went', async () => {
    const { registrar, server, lines, timer } = await start({
      [`POST ${root}`]: { json: ours },
      [result]: [resultOf('started'), { status: 404 }, resultOf('failed', refused), resultOf('completed', delivered)],
    });

    await registrar.check();
    timer.advance(60_000);
    await registrar.check();

    assert.equal(server.requests.filter(({ path }) => path === `${root}/validationEvents`).length, 1);
    assert.equal(server.requests.filter(({ path }) => path === `${root}/validationEvents/c1`).length, 4);
    const attempts = [{ code: 'OK', message: '', isSystemError: false }];
    assert.deepEqual(lines.slice(1), [
      { level: 'info', facts: { status: 'completed', url, attempts }, text: 'partner center webhook test' },
    ]);
  });

  it('says what to look at where the test event did not get through', async () => {
    const { registrar, lines, memory } = await start(
      {
        [`GET ${root}`]: { json: { ...ours, WebhookUrl: 'https://desk.example/old' } },
        [`PUT ${root}`]: { json: ours },
        [result]: resultOf('failed', refused),
      },
      'https://desk.example/old',
    );

    await registrar.check();

    assert.equal(memory.url, url);
    const [{ level, text, facts } = { level: '', text: '', facts: {} }, ...others] = lines.slice(1);
    assert.deepEqual([level, text, others], ['warn', 'partner center webhook test', []]);
    assert.match(JSON.stringify(facts), /"status":"failed".*"Unauthorized".*"remedy":".*partner center event refused/);
  });

  it('warns, and stays registered, where no test event is to be had', async () => {
    const { registrar, lines, memory } = await start({
      [`POST ${root}`]: { json: ours },
      [`POST ${root}/validationEvents`]: { status: 500 },
    });

    await registrar.check();

    assert.equal(memory.url, url);
    assert.deepEqual(
      lines.map(({ level, text }) => [level, text]),
      [
        ['info', 'partner center webhook'],
        ['warn', 'partner center webhook test'],
      ],
    );
  });

  it('asks for no test event that it has not registered for', async () => {
    const json = { ...ours, WebhookEvents: ['invoice-ready'] };
    const { registrar, server } = await start({
      [`GET ${root}/events`]: { json: ['invoice-ready'] },
      [`POST ${root}`]: { json },
    });

    await registrar.check();

    assert.ok(server.requests.every(({ path }) => !path.includes('validationEvents')));
  });

  it('looks again after a day, as others may register too', async () => {
    const { registrar, server, memory, timer } = await start({ [`GET ${root}`]: { json: ours } });

    await registrar.check();
    assert.equal(memory.url, url);
    timer.advance(25 * 60 * 60_000);
    await registrar.check();

    assert.equal(server.requests.length, 4);
  });

  it('leaves somebody else’s registration alone and tells the operator what to do', async () => {
    const { registrar, server, lines, memory } = await start({
      [`GET ${root}`]: { json: { ...ours, WebhookUrl: 'https://erp.example/hook?code=s3cret' } },
    });

    await registrar.check();

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
    const { registrar, memory, lines } = await start(
      { [`GET ${root}`]: { json: { ...ours, WebhookUrl: old } }, [`PUT ${root}`]: { json: ours } },
      old,
    );

    await registrar.check();

    assert.equal(memory.url, url);
    assert.match(JSON.stringify(lines[0]), /replaced/);
  });

  it('never throws, and tries again after ten minutes', async () => {
    const { registrar, server, lines, timer } = await start({
      [`GET ${root}`]: [{ status: 403, json: { code: 900308 } }, { json: ours }],
    });

    const reads = () => server.requests.filter(({ path }) => path === root).length;

    await registrar.check();
    await registrar.check();
    const before = reads();
    timer.advance(11 * 60_000);
    await registrar.check();

    assert.deepEqual([before, reads()], [1, 2]);
    assert.deepEqual(
      lines.map(({ level, facts }) => [level, (facts as { outcome?: string }).outcome]),
      [
        ['warn', 'failed'],
        ['info', 'kept'],
      ],
    );
  });

  it('waits no longer for the result of the test when it ends', async () => {
    const timer = { now: () => 0, pause: (_ms: number, signal?: AbortSignal) => endlessPause(signal) };
    const { registrar, center, server, lines } = await start(
      { [`POST ${root}`]: { json: ours }, [result]: resultOf('started') },
      undefined,
      timer,
    );
    const checking = registrar.check();
    while (!server.requests.some(({ path }) => path === `${root}/validationEvents`)) await new Promise(setImmediate);

    await Promise.all([center.close(), registrar.close(), checking]);

    assert.equal(lines.length, 1);
  });

  it('ends with the client, without a word', async () => {
    const { registrar, server, lines, center } = await start({ [`GET ${root}`]: { hang: true } });
    const checking = registrar.check();
    while (server.requests.length === 0) await new Promise(setImmediate);
    const closed = registrar.close();

    await Promise.all([center.close(), closed, checking]);
    await registrar.check();

    assert.deepEqual(lines, []);
  });
});
