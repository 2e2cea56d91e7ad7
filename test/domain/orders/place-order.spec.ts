import assert from 'node:assert/strict';
import { finishOrderLater } from '../../../src/domain/orders/finish-order-later.ts';
import {
  carryOut,
  finishOrder,
  mayConfirm,
  noticesOf,
  placeOrder,
  submitOrder,
} from '../../../src/domain/orders/place-order.ts';
import { builtInPolicy } from '../../../src/domain/policy.ts';
import { LeaseLost } from '../../../src/domain/work/leases.ts';
import {
  anAvailability,
  anItem,
  anOrderSubmission,
  aPerson,
  aPurchase,
  eur,
  outside,
} from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../support/fakes/world.ts';

const ada = aPerson();

async function confirmed(world: FakeWorld = createFakeWorld()): Promise<FakeWorld> {
  await submitOrder(world, ada, anOrderSubmission());
  return world;
}

describe('confirming an order', () => {
  it('writes the submission down and buys nothing yet', async () => {
    const world = await confirmed();

    assert.equal(world.written.orderSubmissions.get('submission-1')?.state, 'accepted');
    assert.deepEqual(world.partnerCenter.calls, []);
  });

  it('and placing it at once asks only for what is on sale, and hands on what was placed', async () => {
    const world = createFakeWorld();

    const { submission, orders } = await placeOrder(world, ada, anOrderSubmission());

    assert.deepEqual(
      world.partnerCenter.calls.map((call) => call.split(' ')[0]),
      ['unitPrice', 'availabilities', 'createCart', 'checkout'],
    );
    assert.deepEqual([submission.state, submission.orderIds], ['ordered', orders.map(({ id }) => id)]);
    assert.deepEqual((await world.knownOrders.find(orders[0]?.number ?? ''))?.orderId, orders[0]?.id);
    assert.deepEqual(world.written.orderSubmissions.get('submission-1')?.state, 'ordered');
  });

  it('and placing it is left to the job where Partner Center does not answer', async () => {
    const world = createFakeWorld();
    world.partnerCenter.fail('checkout', outside('unreachable'), { isAfterWork: true });

    const { submission } = await placeOrder(world, ada, anOrderSubmission());
    await finishOrderLater(world, 'submission-1');

    assert.equal(submission.state, 'accepted');
    assert.equal(world.written.orderSubmissions.get('submission-1')?.state, 'ordered');
    assert.equal(world.partnerCenter.orders.length, 1);
  });

  it('is one order where the process stood still and another one took it over', async () => {
    const world = createFakeWorld();
    const { createCart } = world.ordering;
    let isTakenOver = false;
    // Partner Center has forgotten the request id: the other process gets a cart of its own.
    const createAnother: typeof createCart = (customerId, lines) => createCart(customerId, lines, 'another-request');
    const otherProcess = { ...world, ordering: { ...world.ordering, createCart: createAnother } };
    const frozen: typeof world = {
      ...world,
      leases: {
        ...world.leases,
        demandHeld: async () => {
          if (isTakenOver) throw new LeaseLost('order:submission-1');
        },
      },
      ordering: {
        ...world.ordering,
        async createCart(customerId, lines, requestId) {
          const cart = await createCart(customerId, lines, requestId);
          const submission = await world.orderSubmissions.get('submission-1');
          await carryOut(otherProcess, submission ?? assert.fail('it is not written down'));
          isTakenOver = true;
          return cart;
        },
      },
    };

    const { submission } = await placeOrder(frozen, ada, anOrderSubmission());

    const [order, ...more] = world.partnerCenter.orders;
    assert.deepEqual(more, []);
    assert.deepEqual([submission.state, submission.orderIds], ['ordered', [order?.id]]);
    assert.equal(world.partnerCenter.calls.filter((call) => call.startsWith('checkout')).length, 1);
  });

  it('twice is one submission, and the first one counts', async () => {
    const world = await confirmed();

    const again = await submitOrder(world, ada, anOrderSubmission({ placeId: 'elsewhere' }));

    assert.equal(again.submission.placeId, anOrderSubmission().placeId);
    assert.equal(world.written.orderSubmissions.size, 1);
  });

  it('is refused under a submission id that was used for something else', async () => {
    const world = await confirmed();

    const other = anOrderSubmission({ content: aPurchase({ item: anItem({ quantity: 200 }) }) });
    await assert.rejects(submitOrder(world, ada, other), { code: 'other-content' });
  });

  it('is refused to a sales agent, unless policy allows it', async () => {
    for (const [salesMayConfirm, isRefused] of [
      [false, true],
      [true, false],
    ] as const) {
      const world = createFakeWorld({ policy: { salesMayConfirm } });
      world.roles.set(ada.id, ['sales-agent']);

      const submitting = submitOrder(world, ada, anOrderSubmission());
      await (isRefused ? assert.rejects(submitting, { code: 'not-allowed' }) : submitting);
      assert.equal(world.written.orderSubmissions.size, isRefused ? 0 : 1);
    }
  });

  it('above the limit, told in whole units of the currency, is left to an admin agent', async () => {
    const world = createFakeWorld({ policy: { approvalLimits: { EUR: 999 } } });
    world.roles.set(ada.id, ['global-admin']);

    await assert.rejects(submitOrder(world, ada, anOrderSubmission()), {
      code: 'above-limit',
      facts: { total: eur(1000), limit: eur(999) },
    });
    await submitOrder(world, ada, anOrderSubmission({ submissionId: 's2', content: aPurchase({ total: eur(999) }) }));
    await submitOrder(
      world,
      ada,
      anOrderSubmission({ submissionId: 's3', content: aPurchase({ total: { minor: 9_000_000, currency: 'JPY' } }) }),
    );
    world.roles.set(ada.id, ['admin-agent']);
    await submitOrder(world, ada, anOrderSubmission());
    assert.equal(world.written.orderSubmissions.size, 3);
  });

  it('is offered only to whom it would not be refused', () => {
    const policy = { ...builtInPolicy, approvalLimits: { EUR: 999 } };

    assert.ok(mayConfirm(policy, ['admin-agent'], eur(1000)));
    assert.ok(mayConfirm(policy, ['global-admin'], eur(999)));
    assert.ok(!mayConfirm(policy, ['global-admin'], eur(999.01)));
    assert.ok(!mayConfirm(policy, ['sales-agent'], eur(1)));
    assert.ok(mayConfirm({ ...policy, salesMayConfirm: true }, ['sales-agent'], eur(1)));
    assert.ok(!mayConfirm({ ...policy, salesMayConfirm: true }, ['sales-agent'], eur(1000)));
  });
});

