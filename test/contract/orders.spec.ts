import assert from 'node:assert/strict';
import { isLineCancelled, type Order } from '../../src/domain/orders/order.ts';
import type { CancelledLine } from '../../src/domain/orders/ordering.ts';
import { found, refusalOf } from './assertions.ts';
import { buy, catalogItems, forOneYear, orderOf } from './catalog-items.ts';
import { delaySeconds, freshId, needsSimulator, noSuchCustomer, openService, type Service, writes } from './server.ts';

const day = 24 * 3600;
const lineIn = (order: Order, number: number): CancelledLine[] =>
  order.lines.filter((line) => line.number === number).map(({ catalogItemId }) => ({ number, catalogItemId }));

describe('the contract of orders', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  describe('the list', () => {
    it('has id, number, date, status, lines and prices of each', async () => {
      const { id } = await service.customer();

      for (const order of await service.center.ordering.orders(id)) {
        assert.notEqual(order.id, '');
        assert.notEqual(order.number, '');
        assert.equal(order.customerId, id);
        assert.ok(order.createdAt.getTime() > Date.UTC(2010, 0));
        assert.match(order.status, /^(pending|completed|cancelled|unknown)$/);
        assert.ok(order.lines.length > 0);
        for (const line of order.lines) {
          assert.ok(line.quantity >= 0);
          assert.match(line.catalogItemId, /^[^:]+(:[^:]+){0,2}$/);
          if (line.total) assert.equal(line.total.currency, order.currency);
        }
      }
    });

    it('has the long id beside the short number, which the portal shows', async function () {
      needsSimulator(this);

      const order = await orderOf(service.center, await service.customer(), 'SQL Server 2022 Standard');

      assert.match(order.id, /^[\w-]{32}\d$/);
      assert.match(order.number, /^[0-9a-f]{12}$/);
    });

    it('reads dates with an offset as the instant they mean (orders named by a GUID)', async function () {
      needsSimulator(this);

      const order = await orderOf(service.center, await service.customer('Adventure'), 'Microsoft 365 Business');

      assert.match(order.id, /^[0-9a-f-]{36}$/);
      const days = (service.now().getTime() - order.createdAt.getTime()) / (day * 1000);
      assert.ok(Math.abs(days - 40) < 0.1, `${days} days`);
    });

    it('is refused for an unknown customer: 404, 60003, or a closed door', async () => {
      await refusalOf(service.center.ordering.orders(noSuchCustomer), { operation: 'listOrders' });
    });
  });

  describe('one order', () => {
    it('is found by its id and by its short number, with prices', async () => {
      const { id } = await service.customer();
      const [first] = await service.center.ordering.orders(id);
      if (!first) return;

      const byId = await service.center.ordering.order(id, first.id);
      const byNumber = await service.center.ordering.order(id, first.number);

      assert.equal(byId?.id, first.id);
      assert.equal(byNumber?.id, first.id);
      assert.deepEqual(byId?.total, first.total);
    });

    it('is undefined for an id that nobody gave (404, 20000)', async () => {
      const { id } = await service.customer();

      assert.equal(await service.center.ordering.order(id, 'ffffffffffff'), undefined);
      assert.equal(await service.center.ordering.order(id, 'a/b?c#d'), undefined);
    });

    it('is found in that letter case alone where the id is long, in any case by its number', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const order = await orderOf(service.center, customer, 'SQL Server 2022 Standard');
      const other = order.id.replace(/[a-z]/i, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      );

      assert.equal(await service.center.ordering.order(customer.id, other), undefined);
      assert.equal((await service.center.ordering.order(customer.id, order.number.toUpperCase()))?.id, order.id);
    });

    it('is not that of another customer', async function () {
      needsSimulator(this);
      const order = await orderOf(service.center, await service.customer('Contoso'), 'Windows Server 2022');
      const other = await service.customer('Tailspin');

      assert.equal(await service.center.ordering.order(other.id, order.id), undefined);
    });
  });

  describe('a new order', () => {
    it('is pending, known by its id at once, listed later, and completed after its time', async function () {
      needsSimulator(this);
      writes(this);
      const customer = await service.customer('Contoso');
      const { ordering } = service.center;
      const { order } = await buy(service.center, customer, catalogItems.server, { quantity: 2 });
      const isListed = async () => (await ordering.orders(customer.id)).some(({ id }) => id === order.id);

      assert.equal((await ordering.order(customer.id, order.id))?.status, 'pending');
      assert.equal(await isListed(), false);
      await service.advance(delaySeconds);

      assert.equal((await ordering.order(customer.id, order.id))?.status, 'completed');
      assert.equal(await isListed(), true);
    });

    it('has its subscription id later still', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');
      const { ordering } = service.center;
      const { order } = await buy(service.center, customer, catalogItems.rented, forOneYear);
      const subscriptionId = async () =>
        (await ordering.order(customer.id, order.id))?.lines[0]?.subscriptionId ?? 'none yet';

      await service.advance(delaySeconds);
      assert.equal(await subscriptionId(), 'none yet');
      await service.advance(delaySeconds);

      assert.match(await subscriptionId(), /^[0-9a-f-]{36}$/);
    });
  });
});

