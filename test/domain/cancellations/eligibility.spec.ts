import assert from 'node:assert/strict';
import type { CaseChange } from '../../../src/domain/cancellations/case-event.ts';
import { eligibilityOf, linesLeft } from '../../../src/domain/cancellations/eligibility.ts';
import { submitCase } from '../../../src/domain/cancellations/submit-case.ts';
import type { Subscription } from '../../../src/domain/orders/order.ts';
import {
  aCase,
  aCustomer,
  aLine,
  aNewCase,
  anAvailability,
  anOrder,
  aPerson,
  aProduct,
  aSubscriptionLine,
  aTicket,
  eur,
  outside,
  startAt,
} from '../../support/fakes/samples.ts';
import { createFakeWorld, dayMs, type FakeWorld } from '../../support/fakes/world.ts';

const twoLines = anOrder({
  total: eur(1500),
  lines: [aLine(), aLine({ number: 1, title: 'Another', total: eur(500) })],
});

const ask = (world: FakeWorld, order = anOrder(), lines?: readonly number[]) =>
  eligibilityOf(world, { customer: aCustomer(), order }, lines);

describe('what cancelling would mean', () => {
  it('inside the window: at once or by ticket, with the last moment and everything back', async () => {
    const { window, isInWindow, refund, endings, isWholeOrder, ticket, unread } = await ask(createFakeWorld());

    assert.equal(window?.closesAt.toISOString(), '2026-04-04T23:59:00.000Z');
    assert.ok(isInWindow);
    assert.deepEqual(refund, { amount: eur(1000), paid: eur(1000), rule: 'full' });
    assert.deepEqual(endings, ['cancel-now', 'ticket']);
    assert.ok(isWholeOrder);
    assert.equal(ticket, undefined);
    assert.deepEqual(unread, []);
  });

  it('in the last second of the window is still at once, in the next only by ticket', async () => {
    const world = createFakeWorld();
    world.setTime('2026-04-04T23:59:00Z');
    assert.deepEqual((await ask(world)).endings, ['cancel-now', 'ticket']);

    world.setTime('2026-04-04T23:59:01Z');
    const after = await ask(world);
    assert.deepEqual([after.isInWindow, after.endings], [false, ['ticket']]);
  });

  describe('once Partner Center has refused to do it at once', () => {
    async function refused(
      change: CaseChange = { kind: 'declined', said: { code: '3025', text: 'Outside of the window' } },
      { closesAt = '2026-04-04T23:59:00.000Z', lineNumbers = [0] } = {},
    ): Promise<FakeWorld> {
      const world = createFakeWorld();
      const content = { ...aNewCase().content, orderId: anOrder().id, lineNumbers, closesAt };
      const { reference } = (await submitCase(world, aPerson(), { ...aNewCase(), content })).case;
      for (const [from, to] of [
        ['submitted', 'cancelling'],
        ['cancelling', 'refused'],
      ] as const)
        await world.cases.advance({ reference, from, to, change, at: world.clock.now() });
      return world;
    }

    it('is by ticket only, and tells of the refusal', async () => {
      const { endings, refused: told } = await ask(await refused());

      assert.deepEqual(endings, ['ticket']);
      assert.deepEqual(told?.change, { kind: 'declined', said: { code: '3025', text: 'Outside of the window' } });
    });

    it('is possible at once again where it was for what can be put right, or for other lines', async () => {
      const right = await refused({ kind: 'declined', said: { text: 'You lack a right' }, mayChange: true });
      const other = await refused(undefined, { lineNumbers: [1] });

      for (const world of [right, other]) {
        const { endings, refused: told } = await ask(world);
        assert.deepEqual([endings, told], [['cancel-now', 'ticket'], undefined]);
      }
    });

    it('is possible at once again where the window closes later by now', async () => {
      const world = await refused(undefined, { closesAt: '2026-03-12T23:59:00.000Z' });

      assert.deepEqual((await ask(world)).endings, ['cancel-now', 'ticket']);
    });
  });

  it('is by ticket only where policy says so', async () => {
    const { isInWindow, endings } = await ask(createFakeWorld({ policy: { alwaysTicket: true } }));

    assert.deepEqual([isInWindow, endings], [true, ['ticket']]);
  });

  it('by Partner Center’s own date for a subscription, where it has one', async () => {
    const line = aSubscriptionLine();
    const order = anOrder({ lines: [line], createdAt: new Date(startAt.getTime() - 2.5 * dayMs) });
    const world = createFakeWorld();
    world.partnerCenter.subscriptions = [
      { id: line.subscriptionId ?? '', status: 'active', cancellationAllowedUntilAt: new Date('2026-03-11T00:00:00Z') },
    ];

    const { window, refund } = await ask(world, order);

    assert.equal(window?.source, 'partner-center');
    assert.deepEqual(refund, { amount: eur(3620), paid: eur(3650), rule: 'prorated', termDays: 365, usedDays: 3 });
  });

  it('by the policies of the offer it was bought under, as long as the catalogue shows that very offer', async () => {
    const refundOptions = [{ type: 'full', expiresAfter: 'P2D' }] as const;
    const world = createFakeWorld();
    const { catalogItemId } = aLine();
    world.partnerCenter.availabilities = [
      anAvailability({ catalogItemId, terms: [{ billingCycle: 'one_time', refundOptions }] }),
    ];
    const known = await ask(world);
    world.partnerCenter.availabilities = [anAvailability({ terms: [{ billingCycle: 'one_time', refundOptions }] })];
    const rotated = await ask(world);
    world.partnerCenter.fail('availability', outside('not-found'));
    const gone = await ask(world);

    assert.equal(known.window?.closesAt.toISOString(), '2026-03-07T12:00:00.000Z');
    assert.equal(known.window?.source, 'partner-center');
    assert.equal(rotated.window?.source, 'policy');
    assert.equal(gone.window?.source, 'policy');
  });

  it('by those policies for a subscription too, where it shows no date of its own', async () => {
    const refundOptions = [{ type: 'full', expiresAfter: 'P2D' }] as const;
    const line = aSubscriptionLine();
    const term = { duration: line.termDuration, billingCycle: 'annual', refundOptions };
    const order = anOrder({ lines: [line] });
    const own = { id: line.subscriptionId ?? '', status: 'active' } as const;
    const until = new Date('2026-03-30T00:00:00Z');
    const world = createFakeWorld();
    const { productId, skuId, catalogItemId } = line;
    world.partnerCenter.availabilities = [anAvailability({ productId, skuId, catalogItemId, terms: [term] })];
    world.partnerCenter.subscriptions = [own];
    const without = await ask(world, order);
    world.partnerCenter.subscriptions = [{ ...own, cancellationAllowedUntilAt: until }];
    const dated = await ask(world, order);

    assert.equal(without.window?.closesAt.toISOString(), '2026-03-07T12:00:00.000Z');
    assert.equal(dated.window?.closesAt, until);
  });

  it('names what was paid, and no refund, where nobody says what comes back', async () => {
    const world = createFakeWorld({ policy: { windows: [] } });

    const { paid, refund, window } = await ask(world);

    assert.equal(window, undefined);
    assert.equal(refund, undefined);
    assert.deepEqual(paid, aLine().total);
  });

  it('does not ask for subscriptions where there are none', async () => {
    const world = createFakeWorld();
    await ask(world);

    assert.equal(world.partnerCenter.count('subscriptions'), 0);
  });

  it('for some lines of an order: their refund, and not the whole order', async () => {
    const { lines, isWholeOrder, refund } = await ask(createFakeWorld(), twoLines, [1]);

    assert.deepEqual([lines.map((line) => line.title), isWholeOrder, refund?.amount], [['Another'], false, eur(500)]);
  });

  it('for all lines that are left is the whole order', async () => {
    const order = { ...twoLines, lines: [aLine({ quantity: 0 }), ...twoLines.lines.slice(1)] };

    assert.deepEqual(linesLeft(order), [1]);
    assert.ok((await ask(createFakeWorld(), order)).isWholeOrder);
  });

  it('adds up different rules, and closes with the first of the windows', async () => {
    const createdAt = new Date(startAt.getTime() - 2.5 * dayMs);
    const order = anOrder({ createdAt, lines: [aLine(), aSubscriptionLine({ number: 1 })] });

    const { refund, window } = await ask(createFakeWorld(), order);

    assert.deepEqual(refund, { amount: eur(4620), paid: eur(4650), rule: 'prorated' });
    assert.equal(window?.closesAt.getTime(), createdAt.getTime() + 7 * dayMs);
  });

  it('names no window when that of one line is unknown', async () => {
    const onlyPerpetual = createFakeWorld().policy.windows.filter((row) => row.kind === 'perpetual');
    const world = createFakeWorld({ policy: { windows: onlyPerpetual } });
    const order = anOrder({ lines: [aLine(), aSubscriptionLine({ number: 1 })] });

    const { window, isInWindow, endings } = await ask(world, order);

    assert.deepEqual([window, isInWindow, endings], [undefined, false, ['ticket']]);
  });

  it('names no refund when a price is missing, but takes the order’s total for a single line', async () => {
    const priceless = aLine({ total: undefined });

    assert.deepEqual((await ask(createFakeWorld(), anOrder({ lines: [priceless] }))).refund?.amount, eur(1000));
    const many = anOrder({ lines: [priceless, aLine({ number: 1 })] });
    assert.equal((await ask(createFakeWorld(), many)).refund, undefined);
    assert.equal((await ask(createFakeWorld(), anOrder({ lines: [priceless], total: undefined }))).refund, undefined);
  });

  for (const [what, text] of [
    ['order id', anOrder().id],
    ['order number', anOrder().number],
  ]) {
    for (const status of ['open', 'none', 'attention_needed'] as const) {
      it(`shows a ticket of anybody that names the ${what} (${status})`, async () => {
        const world = createFakeWorld();
        world.partnerCenter.tickets = [
          aTicket({ id: '1', description: 'another' }),
          aTicket({ id: '2', status, description: `Refund ${text}!` }),
        ];

        assert.equal((await ask(world)).ticket?.id, '2');
      });
    }
  }

  it('reads a ticket whose list does not show what it says, if it may be about the order', async () => {
    const world = createFakeWorld();
    world.partnerCenter.hidesTexts = true;
    const about = { description: `please refund ${anOrder().number}` };
    const before = new Date(anOrder().createdAt.getTime() - 1);
    world.partnerCenter.tickets = [
      aTicket({ id: '1', title: 'Refund please', ...about }),
      aTicket({ id: '2', title: 'Another one [SD-OTHER2]' }),
      aTicket({ id: '3', title: 'Filed before the order', createdAt: before }),
    ];

    assert.equal((await ask(world)).ticket?.id, '1');
    assert.deepEqual(
      world.partnerCenter.calls.filter((call) => call.startsWith('readTicket')),
      ['readTicket 1'],
    );
  });

  it('reads the ten newest of many, and those only where no title names the order', async () => {
    const world = createFakeWorld();
    world.partnerCenter.hidesTexts = true;
    const dayAfter = (days: number) => new Date(anOrder().createdAt.getTime() + days * dayMs);
    const many = Array.from({ length: 30 }, (_, days) => aTicket({ id: `${days}`, createdAt: dayAfter(days) }));
    world.partnerCenter.tickets = many;
    await ask(world);
    const read = world.partnerCenter.calls.filter((call) => call.startsWith('readTicket'));
    assert.deepEqual(
      read.toSorted(),
      many.slice(20).map(({ id }) => `readTicket ${id}`),
    );

    world.partnerCenter.tickets = [...many, aTicket({ id: '99', title: `Order ${anOrder().number}` })];
    assert.equal((await ask(world)).ticket?.id, '99');
    assert.equal(world.partnerCenter.count('readTicket'), 10);
  });

  it('shows no closed ticket', async () => {
    const world = createFakeWorld();
    world.partnerCenter.tickets = [aTicket({ status: 'closed', description: anOrder().id })];

    assert.equal((await ask(world)).ticket, undefined);
  });

  for (const kind of ['not-offered', 'forbidden', 'not-found', 'declined'] as const) {
    it(`does without tickets where Partner Center has none to show (${kind})`, async () => {
      const world = createFakeWorld();
      world.partnerCenter.fail('listTickets', outside(kind), { times: 3 });

      assert.equal((await ask(world)).ticket, undefined);
    });
  }

  for (const kind of ['unreachable', 'throttled', 'unauthorized'] as const) {
    it(`goes on without an answer about tickets, and says so (${kind})`, async () => {
      const world = createFakeWorld();
      world.partnerCenter.fail('listTickets', outside(kind), { times: 3 });

      const { endings, ticket, unread } = await ask(world);

      assert.deepEqual([endings, ticket, unread], [['cancel-now', 'ticket'], undefined, ['tickets']]);
    });

    it(`goes on by the general policy where the catalogue does not answer, and says so (${kind})`, async () => {
      const world = createFakeWorld();
      if (kind === 'unreachable') world.partnerCenter.fail('product', outside(kind), { times: 9 });
      world.partnerCenter.fail('availability', outside(kind), { times: 9 });

      const { endings, window, unread } = await ask(world);

      assert.deepEqual([endings, window?.source, unread], [['cancel-now', 'ticket'], 'policy', ['offer']]);
    });
  }

  it('counts the refund of a renewed subscription from the term in force', async () => {
    const line = aSubscriptionLine();
    const order = anOrder({ lines: [line], createdAt: new Date(startAt.getTime() - 368.1 * dayMs) });
    const termStartedAt = new Date(startAt.getTime() - 3.1 * dayMs);
    const own = { id: line.subscriptionId ?? '', status: 'active', termStartedAt };
    const world = createFakeWorld();
    const until = new Date(startAt.getTime() + 3.9 * dayMs);
    const full = { type: 'full', until: new Date(termStartedAt.getTime() + dayMs) } as const;
    const refundOptions = [full, { type: 'partial', until } as const];
    world.partnerCenter.subscriptions = [{ ...own, cancellationAllowedUntilAt: until, refundOptions }];

    const { window, isInWindow, refund, endings } = await ask(world, order);

    assert.deepEqual([window?.closesAt, isInWindow, endings], [until, true, ['cancel-now', 'ticket']]);
    assert.deepEqual(refund, { amount: eur(3610), paid: eur(3650), rule: 'prorated', termDays: 365, usedDays: 4 });

    world.partnerCenter.subscriptions = [{ ...own, termDuration: 'P3Y' }];
    assert.equal((await ask(world, order)).refund?.termDays, 1096);
  });

  it('counts the refund for the pieces only that are taken back', async () => {
    const line = aSubscriptionLine({ quantity: 10, total: eur(3650) });
    const order = anOrder({ lines: [line], createdAt: new Date(startAt.getTime() - 2.5 * dayMs) });
    const world = createFakeWorld();
    const later = new Date(startAt.getTime() + dayMs);
    const refundOf = async (refundable: Subscription['refundable']) => {
      world.partnerCenter.subscriptions = [{ id: line.subscriptionId ?? '', status: 'active', refundable }];
      const { refund, paid } = await ask(world, order);
      assert.deepEqual(paid, eur(3650), 'what was paid stays what it was');
      return [refund?.amount, refund?.pieces];
    };

    const expired = { quantity: 6, until: new Date(startAt.getTime() - dayMs) };
    assert.deepEqual(await refundOf([expired, { quantity: 4, until: later }]), [eur(1448), { refundable: 4, of: 10 }]);
    assert.deepEqual(await refundOf([{ quantity: 3 }]), [eur(1086), { refundable: 3, of: 10 }]);
    for (const all of [undefined, [{ quantity: 10 }], [{ quantity: 12, until: later }]]) {
      assert.deepEqual(await refundOf(all), [eur(3620), undefined]);
    }
  });

  it('goes on where the dates of a subscription cannot be read, and says so', async () => {
    const world = createFakeWorld();
    world.partnerCenter.fail('subscriptions', outside('unexpected'), { times: 3 });

    const { endings, window, unread } = await ask(world, anOrder({ lines: [aSubscriptionLine()] }));

    assert.deepEqual([endings, window?.source, unread], [['cancel-now', 'ticket'], 'policy', ['offer']]);
  });

  it('knows a subscription in another letter case', async () => {
    const id = '1F2E3D4C-0000-4000-8000-00000000000A';
    const world = createFakeWorld();
    const until = new Date('2026-03-11T00:00:00Z');
    world.partnerCenter.subscriptions = [{ id, status: 'active', cancellationAllowedUntilAt: until }];

    const order = anOrder({ lines: [aSubscriptionLine({ subscriptionId: id.toLowerCase() })] });

    assert.equal((await ask(world, order)).window?.closesAt, until);
  });

  it('shows a ticket that names the order in its title only', async () => {
    const world = createFakeWorld();
    world.partnerCenter.tickets = [
      aTicket({ title: `Refund of ${anOrder().number.toUpperCase()}`, description: 'please' }),
    ];

    assert.ok((await ask(world)).ticket);
  });
});

