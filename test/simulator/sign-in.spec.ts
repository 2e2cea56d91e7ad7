import assert from 'node:assert/strict';
import { type Client, PARTNER_CENTER, startClient } from './client.ts';

describe('the directory', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const tokenEndpoint = () => `${client.simulator.url}/${client.simulator.credentials.tenantId}/oauth2`;
  const post = async (path: string, form: Record<string, string>) => {
    const response = await fetch(`${tokenEndpoint()}/${path}`, { method: 'POST', body: new URLSearchParams(form) });
    const body: unknown = await response.json();
    return { status: response.status, body: Object.fromEntries(Object.entries(body ?? {})) };
  };
  const application = () => ({
    client_id: client.simulator.credentials.clientId,
    client_secret: client.simulator.credentials.clientSecret,
  });

  it('answers a refresh token with the fields of the first version, numbers as strings', async () => {
    const reply = await client.token({});

    assert.equal(reply.status, 200);
    assert.equal(reply.at('token_type'), 'Bearer');
    assert.equal(reply.at('expires_in'), '3600');
    assert.equal(reply.at('resource'), PARTNER_CENTER);
    assert.equal(typeof reply.at('expires_on'), 'string');
  });

  it('says who signed in where the scope openid asks for it, in a token that opens nothing', async () => {
    const asked = await client.token({ scope: 'openid' });
    const second = await post('v2.0/token', {
      grant_type: 'refresh_token',
      refresh_token: client.simulator.credentials.refreshToken,
      scope: `openid offline_access ${PARTNER_CENTER}/user_impersonation`,
      ...application(),
    });
    const alone = await client.token({ grant_type: 'client_credentials', scope: 'openid' });
    const [, claims = ''] = asked.text('id_token').split('.');
    const { aud, tid, upn } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const used = await client.get('/v1/customers', { Authorization: `Bearer ${asked.text('id_token')}` });

    assert.deepEqual([aud, tid], [application().client_id, client.simulator.credentials.tenantId]);
    assert.equal(upn, 'desk@partner.onmicrosoft.com');
    assert.equal(typeof second.body.id_token, 'string');
    assert.equal((await client.token({})).at('id_token'), undefined);
    assert.equal(alone.at('id_token'), undefined);
    assert.equal(used.status, 401);
  });

  it('rotates the refresh token, and takes the new one as well as the old', async () => {
    const first = await client.token({});
    const rotated = first.text('refresh_token');

    assert.notEqual(rotated, client.simulator.credentials.refreshToken);
    assert.equal((await client.token({ refresh_token: rotated })).status, 200);
    assert.equal((await client.token({})).status, 200);
  });

  it('refuses a rotated refresh token that is older than ninety days', async () => {
    const rotated = (await client.token({})).text('refresh_token');
    await client.advance(91 * 86_400);

    const reply = await client.token({ refresh_token: rotated });

    assert.equal(reply.status, 400);
    assert.equal(reply.at('error'), 'invalid_grant');
    assert.deepEqual(reply.at('error_codes'), [70002]);
    assert.match(reply.text('error_description'), /^AADSTS70002/);
  });

  it('refuses a wrong secret in the shape of the directory', async () => {
    const reply = await client.token({ client_secret: 'wrong' });

    assert.equal(reply.status, 401);
    assert.equal(reply.at('error'), 'invalid_client');
    assert.deepEqual(reply.at('error_codes'), [70002, 7000215]);
    assert.match(reply.text('error_description'), /^AADSTS70002: .* AADSTS7000215: /);
    assert.equal(typeof reply.at('trace_id'), 'string');
  });

  it('refuses an unknown tenant, resource and grant', async () => {
    const unknownTenant = await fetch(`${client.simulator.url}/nowhere.example/oauth2/token`, { method: 'POST' });

    assert.equal(unknownTenant.status, 400);
    assert.equal((await client.token({ resource: 'https://elsewhere.example' })).at('error'), 'invalid_resource');
    assert.equal((await client.token({ grant_type: 'password' })).at('error'), 'unsupported_grant_type');
  });

  it('gives an application a token by its secret alone, in the second version too', async () => {
    const scope = `${PARTNER_CENTER}/.default`;
    const reply = await post('v2.0/token', { grant_type: 'client_credentials', scope, ...application() });

    assert.equal(reply.status, 200);
    assert.equal(reply.body.expires_in, 3600);
    assert.equal(reply.body.refresh_token, undefined);
  });

  it('exchanges an authorization code from its sign-in page', async () => {
    const redirect = await fetch(`${tokenEndpoint()}/authorize?redirect_uri=http://localhost/back&state=s1`, {
      redirect: 'manual',
    });
    const back = new URL(redirect.headers.get('location') ?? '');
    const code = back.searchParams.get('code') ?? '';

    const reply = await client.token({ grant_type: 'authorization_code', code });

    assert.equal(back.searchParams.get('state'), 's1');
    assert.equal(reply.status, 200);
    assert.equal(typeof reply.at('refresh_token'), 'string');
  });

  it('lets a device code be redeemed without a secret once somebody had time to sign in', async () => {
    const device = await post('v2.0/devicecode', { client_id: application().client_id, scope: 'openid' });
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: application().client_id,
      device_code: String(device.body.device_code),
      scope: `${PARTNER_CENTER}/user_impersonation`,
    };

    const early = await post('v2.0/token', form);
    await client.advance(10);
    const later = await post('v2.0/token', form);

    assert.equal(early.body.error, 'authorization_pending');
    assert.equal(later.status, 200);
    assert.equal(typeof later.body.refresh_token, 'string');
  });

  it('tells the tenant behind a custom domain', async () => {
    const contoso = await client.customerId('Contoso');
    const document = await fetch(`${client.simulator.url}/contoso.example/v2.0/.well-known/openid-configuration`);

    assert.match(await document.text(), new RegExp(contoso));
  });
});
