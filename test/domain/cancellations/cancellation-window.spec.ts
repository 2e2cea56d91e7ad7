import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  daysLeft,
  daysOf,
  isOpen,
  refundOf,
  ruleAt,
  type Window,
  windowOf,
  windowOfPurchase,
  windowRow,
} from '../../../src/domain/cancellations/cancellation-window.ts';
import { builtInPolicy, type Policy } from '../../../src/domain/policy.ts';
import { aLine, anOrder, aSubscriptionLine, eur } from '../../support/fakes/samples.ts';

const hour = 3_600_000;
const day = 24 * hour;

const bought = (at: string | Date) => anOrder({ createdAt: new Date(at) });
const perpetual = aLine();
const subscription = aSubscriptionLine();

function windowFor(at: string | Date, line = perpetual, policy: Policy = builtInPolicy): Window {
  const window = windowOf(policy, bought(at), line);
  assert.ok(window);
  return window;
}

const anyInstant = fc.date({
  min: new Date('2015-01-01T00:00:00Z'),
  max: new Date('2039-12-31T23:59:59Z'),
  noInvalidDate: true,
});

/** The zones of the machine that count: far from UTC on both sides, and with the clock put forward and back in both halves of the year. */
const zones = ['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Warsaw', 'Australia/Lord_Howe'];

/** Around the nights in which the clock is put forward or back somewhere, and around the ends of months and leap days. */
const awkwardInstant = fc
  .tuple(
    fc.constantFrom(
      ...['2026-03-08T10:00Z', '2026-03-29T01:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z', '2026-10-25T01:00Z'],
      ...['2026-11-01T09:00Z', '2027-03-28T01:00Z', '2024-02-29T12:00Z', '2028-02-29T23:59Z', '2026-12-31T23:59Z'],
    ),
    fc.integer({ min: -40 * day, max: 2 * day }),
  )
  .map(([at, ms]) => new Date(Date.parse(at) + ms));

