import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { OutsideError, type OutsideKind } from '../../src/domain/errors.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { Timer } from '../../src/microsoft/timer.ts';
import { createFakeTimer, type FakeTimer } from '../support/fake-timer.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { recordLog } from '../support/recorded-log.ts';
import type { Json, SimulatorRequest } from '../support/simulator-control.ts';
import { found } from './assertions.ts';
import { createFixture, type Fixture, type Operation, operations, prepareFixture } from './operations.ts';
import { delaySeconds, freshId, needsSimulator, openService, type Service } from './server.ts';

/** What must show in no error and in no log: tokens, keys, links, bodies of either direction. */
const secrets = [
  /eyJ[\w-]+\./,
  /Bearer /,
  /SMPLE/,
  /download\.example/,
  /marker-in-the-body/,
  /DOCTYPE/,
  /simulated-[0-9a-f]{8}/,
];
const hiddenInBody = {
  code: 3000,
  description: 'Invalid property.',
  // What it says to people is shown, but for what looks like a key or a token.
  data: ['SMPLE-AAAAA', 'Bearer eyJhbGciOi.J9'],
  debug: 'marker-in-the-body Bearer eyJhbGciOi.J9',
};

interface Outcome {
  readonly value?: unknown;
  readonly error?: OutsideError;
  /** The calls of the operation's path, in order. */
  readonly calls: readonly SimulatorRequest[];
  readonly signIns: number;
  readonly pauses: readonly number[];
  readonly requestId: string;
  readonly said: string;
}

interface Expected {
  /** Of the error; without it the operation must end well. */
  readonly kind?: OutsideKind;
  readonly status?: number;
  readonly code?: string;
  readonly calls: number;
  /** How often the thing is done in the end (writes). */
  readonly done: 0 | 1;
}

interface Fault {
  readonly name: string;
  readonly fault: Json;
  readonly times: number;
  /** For calls that must be cut off soon. */
  readonly isSlow?: boolean;
  expect(operation: Operation): Expected;
}

