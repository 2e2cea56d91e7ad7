import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import {
  type Case,
  isGivenUp,
  isHandOver,
  isWaitingForSignIn,
  messagesAtHandOver,
} from '../../../src/domain/cancellations/case.ts';
import type { NewCase } from '../../../src/domain/cancellations/cases.ts';
import { moveCase } from '../../../src/domain/cancellations/move-case.ts';
import {
  followTicket,
  giveUpCase,
  submitAndWork,
  submitCase,
  takeUpAgain,
  workCase,
} from '../../../src/domain/cancellations/submit-case.ts';
import { refundTopic } from '../../../src/domain/cancellations/ticket-text.ts';
import { Refusal } from '../../../src/domain/errors.ts';
import {
  aCase,
  aContent,
  aLine,
  aNewCase,
  anOrder,
  aPerson,
  aSubscriptionLine,
  aTicket,
  eur,
  outside,
  startAt,
} from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld } from '../../support/fakes/world.ts';

const ada = aPerson();
const reference = 'SD-7K2M9Q';

async function submitted(wanted: Partial<NewCase> = {}, order = anOrder()): Promise<FakeWorld> {
  const world = createFakeWorld();
  world.partnerCenter.orders = [order];
  await submitCase(world, ada, aNewCase(wanted));
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
    assert.deepEqual(world.partnerCenter.calls, []);
  });

  it('and working on it at once asks for nothing that has just been read, or that cannot be there yet', async () => {
    for (const [ending, calls] of [
      ['ticket', ['createTicket']],
      ['cancel-now', ['cancel', 'order']],
    ] as const) {
      const world = createFakeWorld();
      world.partnerCenter.orders = [anOrder()];

      const worked = await submitAndWork(world, ada, aNewCase({ ending }), anOrder());

      assert.deepEqual(
        world.partnerCenter.calls.map((call) => call.split(' ')[0]),
        calls,
      );
      assert.equal(worked.state, ending === 'ticket' ? 'filed' : 'completed');
      assert.deepEqual(world.written.cases.get(reference), worked);
    }
  });

  it('of which the answer was lost looks for the ticket before it files another', async () => {
    const world = createFakeWorld();
    world.partnerCenter.orders = [anOrder()];
    world.partnerCenter.fail('createTicket', outside('unreachable'), { isAfterWork: true });

    const waiting = await submitAndWork(world, ada, aNewCase({ ending: 'ticket' }), anOrder());
    const again = await submitAndWork(world, ada, aNewCase({ ending: 'ticket' }), anOrder());

    assert.deepEqual([waiting.state, again.state], ['filing', 'filed']);
    assert.equal(world.partnerCenter.created.length, 1);
    assert.ok(world.partnerCenter.count('listTickets') > 0);
  });

  it('twice is one case', async () => {
    const world = await submitted();

    const again = await submitCase(world, ada, aNewCase({ reference: 'SD-OTHER2' }));

    assert.equal(again.case.reference, reference);
    assert.equal(world.written.cases.size, 1);
  });

  it('is refused with other content, to another person, and while another case of the order is open', async () => {
    const world = await submitted();

    await assert.rejects(submitCase(world, ada, aNewCase({ content: aContent({ amount: eur(1) }) })), {
      code: 'other-content',
    });
    await assert.rejects(submitCase(world, ada, aNewCase({ submissionId: 'another' })), { code: 'case-open' });
  });

  it('is for an admin agent only', async () => {
    for (const roles of [[], ['sales-agent'], ['global-admin'], ['helpdesk-agent']] as const) {
      const world = createFakeWorld();
      world.roles.set(ada.id, roles);

      await assert.rejects(submitCase(world, ada, aNewCase()), { code: 'not-allowed' });
      assert.equal(world.written.cases.size, 0);
    }
  });
});

