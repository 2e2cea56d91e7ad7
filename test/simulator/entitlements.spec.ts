import assert from 'node:assert/strict';
import { type Client, type Reply, startClient } from './client.ts';
import * as purchases from './purchases.ts';

describe('keys and downloads', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const entitlements = (query = 'entitlementType=software&showExpiry=true', customer = contoso) =>
    client.get(`/v1/customers/${customer}/entitlements?${query}`);
  const of = async (orderId: string) => {
    const found = (await entitlements()).list('items').find((item) => item.at('referenceOrder.id') === orderId);
    if (found === undefined) assert.fail(`no entitlement of order ${orderId}`);
    return found;
  };
  const key = (entitlement: Reply) => client.get(`/v1${entitlement.text('entitledArtifacts.0.link.uri')}`);
  const server2025 = () => purchases.orderOf(client, contoso, 'Windows Server 2025 Standard');

  it('come with what was bought and with every version it includes', async () => {
    const entitlement = await of((await server2025()).text('id'));
    const versions = entitlement.list('includedEntitlements');
    const titles = await Promise.all(
      versions.map(async (version) =>
        (await client.get(`/v1/products/${version.text('productId')}?country=DE`)).at('title'),
      ),
    );

    assert.deepEqual(titles, [
      'Windows Server 2022 Standard',
      'Windows Server 2019 Standard',
      'Windows Server 2016 Standard',
    ]);
    assert.equal(versions[0]?.at('referenceOrder.lineItemId'), '0');
    assert.equal(entitlement.at('entitledArtifacts.0.artifactType'), 'product_key');
    assert.equal(entitlement.at('entitledArtifacts.0.state'), 'Active');
  });

  it('are plainly fake, one for each version, and always the same', async () => {
    const entitlement = await of((await server2025()).text('id'));
    const own = await key(entitlement);
    const again = await key(entitlement);
    const included = await Promise.all(entitlement.list('includedEntitlements').map(key));
    const keys = [own, ...included].map((reply) => reply.text('productKey'));

    assert.equal(own.at('type'), 'product_key');
    for (const each of keys) assert.match(each, /^SMPLE(-[A-Z0-9]{5}){4}$/);
    assert.equal(new Set(keys).size, 4);
    assert.equal(again.at('productKey'), own.at('productKey'));
  });

  it('appear when the order is completed', async () => {
    const orderId = await purchases.buyOne(client, contoso, { item: purchases.WINDOWS_SERVER });
    const fresh = (await entitlements()).list('items').some((item) => item.at('referenceOrder.id') === orderId);
    await client.advance(10);

    assert.equal(fresh, false);
    assert.equal((await key(await of(orderId))).status, 200);
  });

  it('are withdrawn when a cancellation has completed; the software stays listed', async () => {
    const orderId = (await server2025()).text('id');
    const before = await of(orderId);
    await client.call('PATCH', `/v1/customers/${contoso}/orders/${orderId}`, { status: 'cancelled' });
    const meanwhile = await key(before);
    await client.advance(10);
    const after = await of(orderId);
    const gone = await key(after);

    assert.equal(meanwhile.status, 200);
    assert.equal(after.at('entitledArtifacts.0.state'), 'Revoked');
    assert.notEqual(after.at('entitledArtifacts.0.reason'), '');
    assert.equal(after.at('quantity'), 0);
    assert.equal(after.at('quantityDetails.0.status'), 'Unfulfilled');
    assert.equal(gone.status, 404);
  });

  it('do not exist for access licenses', async () => {
    const orderId = (await server2025()).text('id');
    const cal = (await entitlements())
      .list('items')
      .find((item) => item.at('referenceOrder.id') === orderId && item.at('referenceOrder.lineItemId') === '1');

    assert.deepEqual(cal?.at('entitledArtifacts'), []);
  });

  it('are not given for another customer, another version or a made-up address', async () => {
    const uri = (await of((await server2025()).text('id'))).text('entitledArtifacts.0.link.uri');
    const northwind = await client.customerId('Northwind');

    assert.equal((await client.get(`/v1${uri.replace(contoso, northwind)}`)).status, 404);
    assert.equal((await client.get(`/v1${uri.replace('DG7GMGF0PWHC', 'DG7GMGF0M80J')}`)).status, 404);
    assert.equal((await client.get(`/v1${uri.replace(/groups\/./, 'groups/x')}`)).status, 404);
  });

  it('leave a record of every look in the audit log', async () => {
    const entitlement = await of((await server2025()).text('id'));
    await key(entitlement);
    const options = await client.get('/v1/products/DG7GMGF0PWHC/skus/0001/downloadoptions?country=DE');
    await client.get(`/v1${options.text('items.0.downloadLink.uri')}`);

    const [link, look] = (await client.get('/v1/auditrecords')).list('items');

    assert.equal(look?.at('operationType'), 'get_software_key');
    assert.equal(look?.at('resourceType'), 'software_key');
    assert.equal(look?.at('customerId'), contoso);
    assert.equal(JSON.stringify(look?.at('customizedData')).includes('SMPLE'), false);
    assert.equal(link?.at('operationType'), 'get_software_download_link');
    assert.equal(link?.at('resourceType'), 'software_download_link');
    assert.equal(link?.at('userPrincipalName'), 'desk@partner.onmicrosoft.com');
    assert.deepEqual(link?.at('customizedData.0'), { key: 'ProductId', value: 'DG7GMGF0PWHC' });
  });

  it('leave one for each look, and none for a look that is refused', async () => {
    const entitlement = await of((await server2025()).text('id'));
    const strange = await client.get(
      `/v1${entitlement.text('entitledArtifacts.0.link.uri').replace(/groups\/./, 'groups/x')}`,
    );
    const looks = async () =>
      (await client.get('/v1/auditrecords?size=500'))
        .list('items')
        .filter((record) => record.at('operationType') === 'get_software_key').length;
    const before = await looks();
    await key(entitlement);
    await key(entitlement);

    assert.equal(strange.status, 404);
    assert.equal(await looks(), before + 2);
  });

  it('expire with a subscription only, if asked', async () => {
    const asked = (await entitlements()).list('items');
    const notAsked = (await entitlements('entitlementType=software')).list('items');
    const rented = asked.filter((item) => item.at('expiryDate') !== undefined);

    assert.equal(rented.length, 1);
    assert.equal(rented[0]?.at('productId'), purchases.WINDOWS_SUBSCRIPTION.productId);
    assert.ok(notAsked.every((item) => item.at('expiryDate') === undefined));
  });

  it('are kept apart from reservations', async () => {
    const northwind = await client.customerId('Northwind');
    const types = async (query: string) =>
      new Set((await entitlements(query, northwind)).list('items').map((item) => item.at('entitlementType')));

    assert.deepEqual([...(await types('entitlementtype=reservedInstance'))], ['virtual_machine_reserved_instance']);
    assert.deepEqual([...(await types('entitlementType=software'))], ['software']);
    assert.equal((await types('')).size, 2);
  });

  it('offer downloads by language and bitness', async () => {
    const options = async (product: string) =>
      (await client.get(`/v1/products/${product}/skus/0001/downloadoptions?country=DE`)).list('items');
    const server = await options('DG7GMGF0PWHC');
    const office = await options(purchases.OFFICE.productId);
    const bits = (items: Reply[]) => [...new Set(items.map((item) => item.at('cpUandFileType')))];

    assert.deepEqual(bits(server), ['64 Bit, ISO']);
    assert.deepEqual(bits(office), ['32 Bit, ISO', '64 Bit, ISO']);
    assert.ok(new Set(server.map((item) => item.at('languageCode'))).size >= 8);
    assert.equal(server.find((item) => item.at('languageCode') === 'pl-PL')?.at('languageName'), 'Polish (Poland)');
    assert.equal(typeof office[0]?.at('fileSize'), 'number');
  });

  it('give a download link that stays for five days from the first', async () => {
    const options = await client.get('/v1/products/DG7GMGF0PWHC/skus/0001/downloadoptions?country=DE');
    const option =
      options.list('items').find((item) => item.text('optionKey').includes('/')) ?? options.list('items')[0];
    const path = `/v1/products/DG7GMGF0PWHC/skus/0001/downloadoptions/${encodeURIComponent(option?.text('optionKey') ?? '')}/downloadlink`;

    const first = await client.get(path);
    await client.advance(4 * 86_400);
    await client.signIn();
    const second = await client.get(path);
    await client.advance(86_400);
    await client.signIn();
    const renewed = await client.get(path);

    assert.equal(first.status, 200);
    assert.equal(first.at('method'), 'GET');
    const expires = Number(new URL(first.text('uri')).searchParams.get('e')) * 1000;
    assert.ok(Math.abs(expires - 5 * 86_400_000 - Date.now()) < 60_000);
    assert.equal(second.at('uri'), first.at('uri'));
    assert.notEqual(renewed.at('uri'), first.at('uri'));
    assert.match(first.text('uri'), /^https:\/\/download\.example\/pr\//);
  });
});

