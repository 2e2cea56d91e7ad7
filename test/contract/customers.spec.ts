import assert from 'node:assert/strict';
import { found, refusalOf } from './assertions.ts';
import { needsSimulator, noSuchCustomer, openService, type Service } from './server.ts';

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

describe('the contract of customers', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  describe('the list', () => {
    it('gives tenant GUID, name and initial domain of each', async () => {
      const { found: some } = await service.center.customers.search('', 3);

      assert.ok(some.length > 0);
      for (const { id, name, domain } of some) {
        assert.match(id, guid);
        assert.notEqual(name, '');
        assert.match(domain, /\./);
      }
    });

    it('says that there are more than were asked for, and gives no more than that', async function () {
      needsSimulator(this);

      const some = await service.center.customers.search('', 7);
      const all = await service.center.customers.search('', 100);

      assert.deepEqual([some.found.length, some.more], [7, true]);
      assert.deepEqual([all.found.length, all.more], [40, false]);
    });

    it('is searched by the beginning of a name or of a domain, and by what stands inside, whatever the case', async function () {
      needsSimulator(this);
      const names = async (text: string) =>
        (await service.center.customers.search(text, 20)).found.map(({ name }) => name);

      assert.deepEqual(await names('fABRIkam'), ['Fabrikam Inc', 'Fabrikam Polska', 'Fabrikam Residences']);
      assert.deepEqual(await names('adventureworks.onmicrosoft.com'), ['Adventure Works']);
      assert.deepEqual(await names('residences'), ['Fabrikam Residences']);
      assert.deepEqual(await names('żółw'), ['Zakłady Żółw Sp. z o.o.']);
      assert.deepEqual(await names('nobody at all'), []);
    });

    it('keeps what looks like mark-up, quotes or a filter as it is', async function () {
      needsSimulator(this);

      for (const text of [
        "Margie's Travel <b>& Co</b>",
        "Liberty's Delightful Sinful Bakery & Café",
        'Proseware, Inc.',
      ]) {
        const { found: some } = await service.center.customers.search(text, 5);
        assert.equal(some.length, 1, text);
        assert.ok(some[0]?.name.startsWith(text), text);
      }
      for (const text of ['"', '\\', '%', '&filter=', '{"Field":"x"}', "' or 1=1"]) {
        await service.center.customers.search(text, 5);
      }
    });
  });

  describe('a list of hundreds, in pages of 500 with a continuation token', () => {
    let large: Service;
    before(async function () {
      needsSimulator(this as unknown as Mocha.Context);
      large = await openService({ customers: 1_234 });
    });
    after(() => large?.close());

    it('is read to its end, each customer once', async () => {
      const all = await large.center.customers.search('', 5_000);

      assert.equal(all.found.length, 1_234);
      assert.equal(new Set(all.found.map(({ id }) => id)).size, 1_234);
      assert.equal(all.more, false);
    });

    it('goes on by the token in MS-ContinuationToken, though the next link is malformed', async () => {
      const before = (await large.requests()).length;

      await large.client().customers.search('', 5_000);

      const pages = (await large.requests(before)).filter(({ path }) => path.startsWith('/v1/customers?'));
      assert.equal(pages.length, 3);
      assert.equal(pages[0]?.path.includes('seekOperation'), false);
      for (const { path, status } of pages.slice(1)) {
        assert.equal(new URL(path, large.url).searchParams.get('seekOperation'), 'Next');
        assert.equal(status, 200);
      }
      assert.equal(new Set(pages.map(({ requestId }) => requestId)).size, 3);
    });

    it('is not read on when enough were found', async () => {
      const before = (await large.requests()).length;

      const { found: some, more } = await large.client().customers.search('', 20);

      assert.equal(some.length, 20);
      assert.equal(more, true);
      assert.equal((await large.requests(before)).filter(({ path }) => path.startsWith('/v1')).length, 1);
    });

    it('finds the one on the last page by a part of its name', async () => {
      const all = await large.center.customers.search('', 5_000);
      const last = found(
        all.found.find(({ name }) => name.endsWith(' 1233')),
        'customer 1233',
      );

      const { found: some } = await large.center.customers.search(' 1233', 20);

      assert.deepEqual(some, [last]);
    });
  });

  describe('a list of fifty thousand', () => {
    let large: Service;
    before(async function () {
      needsSimulator(this as unknown as Mocha.Context);
      large = await openService({ customers: 50_000 });
    });
    after(() => large?.close());

    /** Page one, the beginnings of name and domain, nineteen pages more. */
    const callsAtMost = 22;
    const callsOf = async (work: () => Promise<unknown>) => {
      const before = (await large.requests()).length;
      await work();
      return (await large.requests(before)).filter(({ path }) => path.startsWith('/v1/customers?')).length;
    };

    it('is asked for the beginning of a name or a domain with three calls, the next time with two', async () => {
      const { customers } = large.client();

      assert.equal(await callsOf(() => customers.search('Contoso', 100)), 3);
      assert.equal(await callsOf(() => customers.search('adventureworks.onmicrosoft.com', 100)), 2);
      assert.deepEqual(
        (await customers.search('adventure', 100)).found.map(({ name }) => name),
        ['Adventure Works'],
      );
    });

    it('is looked through for a part of a name with few calls, which searches share, and may have more', async () => {
      const { customers } = large.client();
      const texts = ['nobody at all', 'no such name', 'nor this', 'nor that'];

      const once = await callsOf(() => customers.search('nobody', 100));
      const together = await callsOf(() =>
        Promise.all(texts.map((text) => large.client().customers.search(text, 100))),
      );
      const again = await callsOf(() => Promise.all(texts.map((text) => customers.search(text, 100))));

      assert.ok(once <= callsAtMost, `${once} calls`);
      assert.ok(together <= texts.length * callsAtMost, `${together} calls`);
      assert.equal(again, 2 * texts.length);
      assert.deepEqual(await customers.search('nobody', 100), { found: [], more: true });
    });

    it('finds what stands inside the names of its first ten thousand', async () => {
      const { found: some, more } = await large.client().customers.search(' 1233', 100);

      assert.ok(some.some(({ name }) => name.endsWith(' 1233')));
      assert.equal(more, true);
    });
  });

  describe('one customer', () => {
    it('is found by GUID and by initial domain, with country and relationship', async () => {
      const { id, name, domain } = await service.customer();

      const byId = found(await service.center.customers.find(id.toUpperCase()), id);
      const byDomain = await service.center.customers.find(domain.toUpperCase());

      assert.deepEqual(byDomain, byId);
      assert.equal(byId.id, id);
      assert.equal(byId.name, name);
      assert.match(byId.country, /^[A-Z]{2}$/);
      assert.match(byId.relationship, /^(none|reseller|advisor|syndication|microsoft_support)$/);
    });

    it('is found by a custom domain, which no list shows, through the tenant that the directory names', async function () {
      needsSimulator(this);

      const byDomain = found(await service.center.customers.find('contoso.example'), 'contoso.example');

      assert.equal(byDomain.name, 'Contoso Ltd');
      assert.equal(byDomain.country, 'DE');
      assert.deepEqual([...byDomain.customDomains].sort(), ['contoso.example', 'contoso.onmicrosoft.com']);
    });

    it('has a country, and no custom domains, where there is no delegated access', async function () {
      needsSimulator(this);
      const { id } = await service.customer('Woodgrove');

      const profile = found(await service.center.customers.find(id), 'Woodgrove Bank');

      assert.equal(profile.country, 'GB');
      assert.deepEqual(profile.customDomains, []);
    });

    it('is nobody for a GUID or a domain that no customer has', async () => {
      assert.equal(await service.center.customers.find(noSuchCustomer), undefined);
      assert.equal(await service.center.customers.find('no such domain'), undefined);
    });

    it('is nobody for a domain that no tenant has', async function () {
      needsSimulator(this);

      assert.equal(await service.center.customers.find('nobody-has-this.example'), undefined);
    });

    it('is nobody for a domain that begins like that of a customer', async function () {
      needsSimulator(this);

      assert.equal(await service.center.customers.find('contoso.onmicrosoft.co'), undefined);
    });
  });

  describe('the billing profile', () => {
    it('tells whom the purchases are billed to', async () => {
      const customer = await service.customer();

      const profile = await service.center.billingProfiles.of(customer.id);

      assert.match(profile.contact.email, /@/);
    });

    it('is refused for an unknown customer', async () => {
      await refusalOf(service.center.billingProfiles.of(noSuchCustomer), { operation: 'getBillingProfile' });
    });
  });
});
