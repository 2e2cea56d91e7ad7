import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { gzipSync } from 'node:zlib';
import { createMetrics } from '../../src/server/metrics.ts';
import { createServer, type Server, type ServerParts } from '../../src/server/server.ts';
import type { Bot, BotAnswer } from '../../src/teams/bot.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import { readableLog } from '../teams/parts.ts';

const json = { 'content-type': 'application/json' };

describe('server', () => {
  let server: Server;
  let handled: { body: unknown; authorization?: string }[];
  let answer: () => Promise<BotAnswer>;
  let logged: () => string;

  async function start(parts: Partial<ServerParts> = {}): Promise<void> {
    const { log, text } = readableLog();
    logged = text;
    handled = [];
    answer = async () => ({ status: 200 });
    const turns = new Set<Promise<BotAnswer>>();
    const bot: Bot = {
      handle(request) {
        handled.push(request);
        const turn = answer();
        turns.add(turn);
        return turn;
      },
      settled: async () => void (await Promise.allSettled(turns)),
    };
    server = createServer({
      host: '127.0.0.1',
      port: 0,
      bot,
      readiness: async () => ({ problems: [], warnings: [] }),
      metrics: createMetrics(),
      log,
      ...parts,
    });
    await server.listen();
  }
  beforeEach(() => start());
  afterEach(() => server.close());

  async function restart(parts: Partial<ServerParts>): Promise<void> {
    await server.close();
    await start(parts);
  }
  const at = (path: string, init: RequestInit = {}) => fetch(`${server.url()}${path}`, init);
  /** All that comes until the server closes the connection; a byte more every so many milliseconds. */
  const sendRaw = async (text: string, dripMs?: number): Promise<string> => {
    const socket = connect(Number(new URL(server.url()).port), '127.0.0.1');
    let answered = '';
    socket.on('data', (bytes) => (answered += bytes));
    socket.on('error', () => undefined);
    socket.write(text);
    const drip = dripMs && setInterval(() => text && socket.write('a'), dripMs);
    // `once` would throw where the server resets the connection.
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    return answered;
  };
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
    at('/api/messages', { method: 'POST', headers, body });

  describe('POST /api/messages', () => {
    it('hands the body and the authorization to the bot, and gives its answer', async () => {
      answer = async () => ({ status: 200, body: { statusCode: 200 } });

      const response = await post('{"type":"message"}', { ...json, authorization: 'Bearer x' });

      assert.deepEqual(handled, [{ body: { type: 'message' }, authorization: 'Bearer x' }]);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { statusCode: 200 });
    });

    it("gives the bot's refusals, neutrally", async () => {
      for (const [status, error] of [
        [400, 'bad request'],
        [401, 'unauthorized'],
        [403, 'forbidden'],
      ] as const) {
        answer = async () => ({ status });
        const response = await post('{}');
        assert.deepEqual([response.status, await response.json()], [status, { error }]);
      }
    });

    for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/json']) {
      it(`takes ${type}`, async () => assert.equal((await post('{}', { 'content-type': type })).status, 200));
    }

    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'application/json; charset=latin1',
    ]) {
      it(`answers 415 to ${type}`, async () => assert.equal((await post('{}', { 'content-type': type })).status, 415));
    }

    it('answers 415 to no content type, and to a content encoding it does not know', async () => {
      assert.equal((await at('/api/messages', { method: 'POST', body: Buffer.from('{}') })).status, 415);
      assert.equal((await post('{}', { ...json, 'content-encoding': 'br' })).status, 415);
      assert.equal((await post('{}', { ...json, 'content-encoding': 'gzip, gzip' })).status, 415);
    });

    it('takes gzip and identity', async () => {
      assert.equal((await post(gzipSync('{"type":"message"}'), { ...json, 'content-encoding': 'gzip' })).status, 200);
      assert.equal((await post('{}', { ...json, 'content-encoding': 'identity' })).status, 200);
      assert.deepEqual(handled[0]?.body, { type: 'message' });
    });

    it('takes 256 KB and answers 413 to one byte more', async () => {
      const most = 256 * 1024;
      const filled = (bytes: number): string => `{"type":"${'x'.repeat(bytes - 11)}"}`;

      assert.equal(filled(most).length, most);
      assert.equal((await post(filled(most))).status, 200);
      assert.equal((await post(filled(most + 1))).status, 413);
    });

    it('measures after decompression: a bomb is stopped early', async () => {
      const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20));
      const before = process.memoryUsage().arrayBuffers;

      const response = await post(bomb, { ...json, 'content-encoding': 'gzip' });

      assert.equal(response.status, 413);
      assert.ok(process.memoryUsage().arrayBuffers - before < 50 * 1024 * 1024);
      assert.equal(handled.length, 0);
    });

    it('measures what is sent in pieces, without a length', async () => {
      const pieces = new ReadableStream({
        start(controller) {
          for (let piece = 0; piece < 40; piece += 1) controller.enqueue(new Uint8Array(10_000).fill(0x20));
          controller.close();
        },
      });

      const response = await at('/api/messages', {
        method: 'POST',
        headers: json,
        body: pieces,
        duplex: 'half',
      } as RequestInit);

      assert.equal(response.status, 413);
    });

    const nested = (levels: number): string => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;

    it('takes 64 levels and answers 400 to more, brackets in texts not counted', async () => {
      assert.equal((await post(nested(64))).status, 200);
      assert.equal((await post(nested(65))).status, 400);
      assert.equal((await post(`${'['.repeat(100_000)}`)).status, 400);
      assert.equal((await post(`{"a":"${'['.repeat(100)}\\"${'{'.repeat(100)}"}`)).status, 200);
    });

    const broken: [string, string | Uint8Array<ArrayBuffer>][] = [
      ['no JSON', '{"type":'],
      ['nothing', ''],
      ['text that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ];
    for (const [what, body] of broken) {
      it(`answers 400 to ${what}`, async () => {
        assert.equal((await post(body)).status, 400);
        assert.equal(handled.length, 0);
      });
    }

    it('answers 400 to what only pretends to be gzip', async () => {
      assert.equal((await post('{}', { ...json, 'content-encoding': 'gzip' })).status, 400);
      const cut = gzipSync('{"type":"message"}').subarray(0, 20);
      assert.equal((await post(cut, { ...json, 'content-encoding': 'gzip' })).status, 400);
    });

    it('survives a caller that hangs up in the middle', async () => {
      const { port } = new URL(server.url());
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":',
      );
      await once(socket, 'connect');
      socket.destroy();

      assert.equal((await post('{}')).status, 200);
    });

    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      it(`answers 405 to ${method}`, async () => assert.equal((await at('/api/messages', { method })).status, 405));
    }

    it('says nothing about a fault of ours', async () => {
      answer = async () => {
        throw new Error('the inside');
      };

      const response = await post('{}');

      assert.deepEqual([response.status, await response.text()], [500, '{"error":"internal error"}']);
      assert.match(logged(), /the inside/);
    });
  });

  describe('GET', () => {
    it('/healthz', async () => {
      const response = await at('/healthz');
      assert.deepEqual([response.status, await response.json()], [200, { ok: true }]);
    });

    it('/readyz, with more in development, and 503 while it is not ready', async () => {
      const plain = await at('/readyz');
      assert.deepEqual([plain.status, await plain.json()], [200, { ready: true }]);

      await restart({ readyBody: () => ({ url: 'u', simulator: 's' }) });
      assert.deepEqual(await (await at('/readyz')).json(), { ready: true, url: 'u', simulator: 's' });

      await restart({ readiness: async () => ({ problems: [], warnings: ['partner-center'] }) });
      assert.deepEqual(await (await at('/readyz')).json(), { ready: true, warnings: ['partner-center'] });

      await restart({ readiness: async () => ({ problems: ['database'], warnings: [] }) });
      const waiting = await at('/readyz');
      assert.deepEqual([waiting.status, await waiting.json()], [503, { ready: false, problems: ['database'] }]);
    });

    it('HEAD without a body', async () => {
      const response = await at('/healthz', { method: 'HEAD' });
      assert.deepEqual([response.status, await response.text()], [200, '']);
    });

    it('answers 404 to what is not there, without repeating it', async () => {
      for (const path of ['/nope', '/web/x', '/%zz', '/api/messages/x']) {
        const response = await at(path);
        assert.doesNotMatch(await response.text(), /nope|web|zz/);
        assert.ok(response.status === 404 || response.status === 400, `${path}: ${response.status}`);
      }
    });

    const malformed = [
      ['GET /healthz', 'Host: ['],
      ['GET /healthz', 'Host: a b'],
      ['GET /web/x', 'Host: x:99999'],
      ['POST /api/messages', 'Host: %'],
      ['GET http://[/web/x', 'Host: x'],
      ['GET https://u:p@x:99999/web', 'Host: x'],
    ] as const;
    for (const [asked, host] of malformed) {
      it(`answers 400 to ${asked} with ${host}, and goes on`, async () => {
        const answered = await sendRaw(
          `${asked} HTTP/1.1\r\n${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
        );

        assert.match(answered, /^HTTP\/1\.1 400 /);
        assert.match(answered, /\{"error":"bad request"\}$/);
        assert.equal((await at('/healthz')).status, 200);
      });
    }

    it('answers as ever to who asks for another protocol', async () => {
      const upgrade = 'Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n';
      assert.match(await sendRaw(`GET /healthz HTTP/1.1\r\nHost: x\r\n${upgrade}`), /^HTTP\/1\.1 200 OK/);
    });

    it('cuts off whoever sends half of the headers, drips them, or says nothing', async () => {
      await restart({ headersMs: 100 });
      const half = 'GET /healthz HTTP/1.1\r\nHost: x\r\n';

      const answers = Promise.all(Array.from({ length: 300 }, (_, which) => sendRaw(which % 2 ? half : '', 30)));

      assert.equal((await at('/healthz')).status, 200);
      for (const answer of await answers) assert.match(answer, /^(HTTP\/1\.1 408 |$)/);
    });

    it('tells browsers to guess nothing, and nobody what it runs on', async () => {
      for (const path of ['/healthz', '/nope']) {
        const { headers } = await at(path);
        assert.equal(headers.get('x-content-type-options'), 'nosniff');
        assert.equal(headers.get('cache-control'), 'no-store');
        assert.equal(headers.get('server'), null);
        assert.equal(headers.get('x-powered-by'), null);
      }
    });
  });

  describe('/metrics', () => {
    it('shows this machine what was counted', async () => {
      await at('/healthz');

      const response = await at('/metrics');

      assert.equal(response.status, 200);
      assert.match(await response.text(), /desk_http_seconds_count\{route="healthz",status="200"\} 1/);
    });

    it('counts turns and sends where it is told', async () => {
      const metrics = createMetrics();
      metrics.turn('message', 'answered', 12);
      metrics.sent('POST', 'unsure');
      await restart({ metrics });

      const text = await (await at('/metrics')).text();

      assert.match(text, /desk_turn_seconds_count\{kind="message",outcome="answered"\} 1/);
      assert.match(text, /desk_sends_total\{method="POST",outcome="unsure"\} 1/);
    });

    it('shows what the sources tell, asked once however often it is shown', async () => {
      let asked = 0;
      const sources = {
        count: async () => {
          asked += 1;
          return [{ metric: 'desk_orders', labels: { state: 'accepted' }, value: 2 }];
        },
        heldUntil: async () => Date.now() + 60_000,
        trouble: () => 'sign-in',
      };
      await restart({ sources });

      const [text = ''] = await Promise.all([1, 2, 3].map(async () => (await at('/metrics')).text()));

      assert.equal(asked, 1);
      assert.match(text, /^desk_database_up 1$/m);
      assert.match(text, /^desk_orders\{state="accepted"\} 2$/m);
      assert.match(text, /^desk_partner_center_trouble\{kind="sign-in"\} 1$/m);
      assert.match(text, /^desk_partner_center_hold_seconds (59|60)/m);
    });

    it('shows nothing of what the database does not tell, and that it does not', async () => {
      const away = () => Promise.reject(new Error('away'));
      await restart({ sources: { count: away, heldUntil: away, trouble: () => undefined } });

      const text = await (await at('/metrics')).text();

      assert.match(text, /^desk_database_up 0$/m);
      assert.match(text, /^desk_partner_center_trouble\{kind="sign-in"\} 0$/m);
      assert.doesNotMatch(text, /^desk_(orders|notices_due|schema_step)\b/m);
    });

    it('takes a caller behind a proxy for somebody else', async () => {
      const forwarded = { 'x-forwarded-for': '203.0.113.9' };
      assert.equal((await at('/metrics', { headers: forwarded })).status, 403);

      await restart({ metricsToken: 'the-token' });
      const statusFor = async (authorization: string) =>
        (await at('/metrics', { headers: { ...forwarded, authorization } })).status;
      assert.deepEqual(await Promise.all(['', 'Bearer wrong', 'Bearer the-token'].map(statusFor)), [401, 401, 200]);
    });

    it('takes a caller from another address for somebody else', async function () {
      const address = Object.values(networkInterfaces())
        .flat()
        .find((one) => one && !one.internal && one.family === 'IPv4')?.address;
      if (!address) skip(this, 'this machine has no other address than loopback');
      await restart({ host: '0.0.0.0', metricsToken: 'the-token' });
      const { port } = new URL(server.url());

      assert.equal((await fetch(`http://${address}:${port}/metrics`)).status, 401);
      assert.equal(
        (await fetch(`http://${address}:${port}/metrics`, { headers: { authorization: 'bearer the-token' } })).status,
        200,
      );
    });
  });

  describe('handlers of other rooms', () => {
    it('are 404 while nobody handles', async () => {
      assert.equal((await at('/webhooks/partner-center', { method: 'POST', body: '{}' })).status, 404);
      assert.equal((await at('/web/tab')).status, 404);
    });

    it('get webhooks as they came, byte for byte', async () => {
      const got: string[] = [];
      await restart({
        webhooks: async ({ method, path, headers, body }) => {
          got.push(`${method} ${path} ${headers.authorization} ${body.toString('utf8')}`);
          return { status: 202 };
        },
      });

      const sent = { method: 'POST', body: '{ "EventName": "x" }', headers: { authorization: 'Signature abc' } };
      const response = await at('/webhooks/partner-center', sent);

      assert.deepEqual(got, ['POST /webhooks/partner-center Signature abc { "EventName": "x" }']);
      assert.equal(response.status, 202);
      assert.equal((await at('/webhooks/partner-center')).status, 405);
    });

    it('may be pages, with headers of their own', async () => {
      await restart({
        web: async ({ path, query }) => ({
          status: 200,
          headers: {
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Security-Policy': 'frame-ancestors https://teams.microsoft.com',
          },
          body: `<p>${path} ${query.get('q')}</p>`,
        }),
      });

      const response = await at('/web/dialog/key?q=1');

      assert.equal(await response.text(), '<p>/web/dialog/key 1</p>');
      assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(response.headers.get('content-security-policy'), 'frame-ancestors https://teams.microsoft.com');
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    });

    it('send a file while they make it, and cut it off where that fails', async () => {
      const parts = async function* (count: number) {
        for (let at = 0; at < 3; at += 1) {
          if (at >= count) throw new Error('no more');
          yield `${at},`.repeat(50_000);
        }
      };
      await restart({
        web: async ({ query }) => ({
          status: 200,
          headers: { 'Content-Type': 'text/csv; charset=utf-8' },
          parts: parts(Number(query.get('parts'))),
        }),
      });

      const whole = await at('/web/file?parts=3');
      const broken = await at('/web/file?parts=1');

      assert.equal((await whole.text()).length, 300_000);
      assert.equal(whole.headers.get('content-type'), 'text/csv; charset=utf-8');
      assert.equal(whole.headers.get('cache-control'), 'no-store');
      await assert.rejects(broken.text());
    });

    it('are limited in size too', async () => {
      await restart({ webhooks: async () => ({ status: 200 }) });

      assert.equal((await at('/webhooks/partner-center', { method: 'POST', body: 'x'.repeat(300_000) })).status, 413);
    });
  });

  describe('closing', () => {
    it('waits for the turn in flight and takes nothing new', async () => {
      let release: (answer: BotAnswer) => void = () => undefined;
      answer = () => new Promise((resolve) => (release = resolve));
      const url = server.url();
      const turn = post('{}');
      await waitUntil(() => handled.length === 1, 'the turn');

      const closed = server.close();
      await assert.rejects(fetch(`${url}/healthz`));
      release({ status: 200 });

      assert.equal((await turn).status, 200);
      await closed;
    });

    it('does not wait for idle connections', async () => {
      const response = await new Promise<IncomingMessage>((resolve) => {
        httpRequest(`${server.url()}/healthz`, { agent: undefined }, resolve).end();
      });
      response.resume();
      await once(response, 'end');
      await server.close();
      await start();
    });
  });

  it('says so when the port is taken', async () => {
    const { log } = readableLog();
    const bot: Bot = { handle: async () => ({ status: 200 }), settled: async () => undefined };
    const port = Number(new URL(server.url()).port);
    const second = createServer({
      ...{ host: '127.0.0.1', port, bot, metrics: createMetrics(), log },
      readiness: async () => ({ problems: [], warnings: [] }),
    });

    await assert.rejects(second.listen(), { code: 'EADDRINUSE' });
  });
});
