import assert from 'node:assert/strict';
import { constants, createHash, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createSimulator } from '../../src/simulator/index.ts';
import { createIdentity, type Identity } from '../support/certificates.ts';
import { type Client, PARTNER_CENTER, startClient } from './client.ts';

const own = createIdentity({ name: 'software-client' });
const second = createIdentity({ name: 'software-client, next year' });
const stranger = createIdentity({ name: 'somebody else' });
const outdated = createIdentity({ name: 'software-client, years ago', to: '2021-01-01' });

interface Changes {
  head?: object;
  claims?: object;
  signedBy?: KeyObject;
  endpoint?: string;
}

describe('certificate credentials', () => {
  let client: Client;
  before(async () => {
    client = await startClient({ certificate: own.pem + second.pem + outdated.pem });
  });
  beforeEach(() => client.reset());
  after(() => client.close());

  const endpoint = (version = 'token') =>
    `${client.simulator.url}/${client.simulator.credentials.tenantId}/oauth2/${version}`;

  /** An assertion as the identity platform documents it, apart from what is changed. */
  function assertion(identity: Identity, { head, claims, signedBy, endpoint: audience }: Changes = {}): string {
    const { clientId } = client.simulator.credentials;
    const at = Math.floor(Date.now() / 1000);
    const thumbprint = createHash('sha256').update(identity.certificate.raw).digest('base64url');
    const wholeHead = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint, ...head };
    const wholeClaims = {
      aud: audience ?? endpoint(),
      iss: clientId,
      sub: clientId,
      jti: randomUUID(),
      nbf: at,
      exp: at + 300,
      ...claims,
    };
    const parts = [wholeHead, wholeClaims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    const key = { key: signedBy ?? identity.key, ...(wholeHead.alg === 'PS256' ? pss : {}) };
    return [...parts, sign('sha256', Buffer.from(parts.join('.')), key).toString('base64url')].join('.');
  }

  const ask = async (form: Record<string, string>, version = 'token') => {
    const { clientId } = client.simulator.credentials;
    const body = new URLSearchParams({ client_id: clientId, resource: PARTNER_CENTER, ...form });
    const response = await fetch(endpoint(version), { method: 'POST', body });
    const answer: unknown = await response.json();
    return { status: response.status, body: Object.fromEntries(Object.entries(answer ?? {})) };
  };
  const proof = (identity: Identity, changes?: Changes) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion(identity, changes),
  });
  const app = { grant_type: 'client_credentials' };

  it('sign an application in instead of its secret, with PS256 as with RS256', async () => {
    const withPss = await ask({ ...app, ...proof(own) });
    const withPkcs1 = await ask({ ...app, ...proof(own, { head: { alg: 'RS256' } }) });

    assert.equal(withPss.status, 200);
    assert.equal(withPkcs1.status, 200);
    const customers = await client.get('/v1/customers?size=1', {
      Authorization: `Bearer ${withPss.body.access_token}`,
    });
    assert.equal(customers.status, 200);
  });

  it('may be any of the registered certificates, named by the older thumbprint too', async () => {
    const x5t = createHash('sha1').update(second.certificate.raw).digest('base64url');

    const reply = await ask({ ...app, ...proof(second, { head: { 'x5t#S256': undefined, x5t } }) });

    assert.equal(reply.status, 200);
  });

  it('sign a person in with a refresh token and with an authorization code', async () => {
    const { refreshToken } = client.simulator.credentials;
    const page = await fetch(`${endpoint('authorize')}?redirect_uri=http://localhost/`, { redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';

    const refreshed = await ask({ grant_type: 'refresh_token', refresh_token: refreshToken, ...proof(own) });
    const redeemed = await ask({ grant_type: 'authorization_code', code, ...proof(own) });

    assert.equal(refreshed.status, 200);
    assert.equal(typeof refreshed.body.refresh_token, 'string');
    assert.equal(redeemed.status, 200);
  });

  it('are taken with a device code, and refused there when they are wrong', async () => {
    const device = await ask({}, 'devicecode');
    await client.advance(10);
    const form = { grant_type: 'device_code', code: String(device.body.device_code) };

    const good = await ask({ ...form, ...proof(own) });
    const bad = await ask({ ...form, ...proof(stranger) });

    assert.equal(good.status, 200);
    assert.deepEqual(bad.body.error_codes, [700027]);
  });

  it('are meant for the version of the endpoint they are sent to', async () => {
    const scope = `${PARTNER_CENTER}/.default`;
    const second = await ask({ ...app, scope, ...proof(own, { endpoint: endpoint('v2.0/token') }) }, 'v2.0/token');
    const first = await ask({ ...app, scope, ...proof(own) }, 'v2.0/token');

    assert.equal(second.status, 200);
    assert.deepEqual(first.body.error_codes, [700023]);
  });

  it('are judged by the real clock, however far the simulated one has been moved', async () => {
    await client.advance(40 * 86_400);

    assert.equal((await ask({ ...app, ...proof(own) })).status, 200);
  });

  const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
  const wrong: [string, () => Record<string, string>, number][] = [
    ['signed by a certificate that is not registered', () => proof(stranger), 700027],
    ['signed by another key than the one they name', () => proof(own, { signedBy: stranger.key }), 700027],
    ['signed by a certificate that has ended', () => proof(outdated), 700027],
    ['changed after they were signed', () => tampered(proof(own)), 700027],
    ['when they have expired', () => proof(own, { claims: { nbf: ago(1200), exp: ago(600) } }), 700024],
    ['when they are not valid yet', () => proof(own, { claims: { nbf: ago(-900), exp: ago(-1200) } }), 700024],
    [
      'when they are meant for somewhere else',
      () => proof(own, { claims: { aud: 'https://login.example/token' } }),
      700023,
    ],
    ['issued by another application', () => proof(own, { claims: { iss: randomUUID() } }), 700021],
    ['about another application', () => proof(own, { claims: { sub: randomUUID() } }), 700021],
    ['without an algorithm', () => proof(own, { head: { alg: 'none' } }), 50027],
    ['without an end', () => proof(own, { claims: { exp: undefined } }), 50027],
    ['without their type', () => ({ client_assertion: assertion(own) }), 7000218],
  ];
  for (const [how, sent, code] of wrong) {
    it(`are refused ${how}: 401, AADSTS${code}`, async () => {
      const reply = await ask({ ...app, ...sent() });

      assert.equal(reply.status, 401);
      assert.equal(reply.body.error, 'invalid_client');
      assert.deepEqual(reply.body.error_codes, [code]);
      assert.match(String(reply.body.error_description), new RegExp(`^AADSTS${code}: `));
    });
  }

  it('are asked for where neither they nor a secret come', async () => {
    const reply = await ask(app);

    assert.equal(reply.status, 401);
    assert.deepEqual(reply.body.error_codes, [7000218]);
  });

  it('are unknown to an application that has registered none', async () => {
    const other = await startClient();
    const { clientId, tenantId } = other.simulator.credentials;
    const audience = `${other.simulator.url}/${tenantId}/oauth2/token`;
    const form = { ...app, client_id: clientId, resource: PARTNER_CENTER, ...proof(own, { endpoint: audience }) };

    const reply = await fetch(audience, { method: 'POST', body: new URLSearchParams(form) });
    const text = await reply.text();
    await other.close();

    assert.equal(reply.status, 401);
    assert.match(text, /AADSTS700027: .*The key was not found/);
  });

  it('need a certificate in PEM, which is told at the start', async () => {
    const options = { port: 0, mode: 'extended', delaySeconds: 1, certificate: 'MIIB' } as const;

    await assert.rejects(createSimulator(options), /not PEM/);
  });
});

function tampered(form: { client_assertion: string }): Record<string, string> {
  const [head, claims, signature] = form.client_assertion.split('.');
  const changed = { ...JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()), jti: 'another' };
  const body = Buffer.from(JSON.stringify(changed)).toString('base64url');
  return { ...form, client_assertion: [head, body, signature].join('.') };
}
