import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';

describe('billing profiles', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.close());

  it('come from the seed', async () => {
    const billing = await client.get(`/v1/customers/${await client.customerId('Contoso')}/profiles/billing`);

    assert.equal(billing.at('culture'), 'de-DE');
    assert.equal(typeof billing.at('attributes.etag'), 'string');
  });

  it('are replaced under their etag, in the same country', async () => {
    const path = `/v1/customers/${await client.customerId('Tailspin')}/profiles/billing`;
    const before = await client.get(path);
    const body = { ...Object(before.at('')), companyName: 'Tailspin Toys Ltd' };
    const headers = { 'If-Match': `"${before.text('attributes.etag')}"` };

    const changed = await client.call('PUT', path, body, headers);
    const stale = await client.call('PUT', path, body, headers);
    const abroad = await client.call(
      'PUT',
      path,
      { ...body, defaultAddress: { ...body.defaultAddress, country: 'PL' } },
      { 'If-Match': `"${changed.text('attributes.etag')}"` },
    );

    assert.equal(changed.status, 200);
    assert.deepEqual(changed.at('defaultAddress'), before.at('defaultAddress'));
    assert.equal((await client.get(path)).at('companyName'), 'Tailspin Toys Ltd');
    assert.equal(stale.at('code'), 2055);
    assert.equal(abroad.at('code'), 3000);
  });
});
