import assert from 'node:assert/strict';
import { DeliveryError } from '../../../src/domain/errors.ts';
import { createAllows } from '../../../src/teams/hosts.ts';
import { createSend, type Outbound, type SenderParts } from '../../../src/teams/outbound/send.ts';
import { createSendQueue } from '../../../src/teams/outbound/send-queue.ts';
import { type StubConnector, startStubConnector } from '../../support/stub-connector.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { readableLog } from '../parts.ts';

describe('send', () => {
  let connector: StubConnector;
  const pauses: number[] = [];
  const { log, text: logged } = readableLog();

  const sender = (parts: Partial<SenderParts> = {}) =>
    createSend({
      allows: createAllows(['127.0.0.1']),
      token: async () => 'the-token',
      log,
      wait: async (ms) => void pauses.push(ms),
      ...parts,
    });
  const outbound = (method: Outbound['method'], more: Partial<Outbound> = {}): Outbound => ({
    method,
    serviceUrl: connector.url,
    path: 'v3/conversations/a/activities',
    queueKey: 'a',
    body: method === 'DELETE' ? undefined : { text: 'hello' },
    ...more,
  });

  async function fails(work: Promise<unknown>): Promise<DeliveryError> {
    const error = await work.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    assert.ok(error instanceof DeliveryError);
    return error;
  }

  beforeEach(async () => {
    pauses.length = 0;
    connector = await startStubConnector({ takesAll: true });
  });
  afterEach(() => connector.close());

  it('gives back the id of what was made', async () => {
    connector.plan({ status: 201, body: { id: 'm42' } });

    assert.equal(await sender()(outbound('POST')), 'm42');
    assert.equal(connector.requests[0]?.url, '/emea/v3/conversations/a/activities');
    assert.deepEqual(connector.requests[0]?.body, { text: 'hello' });
  });

  it('adds the slash that a service address may lack', async () => {
    await sender()(outbound('POST', { serviceUrl: connector.url.slice(0, -1) }));

    assert.equal(connector.requests[0]?.url, '/emea/v3/conversations/a/activities');
  });

  it('marks what is for one person in the query', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const) await sender()(outbound(method, { isTargeted: true }));

    assert.ok(connector.requests.every(({ url }) => url.endsWith('?isTargetedActivity=true')));
  });

  it('never sends a token in clear', async () => {
    await sender()(outbound('POST'));

    assert.equal(connector.requests[0]?.headers.authorization, undefined);
  });

  it('sends nothing to a host that is not allowed', async () => {
    const error = await fails(sender({ allows: createAllows(['localhost']) })(outbound('POST')));

    assert.deepEqual([error.kind, error.code, connector.requests.length], ['final', 'HostNotAllowed', 0]);
  });

  it('follows no redirect', async () => {
    connector.plan({ status: 307, headers: { location: `${connector.url}elsewhere` } });

    assert.equal((await fails(sender()(outbound('POST')))).kind, 'final');
    assert.equal(connector.requests.length, 1);
  });

  for (const status of [408, 500, 502, 503, 504]) {
    it(`posts once and is unsure after ${status}, because the message may be there`, async () => {
      connector.plan({ status });

      const error = await fails(sender()(outbound('POST')));
      assert.deepEqual([error.kind, error.status, connector.requests.length], ['unsure', status, 1]);
    });

    it(`repeats an edit and a deletion after ${status}`, async () => {
      connector.plan({ status }, { status: 200 }, { status }, { status }, { status: 200 });

      await sender()(outbound('PUT'));
      await sender()(outbound('DELETE'));
      assert.equal(connector.requests.length, 5);
    });
  }

  for (const status of [500, 503]) {
    it(`posts an answer again after ${status}, which comes before the work`, async () => {
      connector.plan({ status }, { status: 201, body: { id: 'm3' } });

      assert.equal(await sender()(outbound('POST', { isAnswer: true })), 'm3');
    });
  }

  for (const status of [408, 502, 504]) {
    it(`is unsure of an answer after ${status}, which comes behind the work`, async () => {
      connector.plan({ status });

      assert.equal((await fails(sender()(outbound('POST', { isAnswer: true })))).kind, 'unsure');
      assert.equal(connector.requests.length, 1);
    });
  }

  it('posts an answer again when the connection was cut, and is unsure when that goes on', async () => {
    const cut = { fault: 'drop' } as const;
    connector.plan(cut, { status: 201, body: { id: 'm3' } }, cut, cut, cut);

    assert.equal(await sender()(outbound('POST', { isAnswer: true })), 'm3');
    assert.equal((await fails(sender()(outbound('POST', { isAnswer: true })))).kind, 'unsure');
    assert.equal(connector.requests.length, 5);
  });

  it('waits longer where somebody waits for the answer', async () => {
    connector.plan({ status: 429, headers: { 'retry-after': '30' } });

    await sender()(outbound('POST', { isAnswer: true }));
    assert.deepEqual(pauses, [30_000]);
  });

  for (const [said, body] of [
    [
      'in a text within the message',
      { errorCode: 209, message: '{\r\n "subCode": "MessageWritesBlocked",\r\n "errorCode": null\r\n}' },
    ],
    [
      'in an object within the error',
      { error: { code: 'Forbidden', innererror: { subCode: 'MessageWritesBlocked' } } },
    ],
    ['in a text within the error', { error: { code: 'Forbidden', message: '{"subCode":"MessageWritesBlocked"}' } }],
    ['beside the error', { error: { code: 'MessageWritesBlocked', message: '{not JSON' } }],
    ['without an error around it', { code: 'MessageWritesBlocked' }],
  ] as const) {
    it(`reads the code of a refusal that stands ${said}`, async () => {
      connector.plan({ status: 403, body });

      const error = await fails(sender()(outbound('POST')));
      assert.deepEqual([error.code, error.hasReason, connector.requests.length], ['MessageWritesBlocked', true, 1]);
    });
  }

  it('gives an edit up after four tries, for later', async () => {
    connector.plan(...Array.from({ length: 5 }, () => ({ status: 503 })));

    assert.equal((await fails(sender()(outbound('PUT')))).kind, 'later');
    assert.deepEqual([connector.requests.length, pauses.length], [4, 3]);
  });

  it('repeats a post that was certainly not accepted, as late as it was asked to', async () => {
    connector.plan({ status: 429, headers: { 'retry-after': '2' } }, { status: 412 }, { status: 201 });

    await sender()(outbound('POST'));
    assert.equal(connector.requests.length, 3);
    assert.equal(pauses[0], 2000);
    assert.ok(pauses[1] !== undefined && pauses[1] > 0 && pauses[1] < 2000);
  });

  it('does not wait longer than ten seconds, but says how long it should be', async () => {
    connector.plan({ status: 429, headers: { 'retry-after': '3600' } });

    const error = await fails(sender()(outbound('POST')));
    assert.deepEqual([error.kind, error.retryAfterMs, pauses], ['later', 3_600_000, []]);
  });

  for (const [status, code, kind] of [
    [400, 'BadArgument', 'final'],
    [405, 'NotAllowed', 'final'],
    [413, 'MessageSizeTooBig', 'final'],
    [403, 'BotNotInConversationRoster', 'refused'],
    [403, 'MessageWritesBlocked', 'refused'],
    [404, 'ActivityNotFoundInConversation', 'refused'],
  ] as const) {
    it(`takes ${status} ${code} for an answer`, async () => {
      connector.plan({ status, body: { error: { code, message: 'hello' } } });

      const error = await fails(sender()(outbound('PUT')));
      assert.deepEqual([error.kind, error.status, error.code, connector.requests.length], [kind, status, code, 1]);
    });
  }

  for (const [status, code] of [
    [403, 'ServiceError'],
    [403, undefined],
    [404, 'ConversationNotFound'],
  ] as const) {
    const refusal = { status, body: code ? { error: { code, message: 'hello' } } : {} };

    it(`tries again after a single ${status} ${code ?? 'without a code'}, which comes between successes`, async () => {
      connector.plan(refusal, { status: 201, body: { id: 'm7' } }, refusal, { status: 200 }, refusal, { status: 200 });

      assert.equal(await sender()(outbound('POST', { isAnswer: true })), 'm7');
      await sender()(outbound('PUT'));
      await sender()(outbound('DELETE'));
      assert.equal(connector.requests.length, 6);
    });

    it(`gives up for now after three times ${status} ${code ?? 'without a code'}`, async () => {
      connector.plan(refusal, refusal, refusal, refusal);

      const error = await fails(sender()(outbound('POST', { isAnswer: true })));
      assert.deepEqual([error.kind, error.code, connector.requests.length], ['refused', code, 3]);
      assert.equal((await fails(sender()(outbound('POST')))).kind, 'refused');
      assert.equal(connector.requests.length, 4);
    });
  }

  it('is unsure about a post whose connection broke, and repeats an edit', async () => {
    connector.plan({ fault: 'drop' });
    assert.equal((await fails(sender()(outbound('POST')))).kind, 'unsure');

    connector.plan({ fault: 'drop' }, { status: 200 });
    await sender()(outbound('PUT'));
    assert.equal(connector.requests.length, 3);
  });

  it('does not wait for ever for an answer', async () => {
    connector.plan({ fault: 'hang' });

    const error = await fails(sender({ timeoutMs: 40 })(outbound('POST')));
    assert.deepEqual([error.kind, error.code], ['unsure', 'TIMEOUT']);
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const gone = await startStubConnector();
    await gone.close();

    const error = await fails(sender()(outbound('POST', { serviceUrl: gone.url })));
    assert.deepEqual([error.kind, error.code], ['later', 'ECONNREFUSED']);
  });

  it('is content with an answer without a body, or with a broken one', async () => {
    connector.plan({ status: 202, body: 'nonsense' });

    assert.equal(await sender()(outbound('POST')), undefined);
  });

  it('keeps the order within a conversation and does not hold up others', async () => {
    const begun: string[] = [];
    const release: (() => void)[] = [];
    const wait = () => new Promise<void>((resolve) => release.push(resolve));
    connector.plan({ status: 412 });
    const send = sender({ wait });

    const first = send(outbound('POST', { path: '1' })).then(() => begun.push('1'));
    await waitUntil(() => release.length === 1, 'the post to begin');
    const second = send(outbound('POST', { path: '2' })).then(() => begun.push('2'));
    await send(outbound('POST', { path: '3', queueKey: 'b' })).then(() => begun.push('3'));
    release[0]?.();
    await Promise.all([first, second]);

    assert.deepEqual(begun, ['3', '1', '2']);
  });

  it('lets seven messages a second into one conversation of Teams', async () => {
    const waits: number[] = [];
    const queue = createSendQueue(
      async (ms) => void waits.push(ms),
      () => 1_000_000,
    );

    await Promise.all(Array.from({ length: 8 }, () => queue.run('a', async () => undefined, true)));

    assert.deepEqual(waits, [1000]);
  });

  it('waits a second at the most, also where the clock was set back', async () => {
    const waits: number[] = [];
    const times = Array.from({ length: 8 }, (_, index) => 1_000_000 - index * 60_000);
    const queue = createSendQueue(
      async (ms) => void waits.push(ms),
      () => times.shift() ?? 0,
    );

    for (let count = 0; count < 8; count += 1) await queue.run('a', async () => undefined, true);

    assert.deepEqual(waits, [1000]);
  });

  it('does not keep a local look-alike of Teams waiting', async () => {
    const send = sender({ now: () => 1_000_000 });

    await Promise.all(Array.from({ length: 8 }, () => send(outbound('POST'))));

    assert.deepEqual(pauses, []);
  });

  it('tries once, and quietly, what is worth no more', async () => {
    connector.plan({ status: 429 });
    const before = logged();

    assert.equal((await fails(sender()(outbound('POST', { isBestEffort: true })))).kind, 'later');
    assert.deepEqual([connector.requests.length, logged()], [1, before]);
  });

  it('counts how it went', async () => {
    const seen: string[] = [];
    connector.plan({ status: 201 }, { status: 500 }, { status: 413 });
    const send = sender({ observe: (method, outcome) => seen.push(`${method} ${outcome}`) });

    await send(outbound('POST'));
    await fails(send(outbound('POST')));
    await fails(send(outbound('PUT')));

    assert.deepEqual(seen, ['POST sent', 'POST unsure', 'PUT final']);
  });

  it('logs neither what it sent nor the token nor the address', () => {
    assert.doesNotMatch(logged(), /hello|the-token|127\.0\.0\.1/);
    assert.match(logged(), /message not delivered/);
  });
});