describe('the contract of cancelling an order', () => {
  let service: Service;
  before(async function () {
    needsSimulator(this as unknown as Mocha.Context);
    service = await openService();
  });
  after(() => service?.close());
  beforeEach(() => service.reset());

  const refused = (order: Order, facts: object, lines: readonly CancelledLine[] = []) =>
    refusalOf(service.center.ordering.cancel(order.customerId, order.id, lines, freshId()), {
      operation: 'cancelOrder',
      ...facts,
    });
  const read = async ({ customerId, id }: Order) =>
    found(await service.center.ordering.order(customerId, id), `order ${id}`);

  it('whole: the answer says cancelled and keeps the quantity; what is read says so after the delay', async () => {
    const order = await orderOf(service.center, await service.customer('Contoso'), 'Windows Server 2022');

    const answered = await service.center.ordering.cancel(order.customerId, order.id, [], freshId());

    assert.equal(answered.status, 'cancelled');
    assert.equal(answered.lines[0]?.quantity, 4);
    assert.equal((await read(order)).status, 'completed');
    await service.advance(delaySeconds);
    const after = await read(order);
    assert.equal(after.status, 'cancelled');
    assert.equal(isLineCancelled(after, 0), true);
    assert.equal(after.total?.minor, order.total?.minor);
  });

  it('by its lines: the line goes to zero, the order stays completed, and then the rest can follow', async () => {
    const order = await orderOf(service.center, await service.customer('Contoso'), 'Windows Server 2025');
    assert.equal(order.lines.length, 2);

    const answered = await service.center.ordering.cancel(order.customerId, order.id, lineIn(order, 1), freshId());
    assert.equal(answered.status, 'completed');
    assert.deepEqual(
      answered.lines.map(({ quantity }) => quantity),
      [2, 0],
    );
    await service.advance(delaySeconds);
    const half = await read(order);
    assert.deepEqual([isLineCancelled(half, 0), isLineCancelled(half, 1)], [false, true]);

    const rest = await service.center.ordering.cancel(order.customerId, order.id, lineIn(order, 0), freshId());
    assert.equal(rest.status, 'cancelled');
    await service.advance(delaySeconds);
    assert.equal((await read(order)).status, 'cancelled');
  });

  it('a line that was cancelled before shows as such', async () => {
    const order = await orderOf(service.center, await service.customer('Fabrikam Inc'), 'Exchange Server');

    assert.deepEqual(
      order.lines.map(({ number }) => isLineCancelled(order, number)),
      [false, true, false],
    );
  });

  it('by the short number as well as by the long id', async () => {
    const customer = await service.customer('Fabrikam Inc');
    const order = await orderOf(service.center, customer, 'Exchange Server');
    assert.notEqual(order.id, order.number);

    const answered = await service.center.ordering.cancel(customer.id, order.number, [], freshId());

    assert.equal(answered.status, 'cancelled');
  });

  it('twice under one MS-RequestId is one cancellation and one answer', async () => {
    const order = await orderOf(service.center, await service.customer('Contoso'), 'Windows Server 2022');
    const requestId = freshId();

    const first = await service.center.ordering.cancel(order.customerId, order.id, [], requestId);
    const again = await service.client().ordering.cancel(order.customerId, order.id, [], requestId);

    assert.deepEqual(again, first);
    await service.advance(delaySeconds);
    const since = new Date(service.now().getTime() - 60_000);
    const { records } = await service.center.changes.orderRecords('order', { since, maxPages: 1 });
    assert.equal(records.filter(({ orderId, isChange }) => isChange && orderId === order.id).length, 1);
  });

  it('twice under two ids: the second is refused, an adjustment is pending (409, 800014)', async () => {
    const order = await orderOf(service.center, await service.customer('Contoso'), 'Windows Server 2022');
    await service.center.ordering.cancel(order.customerId, order.id, [], freshId());

    await refused(order, { kind: 'conflict', status: 409, code: '800014', meaning: 'adjustment-pending' });
  });

  it('what is cancelled cannot be cancelled (400, 800061): a ticket, if anything', async () => {
    const order = await orderOf(service.center, await service.customer('Contoso'), 'Office LTSC Professional');
    assert.equal(order.status, 'cancelled');

    const error = await refused(order, { kind: 'declined', status: 400, code: '800061', meaning: 'ticket-needed' });

    assert.match(error.description ?? '', /We're sorry, the order can't be cancelled/);
  });

  it('an order in progress is refused (409, 800060): later', async () => {
    const customer = await service.customer('Contoso');
    const { order } = await buy(service.center, customer, catalogItems.server);

    await refused(order, { kind: 'conflict', status: 409, code: '800060', meaning: 'not-ready' });
    await service.advance(delaySeconds);

    const answered = await service.center.ordering.cancel(customer.id, order.id, [], freshId());
    assert.equal(answered.status, 'cancelled');
  });

  it('the software of other publishers is never taken back (400, 800061)', async () => {
    const suse = await orderOf(service.center, await service.customer('Fabrikam Polska'), 'SUSE');
    const redHat = await orderOf(service.center, await service.customer('Fabrikam Inc'), 'Red Hat');

    for (const order of [suse, redHat]) await refused(order, { code: '800061', meaning: 'ticket-needed' });
  });

  it('what is no software is refused (403, 800019)', async () => {
    const reserved = await orderOf(service.center, await service.customer('Northwind'), 'Reserved VM');

    await refused(reserved, { kind: 'declined', status: 403, code: '800019', meaning: undefined });
  });

  it('what has seats is taken back through its subscription only (403, 800077)', async () => {
    const online = await orderOf(service.center, await service.customer('Adventure'), 'Microsoft 365 Business');

    await refused(online, { kind: 'declined', status: 403, code: '800077', meaning: 'use-subscription' });
  });

  it('a line that the order does not have is refused (400, 800071)', async () => {
    const order = await orderOf(service.center, await service.customer('Contoso'), 'Windows Server 2022');
    const lines = [{ number: 7, catalogItemId: found(order.lines[0], 'line').catalogItemId }];

    await refused(order, { kind: 'declined', code: '800071' }, lines);
  });

  it('an unknown order is not found (404, 20000)', async () => {
    const { id } = await service.customer('Contoso');

    await refusalOf(service.center.ordering.cancel(id, 'ffffffffffff', [], freshId()), {
      kind: 'not-found',
      status: 404,
      code: '20000',
    });
  });

  describe('the window', () => {
    for (const [name, firstLine, days] of [
      ['Contoso', 'SQL Server 2022 Standard', 30],
      ['Fabrikam Polska', 'SQL Server Standard - 2 Core', 7],
      ['Adventure', 'Windows Server 2019', 60],
      ['Adventure', 'SQL Server', 30],
    ] as const) {
      it(`has passed for the order of ${name} (${firstLine}): 400, 900117, of ${days} days`, async () => {
        const orders = await service.center.ordering.orders((await service.customer(name)).id);
        const order = found(
          orders.find(
            ({ lines, createdAt }) =>
              lines[0]?.title.startsWith(firstLine) && service.now().getTime() - createdAt.getTime() > 8 * day * 1000,
          ),
          firstLine,
        );

        const error = await refused(order, {
          kind: 'declined',
          status: 400,
          code: '900117',
          meaning: 'ticket-needed',
        });

        assert.match(error.description ?? '', new RegExp(`${days}-day`));
      });
    }

    it('of perpetual software closes at 23:59:00 UTC of the thirtieth day', async () => {
      const order = await orderOf(service.center, await service.customer('Contoso'), 'Windows Server 2022');
      const { createdAt } = order;
      const closes = Date.UTC(createdAt.getUTCFullYear(), createdAt.getUTCMonth(), createdAt.getUTCDate() + 30, 23, 59);

      await service.advance((closes - service.now().getTime()) / 1000 + 5);
      await refused(order, { code: '900117' });
      await service.advance(-10);

      const answered = await service.center.ordering.cancel(order.customerId, order.id, [], freshId());
      assert.equal(answered.status, 'cancelled');
    });

    it('of a software subscription closes 168 hours after the order', async () => {
      const order = await orderOf(service.center, await service.customer('Contoso'), 'Windows Server Standard - 8');
      const closes = order.createdAt.getTime() + 168 * 3_600_000;

      await service.advance((closes - service.now().getTime()) / 1000 + 5);
      await refused(order, { code: '900117' });
      await service.advance(-10);

      const answered = await service.center.ordering.cancel(order.customerId, order.id, [], freshId());
      assert.equal(answered.status, 'cancelled');
    });
  });
});
