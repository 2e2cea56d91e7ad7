import assert from 'node:assert/strict';
import type { AddressFlaws } from '../../../src/domain/customers/billing-profile.ts';
import { isCustomer } from '../../../src/domain/customers/customer.ts';
import {
  isObstacle,
  type Readiness,
  type ReadinessProblem,
  readinessProblems,
} from '../../../src/domain/customers/readiness.ts';
import { areLinesCancelled, isLineCancelled, isNamedBy } from '../../../src/domain/orders/order.ts';
import { aCustomer, aLine, anOrder, aSubscriptionLine } from '../../support/fakes/samples.ts';

const ready: Readiness = {
  relationship: 'reseller',
  account: 'Allowed',
  agreement: 'confirmed',
  qualifications: [],
  segments: ['commercial'],
};

describe('a customer', () => {
  const unverified: AddressFlaws = { isUnverified: true, lacks: [] };
  const suggestion = { line1: 'Long Street 1', city: 'Leeds', country: 'GB' };
  const situations: [string, Partial<Readiness>, readonly ReadinessProblem[], boolean][] = [
    ['lacks nothing with everything in place', { address: 'verified' }, [], false],
    ['lacks nothing when it signed the agreement itself', { agreement: 'signed' }, [], false],
    ['lacks nothing when the account was never assessed', { account: undefined }, [], false],
    [
      'cannot be sold to without a reseller relationship',
      { relationship: 'advisor' },
      [{ point: 'relationship' }],
      true,
    ],
    ['cannot be sold to under review', { account: 'UnderReview' }, [{ point: 'account', status: 'UnderReview' }], true],
    ['cannot be sold to with an unknown status', { account: 'New' }, [{ point: 'account', status: 'New' }], true],
    ['cannot be sold to without the agreement', { agreement: 'missing' }, [{ point: 'agreement' }], true],
    [
      'is told all that is missing at once, in Partner Center’s own order of checking',
      { relationship: '', account: 'NotAllowed', agreement: 'missing', address: unverified },
      [
        { point: 'relationship' },
        { point: 'account', status: 'NotAllowed' },
        { point: 'agreement' },
        { point: 'address', ...unverified },
      ],
      true,
    ],
    [
      'can be sold to with another address',
      { address: { ...unverified, suggestion } },
      [{ point: 'address', ...unverified, suggestion }],
      false,
    ],
    [
      'can be sold to while a qualification is pending or denied',
      { vetting: [{ qualification: 'Education', status: 'denied', reason: 'not a school' }] },
      [{ point: 'qualification', name: 'Education', status: 'denied', reason: 'not a school' }],
      false,
    ],
  ];
  for (const [what, overrides, missing, isStopped] of situations) {
    it(what, () => {
      const found = readinessProblems({ ...ready, ...overrides });

      assert.deepEqual(found, missing);
      assert.equal(found.some(isObstacle), isStopped);
    });
  }

  it('cannot buy at prices that no qualification opens', () => {
    const missing = readinessProblems({ ...ready, segments: ['commercial', 'nonprofit'] }, 'education');

    assert.deepEqual(missing, [{ point: 'segment', segment: 'education' }]);
    assert.ok(missing.every(isObstacle));
    for (const segment of ['commercial', 'nonprofit', undefined])
      assert.deepEqual(readinessProblems({ ...ready, segments: ['commercial', 'nonprofit'] }, segment), []);
  });

  it('is recognised by tenant GUID, initial domain or custom domain, however it is typed', () => {
    const customer = aCustomer();

    for (const given of [customer.id.toUpperCase(), ' contoso.onmicrosoft.com ', 'CONTOSO.COM']) {
      assert.ok(isCustomer(customer, given), given);
    }
    for (const given of ['', ' ', 'contoso', 'fabrikam.com', 'evil-contoso.com']) {
      assert.ok(!isCustomer(customer, given), given);
    }
  });

  it('without a domain is not recognised by an empty answer', () => {
    assert.ok(!isCustomer(aCustomer({ domain: '' }), '  '));
  });
});

describe('an order', () => {
  it('is named by its id, its short number, or a subscription of it', () => {
    const order = anOrder({ lines: [aLine(), aSubscriptionLine({ number: 1 })] });

    for (const text of [order.id, ' 1A2B3C4D5E6F ', 'AAAAAAAA-1111-4111-8111-0000000000aa'])
      assert.ok(isNamedBy(order, text), text);
    for (const text of ['', order.id.toLowerCase(), '1a2b3c4d5e6', 'DG7GMGF0D5RK'])
      assert.ok(!isNamedBy(order, text), text);
  });

  it('has a line cancelled when it is cancelled itself, or the line has no quantity left', () => {
    const part = anOrder({ lines: [aLine({ quantity: 0 }), aLine({ number: 1 })] });

    assert.ok(isLineCancelled(part, 0));
    assert.ok(!isLineCancelled(part, 1));
    assert.ok(!isLineCancelled(part, 7));
    assert.ok(isLineCancelled(anOrder({ status: 'cancelled' }), 0));
    assert.ok(areLinesCancelled(part, [0]));
    assert.ok(!areLinesCancelled(part, [0, 1]));
    assert.ok(!areLinesCancelled(part, []));
  });
});
