import assert from 'node:assert/strict';
import { buy, catalogItems, forOneYear } from './catalog-items.ts';
import { recordPurchases } from './purchases.ts';
import { needsSimulator, openService, type Service } from './server.ts';

describe('what the contract suite buys on another server', () => {
  let service: Service;
  before(async function () {
    needsSimulator(this as unknown as Mocha.Context);
    service = await openService();
  });
  after(() => service?.close());
  beforeEach(() => service.reset());

  const isLeft = async () => {
    const { orders } = await service.state('orders');
    return orders.filter(({ id }) => told.join().includes(id)).some(({ status }) => status !== 'cancelled');
  };
  const told: string[] = [];
  const open = () => {
    told.length = 0;
    const purchases = recordPurchases((text) => void told.push(text));
    return { purchases, center: purchases.watch(service.client()) };
  };

  it('is given back: perpetual software and subscriptions, waiting until that is possible', async () => {
    const { purchases, center } = open();
    const customer = await service.customer();
    await buy(center, customer);
    await buy(center, customer, catalogItems.rented, forOneYear);
    assert.equal(await isLeft(), true);

    await purchases.returnAll(center, service.until);

    assert.equal(told.filter((text) => text.startsWith('bought')).length, 2);
    assert.equal(told.filter((text) => text.startsWith('given back')).length, 2);
    assert.equal(await isLeft(), false);
  });

  it('is given back when no answer told of the order', async () => {
    const { purchases, center } = open();
    const customer = await service.customer();
    const before = (await service.state('orders')).orders.length;
    await service.fault({ method: 'POST', path: '/checkout', dropAfterWork: true, times: 4 });
    await assert.rejects(buy(center, customer));
    assert.equal((await service.state('orders')).orders.length, before + 1);

    await purchases.returnAll(center, service.until);

    assert.equal(await isLeft(), false);
    assert.match(told.join(), /given back/);
  });

  it('is left alone when a test has cancelled it, or nothing was bought', async () => {
    const { purchases, center } = open();
    const customer = await service.customer();
    const { order } = await buy(center, customer);
    await assert.rejects(buy(center, customer, catalogItems.soldOut));
    await service.advance(60);
    await center.ordering.cancel(customer.id, order.id, [], '4f7f0a5e-3f0e-4d4e-9b52-0f2cf5a7b0aa');
    await service.advance(60);

    await purchases.returnAll(center, service.until);

    const written = (await service.requests()).filter(({ method }) => method === 'PATCH');
    assert.equal(written.length, 1);
  });

  it('is named when it cannot be given back', async () => {
    const { purchases, center } = open();
    const customer = await service.customer('Fabrikam Polska');
    const { order } = await buy(center, customer, catalogItems.suse, forOneYear);

    await assert.rejects(purchases.returnAll(center, service.until), ({ message }: Error) =>
      message.includes(order.id),
    );
  });
});
