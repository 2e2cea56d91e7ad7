import assert from 'node:assert/strict';
import { type Client, startClient } from './client.ts';

describe('tokens at the API', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  it('are missed where there is none', async () => {
    const reply = await client.get('/v1/customers', { Authorization: '' });

    assert.equal(reply.status, 401);
    assert.equal(reply.at('code'), 800001);
    assert.match(reply.headers.get('www-authenticate') ?? '', /^Bearer/);
  });

  it('end after an hour of simulated time', async () => {
    await client.advance(3590);
    const before = await client.get('/v1/customers');
    await client.advance(11);
    const after = await client.get('/v1/customers');

    assert.equal(before.status, 200);
    assert.equal(after.status, 401);
    assert.equal(after.at('code'), 400);
  });

  it('are refused when they are forged', async () => {
    const reply = await client.get('/v1/customers', { Authorization: 'Bearer a.b.c' });

    assert.equal(reply.status, 401);
  });

  it('are refused for the retired audience with 900420', async () => {
    await client.signIn({ resource: 'https://graph.windows.net' });
    const reply = await client.get('/v1/customers');

    assert.equal(reply.status, 401);
    assert.equal(reply.at('code'), 900420);
  });

  it('of an application alone are refused where a person is needed, with 900329', async () => {
    const customerId = await client.customerId('Contoso');
    await client.signIn({ grant_type: 'client_credentials' });

    const entitlements = await client.get(`/v1/customers/${customerId}/entitlements`);
    const customers = await client.get('/v1/customers');

    assert.equal(entitlements.status, 403);
    assert.equal(entitlements.at('code'), 900329);
    assert.equal(customers.status, 200);
  });

  it('without a second factor are refused, and the claim is reported when asked', async () => {
    const customers = await client.get('/v1/customers?size=1', { ValidateMfa: 'true' });
    const redirect = await fetch(
      `${client.simulator.url}/${client.simulator.credentials.tenantId}/oauth2/authorize?redirect_uri=http://localhost/&simulateMfa=false`,
      {
        redirect: 'manual',
      },
    );
    const code = new URL(redirect.headers.get('location') ?? '').searchParams.get('code') ?? '';
    await client.signIn({ grant_type: 'authorization_code', code });
    const withoutMfa = await client.get('/v1/customers', { ValidateMfa: 'true' });
    const notAsked = await client.get('/v1/customers');

    assert.equal(customers.headers.get('ismfacompliant'), 'true');
    assert.equal(withoutMfa.headers.get('ismfacompliant'), 'false');
    assert.equal(notAsked.headers.get('ismfacompliant'), null);
    assert.equal(withoutMfa.status, 401);
    assert.equal(withoutMfa.at('code'), 900421);
  });
});
