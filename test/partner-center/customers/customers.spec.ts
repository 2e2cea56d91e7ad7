import assert from 'node:assert/strict';
import { PartnerCenterError } from '../../../src/partner-center/client/errors.ts';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';
import type { Answer, Route } from '../../support/stub-partner-center.ts';

function customer(id: string, companyName: string, domain: string) {
  return { id, companyProfile: { tenantId: id, companyName, domain }, relationshipToPartner: 'reseller' };
}

function guid(number: number): string {
  return `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

const contoso = customer(guid(1), 'Contoso', 'contoso.onmicrosoft.com');
const fabrikam = customer(guid(2), 'Fabrikam (formerly Contoso)', 'fabrikam.onmicrosoft.com');
const litware = customer(guid(3), 'Litware', 'litcontoso.onmicrosoft.com');
const others = Array.from({ length: 5 }, (_, n) => customer(guid(100 + n), `Other ${n}`, `other${n}.onmicrosoft.com`));

const full = {
  ...customer(customerId, 'Contoso', 'contoso.onmicrosoft.com'),
  customDomains: ['contoso.com', 'contoso.onmicrosoft.com'],
  billingProfile: { defaultAddress: { country: 'PL' } },
};

/** A filtered list answers by the filter; an unfiltered one in two pages. */
const list: Route = ({ query, headers }): Answer => {
  const filter = query.get('filter');
  if (filter) {
    const { Field, Value, Operator } = JSON.parse(filter) as Record<string, string>;
    assert.equal(Operator, 'starts_with');
    const all = [contoso, fabrikam, litware, ...others];
    const field = Field === 'Domain' ? 'domain' : 'companyName';
    const starts = (text: string) => text.toLowerCase().startsWith(String(Value).toLowerCase());
    return { json: items(all.filter(({ companyProfile }) => starts(companyProfile[field]))) };
  }
  if (headers['ms-continuationtoken'] === 'page-2') return { json: items([fabrikam, litware]) };
  const next = {
    uri: '/customers?size=500?seekOperation=Next',
    method: 'GET',
    headers: [{ key: 'MS-ContinuationToken', value: 'page-2' }],
  };
  return { json: items([contoso, ...others], { links: { next } }) };
};

/** All customers in one page. */
const shortList: Route = (request) =>
  request.query.has('filter') ? list(request) : { json: items([contoso, fabrikam, litware, ...others]) };

/** More pages than anybody reads; in each one customer whose name has `part` inside. */
const endless: Route = ({ query, headers }) => {
  if (query.has('filter')) return { json: items([]) };
  const at = Number(headers['ms-continuationtoken'] ?? 1);
  const next = { uri: '/customers', headers: [{ key: 'MS-ContinuationToken', value: String(at + 1) }] };
  return { json: items([customer(guid(at), `A part of ${at}`, `n${at}.example`)], { links: { next } }) };
};

describe('searching customers', () => {
  afterEach(closeBenches);

  it('looks inside all names and domains where one page holds them all, with one call', async () => {
    const { center, server } = await startBench({ 'GET /v1/customers': shortList });

    const { found, more } = await center.customers.search(' CONTOSO ', 10);

    assert.deepEqual(
      found.map(({ name }) => name),
      ['Contoso', 'Fabrikam (formerly Contoso)', 'Litware'],
    );
    assert.deepEqual(found[0], {
      id: contoso.id,
      name: 'Contoso',
      domain: 'contoso.onmicrosoft.com',
      relationship: 'reseller',
    });
    assert.equal(more, false);
    assert.equal(server.requests.length, 1);
  });

  it('asks for the beginning of name and domain where there are more, and looks no further when that is found', async () => {
    const { center, server } = await startBench({ 'GET /v1/customers': list });

    const { found, more } = await center.customers.search(' CONTOSO ', 10);

    assert.deepEqual(
      found.map(({ name }) => name),
      ['Contoso'],
    );
    assert.equal(more, false);
    const [first, byName, byDomain, ...others] = server.requests;
    assert.equal(first?.query.get('size'), '500');
    assert.deepEqual(
      [byName, byDomain].map((request) => JSON.parse(String(request?.query.get('filter')))),
      [
        { Field: 'CompanyName', Value: 'CONTOSO', Operator: 'starts_with' },
        { Field: 'Domain', Value: 'CONTOSO', Operator: 'starts_with' },
      ],
    );
    assert.deepEqual(others, []);
  });

  it('looks through the pages for what stands inside a name, where none begins with it', async () => {
    const { center, server } = await startBench({ 'GET /v1/customers': list });

    const { found, more } = await center.customers.search('formerly', 10);

    assert.deepEqual(
      found.map(({ name }) => name),
      ['Fabrikam (formerly Contoso)'],
    );
    assert.equal(more, false);
    const last = server.requests.at(-1);
    assert.equal(last?.query.get('seekOperation'), 'Next');
    assert.equal(last?.query.get('size'), '500');
    assert.equal(last?.headers['ms-continuationtoken'], 'page-2');
    assert.equal(server.requests.length, 4);
  });

  it('looks through twenty pages at most, and says that there may be more', async () => {
    const { center, server } = await startBench({ 'GET /v1/customers': endless });

    const few = await center.customers.search('part of 17', 10);
    const none = await center.customers.search('nobody', 10);

    assert.deepEqual([few.found.length, few.more], [1, true]);
    assert.deepEqual(none, { found: [], more: true });
    assert.equal(server.requests.filter(({ query }) => !query.has('filter')).length, 20);
  });

  it('reads each page once for searches at the same time and within a minute, then anew', async () => {
    const { center, server, timer } = await startBench({ 'GET /v1/customers': endless });
    const pagesRead = () => server.requests.filter(({ query }) => !query.has('filter')).length;

    await Promise.all(['nobody', 'no one', 'nothing'].map((text) => center.customers.search(text, 10)));
    timer.advance(59_000);
    await center.customers.search('none', 10);
    assert.equal(pagesRead(), 20);

    timer.advance(2_000);
    await center.customers.search('none', 10);
    assert.equal(pagesRead(), 40);
  });

  it('begins anew after a page that could not be read', async () => {
    let isAway = true;
    const { center } = await startBench({
      'GET /v1/customers': (request) => {
        const isSecond = request.headers['ms-continuationtoken'] === 'page-2';
        return isAway && isSecond ? { status: 403 } : list(request);
      },
    });

    await assert.rejects(center.customers.search('formerly', 10), PartnerCenterError);
    isAway = false;

    assert.equal((await center.customers.search('formerly', 10)).found.length, 1);
  });

  it('stops looking once there is one more than wanted', async () => {
    const { center, server } = await startBench({ 'GET /v1/customers': list });

    const { found, more } = await center.customers.search('other', 3);

    assert.equal(found.length, 3);
    assert.equal(more, true);
    assert.equal(server.requests.length, 3);
  });

  it('shows the first ones for no text', async () => {
    const { center, server } = await startBench({ 'GET /v1/customers': list });

    const { found, more } = await center.customers.search('', 5);

    assert.equal(found.length, 5);
    assert.equal(more, true);
    assert.equal(server.requests.length, 1);
    assert.equal(server.requests[0]?.query.get('size'), '6');
    assert.equal(server.requests[0]?.query.get('filter'), null);
  });

  it('finds one that came since the list was read, by the beginning of its name', async () => {
    const { center } = await startBench({
      'GET /v1/customers': (request) =>
        request.query.has('filter') ? list(request) : { json: items([fabrikam, litware]) },
    });

    await center.customers.search('litware', 10);

    assert.equal((await center.customers.search('other 3', 10)).found[0]?.name, 'Other 3');
  });

  it('still looks through the pages when the filter does not take the text', async () => {
    const { center } = await startBench({
      'GET /v1/customers': (request) =>
        request.query.has('filter') ? { status: 400, json: { code: 2000, description: 'Bad filter.' } } : list(request),
    });

    assert.equal((await center.customers.search('contoso', 10)).found.length, 3);
  });

  for (const status of [400, 403, 500, 503]) {
    it(`finds by name, and by looking through the pages, while the filter on domains answers ${status}`, async () => {
      const failing: Route = (seen) => {
        const isByDomain = seen.query.get('filter')?.includes('"Domain"');
        return isByDomain ? { status } : list(seen);
      };
      const { center, server, timer } = await startBench({ 'GET /v1/customers': failing });

      const byName = await center.customers.search('Litware', 10);
      const inside = await center.customers.search('contoso.onm', 10);
      const nobody = await center.customers.search('zebra', 10);

      assert.deepEqual(
        [byName, inside, nobody].map(({ found, more }) => [found.map(({ name }) => name), more]),
        [
          [['Litware'], true],
          [['Contoso', 'Litware'], false],
          [[], false],
        ],
      );
      // Asked once each time: nobody waits for what is not needed.
      assert.deepEqual(timer.pauses, []);
      assert.equal(server.requests.filter(({ query }) => query.get('filter')?.includes('"Domain"')).length, 3);
    });
  }

  it('shows somebody without a name by what else is known', async () => {
    const named = { ...contoso, companyProfile: { domain: 'contoso.onmicrosoft.com' } };
    const { center } = await startBench({ 'GET /v1/customers': { json: items([null, named, { id: guid(7) }]) } });

    const { found } = await center.customers.search('', 10);

    assert.deepEqual(
      found.map(({ name }) => name),
      [guid(7), 'contoso.onmicrosoft.com'],
    );
  });

  it('ends when the next page leads back to the same one', async () => {
    const next = { uri: '/customers?size=500', headers: [{ key: 'MS-ContinuationToken', value: 'again' }] };
    const { center, server } = await startBench({
      'GET /v1/customers': ({ query }) => ({ json: items([], query.has('filter') ? {} : { links: { next } }) }),
    });

    assert.deepEqual(await center.customers.search('nobody', 10), { found: [], more: false });
    assert.equal(server.requests.length, 4);
  });

  it('leaves out what has no tenant GUID for an id', async () => {
    const odd = { ...customer('12345', 'Contoso Odd', 'odd.example') };
    const { center, lines } = await startBench({ 'GET /v1/customers': { json: items([odd, contoso]) } });

    assert.deepEqual(
      (await center.customers.search('', 5)).found.map(({ name }) => name),
      ['Contoso'],
    );
    assert.ok(lines.some(({ level, text }) => level === 'warn' && text === 'records left out'));
  });
});

describe('finding a customer', () => {
  afterEach(closeBenches);

  const profile = {
    id: customerId,
    name: 'Contoso',
    domain: 'contoso.onmicrosoft.com',
    customDomains: ['contoso.com', 'contoso.onmicrosoft.com'],
    country: 'PL',
    relationship: 'reseller',
  };

  it('by tenant GUID', async () => {
    const { center, server } = await startBench({ [`GET /v1/customers/${customerId}`]: { json: full } });

    assert.deepEqual(await center.customers.find(` ${customerId.toUpperCase()} `), profile);
    assert.equal(server.requests.length, 1);
  });

  it('by initial domain, through the filter', async () => {
    const listed = customer(customerId, 'Contoso', 'contoso.onmicrosoft.com');
    const longer = customer(guid(9), 'Contoso 2', 'contoso.onmicrosoft.com.example');
    const { center, server } = await startBench({
      'GET /v1/customers': { json: items([longer, listed]) },
      [`GET /v1/customers/${customerId}`]: { json: full },
    });

    assert.deepEqual(await center.customers.find('Contoso.OnMicrosoft.com'), profile);
    assert.deepEqual(JSON.parse(String(server.requests[0]?.query.get('filter'))), {
      Field: 'Domain',
      Value: 'contoso.onmicrosoft.com',
      Operator: 'starts_with',
    });
  });

  it('by custom domain, through the directory’s public document, without a token', async () => {
    const { center, server } = await startBench({
      'GET /v1/customers': { json: items([]) },
      'GET /contoso.com/v2.0/.well-known/openid-configuration': {
        json: { issuer: `https://login.microsoftonline.com/${customerId}/v2.0` },
      },
      [`GET /v1/customers/${customerId}`]: { json: full },
    });

    assert.deepEqual(await center.customers.find('contoso.com'), profile);
    const asked = server.requests.find(({ path }) => path.endsWith('/openid-configuration'));
    assert.ok(asked);
    assert.equal(asked.headers.authorization, undefined);
  });

  it('by custom domain, where the list shows that, although the directory is away', async () => {
    const { center } = await startBench({
      'GET /v1/customers': { json: items([customer(customerId, 'Contoso', 'contoso.com')]) },
      'GET /contoso.com/v2.0/.well-known/openid-configuration': { status: 503 },
      [`GET /v1/customers/${customerId}`]: { json: full },
    });

    assert.deepEqual(await center.customers.find('contoso.com'), profile);
  });

  for (const filter of [{ status: 500 }, { status: 403 }, { raw: 'not JSON' }, { json: {} }]) {
    it(`by domain, while the filter answers ${JSON.stringify(filter)}`, async () => {
      const { center, timer } = await startBench({
        'GET /v1/customers': filter,
        'GET /contoso.com/v2.0/.well-known/openid-configuration': {
          json: { issuer: `https://login.microsoftonline.com/${customerId.toUpperCase()}/v2.0` },
        },
        [`GET /v1/customers/${customerId.toUpperCase()}`]: { json: full },
      });

      assert.deepEqual(await center.customers.find('contoso.com'), profile);
      assert.deepEqual(timer.pauses, []);
    });
  }

  it('throws when Partner Center refuses every call: a domain of nobody is something else', async () => {
    const { center } = await startBench({ 'GET /v1/customers': { status: 401 } });

    await assert.rejects(center.customers.find('contoso.com'), { kind: 'unauthorized' });
  });

  for (const [where, more, name] of [
    [
      'the billing profile',
      { billingProfile: { companyName: 'Contoso Billing', defaultAddress: { country: 'PL' } } },
      'Contoso Billing',
    ],
    ['its own top', { name: 'Contoso Plain' }, 'Contoso Plain'],
    ['its domain', {}, 'contoso.onmicrosoft.com'],
  ] as const) {
    it(`with the name that stands in ${where}, where its company profile has none`, async () => {
      const bare = { ...full, companyProfile: { domain: 'contoso.onmicrosoft.com', companyName: ' ' }, ...more };
      const { center } = await startBench({ [`GET /v1/customers/${customerId}`]: { json: bare } });

      assert.equal((await center.customers.find(customerId))?.name, name);
    });
  }

  it('is nobody for a domain the directory does not know', async () => {
    const { center } = await startBench({
      'GET /v1/customers': { json: items([]) },
      'GET /nowhere.example/v2.0/.well-known/openid-configuration': { status: 400, json: { error: 'invalid_tenant' } },
    });

    assert.equal(await center.customers.find('nowhere.example'), undefined);
  });

  for (const [status, code] of [
    [404, 60003],
    [404, 1000],
    [400, 2000],
    [403, 20002],
    [400, 900118],
  ] as const) {
    it(`is nobody when Partner Center answers ${status}, ${code}`, async () => {
      const { center } = await startBench({ [`GET /v1/customers/${customerId}`]: { status, json: { code } } });

      assert.equal(await center.customers.find(customerId), undefined);
    });
  }

  it('is not somebody whose id is no tenant GUID', async () => {
    const { center } = await startBench({ [`GET /v1/customers/${customerId}`]: { json: { ...full, id: 12345 } } });

    await assert.rejects(center.customers.find(customerId), { kind: 'unexpected' });
  });

  for (const [code, remedy] of [
    [2032, /no reseller relationship.*lacks the role/],
    [900308, /application PARTNER_CENTER_CLIENT_ID may not do this/],
  ] as const) {
    it(`is a refusal, not "nobody", when Partner Center answers 403, ${code}`, async () => {
      const answer = { status: 403, json: { code, description: 'Access denied.' } };
      const { center } = await startBench({ [`GET /v1/customers/${customerId}`]: answer });

      await assert.rejects(center.customers.find(customerId), (error) => {
        assert.ok(error instanceof PartnerCenterError);
        assert.equal(error.kind, 'forbidden');
        assert.match(String(error.description), /^Access denied\. /);
        assert.match(String(error.remedy), remedy);
        return true;
      });
    });
  }

  it('is still somebody where no billing profile is there, but without a country', async () => {
    const { billingProfile: _, ...bare } = full;
    const { center } = await startBench({ [`GET /v1/customers/${customerId}`]: { json: bare } });

    assert.deepEqual(await center.customers.find(customerId), { ...profile, country: '' });
  });

  it('asks nothing for a text that can be no tenant', async () => {
    const { center, server } = await startBench({});

    assert.equal(await center.customers.find('Contoso Ltd'), undefined);
    assert.equal(await center.customers.find('../admin'), undefined);
    assert.equal(server.requests.length, 0);
  });

  it('throws when Partner Center is away: that is not "nobody"', async () => {
    const { center } = await startBench({ [`GET /v1/customers/${customerId}`]: { status: 500 } });

    await assert.rejects(center.customers.find(customerId), PartnerCenterError);
  });

  it('reads the billing profile when the customer comes without one', async () => {
    const { billingProfile, ...bare } = full;
    const { center } = await startBench({
      [`GET /v1/customers/${customerId}`]: { json: bare },
      [`GET /v1/customers/${customerId}/profiles/billing`]: { json: billingProfile },
    });

    assert.equal((await center.customers.find(customerId))?.country, 'PL');
  });
});