describe('cancelling now', () => {
  it('cancels the whole order, reads it back, and tells the place and the person', async () => {
    const world = await submitted();

    const done = await workCase(world, reference);

    assert.equal(done?.state, 'completed');
    assert.equal(world.partnerCenter.orders[0]?.status, 'cancelled');
    assert.deepEqual(told(world), ['case-completed to place', 'case-completed to person']);
    assert.deepEqual(
      world.written.events.map(({ from, to }) => `${from} → ${to}`),
      ['draft → submitted', 'submitted → cancelling', 'cancelling → completed'],
    );
    assert.deepEqual(world.redrawn, [`case ${reference}`]);
    assert.match(
      world.partnerCenter.calls.find((call) => call.startsWith('cancel ')) ?? '',
      new RegExp(`^cancel ${anOrder().id} [0-9a-f-]{36}$`),
    );
  });

  it('of a line names that line with the catalogue id it was bought under, and leaves the others', async () => {
    const world = await submitted({ content: oneOfTwo }, twoLines);

    const done = await workCase(world, reference);

    assert.equal(done?.state, 'completed');
    assert.deepEqual(
      world.partnerCenter.orders[0]?.lines.map((line) => line.quantity),
      [2, 0],
    );
    assert.equal(world.partnerCenter.orders[0]?.status, 'completed');
    assert.deepEqual(world.written.events.at(-1)?.change, { kind: 'completed', item: oneOfTwo.item });
  });

  it('of a line never becomes the whole order because the order could not be read', async () => {
    const world = await submitted({ content: oneOfTwo }, twoLines);
    const { order } = world.ordering;
    world.ordering.order = async () => undefined;

    await assert.rejects(workCase(world, reference));
    assert.equal(world.partnerCenter.count('cancel'), 0);

    world.ordering.order = order;
    assert.equal((await workCase(world, reference))?.state, 'completed');
    assert.deepEqual(
      world.partnerCenter.orders[0]?.lines.map((line) => line.quantity),
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
        isPrivate: false,
        closesAt,
        askedAt: startAt,
      });

      await workCase(world, reference);

      assert.equal(world.written.reminders.length, left);
    }
  });

  it('waits for an order that Partner Center confirmed but does not show yet', async () => {
    const world = await submitted();
    world.partnerCenter.isSlowToShow = true;

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.reason], ['cancelling', { kind: 'accepted' }]);
    assert.deepEqual(told(world), []);
  });

  it('that was done already, by whomever, completes without another call', async () => {
    const world = await submitted({}, anOrder({ status: 'cancelled' }));

    assert.equal((await workCase(world, reference))?.state, 'completed');
    assert.equal(world.partnerCenter.count('cancel'), 0);
  });

  for (const isAfterWork of [false, true]) {
    it(`that times out ${isAfterWork ? 'after' : 'before'} the work cancels once and completes`, async () => {
      const world = await submitted();
      world.partnerCenter.fail('cancel', outside('unreachable'), { isAfterWork });

      await assert.rejects(workCase(world, reference), { kind: 'unreachable' });
      assert.equal(stateOf(world), 'cancelling');
      assert.equal((await workCase(world, reference))?.state, 'completed');

      assert.equal(world.partnerCenter.count('cancel'), isAfterWork ? 1 : 2);
      assert.equal(new Set(world.partnerCenter.calls.filter((call) => call.startsWith('cancel '))).size, 1);
      assert.equal(world.written.notices.length, 2);
    });
  }

  it('that is repeated while the first is still pending counts as accepted', async () => {
    const world = await submitted();
    world.partnerCenter.fail('cancel', outside('conflict', { meaning: 'adjustment-pending', code: '800014' }));

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.reason], ['cancelling', { kind: 'accepted' }]);
  });

  for (const kind of ['throttled', 'unexpected', 'unauthorized', 'conflict'] as const) {
    it(`is tried again later when Partner Center answers ${kind}`, async () => {
      const world = await submitted();
      world.partnerCenter.fail('cancel', outside(kind));

      await assert.rejects(workCase(world, reference), { kind });
      assert.equal(stateOf(world), 'cancelling');
      assert.deepEqual(world.redrawn, [`case ${reference}`]);
    });
  }

  it('is asked anew after a conflict: the old request would be answered so for ever', async () => {
    const world = await submitted();
    world.partnerCenter.fail('cancel', outside('conflict', { code: '800060' }), { times: 2 });
    for (let time = 0; time < 2; time += 1) await assert.rejects(workCase(world, reference), { kind: 'conflict' });
    world.partnerCenter.fail('cancel', outside('unreachable'));
    await assert.rejects(workCase(world, reference), { kind: 'unreachable' });

    assert.equal((await workCase(world, reference))?.state, 'completed');

    const ids = world.partnerCenter.calls.flatMap((call) =>
      call.startsWith('cancel ') ? call.split(' ').slice(-1) : [],
    );
    assert.equal(ids.length, 4);
    assert.equal(new Set(ids.slice(0, 3)).size, 3);
    assert.equal(ids[3], ids[2], 'unanswered, it is the same request');
  });

  it('of two subscriptions is asked anew for the one that met a conflict, and only for that', async () => {
    const lines = ['A', 'B'].map((name, number) =>
      aSubscriptionLine({ number, subscriptionId: `subscription-${name}` }),
    );
    const world = await submitted({ content: aContent({ lineNumbers: [0, 1] }) }, anOrder({ lines }));
    world.partnerCenter.isSlowToShow = true;
    world.partnerCenter.fail('cancel', outside('declined', { meaning: 'use-subscription', code: '800063' }), {
      times: 2,
    });
    const asked: string[] = [];
    const { cancelSubscription } = world.ordering;
    world.ordering.cancelSubscription = (customerId, id, requestId) => {
      asked.push(`${id} ${requestId}`);
      return cancelSubscription(customerId, id, requestId);
    };
    world.partnerCenter.fail('cancelSubscription subscription-B', outside('conflict'));

    await assert.rejects(workCase(world, reference), { kind: 'conflict' });
    await workCase(world, reference);

    assert.deepEqual(
      asked.map((one) => one.split(' ')[0]),
      ['subscription-A', 'subscription-B', 'subscription-B'],
    );
    assert.equal(new Set(asked).size, 3);
  });

  it('goes by the subscription where Partner Center says so', async () => {
    const line = aSubscriptionLine();
    const world = await submitted({}, anOrder({ lines: [line] }));
    world.partnerCenter.fail('cancel', outside('declined', { meaning: 'use-subscription', code: '800063' }));

    assert.equal((await workCase(world, reference))?.state, 'completed');
    assert.equal(
      world.partnerCenter.calls.filter((call) => call === `cancelSubscription ${line.subscriptionId}`).length,
      1,
    );
  });

  it('is refused in Partner Center’s words when it says a plain no', async () => {
    const world = await submitted();
    world.partnerCenter.fail('cancel', outside('declined', { description: 'Not for you', code: '800099' }));

    const done = await workCase(world, reference);

    const reason = { kind: 'declined', said: { code: '800099', text: 'Not for you' } };
    assert.deepEqual([done?.state, done?.reason], ['refused', reason]);
    assert.deepEqual(told(world), ['case-refused to place', 'case-refused to person']);
  });

  for (const [kind, mayChange] of [
    ['forbidden', true],
    ['not-found', true],
    ['declined', undefined],
  ] as const) {
    it(`is remembered as ${mayChange ? 'something that can be put right' : 'final'} when the no is "${kind}"`, async () => {
      const world = await submitted();
      world.partnerCenter.fail('cancel', outside(kind, { description: 'No' }));

      await workCase(world, reference);

      const refused = await world.cases.refusedAtOnce(aContent().orderId);
      assert.equal(refused?.case.reference, reference);
      assert.deepEqual(refused?.change, { kind: 'declined', said: { text: 'No' }, ...(mayChange && { mayChange }) });
    });
  }

  it('is told to whoever prepared it only, where the one who submitted it sees the refusal', async () => {
    const world = createFakeWorld();
    world.partnerCenter.fail('cancel', outside('declined', { description: 'No' }));
    const preparer = { id: 'prepared-it', name: 'Sara Wilk' };
    world.partnerCenter.orders = [anOrder()];

    await submitAndWork(world, aPerson(), aNewCase({ content: aContent({ preparer }) }), anOrder());

    assert.deepEqual(
      world.written.notices.map(({ target }) => target),
      [{ to: 'person', id: preparer.id }],
    );
  });

  it('is told to everybody in messages of their own, where nobody waits for the answer any more', async () => {
    const world = createFakeWorld();
    world.partnerCenter.fail('cancel', outside('declined', { description: 'No' }));
    world.partnerCenter.orders = [anOrder()];

    await submitAndWork(world, aPerson(), aNewCase(), anOrder(), () => false);

    const { placeId, requesterId } = aNewCase();
    assert.deepEqual(
      world.written.notices.map(({ target }) => target),
      [
        { to: 'place', id: placeId },
        { to: 'person', id: requesterId },
      ],
    );
  });

  it('is not called refused when a part of it went through', async () => {
    const first = aSubscriptionLine({ subscriptionId: 'sub-1' });
    const second = aSubscriptionLine({ number: 1, subscriptionId: 'sub-2' });
    const world = await submitted({ content: aContent({ lineNumbers: [0, 1] }) }, anOrder({ lines: [first, second] }));
    world.partnerCenter.fail('cancel', outside('declined', { meaning: 'use-subscription' }));
    world.partnerCenter.fail('cancelSubscription sub-2', outside('declined', { description: 'No' }));

    const done = await workCase(world, reference);

    assert.deepEqual(
      [done?.state, done?.reason],
      ['needs_person', { kind: 'cancelled-in-part', said: { text: 'No' } }],
    );
  });

  it('is called completed when it went through although the answer said no', async () => {
    const world = await submitted();
    world.partnerCenter.fail('cancel', outside('declined', { description: 'No' }), { isAfterWork: true });

    assert.equal((await workCase(world, reference))?.state, 'completed');
  });

  for (const ending of ['cancel-now', 'ticket'] as const) {
    it(`is left to whoever was faster, where the lease was lost (${ending})`, async () => {
      const world = await submitted({ ending });
      const { advance } = world.cases;
      world.cases.advance = async (move) => {
        world.cases.advance = advance;
        await advance(move);
        return advance(move);
      };

      const now = await workCase(world, reference);

      assert.equal(now?.state, ending === 'ticket' ? 'filing' : 'cancelling');
      assert.deepEqual([world.partnerCenter.count('cancel'), world.partnerCenter.count('createTicket')], [0, 0]);
    });
  }

  it('by two at once is done by one of them', async () => {
    const world = await submitted();

    await Promise.all([workCase(world, reference), workCase(world, reference)]);

    assert.equal(world.partnerCenter.count('cancel'), 1);
  });

  it('is not touched again when it has ended', async () => {
    for (const state of ['completed', 'refused', 'filed', 'needs_person'] as const) {
      const world = createFakeWorld();
      world.written.cases.set(reference, aCase({ state }));

      await workCase(world, reference);

      assert.deepEqual(world.partnerCenter.calls, []);
    }
  });
});

