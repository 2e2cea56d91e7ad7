import assert from 'node:assert/strict';
import { noticesOfClosed } from '../../../src/domain/cancellations/move-case.ts';
import { submitAndWork, submitCase } from '../../../src/domain/cancellations/submit-case.ts';
import { workCaseLater } from '../../../src/domain/cancellations/work-case-later.ts';
import { finishOrderLater } from '../../../src/domain/orders/finish-order-later.ts';
import { finishOrder, noticesOf, submitOrder } from '../../../src/domain/orders/place-order.ts';
import { giveUp } from '../../../src/domain/work/give-up.ts';
import { aCase, aNewCase, anOrder, anOrderSubmission, aPerson, outside, startAt } from '../../support/fakes/samples.ts';
import { createFakeWorld, type FakeWorld, hourMs } from '../../support/fakes/world.ts';

const told = (world: FakeWorld): string[] =>
  world.written.notices.map((notice) => {
    const about = 'submissionId' in notice ? notice.submissionId : 'reference' in notice ? notice.reference : '';
    return `${notice.kind} ${about} to ${notice.target.to} ${notice.target.id}`;
  });

describe('the job behind an order', () => {
  async function confirmed(): Promise<FakeWorld> {
    const world = createFakeWorld();
    await submitOrder(world, aPerson(), anOrderSubmission());
    return world;
  }

  it('finishes what nobody finished, and tells the place', async () => {
    const world = await confirmed();

    await finishOrderLater(world, 'submission-1');

    assert.equal(world.written.orderSubmissions.get('submission-1')?.state, 'ordered');
    assert.deepEqual(told(world), ['order-placed submission-1 to place 19:thread']);
  });

  it('tells that nothing was ordered', async () => {
    const world = await confirmed();
    world.partnerCenter.lineErrors = [{ code: '1', description: 'No' }];

    await finishOrderLater(world, 'submission-1');

    assert.deepEqual(told(world), ['order-declined submission-1 to place 19:thread']);
  });

  it('does and says nothing about an order that is finished, or that nobody placed', async () => {
    const world = await confirmed();
    await finishOrderLater(world, 'submission-1');
    const before = world.partnerCenter.calls.length;

    await finishOrderLater(world, 'submission-1');
    await finishOrderLater(world, 'another');

    assert.equal(world.partnerCenter.calls.length, before);
    assert.equal(told(world).length, 1);
  });

  it('fails, to be called again, while Partner Center does not answer', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('createCart', outside('unreachable'));

    await assert.rejects(finishOrderLater(world, 'submission-1'), { kind: 'unreachable' });
    assert.deepEqual(told(world), []);
    await finishOrderLater(world, 'submission-1');
    assert.equal(told(world).length, 1);
  });

  it('fails, to be called again, while somebody else is at it', async () => {
    const world = await confirmed();

    await world.leases.hold('order:submission-1', 0, async () => {
      await assert.rejects(finishOrderLater(world, 'submission-1'), /still being worked on/);
    });
  });

  it('loses neither the outcome nor the notice when it dies between them', async () => {
    const world = await confirmed();
    world.notify.orderChanged = () => Promise.reject(new Error('killed'));

    await assert.rejects(finishOrderLater(world, 'submission-1'), /killed/);

    assert.equal(world.written.orderSubmissions.get('submission-1')?.state, 'ordered');
    assert.deepEqual(told(world), ['order-placed submission-1 to place 19:thread']);
  });

  for (const [outcome, kind] of [
    ['ordered', 'order-placed'],
    ['declined', 'order-declined'],
  ] as const) {
    it(`tells what a turn ended (${outcome}) when that turn died before it could show it`, async () => {
      const world = await confirmed();
      if (outcome === 'declined') world.partnerCenter.lineErrors = [{ code: '1', description: 'No' }];
      await finishOrder(world, 'submission-1');
      assert.deepEqual(told(world), []);

      await finishOrderLater(world, 'submission-1');
      await finishOrderLater(world, 'submission-1');

      assert.deepEqual(told(world), [`${kind} submission-1 to place 19:thread`]);
    });
  }

  it('says nothing of what the card has shown', async () => {
    const world = await confirmed();
    const ended = await finishOrder(world, 'submission-1');
    assert.ok(ended);
    await world.notices.recordShown(noticesOf(ended), world.clock.now());

    await finishOrderLater(world, 'submission-1');

    assert.deepEqual(
      world.written.notices.map(({ state }) => state),
      ['sent'],
    );
  });

  it('fails, to be called again, while a turn is still showing how it ended', async () => {
    const world = await confirmed();
    let isRejected = false;
    world.notify.orderChanged = async () => {
      await assert.rejects(finishOrderLater(world, 'submission-1'), /still being worked on/);
      isRejected = true;
    };

    await finishOrder(world, 'submission-1');

    assert.ok(isRejected);
    assert.deepEqual(told(world), []);
  });

  it('given up without a cart says that nothing was ordered, and the place is told', async () => {
    const world = await confirmed();

    await giveUp(world, { submissionId: 'submission-1' });
    await giveUp(world, { submissionId: 'submission-1' });

    const { state, reason } = world.written.orderSubmissions.get('submission-1') ?? {};
    assert.deepEqual([state, reason], ['declined', { kind: 'unreachable' }]);
    assert.equal(told(world).length, 1);
    assert.deepEqual(world.redrawn, ['order submission-1']);
  });

  it('given up for a refused sign-in says that, and not that Partner Center was away', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('createCart', outside('unauthorized'));
    await assert.rejects(finishOrderLater(world, 'submission-1'), { kind: 'unauthorized' });

    await giveUp(world, { submissionId: 'submission-1' });

    const { state, reason } = world.written.orderSubmissions.get('submission-1') ?? {};
    assert.deepEqual([state, reason], ['declined', { kind: 'sign-in-refused' }]);
  });

  it('given up loses no notice when the process dies before the card is drawn', async () => {
    const world = await confirmed();
    world.notify.orderChanged = () => Promise.reject(new Error('killed'));

    await assert.rejects(giveUp(world, { submissionId: 'submission-1' }), /killed/);

    assert.deepEqual(told(world), ['order-declined submission-1 to place 19:thread']);
  });

  it('given up with a cart is handed to a person, who looks whether it was ordered', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', outside('unreachable'));
    await assert.rejects(finishOrderLater(world, 'submission-1'), { kind: 'unreachable' });

    await giveUp(world, { submissionId: 'submission-1' });

    assert.equal(world.written.orderSubmissions.get('submission-1')?.state, 'needs_person');
  });

  for (const operation of ['createCart', 'checkout'] as const) {
    it(`orders nothing that had to wait for more than a day (${operation})`, async () => {
      const world = await confirmed();
      world.partnerCenter.fail(operation, outside('unreachable'));
      await assert.rejects(finishOrderLater(world, 'submission-1'), { kind: 'unreachable' });
      world.pass(25 * hourMs);

      await finishOrderLater(world, 'submission-1');

      const { state, reason } = world.written.orderSubmissions.get('submission-1') ?? {};
      assert.deepEqual([state, reason], ['declined', { kind: 'unreachable' }]);
      assert.deepEqual(told(world), ['order-declined submission-1 to place 19:thread']);
      assert.deepEqual(world.partnerCenter.orders, []);
    });
  }

  it('finds out what became of a checkout a day ago', async () => {
    const world = await confirmed();
    world.partnerCenter.fail('checkout', outside('unreachable'), { isAfterWork: true });
    await assert.rejects(finishOrderLater(world, 'submission-1'), { kind: 'unreachable' });
    world.pass(25 * hourMs);

    await finishOrderLater(world, 'submission-1');

    assert.equal(world.written.orderSubmissions.get('submission-1')?.state, 'ordered');
    assert.equal(world.partnerCenter.orders.length, 1);
  });

  it('is not given up once it is finished', async () => {
    const world = await confirmed();
    await finishOrderLater(world, 'submission-1');

    await giveUp(world, { submissionId: 'submission-1' });

    assert.equal(world.written.orderSubmissions.get('submission-1')?.state, 'ordered');
  });
});

