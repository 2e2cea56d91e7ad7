import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createRequestLog } from '../../../src/simulator/http/request-log.ts';
import { type Client, startClient } from '../client.ts';

describe('the log of requests', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  it('lists path and query, ids and status of each, and neither bodies nor its own', async () => {
    const ids = { 'MS-RequestId': randomUUID(), 'MS-CorrelationId': randomUUID() };
    await client.token({});
    await client.get(`/v1/customers/${contoso}/orders?billingType=onetime`, ids);
    await client.get('/v1/nothing', ids);
    const calls = (await client.control('GET', 'requests')).list('');
    const later = (await client.control('GET', 'requests?after=1')).at('');
    const [token, orders, nothing] = calls;

    assert.equal(calls.length, 3);
    assert.deepEqual(later, [orders?.at(''), nothing?.at('')]);
    assert.match(token?.text('path') ?? '', /\/oauth2\/token$/);
    assert.deepEqual(Object.keys(Object(orders?.at(''))), [
      'at',
      'method',
      'path',
      'requestId',
      'correlationId',
      'status',
    ]);
    assert.equal(orders?.at('path'), `/v1/customers/${contoso}/orders?billingType=onetime`);
    assert.equal(orders?.at('requestId'), ids['MS-RequestId']);
    assert.equal(orders?.at('correlationId'), ids['MS-CorrelationId']);
    assert.equal(orders?.at('status'), 200);
    assert.equal(nothing?.at('status'), 404);
  });

  it('is counted by turn: calls one after the other, and calls at the same time', async () => {
    const call = (turn: string) => client.get('/v1/customers?size=1', { 'MS-CorrelationId': turn });
    await call('one');
    await call('one');
    await client.control('POST', 'faults', [{ delayMs: 250, times: 2 }]);
    await Promise.all([call('other'), call('other')]);

    assert.deepEqual((await client.control('GET', 'requests?by=turn')).at(''), [
      { correlationId: 'one', calls: 2, rounds: 2 },
      { correlationId: 'other', calls: 2, rounds: 1 },
    ]);
  });

  it('counts a call that got no response', async () => {
    const headers = { 'MS-CorrelationId': 'turn' };
    await client.control('POST', 'faults', { dropBeforeWork: true });
    await assert.rejects(client.get('/v1/customers?size=1', headers));
    await client.get('/v1/customers?size=1', headers);

    assert.deepEqual((await client.control('GET', 'requests?by=turn')).at(''), [
      { correlationId: 'turn', calls: 2, rounds: 2 },
    ]);
  });

  it('begins anew after a reset', async () => {
    await client.get('/v1/customers?size=1');
    await client.reset();

    assert.deepEqual((await client.control('GET', 'requests')).at(''), []);
    assert.deepEqual((await client.control('GET', 'requests?by=turn')).at(''), []);
  });

  it('cannot be counted otherwise', async () => {
    const refused = await client.control('GET', 'requests?by=customer');

    assert.equal(refused.status, 400);
    assert.match(refused.text('error'), /turn/);
  });
});

describe('the rounds of a turn', () => {
  /** Calls of one turn, each with the instants at which it began and ended. */
  const countRounds = (...calls: [startedAt: number, endedAt?: number][]) => {
    let now = 0;
    const log = createRequestLog(() => now);
    for (const [startedAt, endedAt] of calls) {
      now = startedAt;
      const call = log.begin({ at: '', method: 'GET', path: '/', requestId: null, correlationId: 'turn' });
      if (endedAt === undefined) continue;
      now = endedAt;
      call.end();
    }
    const [turn] = log.countByTurn();
    return [turn?.calls, turn?.rounds];
  };

  it('are as many as its calls when each began after the end of the one before', () => {
    assert.deepEqual(countRounds([0, 10], [10, 20], [25, 30]), [3, 3]);
  });

  it('are one where calls overlap, however slightly', () => {
    assert.deepEqual(countRounds([0, 10], [9, 20]), [2, 1]);
    assert.deepEqual(countRounds([0, 10], [0, 10], [5, 8]), [3, 1]);
  });

  it('are not fewer because a long call ran beside short ones', () => {
    assert.deepEqual(countRounds([0, 100], [5, 20], [25, 40], [45, 60]), [4, 3]);
  });

  it('are not more because two calls of a round ended at different times', () => {
    assert.deepEqual(countRounds([0, 20], [1, 21], [22, 40], [22, 41]), [4, 2]);
  });

  it('include calls that are still in progress', () => {
    assert.deepEqual(countRounds([0, 10], [12], [13]), [3, 2]);
  });

  it('are counted apart where calls have no correlation id', () => {
    const log = createRequestLog();
    for (const correlationId of ['turn', null, null]) {
      log.begin({ at: '', method: 'GET', path: '/', requestId: null, correlationId }).end();
    }

    assert.deepEqual(
      log.countByTurn().map(({ correlationId, calls }) => [correlationId, calls]),
      [
        ['turn', 1],
        [null, 2],
      ],
    );
  });
});