describe('a case whose sign-in Partner Center refuses', () => {
  for (const [ending, operation, state] of [
    ['cancel-now', 'cancel', 'cancelling'],
    ['ticket', 'createTicket', 'filing'],
    ['cancel-now', 'order', 'submitted'],
  ] as const) {
    it(`waits for it, and says so no longer than that (${operation})`, async () => {
      const world = await submitted({ ending });
      const now = () => world.written.cases.get(reference);
      world.partnerCenter.fail(operation, outside('unauthorized', { status: 401 }), { times: 2 });
      for (let time = 0; time < 2; time += 1) await assert.rejects(workCase(world, reference));
      const refused = now();
      world.partnerCenter.fail(operation, outside('unreachable'));
      await assert.rejects(workCase(world, reference));
      const away = now();

      const done = await workCase(world, reference);

      assert.ok(refused && isWaitingForSignIn(refused));
      assert.deepEqual([refused.state, away?.state, away?.reason], [state, state, undefined]);
      assert.equal(done?.state, ending === 'ticket' ? 'filed' : 'completed');
      assert.equal(done?.reason, undefined);
    });
  }

  it('still tells whoever files the ticket by hand why Partner Center did not cancel', async () => {
    const world = await submitted();
    world.partnerCenter.fail('cancel', outside('declined', { meaning: 'ticket-needed', description: 'Too late.' }));
    world.partnerCenter.fail('createTicket', outside('unauthorized'));
    await assert.rejects(workCase(world, reference));
    world.partnerCenter.fail('createTicket', outside('not-offered'));

    const done = await workCase(world, reference);

    assert.deepEqual(done && messagesAtHandOver(done), [{ text: 'Too late.' }]);
  });
});