/** The same in each of the zones, as if the machine stood there. */
function everywhere(prove: () => void): void {
  const before = process.env.TZ;
  try {
    for (const zone of zones) {
      process.env.TZ = zone;
      prove();
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

describe('the cancellation window', () => {
  const rows: [string, typeof perpetual, string, Window['refund']][] = [
    ['2021-05-31T23:59:59.999Z', perpetual, '2021-07-30T23:59:00.000Z', 'full'],
    ['2021-06-01T00:00:00.000Z', perpetual, '2021-07-01T23:59:00.000Z', 'full'],
    ['2022-10-14T00:00:00.000Z', perpetual, '2022-11-13T23:59:00.000Z', 'full'],
    ['2021-05-31T23:59:59.999Z', subscription, '2021-07-30T23:59:00.000Z', 'full'],
    ['2021-06-01T00:00:00.000Z', subscription, '2021-07-01T23:59:00.000Z', 'prorated'],
    ['2022-10-13T23:59:59.999Z', subscription, '2022-11-12T23:59:00.000Z', 'prorated'],
    ['2022-10-14T00:00:00.000Z', subscription, '2022-10-21T00:00:00.000Z', 'prorated'],
    // The one recorded subscription.
    ['2021-10-15T21:28:19.000Z', subscription, '2021-11-14T23:59:00.000Z', 'prorated'],
    ['2024-01-31T08:00:00.000Z', perpetual, '2024-03-01T23:59:00.000Z', 'full'],
    ['2023-01-31T08:00:00.000Z', perpetual, '2023-03-02T23:59:00.000Z', 'full'],
    ['2024-02-29T23:59:59.000Z', perpetual, '2024-03-30T23:59:00.000Z', 'full'],
    ['2025-12-31T00:00:00.000Z', perpetual, '2026-01-30T23:59:00.000Z', 'full'],
  ];
  for (const [at, line, closesAt, refund] of rows) {
    it(`of ${line === perpetual ? 'perpetual software' : 'a subscription'} bought at ${at} closes at ${closesAt}`, () => {
      assert.deepEqual(windowFor(at, line), { closesAt: new Date(closesAt), refund, source: 'policy' });
    });
  }

  it('has exactly one row of the table for every day since 2010', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom('perpetual' as const, 'subscription' as const), (at, kind) => {
        const today = at.toISOString().slice(0, 10);
        const rows = builtInPolicy.windows.filter(
          (row) => row.kind === kind && row.from <= today && today <= (row.until ?? '9999-12-31'),
        );
        assert.equal(rows.length, 1);
        assert.equal(windowRow(builtInPolicy, kind, at), rows[0]);
      }),
    );
  });

  const whenever = fc.oneof(anyInstant, awkwardInstant);

  it('is open to its last moment and shut right after it, whenever and wherever it was bought', () => {
    everywhere(() =>
      fc.assert(
        fc.property(whenever, fc.constantFrom(perpetual, subscription), (at, line) => {
          const window = windowFor(at, line);
          const { closesAt } = window;

          assert.ok(isOpen(window, at));
          assert.ok(isOpen(window, closesAt));
          assert.ok(isOpen(window, new Date(closesAt.getTime() - 1000)));
          assert.ok(!isOpen(window, new Date(closesAt.getTime() + 1)));
          assert.ok(!isOpen(window, new Date(closesAt.getTime() + 1000)));
        }),
      ),
    );
  });

  it('of calendar days ends with the last of them in UTC, over month ends, leap days and changes of the clock', () => {
    everywhere(() =>
      fc.assert(
        fc.property(whenever, (at) => {
          const row = windowRow(builtInPolicy, 'perpetual', at);
          const { closesAt } = windowFor(at, perpetual);
          const firstDay = Date.parse(at.toISOString().slice(0, 10));
          const lastDay = Date.parse(closesAt.toISOString().slice(0, 10));

          assert.equal((lastDay - firstDay) / day, row?.days);
          assert.equal(closesAt.toISOString().slice(11), '23:59:00.000Z');
        }),
      ),
    );
  });

  it('of hours is as long to the millisecond, also when the clock changes in between', () => {
    const since2022 = whenever.filter((at) => at.getTime() >= Date.parse('2022-10-14T00:00:00Z'));
    everywhere(() =>
      fc.assert(
        fc.property(since2022, (at) => {
          assert.equal(windowFor(at, subscription).closesAt.getTime() - at.getTime(), 168 * hour);
        }),
      ),
    );
  });

  it('is what Partner Center says, where it says something', () => {
    const until = new Date('2026-04-01T08:00:00Z');
    const window = windowOf(builtInPolicy, bought('2026-03-01T00:00:00Z'), subscription, {
      subscription: { id: 'subscription-1', status: 'active', cancellationAllowedUntilAt: until },
    });

    assert.deepEqual(window, { closesAt: until, refund: 'prorated', source: 'partner-center' });
  });

  it('is unknown for an order without a date, and never open then', () => {
    const window = windowOf(builtInPolicy, bought(new Date(0)), perpetual);

    assert.equal(window, undefined);
    assert.ok(!isOpen(window, new Date(0)));
  });

  it('of a purchase made now is the one shown on its review card', () => {
    const now = new Date('2026-03-10T12:00:00Z');

    const window = (duration?: string, policy = builtInPolicy) =>
      windowOfPurchase(policy, { title: 'Windows Server', term: { duration } }, now);
    assert.equal(window()?.closesAt.toISOString(), '2026-04-09T23:59:00.000Z');
    assert.equal(window('P1Y')?.closesAt.toISOString(), '2026-03-17T12:00:00.000Z');
    assert.equal(window(undefined, { ...builtInPolicy, windows: [] }), undefined);
  });

  it('is the one of the offer’s own cancellation policies, where it has them', () => {
    const now = new Date('2026-03-10T12:00:00Z');
    const term = {
      duration: 'P1Y',
      refundOptions: [
        { type: 'full', expiresAfter: 'P1D' },
        { type: 'partial', expiresAfter: 'P14DT1H' },
      ],
    } as const;

    const shown = windowOfPurchase(builtInPolicy, { title: 'Windows Server', term }, now);
    const later = windowOf(builtInPolicy, bought(now), subscription, { term: { ...term, billingCycle: 'annual' } });

    const closesAt = new Date('2026-03-24T13:00:00Z');
    const fullUntil = new Date('2026-03-11T12:00:00Z');
    assert.deepEqual(shown, { closesAt, refund: 'prorated', fullUntil, source: 'partner-center' });
    assert.deepEqual(later, shown);
    assert.equal(ruleAt(shown, fullUntil), 'full');
    assert.equal(ruleAt(shown, new Date(fullUntil.getTime() + 1)), 'prorated');
  });

  it('is not read from policies of an offer of which one cannot be read: that one may be the last', () => {
    const term = {
      billingCycle: 'annual',
      refundOptions: [
        { type: 'full', expiresAfter: 'P1D' },
        { type: 'partial', expiresAfter: 'P7DT0H0M' },
      ],
    } as const;

    assert.equal(windowOf(builtInPolicy, bought('2026-03-10T12:00:00Z'), subscription, { term })?.source, 'policy');
  });

  it('of months ends with the last day of a shorter one, wherever the machine stands', () => {
    const closing = (at: string, expiresAfter: string) => {
      const term = { billingCycle: 'annual', refundOptions: [{ type: 'full', expiresAfter }] } as const;
      return windowOf(builtInPolicy, bought(at), subscription, { term })?.closesAt.toISOString();
    };

    everywhere(() => {
      assert.equal(closing('2026-01-31T10:00:00Z', 'P1M'), '2026-02-28T10:00:00.000Z');
      assert.equal(closing('2024-02-29T23:30:00Z', 'P1Y'), '2025-02-28T23:30:00.000Z');
      assert.equal(closing('2026-10-24T23:30:00Z', 'P1M'), '2026-11-24T23:30:00.000Z');
    });
  });

  it('gives back by the subscription’s own options, where it has them, else by the table', () => {
    const closesAt = new Date('2026-04-08T08:00:00Z');
    const first = new Date('2026-04-02T08:00:00Z');
    const full = (until: Date) => ({ type: 'full', until }) as const;
    const partial = { type: 'partial', until: closesAt } as const;
    const rules = [[full(first), partial], [full(closesAt)], [partial], [full(first)], []].map((refundOptions) => {
      const own = { id: 's', status: 'active', cancellationAllowedUntilAt: closesAt, refundOptions };
      const { refund, fullUntil } =
        windowOf(builtInPolicy, bought('2026-04-01T08:00:00Z'), subscription, {
          subscription: own,
        }) ?? {};
      return [refund, fullUntil];
    });

    assert.deepEqual(rules, [
      ['prorated', first],
      ['full', undefined],
      ['prorated', undefined],
      ['prorated', first],
      ['prorated', undefined],
    ]);
  });

  describe('of a subscription that has renewed itself', () => {
    const order = bought('2025-02-26T12:00:00Z');
    const renewedAt = new Date('2026-02-26T12:00:00Z');
    const own = { id: 'subscription-1', status: 'active', termStartedAt: renewedAt };

    it('begins anew with the term in force', () => {
      const window = windowOf(builtInPolicy, order, subscription, { subscription: own });

      assert.deepEqual(window, {
        closesAt: new Date('2026-03-05T12:00:00Z'),
        ...{ refund: 'prorated', source: 'policy', renewedAt },
      });
      const term = { billingCycle: 'annual', refundOptions: [{ type: 'full', expiresAfter: 'P2D' }] } as const;
      const offered = windowOf(builtInPolicy, order, subscription, { subscription: own, term });
      assert.deepEqual([offered?.closesAt, offered?.renewedAt], [new Date('2026-02-28T12:00:00Z'), renewedAt]);
    });

    it('is another one than that of a first term, whose own date is cut to the day or a second early', () => {
      for (const termStartedAt of ['2025-02-26T00:00:00Z', '2025-02-26T11:59:59Z', '2025-02-27T00:00:00Z']) {
        const first = { ...own, termStartedAt: new Date(termStartedAt) };
        assert.equal(windowOf(builtInPolicy, order, subscription, { subscription: first })?.renewedAt, undefined);
      }
    });
  });

  it('says nothing of the refund where only Partner Center’s date is known', () => {
    const cancellationAllowedUntilAt = new Date('2026-04-01T08:00:00Z');
    const own = { subscription: { id: 'subscription-1', status: 'active', cancellationAllowedUntilAt } } as const;

    const window = windowOf({ ...builtInPolicy, windows: [] }, bought('2026-03-01T00:00:00Z'), subscription, own);

    assert.deepEqual(window, { closesAt: cancellationAllowedUntilAt, source: 'partner-center' });
  });

  it('loses against the date that the subscription itself shows, and falls back on the table for what cannot be read', () => {
    const cancellationAllowedUntilAt = new Date('2026-03-12T00:00:00Z');
    const term = { billingCycle: 'annual', refundOptions: [{ type: 'full', expiresAfter: 'soon' }] } as const;
    const order = bought('2026-03-10T12:00:00Z');

    const own = windowOf(builtInPolicy, order, subscription, {
      subscription: { id: 'subscription-1', status: 'active', cancellationAllowedUntilAt },
      term: { billingCycle: 'annual', refundOptions: [{ type: 'full', expiresAfter: 'P30D' }] },
    });

    assert.equal(own?.closesAt, cancellationAllowedUntilAt);
    assert.equal(windowOf(builtInPolicy, order, subscription, { term })?.source, 'policy');
  });

  it('does not exist for what Microsoft never takes back', () => {
    const now = new Date('2026-03-10T12:00:00Z');

    for (const item of [
      { title: 'SUSE Linux Enterprise Server' },
      { publisher: 'Red Hat, Inc.', title: 'Enterprise Linux' },
    ])
      assert.equal(windowOfPurchase(builtInPolicy, { ...item, term: { duration: 'P1Y' } }, now), undefined);
  });

  it('has whole days left, none in its last 24 hours, never fewer than none', () => {
    const window: Window = { closesAt: new Date('2026-04-09T23:59:00Z'), refund: 'full', source: 'policy' };

    assert.equal(daysLeft(window, new Date('2026-04-01T23:59:00Z')), 8);
    assert.equal(daysLeft(window, new Date('2026-04-01T23:59:01Z')), 7);
    assert.equal(daysLeft(window, new Date('2026-04-09T00:00:00Z')), 0);
    assert.equal(daysLeft(window, new Date('2026-05-01T00:00:00Z')), 0);
  });

  it('has as many days in all for what was bought early as for what was bought late on its first one', () => {
    const closesAt = new Date('2026-04-09T23:59:00Z');

    for (const time of ['00:00:00', '12:00:00', '23:58:59', '23:59:59'])
      assert.equal(daysOf({ closesAt }, new Date(`2026-03-10T${time}Z`)), 30, time);
  });
});

