import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';

describe('customers', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.close());

  const search = (filter: unknown, size = 0) =>
    client.get(`/v1/customers?size=${size}&filter=${encodeURIComponent(JSON.stringify(filter))}`);

  it('come all at once for size 0', async () => {
    const reply = await client.get('/v1/customers?size=0');

    assert.equal(reply.at('totalCount'), 40);
    assert.equal(reply.at('attributes.objectType'), 'Collection');
  });

  it('are paged by the continuation token, to and fro', async () => {
    const first = await client.get('/v1/customers?size=15');
    const next = first.list('links.next.headers')[0];
    const token = { 'MS-ContinuationToken': next?.text('value') ?? '' };
    const second = await client.get('/v1/customers?size=15&seekOperation=Next', token);
    const secondToken = { 'MS-ContinuationToken': second.text('links.next.headers.0.value') };
    const third = await client.get('/v1/customers?size=15&seekOperation=Next', secondToken);
    const back = await client.get('/v1/customers?size=15&seekOperation=Previous', secondToken);
    const start = await client.get('/v1/customers?size=15&seekOperation=First', secondToken);
    const last = await client.get('/v1/customers?size=15&seekOperation=Last');
    const byIndex = await client.get('/v1/customers?size=15&seekOperation=PageIndex&index=1', secondToken);
    const sizeOfBefore = await client.get('/v1/customers?seekOperation=Next', token);

    assert.equal(next?.at('key'), 'MS-ContinuationToken');
    const ids = [first, second, third].flatMap((page) => page.list('items').map((item) => item.text('id')));
    assert.equal(new Set(ids).size, 40);
    assert.equal(third.at('totalCount'), 10);
    assert.equal(third.at('links.next'), undefined);
    assert.equal(back.at('items.0.id'), first.at('items.0.id'));
    assert.equal(start.at('items.0.id'), first.at('items.0.id'));
    assert.equal(last.at('items.0.id'), third.at('items.0.id'));
    assert.equal(byIndex.at('items.0.id'), second.at('items.0.id'));
    assert.equal(sizeOfBefore.at('items.0.id'), second.at('items.0.id'));
    assert.equal(sizeOfBefore.at('totalCount'), 15);
  });

  it('have a malformed next link, as documented, unless they are searched', async () => {
    const plain = await client.get('/v1/customers?size=2');
    const searched = await search({ Field: 'CompanyName', Value: 'Fabrikam', Operator: 'starts_with' }, 2);

    assert.equal(plain.at('links.next.uri'), '/customers?size=2?seekOperation=Next');
    assert.match(searched.text('links.next.uri'), /^\/customers\?size=2&filter=[^?&]+&seekOperation=Next$/);
  });

  it('are refused a page without a token or index, and by an operation that is none', async () => {
    const forged = Buffer.from('{"index":"x"}').toString('base64');

    for (const reply of [
      await client.get('/v1/customers?size=2&seekOperation=Next'),
      await client.get('/v1/customers?size=2&seekOperation=Previous', { 'MS-ContinuationToken': forged }),
      await client.get('/v1/customers?size=2&seekOperation=PageIndex'),
      await client.get('/v1/customers?size=2&seekOperation=Sideways'),
    ]) {
      assert.equal(reply.status, 400);
      assert.equal(reply.at('code'), 2000);
    }
  });

  it('are found by the beginning of name or initial domain, in any case', async () => {
    const byName = await search({ Field: 'CompanyName', Value: 'fABRI', Operator: 'starts_with' });
    const byDomain = await search({ field: 'Domain', value: 'contoso.onm', operator: 'starts_with' });
    const byCustomDomain = await search({ Field: 'Domain', Value: 'contoso.example', Operator: 'starts_with' });

    assert.equal(byName.at('totalCount'), 3);
    assert.equal(byDomain.at('items.0.companyProfile.companyName'), 'Contoso Ltd');
    assert.equal(byCustomDomain.at('totalCount'), 0);
  });

  it('cannot be searched otherwise', async () => {
    const operator = await search({ Field: 'CompanyName', Value: 'Contoso Ltd', Operator: 'equals' });
    const field = await search({ Field: 'Email', Value: 'a', Operator: 'starts_with' });
    const noJson = await client.get('/v1/customers?filter=contoso');

    for (const reply of [operator, field, noJson]) {
      assert.equal(reply.status, 400);
      assert.equal(reply.at('code'), 2000);
    }
  });

  it('show profiles, custom domains and delegated access one by one only', async () => {
    const id = await client.customerId('Contoso');
    const listed = (await search({ Field: 'CompanyName', Value: 'Contoso', Operator: 'starts_with' })).list('items')[0];
    const single = await client.get(`/v1/customers/${id}`);

    assert.equal(listed?.at('billingProfile'), undefined);
    assert.equal(single.at('companyProfile.tenantId'), id);
    assert.equal(single.at('billingProfile.defaultAddress.country'), 'DE');
    assert.equal(single.at('allowDelegatedAccess'), true);
    assert.deepEqual(single.at('customDomains'), ['contoso.onmicrosoft.com', 'contoso.example']);
    assert.equal(typeof single.at('companyProfile.email'), 'string');
  });

  it('keep address, e-mail and domains to themselves without delegated access', async () => {
    const single = await client.get(`/v1/customers/${await client.customerId('Woodgrove')}`);
    assert.equal(single.at('companyProfile.companyName'), undefined);
    assert.equal(single.at('billingProfile.companyName'), 'Woodgrove Bank');

    assert.equal(single.at('allowDelegatedAccess'), false);
    assert.equal(single.at('customDomains'), undefined);
    assert.equal(single.at('companyProfile.address'), undefined);
  });

  it('have a billing profile of their own', async () => {
    const id = await client.customerId('Contoso');
    const billing = await client.get(`/v1/customers/${id}/profiles/billing`);

    assert.equal(billing.at('culture'), 'de-DE');
    assert.match(billing.text('attributes.etag'), /^-\d+$/);
    assert.deepEqual(billing.at(''), (await client.get(`/v1/customers/${id}`)).at('billingProfile'));
  });
});