/** Reads that are let run into the time limit of the operation. */
const patient = new Set(['customers.search', 'ordering.orders', 'keys.productKey', 'changes.orderRecords']);
const forEver = 1000;
/** Carts and other GUIDs, orders by both of their forms, tickets. */
const newId = /^([0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{33}|[0-9a-f]{12}|\d{15,16})$/i;
/** How much earlier or later a moment may be that depends on when the test runs. */
const openMs = 10 * 60_000;
const dayMs = 86_400_000;
/** The time limit of a call that is to be cut off: long enough for a good answer on a busy machine. */
// Four of these must end before the shortest second pause (1,125 ms).
const shortMs = 250;
const tries = (operation: Operation): number => (operation.kind === 'once' ? 1 : 4);
/** What becomes of a fault that a repetition mends: nothing, but for the write that may not be repeated. */
const mended = (facts: { kind: OutsideKind; status?: number; done?: 0 | 1 }) => (operation: Operation) =>
  operation.kind === 'once'
    ? { kind: facts.kind, status: facts.status, calls: 1, done: facts.done ?? (0 as const) }
    : { calls: 2, done: 1 as const };
const lasting =
  (facts: { kind: OutsideKind; status?: number; code?: string; done?: 0 | 1 }) => (operation: Operation) => ({
    done: 0 as const,
    ...facts,
    calls: tries(operation),
  });
const value = (calls = 1): Expected => ({ calls, done: 1 });

const faults: readonly Fault[] = [
  {
    name: '500, once',
    fault: { status: 500, body: { code: 800003, description: 'Unexpected error.' } },
    times: 1,
    expect: mended({ kind: 'unexpected', status: 500 }),
  },
  {
    name: '500, for ever',
    fault: { status: 500, body: { code: 800005, description: 'Try later.' } },
    times: forEver,
    expect: lasting({ kind: 'unexpected', status: 500, code: '800005' }),
  },
  {
    name: '503 of the gateway, twice',
    fault: { status: 503, body: { statusCode: 503, message: 'Service unavailable' } },
    times: 2,
    expect: (operation) =>
      operation.kind === 'once' ? { kind: 'unexpected', status: 503, calls: 1, done: 0 } : value(3),
  },
  {
    name: '502 with a page, for ever',
    fault: { status: 502, notJson: true },
    times: forEver,
    expect: lasting({ kind: 'unexpected', status: 502 }),
  },
  {
    name: '429 with Retry-After, once',
    fault: { status: 429, retryAfter: 7, body: { statusCode: 429, message: 'Rate limit is exceeded.' } },
    times: 1,
    expect: () => value(2),
  },
  {
    name: '429 with Retry-After, for ever',
    fault: { status: 429, retryAfter: 2, body: { statusCode: 429, message: 'Rate limit is exceeded.' } },
    times: forEver,
    expect: () => ({ kind: 'throttled', status: 429, calls: 4, done: 0 }),
  },
  {
    name: '429 with a Retry-After nobody waits for',
    fault: { status: 429, retryAfter: 900 },
    times: forEver,
    expect: () => ({ kind: 'throttled', status: 429, calls: 1, done: 0 }),
  },
  {
    name: '401, once',
    fault: { status: 401, body: { code: 400, description: 'Access denied.' } },
    times: 1,
    expect: ({ isAnonymous }) => (isAnonymous ? { kind: 'unauthorized', status: 401, calls: 1, done: 0 } : value(2)),
  },
  {
    name: '401, for ever',
    fault: { status: 401, body: { code: 900420, description: 'The audience is not supported.' } },
    times: forEver,
    expect: ({ isAnonymous }) => ({
      ...{ kind: 'unauthorized', status: 401, code: '900420', done: 0 },
      calls: isAnonymous ? 1 : 2,
    }),
  },
  {
    name: '403, a role is missing',
    fault: { status: 403, body: { code: 900308, description: 'Privileges are not sufficient.' } },
    times: forEver,
    expect: ({ looksTwice }) => ({
      ...{ kind: 'forbidden', status: 403, code: '900308', done: 0 },
      calls: looksTwice ? 2 : 1,
    }),
  },
  {
    name: '404',
    fault: { status: 404, body: { code: 1000, description: 'Not found.' } },
    times: forEver,
    expect: ({ missing }) =>
      missing === 'a value'
        ? { calls: 1, done: 0 }
        : { kind: missing, calls: 1, done: 0, ...(missing === 'not-found' ? { status: 404, code: '1000' } : {}) },
  },
  {
    name: '409 with a code',
    fault: { status: 409, body: { code: 800060, description: 'The order is in progress.' } },
    times: forEver,
    expect: () => ({ kind: 'conflict', status: 409, code: '800060', calls: 1, done: 0 }),
  },
  {
    name: '400 with things in its body that are nobody’s business',
    fault: { status: 400, body: hiddenInBody },
    times: forEver,
    expect: ({ whenDeclined }) =>
      whenDeclined ? { calls: 1, done: 0 } : { kind: 'declined', status: 400, code: '3000', calls: 1, done: 0 },
  },
  {
    name: 'no answer in time, once',
    fault: { delayMs: 1.2 * shortMs },
    times: 1,
    isSlow: true,
    expect: mended({ kind: 'unreachable', done: 1 }),
  },
  {
    name: 'no answer in time, for ever',
    fault: { delayMs: 1.2 * shortMs },
    times: forEver,
    isSlow: true,
    // The pause before the third try would end behind the time limit of the operation, which is that of four calls.
    expect: (operation) => ({
      ...lasting({ kind: 'unreachable', done: 1 })(operation),
      calls: operation.kind === 'once' ? 1 : 2,
    }),
  },
  {
    name: 'dropped after the work, once',
    fault: { dropAfterWork: true },
    times: 1,
    expect: mended({ kind: 'unreachable', done: 1 }),
  },
  {
    name: 'dropped after the work, for ever',
    fault: { dropAfterWork: true },
    times: forEver,
    expect: lasting({ kind: 'unreachable', done: 1 }),
  },
  {
    name: '500 after the work, once',
    fault: { status: 500, afterWork: true },
    times: 1,
    expect: mended({ kind: 'unexpected', status: 500, done: 1 }),
  },
  {
    name: 'cut off in the middle, once',
    fault: { truncate: true },
    times: 1,
    expect: (operation) => (operation.hasNoBody ? value() : mended({ kind: 'unreachable', done: 1 })(operation)),
  },
  {
    name: 'cut off in the middle, for ever',
    fault: { truncate: true },
    times: forEver,
    expect: (operation) => (operation.hasNoBody ? value() : lasting({ kind: 'unreachable', done: 1 })(operation)),
  },
  {
    name: 'not JSON, once',
    fault: { notJson: true },
    times: 1,
    expect: (operation) => {
      if (operation.hasNoBody) return { calls: 1, done: 1 };
      return mended({ kind: 'unexpected', status: 200 })(operation);
    },
  },
  {
    name: 'not JSON, for ever',
    fault: { notJson: true },
    times: forEver,
    expect: (operation) => {
      if (operation.hasNoBody) return value();
      return lasting({ kind: 'unexpected', status: 200 })(operation);
    },
  },
  {
    name: 'wrong types',
    fault: { wrongType: true },
    times: forEver,
    expect: ({ hasNoBody, isFile, whenWrong }) =>
      hasNoBody || isFile || whenWrong ? value() : { kind: 'unexpected', calls: 1, done: 1 },
  },
];

/** No other call would be answered either, or an administrator has to do something first (900308). */
const isOfAll = ({ kind, code }: Expected): boolean =>
  kind === 'unauthorized' || kind === 'throttled' || kind === 'unreachable' || code === '900308';
const isOnlyThis = (fault: Fault, operation: Operation): boolean => {
  const expected = fault.expect(operation);
  return operation.whenAlone !== undefined && expected.kind !== undefined && !isOfAll(expected);
};

function expectedOf(fault: Fault, operation: Operation): Expected {
  if (operation.isList && fault.isSlow) return value();
  const { calls, done, ...failure } = fault.expect(operation);
  return { calls, done, ...(isOnlyThis(fault, operation) ? {} : failure) };
}

describe('the faults of Partner Center', () => {
  let service: Service;
  let proxy: FaultProxy;
  let blank: Fixture;
  const baseline = new Map<string, unknown>();

  before(async function () {
    needsSimulator(this as unknown as Mocha.Context);
    service = await openService();
    proxy = await startFaultProxy(service.url);
    blank = await prepareFixture(service);
  });
  after(async () => {
    await proxy?.close();
    await service?.close();
  });

  /** How many calls there have been. */
  let seen = 0;
  async function countCalls(): Promise<number> {
    seen += (await service.requests(seen)).length;
    return seen;
  }

  async function fixture(operation?: Operation): Promise<Fixture> {
    await service.reset();
    seen = 0;
    proxy.reset();
    return createFixture(service, blank, operation);
  }

  /** Reads leave nothing behind, so that one fixture is enough for all their faults. */
  async function fixtureOf(operation: Operation, shared: Fixture): Promise<Fixture> {
    if (leavesTraces(operation)) return fixture(operation);
    await service.clearFaults();
    proxy.reset();
    return shared;
  }

  /** The operation on a client of its own, with the fault in force. */
  async function under(operation: Operation, fixture: Fixture, isSlow = false, url = service.url): Promise<Outcome> {
    const timer: FakeTimer = createFakeTimer();
    const log = recordLog();
    const slow = { timer: standing(timer), timeoutMs: shortMs };
    const center = service.client({ url, log, timer, ...(isSlow ? slow : {}) });
    const requestId = freshId();
    const before = await countCalls();
    const ended = await operation.run(center, fixture, requestId).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ('error' in ended) assert.ok(ended.error instanceof OutsideError, inspect(ended.error));
    const sent = await service.requests(before);
    const wanted = new RegExp(operation.path);
    return {
      ...(ended as { value?: unknown; error?: OutsideError }),
      calls: sent.filter(({ method, path }) => method === operation.method && wanted.test(path)),
      signIns: sent.filter(({ path }) => path.endsWith('/oauth2/token')).length,
      pauses: timer.pauses,
      requestId,
      said: [...('error' in ended ? saidOf(ended.error) : saidOf(secretIn(ended.value))), ...saidOf(log.lines)].join(
        '\n',
      ),
    };
  }

  /** How often it was done, once nothing is under way or pending any more. */
  async function doneIn(operation: Operation, fixture: Fixture, isSlow = false): Promise<number | undefined> {
    if (!operation.done) return undefined;
    if (isSlow) await settled();
    await service.clearFaults();
    await service.advance(2 * delaySeconds);
    return operation.done(service, fixture);
  }

  /** Slow calls are worked on although nobody waits for them any more. */
  async function settled(): Promise<void> {
    while ((await service.requests(seen)).some(({ status }) => status === 0)) await new Promise(setImmediate);
  }

  function check(operation: Operation, fault: Fault, outcome: Outcome): void {
    const expected = expectedOf(fault, operation);
    const { error, calls, requestId, said } = outcome;
    const told = inspect({ error, calls, value: outcome.value }, { depth: 6 });
    assert.equal(error?.kind, expected.kind, told);
    if (expected.status !== undefined) assert.equal(error?.status, expected.status, told);
    if (expected.code !== undefined && !operation.hasNoBody) assert.equal(error?.code, expected.code, told);
    assert.equal(calls.length, expected.calls, told);
    checkIds(operation, calls, requestId);
    for (const secret of secrets) assert.doesNotMatch(said, secret);
    if (error) {
      assert.equal(error.service, 'Partner Center');
      assert.notEqual(error.operation, '');
      assert.ok((error.description ?? '').length <= 2048);
      const isAnswered = error.status !== undefined && error.status >= 400;
      if (isAnswered)
        assert.ok(
          calls.some(({ correlationId }) => correlationId === error.correlationId),
          told,
        );
    }
  }

  for (const operation of operations) {
    describe(operation.name, () => {
      let shared: Fixture;
      before('how it ends when all is well', async () => {
        shared = await fixture(operation);
        const outcome = await under(operation, shared);
        assert.equal(outcome.error, undefined, inspect(outcome.error));
        assert.ok(outcome.calls.length >= 1, `it never called ${operation.path}`);
        if (operation.gives !== undefined) assert.equal(outcome.value, operation.gives);
        baseline.set(operation.name, settledValue(outcome.value, operation));
      });

      for (const fault of faults) {
        // A price sheet may take a minute, whatever the time limit of other calls.
        if (fault.isSlow && operation.isFile) continue;
        // Up to half a second each: for what is written, and for some of what is read, which all goes one way.
        if (fault.isSlow && !operation.done && !patient.has(operation.name)) continue;
        it(`${fault.name}: ${outcomeOf(expectedOf(fault, operation))}`, async () => {
          const here = await fixtureOf(operation, shared);
          await service.fault({ method: operation.method, path: operation.path, times: fault.times, ...fault.fault });

          const outcome = await under(operation, here, fault.isSlow);

          check(operation, fault, outcome);
          const expected = expectedOf(fault, operation);
          const done = await doneIn(operation, here, fault.isSlow);
          if (done !== undefined) assert.equal(done, expected.done, `done ${done} times`);
          if (!expected.kind) {
            const usual = baseline.get(operation.name);
            assert.deepEqual(settledValue(outcome.value, operation), valueUnder(fault, operation, usual, here));
          }
          if (fault.fault.retryAfter === 7) assert.ok(sum(outcome.pauses) >= 7_000, `${outcome.pauses}`);
          if (fault.fault.retryAfter === 900) {
            assert.equal(outcome.error?.retryAfterMs, 900_000);
            assert.deepEqual(outcome.pauses, []);
          }
          if (fault.name === '401, once' && !operation.isAnonymous) assert.ok(outcome.signIns >= 2);
          if (fault.name === '500, for ever' && operation.kind !== 'once') {
            const [first = 0, second = 0, third = 0] = outcome.pauses;
            assert.ok(first < second && second < third, `${outcome.pauses}`);
          }
        });
      }

      for (const [times, name] of [
        [1, 'once'],
        [forEver, 'for ever'],
      ] as const) {
        const gets = operation.kind === 'once' ? 'unreachable' : times === 1 ? 'ends well' : 'unreachable';
        // The directory does not stand behind the proxy.
        if (operation.isAnonymous) continue;
        it(`dropped before the work, ${name}: ${gets}`, async () => {
          const here = await fixtureOf(operation, shared);
          proxy.dropNext(operation.method, new RegExp(operation.path), times);

          const outcome = await under(operation, here, false, proxy.url);

          assert.equal(outcome.error?.kind, gets === 'ends well' ? undefined : 'unreachable', inspect(outcome.error));
          assert.equal(proxy.dropped.length, times === 1 ? 1 : tries(operation));
          checkIds(operation, [...proxy.dropped, ...outcome.calls], outcome.requestId);
          for (const secret of secrets) assert.doesNotMatch(outcome.said, secret);
          proxy.reset();
          const done = await doneIn(operation, here);
          if (done !== undefined) assert.equal(done, gets === 'ends well' ? 1 : 0);
        });
      }
    });
  }

  describe('a 429', () => {
    it('stops the parallel calls of the client too, and no other client', async () => {
      const here = await fixture();
      const timer = createFakeTimer();
      const center = service.client({ timer });
      await center.ordering.orders(here.customer.id);
      await service.fault({ path: '/orders\\?', status: 429, retryAfter: 20 });
      const before = (await service.requests()).length;

      await center.ordering.orders(here.customer.id);
      const paused = sum(timer.pauses);
      await center.ordering.subscriptions(here.customer.id);

      assert.ok(paused >= 20_000);
      const sent = (await service.requests(before)).filter(({ path }) => path.startsWith('/v1'));
      assert.deepEqual(
        sent.map(({ status }) => status),
        [429, 200, 200],
      );
    });

    it('holds back calls that were not yet sent, until its time is over', async () => {
      const here = await fixture();
      let now = Date.now();
      const waiting: { ms: number; end: () => void }[] = [];
      const timer: Timer = {
        now: () => now,
        pause: (ms) =>
          new Promise((end) => {
            waiting.push({ ms, end });
          }),
      };
      const center = service.client({ timer });
      await center.ordering.orders(here.customer.id);
      await service.fault({ path: '/orders\\?', status: 429, retryAfter: 20 });
      const refused = center.ordering.orders(here.customer.id);
      while (waiting.length < 1) await new Promise(setImmediate);
      const before = (await service.requests()).length;

      const others = [center.ordering.subscriptions(here.customer.id), center.tickets.list('open')];
      while (waiting.length < 3) await new Promise(setImmediate);
      assert.equal((await service.requests()).length, before);
      now += 20_000;
      for (const { end } of waiting) end();
      await Promise.all([refused, ...others]);

      assert.ok(waiting.every(({ ms }) => ms > 15_000 && ms <= 20_000));
    });
  });

  describe('signing in', () => {
    const token = '/oauth2/token';
    for (const [name, fault, kind, calls] of [
      ['500, once', { status: 500 }, undefined, 2],
      ['500, for ever', { status: 500, times: forEver }, 'unreachable', 4],
      ['429 with Retry-After, once', { status: 429, retryAfter: 3 }, undefined, 2],
      ['400, invalid_grant', { status: 400, body: { error: 'invalid_grant' }, times: forEver }, 'unauthorized', 1],
      ['401, invalid_client', { status: 401, body: { error: 'invalid_client' }, times: forEver }, 'unauthorized', 1],
      ['dropped, once', { dropAfterWork: true }, undefined, 2],
      ['dropped, for ever', { dropAfterWork: true, times: forEver }, 'unreachable', 4],
      ['cut off, once', { truncate: true }, undefined, 2],
      ['not JSON, once', { notJson: true }, undefined, 2],
      ['not JSON, for ever', { notJson: true, times: forEver }, 'unexpected', 4],
    ] as const) {
      for (const as of ['an application', 'a person'] as const) {
        it(`as ${as}, ${name}: ${kind ?? 'ends well'}`, async () => {
          const here = await fixture();
          await service.fault({ path: token, ...fault });
          const operation = found(
            operations.find((one) => one.name === (as === 'a person' ? 'tickets.list' : 'ordering.orders')),
            'operation',
          );

          const { error, said } = await under(operation, here);

          assert.equal(error?.kind, kind, inspect(error));
          const asked = (await service.requests()).filter(({ path }) => path.endsWith(token));
          assert.equal(asked.length, calls);
          for (const secret of secrets) assert.doesNotMatch(said, secret);
          if (error) assert.equal(error.operation, 'signIn');
        });
      }
    }
  });

  describe('a server that is not there', () => {
    for (const name of ['ordering.orders', 'ordering.checkout', 'webhooks.test', 'keys.productKey']) {
      it(`${name}: unreachable`, async () => {
        const here = await fixture();
        const closed = await startFaultProxy(service.url);
        await closed.close();
        const operation = found(
          operations.find((one) => one.name === name),
          name,
        );

        const { error, said } = await under(operation, here, false, closed.url);

        assert.equal(error?.kind, 'unreachable', inspect(error));
        assert.equal(error?.isUncertain, true);
        for (const secret of secrets) assert.doesNotMatch(said, secret);
      });
    }
  });

  it('a call that got no answer is logged with its MS-CorrelationId, which support asks for', async () => {
    const here = await fixture();
    const log = recordLog();
    const center = service.client({ log });
    await service.fault({ path: '/orders\\?', dropAfterWork: true, times: forEver });

    await assert.rejects(center.ordering.orders(here.customer.id), OutsideError);

    const sent = (await service.requests()).filter(({ path }) => path.includes('/orders?'));
    const said = inspect(log.lines, { depth: 9 });
    for (const { correlationId } of sent)
      assert.ok(said.includes(String(correlationId)), `${correlationId} in ${said}`);
  });

  it('a closed client calls nobody', async () => {
    const here = await fixture();
    const center = service.client();
    await center.close();
    const before = (await service.requests()).length;

    for (const operation of operations) {
      await assert.rejects(operation.run(center, here, freshId()), OutsideError, operation.name);
    }

    assert.equal((await service.requests()).length, before);
  });
});

interface Ids {
  readonly requestId?: string | null | undefined;
  readonly correlationId?: string | null | undefined;
}

/** All tries of an operation go under one MS-RequestId, each with an MS-CorrelationId of its own. */
function checkIds(operation: Operation, calls: readonly Ids[], requestId: string): void {
  const ids = new Set(calls.map((call) => call.requestId));
  const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
  for (const id of ids) if (!operation.isAnonymous) assert.match(String(id), guid);
  if (!operation.looksTwice) assert.equal(ids.size, Math.min(1, calls.length), 'one MS-RequestId');
  const isGiven = operation.kind === 'write' && !operation.hasOwnId;
  if (isGiven && calls.length > 0) assert.deepEqual([...ids], [requestId]);
  assert.equal(new Set(calls.map((call) => call.correlationId)).size, calls.length, 'an MS-CorrelationId each');
}

function saidOf(thing: unknown): string[] {
  const cause = thing instanceof Error ? saidOf(thing.cause) : [];
  const stack = thing instanceof Error ? [String(thing), thing.stack ?? ''] : [];
  return [inspect(thing, { depth: 12, showHidden: true }), JSON.stringify(thing) ?? '', ...stack, ...cause];
}

/** Of a good answer, only a secret must not show: the rest was asked for. */
function secretIn(value: unknown): unknown {
  return value instanceof Secret ? { value, text: `${value}` } : undefined;
}

function outcomeOf({ kind, calls }: Expected): string {
  return `${kind ?? 'ends well'} after ${calls} call${calls === 1 ? '' : 's'}`;
}

/** Pauses take no time and the clock stands, so that only the time limit of one call counts. */
function standing(timer: FakeTimer): Timer {
  const at = timer.now();
  return { now: () => at, pause: (ms, signal) => timer.pause(ms, signal) };
}

/** What an operation that ends well gives. */
function valueUnder(wanted: Fault, operation: Operation, usual: unknown, fixture: Fixture): unknown {
  const { name, fault } = wanted;
  if (isOnlyThis(wanted, operation)) return operation.whenAlone?.(usual);
  if (name === '404') return operation.whenMissing?.(usual);
  if (fault.body === hiddenInBody) return operation.whenDeclined?.();
  if (!fault.wrongType || !operation.whenWrong) return usual;
  return settledValue(operation.whenWrong(usual, fixture), operation);
}

/** A subscription is read before it is cancelled: its reading goes wrong, and then it is cancelled. */
function leavesTraces({ kind, name }: Operation): boolean {
  return kind !== 'read' || name.startsWith('ordering.cancel');
}

/** What stays the same from call to call: secrets revealed; left open are signatures of links and, of what was written, new ids and moments. */
function settledValue(value: unknown, operation: Operation): unknown {
  const isNew = leavesTraces(operation);
  const settled = (inner: unknown): unknown => {
    if (inner instanceof Secret) return settled(inner.reveal());
    if (inner instanceof Date) return isNew ? fromNow(inner) : inner;
    if (typeof inner === 'string') {
      const unsigned = inner.replace(/[?&][tdeh]=[^&]*/g, '');
      return isNew && newId.test(unsigned) ? 'a new id' : unsigned;
    }
    if (Array.isArray(inner)) return inner.map(settled);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, part]) => [name, settled(part)]));
  };
  return settled(value);
}

/** A cart expires in seven days from when it is made. */
function fromNow(at: Date): Date | string {
  const days = Math.round((at.getTime() - Date.now()) / dayMs);
  return Math.abs(at.getTime() - Date.now() - days * dayMs) < openMs ? `in ${days} days` : at;
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
