import assert from 'node:assert/strict';
import { found, refusalOf } from './assertions.ts';
import { availabilityOf, catalogItems } from './catalog-items.ts';
import { needsSimulator, noSuchCustomer, openService, type Service } from './server.ts';

describe('the contract of the catalogue', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  const skuOf = async (customerId: string, { productId, skuId }: { productId: string; skuId: string }) =>
    found(
      (await service.center.catalog.skus(customerId, productId)).find(({ id }) => id === skuId),
      `SKU ${skuId}`,
    );

  describe('the products', () => {
    it('are software with id, title and publisher, by title, each once', async () => {
      const { id } = await service.customer();

      const products = await service.center.catalog.products(id);

      assert.ok(products.length > 0);
      assert.ok(products.every(({ isSoftware }) => isSoftware));
      assert.ok(products.every(({ id, title, publisher }) => id && title && publisher));
      assert.equal(new Set(products.map((product) => product.id)).size, products.length);
      const titles = products.map(({ title }) => title);
      assert.deepEqual(
        titles,
        [...titles].sort((a, b) => a.localeCompare(b)),
      );
    });

    it('are perpetual software and subscriptions, of Microsoft and of others, and nothing else', async function () {
      needsSimulator(this);
      const { id } = await service.customer();

      const products = await service.center.catalog.products(id);

      const publisherOf = (item: { productId: string }) => products.find((one) => one.id === item.productId)?.publisher;
      assert.equal(publisherOf(catalogItems.server), 'Microsoft Corporation');
      assert.equal(publisherOf(catalogItems.rented), 'Microsoft Corporation');
      assert.equal(publisherOf(catalogItems.suse), 'SUSE');
      assert.ok(products.every(({ title }) => !/Business Premium|Azure|Dsv3/.test(title)));
    });

    it('are those sold in the country of the customer', async function () {
      needsSimulator(this);
      const swiss = await service.customer('Alpine Ski House');
      const german = await service.customer('Contoso');
      const hasBizTalk = async (id: string) =>
        (await service.center.catalog.products(id)).some(({ title }) => title.startsWith('BizTalk'));

      assert.equal(await hasBizTalk(german.id), true);
      assert.equal(await hasBizTalk(swiss.id), false);
    });

    it('leave out older versions, which can be installed and not bought', async function () {
      needsSimulator(this);
      const { id } = await service.customer();

      const titles = (await service.center.catalog.products(id)).map(({ title }) => title);

      assert.ok(!titles.includes('Windows Server 2016 Standard'));
    });

    it('are read in the view Software, once per segment the customer is qualified for', async function () {
      needsSimulator(this);
      const college = await service.customer('Bellows');
      const before = (await service.requests()).length;

      await service.center.catalog.products(college.id);

      const asked = (await service.requests(before))
        .map(({ path }) => new URL(path, service.url))
        .filter(({ pathname }) => pathname.endsWith('/products'));
      assert.deepEqual(
        asked.map(({ searchParams }) => [searchParams.get('targetView'), searchParams.get('targetSegment')]).sort(),
        [
          ['Software', 'commercial'],
          ['Software', 'education'],
        ],
      );
    });

    it('are read in the narrow views that are allowed, where Software is refused (400036)', async function () {
      needsSimulator(this);
      const { id } = await service.customer();
      const refused = { status: 403, body: { code: 400036, description: 'Target view Software is not allowed.' } };
      await service.fault({ path: 'targetView=Software&', ...refused });

      // Another client has not kept the list.
      const products = await service.client().catalog.products(id);
      await service.clearFaults();

      assert.deepEqual(
        products.map(({ publisher }) => publisher),
        ['SUSE'],
      );
    });

    it('are refused for an unknown customer', async () => {
      await refusalOf(service.center.catalog.products(noSuchCustomer), {});
    });
  });

  describe('one product', () => {
    it('is told by id and country, whatever its kind', async function () {
      needsSimulator(this);

      const software = await service.center.catalog.product(catalogItems.server.productId, 'DE');
      const older = await service.center.catalog.product('DG7GMGF0DVT4', 'DE');
      const service365 = await service.center.catalog.product('CFQ7TTC0LCHC', 'DE');

      assert.equal(software?.title, 'Windows Server 2022 Standard');
      assert.equal(older?.title, 'Windows Server 2019 Standard');
      assert.equal(older?.isSoftware, true);
      assert.equal(service365?.isSoftware, false);
    });

    it('is unknown (404, 400013)', async () => {
      assert.equal(await service.center.catalog.product('DG7GMGF0ZZZZ', 'US'), undefined);
    });
  });

  describe('the SKUs', () => {
    it('have four characters, a title and a range of quantities', async () => {
      const { id } = await service.customer();
      const [product] = await service.center.catalog.products(id);

      const skus = await service.center.catalog.skus(id, found(product, 'product').id);

      assert.ok(skus.length > 0);
      for (const sku of skus) {
        assert.match(sku.id, /^[0-9A-Z]{4}$/);
        assert.equal(sku.productId, product?.id);
        assert.notEqual(sku.title, '');
        assert.ok(sku.minimumQuantity >= 1 && sku.maximumQuantity >= sku.minimumQuantity);
      }
    });

    it('tell their range, and what must be done before one is bought', async function () {
      needsSimulator(this);
      const { id } = await service.customer();

      const byTwo = await skuOf(id, catalogItems.serverByTwo);
      const server = await skuOf(id, catalogItems.server);
      const exchange = await skuOf(id, catalogItems.exchange);
      const attested = await skuOf(id, catalogItems.attested);

      assert.deepEqual([byTwo.minimumQuantity, byTwo.maximumQuantity], [8, 2000]);
      assert.deepEqual([server.minimumQuantity, server.maximumQuantity], [1, 999_999_999]);
      assert.deepEqual([server.needsInventoryCheck, server.needsAttestation], [false, false]);
      assert.equal(exchange.needsInventoryCheck, true);
      assert.deepEqual(
        [server, exchange].flatMap((sku) => sku.needsBefore),
        [],
      );
      assert.equal(attested.needsAttestation, true);
    });

    it('of a segment are shown to those who are qualified for it only', async function () {
      needsSimulator(this);
      const college = await service.customer('Bellows');
      const contoso = await service.customer('Contoso');
      const ids = async (customerId: string) =>
        (await service.center.catalog.skus(customerId, catalogItems.server2025.productId)).map(({ id }) => id).sort();

      assert.deepEqual(await ids(college.id), ['0001', '0002', '0003']);
      assert.deepEqual(await ids(contoso.id), ['0001', '0002']);
    });

    it('are refused for a product that is not there: 404, 400013', async () => {
      const { id } = await service.customer();

      await refusalOf(service.center.catalog.skus(id, 'DG7GMGF0ZZZZ'), { kind: 'not-found', status: 404 });
    });
  });

  describe('the availabilities', () => {
    it('name the catalogue item, currency and terms; perpetual software is billed once and has no duration', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');

      const offer = await availabilityOf(service.center, customer, catalogItems.server);

      assert.match(
        offer.catalogItemId,
        new RegExp(`^${catalogItems.server.productId}:${catalogItems.server.skuId}:[0-9A-Z]{12}$`),
      );
      assert.equal(offer.currency, 'EUR');
      assert.equal(offer.country, 'DE');
      assert.equal(offer.segment, 'commercial');
      assert.deepEqual(offer.terms, [{ billingCycle: 'one_time' }]);
    });

    it('have terms with durations and billing cycles in the spelling that a cart takes', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');
      const termsOf = async (item: { productId: string; skuId: string }) =>
        (await availabilityOf(service.center, customer, item)).terms.map(({ duration, billingCycle }) => [
          duration,
          billingCycle,
        ]);

      assert.deepEqual(await termsOf(catalogItems.rented), [['P1Y', 'annual']]);
      assert.deepEqual(await termsOf(catalogItems.rentedForThree), [
        ['P3Y', 'triennial'],
        ['P3Y', 'annual'],
      ]);
      assert.deepEqual(await termsOf({ productId: 'DG7GMGF0DVT7', skuId: '000C' }), [['P3Y', 'one_time']]);
    });

    it('carry the windows of cancellation where the catalogue has them', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');

      const [term] = (await availabilityOf(service.center, customer, catalogItems.rented)).terms;
      const [suse] = (await availabilityOf(service.center, customer, catalogItems.suse)).terms;

      assert.deepEqual(term?.refundOptions, [
        { type: 'full', expiresAfter: 'P1D' },
        { type: 'partial', expiresAfter: 'P7D' },
      ]);
      assert.equal(suse?.refundOptions, undefined);
    });

    it('are one per segment the customer may buy in', async function () {
      needsSimulator(this);
      const { productId, skuId } = catalogItems.server;
      const segmentsOf = async (name: string) =>
        (await service.center.catalog.availabilities((await service.customer(name)).id, productId, skuId)).map(
          ({ segment }) => segment,
        );

      assert.deepEqual(await segmentsOf('Contoso'), ['commercial']);
      assert.deepEqual(await segmentsOf('Bellows'), ['commercial', 'education']);
      assert.deepEqual(await segmentsOf('City Power'), ['commercial', 'government']);
      assert.deepEqual(await segmentsOf('Fundacja'), ['commercial']);
    });

    it('change their ids with time, and the product does not', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');
      const before = await availabilityOf(service.center, customer, catalogItems.server);

      await service.advance(3 * 3600);
      const after = await availabilityOf(service.center, customer, catalogItems.server);

      assert.notEqual(after.catalogItemId, before.catalogItemId);
      assert.deepEqual({ ...after, catalogItemId: '' }, { ...before, catalogItemId: '' });
    });

    it('are none for what is not sold', async function () {
      needsSimulator(this);
      const contoso = await service.customer('Contoso');
      const swiss = await service.customer('Alpine Ski House');

      assert.deepEqual(await service.center.catalog.availabilities(contoso.id, 'DG7GMGF0DVT4', '0001'), []);
      assert.deepEqual(await service.center.catalog.availabilities(swiss.id, 'DG7GMGF0G8RD', '0001'), []);
    });

    it('are refused for a SKU that is not there: 404, 400018', async function () {
      needsSimulator(this);
      const { id } = await service.customer();

      await refusalOf(service.center.catalog.availabilities(id, catalogItems.server.productId, 'ZZZZ'), {
        kind: 'not-found',
        code: '400018',
      });
    });
  });

  it('asks for every page with an MS-RequestId and an MS-CorrelationId of its own', async function () {
    needsSimulator(this);
    const { id } = await service.customer();
    const before = (await service.requests()).length;

    await service.center.catalog.products(id);
    await service.center.catalog.skus(id, catalogItems.server.productId);

    const sent = (await service.requests(before)).filter(({ path }) => path.startsWith('/v1'));
    assert.ok(sent.length >= 2);
    assert.equal(new Set(sent.map(({ requestId }) => requestId)).size, sent.length);
    assert.equal(new Set(sent.map(({ correlationId }) => correlationId)).size, sent.length);
  });
});
