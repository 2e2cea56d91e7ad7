import assert from 'node:assert/strict';
import { type Desk, openDesk, PARTNER_CENTER } from './desk.ts';

describe('the directory', () => {
  let desk: Desk;
  before(async () => {
    desk = await openDesk();
  });
  beforeEach(() => desk.reset());
  after(() => desk.close());

  const tokenEndpoint = () => `${desk.simulator.url}/${desk.simulator.credentials.tenantId}/oauth2`;
  const post = async (path: string, form: Record<string, string>) => {
    const response = await fetch(`${tokenEndpoint()}/${path}`, { method: 'POST', body: new URLSearchParams(form) });
    const body: unknown = await response.json();
    return { status: response.status, body: Object.fromEntries(Object.entries(body ?? {})) };
  };
  const client = () => ({
    client_id: desk.simulator.credentials.clientId,
    client_secret: desk.simulator.credentials.clientSecret,
  });

  it('answers a refresh token with the fields of the first version, numbers as strings', async () => {
    const reply = await desk.token({});

    assert.equal(reply.status, 200);
    assert.equal(reply.at('token_type'), 'Bearer');
    assert.equal(reply.at('expires_in'), '3600');
    assert.equal(reply.at('resource'), PARTNER_CENTER);
    assert.equal(typeof reply.at('expires_on'), 'string');
  });

  it('says who signed in where the scope openid asks for it, in a token that opens nothing', async () => {
    const asked = await desk.token({ scope: 'openid' });
    const second = await post('v2.0/token', {
      grant_type: 'refresh_token',
      refresh_token: desk.simulator.credentials.refreshToken,
      scope: `openid offline_access ${PARTNER_CENTER}/user_impersonation`,
      ...client(),
    });
    const alone = await desk.token({ grant_type: 'client_credentials', scope: 'openid' });
    const [, claims = ''] = asked.text('id_token').split('.');
    const { aud, tid, upn } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    const used = await desk.get('/v1/customers', { Authorization: `Bearer ${asked.text('id_token')}` });

    assert.deepEqual([aud, tid], [client().client_id, desk.simulator.credentials.tenantId]);
    assert.equal(upn, 'desk@partner.onmicrosoft.com');
    assert.equal(typeof second.body.id_token, 'string');
    assert.equal((await desk.token({})).at('id_token'), undefined);
    assert.equal(alone.at('id_token'), undefined);
    assert.equal(used.status, 401);
  });

  it('rotates the refresh token, and takes the new one as well as the old', async () => {
    const first = await desk.token({});
    const rotated = first.text('refresh_token');

    assert.notEqual(rotated, desk.simulator.credentials.refreshToken);
    assert.equal((await desk.token({ refresh_token: rotated })).status, 200);
    assert.equal((await desk.token({})).status, 200);
  });

  it('refuses a rotated refresh token that is older than ninety days', async () => {
    const rotated = (await desk.token({})).text('refresh_token');
    await desk.advance(91 * 86_400);

    const reply = await desk.token({ refresh_token: rotated });

    assert.equal(reply.status, 400);
    assert.equal(reply.at('error'), 'invalid_grant');
    assert.deepEqual(reply.at('error_codes'), [70002]);
    assert.match(reply.text('error_description'), /^AADSTS70002/);
  });

  it('refuses a wrong secret in the shape of the directory', async () => {
    const reply = await desk.token({ client_secret: 'wrong' });

    assert.equal(reply.status, 401);
    assert.equal(reply.at('error'), 'invalid_client');
    assert.deepEqual(reply.at('error_codes'), [7000215]);
    assert.equal(typeof reply.at('trace_id'), 'string');
  });

  it('refuses an unknown tenant, resource and grant', async () => {
    const unknownTenant = await fetch(`${desk.simulator.url}/nowhere.example/oauth2/token`, { method: 'POST' });

    assert.equal(unknownTenant.status, 400);
    assert.equal((await desk.token({ resource: 'https://elsewhere.example' })).at('error'), 'invalid_resource');
    assert.equal((await desk.token({ grant_type: 'password' })).at('error'), 'unsupported_grant_type');
  });

  it('gives an application a token by its secret alone, in the second version too', async () => {
    const scope = `${PARTNER_CENTER}/.default`;
    const reply = await post('v2.0/token', { grant_type: 'client_credentials', scope, ...client() });

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

    const reply = await desk.token({ grant_type: 'authorization_code', code });

    assert.equal(back.searchParams.get('state'), 's1');
    assert.equal(reply.status, 200);
    assert.equal(typeof reply.at('refresh_token'), 'string');
  });

  it('lets a device code be redeemed without a secret once somebody had time to sign in', async () => {
    const device = await post('v2.0/devicecode', { client_id: client().client_id, scope: 'openid' });
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: client().client_id,
      device_code: String(device.body.device_code),
      scope: `${PARTNER_CENTER}/user_impersonation`,
    };

    const early = await post('v2.0/token', form);
    await desk.advance(10);
    const later = await post('v2.0/token', form);

    assert.equal(early.body.error, 'authorization_pending');
    assert.equal(later.status, 200);
    assert.equal(typeof later.body.refresh_token, 'string');
  });

  it('tells the tenant behind a custom domain', async () => {
    const contoso = await desk.customerId('Contoso');
    const document = await fetch(`${desk.simulator.url}/contoso.example/v2.0/.well-known/openid-configuration`);

    assert.match(await document.text(), new RegExp(contoso));
  });

  describe('at the API', () => {
    it('is missed when there is no token', async () => {
      const reply = await desk.get('/v1/customers', { Authorization: '' });

      assert.equal(reply.status, 401);
      assert.equal(reply.at('code'), 800001);
      assert.match(reply.headers.get('www-authenticate') ?? '', /^Bearer/);
    });

    it('ends a token after an hour of simulated time', async () => {
      await desk.advance(3599);
      const before = await desk.get('/v1/customers');
      await desk.advance(2);
      const after = await desk.get('/v1/customers');

      assert.equal(before.status, 200);
      assert.equal(after.status, 401);
      assert.equal(after.at('code'), 400);
    });

    it('refuses a forged token', async () => {
      const reply = await desk.get('/v1/customers', { Authorization: 'Bearer a.b.c' });

      assert.equal(reply.status, 401);
    });

    it('refuses tokens for the retired audience with 900420', async () => {
      await desk.signIn({ resource: 'https://graph.windows.net' });
      const reply = await desk.get('/v1/customers');

      assert.equal(reply.status, 401);
      assert.equal(reply.at('code'), 900420);
    });

    it('refuses an application alone where a person is needed with 900329', async () => {
      const customerId = await desk.customerId('Contoso');
      await desk.signIn({ grant_type: 'client_credentials' });

      const entitlements = await desk.get(`/v1/customers/${customerId}/entitlements`);
      const customers = await desk.get('/v1/customers');

      assert.equal(entitlements.status, 403);
      assert.equal(entitlements.at('code'), 900329);
      assert.equal(customers.status, 200);
    });

    it('refuses a person without a second factor, and reports on the claim when asked', async () => {
      const customers = await desk.get('/v1/customers?size=1', { ValidateMfa: 'true' });
      const redirect = await fetch(`${tokenEndpoint()}/authorize?redirect_uri=http://localhost/&simulateMfa=false`, {
        redirect: 'manual',
      });
      const code = new URL(redirect.headers.get('location') ?? '').searchParams.get('code') ?? '';
      await desk.signIn({ grant_type: 'authorization_code', code });
      const withoutMfa = await desk.get('/v1/customers', { ValidateMfa: 'true' });
      const notAsked = await desk.get('/v1/customers');

      assert.equal(customers.headers.get('ismfacompliant'), 'true');
      assert.equal(withoutMfa.headers.get('ismfacompliant'), 'false');
      assert.equal(notAsked.headers.get('ismfacompliant'), null);
      assert.equal(withoutMfa.status, 401);
      assert.equal(withoutMfa.at('code'), 900421);
    });
  });
});