describe('the refund', () => {
  const at = new Date('2026-03-01T12:00:00Z');
  const later = (ms: number) => new Date(at.getTime() + ms);

  it('is everything under the full rule, at any time', () => {
    for (const ms of [0, day, 20 * day]) {
      assert.deepEqual(refundOf(eur(1000), perpetual, 'full', at, later(ms)), {
        amount: eur(1000),
        paid: eur(1000),
        rule: 'full',
      });
    }
  });

  const prorated: [string, number, number, number][] = [
    ['at once', 0, 0, 3650],
    ['in the last moment of the first day', day - 1, 0, 3650],
    ['on the second day', day + 1000, 2, 3630],
    ['on day three', 2 * day + hour, 3, 3620],
    ['in the last hour of the window', 168 * hour - 1000, 7, 3580],
    ['long after the term', 500 * day, 365, 0],
  ];
  for (const [when, ms, usedDays, amount] of prorated) {
    it(`is prorated by day with its formula: ${when}`, () => {
      assert.deepEqual(refundOf(eur(3650), subscription, 'prorated', at, later(ms)), {
        amount: eur(amount),
        paid: eur(3650),
        rule: 'prorated',
        termDays: 365,
        usedDays,
      });
    });
  }

  it('counts the days of the term by the calendar', () => {
    const termDays = (termDuration: string, from: string) =>
      refundOf(eur(1), { ...subscription, termDuration }, 'prorated', new Date(from), new Date(from))?.termDays;

    everywhere(() => assert.equal(termDays('P1M', '2026-03-29T00:30:00Z'), 31));
    assert.equal(termDays('P1Y', '2024-01-15T00:00:00Z'), 366);
    assert.equal(termDays('P1Y', '2024-02-29T00:00:00Z'), 365);
    assert.equal(termDays('P3Y', '2025-03-01T00:00:00Z'), 1096);
    assert.equal(termDays('P1M', '2026-01-31T00:00:00Z'), 28);
    assert.equal(termDays('P1M', '2026-03-15T00:00:00Z'), 31);
    assert.equal(termDays('P30D', '2026-03-15T00:00:00Z'), 30);
  });

  it('is between nothing and what was paid, never grows, and is rounded to the smallest unit', () => {
    const term = fc.constantFrom('P1Y', 'P3Y', 'P1M');
    const elapsed = fc.integer({ min: 0, max: 1200 * day });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 11 }),
        term,
        anyInstant,
        elapsed,
        elapsed,
        (minor, termDuration, from, a, b) => {
          const paid = { minor, currency: 'EUR' };
          const line = { ...subscription, termDuration };
          const [early, late] = [Math.min(a, b), Math.max(a, b)].map((ms) =>
            refundOf(paid, line, 'prorated', from, new Date(from.getTime() + ms)),
          );
          assert.ok(early && late);
          assert.ok(Number.isInteger(early.amount.minor));
          assert.ok(late.amount.minor >= 0 && early.amount.minor <= minor);
          assert.ok(late.amount.minor <= early.amount.minor);
        },
      ),
    );
  });

  it('of whole yen stays whole', () => {
    const refund = refundOf({ minor: 1000, currency: 'JPY' }, subscription, 'prorated', at, later(3 * day));

    assert.deepEqual(refund?.amount, { minor: 992, currency: 'JPY' });
  });

  it('is not claimed to be full where the term cannot be read', () => {
    const odd = { ...subscription, termDuration: 'P1Q' };

    assert.equal(refundOf(eur(100), odd, 'prorated', at, later(day)), undefined);
    assert.equal(refundOf(eur(100), perpetual, 'prorated', at, later(day)), undefined, 'there is none');
  });
});