describe('filing the ticket', () => {
  it('creates it with the four facts, the impact, the topic, the contact, and our reference', async () => {
    const world = await submitted({ ending: 'ticket' });

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.ticketId], ['filed', '1000000000']);
    assert.deepEqual(world.partnerCenter.created, [
      {
        title: 'Refund for order 1a2b3c4d5e6f, Contoso [SD-7K2M9Q]',
        description: [
          'Customer tenant GUID or domain name: contoso.onmicrosoft.com',
          'Order ID or subscription ID: 1a2b3c4d5e6f (the whole order)',
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

  it('whose answer was lost finds the ticket that bears the reference, and files no second one', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.partnerCenter.fail('createTicket', outside('unreachable'), { isAfterWork: true });

    await assert.rejects(workCase(world, reference), { kind: 'unreachable' });
    assert.equal(stateOf(world), 'filing');
    assert.equal((await workCase(world, reference))?.state, 'filed');

    assert.equal(world.partnerCenter.tickets.length, 1);
  });

  it('is not fooled by another case’s ticket whose reason mentions this one', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.partnerCenter.tickets = [
      aTicket({ id: '42', description: `Reason for the refund: as in ${reference}\n\nOur reference: SD-OTHER2` }),
    ];

    assert.notEqual((await workCase(world, reference))?.ticketId, '42');
    assert.equal(world.partnerCenter.created.length, 1);
  });

  it('follows when the API says that a ticket is needed', async () => {
    const world = await submitted();
    world.partnerCenter.fail(
      'cancel',
      outside('declined', { meaning: 'ticket-needed', code: '900117', description: 'The window has passed' }),
    );

    const done = await workCase(world, reference);

    assert.deepEqual([done?.state, done?.ending], ['filed', 'ticket']);
    const wanted = { kind: 'ticket-wanted', said: { code: '900117', text: 'The window has passed' } };
    assert.ok(world.written.events.some(({ change }) => isDeepStrictEqual(change, wanted)));
  });

  it('where tickets are not taken by API hands the text over', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.partnerCenter.fail('createTicket', outside('not-offered'));

    const done = await workCase(world, reference);

    assert.ok(done && isHandOver(done));
    assert.deepEqual(messagesAtHandOver(done), []);
    assert.deepEqual(told(world), []);
  });

  for (const kind of ['forbidden', 'declined', 'not-found'] as const) {
    it(`that is refused (${kind}) hands the text over, with what Partner Center said`, async () => {
      const world = await submitted({ ending: 'ticket' });
      world.partnerCenter.fail('createTicket', outside(kind, { description: 'Title too long', code: '600' }));

      const done = await workCase(world, reference);

      assert.ok(done && isHandOver(done));
      assert.deepEqual(messagesAtHandOver(done), [{ code: '600', text: 'Title too long' }]);
    });
  }

  it('is handed over with the reason why Partner Center did not cancel at once', async () => {
    const world = await submitted();
    const description = 'The 30-day cancellation window has passed.';
    world.partnerCenter.fail('cancel', outside('declined', { meaning: 'ticket-needed', code: '900117', description }));
    world.partnerCenter.fail('createTicket', outside('unreachable'));
    world.partnerCenter.fail('createTicket', outside('not-offered'));

    await assert.rejects(workCase(world, reference), { kind: 'unreachable' });
    const done = await workCase(world, reference);

    assert.ok(done && isHandOver(done));
    assert.deepEqual(messagesAtHandOver(done), [
      { code: '900117', text: 'The 30-day cancellation window has passed.' },
    ]);
  });

  for (const kind of ['not-offered', 'forbidden', 'declined', 'not-found'] as const) {
    it(`goes on where we may not see the tickets there are (${kind})`, async () => {
      const world = await submitted({ ending: 'ticket' });
      world.partnerCenter.fail('listTickets', outside(kind), { times: 4 });

      assert.equal((await workCase(world, reference))?.state, 'filed');
    });
  }

  it('is not done for what is cancelled already', async () => {
    const world = await submitted({ ending: 'ticket' }, anOrder({ status: 'cancelled' }));

    assert.equal((await workCase(world, reference))?.state, 'completed');
    assert.equal(world.partnerCenter.created.length, 0);
  });

  it('waits while the order does not answer, and goes on where it is not shown to us', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.partnerCenter.fail('order', outside('unreachable'));
    world.partnerCenter.fail('order', outside('forbidden'));

    await assert.rejects(workCase(world, reference), { kind: 'unreachable' });
    assert.deepEqual([stateOf(world), world.partnerCenter.created.length], ['filing', 0]);
    assert.equal((await workCase(world, reference))?.state, 'filed');
  });

  it('waits while the tickets there are cannot be read because our sign-in is not accepted', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.partnerCenter.fail('listTickets', outside('unauthorized'));

    await assert.rejects(workCase(world, reference), { kind: 'unauthorized' });
    assert.equal(stateOf(world), 'filing');
    assert.equal(world.partnerCenter.created.length, 0);
  });

  it('killed while it is handed over leaves no half of a hand-over behind', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.partnerCenter.fail('createTicket', outside('not-offered'));
    const { advance } = world.cases;
    world.cases.advance = async (move) => {
      if (move.to === 'needs_person') throw new Error('killed');
      return advance(move);
    };

    await assert.rejects(workCase(world, reference), /killed/);

    assert.deepEqual([stateOf(world), world.written.cases.get(reference)?.reason], ['filing', undefined]);
  });

  it('killed while it is filed leaves no half of it behind, and then finds its ticket', async () => {
    const world = await submitted({ ending: 'ticket' });
    const { advance } = world.cases;
    world.cases.advance = async (move) => {
      if (move.to === 'filed') throw new Error('killed');
      return advance(move);
    };

    await assert.rejects(workCase(world, reference), /killed/);
    assert.deepEqual([stateOf(world), world.written.cases.get(reference)?.ticketId], ['filing', undefined]);
    world.cases.advance = advance;

    assert.equal((await workCase(world, reference))?.ticketId, '1000000000');
    assert.equal(world.partnerCenter.created.length, 1);
  });

  for (const kind of ['throttled', 'unexpected', 'unauthorized', 'conflict'] as const) {
    it(`is tried again later when Partner Center answers ${kind}`, async () => {
      const world = await submitted({ ending: 'ticket' });
      world.partnerCenter.fail('createTicket', outside(kind));

      await assert.rejects(workCase(world, reference), { kind });
      assert.equal((await workCase(world, reference))?.state, 'filed');
      assert.equal(world.partnerCenter.tickets.length, 1);
    });
  }
});

