import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';
import { PREPAID, SOLD_OUT, SQL_SUBSCRIPTION, VISUAL_STUDIO, WINDOWS_SERVER } from './purchases.ts';

describe('the catalogue', () => {
  let client: Client;
  let contoso: string;
  before(async () => {
    client = await startClient();
    contoso = await client.customerId('Contoso');
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const software = (country: string, more = '') =>
    client.get(`/v1/products?country=${country}&targetView=Software${more}`);
  const titles = (reply: Awaited<ReturnType<typeof software>>) => reply.list('items').map((item) => item.text('title'));

  it('lists at least twenty-five software products by country and by customer', async () => {
    const byCountry = await software('DE');
    const byCustomer = await client.get(
      `/v1/customers/${contoso}/products?targetView=Software&targetSegment=commercial`,
    );

    assert.ok(Number(byCountry.at('totalCount')) >= 25);
    assert.deepEqual(byCountry.at('items.0.productType'), { id: 'Software', displayName: 'Software' });
    assert.match(byCountry.text('items.0.id'), /^DG7GMGF0.{4}$/);
    assert.ok(titles(byCustomer).includes('Windows Server 2022 Standard'));
  });

  it('does not sell older versions, but knows them', async () => {
    const older = await client.get('/v1/products/DG7GMGF0DVT4?country=DE');
    const availabilities = await client.get('/v1/products/DG7GMGF0DVT4/skus/0001/availabilities?country=DE');

    assert.equal(older.at('title'), 'Windows Server 2019 Standard');
    assert.equal(titles(await software('DE')).includes('Windows Server 2019 Standard'), false);
    assert.equal(availabilities.at('totalCount'), 0);
  });

  it('leaves out what a country is not sold', async () => {
    assert.ok(titles(await software('DE')).includes('BizTalk Server 2020'));
    assert.equal(titles(await software('JP')).includes('BizTalk Server 2020'), false);
  });

  it('shows SUSE in its own view, and other things in theirs', async () => {
    const suse = await client.get('/v1/products?country=PL&targetView=SoftwareSUSELinux');
    const online = await client.get('/v1/products?country=PL&targetView=OnlineServices');

    assert.deepEqual(titles(suse), ['SUSE Linux Enterprise Server']);
    assert.equal(online.at('items.0.productType.id'), 'OnlineServicesNCE');
  });

  it('refuses the narrow software views and unknown ones with 400036', async () => {
    for (const view of ['SoftwarePerpetual', 'SoftwareSubscriptions', 'Hardware']) {
      const reply = await client.get(`/v1/products?country=DE&targetView=${view}`);
      assert.equal(reply.status, 403);
      assert.equal(reply.at('code'), 400036);
    }
  });

  it('shows nonprofit only when asked, and to customers only what they qualify for', async () => {
    const path = `/v1/products/${WINDOWS_SERVER.productId}/skus/${WINDOWS_SERVER.skuId}/availabilities?country=DE`;
    const all = await client.get(path);
    const nonprofit = await client.get(`${path}&targetSegment=nonprofit`);
    const college = await client.customerId('Bellows');
    const below = (customer: string) =>
      client.get(`/v1/customers/${customer}/products?targetView=Software&targetSegment=Education`);

    assert.deepEqual(
      all.list('items').map((item) => item.at('segment')),
      ['commercial', 'education', 'government'],
    );
    assert.deepEqual(
      nonprofit.list('items').map((item) => item.at('segment')),
      ['nonprofit'],
    );
    assert.ok(titles(await below(college)).length > 3);
    assert.equal((await below(contoso)).at('code'), 400030);
  });

  it('shows a segment to a customer only when its qualification is approved', async () => {
    const segmentFor = async (name: string, segment: string) => {
      const customer = `/v1/customers/${await client.customerId(name)}`;
      return (await client.get(`${customer}/products?targetView=Software&targetSegment=${segment}`)).at('code');
    };

    assert.equal(await segmentFor('City Power', 'government'), undefined);
    assert.equal(await segmentFor('Contoso', 'government'), 400030);
    assert.equal(await segmentFor('Fundacja', 'nonprofit'), 400030);
    assert.equal(await segmentFor('Graphic', 'education'), 400030);
  });

  it('tells quantities, prerequisites and attestation with a SKU', async () => {
    const studio = await client.get(`/v1/products/${VISUAL_STUDIO.productId}/skus/0001?country=DE`);
    const biztalk = await client.get(`/v1/products/${SOLD_OUT.productId}/skus?country=DE`);

    assert.equal(studio.at('maximumQuantity'), 250);
    assert.equal(studio.at('attestationProperties.enforceAttestation'), true);
    assert.deepEqual(studio.at('supportedBillingCycles'), ['one_time']);
    assert.equal(biztalk.list('items')[0]?.at('minimumQuantity'), 2);
    assert.deepEqual(biztalk.list('items')[1]?.at('inventoryVariables'), ['CustomerId']);
  });

  it('offers terms with refund options for subscriptions and none for perpetual software', async () => {
    const of = (item: typeof WINDOWS_SERVER) =>
      client.get(
        `/v1/products/${item.productId}/skus/${item.skuId}/availabilities?country=DE&targetSegment=commercial`,
      );
    const rented = await of(SQL_SUBSCRIPTION);
    const bought = await of(WINDOWS_SERVER);

    assert.deepEqual(
      rented.list('items.0.terms').map((term) => [term.at('duration'), term.at('billingCycle')]),
      [
        ['P3Y', 'Triennial'],
        ['P3Y', 'Annual'],
      ],
    );
    assert.equal(rented.at('items.0.terms.0.cancellationPolicies.0.refundOptions.0.expiresAfter'), 'P1D');
    assert.equal(bought.at('items.0.terms.0.duration'), undefined);
    assert.equal(bought.at('items.0.terms.0.cancellationPolicies'), undefined);
  });

  it('says what renews itself at the end of its term, and what does not', async () => {
    const of = (productId: string, skuId: string) =>
      client.get(`/v1/products/${productId}/skus/${skuId}/availabilities?country=DE&targetSegment=commercial`);
    const rented = await of(SQL_SUBSCRIPTION.productId, SQL_SUBSCRIPTION.skuId);
    const prepaid = await of(PREPAID.productId, PREPAID.skuId);
    const bought = await of(WINDOWS_SERVER.productId, WINDOWS_SERVER.skuId);

    assert.deepEqual(rented.at('items.0.renewalInstructions'), [
      {
        applicableTermIds: rented.list('items.0.terms').map((term) => term.at('id')),
        renewalOptions: [{ renewToId: `${SQL_SUBSCRIPTION.productId}:0002`, isAutoRenewable: true }],
      },
    ]);
    assert.equal(prepaid.at('items.0.renewalInstructions'), undefined);
    assert.equal(bought.at('items.0.renewalInstructions'), undefined);
  });

  it('changes the ids of availabilities every hour', async () => {
    const path = `/v1/products/${WINDOWS_SERVER.productId}/skus/0001/availabilities?country=DE&targetSegment=commercial`;
    const before = await client.get(path);
    const id = before.text('items.0.id');
    const single = await client.get(
      `/v1/products/${WINDOWS_SERVER.productId}/skus/0001/availabilities/${id}?country=DE`,
    );
    await client.advance(3600);
    await client.signIn();
    const after = await client.get(path);

    assert.equal(before.at('items.0.catalogItemId'), `${WINDOWS_SERVER.productId}:0001:${id}`);
    assert.equal(single.at('id'), id);
    assert.notEqual(after.at('items.0.id'), id);
  });

  it('does not know strange products and SKUs', async () => {
    assert.equal((await client.get('/v1/products/DG7GMGF0XXXX?country=DE')).at('code'), 400013);
    assert.equal(
      (await client.get(`/v1/products/${WINDOWS_SERVER.productId}/skus/9999?country=DE`)).at('code'),
      400018,
    );
    assert.equal((await client.get('/v1/products?targetView=Software')).at('code'), 2000);
  });
});
