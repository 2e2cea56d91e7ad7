import assert from 'node:assert/strict';
import { found, refusalOf } from './assertions.ts';
import { buy, type Choice, catalogItems, cheapest, forOneYear, lineOf } from './catalog-items.ts';
import { freshId, needsSimulator, openService, patienceMs, type Service, writes } from './server.ts';

const weekMs = 7 * 24 * 3_600_000;

describe('the contract of carts', function () {
  this.timeout(patienceMs);
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  let choice: Promise<Choice | undefined> | undefined;
  /** Writing elsewhere needs something to buy, whatever is on sale there. */
  async function something() {
    const customer = await service.customer();
    choice ??= cheapest(service.center, customer, 'perpetual');
    const { item, more } = found(await choice, 'perpetual software with a price');
    return { customer, line: await lineOf(service.center, customer, item, more) };
  }

  describe('a new one', () => {
    it('is active, free of errors, and lives seven days', async function () {
      writes(this);
      const { customer, line } = await something();

      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());

      assert.notEqual(cart.id, '');
      assert.equal(cart.status.toLowerCase(), 'active');
      assert.deepEqual(cart.lineErrors, []);
      const lifeMs = cart.expiresAt.getTime() - service.now().getTime();
      assert.ok(Math.abs(lifeMs - weekMs) < 5 * 60_000, `${lifeMs} ms`);
    });

    it('is read back as it was answered', async function () {
      writes(this);
      const { customer, line } = await something();
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());

      assert.deepEqual(await service.center.ordering.cart(customer.id, cart.id), cart);
    });

    it('is the same for the same MS-RequestId, and another for another', async function () {
      writes(this);
      const { customer, line } = await something();
      const requestId = freshId();

      const first = await service.center.ordering.createCart(customer.id, [line], requestId);
      const again = await service.client().ordering.createCart(customer.id, [line], requestId);
      const another = await service.center.ordering.createCart(customer.id, [line], freshId());

      assert.equal(again.id, first.id);
      assert.notEqual(another.id, first.id);
    });

    it('has no term for perpetual software, and the one chosen for a subscription', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const { ordering } = service.center;

      const perpetual = await ordering.createCart(
        customer.id,
        [await lineOf(service.center, customer, catalogItems.server)],
        freshId(),
      );
      const rented = await ordering.createCart(
        customer.id,
        [await lineOf(service.center, customer, catalogItems.rented, forOneYear)],
        freshId(),
      );

      const { carts } = await service.state('carts');
      const lineOfCart = (id: string) => carts.find((cart) => cart.id === id)?.lineItems[0];
      assert.equal('termDuration' in lineOfCart(perpetual.id), false);
      assert.equal(lineOfCart(rented.id).termDuration, 'P1Y');
      assert.equal(lineOfCart(rented.id).billingCycle, 'annual');
    });
  });

  describe('what is wrong with a line', () => {
    const errorsOf = async (line: Awaited<ReturnType<typeof lineOf>>) => {
      const { id } = await service.customer();
      return (await service.center.ordering.createCart(id, [line], freshId())).lineErrors;
    };

    it('arrives inside a 201: an outdated item (10001)', async function () {
      needsSimulator(this);
      const line = await lineOf(service.center, await service.customer(), catalogItems.server);
      await service.advance(3 * 3600);

      const [error, ...others] = await errorsOf(line);

      assert.equal(others.length, 0);
      assert.equal(error?.code, 'catalog_item_id_is_not_valid');
      assert.notEqual(error?.description, '');
    });

    it('arrives inside a 201: sold out (10003)', async function () {
      needsSimulator(this);
      const line = await lineOf(service.center, await service.customer(), catalogItems.soldOut);

      assert.deepEqual(
        (await errorsOf(line)).map(({ code }) => code),
        ['inventory_not_available'],
      );
    });

    it('arrives inside a 201: attestation missing (10012), and not when it is given', async function () {
      needsSimulator(this);
      const line = await lineOf(service.center, await service.customer(), catalogItems.attested);

      assert.deepEqual(
        (await errorsOf(line)).map(({ code }) => code),
        ['attestation_not_accepted'],
      );
      assert.deepEqual(await errorsOf({ ...line, attestationAccepted: true }), []);
    });

    it('arrives inside a 201: a billing plan or a term that is not offered', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const rented = await lineOf(service.center, customer, catalogItems.rented, forOneYear);

      assert.deepEqual(
        (await errorsOf({ ...rented, billingCycle: 'monthly' })).map(({ code }) => code),
        ['billing_plan_not_supported'],
      );
      assert.deepEqual(
        (await errorsOf({ ...rented, termDuration: 'P3Y' })).map(({ code }) => code),
        ['invalid_input'],
      );
    });

    it('keeps the cart from being checked out: 400, 800009', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const line = await lineOf(service.center, customer, catalogItems.soldOut);
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());

      await refusalOf(service.center.ordering.checkout(customer.id, cart.id, freshId()), {
        operation: 'checkoutCart',
        kind: 'declined',
        status: 400,
        code: '800009',
      });
      assert.equal((await service.center.ordering.cart(customer.id, cart.id))?.status, 'Active');
    });

    it('is a refusal where it is the quantity: 400, 2002', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const line = await lineOf(service.center, customer, catalogItems.serverByTwo, { quantity: 7 });

      const error = await refusalOf(service.center.ordering.createCart(customer.id, [line], freshId()), {
        kind: 'declined',
        status: 400,
        code: '2002',
      });
      assert.match(error.description ?? '', /7 .*8 to 2000/);
    });
  });

  describe('one that is not there', () => {
    it('is undefined when read', async () => {
      const { id } = await service.customer();

      assert.equal(await service.center.ordering.cart(id, freshId()), undefined);
    });

    it('is not found at the checkout: 404, 800008', async function () {
      writes(this);
      const { id } = await service.customer();

      await refusalOf(service.center.ordering.checkout(id, freshId(), freshId()), {
        kind: 'not-found',
        status: 404,
      });
    });

    it('is one that has expired, after seven days', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const line = await lineOf(service.center, customer, catalogItems.server);
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());

      await service.advance(weekMs / 1000 - 3600);
      assert.ok(await service.center.ordering.cart(customer.id, cart.id));
      await service.advance(2 * 3600);

      assert.equal(await service.center.ordering.cart(customer.id, cart.id), undefined);
      await refusalOf(service.center.ordering.checkout(customer.id, cart.id, freshId()), { code: '800008' });
    });

    it('is that of another customer', async function () {
      needsSimulator(this);
      const contoso = await service.customer('Contoso');
      const tailspin = await service.customer('Tailspin');
      const line = await lineOf(service.center, contoso, catalogItems.server);
      const cart = await service.center.ordering.createCart(contoso.id, [line], freshId());

      assert.equal(await service.center.ordering.cart(tailspin.id, cart.id), undefined);
    });
  });

  describe('the checkout', () => {
    it('gives the order, pending, without prices, under the ids the API wants', async function () {
      writes(this);
      const { customer, line } = await something();
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());

      const { orders, errors } = await service.center.ordering.checkout(customer.id, cart.id, freshId());

      assert.deepEqual(errors, []);
      const order = found(orders[0], 'order');
      assert.equal(order.customerId, customer.id);
      assert.match(order.status, /^(pending|completed)$/);
      assert.equal(order.total, undefined);
      const [ordered] = order.lines;
      assert.equal(ordered?.quantity, line.quantity);
      assert.equal(ordered?.catalogItemId, line.catalogItemId);
      assert.equal(ordered?.subscriptionId, undefined);
    });

    it('marks the cart as ordered', async function () {
      writes(this);
      const { customer, line } = await something();
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());

      await service.center.ordering.checkout(customer.id, cart.id, freshId());

      assert.equal((await service.center.ordering.cart(customer.id, cart.id))?.status.toLowerCase(), 'ordered');
    });

    it('is idempotent: the same cart gives the first answer again, under any MS-RequestId, from any client', async function () {
      writes(this);
      const { customer, line } = await something();
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());
      const requestId = freshId();
      const first = await service.center.ordering.checkout(customer.id, cart.id, requestId);

      const again = await service.center.ordering.checkout(customer.id, cart.id, requestId);
      const later = await service.client().ordering.checkout(customer.id, cart.id, freshId());

      const ids = first.orders.map(({ id }) => id);
      assert.deepEqual(
        again.orders.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(
        later.orders.map(({ id }) => id),
        ids,
      );
    });

    it('of the same cart twice at once orders once', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const line = await lineOf(service.center, customer, catalogItems.server);
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());
      const before = (await service.state('orders')).orders.length;

      const both = await Promise.all(
        [freshId(), freshId()].map((requestId) => service.center.ordering.checkout(customer.id, cart.id, requestId)),
      );

      assert.deepEqual(both[0]?.orders[0]?.id, both[1]?.orders[0]?.id);
      assert.equal((await service.state('orders')).orders.length, before + 1);
    });

    it('of a cart that is being checked out is refused under another MS-RequestId: 409, 800064', async function () {
      needsSimulator(this);
      const { customer, line } = await something();
      const { ordering } = service.center;
      const cart = await ordering.createCart(customer.id, [line], freshId());
      const before = (await service.state('orders')).orders.length;
      await service.fault({ method: 'POST', path: `${cart.id}/checkout`, delayMs: 500 });
      const slow = service.client().ordering.checkout(customer.id, cart.id, freshId());
      await service.faultsTaken();

      const error = await refusalOf(ordering.checkout(customer.id, cart.id, freshId()), {
        operation: 'checkoutCart',
        kind: 'conflict',
        status: 409,
        code: '800064',
      });

      assert.equal(error.isUncertain, false);
      const first = found((await slow).orders[0], 'order');
      const { orders } = await ordering.checkout(customer.id, cart.id, freshId());
      assert.deepEqual(
        orders.map(({ id }) => id),
        [first.id],
      );
      assert.equal((await service.state('orders')).orders.length, before + 1);
    });

    it('tells why a group was not ordered (credit line too low, 800023), and leaves the cart active', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const line = await lineOf(service.center, customer, catalogItems.server, { quantity: 5_000 });
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());

      const { orders, errors } = await service.center.ordering.checkout(customer.id, cart.id, freshId());

      assert.deepEqual(orders, []);
      assert.equal(errors[0]?.code, '800023');
      assert.match(errors[0]?.description ?? '', /credit/i);
      assert.equal((await service.center.ordering.cart(customer.id, cart.id))?.status, 'Active');
    });

    it('takes an item whose availability ended after the cart was made', async function () {
      needsSimulator(this);
      const customer = await service.customer();
      const line = await lineOf(service.center, customer, catalogItems.server);
      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());

      await service.advance(5 * 3600);
      const { orders } = await service.center.ordering.checkout(customer.id, cart.id, freshId());

      assert.equal(orders.length, 1);
    });

    it('keeps the words of the attestation and of the segment', async function () {
      needsSimulator(this);
      const customer = await service.customer();

      const { order } = await buy(service.center, customer, catalogItems.attested, { attestationAccepted: true });

      const stored = (await service.state('orders')).orders.find(({ id }) => id === order.id);
      assert.equal(stored?.lineItems[0].attestationAccepted, true);
    });
  });
});
