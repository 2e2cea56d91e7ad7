import assert from 'node:assert/strict';
import { isCustomer, obstacleOf, type Readiness } from '../../src/domain/customer.ts';
import { areLinesCancelled, isLineCancelled, isNamedBy } from '../../src/domain/order.ts';
import { aCustomer, aLine, anOrder, aSubscriptionLine } from '../fakes/samples.ts';

const ready: Readiness = { relationship: 'reseller', account: 'Allowed', agreement: 'confirmed', qualifications: [] };

describe('a customer', () => {
  const obstacles: [string, Partial<Readiness>, string | undefined][] = [
    ['is ready with everything in place', {}, undefined],
    ['is ready when the customer itself signed the agreement', { agreement: 'signed' }, undefined],
    ['is ready when the account was never assessed', { account: undefined }, undefined],
    ['is not ready without a reseller relationship', { relationship: 'advisor' }, 'no-relationship'],
    ['is not ready while the account is under review', { account: 'UnderReview' }, 'account-blocked'],
    ['is not ready with a status that we do not know', { account: 'Something new' }, 'account-blocked'],
    ['is not ready without the agreement', { agreement: 'missing' }, 'no-agreement'],
    [
      'is told the first obstacle in Partner Center’s own order',
      { relationship: '', account: 'NotAllowed', agreement: 'missing' },
      'no-relationship',
    ],
  ];
  for (const [what, overrides, obstacle] of obstacles) {
    it(what, () => {
      assert.equal(obstacleOf({ ...ready, ...overrides }), obstacle);
    });
  }

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