describe("today's service", () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient({ mode: 'today' });
    contoso = await client.customerId('Contoso');
  });
  after(() => client.close());

  it('lists software without artifacts', async () => {
    const items = (await client.get(`/v1/customers/${contoso}/entitlements`)).list('items');

    assert.ok(items.length > 3);
    assert.ok(items.every((item) => item.list('entitledArtifacts').length === 0));
  });

  it('answers 404 to keys, downloads, support topics and new tickets', async () => {
    const key = `/v1/customers/${contoso}/artifacts/productkey/groups/g/lineitems/l/items/a:b:c`;
    const replies = [
      await client.get(key),
      await client.get('/v1/products/DG7GMGF0PWHC/skus/0001/downloadoptions?country=DE'),
      await client.get('/v1/products/DG7GMGF0PWHC/skus/0001/downloadoptions/a/downloadlink?country=DE'),
      await client.get('/v1/servicerequests/supporttopics'),
      await client.call('POST', '/v1/servicerequests/en-US', { Title: 'x' }),
    ];

    assert.deepEqual(
      replies.map(({ status }) => status),
      [404, 404, 404, 404, 404],
    );
  });

  it('still lists, reads and updates tickets, with an empty answer to the update', async () => {
    const [ticket] = (await client.get('/v1/servicerequests')).list('items');
    const id = ticket?.text('id');
    const updated = await client.call('PATCH', `/v1/servicerequests/${id}`, { NewNote: { Text: 'A note' } });
    const read = await client.get(`/v1/servicerequests/${id}`);

    assert.equal(updated.status, 204);
    assert.equal(read.list('notes').at(-1)?.at('text'), 'A note');
  });

  it('cancels orders by the API', async () => {
    const order = await purchases.orderOf(client, contoso, 'Windows Server 2022 Standard');
    const reply = await client.call('PATCH', `/v1/customers/${contoso}/orders/${order.text('id')}`, {
      status: 'cancelled',
    });

    assert.equal(reply.status, 200);
  });
});