describe('cancelling is refused', () => {
  it('for an order that is cancelled already', async () => {
    await assert.rejects(ask(createFakeWorld(), anOrder({ status: 'cancelled' })), { code: 'already-cancelled' });
  });

  it('for a line that is cancelled already', async () => {
    const order = { ...twoLines, lines: [aLine({ quantity: 0 }), ...twoLines.lines.slice(1)] };

    await assert.rejects(ask(createFakeWorld(), order, [0]), { code: 'already-cancelled' });
    await assert.rejects(ask(createFakeWorld(), order, [0, 1]), { code: 'already-cancelled' });
  });

  it('for lines that the order does not have, instead of taking them for none or all', async () => {
    await assert.rejects(ask(createFakeWorld(), anOrder(), [7]), { code: 'nothing-to-cancel' });
    await assert.rejects(ask(createFakeWorld(), anOrder(), [0, 7]), { code: 'nothing-to-cancel' });
  });

  it('while a case of anybody is open, which is named', async () => {
    const world = createFakeWorld();
    const bert = aPerson({ id: 'bert', name: 'Bert' });
    world.roles.set('bert', ['admin-agent']);
    await submitCase(world, bert, aNewCase({ requesterId: 'bert' }));

    await assert.rejects(ask(world), { code: 'case-open', facts: { order: '1a2b3c4d5e6f', reference: 'SD-7K2M9Q' } });
  });

  it('no longer when that case was refused', async () => {
    const world = createFakeWorld();
    world.written.cases.set('SD-7K2M9Q', aCase({ state: 'refused' }));

    assert.ok((await ask(world)).isInWindow);
  });

  it('while the order is pending', async () => {
    await assert.rejects(ask(createFakeWorld(), anOrder({ status: 'pending' })), { code: 'order-pending' });
  });

  it('for what is not software', async () => {
    const world = createFakeWorld();
    world.partnerCenter.products = [aProduct({ isSoftware: false })];
    await assert.rejects(ask(world), { code: 'not-software' });

    world.partnerCenter.products = [];
    await assert.rejects(ask(world, anOrder({ lines: [aLine({ productId: 'CFQ7TTC0LF8S' })] })), {
      code: 'not-software',
    });
  });

  it('not for software that the catalogue no longer knows, told by the form of its id', async () => {
    const world = createFakeWorld();
    world.partnerCenter.products = [];

    assert.ok(await ask(world));
  });

  it('for publishers whose software is never taken back', async () => {
    const world = createFakeWorld();
    world.partnerCenter.products = [aProduct({ publisher: 'SUSE LLC' })];

    await assert.rejects(ask(world), {
      code: 'never-cancellable',
      facts: { item: 'Windows Server 2022 Standard', publisher: 'SUSE' },
    });
    world.partnerCenter.products = [aProduct()];
    const redHat = anOrder({ lines: [aLine({ title: 'red hat Enterprise Linux' })] });
    await assert.rejects(ask(world, redHat), { code: 'never-cancellable' });
  });

  it('for the chosen lines only: another line that can’t be cancelled does not matter', async () => {
    const order = anOrder({ lines: [aLine(), aLine({ number: 1, title: 'SUSE Linux' })] });

    assert.ok(await ask(createFakeWorld(), order, [0]));
    await assert.rejects(ask(createFakeWorld(), order), { code: 'never-cancellable' });
  });
});
