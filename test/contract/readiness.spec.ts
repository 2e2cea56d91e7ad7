import assert from 'node:assert/strict';
import { isObstacle, type Readiness, readinessProblems } from '../../src/domain/customers/readiness.ts';
import { found, refusalOf } from './assertions.ts';
import { catalogItems, lineOf } from './catalog-items.ts';
import { freshId, needsSimulator, noSuchCustomer, openService, type Service, writes } from './server.ts';

const obstacleOf = (readiness: Readiness) => readinessProblems(readiness).find(isObstacle)?.point;

describe('the contract of what comes before an order', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  async function readinessOf(name?: string): Promise<Readiness> {
    const { id } = await service.customer(name);
    const { customers } = service.center;
    const { relationship } = found(await customers.find(id), name ?? id);
    return { ...(await customers.readiness(id)), relationship, address: await customers.address(id) };
  }

  describe('readiness', () => {
    it('tells relationship, account status, agreement and qualifications of any customer', async () => {
      const { relationship, account, agreement, qualifications } = await readinessOf();

      assert.match(relationship, /^[a-z_]+$/);
      assert.equal(typeof (account ?? ''), 'string');
      assert.match(agreement, /^(confirmed|signed|missing)$/);
      assert.ok(Array.isArray(qualifications));
    });

    it('is complete for a customer in good standing', async function () {
      needsSimulator(this);

      const readiness = await readinessOf('Contoso');

      assert.equal(readiness.relationship, 'reseller');
      assert.equal(readiness.account, 'Allowed');
      assert.equal(readiness.agreement, 'confirmed');
      assert.deepEqual(readiness.qualifications, []);
      assert.equal(obstacleOf(readiness), undefined);
    });

    for (const [name, obstacle] of [
      ['Trey Research', 'relationship'],
      ['Proseware', 'account'],
      ['Drukarnia', 'account'],
      ['Litware', 'agreement'],
    ] as const) {
      it(`finds what stands in the way of ${name}: ${obstacle}`, async function () {
        needsSimulator(this);

        assert.equal(obstacleOf(await readinessOf(name)), obstacle);
      });
    }

    it('takes a customer that was never assessed (404, 600074) as no obstacle', async function () {
      needsSimulator(this);

      const readiness = await readinessOf('Southridge');

      assert.equal(readiness.account, undefined);
      assert.equal(obstacleOf(readiness), undefined);
    });

    it('knows the agreement that the customer signed itself', async function () {
      needsSimulator(this);

      assert.equal((await readinessOf('Boulder')).agreement, 'signed');
    });

    it('holds nothing against a customer that is unknown, of whom the address is refused', async () => {
      const { agreement, account } = await service.center.customers.readiness(noSuchCustomer);
      const error = await refusalOf(service.center.customers.address(noSuchCustomer), {});

      assert.deepEqual([agreement, account], ['confirmed', undefined]);
      assert.match(error.kind, /^(not-found|declined|forbidden)$/);
    });
  });

  describe('the qualifications', () => {
    it('count when they were approved', async function () {
      needsSimulator(this);

      assert.deepEqual((await readinessOf('Bellows')).qualifications, ['Education']);
      assert.deepEqual((await readinessOf('City Power')).qualifications, ['GovernmentCommunityCloud']);
    });

    it('do not count while they are reviewed, nor when they were denied', async function () {
      needsSimulator(this);

      const reviewed = await readinessOf('Fundacja');
      const denied = await readinessOf('Graphic Design');

      assert.deepEqual(reviewed.qualifications, []);
      assert.deepEqual(
        reviewed.vetting?.map(({ qualification, status }) => [qualification, status]),
        [['Nonprofit', 'in-review']],
      );
      assert.deepEqual(denied.qualifications, []);
      assert.deepEqual(
        denied.vetting?.map(({ qualification, status, reason }) => [qualification, status, reason]),
        [['Education', 'denied', 'Not an Education Customer']],
      );
      assert.deepEqual(denied.vetting?.[0]?.since, new Date('2020-12-03T10:37:38.885Z'));
    });
  });

  describe('the Microsoft Customer Agreement', () => {
    it('has one template in force', async () => {
      const { templateId, link } = await service.center.agreements.template();

      assert.match(templateId, /^[0-9a-f-]{36}$/i);
      if (link !== undefined) assert.match(link, /^https:/);
    });

    it('shows who confirmed it and when', async function () {
      needsSimulator(this);
      const { id } = await service.customer('Contoso');

      const [confirmation, ...others] = await service.center.agreements.confirmations(id);

      assert.equal(others.length, 0);
      assert.match(found(confirmation, 'confirmation').contact.email, /@/);
      assert.ok(found(confirmation, 'confirmation').agreedAt instanceof Date);
    });

    it('is not confirmed for a customer of whom the partner confirmed nothing', async function () {
      needsSimulator(this);

      assert.deepEqual(await service.center.agreements.confirmations((await service.customer('Litware')).id), []);
    });

    it('refuses a cart without it (403, 13605), takes the confirmation, and then lets the customer buy', async function () {
      needsSimulator(this);
      writes(this);
      const customer = await service.customer('Litware');
      const line = await lineOf(service.center, customer, catalogItems.server);
      await refusalOf(service.center.ordering.createCart(customer.id, [line], freshId()), {
        operation: 'createCart',
        kind: 'declined',
        status: 403,
        code: '13605',
      });

      const contact = { firstName: 'Ewa', lastName: 'Kos', email: 'ewa@litware.example', phoneNumber: '5555550100' };
      const agreedAt = new Date('2026-01-15T00:00:00Z');
      await service.center.agreements.confirm(customer.id, { contact, agreedAt });

      const cart = await service.center.ordering.createCart(customer.id, [line], freshId());
      assert.deepEqual(cart.lineErrors, []);
      assert.deepEqual(await service.center.agreements.confirmations(customer.id), [{ contact, agreedAt }]);
      assert.equal((await service.center.customers.readiness(customer.id)).agreement, 'confirmed');
    });

    it('counts as done when the same contact is confirmed again (600061)', async function () {
      needsSimulator(this);
      writes(this);
      const customer = await service.customer('Litware');
      const confirmation = {
        contact: { firstName: 'Jan', lastName: 'Lis', email: 'jan@litware.example' },
        agreedAt: new Date('2026-01-16T00:00:00Z'),
      };
      await service.center.agreements.confirm(customer.id, confirmation);

      await service.center.agreements.confirm(customer.id, confirmation);

      const mails = (await service.center.agreements.confirmations(customer.id)).map(({ contact }) => contact.email);
      assert.equal(mails.filter((mail) => mail === 'jan@litware.example').length, 1);
    });

    it('refuses an address that is no e-mail address', async function () {
      needsSimulator(this);
      writes(this);
      const { id } = await service.customer('Contoso');
      const contact = { firstName: 'No', lastName: 'Body', email: 'nobody' };

      await refusalOf(service.center.agreements.confirm(id, { contact, agreedAt: new Date() }), {
        kind: 'declined',
        status: 400,
      });
    });
  });

  describe('the account', () => {
    for (const [name, code] of [
      ['Proseware', '800073'],
      ['Drukarnia', '800075'],
    ] as const) {
      it(`of ${name} may not buy: 403, ${code}`, async function () {
        needsSimulator(this);
        const customer = await service.customer(name);
        const line = await lineOf(service.center, customer, catalogItems.server);

        await refusalOf(service.center.ordering.createCart(customer.id, [line], freshId()), {
          kind: 'declined',
          status: 403,
          code,
        });
      });
    }

    it('of somebody whose reseller we are not is closed to commerce: 403, 20002, told without entities', async function () {
      needsSimulator(this);
      const { id } = await service.customer('Trey Research');

      const error = await refusalOf(service.center.ordering.orders(id), { status: 403, code: '20002' });

      assert.match(error.description ?? '', /don't have a commerce relationship/);
    });
  });

  describe('the address', () => {
    it('of the billing profile is an advice', async function () {
      needsSimulator(this);

      assert.equal((await readinessOf('Contoso')).address, 'verified');
      const message = 'The postal code is not valid.';
      assert.deepEqual((await readinessOf('A. Datum')).address, {
        isUnverified: true,
        lacks: ['postal-code'],
        message,
      });
      assert.equal(obstacleOf(await readinessOf('A. Datum')), undefined);
    });
  });
});
