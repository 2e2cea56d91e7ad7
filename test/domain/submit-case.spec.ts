import assert from 'node:assert/strict';
import type { Case } from '../../src/domain/case.ts';
import { Refusal } from '../../src/domain/errors.ts';
import type { NewCase } from '../../src/domain/ports.ts';
import { followTicket, requestIdFor, submitCase, workCase } from '../../src/domain/submit-case.ts';
import { refundTopic, ticketContent } from '../../src/domain/ticket-text.ts';
import {
  aCase,
  aContent,
  aLine,
  anOrder,
  aPerson,
  aSubscriptionLine,
  aTicket,
  aWish,
  eur,
  outside,
  startAt,
} from '../fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../fakes/world.ts';

const ada = aPerson();
const reference = 'SD-7K2M9Q';

async function submitted(wish: Partial<NewCase> = {}, order = anOrder()): Promise<FakeWorld> {
  const world = createFakeWorld();
  world.shop.orders = [order];
  await submitCase(world, ada, aWish(wish));
  return world;
}

const stateOf = (world: FakeWorld): Case['state'] | undefined => world.written.cases.get(reference)?.state;
const told = (world: FakeWorld): string[] => world.written.notices.map(({ kind, target }) => `${kind} to ${target.to}`);

const twoLines = anOrder({ lines: [aLine(), aLine({ number: 1, catalogItemId: 'DG7GMGF0D5RK:0006:B' })] });
const oneOfTwo = aContent({ wholeOrder: false, lineNumbers: [1] });

describe('submitting a cancellation', () => {
  it('writes the case down and asks nothing of Partner Center', async () => {
    const world = await submitted();

    assert.equal(stateOf(world), 'submitted');
    assert.deepEqual(world.shop.calls, []);
  });

  it('twice is one case', async () => {
    const world = await submitted();

    const again = await submitCase(world, ada, aWish({ reference: 'SD-OTHER2' }));

    assert.equal(again.reference, reference);
    assert.equal(world.written.cases.size, 1);
  });

  it('is refused with other content, to another person, and while another case of the order is open', async () => {
    const world = await submitted();

    await assert.rejects(submitCase(world, ada, aWish({ content: aContent({ amount: eur(1) }) })), {
      code: 'other-content',
    });
    await assert.rejects(submitCase(world, ada, aWish({ submissionId: 'another' })), { code: 'case-open' });
  });

  it('is for an admin agent only', async () => {
    for (const roles of [[], ['sales-agent'], ['global-admin'], ['helpdesk-agent']] as const) {
      const world = createFakeWorld();
      world.roles.set(ada.id, roles);

      await assert.rejects(submitCase(world, ada, aWish()), { code: 'not-allowed' });
      assert.equal(world.written.cases.size, 0);
    }
  });
});