describe('send with a token', () => {
  const { log } = readableLog();
  const serviceUrl = 'https://127.0.0.1:1/';
  const outbound = { method: 'POST', serviceUrl, path: 'x', queueKey: 'x', body: {} } as const;
  const allows = createAllows(['127.0.0.1']);

  it('asks for a token again, at once and for a minute, and can be tried later when none is to be had', async () => {
    const pauses: number[] = [];
    const wait = async (ms: number) => void pauses.push(ms);
    const token = () => Promise.reject(new Error('AADSTS7000215: the secret is wrong'));

    await assert.rejects(createSend({ allows, token, log, wait })(outbound), { kind: 'later', code: 'NoToken' });
    assert.equal(pauses[0], 0);
    assert.ok(pauses.reduce((sum, ms) => sum + ms, 0) >= 50_000);
  });

  it('goes on as soon as there is a token', async () => {
    const answers = [() => Promise.reject(new Error('503')), () => Promise.resolve('a token')];
    const token = () => answers.shift()?.() ?? Promise.resolve('a token');
    const wait = async () => undefined;

    // Nobody listens there: it was sent.
    const send = createSend({ allows, token, log, wait });
    await assert.rejects(send({ ...outbound, serviceUrl: 'https://127.0.0.1:65534/' }), { code: 'ECONNREFUSED' });
    assert.equal(answers.length, 0);
  });
});