describe('the request number brought back from the portal', () => {
  async function handedOver(): Promise<FakeWorld> {
    const world = await submitted({ ending: 'ticket' });
    world.partnerCenter.fail('createTicket', outside('not-offered'));
    await workCase(world, reference);
    return world;
  }

  const number = '1234567890';
  const ours = aTicket({ id: number, description: `Order 1A2B3C4D5E6F of Contoso` });

  it('is followed from then on', async () => {
    const world = await handedOver();
    world.partnerCenter.tickets = [ours];

    const followed = await followTicket(world, ada, reference, number);

    assert.deepEqual([followed.state, followed.ticketId, followed.reason], ['filed', number, undefined]);
    const { by, change } = world.written.events.at(-1) ?? {};
    assert.deepEqual(
      [by, change],
      [
        { id: ada.id, name: ada.name },
        { kind: 'ticket-entered', ticketId: number },
      ],
    );
    assert.ok(world.redrawn.includes(`case ${reference}`));
  });

  it('is taken from an admin agent only', async () => {
    const world = await handedOver();
    world.roles.set(ada.id, ['sales-agent']);

    await assert.rejects(
      followTicket(world, ada, reference, number),
      (error) => error instanceof Refusal && error.code === 'not-allowed',
    );
    assert.equal(stateOf(world), 'needs_person');
  });

  it('changes nothing about a case that has ended', async () => {
    const world = await submitted();
    await workCase(world, reference);

    assert.equal((await followTicket(world, ada, reference, number)).state, 'completed');
    assert.equal(world.partnerCenter.count('ticket'), 0);
    await assert.rejects(followTicket(world, ada, 'SD-NOBODY', '1'), /no case SD-NOBODY/);
  });

  it('that Partner Center does not know is not taken, unless the person is sure', async () => {
    const world = await handedOver();

    await assert.rejects(followTicket(world, ada, reference, number), { code: 'ticket-unknown', facts: { number } });
    assert.equal(stateOf(world), 'needs_person');
    assert.equal((await followTicket(world, ada, reference, number, { isSure: true })).ticketId, number);
  });

  it('of a ticket about something else is not taken, unless the person is sure', async () => {
    const world = await handedOver();
    world.partnerCenter.tickets = [aTicket({ id: number, title: 'Printer on fire', description: 'Order 999' })];

    await assert.rejects(followTicket(world, ada, reference, number), {
      code: 'ticket-about-other',
      facts: { number, title: 'Printer on fire' },
    });
    assert.equal(stateOf(world), 'needs_person');
    assert.equal((await followTicket(world, ada, reference, number, { isSure: true })).ticketId, number);
  });

  for (const [what, about] of [
    ['our reference', { description: 'see sd-7k2m9q' }],
    ['the order’s id', { description: `refund of ${anOrder().id}` }],
    ['the order’s number in its title', { title: 'Refund of 1a2b3c4d5e6f' }],
    ['a subscription of the order', { description: 'Subscription AAAAAAAA-1111-4111-8111-0000000000aa' }],
  ] as const) {
    it(`of a ticket that names ${what} is taken`, async () => {
      const world = await handedOver();
      world.partnerCenter.orders = [anOrder({ lines: [aSubscriptionLine()] })];
      world.partnerCenter.tickets = [aTicket({ id: number, ...about })];

      assert.equal((await followTicket(world, ada, reference, number)).ticketId, number);
    });
  }

  it('that another case follows, or was completed by, is never taken, however sure the person is', async () => {
    for (const state of ['filed', 'completed'] as const) {
      const world = await handedOver();
      const content = aContent({ orderId: 'another' });
      world.written.cases.set('SD-OTHER2', aCase({ reference: 'SD-OTHER2', content, state, ticketId: number }));
      world.partnerCenter.tickets = [ours];

      await assert.rejects(followTicket(world, ada, reference, number, { isSure: true }), {
        code: 'ticket-of-other-case',
        facts: { number, reference: 'SD-OTHER2' },
      });
    }
  });

  it('that completed another part of the same order is taken', async () => {
    const world = await handedOver();
    world.written.cases.set('SD-OTHER2', aCase({ reference: 'SD-OTHER2', state: 'completed', ticketId: number }));
    world.partnerCenter.tickets = [ours];

    assert.equal((await followTicket(world, ada, reference, number)).ticketId, number);
  });

  for (const kind of ['forbidden', 'not-offered', 'declined', 'not-found'] as const) {
    it(`is taken unchecked where Partner Center shows us no tickets (${kind})`, async () => {
      const world = await handedOver();
      world.partnerCenter.fail('ticket', outside(kind));

      assert.equal((await followTicket(world, ada, reference, number)).ticketId, number);
    });
  }

  it('is taken unchecked where the calls are gone, so that each ticket is "not found"', async () => {
    const world = await handedOver();
    world.partnerCenter.fail('listTickets', outside('not-found'));

    assert.equal((await followTicket(world, ada, reference, number)).ticketId, number);
  });

  for (const kind of ['unreachable', 'throttled', 'unauthorized'] as const) {
    it(`is not taken while Partner Center does not answer (${kind})`, async () => {
      const world = await handedOver();
      world.partnerCenter.fail('ticket', outside(kind));

      await assert.rejects(followTicket(world, ada, reference, number), { kind });
      assert.equal(stateOf(world), 'needs_person');
    });
  }

  it('can be corrected while the case is followed, and it is recorded by whom', async () => {
    const world = await handedOver();
    await followTicket(world, ada, reference, '1234567809', { isSure: true });
    world.partnerCenter.tickets = [ours];

    const followed = await followTicket(world, ada, reference, number);

    assert.deepEqual([followed.state, followed.ticketId], ['filed', number]);
    const { from, to, by, change } = world.written.events.at(-1) ?? {};
    assert.deepEqual([from, to, by?.name], ['filed', 'filed', 'Ada Nowak']);
    assert.deepEqual(change, { kind: 'ticket-entered', ticketId: number, instead: '1234567809' });
  });

  it('given twice is one', async () => {
    const world = await handedOver();
    world.partnerCenter.tickets = [ours];
    await followTicket(world, ada, reference, number);
    const events = world.written.events.length;

    assert.equal((await followTicket(world, ada, reference, number)).ticketId, number);
    assert.equal(world.written.events.length, events);
  });

  it('is taken while Partner Center is still to be reached for filing it', async () => {
    const world = await submitted({ ending: 'ticket' });
    world.partnerCenter.fail('createTicket', outside('unreachable'));
    await assert.rejects(workCase(world, reference));
    world.partnerCenter.tickets = [ours];

    assert.equal((await followTicket(world, ada, reference, number)).state, 'filed');
    await workCase(world, reference);
    assert.equal(world.partnerCenter.created.length, 0);
  });

  it('has to wait while the ticket is being filed at this moment', async () => {
    const world = await submitted({ ending: 'ticket' });

    await world.leases.hold(`case:${reference}`, 0, async () => {
      await assert.rejects(followTicket(world, ada, reference, number), { code: 'still-working' });
    });
  });

  it('is not lost when the sweep is faster', async () => {
    const world = await handedOver();
    world.partnerCenter.tickets = [ours];
    const { advance } = world.cases;
    world.cases.advance = async (move) => {
      world.cases.advance = advance;
      await advance({ ...move, by: undefined, ticketId: '99' });
      return advance(move);
    };

    const followed = await followTicket(world, ada, reference, number);

    assert.deepEqual([followed.state, followed.ticketId], ['filed', number]);
  });
});

