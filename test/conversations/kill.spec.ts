import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestApp, type TestApp } from '../support/app.ts';
import { beforeDeciding } from '../support/before-deciding.ts';
import { orderIn, referenceOn, servers, ticketsNaming } from '../support/cancellation-steps.ts';
import type { Conversation } from '../support/conversation.ts';
import { freshDatabase } from '../support/databases.ts';
import { runToEnd } from '../support/process.ts';
import { argumentsOfChildren, showsArguments } from '../support/process-arguments.ts';
import { newOrders, orderNumberOn, toReview, untilCard } from '../support/purchase-steps.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';

type Call = { readonly method: string; readonly path: string };

/** As long as it takes until the job takes over, also where the dead process's leases have to run out first. */
const patienceMs = 60_000;

/** Whoever is on the machine reads the arguments of processes, but not their environment. */
const secrets = ['canary-of-a-metrics-token', 'canary-of-a-sealing-key-0123456789abcdef'] as const;
const keyPattern = /SMPLE(?:-[A-Z0-9]{5}){4}/g;

describe('a process', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ METRICS_TOKEN: secrets[0], SEALING_KEY: secrets[1] }, { asProcess: true });
  });
  after(() => app.stop());

  const calls = async (method: string, path: RegExp): Promise<number> =>
    ((await app.simulator('GET', 'requests')) as Call[]).filter(
      (call) => call.method === method && path.test(call.path),
    ).length;

  it('has no secret, key or name in its arguments, nor in those of what it starts', async function () {
    if (!showsArguments) return skip(this, 'only Linux shows the arguments of a process');
    const ada = app.in('channel');
    await ada.says(`keys ${servers}`);
    await ada.presses('Get key', { Version: '2022', Language: 'Polish' });
    const shown = await app.connector.until(
      () => app.connector.requests.flatMap(({ text }) => text.match(keyPattern) ?? []).at(0),
      'the key',
    );

    const started = argumentsOfChildren();

    assert.ok(
      started.some((text) => text.includes('src/main.ts')),
      'it was found',
    );
    const address = app.database.databaseUrl ?? [];
    const never = [shown, ...secrets, 'Contoso', 'Ada Nowak', servers].concat(address);
    for (const text of started) assert.deepEqual([text, never.filter((one) => text.includes(one))], [text, []]);
  });

  it('that is killed between Confirm or Submit and the end leaves one order, one ticket, one cancellation, says so, and has its drafts', async () => {
    const prepared = await beforeDeciding(app, {
      ...{ open: (where) => app.in(where), tickets: ['channel', 'personal'], now: 'channel' },
    });
    const { first, second, tickets, cancelled: atOnce, known } = prepared;
    const [ticket = first, filed = first] = tickets;
    const talks = {
      ...{ hanging: first.talk, done: second.talk, now: atOnce.talk },
      ...{ ticket: ticket.talk, filed: filed.talk },
    };
    const review = talks.hanging.card();
    const bert = app.in('channel', 'bert');
    await bert.says('buy contoso');
    const question = bert.card();
    const forEver = { delayMs: 120_000, times: 10 };
    await app.fault(
      { method: 'POST', path: `${first.customerId}.*/checkout$`, ...forEver },
      // The work is done, the answer never comes.
      { method: 'POST', path: `${second.customerId}.*/checkout$`, dropAfterWork: true },
      { method: 'POST', path: `${second.customerId}.*/checkout$`, ...forEver },
      { method: 'PATCH', path: `/orders/${atOnce.order}`, dropAfterWork: true },
      { method: 'PATCH', path: `/orders/${atOnce.order}`, ...forEver },
      { method: 'POST', path: '/servicerequests/', dropAfterWork: true },
      { method: 'POST', path: '/servicerequests/', ...forEver },
    );

    const presses = [
      talks.hanging.presses('Confirm'),
      talks.done.presses('Confirm'),
      talks.filed.presses('Submit'),
      talks.now.presses('Submit'),
    ].map((press) => press.catch(() => undefined));
    await waitUntil(async () => (await calls('POST', /servicerequests\//)) >= 2, 'the second try at the ticket');
    presses.push(talks.ticket.presses('Submit').catch(() => undefined));
    await waitUntil(async () => (await calls('POST', /\/checkout$/)) >= 3, 'the second try at the checkout');
    await waitUntil(async () => (await calls('PATCH', /\/orders\//)) >= 2, 'the second try at the cancellation');
    await waitUntil(async () => (await calls('POST', /servicerequests\//)) >= 3, 'the ticket that hangs');
    await app.kill();
    await Promise.all(presses);
    await app.start();
    const next = await bert.goes('Review order', { Product: 'Access LTSC 2024' }, question);
    const impatient = await talks.hanging.presses('Confirm', {}, review);

    const [hanging, done] = await Promise.all([
      untilCard(app, talks.hanging, /Ordered: 2 ×/, patienceMs),
      untilCard(app, talks.done, /Ordered: 2 ×/, patienceMs),
    ]);
    const cases = await Promise.all(
      [talks.ticket, talks.filed].map((talk) => untilCard(app, talk, /waiting for Microsoft|completed/, patienceMs)),
    );
    const cancelled = await untilCard(app, talks.now, /being cancelled|completed/, patienceMs);

    assert.match(next.text, /Please check the order\n[\s\S]*Access LTSC 2024/);
    assert.doesNotMatch(impatient.card?.text ?? '', /Confirm/);
    const made = await newOrders(app, known);
    assert.deepEqual(made.map(({ id }) => id).sort(), [orderNumberOn(hanging), orderNumberOn(done)].sort());
    for (const card of cases) assert.equal((await ticketsNaming(app, referenceOn(card))).length, 1);
    for (const talk of [talks.hanging, talks.done])
      assert.ok(talk.cards().every(({ view }) => !view.buttons.some((title) => title.startsWith('Confirm'))));

    await app.advance(60);
    const told = (talk: Conversation, card: typeof cancelled) =>
      app.connector.until(
        () => talk.cards().filter(({ view }) => view.text.includes(`${referenceOn(card)} has completed`)).length === 1,
        'the notice',
        patienceMs,
      );
    await Promise.all([
      told(talks.ticket, cases[0] ?? cancelled),
      told(talks.filed, cases[1] ?? cancelled),
      told(talks.now, cancelled),
    ]);
    for (const { order } of [...tickets, atOnce])
      assert.equal(orderIn(await app.state('orders'), order).status, 'cancelled');
  }).timeout(180_000);

  it('refuses a data folder that another process uses, in one clear message', async function () {
    if (app.database.databaseUrl) skip(this, 'the data is on a server');
    const { code, stdout, stderr } = await runToEnd(
      { PORT: '0', SIMULATOR_PORT: '0', DATA_DIR: app.database.dataDir },
      app.database.dataDir,
    );

    assert.equal(code, 1);
    assert.ok(stderr.includes(app.database.dataDir), stderr);
    assert.match(stderr, /in use|another process|already/i);
    assert.doesNotMatch(stderr, /\n\s+at /);
    assert.doesNotMatch(stdout, /listens/);
  });

  it('lets turns in flight finish on SIGTERM, and ends with 0', async () => {
    const ada = app.in('channel');
    await toReview(ada);
    await app.fault({ method: 'POST', path: '/checkout$', delayMs: 1500 });
    const press = ada.presses('Confirm');
    await waitUntil(
      async () => ((await app.simulator('GET', 'requests')) as Call[]).some(({ path }) => path.endsWith('/checkout')),
      'the checkout to begin',
    );

    const code = await app.terminate();
    const { card } = await press;

    assert.equal(code, 0);
    assert.match(card?.text ?? '', /Ordered: 2 ×/);
    assert.match(ada.card().view.text, /Ordered: 2 ×/);
  }).timeout(60_000);

  it('says which port is taken, in one clear message', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const variables = [
      { PORT: String(port), SIMULATOR_PORT: '0' },
      { PORT: '0', SIMULATOR_PORT: String(port) },
    ];

    const ends = variables.map(async (taken) => {
      const { dataDir, databaseUrl, cleanUp } = await freshDatabase();
      const end = await runToEnd({ ...taken, DATA_DIR: dataDir, DATABASE_URL: databaseUrl }, dataDir);
      await cleanUp();
      return end;
    });

    for (const { code, stderr } of await Promise.all(ends)) {
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`\\b${port}\\b`));
      assert.match(stderr, /PORT/);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
    await new Promise((resolve) => server.close(resolve));
  }).timeout(60_000);

  it('names every variable that is wrong, and does not listen', async () => {
    const { code, stdout, stderr } = await runToEnd(
      { PORT: 'many', KEY_REVEAL: 'loudly', KEY_REVEAL_SECONDS: '1', TRACK_SECONDS: '0' },
      app.database.dataDir,
    );

    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /listens/);
    for (const name of ['PORT', 'KEY_REVEAL', 'KEY_REVEAL_SECONDS', 'TRACK_SECONDS'])
      assert.match(stderr, new RegExp(`\\b${name}\\b`));
    assert.doesNotMatch(stderr, /\n\s+at /);
  });
});
