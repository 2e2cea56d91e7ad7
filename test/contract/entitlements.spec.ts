import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Entitlement } from '../../src/domain/keys/entitlement.ts';
import { found, refusalOf } from './assertions.ts';
import { buy, catalogItems, orderOf } from './catalog-items.ts';
import { delaySeconds, freshId, needsSimulator, needsToday, openService, type Service } from './server.ts';

describe('the contract of entitlements, keys and downloads', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  const ofOrder = async (name: string, firstLine: string): Promise<Entitlement> => {
    const customer = await service.customer(name);
    const order = await orderOf(service.center, customer, firstLine);
    const all = await service.center.keys.entitlements(customer.id, 'DE');
    return found(
      all.find(({ orderId }) => orderId === order.id),
      `entitlement of ${firstLine}`,
    );
  };

  describe('the entitlements', () => {
    it('name order, line, product, SKU, quantity and at least the version that was bought', async () => {
      const customer = await service.customer();
      const { country } = found(await service.center.customers.find(customer.id), customer.id);

      for (const one of await service.center.keys.entitlements(customer.id, country)) {
        assert.notEqual(one.orderId, '');
        assert.ok(Number.isInteger(one.lineNumber));
        assert.ok(one.quantity >= 0);
        assert.equal(one.versions[0]?.productId, one.productId);
        assert.equal(one.versions[0]?.skuId, one.skuId);
      }
    });

    it('carry all versions that a purchase includes, with titles', async function () {
      needsSimulator(this);

      const server = await ofOrder('Contoso', 'Windows Server 2022');

      assert.deepEqual(
        server.versions.map(({ title }) => title),
        ['Windows Server 2022 Standard', 'Windows Server 2019 Standard', 'Windows Server 2016 Standard'],
      );
      assert.equal(server.quantity, 4);
      assert.equal(server.lineNumber, 0);
      assert.ok(server.versions.every(({ keyRef, keyState }) => keyRef && keyState === 'Active'));
    });

    it('are found under the long id and know the short number', async function () {
      needsSimulator(this);

      const sql = await ofOrder('Contoso', 'SQL Server 2022 Standard');

      assert.match(sql.orderId, /^[\w-]{33}$/);
      assert.match(sql.orderNumber ?? '', /^[0-9a-f]{12}$/);
    });

    it('expire for subscriptions and never for perpetual software', async function () {
      needsSimulator(this);

      const rented = await ofOrder('Contoso', 'Windows Server Standard - 8');
      const kept = await ofOrder('Contoso', 'Windows Server 2022');

      const days = (found(rented.expiresAt, 'date').getTime() - service.now().getTime()) / 86_400_000;
      assert.ok(days > 355 && days < 366, `${days} days`);
      assert.equal(kept.expiresAt, undefined);
    });

    it('of a cancelled order stay listed, with nothing left', async function () {
      needsSimulator(this);

      const gone = await ofOrder('Contoso', 'Office LTSC Professional');

      assert.equal(gone.quantity, 0);
      assert.equal(gone.versions[0]?.keyState, 'Revoked');
    });

    it('are software alone: no reservation, no online service', async function () {
      needsSimulator(this);
      const northwind = await service.customer('Northwind');
      const reserved = await orderOf(service.center, northwind, 'Reserved VM');

      const all = await service.center.keys.entitlements(northwind.id, 'US');

      assert.ok(all.every(({ orderId }) => orderId !== reserved.id));
    });

    it('come when the order is completed', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');
      const { order } = await buy(service.center, customer);
      const has = async () =>
        (await service.center.keys.entitlements(customer.id, 'DE')).some(({ orderId }) => orderId === order.id);

      assert.equal(await has(), false);
      await service.advance(delaySeconds);
      assert.equal(await has(), true);
    });

    it('are asked for by a person: the application alone is told 403, 900329, and tries as one', async function () {
      needsSimulator(this);
      const { id } = await service.customer('Contoso');
      const before = (await service.requests()).length;

      await service.client().keys.entitlements(id, 'DE');

      const sent = (await service.requests(before)).filter(({ path }) => path.includes('/entitlements'));
      assert.deepEqual(
        sent.map(({ status }) => status),
        [200],
      );
    });
  });

  describe('a product key', () => {
    it('is one per version, and a secret', async function () {
      needsSimulator(this);
      const { versions } = await ofOrder('Contoso', 'Windows Server 2022');

      const keys = await Promise.all(versions.map((version) => service.center.keys.productKey(version)));

      const values = keys.map((key) => key.reveal());
      assert.ok(values.every((value) => /^SMPLE(-[0-9A-Z]{5}){4}$/.test(value)));
      assert.equal(new Set(values).size, versions.length);
      for (const said of [inspect(keys), JSON.stringify(keys), String(keys[0])]) assert.doesNotMatch(said, /SMPLE/);
    });

    it('is the same each time', async function () {
      needsSimulator(this);
      const [version] = (await ofOrder('Contoso', 'Windows Server 2022')).versions;

      const [one, other] = await Promise.all([
        service.center.keys.productKey(found(version, 'version')),
        service.client().keys.productKey(found(version, 'version')),
      ]);

      assert.equal(one.reveal(), other.reveal());
    });

    it('is revoked when the order is cancelled: not found', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');
      const order = await orderOf(service.center, customer, 'Windows Server 2025');
      const [version] = (await ofOrder('Contoso', 'Windows Server 2025')).versions;
      await service.center.keys.productKey(found(version, 'version'));

      await service.center.ordering.cancel(customer.id, order.id, [], freshId());
      await service.advance(delaySeconds);

      await refusalOf(service.center.keys.productKey(found(version, 'version')), {
        operation: 'getProductKey',
        kind: 'not-found',
        status: 404,
      });
      await service.reset();
    });

    it('is not offered for what has none (access licences)', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');
      const all = await service.center.keys.entitlements(customer.id, 'DE');
      const licence = found(
        all.find(({ productId }) => productId === catalogItems.userCal.productId),
        'access licence',
      );

      assert.equal(licence.versions[0]?.keyRef, undefined);
      await refusalOf(service.center.keys.productKey(found(licence.versions[0], 'version')), { kind: 'not-offered' });
    });

    it('is not fetched from another host than the API’s, whatever a link says', async function () {
      needsSimulator(this);
      const version = { ...catalogItems.server, title: 'Windows Server', keyRef: 'https://evil.example/v1/keys' };

      await refusalOf((async () => service.center.keys.productKey(version))(), {
        operation: 'getProductKey',
        kind: 'unexpected',
      });
    });

    it('leaves a line in the audit log of Partner Center', async function () {
      needsSimulator(this);
      const customer = await service.customer('Contoso');
      const [version] = (await ofOrder('Contoso', 'Windows Server 2022')).versions;
      const since = new Date(service.now().getTime() - 1_000);

      await service.center.keys.productKey(found(version, 'version'));

      const records = await service.center.changes.ofCustomer(customer.id, since);
      assert.equal(records[0]?.operation, 'get_software_key');
      assert.equal(records[0]?.resource, 'software_key');
      assert.match(records[0]?.orderId ?? '', /^[0-9a-f]{12}$/);
    });
  });

  describe('the downloads', () => {
    it('are one per language and bitness, with the size in bytes', async function () {
      needsSimulator(this);
      const [version] = (await ofOrder('Contoso', 'Windows Server 2022')).versions;

      const options = found(await service.center.keys.downloadOptions(found(version, 'version'), 'DE'), 'options');

      assert.equal(options.length, 12);
      assert.equal(new Set(options.map(({ id }) => id)).size, 12);
      const german = found(
        options.find(({ languageCode }) => languageCode === 'de-DE'),
        'German',
      );
      assert.equal(german.languageName, 'German (Germany)');
      assert.equal(german.architecture, '64 Bit');
      assert.ok((german.sizeBytes ?? 0) > 1e9);
    });

    it('are of both bitnesses where there are two', async function () {
      needsSimulator(this);
      const [version] = (await ofOrder('Contoso', 'Office LTSC Professional')).versions;

      const options = found(await service.center.keys.downloadOptions(found(version, 'version'), 'DE'), 'options');

      assert.deepEqual([...new Set(options.map(({ architecture }) => architecture))].sort(), ['32 Bit', '64 Bit']);
    });

    it('are given out as a secret address, whatever stands in the option’s id', async function () {
      needsSimulator(this);
      const [version] = (await ofOrder('Contoso', 'Office LTSC Professional')).versions;
      const options = found(await service.center.keys.downloadOptions(found(version, 'version'), 'DE'), 'options');
      assert.ok(options.some(({ id }) => /[/+=]/.test(id)));

      for (const { id } of options) {
        const link = await service.center.keys.downloadLink(found(version, 'version'), 'DE', id);
        assert.equal(new URL(link.reveal()).protocol, 'https:');
        assert.doesNotMatch(inspect(link) + JSON.stringify({ link }), /download\.example/);
      }
    });

    it('have another address after five days', async function () {
      needsSimulator(this);
      const [version] = (await ofOrder('Contoso', 'Windows Server 2022')).versions;
      const wanted = found(version, 'version');
      const [option] = found(await service.center.keys.downloadOptions(wanted, 'DE'), 'options');
      const link = async () =>
        (await service.center.keys.downloadLink(wanted, 'DE', found(option, 'option').id)).reveal();
      const first = await link();

      await service.advance(4 * 86_400);
      assert.equal(await link(), first);
      await service.advance(2 * 86_400);

      assert.notEqual(await link(), first);
    });

    it('of an option that is not there are not found', async function () {
      needsSimulator(this);
      const [version] = (await ofOrder('Contoso', 'Windows Server 2022')).versions;

      await refusalOf(service.center.keys.downloadLink(found(version, 'version'), 'DE', 'nothing'), {
        operation: 'getDownloadLink',
        kind: 'not-found',
      });
    });

    it('are an empty list for what has no files', async function () {
      needsSimulator(this);

      const options = await service.center.keys.downloadOptions({ ...catalogItems.userCal, title: 'CAL' }, 'DE');

      assert.deepEqual(options, []);
    });
  });

  describe('as the API is today (mode `today`)', () => {
    let today: Service;
    before(async () => {
      today = await openService({ mode: 'today' });
    });
    after(() => today?.close());

    it('entitlements have no keys', async function () {
      await needsToday(this, today, 'keys');
      const { id } = await today.customer();

      const all = await today.center.keys.entitlements(id, 'DE');

      assert.ok(all.every(({ versions }) => versions.every(({ keyRef }) => keyRef === undefined)));
    });

    it('a key is not offered, and nothing is asked for it', async () => {
      await refusalOf(today.center.keys.productKey({ ...catalogItems.server, title: 'Windows Server' }), {
        operation: 'getProductKey',
        kind: 'not-offered',
      });
    });

    it('downloads are not offered', async function () {
      await needsToday(this, today, 'keys');

      assert.equal(
        await today.center.keys.downloadOptions({ ...catalogItems.server, title: 'Windows Server' }, 'DE'),
        undefined,
      );
    });

    it('titles of all versions are still there', async function () {
      needsSimulator(this);
      const { id } = await today.customer('Contoso');

      const all = await today.center.keys.entitlements(id, 'DE');

      assert.ok(all.some(({ versions }) => versions[2]?.title === 'Windows Server 2016 Standard'));
    });
  });
});
