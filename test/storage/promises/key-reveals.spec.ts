import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OutsideLook } from '../../../src/domain/cancellations/changes.ts';
import { eachDatabase } from '../../support/databases.ts';
import { aKeyReveal, anOrder, minutesLater } from '../records.ts';
import { eachRecord } from './each-record.ts';

eachRecord('keyReveals', (kept) => {
  it('are listed by order, oldest first', async () => {
    const { records, other } = kept();
    const later = aKeyReveal({ at: minutesLater(1), what: 'link', personName: 'Bo' });
    const earlier = aKeyReveal({ orderId: later.orderId });
    await records.keyReveals.add([later]);
    await records.keyReveals.add([earlier]);
    await records.keyReveals.add([aKeyReveal()]);

    assert.deepEqual(await other.keyReveals.ofOrder(later.orderId), [earlier, later]);
  });

  it('tell who looked at an order, how often and when last, the first one first, also with an order that is known', async () => {
    const { records, other } = kept();
    const order = anOrder();
    const look = (personName: string, what: 'key' | 'download' | 'link', minute: number) =>
      aKeyReveal({ orderId: order.id, personName, what, at: minutesLater(minute) });
    await records.keyReveals.add([look('Bo', 'link', 5)]);
    await records.keyReveals.add([look('Ada', 'key', 3), look('Ada', 'download', 3)]);
    await records.keyReveals.add([look('Ada', 'key', 9)]);
    await records.keyReveals.withdraw(await records.keyReveals.add([look('Cyd', 'key', 1)]));
    await records.knownOrders.remember(order.customerId, [order]);

    const viewers = [
      { name: 'Ada', keys: 2, downloads: 1, lastAt: minutesLater(9) },
      { name: 'Bo', keys: 0, downloads: 1, lastAt: minutesLater(5) },
    ];
    assert.deepEqual(await other.keyReveals.viewersOf(order.id), viewers);
    assert.deepEqual((await other.keyReveals.before('p-1', order.id)).viewers, viewers);
    assert.deepEqual((await other.customerRecords.find(order.id))?.keySeenBy, viewers);
    assert.deepEqual(await other.keyReveals.viewersOf(randomUUID()), []);
  });

  it('tell what was seen at Partner Center itself too, once, and not what the bot looked up', async () => {
    const { records, other } = kept();
    const order = anOrder();
    const own = aKeyReveal({ orderId: order.id, customerId: order.customerId, at: minutesLater(5) });
    await records.knownOrders.remember(order.customerId, [order]);
    await records.keyReveals.add([own]);
    const look = (minute: number, changed: Partial<OutsideLook> = {}): OutsideLook => ({
      ...{ record: randomUUID(), at: minutesLater(minute), what: 'key', who: 'desk@partner.example', item: 'P1:0001' },
      ...{ mayBeOurs: true, customerId: order.customerId, customerName: 'Contoso', orderId: order.number },
      ...changed,
    });
    const portal = look(6, { who: 'eve@partner.example', mayBeOurs: false });
    const looks = [
      look(6),
      look(4, { orderId: undefined, customerId: undefined }),
      portal,
      look(40),
      look(41, { what: 'link', who: 'app-1' }),
      look(6, { orderId: randomUUID() }),
    ];
    await records.keyReveals.addOutside(looks);
    await other.keyReveals.addOutside(looks);

    assert.deepEqual(
      (await other.keyReveals.ofOrder(order.id)).map((one) => [
        one.personName,
        one.what,
        one.at,
        one.isOutside ?? false,
      ]),
      [
        [own.personName, own.what, own.at, false],
        ['eve@partner.example', 'key', minutesLater(6), true],
        ['desk@partner.example', 'key', minutesLater(40), true],
        ['app-1', 'link', minutesLater(41), true],
      ],
    );
    const [, eve] = await other.keyReveals.viewersOf(order.id);
    const seen = { name: 'eve@partner.example', keys: 1, downloads: 0, lastAt: minutesLater(6), isOutside: true };
    assert.deepEqual(eve, seen);
    assert.deepEqual((await other.customerRecords.find(order.id))?.keySeenBy[1], seen);
    const entries = await other.audit.entries({ orderId: order.id, kinds: ['outside'] }, undefined, 10);
    assert.deepEqual(
      entries.map((one) => one.kind === 'outside' && [one.who, one.what, one.item, one.orderNumbers]),
      [
        ['app-1', 'link', 'P1:0001', [order.number]],
        ['desk@partner.example', 'key', 'P1:0001', [order.number]],
        ['eve@partner.example', 'key', 'P1:0001', [order.number]],
      ],
    );
    assert.equal((await other.audit.looks({ orderId: order.id }, 10)).filter(({ isOutside }) => isOutside).length, 3);
  });

  it('are of the customer of a known order where a record of Partner Center names no customer', async () => {
    const { records, other } = kept();
    const order = anOrder({ customerId: randomUUID() });
    await records.knownOrders.remember(order.customerId, [order]);
    const seen = { record: randomUUID(), at: minutesLater(6), what: 'link', who: 'eve@partner.example' } as const;
    await records.keyReveals.addOutside([{ ...seen, item: 'P1:0001', mayBeOurs: false, orderId: order.number }]);

    const looks = await other.audit.looks({ customerId: order.customerId }, 10);
    assert.deepEqual(
      looks.map(({ name, orderNumber }) => [name, orderNumber]),
      [['eve@partner.example', order.number]],
    );
  });

  it('are left out once withdrawn', async () => {
    const { keyReveals } = kept().records;
    const keyReveal = aKeyReveal();

    await keyReveals.withdraw(await keyReveals.add([keyReveal]));

    assert.deepEqual(await keyReveals.ofOrder(keyReveal.orderId), []);
  });

  it('tell what a person chose last of each product, and nobody else’s choices', async () => {
    const { records, other } = kept();
    const [personId, productId] = [randomUUID(), randomUUID()];
    const choose = (language: string, minute: number, whose = personId) =>
      records.keyReveals.add([
        aKeyReveal({
          personId: whose,
          productId,
          choice: { version: `${productId}:0002`, language, architecture: '64 Bit' },
          at: minutesLater(minute),
        }),
      ]);
    await choose('de-de', 1);
    await choose('pl-pl', 2);
    await choose('fr-fr', 3, randomUUID());

    const chosen = { [productId]: { version: `${productId}:0002`, language: 'pl-pl', architecture: '64 Bit' } };
    assert.deepEqual((await other.keyReveals.before(personId, '')).lastChoices, chosen);
    assert.deepEqual(await other.keyReveals.before(randomUUID(), ''), { lastChoices: {}, viewers: [] });
  });

  it('throw when they cannot be written', async () => {
    const nobody = aKeyReveal({ personId: undefined });

    await assert.rejects(kept().records.keyReveals.add([nobody]));
  });
});

eachDatabase('keyReveals', (database) => {
  it('stay in the books when they are withdrawn', async () => {
    const { storage, query } = database();
    const keyReveal = aKeyReveal();

    await storage.keyReveals.withdraw(await storage.keyReveals.add([keyReveal]));

    const rows = await query('select what from software_desk.key_reveals where order_id = $1', [keyReveal.orderId]);
    assert.deepEqual(rows, [{ what: 'key' }]);
  });

  it('tell the choices with an order that is known, in one statement', async () => {
    const { storage } = database();
    const [order, personId] = [anOrder(), randomUUID()];
    await storage.knownOrders.remember(order.customerId, [order]);
    const choice = { version: 'p:0002', language: 'pl-pl' };
    await storage.keyReveals.add([aKeyReveal({ personId, productId: 'p', choice })]);

    const known = await storage.customerRecords.find(order.id, personId);

    assert.deepEqual(known?.chosen, { personId, lastChoices: { p: choice } });
    assert.equal((await storage.customerRecords.find(order.id))?.chosen, undefined);
  });
});