describe('cancelling now', () => {
  it('cancels the whole order, reads it back, and tells the place and the person', async () => {
    const world = await submitted();

    const done = await workCase(world, reference);

    assert.equal(done?.state, 'completed');
    assert.equal(world.shop.orders[0]?.status, 'cancelled');
    assert.deepEqual(told(world), ['case-completed to place', 'case-completed to person']);
    assert.deepEqual(
      world.written.events.map(({ from, to }) => `${from} → ${to}`),
      ['submitted → cancelling', 'cancelling → completed'],
    );
    assert.deepEqual(world.redrawn, [`case ${reference}`]);
    assert.match(
      world.shop.calls.find((call) => call.startsWith('cancel ')) ?? '',
      new RegExp(`^cancel ${anOrder().id} [0-9a-f-]{36}$`),
    );
  });

  it('of a line names that line with the catalogue id it was bought under, and leaves the others', async () => {
    const world = await submitted({ content: oneOfTwo }, twoLines);

    const done = await workCase(world, reference);

    assert.equal(done?.state, 'completed');
    assert.deepEqual(
      world.shop.orders[0]?.lines.map((line) => line.quantity),
      [2, 0],
    );
    assert.equal(world.shop.orders[0]?.status, 'completed');
    assert.doesNotMatch(world.written.events.at(-1)?.why ?? '', /the order is cancelled/);
  });

  it('of a line never becomes the whole order because the order could not be read', async () => {
    const world = await submitted({ content: oneOfTwo }, twoLines);
    const { order } = world.ordering;
    world.ordering.order = async () => undefined;

    await assert.rejects(workCase(world, reference));
    assert.equal(world.shop.count('cancel'), 0);

    world.ordering.order = order;
    assert.equal((await workCase(world, reference))?.state, 'completed');
    assert.deepEqual(
      world.shop.orders[0]?.lines.map((line) => line.quantity),
      [2, 0],
    );
  });

  it('keeps reminders for the lines that are left, and drops them with the order', async () => {
    for (const [content, order, left] of [
      [oneOfTwo, twoLines, 1],
      [aContent(), anOrder(), 0],
    ] as const) {
      const world = await submitted({ content }, order);
      const { customerId, customerName, orderId, orderNumber } = content;
      const closesAt = new Date('2026-04-04T23:59:00Z');
      await world.reminders.put({
        customerId,
        customerName,
        orderId,
        orderNumber,
        personId: ada.id,
        placeId: 'p',
        closesAt,
        askedAt: startAt,
      });

      await workCase(world, reference);

      assert.equal(world.written.reminders.length, left);
    }
  });

  it('waits for an order that Partner Center confirmed but does not show yet', async () => {
    const world = await submitted();
    world.shop.isSlowToShow = true;

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.note], ['cancelling', 'accepted']);
    assert.deepEqual(told(world), []);
  });

  it('that was done already, by whomever, completes without another call', async () => {
    const world = await submitted({}, anOrder({ status: 'cancelled' }));

    assert.equal((await workCase(world, reference))?.state, 'completed');
    assert.equal(world.shop.count('cancel'), 0);
  });

  for (const isAfterWork of [false, true]) {
    it(`that times out ${isAfterWork ? 'after' : 'before'} the work cancels once and completes`, async () => {
      const world = await submitted();
      world.shop.fail('cancel', outside('unreachable'), { isAfterWork });

      await assert.rejects(workCase(world, reference), { kind: 'unreachable' });
      assert.equal(stateOf(world), 'cancelling');
      assert.equal((await workCase(world, reference))?.state, 'completed');

      assert.equal(world.shop.count('cancel'), isAfterWork ? 1 : 2);
      assert.equal(new Set(world.shop.calls.filter((call) => call.startsWith('cancel '))).size, 1);
      assert.equal(world.written.notices.length, 2);
    });
  }

  it('that is repeated while the first is still pending counts as accepted', async () => {
    const world = await submitted();
    world.shop.fail('cancel', outside('conflict', { meaning: 'adjustment-pending', code: '800014' }));

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.note], ['cancelling', 'accepted']);
  });

  for (const kind of ['throttled', 'unexpected', 'unauthorized', 'conflict'] as const) {
    it(`is tried again later when Partner Center answers ${kind}`, async () => {
      const world = await submitted();
      world.shop.fail('cancel', outside(kind));

      await assert.rejects(workCase(world, reference), { kind });
      assert.equal(stateOf(world), 'cancelling');
      assert.deepEqual(world.redrawn, [`case ${reference}`]);
    });
  }

  it('goes by the subscription where Partner Center says so', async () => {
    const line = aSubscriptionLine();
    const world = await submitted({}, anOrder({ lines: [line] }));
    world.shop.fail('cancel', outside('declined', { meaning: 'use-subscription', code: '800063' }));

    assert.equal((await workCase(world, reference))?.state, 'completed');
    assert.equal(world.shop.calls.filter((call) => call === `cancelSubscription ${line.subscriptionId}`).length, 1);
  });

  it('is refused in Partner Center’s words when it says a plain no', async () => {
    const world = await submitted();
    world.shop.fail('cancel', outside('declined', { description: 'Not for you', code: '800099' }));

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.note], ['refused', 'Not for you – 800099']);
    assert.deepEqual(told(world), ['case-refused to place', 'case-refused to person']);
  });

  it('is not called refused when a part of it went through', async () => {
    const first = aSubscriptionLine({ subscriptionId: 'sub-1' });
    const second = aSubscriptionLine({ number: 1, subscriptionId: 'sub-2' });
    const world = await submitted({ content: aContent({ lineNumbers: [0, 1] }) }, anOrder({ lines: [first, second] }));
    world.shop.fail('cancel', outside('declined', { meaning: 'use-subscription' }));
    world.shop.fail('cancelSubscription sub-2', outside('declined', { description: 'No' }));

    const done = await workCase(world, reference);

    assert.equal(done?.state, 'needs_person');
    assert.match(done?.note ?? '', /part/i);
    assert.match(done?.note ?? '', /No/);
  });

  it('is called completed when it went through although the answer said no', async () => {
    const world = await submitted();
    world.shop.fail('cancel', outside('declined', { description: 'No' }), { isAfterWork: true });

    assert.equal((await workCase(world, reference))?.state, 'completed');
  });

  it('by two at once is done by one of them', async () => {
    const world = await submitted();

    await Promise.all([workCase(world, reference), workCase(world, reference)]);

    assert.equal(world.shop.count('cancel'), 1);
  });

  it('is not touched again when it has ended', async () => {
    for (const state of ['completed', 'refused', 'filed', 'needs_person'] as const) {
      const world = createFakeWorld();
      world.written.cases.set(reference, aCase({ state }));

      await workCase(world, reference);

      assert.deepEqual(world.shop.calls, []);
    }
  });
});