describe('carrying an order out', () => {
  it('makes the cart, records it, checks it out, and remembers the order', async () => {
    const world = await confirmed();

    const done = await finishOrder(world, 'submission-1');

    assert.equal(done?.state, 'ordered');
    assert.deepEqual(done?.orderIds, ['long-id-1']);
    assert.equal(done?.cartId, world.partnerCenter.carts[0]?.id);
    assert.deepEqual(await world.knownOrders.find('NUMBER-1'), {
      customerId: anOrderSubmission().content.customerId,
      orderId: 'long-id-1',
    });
    assert.deepEqual(world.redrawn, ['order submission-1']);
  });

  it('takes the catalogue id of this minute, with quantity, billing and attestation as confirmed', async () => {
    const world = createFakeWorld();
    world.partnerCenter.availabilities = [
      anAvailability({ segment: 'education', catalogItemId: 'EDU' }),
      anAvailability({ catalogItemId: 'OTHER', terms: [{ duration: 'P1Y', billingCycle: 'annual' }] }),
      anAvailability({ catalogItemId: 'ROTATED' }),
    ];
    await submitOrder(world, ada, anOrderSubmission({ content: aPurchase({ isAttested: true }) }));

    await finishOrder(world, 'submission-1');

    const expected = {
      catalogItemId: 'ROTATED',
      quantity: 2,
      billingCycle: 'one_time',
      termDuration: undefined,
      attestationAccepted: true,
    };
    assert.deepEqual(world.partnerCenter.carts[0]?.lines[0], expected);
  });

  it('takes what is sold in the country that was confirmed, as the review did', async () => {
    const world = createFakeWorld();
    world.partnerCenter.availabilities = [
      anAvailability({ country: 'US', catalogItemId: 'AMERICAN' }),
      anAvailability({ country: 'de', catalogItemId: 'GERMAN' }),
    ];
    await submitOrder(world, ada, anOrderSubmission({ content: aPurchase({ country: 'DE' }) }));

    await finishOrder(world, 'submission-1');

    assert.deepEqual(
      world.partnerCenter.carts.map(({ lines }) => lines[0]?.catalogItemId),
      ['GERMAN'],
    );
  });

  it('is still possible for an order of before its country was kept', async () => {
    const world = createFakeWorld();
    await submitOrder(world, ada, anOrderSubmission({ content: aPurchase({ country: undefined }) }));

    assert.equal((await finishOrder(world, 'submission-1'))?.state, 'ordered');
  });

  for (const [what, price] of [
    ['has changed', eur(500.01)],
    ['is in another currency', { minor: 50_000, currency: 'USD' }],
    ['is gone', undefined],
  ] as const) {
    it(`orders nothing where the price ${what} since it was confirmed`, async () => {
      const world = await confirmed();
      world.partnerCenter.fail('createCart', outside('unreachable'));
      await assert.rejects(finishOrder(world, 'submission-1'));
      world.partnerCenter.price = price;

      await finishOrderLater(world, 'submission-1');

      const done = world.written.orderSubmissions.get('submission-1');
      const reason = { kind: 'price-changed', was: eur(500), ...(price && { now: price }) };
      assert.deepEqual([done?.state, done?.reason], ['declined', reason]);
      assert.deepEqual([world.partnerCenter.carts, world.partnerCenter.orders], [[], []]);
    });
  }

  it('goes on with the cart that was made at the price confirmed, whatever it costs by now', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', outside('unreachable'));
    await assert.rejects(finishOrder(world, 'submission-1'));
    world.partnerCenter.price = eur(600);

    assert.equal((await finishOrder(world, 'submission-1'))?.state, 'ordered');
  });

  it('knows the cart before it checks out, so that a crash in between orders once', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', new Error('the process dies'));

    await assert.rejects(finishOrder(world, 'submission-1'), /dies/);
    assert.equal(world.written.orderSubmissions.get('submission-1')?.cartId, world.partnerCenter.carts[0]?.id);
    await finishOrder(world, 'submission-1');

    assert.equal(world.partnerCenter.count('createCart'), 1);
    assert.equal(world.partnerCenter.orders.length, 1);
  });

  it('asks nothing of Partner Center that it could not write down before', async () => {
    const world = await confirmed();
    world.breakDown('attempts');

    await assert.rejects(finishOrder(world, 'submission-1'));
    assert.equal(world.partnerCenter.count('createCart'), 0);
  });

  it('writes down each request before it is sent, and its answer after', async () => {
    const world = await confirmed();
    const attempts = () => world.written.attempts.map(({ step, outcome }) => [step.name, outcome]);
    const seen: unknown[] = [];
    const { createCart, checkout } = world.ordering;
    world.ordering.createCart = (...given) => {
      seen.push(attempts());
      return createCart(...given);
    };
    world.ordering.checkout = (...given) => {
      seen.push(attempts());
      return checkout(...given);
    };

    await finishOrder(world, 'submission-1');

    assert.deepEqual(seen, [
      [['create-cart', undefined]],
      [
        ['create-cart', 'done'],
        ['checkout', undefined],
      ],
    ]);
    assert.deepEqual(attempts(), [
      ['create-cart', 'done'],
      ['checkout', 'done'],
    ]);
  });

  it('does not check out a cart that it could not write down', async () => {
    const world = await confirmed();
    world.breakDown('orderSubmissions');

    await assert.rejects(finishOrder(world, 'submission-1'));
    assert.equal(world.partnerCenter.count('checkout'), 0);
  });

  for (const operation of ['createCart', 'checkout']) {
    for (const isAfterWork of [false, true]) {
      it(`ends in one order when ${operation} times out ${isAfterWork ? 'after' : 'before'} its work`, async () => {
        const world = await confirmed();
        world.partnerCenter.fail(operation, outside('unreachable'), { isAfterWork });

        await assert.rejects(finishOrder(world, 'submission-1'), { kind: 'unreachable' });
        assert.equal((await finishOrder(world, 'submission-1'))?.state, 'ordered');

        assert.equal(world.partnerCenter.orders.length, 1);
        assert.equal(world.partnerCenter.carts.length, 1);
        assert.equal(new Set(world.partnerCenter.calls.filter((call) => call.startsWith('checkout'))).size, 1);
      });
    }
  }

  it('twice is one order, and the second asks nothing of Partner Center', async () => {
    const world = await confirmed();
    await finishOrder(world, 'submission-1');
    const before = world.partnerCenter.calls.length;

    assert.equal((await finishOrder(world, 'submission-1'))?.state, 'ordered');
    assert.equal(world.partnerCenter.calls.length, before);
  });

  it('by two at once is done by one of them', async () => {
    const world = await confirmed();

    await Promise.all([finishOrder(world, 'submission-1'), finishOrder(world, 'submission-1')]);

    assert.equal(world.partnerCenter.count('checkout'), 1);
  });

  for (const kind of ['throttled', 'unauthorized', 'conflict', 'unexpected'] as const) {
    it(`stays to be done when Partner Center answers ${kind}`, async () => {
      const world = await confirmed();
      world.partnerCenter.fail('checkout', outside(kind));

      await assert.rejects(finishOrder(world, 'submission-1'), { kind });
      assert.equal(world.written.orderSubmissions.get('submission-1')?.state, 'accepted');
    });
  }

  const idsOf = (world: FakeWorld, operation: string): string[] =>
    world.partnerCenter.calls.flatMap((call) =>
      call.startsWith(`${operation} `) ? call.slice(operation.length + 1) : [],
    );

  for (const operation of ['createCart', 'checkout']) {
    it(`asks anew after a conflict that ${operation} answered: the old request would be answered so for ever`, async () => {
      const world = await confirmed();
      world.partnerCenter.fail(operation, outside('conflict', { code: '800064' }), { times: 2 });

      for (let time = 0; time < 2; time += 1)
        await assert.rejects(finishOrder(world, 'submission-1'), { kind: 'conflict' });
      const done = await finishOrder(world, 'submission-1');

      assert.equal(done?.state, 'ordered');
      const ids = idsOf(world, operation);
      assert.equal(ids.length, 3);
      assert.equal(new Set(ids).size, 3);
      assert.equal(world.partnerCenter.orders.length, 1);
    });

    it(`keeps the new request id of ${operation} when that one is not answered, and after a crash`, async () => {
      const world = await confirmed();
      world.partnerCenter.fail(operation, outside('conflict'));
      await assert.rejects(finishOrder(world, 'submission-1'));
      world.partnerCenter.fail(operation, outside('unreachable'), { isAfterWork: true });
      await assert.rejects(finishOrder(world, 'submission-1'));
      world.partnerCenter.fail(operation, outside('unexpected', { status: 503 }));
      await assert.rejects(finishOrder(world, 'submission-1'));

      await finishOrder(world, 'submission-1');

      const [first, ...others] = idsOf(world, operation);
      assert.equal(others.length, 3);
      assert.equal(new Set(others).size, 1);
      assert.notEqual(others[0], first);
      assert.equal(world.partnerCenter.orders.length, 1);
    });
  }

  it('says that it waits for the sign-in while Partner Center refuses that, and no longer than that', async () => {
    const world = await confirmed();
    const reason = () => world.written.orderSubmissions.get('submission-1')?.reason;
    world.partnerCenter.fail('checkout', outside('unauthorized', { status: 401 }), { times: 2 });
    for (let time = 0; time < 2; time += 1) await assert.rejects(finishOrder(world, 'submission-1'));
    const refused = reason();
    const redrawn = world.redrawn.length;
    world.partnerCenter.fail('checkout', outside('unreachable'));
    await assert.rejects(finishOrder(world, 'submission-1'));
    const away = reason();

    const done = await finishOrder(world, 'submission-1');

    assert.deepEqual([refused, away], [{ kind: 'sign-in-refused' }, undefined]);
    assert.equal(redrawn, 1, 'the card is drawn when something changes');
    assert.equal(done?.state, 'ordered');
    assert.equal(world.partnerCenter.orders.length, 1);
  });

  it('takes the orders of a cart that turns out to be ordered after a conflict, at once', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', outside('conflict', { code: '800065' }), { isAfterWork: true });

    const done = await finishOrder(world, 'submission-1');

    assert.deepEqual([done?.state, done?.orderIds], ['ordered', ['long-id-1']]);
    assert.equal(world.partnerCenter.orders.length, 1);
  });

  it('does not ask anew before it is written down that it will', async () => {
    const world = await confirmed();
    world.attempts.end = () => Promise.reject(new Error('the database is gone'));
    world.partnerCenter.fail('checkout', outside('conflict'), { isAfterWork: true });

    await assert.rejects(finishOrder(world, 'submission-1'), /database/);
    assert.equal(world.partnerCenter.count('checkout'), 1);
  });

  it('is declined when the cart refuses the line, in Partner Center’s words', async () => {
    const world = await confirmed();
    world.partnerCenter.lineErrors = [{ code: '10003', description: 'Not in stock' }];

    const done = await finishOrder(world, 'submission-1');

    assert.deepEqual(
      [done?.state, done?.reason],
      ['declined', { kind: 'declined', said: [{ code: '10003', text: 'Not in stock' }] }],
    );
    assert.equal(world.partnerCenter.count('checkout'), 0);
  });

  it('is declined when the item went off sale meanwhile', async () => {
    const world = await confirmed();
    world.partnerCenter.availabilities = [anAvailability({ isPurchasable: false })];

    const done = await finishOrder(world, 'submission-1');

    assert.deepEqual([done?.state, done?.reason], ['declined', { kind: 'not-on-sale' }]);
    assert.equal(world.partnerCenter.carts.length, 0);
  });

  it('is declined when Partner Center refuses the cart', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('createCart', outside('declined', { code: '800002', description: 'No credit' }));

    const done = await finishOrder(world, 'submission-1');

    assert.deepEqual(
      [done?.state, done?.reason],
      ['declined', { kind: 'declined', said: [{ code: '800002', text: 'No credit' }] }],
    );
  });

  it('keeps what was missing where Partner Center refused it for that', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', outside('declined', { meaning: 'not-qualified', code: '800086' }));

    const done = await finishOrder(world, 'submission-1');

    assert.equal(done?.state, 'declined');
    const missing = { point: 'segment', segment: 'commercial' };
    assert.deepEqual(done?.reason, { kind: 'declined', said: [{ code: '800086' }], missing });
  });

  it('is declined when the checkout answers with errors and no order', async () => {
    const world = await confirmed();
    world.partnerCenter.checkoutErrors = [{ code: '800030', description: 'Fraud check' }];

    assert.equal((await finishOrder(world, 'submission-1'))?.state, 'declined');
  });

  it('is declined when the checkout is refused and the cart is still open', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', outside('declined', { description: 'No' }));

    assert.equal((await finishOrder(world, 'submission-1'))?.state, 'declined');
  });

  it('needs a person when the checkout is refused although an earlier one may have gone through', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', outside('unreachable'), { isAfterWork: true });
    await assert.rejects(finishOrder(world, 'submission-1'));
    world.partnerCenter.fail('checkout', outside('declined', { description: 'Cart is ordered' }));

    assert.equal((await finishOrder(world, 'submission-1'))?.state, 'needs_person');
  });

  it('needs a person when nobody can tell what became of the cart', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', outside('declined', { description: 'No' }));
    world.partnerCenter.fail('cart', outside('forbidden'));

    assert.equal((await finishOrder(world, 'submission-1'))?.state, 'needs_person');
  });

  it('needs a person when the checkout answers with neither orders nor errors', async () => {
    const world = await confirmed();
    world.ordering.checkout = async () => ({ orders: [], errors: [] });

    assert.equal((await finishOrder(world, 'submission-1'))?.state, 'needs_person');
  });

  it('is nothing for an id that nobody submitted', async () => {
    const world = createFakeWorld();

    assert.equal(await finishOrder(world, 'never heard of'), undefined);
    assert.deepEqual(world.partnerCenter.calls, []);
  });
});