describe('a case that waits for a person, taken up again', () => {
  /** Filed, and then Microsoft closed the ticket without cancelling. */
  async function waiting(): Promise<FakeWorld> {
    const world = await submitted({ ending: 'ticket' });
    await workCase(world, reference);
    world.partnerCenter.tickets = world.partnerCenter.tickets.map((ticket) => ({ ...ticket, status: 'closed' }));
    const found = world.written.cases.get(reference);
    assert.ok(found);
    const reason = { kind: 'ticket-closed', said: 'Refund denied' } as const;
    await moveCase(world, found, { to: 'needs_person', change: reason, reason });
    world.written.jobs.length = 0;
    return world;
  }

  it('files a new ticket, and not the closed one again', async () => {
    const world = await waiting();

    const done = await takeUpAgain(world, ada, reference, 'ticket');

    assert.deepEqual([done.state, done.ticketId, done.reason], ['filed', '1000000001', undefined]);
    assert.equal(world.partnerCenter.created.length, 2);
    const event = world.written.events.find(({ to, from }) => from === 'needs_person' && to === 'filing');
    assert.equal(event?.by?.name, 'Ada Nowak');
    assert.deepEqual(event?.change, { kind: 'taken-up', ending: 'ticket', instead: '1000000000' });
  });

  it('follows a ticket that is open already and bears our reference', async () => {
    const world = await waiting();
    world.partnerCenter.tickets = [aTicket({ id: '77', status: 'open', description: `Our reference: ${reference}` })];

    assert.equal((await takeUpAgain(world, ada, reference, 'ticket')).ticketId, '77');
    assert.equal(world.partnerCenter.created.length, 1);
  });

  it('cancels at once, and Partner Center is asked anew', async () => {
    const world = await submitted();
    world.partnerCenter.fail('cancel', outside('declined', { meaning: 'ticket-needed' }));
    world.partnerCenter.fail('createTicket', outside('not-offered'));
    await workCase(world, reference);

    const done = await takeUpAgain(world, ada, reference, 'cancel-now');

    assert.deepEqual([done.state, done.ending], ['completed', 'cancel-now']);
    assert.equal(new Set(world.partnerCenter.calls.filter((call) => call.startsWith('cancel '))).size, 2);
  });

  for (const ending of ['ticket', 'cancel-now'] as const) {
    it(`is completed where its lines are cancelled already (${ending})`, async () => {
      const world = await waiting();
      world.partnerCenter.orders = [anOrder({ status: 'cancelled' })];

      const done = await takeUpAgain(world, ada, reference, ending);

      assert.deepEqual([done.state, done.reason], ['completed', undefined]);
      assert.deepEqual([world.partnerCenter.created.length, world.partnerCenter.count('cancel')], [1, 0]);
      assert.deepEqual(told(world), ['case-completed to place', 'case-completed to person']);
    });
  }

  it('is completed by the job where its lines were cancelled meanwhile', async () => {
    const world = await waiting();
    world.partnerCenter.fail('createTicket', outside('unreachable'));
    await assert.rejects(takeUpAgain(world, ada, reference, 'ticket'));
    world.partnerCenter.orders = [anOrder({ status: 'cancelled' })];

    assert.equal((await workCase(world, reference, { isToldOf: true }))?.state, 'completed');
    assert.equal(world.partnerCenter.created.length, 1);
  });

  it('is finished by the job when the process dies or Partner Center does not answer', async () => {
    const world = await waiting();
    world.partnerCenter.fail('createTicket', outside('unreachable'));

    await assert.rejects(takeUpAgain(world, ada, reference, 'ticket'), { kind: 'unreachable' });

    const { state, ticketId } = world.written.cases.get(reference) ?? {};
    assert.deepEqual([state, ticketId], ['filing', undefined]);
    assert.deepEqual(world.written.jobs, [`work-case ${reference}`]);
    assert.equal((await workCase(world, reference))?.ticketId, '1000000001');
  });

  it('that is handed over a second time tells of it again when nobody sees the answer', async () => {
    const world = await waiting();
    world.partnerCenter.fail('createTicket', outside('unreachable'));
    await assert.rejects(takeUpAgain(world, ada, reference, 'ticket'));
    world.partnerCenter.fail('createTicket', outside('forbidden'));

    await workCase(world, reference, { isToldOf: true });

    assert.equal(stateOf(world), 'needs_person');
    assert.deepEqual(
      world.written.notices.map((notice) => notice.kind === 'case-needs-person' && notice.time),
      [2, 2],
    );
  });

  it('twice at once is taken up once', async () => {
    const world = await waiting();

    await Promise.all([takeUpAgain(world, ada, reference, 'ticket'), takeUpAgain(world, ada, reference, 'ticket')]);

    assert.equal(world.partnerCenter.created.length, 2);
    assert.equal(stateOf(world), 'filed');
  });

  it('is for an admin agent, and for a case that waits for a person, only', async () => {
    for (const state of ['filed', 'refused', 'completed', 'filing'] as const) {
      const world = createFakeWorld();
      world.written.cases.set(reference, aCase({ state }));

      assert.equal((await takeUpAgain(world, ada, reference, 'ticket')).state, state);
      assert.deepEqual(world.partnerCenter.calls, []);
    }
    const world = await waiting();
    world.roles.set(ada.id, ['sales-agent']);
    await assert.rejects(takeUpAgain(world, ada, reference, 'ticket'), { code: 'not-allowed' });
  });
});