describe('the job behind a case', () => {
  async function submitted(ending: 'cancel-now' | 'ticket' = 'cancel-now'): Promise<FakeWorld> {
    const world = createFakeWorld();
    world.partnerCenter.orders = [anOrder()];
    await submitCase(world, aPerson(), aNewCase({ ending }));
    return world;
  }

  it('finishes what nobody finished', async () => {
    const world = await submitted();
    await workCaseLater(world, 'SD-7K2M9Q');

    assert.equal(world.written.cases.get('SD-7K2M9Q')?.state, 'completed');
  });

  it('tells how it ended where a turn ended it, and died before its card could show that', async () => {
    const world = createFakeWorld();
    world.partnerCenter.orders = [anOrder()];
    await submitAndWork(world, aPerson(), aNewCase(), anOrder());

    const before = told(world);
    await workCaseLater(world, 'SD-7K2M9Q');
    await workCaseLater(world, 'SD-7K2M9Q');

    assert.deepEqual(before, []);
    assert.deepEqual(told(world), [
      'case-completed SD-7K2M9Q to place 19:thread',
      `case-completed SD-7K2M9Q to person ${aPerson().id}`,
    ]);
  });

  it('tells nothing of an end that the card has shown', async () => {
    const world = createFakeWorld();
    world.partnerCenter.orders = [anOrder()];
    const ended = await submitAndWork(world, aPerson(), aNewCase(), anOrder());
    await world.notices.recordShown(noticesOfClosed(ended), startAt);

    await workCaseLater(world, 'SD-7K2M9Q');

    assert.deepEqual(await world.notices.due(9), []);
  });

  it('is content with a cancellation that was accepted: the sweep watches it', async () => {
    const world = await submitted();
    world.partnerCenter.isSlowToShow = true;

    await workCaseLater(world, 'SD-7K2M9Q');

    assert.equal(world.written.cases.get('SD-7K2M9Q')?.state, 'cancelling');
  });

  it('fails, to be called again, while Partner Center does not answer or somebody else is at it', async () => {
    const world = await submitted();
    world.partnerCenter.fail('cancel', outside('unreachable'));

    await assert.rejects(workCaseLater(world, 'SD-7K2M9Q'), { kind: 'unreachable' });
    await world.leases.hold('case:SD-7K2M9Q', 0, async () => {
      await assert.rejects(workCaseLater(world, 'SD-7K2M9Q'), /still being worked on/);
    });
  });

  it('tells that the ticket is to be filed by hand: nobody sees the answer of a turn any more', async () => {
    const world = await submitted('ticket');
    world.partnerCenter.fail('createTicket', outside('not-offered'));

    await workCaseLater(world, 'SD-7K2M9Q');
    await workCaseLater(world, 'SD-7K2M9Q');

    assert.deepEqual(told(world), [
      'case-needs-person SD-7K2M9Q to place 19:thread',
      `case-needs-person SD-7K2M9Q to person ${aPerson().id}`,
    ]);
  });

  it('tells of it in the same step, so that the notice is not lost when the process dies', async () => {
    const world = await submitted('ticket');
    world.partnerCenter.fail('createTicket', outside('not-offered'));
    world.notices.add = async () => {
      throw new Error('killed');
    };

    await workCaseLater(world, 'SD-7K2M9Q');

    assert.deepEqual(world.written.cases.get('SD-7K2M9Q')?.reason, { kind: 'hand-over', said: [] });
    assert.equal(told(world).length, 2);
  });

  it('given up is handed to a person; the place and the requester are told', async () => {
    const world = await submitted();

    await giveUp(world, { reference: 'SD-7K2M9Q' });
    await giveUp(world, { reference: 'SD-7K2M9Q' });

    assert.equal(world.written.cases.get('SD-7K2M9Q')?.state, 'needs_person');
    assert.deepEqual(world.written.cases.get('SD-7K2M9Q')?.reason, { kind: 'unreachable' });
    assert.deepEqual(told(world), [
      'case-needs-person SD-7K2M9Q to place 19:thread',
      `case-needs-person SD-7K2M9Q to person ${aPerson().id}`,
    ]);
    assert.deepEqual(world.redrawn, ['case SD-7K2M9Q']);
  });

  it('is not given up once it has gone on', async () => {
    const world = createFakeWorld();
    world.written.cases.set('SD-7K2M9Q', aCase({ state: 'filed' }));

    await giveUp(world, { reference: 'SD-7K2M9Q' });

    assert.equal(world.written.cases.get('SD-7K2M9Q')?.state, 'filed');
  });

  it('is not given up after it was accepted: the sweep watches it', async () => {
    const world = createFakeWorld();
    world.written.cases.set('SD-7K2M9Q', aCase({ state: 'cancelling', reason: { kind: 'accepted' } }));

    await giveUp(world, { reference: 'SD-7K2M9Q' });

    assert.equal(world.written.cases.get('SD-7K2M9Q')?.state, 'cancelling');
  });
});
