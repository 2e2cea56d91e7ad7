import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OrderLine } from '../../../src/domain/orders/order.ts';
import { anOrder, at, minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

function lineOf(subscriptionId: string): OrderLine {
  return {
    number: 0,
    catalogItemId: 'a:b:c',
    productId: 'a',
    skuId: 'b',
    title: 'Windows',
    quantity: 1,
    subscriptionId,
  };
}

eachRecord('known orders', (kept) => {
  it('are found by id, short number and subscription id', async () => {
    const { records, other } = kept();
    const subscriptionId = randomUUID().toUpperCase();
    const order = anOrder({ lines: [lineOf(subscriptionId)] });
    await records.knownOrders.remember('c-7', [order, anOrder()]);

    const expected = { customerId: 'c-7', orderId: order.id };
    assert.deepEqual(await other.knownOrders.find(order.id), expected);
    assert.deepEqual(await other.knownOrders.find(order.number.toLowerCase()), expected);
    assert.deepEqual(await other.knownOrders.find(subscriptionId.toLowerCase()), expected);
    assert.equal(await other.knownOrders.numberOf(order.id), order.number);
    assert.equal(await other.knownOrders.find(randomUUID()), undefined);
    assert.equal(await other.knownOrders.numberOf(randomUUID()), undefined);
  });

  it('care about letters in the id itself', async () => {
    const order = anOrder({ id: `AbC-${randomUUID()}` });
    await kept().records.knownOrders.remember('c-7', [order]);

    assert.equal(await kept().records.knownOrders.find(order.id.toLowerCase()), undefined);
  });

  it('can be remembered again and again, also twice in one list', async () => {
    const { knownOrders } = kept().records;
    const order = anOrder();
    await knownOrders.remember('c-7', []);
    await knownOrders.remember('c-7', [order, order]);

    const renumbered = { ...order, number: `N-${randomUUID()}` };
    await knownOrders.remember('c-7', [renumbered]);

    assert.equal((await knownOrders.find(renumbered.number))?.orderId, order.id);
  });

  it('tell which were placed by us since when', async () => {
    const { knownOrders } = kept().records;
    const customerId = randomUUID();
    const [old, fresh, listed] = [anOrder(), anOrder(), anOrder()];
    await knownOrders.rememberPlaced(customerId, [old], at);
    await knownOrders.remember(customerId, [fresh, listed]);
    await knownOrders.rememberPlaced(customerId, [fresh], minutesLater(20));
    await knownOrders.remember(customerId, [fresh, listed]);

    assert.deepEqual(await knownOrders.placedSince(customerId, at), [old.id, fresh.id]);
    assert.deepEqual(await knownOrders.placedSince(customerId, minutesLater(10)), [fresh.id]);
  });

  it('are known from what the audit records tell, beside what was known before', async () => {
    const { records, other } = kept();
    const [told, seen] = [anOrder(), anOrder({ lines: [lineOf(randomUUID())] })];
    const [ofTold, ofSeen] = [randomUUID(), randomUUID()];
    await records.knownOrders.remember('C-7', [seen]);
    const common = { subscriptionIds: [], at, isChange: false };

    await records.knownOrders.rememberRecords([
      { ...common, customerId: 'c-7', orderId: told.id, number: told.number, subscriptionIds: [ofTold] },
      { ...common, customerId: 'c-7', orderId: told.id, at: minutesLater(1) },
      { ...common, customerId: 'c-7', orderId: seen.id, subscriptionIds: [ofSeen] },
      { ...common, customerId: 'c-7', subscriptionIds: [randomUUID()] },
    ]);

    for (const name of [told.id, told.number.toUpperCase(), ofTold.toUpperCase()])
      assert.deepEqual(await other.knownOrders.find(name), { customerId: 'c-7', orderId: told.id });
    const subscriptionId = seen.lines[0]?.subscriptionId ?? '';
    for (const name of [seen.id, seen.number, subscriptionId, ofSeen])
      assert.deepEqual(await other.knownOrders.find(name), { customerId: 'C-7', orderId: seen.id });
    assert.equal(await other.knownOrders.numberOf(seen.id), seen.number);
    assert.deepEqual(await other.knownOrders.placedSince('c-7', new Date(0)), []);
  });
});
