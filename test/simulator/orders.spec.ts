import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('orders', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const orderPath = (id: string) => `/v1/customers/${contoso}/orders/${encodeURIComponent(id)}`;
  const listed = async () =>
    (await client.get(`/v1/customers/${contoso}/orders`)).list('items').map((o) => o.text('id'));

  it('are pending first, completed and listed after the delay, and known by id at once', async () => {
    const id = await purchases.buyOne(client, contoso, { item: purchases.WINDOWS_SERVER });

    const fresh = await client.get(orderPath(id));
    const freshList = await listed();
    await client.advance(10);
    const later = await client.get(orderPath(id));
    const laterList = await listed();

    assert.equal(fresh.at('status'), 'pending');
    assert.equal(freshList.includes(id), false);
    assert.equal(later.at('status'), 'completed');
    assert.equal(laterList.includes(id), true);
  });

  it('show subscription ids later still', async () => {
    const id = await purchases.buyOne(client, contoso, { item: purchases.WINDOWS_SUBSCRIPTION, ...purchases.ONE_YEAR });
    const subscriptions = () => client.get(`/v1/customers/${contoso}/subscriptions?order_id=${id}`);

    await client.advance(11);
    const completed = await client.get(orderPath(id));
    const none = await subscriptions();
    await client.advance(5);
    const provisioned = await client.get(orderPath(id));
    const one = await subscriptions();

    assert.equal(completed.at('status'), 'completed');
    assert.equal(completed.at('lineItems.0.subscriptionId'), undefined);
    assert.equal(none.at('totalCount'), 0);
    // In another letter case than the subscription itself.
    assert.equal(provisioned.at('lineItems.0.subscriptionId'), one.text('items.0.id').toUpperCase());
  });

  it('show prices when asked, and none otherwise', async () => {
    const id = await purchases.buyOne(client, contoso, { item: purchases.WINDOWS_SERVER, quantity: 3 });

    const plain = await client.get(orderPath(id));
    const priced = await client.get(`${orderPath(id)}?include_price=true`);
    const unit = Number(priced.at('lineItems.0.pricing.price'));

    assert.equal(plain.at('totalPrice'), undefined);
    assert.equal(plain.at('lineItems.0.pricing'), undefined);
    assert.equal(priced.at('lineItems.0.pricing.extendedPrice'), Number((unit * 3).toFixed(2)));
    assert.equal(priced.at('totalPrice'), Number((unit * 3).toFixed(2)));
    assert.ok(Number(priced.at('lineItems.0.pricing.listPrice')) > unit);
  });

  it('have the price of the price sheet', async () => {
    const id = await purchases.buyOne(client, contoso, { item: purchases.WINDOWS_SERVER });
    const priced = await client.get(`${orderPath(id)}?include_price=true`);
    const sheet = await client.get("/v1.0/sales/pricesheets(Market='DE',PricesheetView='software')/$value");
    const row = sheet.bytes
      .toString()
      .split('\r\n')
      .find((r) => r.includes('"DG7GMGF0D5RK","0001"') && r.endsWith('Commercial'));

    assert.match(row ?? '', new RegExp(`,EUR,${priced.at('totalPrice')},`));
  });

  it('have either form of id, the long one to the letter', async () => {
    const order = await purchases.orderOf(client, contoso, 'SQL Server 2022 Standard');
    const id = order.text('id');

    assert.equal(id.length, 33);
    assert.equal((await client.get(orderPath(id))).at('id'), id);
    assert.equal((await client.get(orderPath(order.text('alternateId')))).at('id'), id);
    assert.equal((await client.get(orderPath(id.toLowerCase()))).at('code'), 20000);
  });

  it('have an etag when they are of the oldest kind', async () => {
    const adventure = await client.customerId('Adventure');
    const all = (await client.get(`/v1/customers/${adventure}/orders`)).list('items');
    const [oldest] = all.filter((order) => order.text('id').length === 36);
    const etag = JSON.parse(Buffer.from(oldest?.text('attributes.etag') ?? '', 'base64').toString());

    assert.deepEqual(etag, { id: oldest?.text('id'), version: 1 });
    assert.ok(all.filter((order) => order !== oldest).every((order) => order.at('attributes.etag') === undefined));
  });

  it('link the provisioning status of lines with a subscription', async () => {
    const orders = (await client.get(`/v1/customers/${contoso}/orders`)).list('items');
    const order = orders.find((one) => one.at('lineItems.0.subscriptionId') !== undefined);
    const server = await purchases.orderOf(client, contoso, 'Windows Server 2022');
    const [line] = order?.list('lineItems') ?? [];

    assert.equal(
      line?.at('links.provisioningStatus.uri'),
      `/subscriptions/${line?.text('subscriptionId').toLowerCase()}/provisioningstatus`,
    );
    assert.equal(server.at('lineItems.0.links.provisioningStatus'), undefined);
  });

  it('are not known below another customer', async () => {
    const order = await purchases.orderOf(client, contoso, 'SQL Server 2022 Standard');
    const northwind = await client.customerId('Northwind');
    const reply = await client.get(`/v1/customers/${northwind}/orders/${order.text('id')}`);

    assert.equal(reply.status, 404);
    assert.equal(reply.at('code'), 20000);
  });

  it('can be listed by billing cycle', async () => {
    const cycles = async (type: string) =>
      (await client.get(`/v1/customers/${contoso}/orders?billingType=${type}`))
        .list('items')
        .map((o) => o.at('billingCycle'));

    assert.deepEqual([...new Set(await cycles('onetime'))], ['one_time']);
    assert.deepEqual([...new Set(await cycles('annual'))], ['annual']);
    assert.deepEqual(await cycles('monthly'), []);
  });
});
