import assert from 'node:assert/strict';
import { type Desk, openDesk } from './desk.ts';
import { PREPAID, SOLD_OUT, SQL_SUBSCRIPTION, VISUAL_STUDIO, WINDOWS_SERVER } from './shop.ts';

describe('the catalogue', () => {
  let desk: Desk;
  let contoso: string;
  before(async () => {
    desk = await openDesk();
  });
  beforeEach(async () => {
    await desk.reset();
    contoso = await desk.customerId('Contoso');
  });
  after(() => desk.close());

  const software = (country: string, more = '') =>
    desk.get(`/v1/products?country=${country}&targetView=Software${more}`);
  const titles = (reply: Awaited<ReturnType<typeof software>>) => reply.list('items').map((item) => item.text('title'));

  it('lists at least twenty-five software products by country and by customer', async () => {
    const byCountry = await software('DE');
    const byCustomer = await desk.get(`/v1/customers/${contoso}/products?targetView=Software&targetSegment=commercial`);

    assert.ok(Number(byCountry.at('totalCount')) >= 25);
    assert.deepEqual(byCountry.at('items.0.productType'), { id: 'Software', displayName: 'Software' });
    assert.match(byCountry.text('items.0.id'), /^DG7GMGF0.{4}$/);
    assert.ok(titles(byCustomer).includes('Windows Server 2022 Standard'));
  });

  it('does not sell older versions, but knows them', async () => {
    const older = await desk.get('/v1/products/DG7GMGF0DVT4?country=DE');
    const availabilities = await desk.get('/v1/products/DG7GMGF0DVT4/skus/0001/availabilities?country=DE');

    assert.equal(older.at('title'), 'Windows Server 2019 Standard');
    assert.equal(titles(await software('DE')).includes('Windows Server 2019 Standard'), false);
    assert.equal(availabilities.at('totalCount'), 0);
  });

  it('leaves out what a country is not sold', async () => {
    assert.ok(titles(await software('DE')).includes('BizTalk Server 2020'));
    assert.equal(titles(await software('JP')).includes('BizTalk Server 2020'), false);
  });

  it('shows SUSE in its own view, and other things in theirs', async () => {
    const suse = await desk.get('/v1/products?country=PL&targetView=SoftwareSUSELinux');
    const online = await desk.get('/v1/products?country=PL&targetView=OnlineServices');

    assert.deepEqual(titles(suse), ['SUSE Linux Enterprise Server']);
    assert.equal(online.at('items.0.productType.id'), 'OnlineServicesNCE');
  });

  it('refuses the narrow software views and unknown ones with 400036', async () => {
    for (const view of ['SoftwarePerpetual', 'SoftwareSubscriptions', 'Hardware']) {
      const reply = await desk.get(`/v1/products?country=DE&targetView=${view}`);
      assert.equal(reply.status, 403);
      assert.equal(reply.at('code'), 400036);
    }
  });

  it('shows nonprofit only when asked, and to customers only what they qualify for', async () => {
    const path = `/v1/products/${WINDOWS_SERVER.productId}/skus/${WINDOWS_SERVER.skuId}/availabilities?country=DE`;
    const all = await desk.get(path);
    const nonprofit = await desk.get(`${path}&targetSegment=nonprofit`);
    const college = await desk.customerId('Bellows');
    const below = (customer: string) =>
      desk.get(`/v1/customers/${customer}/products?targetView=Software&targetSegment=Education`);

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

  it('tells quantities, prerequisites and attestation with a SKU', async () => {
    const studio = await desk.get(`/v1/products/${VISUAL_STUDIO.productId}/skus/0001?country=DE`);
    const biztalk = await desk.get(`/v1/products/${SOLD_OUT.productId}/skus?country=DE`);

    assert.equal(studio.at('maximumQuantity'), 250);
    assert.equal(studio.at('attestationProperties.enforceAttestation'), true);
    assert.deepEqual(studio.at('supportedBillingCycles'), ['one_time']);
    assert.equal(biztalk.list('items')[0]?.at('minimumQuantity'), 2);
    assert.deepEqual(biztalk.list('items')[1]?.at('inventoryVariables'), ['CustomerId']);
  });

  it('offers terms with refund options for subscriptions and none for perpetual software', async () => {
    const of = (item: typeof WINDOWS_SERVER) =>
      desk.get(`/v1/products/${item.productId}/skus/${item.skuId}/availabilities?country=DE&targetSegment=commercial`);
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
      desk.get(`/v1/products/${productId}/skus/${skuId}/availabilities?country=DE&targetSegment=commercial`);
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
    const before = await desk.get(path);
    const id = before.text('items.0.id');
    const single = await desk.get(`/v1/products/${WINDOWS_SERVER.productId}/skus/0001/availabilities/${id}?country=DE`);
    await desk.advance(3599);
    const after = await desk.get(path);

    assert.equal(before.at('items.0.catalogItemId'), `${WINDOWS_SERVER.productId}:0001:${id}`);
    assert.equal(single.at('id'), id);
    assert.notEqual(after.at('items.0.id'), id);
  });

  it('does not know strange products and SKUs', async () => {
    assert.equal((await desk.get('/v1/products/DG7GMGF0XXXX?country=DE')).at('code'), 400013);
    assert.equal((await desk.get(`/v1/products/${WINDOWS_SERVER.productId}/skus/9999?country=DE`)).at('code'), 400018);
    assert.equal((await desk.get('/v1/products?targetView=Software')).at('code'), 2000);
  });

  it('checks inventory, in any spelling of the path, and leaves out what it does not know', async () => {
    const reply = await desk.call('POST', '/v1/extensions/product/checkinventory?country=DE', {
      TargetItems: [{ ProductId: SOLD_OUT.productId, SkuId: SOLD_OUT.skuId }, { ProductId: 'DG7GMGF0XXXX' }],
      InventoryContext: { customerId: contoso },
    });
    const [item, ...others] = reply.list('');

    assert.equal(item?.at('isRestricted'), true);
    assert.equal(item?.at('restrictions.0.reasonCode'), 'NotAvailableForSubscription');
    assert.deepEqual(others, []);
  });

  it('has a price sheet with a row per SKU, term and segment, for people only', async () => {
    const path = "/v1.0/sales/pricesheets(Market='PL',PricesheetView='software')/$value";
    const sheet = await desk.get(path);
    const [head, ...rows] = sheet.bytes.toString().trim().split('\r\n');
    await desk.signIn({ resource: 'https://api.partner.microsoft.com' });
    const withItsOwnAudience = await desk.get(path);
    await desk.signIn({ grant_type: 'client_credentials' });
    const forApplications = await desk.get(path);

    assert.match(sheet.headers.get('content-type') ?? '', /^text\/csv/);
    assert.match(head ?? '', /^ProductTitle,ProductId,SkuId,SkuTitle,.*UnitPrice.*,ERP Price,Segment$/);
    assert.ok(rows.some((row) => row.includes('"DG7GMGF0FLR1","0002"') && row.includes('P3Y,Triennial,PL,PLN,')));
    assert.equal(withItsOwnAudience.status, 200);
    assert.equal(forApplications.at('code'), 900329);
  });

  it('has no price sheet for other views and markets', async () => {
    const sheet = (market: string, view: string) =>
      desk.get(`/v1.0/sales/pricesheets(Market='${market}',PricesheetView='${view}')/$value`);

    assert.equal((await sheet('PL', 'marketplace')).status, 400);
    assert.equal((await sheet('XX', 'software')).status, 400);
  });
});