describe('filing the ticket', () => {
  it('creates it with the four facts, the impact, the topic, the contact, and our reference', async () => {
    const world = await submitted({ ending: 'ticket' });

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.ticketId], ['filed', '1000000000']);
    assert.deepEqual(world.shop.created, [
      {
        title: 'Refund for order 1a2b3c4d5e6f, Contoso',
        description: [
          'Customer tenant GUID or domain name: contoso.onmicrosoft.com',
          'Order ID or subscription ID: 1a2b3c4d5e6f',
          'Reason for the refund: Ordered by mistake',
          'Requested amount: 1000.00 EUR',
          '',
          'Our reference: SD-7K2M9Q',
        ].join('\n'),
        impact: 'minimal',
        topic: refundTopic,
        contact: { name: 'Ada Nowak', email: 'ada@partner.example', phone: '+48 22 555 01 00' },
      },
    ]);
    assert.equal(refundTopic, 'CSP purchase/refund on behalf of customers');
  });

  it('names the lines, and why less than was paid is asked for', () => {
    const { description } = ticketContent(aCase({ content: { ...oneOfTwo, amountNote: 'half was used' } }));

    assert.match(description, /1a2b3c4d5e6f \(lines 1\)/);
    assert.match(description, /1000\.00 EUR \(half was used\)/);
  });

  it('keeps each fact on its line, whatever was typed as the reason', () => {
    const { description } = ticketContent(
      aCase({ content: aContent({ reason: 'Wrong\nOur reference: SD-OTHER2\r\nmore' }) }),
    );

    assert.equal(description.split('\n').length, 6);
    assert.match(description, /Reason for the refund: Wrong Our reference: SD-OTHER2 more/);
  });

  it('whose answer was lost finds the ticket that bears the reference, and files no second one', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.shop.fail('createTicket', outside('unreachable'), { isAfterWork: true });

    await assert.rejects(workCase(world, reference), { kind: 'unreachable' });
    assert.equal(stateOf(world), 'filing');
    assert.equal((await workCase(world, reference))?.state, 'filed');

    assert.equal(world.shop.tickets.length, 1);
  });

  it('is not fooled by another case’s ticket whose reason mentions this one', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.shop.tickets = [
      aTicket({ id: '42', description: `Reason for the refund: as in ${reference}\n\nOur reference: SD-OTHER2` }),
    ];

    assert.notEqual((await workCase(world, reference))?.ticketId, '42');
    assert.equal(world.shop.created.length, 1);
  });

  it('follows when the API says that a ticket is needed', async () => {
    const world = await submitted();
    world.shop.fail(
      'cancel',
      outside('declined', { meaning: 'ticket-needed', code: '900117', description: 'The window has passed' }),
    );

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.ending], ['filed', 'ticket']);
    assert.match(world.written.events.map(({ why }) => why).join('\n'), /The window has passed – 900117/);
  });

  it('where tickets are not taken by API hands the text over', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.shop.fail('createTicket', outside('not-offered'));

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.note], ['needs_person', 'hand-over']);
  });

  it('where not even the list of tickets is offered hands the text over too', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.shop.fail('listTickets', outside('not-offered'));

    assert.equal((await workCase(world, reference))?.note, 'hand-over');
  });

  it('that is refused needs a person, who is told', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.shop.fail('createTicket', outside('declined', { description: 'Title too long' }));

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.note], ['needs_person', 'Title too long']);
    assert.deepEqual(told(world), ['case-needs-person to place', 'case-needs-person to person']);
  });

  for (const kind of ['throttled', 'unexpected', 'unauthorized', 'conflict'] as const) {
    it(`is tried again later when Partner Center answers ${kind}`, async () => {
      const world = await submitted({ ending: 'ticket' });
      world.shop.fail('createTicket', outside(kind));

      await assert.rejects(workCase(world, reference), { kind });
      assert.equal((await workCase(world, reference))?.state, 'filed');
      assert.equal(world.shop.tickets.length, 1);
    });
  }
});

describe('the request number brought back from the portal', () => {
  async function handedOver(): Promise<FakeWorld> {
    const world = await submitted({ ending: 'ticket' });
    world.shop.fail('createTicket', outside('not-offered'));
    await workCase(world, reference);
    return world;
  }

  it('is followed from then on', async () => {
    const world = await handedOver();

    const followed = await followTicket(world, ada, reference, '1234567890');

    assert.deepEqual([followed?.state, followed?.ticketId, followed?.note], ['filed', '1234567890', undefined]);
    assert.equal(world.written.events.at(-1)?.who, 'Ada Nowak');
  });

  it('is taken from an admin agent only', async () => {
    const world = await handedOver();
    world.roles.set(ada.id, ['sales-agent']);

    await assert.rejects(
      followTicket(world, ada, reference, '1234567890'),
      (error) => error instanceof Refusal && error.code === 'not-allowed',
    );
    assert.equal(stateOf(world), 'needs_person');
  });

  it('changes nothing about a case that does not wait for it', async () => {
    const world = await submitted();
    await workCase(world, reference);

    assert.equal((await followTicket(world, ada, reference, '1234567890'))?.state, 'completed');
    assert.equal(await followTicket(world, ada, 'SD-NOBODY', '1'), undefined);
  });
});

describe('the request id of an act', () => {
  it('is a GUID, the same at every repetition, another for another act or submission', () => {
    assert.match(requestIdFor('s', 'cancel'), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(requestIdFor('s', 'cancel'), requestIdFor('s', 'cancel'));
    assert.equal(
      new Set([requestIdFor('s', 'cancel'), requestIdFor('s', 'ticket'), requestIdFor('t', 'cancel')]).size,
      3,
    );
  });
});