describe('an order that somebody else prepared', () => {
  const sara = { id: '33333333-3333-4333-8333-333333333333', name: 'Sara Wilk' };

  async function prepared(preparer = sara): Promise<FakeWorld> {
    const world = createFakeWorld();
    world.notify.orderChanged = async (submissionId) => {
      const submission = await world.orderSubmissions.get(submissionId);
      if (submission) await world.notices.recordShown(noticesOf(submission), world.clock.now());
    };
    await submitOrder(world, ada, anOrderSubmission({ content: aPurchase({ preparer }) }));
    return world;
  }

  const due = ({ written }: FakeWorld): string[] =>
    written.notices.flatMap(({ kind, target, state }) =>
      state === 'due' ? `${kind} to ${target.to} ${target.id}` : [],
    );

  it('is told to who prepared it, once, while the card shows it to who confirmed it', async () => {
    const world = await prepared();

    await finishOrder(world, 'submission-1');
    const inTurn = due(world);
    await finishOrderLater(world, 'submission-1');

    assert.deepEqual(inTurn, [`order-placed to person ${sara.id}`]);
    assert.deepEqual(due(world), inTurn);
  });

  it('is told to both where nobody waits for it', async () => {
    const world = await prepared();

    await finishOrderLater(world, 'submission-1');

    assert.deepEqual(due(world), ['order-placed to place 19:thread', `order-placed to person ${sara.id}`]);
  });

  it('is told to who prepared it also where the process dies before the card could show it', async () => {
    const world = await prepared();
    world.notify.orderChanged = () => Promise.reject(new Error('killed'));

    await assert.rejects(finishOrder(world, 'submission-1'), /killed/);

    assert.deepEqual(due(world), [`order-placed to person ${sara.id}`]);
  });

  it('is told to who prepared it where Partner Center did not say clearly how it ended', async () => {
    const world = await prepared();
    world.partnerCenter.fail('checkout', outside('declined'));
    world.partnerCenter.fail('cart', outside('not-found'));

    const ended = await finishOrder(world, 'submission-1');

    assert.equal(ended?.state, 'needs_person');
    assert.deepEqual(due(world), [`order-declined to person ${sara.id}`]);
  });

  it('is not told as declined while who confirms it can still change it', async () => {
    const world = await prepared();
    world.partnerCenter.lineErrors = [{ code: '10003', description: 'Not in stock' }];

    await finishOrder(world, 'submission-1');
    await finishOrderLater(world, 'submission-1');

    assert.deepEqual(due(world), []);
  });

  it('is told as declined where nobody waits for it', async () => {
    const world = await prepared();
    world.partnerCenter.lineErrors = [{ code: '10003', description: 'Not in stock' }];

    await finishOrderLater(world, 'submission-1');

    assert.deepEqual(due(world), ['order-declined to place 19:thread', `order-declined to person ${sara.id}`]);
  });

  it('is nobody else’s news where who prepared it confirmed it in the end', async () => {
    const world = await prepared(ada);

    await finishOrder(world, 'submission-1');

    assert.deepEqual(due(world), []);
  });
});