describe('a case that waits for a person, given up', () => {
  function waiting(some: Partial<Case> = {}): FakeWorld {
    const world = createFakeWorld();
    world.written.cases.set(
      reference,
      aCase({ state: 'needs_person', reason: { kind: 'ticket-closed' }, ticketId: '1', ...some }),
    );
    return world;
  }

  it('is closed in the name of who gave it up, without a claim that Microsoft refused it', async () => {
    const world = waiting();

    const done = await giveUpCase(world, ada, reference);

    const reason = { kind: 'given-up', by: 'Ada Nowak' };
    assert.deepEqual([done.state, done.reason, isGivenUp(done)], ['refused', reason, true]);
    assert.deepEqual(
      world.written.events.map(({ to, by, change }) => [to, by, change]),
      [['refused', { id: ada.id, name: ada.name }, reason]],
    );
    assert.deepEqual(world.redrawn, [`case ${reference}`]);
  });

  it('is told to the place, to who submitted it and to who prepared it, in one with the move', async () => {
    const world = waiting({ content: aContent({ preparer: { id: 'bert', name: 'Bert' } }) });

    await giveUpCase(world, ada, reference);
    await giveUpCase(world, ada, reference);

    const { placeId } = aCase();
    const kind = 'case-refused';
    assert.deepEqual(
      world.written.notices.map((notice) => [notice.kind, 'reference' in notice && notice.reference, notice.target]),
      [
        [kind, reference, { to: 'place', id: placeId }],
        [kind, reference, { to: 'person', id: ada.id }],
        [kind, reference, { to: 'person', id: 'bert' }],
      ],
    );
  });

  it('tells nobody when somebody else was faster', async () => {
    const world = waiting();
    world.cases.advance = async () => undefined;

    assert.equal((await giveUpCase(world, ada, reference)).state, 'needs_person');
    assert.deepEqual(told(world), []);
  });

  for (const isSure of [false, true]) {
    it(`is completed instead where its lines are cancelled already${isSure ? ', also when sure' : ''}`, async () => {
      const world = waiting();
      world.partnerCenter.orders = [anOrder({ status: 'cancelled' })];
      world.partnerCenter.tickets = [aTicket({ id: '1', status: 'open' })];

      const done = await giveUpCase(world, ada, reference, { isSure });

      assert.deepEqual([done.state, done.reason], ['completed', undefined]);
      assert.deepEqual(told(world), ['case-completed to place', 'case-completed to person']);
      assert.deepEqual(world.redrawn, [`case ${reference}`]);
    });
  }

  it('goes by the lines of the case, not by the others of the order', async () => {
    const [first, second] = twoLines.lines;
    assert.ok(first && second);
    for (const [lines, state] of [
      [[first, { ...second, quantity: 0 }], 'completed'],
      [[{ ...first, quantity: 0 }, second], 'refused'],
    ] as const) {
      const world = waiting({ content: oneOfTwo });
      world.partnerCenter.orders = [anOrder({ lines })];

      assert.equal((await giveUpCase(world, ada, reference)).state, state);
    }
  });

  for (const status of ['open', 'none', 'attention_needed'] as const) {
    it(`is asked about once more while its ticket is ${status} at Microsoft`, async () => {
      const world = waiting();
      world.partnerCenter.orders = [anOrder()];
      world.partnerCenter.tickets = [aTicket({ id: '1', status })];

      await assert.rejects(giveUpCase(world, ada, reference), {
        code: 'ticket-still-open',
        facts: { number: '1' },
      });
      assert.equal(stateOf(world), 'needs_person');
      assert.deepEqual(told(world), []);

      assert.equal((await giveUpCase(world, ada, reference, { isSure: true })).state, 'refused');
    });
  }

  it('is not asked about where its ticket is closed, or it follows none', async () => {
    for (const ticketId of ['1', undefined]) {
      const world = waiting({ ticketId });
      world.partnerCenter.tickets = [aTicket({ id: '1', status: ticketId ? 'closed' : 'open' })];

      assert.equal((await giveUpCase(world, ada, reference)).state, 'refused');
    }
  });

  for (const kind of ['forbidden', 'not-offered', 'declined', 'not-found'] as const) {
    it(`goes on where Partner Center shows us no tickets, or no order (${kind})`, async () => {
      for (const operation of ['ticket', 'order']) {
        const world = waiting();
        world.partnerCenter.fail(operation, outside(kind));

        assert.equal((await giveUpCase(world, ada, reference)).state, 'refused');
      }
    });
  }

  for (const kind of ['unreachable', 'throttled', 'unexpected'] as const) {
    it(`stays as it is while Partner Center does not answer (${kind})`, async () => {
      for (const operation of ['ticket', 'order']) {
        const world = waiting();
        world.partnerCenter.fail(operation, outside(kind));

        await assert.rejects(giveUpCase(world, ada, reference), { kind });
        assert.equal(stateOf(world), 'needs_person');
        assert.deepEqual(told(world), []);
      }
    });
  }

  it('leaves the way free for another case of the order', async () => {
    const world = waiting();
    await giveUpCase(world, ada, reference);

    assert.ok(await submitCase(world, ada, aNewCase({ reference: 'SD-OTHER2', submissionId: 'another' })));
  });

  it('is for an admin agent, and for a case that waits for a person, only', async () => {
    const world = waiting();
    world.roles.set(ada.id, ['sales-agent']);
    await assert.rejects(giveUpCase(world, ada, reference), { code: 'not-allowed' });

    world.roles.set(ada.id, ['admin-agent']);
    world.written.cases.set(reference, aCase({ state: 'filed' }));
    assert.equal((await giveUpCase(world, ada, reference)).state, 'filed');
  });
});

describe('who is told of a case', () => {
  it('is also who prepared it, once', async () => {
    for (const [id, people] of [
      ['bert', [ada.id, 'bert']],
      [ada.id, [ada.id]],
    ] as const) {
      const world = await submitted({ content: aContent({ preparer: { id, name: 'Bert' } }) });

      await workCase(world, reference);

      const persons = world.written.notices.filter(({ target }) => target.to === 'person');
      assert.deepEqual(
        persons.map(({ target }) => target.id),
        people,
      );
    }
  });
});
