import assert from 'node:assert/strict';
import type { Customer } from '../../src/domain/customers/customer.ts';
import { times } from '../../src/domain/money.ts';
import { isLineCancelled, type Order, type Subscription } from '../../src/domain/orders/order.ts';
import { skip } from '../support/skip.ts';
import { found, refusalOf } from './assertions.ts';
import { type Choice, cheapest, lineOf } from './catalog-items.ts';
import { isGone } from './purchases.ts';
import { freshId, openService, patienceMs, type Service, writes } from './server.ts';

/** The way of the money, on any server: each step goes on from the one before it. */
describe('the contract of a purchase and its way back', function () {
  this.timeout(patienceMs);
  let service: Service;
  let customer: Customer;

  before(async function () {
    writes(this as unknown as Mocha.Context);
    service = await openService();
    customer = await service.customer();
  });
  after(() => service?.close());

  const buy = async ({ item, more }: Choice): Promise<Order> => {
    const { ordering } = service.center;
    const line = await lineOf(service.center, customer, item, more);
    const cart = await ordering.createCart(customer.id, [line], freshId());
    assert.deepEqual(cart.lineErrors, []);
    const { orders, errors } = await ordering.checkout(customer.id, cart.id, freshId());
    assert.deepEqual(errors, []);
    assert.equal(orders.length, 1);
    return found(orders[0], 'order');
  };
  const read = ({ id }: Order) => service.center.ordering.order(customer.id, id);
  const readAs = (order: Order, is: (order: Order) => boolean, what: string) =>
    service.until(async () => {
      const now = await read(order);
      return now && is(now) ? now : undefined;
    }, `order ${order.id} ${what}`);

  describe('of perpetual software', () => {
    let choice: Choice;
    let bought: Order | undefined;
    const order = () => found(bought, 'order');

    before(async () => {
      choice = found(await cheapest(service.center, customer, 'perpetual'), 'perpetual software with a price');
    });

    it('is one order of one line: fresh availability, cart, checkout', async () => {
      bought = await buy(choice);

      const { productId, skuId } = choice.item;
      assert.match(bought.status, /^(pending|completed)$/);
      assert.deepEqual(
        bought.lines.map((line) => [line.productId, line.skuId, line.quantity, line.termDuration]),
        [[productId, skuId, choice.more.quantity, undefined]],
      );
    });

    it('is read back completed, at the price of the sheet', async () => {
      const { total, lines } = await readAs(order(), ({ status }) => status === 'completed', 'completed');

      const expected = times(choice.unit, choice.more.quantity);
      assert.deepEqual(total, expected);
      assert.deepEqual(lines[0]?.total, expected);
    });

    it('is cancelled as a whole, once for one MS-RequestId', async () => {
      const requestId = freshId();

      const answered = await service.center.ordering.cancel(customer.id, order().id, [], requestId);
      const again = await service.client().ordering.cancel(customer.id, order().id, [], requestId);

      assert.equal(answered.id, order().id);
      assert.ok(isGone(answered), answered.status);
      assert.deepEqual(again, answered);
    });

    it('is then read back as cancelled, or with nothing left', async () => {
      const now = await readAs(order(), isGone, 'cancelled');

      assert.equal(isLineCancelled(now, found(now.lines[0], 'line').number), true);
    });

    it('is not cancelled again: refused with a code that the client knows, and still cancelled', async () => {
      const error = await refusalOf(service.center.ordering.cancel(customer.id, order().id, [], freshId()), {
        operation: 'cancelOrder',
      });

      assert.match(error.meaning ?? `none for ${error.code}`, /^(ticket-needed|adjustment-pending)$/);
      assert.ok(isGone(found(await read(order()), 'order')));
    });

    it('is none for an order id that nobody gave: 404', async () => {
      await refusalOf(service.center.ordering.cancel(customer.id, 'ffffffffffff', [], freshId()), {
        operation: 'cancelOrder',
        kind: 'not-found',
        status: 404,
      });
    });
  });

  describe('of a subscription', () => {
    let choice: Choice;
    let bought: Order | undefined;
    let subscriptionId: string | undefined;
    const order = () => found(bought, 'order');
    const id = () => found(subscriptionId, 'subscription id');
    const subscription = (is: (one: Subscription) => boolean, what: string) =>
      service.until(
        async () =>
          (await service.center.ordering.subscriptions(customer.id)).find((one) => one.id === id() && is(one)),
        `subscription ${subscriptionId} ${what}`,
      );

    before(async function () {
      const rented = await cheapest(service.center, customer, 'rented');
      if (!rented) skip(this, 'the server sells no subscription with a price');
      choice = rented;
    });

    it('is one order of one line with its term', async () => {
      bought = await buy(choice);

      assert.equal(bought.lines[0]?.quantity, choice.more.quantity);
      assert.equal(bought.lines[0]?.termDuration, choice.more.termDuration);
    });

    it('becomes a subscription of that order: active, and free to be cancelled for a while', async () => {
      const isNamed = ({ lines }: Order) => lines[0]?.subscriptionId !== undefined;
      subscriptionId = (await readAs(order(), isNamed, 'with a subscription')).lines[0]?.subscriptionId;

      const one = await subscription(({ status }) => status === 'active', 'active');

      assert.equal(one.orderId, order().id);
      assert.ok(found(one.cancellationAllowedUntilAt, 'date') > service.now());
    });

    it('is cancelled, once for one MS-RequestId', async () => {
      const requestId = freshId();

      const answered = await service.center.ordering.cancelSubscription(customer.id, id(), requestId);
      const again = await service.client().ordering.cancelSubscription(customer.id, id(), requestId);

      assert.deepEqual([answered.id, again.id], [id(), id()]);
    });

    it('is then read back as deleted', async () => {
      const { status } = await subscription((one) => one.status === 'deleted', 'deleted');

      assert.equal(status, 'deleted');
    });

    it('is done when it is cancelled again', async () => {
      const again = await service.center.ordering.cancelSubscription(customer.id, id(), freshId());

      assert.equal(again.status, 'deleted');
    });
  });
});
