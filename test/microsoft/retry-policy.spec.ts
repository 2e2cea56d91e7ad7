import assert from 'node:assert/strict';
import type { OutsideKind } from '../../src/domain/errors.ts';
import { MicrosoftError } from '../../src/microsoft/errors.ts';
import {
  type Failed,
  graphRetries,
  nextAttempt,
  partnerCenterRetries,
  retryAfterMs,
  type Spent,
} from '../../src/microsoft/retry-policy.ts';

const nothing: Spent = { failures: 0, waits: 0, newTokens: 0 };

function failed(
  kind: OutsideKind,
  facts: Partial<Failed> = {},
  more: { code?: string; retryAfterMs?: number } = {},
): Failed {
  const error = new MicrosoftError({ service: 'x', operation: 'y', kind, ...more });
  return { error, isSignIn: false, isTimeout: false, token: 'app', mayRepeat: true, ...facts };
}

describe('the retry policy', () => {
  it('pauses longer after each failure, and gives up after the last pause', () => {
    const pauses = [0, 1, 2, 3].map(
      (failures) => nextAttempt(partnerCenterRetries, { ...nothing, failures }, failed('unexpected'))?.pauseMs,
    );

    for (const [at, wanted] of partnerCenterRetries.pausesMs.entries()) {
      assert.ok(Math.abs((pauses[at] ?? 0) - wanted) <= wanted * partnerCenterRetries.jitter, `${pauses[at]}`);
    }
    assert.equal(pauses[3], undefined);
  });

  it('sends a write without a request id once, but for a sign-in that failed before it', () => {
    assert.equal(nextAttempt(partnerCenterRetries, nothing, failed('unreachable', { mayRepeat: false })), undefined);
    assert.ok(nextAttempt(partnerCenterRetries, nothing, failed('unreachable', { mayRepeat: false, isSignIn: true })));
  });

  for (const kind of ['declined', 'forbidden', 'not-found', 'not-offered', 'conflict'] as const) {
    it(`takes ${kind} for an answer`, () => {
      assert.equal(nextAttempt(partnerCenterRetries, nothing, failed(kind)), undefined);
    });
  }

  it('asks for one new token, and with a person’s where the application’s will not do', () => {
    const refused = failed('unauthorized');
    const renewed = nextAttempt(partnerCenterRetries, nothing, refused);

    assert.equal(renewed?.pauseMs, 0);
    assert.equal(nextAttempt(partnerCenterRetries, renewed?.spent ?? nothing, refused), undefined);
    assert.equal(
      nextAttempt(partnerCenterRetries, nothing, failed('forbidden', {}, { code: '900329' }))?.token,
      'user',
    );
  });

  it('waits for as long as it is asked to, at least longer each time', () => {
    const pauseAfter = (waits: number, retryAfterMs?: number) =>
      nextAttempt(
        partnerCenterRetries,
        { ...nothing, waits },
        failed('throttled', {}, retryAfterMs === undefined ? {} : { retryAfterMs }),
      )?.pauseMs;

    assert.deepEqual([pauseAfter(0), pauseAfter(1), pauseAfter(2), pauseAfter(3)], [1_000, 2_000, 4_000, undefined]);
    assert.equal(pauseAfter(0, 57_000), 57_000);
  });

  it('of Graph makes one more attempt, none after a timeout, and waits for no more than two seconds', () => {
    const second = { ...nothing, failures: 1 };

    assert.equal(nextAttempt(graphRetries, nothing, failed('unexpected'))?.pauseMs, 200);
    assert.equal(nextAttempt(graphRetries, second, failed('unexpected')), undefined);
    assert.equal(nextAttempt(graphRetries, nothing, failed('unreachable', { isTimeout: true })), undefined);
    assert.ok(nextAttempt(graphRetries, nothing, failed('throttled', {}, { retryAfterMs: 2_000 })));
    assert.equal(nextAttempt(graphRetries, nothing, failed('throttled', {}, { retryAfterMs: 2_001 })), undefined);
  });
});

describe('Retry-After', () => {
  const cases: readonly [string, Record<string, string>, number | undefined][] = [
    ['in seconds', { 'Retry-After': ' 57 ' }, 57_000],
    ['in the past', { 'Retry-After': '-1' }, 0],
    [
      'as a date, by the clock of whoever wrote it',
      { Date: 'Sun, 01 Mar 2026 09:00:00 GMT', 'Retry-After': 'Sun, 01 Mar 2026 09:00:42 GMT' },
      42_000,
    ],
    ['that makes no sense', { 'Retry-After': 'soon' }, undefined],
    ['that is not there', {}, undefined],
  ];
  for (const [what, headers, ms] of cases) {
    it(`${what} is read as ${ms}`, () => {
      assert.equal(retryAfterMs(new Headers(headers)), ms);
    });
  }
});
