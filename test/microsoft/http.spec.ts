import assert from 'node:assert/strict';
import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type HttpRequest, NoAnswer, sendRequest } from '../../src/microsoft/http.ts';

const answering =
  (status: number, headers: OutgoingHttpHeaders, body: string | Buffer): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

describe('a request to the outside', () => {
  let server: Server;
  let answer: RequestListener;
  let asked: IncomingHttpHeaders;

  before(async () => {
    server = createServer((request, response) => {
      asked = request.headers;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const send = (more: Partial<HttpRequest> = {}) => {
    const { port } = server.address() as AddressInfo;
    return sendRequest({ method: 'GET', url: `http://127.0.0.1:${port}/a`, headers: {}, timeoutMs: 20_000, ...more });
  };
  const reasonOf = async (sending: Promise<unknown>) => {
    const error: unknown = await sending.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    assert.ok(error instanceof NoAnswer, String(error));
    return [error.reason, error.status];
  };

  it('gives any status, its headers and its bytes', async () => {
    answer = answering(418, { 'x-one': ['a', 'b'] }, 'short and stout');

    const { status, headers, bytes } = await send();
    assert.deepEqual([status, headers.get('X-One'), Buffer.from(bytes).toString()], [418, 'a, b', 'short and stout']);
  });

  it('takes a packed answer, and unpacks it', async () => {
    answer = answering(200, { 'content-encoding': 'gzip' }, gzipSync('x'.repeat(100_000)));

    const { bytes } = await send();
    assert.equal(bytes.byteLength, 100_000);
    assert.equal(asked['accept-encoding'], 'gzip');
  });

  it('counts what was packed by its true length', async () => {
    answer = answering(200, { 'content-encoding': 'gzip' }, gzipSync('x'.repeat(100_000)));

    assert.deepEqual(await reasonOf(send({ atMostBytes: 50_000 })), ['too-long', 200]);
  });

  it('is unreachable when what was packed is damaged', async () => {
    answer = answering(200, { 'content-encoding': 'gzip' }, 'not packed at all');

    assert.deepEqual(await reasonOf(send()), ['unreachable', 200]);
  });

  it('takes an empty answer that is called packed, as a proxy may leave it, for an empty one', async () => {
    for (const [method, status] of [
      ['PATCH', 204],
      ['POST', 200],
      ['POST', 205],
      ['GET', 304],
      ['HEAD', 200],
    ] as const) {
      answer = answering(status, { 'content-encoding': 'gzip' }, '');

      const { status: told, bytes } = await send({ method });
      assert.deepEqual([method, told, bytes.byteLength], [method, status, 0]);
    }
  });

  it('knows a packed answer by either of its names, however they are written', async () => {
    for (const name of ['GZIP', 'x-gzip', ' X-Gzip ']) {
      answer = answering(200, { 'content-encoding': name }, gzipSync('done'));

      assert.equal(Buffer.from((await send()).bytes).toString(), 'done', name);
    }
  });

  it('gives what there is of a packed answer that its sender ended too early', async () => {
    answer = answering(200, { 'content-encoding': 'gzip' }, gzipSync('done').subarray(0, -8));

    assert.equal(Buffer.from((await send()).bytes).toString(), 'done');
  });

  it('says which program asks, unless its caller says so', async () => {
    answer = answering(200, {}, '');
    await send();
    assert.match(asked['user-agent'] ?? '', /^software-desk\/\d+\.\d+\.\d+$/);

    await send({ headers: { 'User-Agent': 'another' } });
    assert.equal(asked['user-agent'], 'another');
  });

  it('cuts off an answer that is too long', async () => {
    answer = answering(200, {}, 'x'.repeat(1_000_000));

    assert.deepEqual(await reasonOf(send({ atMostBytes: 1000 })), ['too-long', 200]);
  });

  it('tells the status of an answer that broke off', async () => {
    answer = (_, response) => {
      response.writeHead(201, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    };

    assert.deepEqual(await reasonOf(send()), ['unreachable', 201]);
  });

  it('waits no longer than its time, whether for the answer or in the midst of it', async () => {
    answer = () => undefined;
    assert.deepEqual(await reasonOf(send({ timeoutMs: 30 })), ['timeout', undefined]);

    const hasBegun = Promise.withResolvers<void>();
    answer = (_, response) => {
      response.writeHead(200);
      response.write('and then', () => hasBegun.resolve());
    };
    const sending = reasonOf(send({ timeoutMs: 2_000 }));
    await hasBegun.promise;
    assert.deepEqual(await sending, ['timeout', 200]);
  });

  it('ends when its caller does not want it any more', async () => {
    const caller = new AbortController();
    answer = () => caller.abort();

    assert.deepEqual(await reasonOf(send({ signal: caller.signal })), ['unreachable', undefined]);
    assert.deepEqual(await reasonOf(send({ signal: caller.signal })), ['unreachable', undefined]);
  });

  it('follows no redirect', async () => {
    answer = answering(302, { location: '/elsewhere' }, '');

    const { status, headers } = await send();
    assert.deepEqual([status, headers.get('location')], [302, '/elsewhere']);
  });
});
