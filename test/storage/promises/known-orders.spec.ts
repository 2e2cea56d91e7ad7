import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OrderLine } from '../../../src/domain/orders/order.ts';
import { aCase, aCaseContent, anOrder, at, minutesLater } from '../records.ts';
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
    const unseen = randomUUID();
    assert.deepEqual([...(await other.knownOrders.numbersOf([unseen, order.id]))], [[order.id, order.number]]);
    assert.deepEqual([...(await other.knownOrders.numbersOf([]))], []);
    assert.equal(await other.knownOrders.find(randomUUID()), undefined);
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

  it('tell which were placed by us since when, beside the list of a customer, which is remembered', async () => {
    const { knownOrders, customerRecords } = kept().records;
    const customerId = randomUUID();
    const [old, fresh, listed] = [anOrder(), anOrder(), anOrder()];
    await knownOrders.rememberPlaced(customerId, [old], at);
    await knownOrders.remember(customerId, [fresh]);
    await knownOrders.rememberPlaced(customerId, [fresh], minutesLater(20));

    const { placed, openCases } = await customerRecords.compare(customerId, [fresh, listed], at);

    assert.deepEqual([placed, openCases], [[old.id, fresh.id], []]);
    assert.equal((await kept().other.knownOrders.find(listed.number))?.orderId, listed.id);
    assert.deepEqual((await customerRecords.compare(customerId, [], minutesLater(10))).placed, [fresh.id]);
  });

  it('come with their open cases, however the ids are written', async () => {
    const { cases, customerRecords } = kept().records;
    const customerId = `Customer-${randomUUID()}`;
    const orders = [anOrder(), anOrder(), anOrder()] as const;
    const [firstId, secondId, closedId] = orders.map(({ id }) => id);
    const first = aCase({ content: aCaseContent({ customerId, orderId: firstId?.toUpperCase() }) });
    const second = aCase({ content: aCaseContent({ customerId, orderId: secondId }), at: minutesLater(1) });
    const closed = aCase({ content: aCaseContent({ customerId, orderId: closedId }) });
    const unlisted = aCase({ content: aCaseContent({ customerId, orderId: randomUUID() }) });
    for (const one of [second, first, closed, unlisted]) await cases.insertOnce(one);
    const change = { kind: 'given-up', by: 'Ada' } as const;
    await cases.advance({ reference: closed.reference, from: 'submitted', to: 'refused', change, at });

    const { openCases } = await customerRecords.compare(customerId.toLowerCase(), orders, at);

    assert.deepEqual(
      openCases.map(({ reference }) => reference),
      [first.reference, second.reference],
    );
    assert.deepEqual(openCases[0], await cases.get(first.reference));
  });

  it('are found with what was refused at once, beside an open case and where it is that case', async () => {
    const { cases, knownOrders, customerRecords } = kept().records;
    const order = anOrder();
    await knownOrders.remember('c-7', [order]);
    const move = async (reference: string, from: 'submitted' | 'cancelling', to: 'cancelling' | 'refused' | 'filing') =>
      cases.advance({ reference, from, to, change: { kind: 'declined', said: { text: 'No' } }, at });
    const content = aCaseContent({ orderId: order.id });
    const closed = aCase({ content });
    await cases.insertOnce(closed);
    await move(closed.reference, 'submitted', 'cancelling');
    await move(closed.reference, 'cancelling', 'refused');
    const alone = await customerRecords.find(order.id);
    const open = aCase({ content });
    await cases.insertOnce(open);
    const beside = await customerRecords.find(order.id);
    await move(open.reference, 'submitted', 'cancelling');
    await move(open.reference, 'cancelling', 'filing');
    const same = await customerRecords.find(order.id);

    const found = [alone, beside, same].map((one) => [one?.openCase?.reference, one?.refused?.case.reference]);
    assert.deepEqual(found, [
      [undefined, closed.reference],
      [open.reference, closed.reference],
      [open.reference, open.reference],
    ]);
  });

  it('are found with their open case', async () => {
    const { cases, knownOrders, customerRecords } = kept().records;
    const [order, other] = [anOrder(), anOrder()];
    await knownOrders.remember('c-7', [order, other]);
    const closed = aCase({ content: aCaseContent({ orderId: order.id }) });
    await cases.insertOnce(closed);
    const change = { kind: 'given-up', by: 'Ada' } as const;
    await cases.advance({ reference: closed.reference, from: 'submitted', to: 'refused', change, at });
    const without = await customerRecords.find(order.id);
    const open = aCase({ content: aCaseContent({ orderId: order.id }) });
    await cases.insertOnce(open);

    assert.deepEqual(without, { customerId: 'c-7', orderId: order.id, number: order.number, keySeenBy: [], begun: [] });
    const openCase = await cases.get(open.reference);
    assert.deepEqual(await customerRecords.find(order.number), { ...without, openCase });
    const { id: orderId, number } = other;
    assert.deepEqual(await customerRecords.find(orderId), {
      customerId: 'c-7',
      orderId,
      number,
      keySeenBy: [],
      begun: [],
    });
    assert.equal(await customerRecords.find(randomUUID()), undefined);
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
    assert.equal((await other.knownOrders.numbersOf([seen.id])).get(seen.id), seen.number);
    assert.deepEqual((await other.customerRecords.compare('c-7', [], new Date(0))).placed, []);
  });
});
