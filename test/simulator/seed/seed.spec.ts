import assert from 'node:assert/strict';
import { type Client, type Reply, startClient } from '../client.ts';

describe('the seed', () => {
  let client: Client;
  let state: Reply;
  before(async () => {
    client = await startClient();
    state = await client.control('GET', 'state');
  });
  after(() => client.close());

  const named = (name: string) => {
    const found = state
      .list('customers')
      .find((customer) => customer.text('companyProfile.companyName').startsWith(name));
    if (found === undefined) assert.fail(`there is no ${name}`);
    return found;
  };
  const ordersOf = (name: string) => {
    const id = named(name).text('id');
    return state.list('orders').filter((order) => order.at('referenceCustomerId') === id);
  };
  const age = (order: Reply) => (Date.parse(state.text('now')) - Date.parse(order.text('creationDate'))) / 86_400_000;

  it('has forty customers in a dozen countries', () => {
    const customers = state.list('customers');
    const countries = new Set(customers.map((customer) => customer.at('billingProfile.defaultAddress.country')));

    assert.equal(customers.length, 40);
    assert.ok(countries.size >= 12);
    assert.equal(new Set(customers.map((customer) => customer.at('id'))).size, 40);
  });

  it('has one Contoso and three Fabrikams', () => {
    const names = state.list('customers').map((customer) => customer.text('companyProfile.companyName'));

    assert.deepEqual(
      names.filter((name) => name.includes('Contoso')),
      ['Contoso Ltd'],
    );
    assert.equal(names.filter((name) => name.startsWith('Fabrikam')).length, 3);
  });

  it('has orders of Contoso in every state a test may want', () => {
    const orders = ordersOf('Contoso');
    const perpetual = orders.filter((order) => order.at('lineItems.0.termDuration') === undefined);

    assert.ok(perpetual.some((order) => order.at('status') === 'completed' && Math.round(age(order)) === 10));
    assert.ok(perpetual.some((order) => order.at('status') === 'completed' && age(order) > 31));
    assert.ok(orders.some((order) => order.at('lineItems.0.termDuration') === 'P1Y' && Math.round(age(order)) === 3));
    assert.ok(orders.some((order) => order.at('status') === 'cancelled'));
    assert.ok(orders.some((order) => order.list('lineItems').length === 2));
  });

  it('has no order of Tailspin Toys, Litware and Trey Research', () => {
    assert.deepEqual([...ordersOf('Tailspin'), ...ordersOf('Litware'), ...ordersOf('Trey')], []);
    assert.equal(named('Trey').at('relationshipToPartner'), 'advisor');
  });

  it('has orders of every form of id and every status', () => {
    const orders = state.list('orders');
    const ids = orders.map((order) => order.text('id'));

    assert.ok(orders.length >= 100);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.filter((id) => /^[0-9a-f]{12}$/.test(id)).length > ids.length / 2);
    assert.ok(
      orders.some((order) => order.text('id').length === 33 && /^[0-9a-f]{12}$/.test(order.text('alternateId'))),
    );
    assert.ok(orders.some((order) => order.text('id').length === 36 && order.text('creationDate').endsWith('-08:00')));
    assert.deepEqual([...new Set(orders.map((order) => order.text('status')))].sort(), [
      'cancelled',
      'completed',
      'pending',
    ]);
  });

  it('has a record in the audit log for every order', () => {
    const created = state.list('auditRecords').filter((record) => record.at('operationType') === 'create_order');

    assert.equal(created.length, state.list('orders').length);
  });

  it('has prices without decimals in yen', async () => {
    const sheet = await client.get("/v1.0/sales/pricesheets(Market='JP',PricesheetView='software')/$value");
    const prices = sheet.bytes.toString().match(/JPY,[\d.]+/g) ?? [];

    assert.ok(prices.length > 40);
    assert.ok(prices.every((price) => !price.includes('.')));
  });

  it('is the same for the same seed, and another for another', async () => {
    const twin = await startClient();
    const other = await startClient({ seed: 2 });
    const [twinState, otherState] = [await twin.control('GET', 'state'), await other.control('GET', 'state')];
    await twin.close();
    await other.close();

    const ids = (reply: Reply) => reply.list('orders').map((order) => order.text('id'));
    assert.deepEqual(ids(twinState), ids(state));
    assert.equal(
      ids(otherState).some((id) => ids(state).includes(id)),
      false,
    );
  });

  it('has only products and SKUs whose orders can be read back', async () => {
    for (const order of state.list('orders')) {
      const offer = order.text('lineItems.0.offerId').split(':');
      const product = await client.get(`/v1/products/${offer[0]}/skus/${offer[1]}?country=US`);
      assert.equal(product.status, 200);
    }
  });
});
