import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { Registration } from '../../../src/teams/credentials.ts';
import { createAllows } from '../../../src/teams/hosts.ts';
import { type Admit, createAdmit } from '../../../src/teams/inbound/authenticate.ts';
import { type KeyServer, startKeyServer } from '../../support/key-server.ts';
import { activity, staffTenantId } from '../activities.ts';

const appId = '7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const allows = createAllows(['smba.trafficmanager.net']);
const minutes = (count: number): number => Math.floor(Date.now() / 1000) + count * 60;

function registration(openId: string): Registration {
  return {
    mode: 'registered',
    appId,
    appType: 'SingleTenant',
    appPassword: 'password',
    appTenantId: staffTenantId,
    keys: {
      ToChannelFromBotLoginUrl: 'http://127.0.0.1:1/login',
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: openId,
      ToBotFromEmulatorOpenIdMetadataUrl: openId,
      OAuthUrl: 'http://127.0.0.1:1/oauth',
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: 'true',
    },
  };
}

describe('admission with an app id', () => {
  let keys: KeyServer;
  let admit: Admit;
  // The SDK prints refused signatures on the console itself.
  const print = console.error;

  before(async () => {
    console.error = () => undefined;
    keys = await startKeyServer();
    admit = createAdmit({ bot: registration(keys.url), allows, staffTenantId });
  });
  after(async () => {
    console.error = print;
    await keys.close();
  });

  const good = () => ({
    iss: 'https://api.botframework.com',
    aud: appId,
    serviceurl: serviceUrl,
    nbf: minutes(-1),
    exp: minutes(60),
  });
  const claimsWithout = (name: keyof ReturnType<typeof good>) => ({ ...good(), [name]: undefined });
  const bearer = (token: string): string => `Bearer ${token}`;
  const teams = activity('channel-mention');

  it('lets a good token in', async () => {
    assert.equal(await admit(teams, bearer(keys.token(good()))), 200);
    assert.equal(await admit(teams, `bearer ${keys.token(good())}`), 200);
  });

  it('tolerates clocks that differ by less than five minutes', async () => {
    assert.equal(await admit(teams, bearer(keys.token({ ...good(), exp: minutes(-2) }))), 200);
    assert.equal(await admit(teams, bearer(keys.token({ ...good(), nbf: minutes(2) }))), 200);
  });

  const refusals: [string, () => string | undefined][] = [
    ['no header', () => undefined],
    ['an empty header', () => ''],
    ['another scheme', () => `Basic ${keys.token(good())}`],
    ['garbage', () => 'Bearer garbage'],
    ['three parts of garbage', () => 'Bearer a.b.c'],
    ['two tokens', () => `Bearer ${keys.token(good())} ${keys.token(good())}`],
    ['another issuer', () => bearer(keys.token({ ...good(), iss: 'https://evil.example' }))],
    ['no issuer', () => bearer(keys.token(claimsWithout('iss')))],
    ['another audience', () => bearer(keys.token({ ...good(), aud: '00000000-0000-4000-8000-000000000000' }))],
    ['no audience', () => bearer(keys.token(claimsWithout('aud')))],
    ['a list of audiences', () => bearer(keys.token({ ...good(), aud: [appId] }))],
    ['an unknown key', () => bearer(keys.token(good(), { header: { kid: 'unknown' } }))],
    ['no key id', () => bearer(keys.token(good(), { header: { kid: undefined } }))],
    ['a wrong signature', () => bearer(keys.token(good(), { key: keys.otherKey }))],
    ['no signature', () => bearer(keys.token(good(), { header: { alg: 'none' } }).replace(/[^.]+$/, ''))],
    ["an algorithm that is not the signature's", () => bearer(keys.token(good(), { header: { alg: 'RS512' } }))],
    ['a symmetric algorithm', () => bearer(symmetric(keys.token(good(), { header: { alg: 'HS256' } })))],
    ['no exp', () => bearer(keys.token(claimsWithout('exp')))],
    ['exp ten minutes ago', () => bearer(keys.token({ ...good(), exp: minutes(-10) }))],
    ['nbf in ten minutes', () => bearer(keys.token({ ...good(), nbf: minutes(10) }))],
    [
      'another serviceurl',
      () => bearer(keys.token({ ...good(), serviceurl: 'https://smba.trafficmanager.net/amer/' })),
    ],
    ['no serviceurl', () => bearer(keys.token(claimsWithout('serviceurl')))],
    [
      "an emulator's token",
      () =>
        bearer(keys.token({ ...good(), iss: `https://sts.windows.net/${staffTenantId}/`, appid: appId, ver: '1.0' })),
    ],
    ["a skill's token", () => bearer(keys.token({ ...good(), ver: '1.0', appid: 'another-bot' }))],
    ['the name of an anonymous skill', () => bearer(keys.token({ ...good(), appid: 'AnonymousSkill' }))],
  ];
  for (const [what, header] of refusals) {
    it(`answers 401 to ${what}`, async () => assert.equal(await admit(teams, header()), 401));
  }

  it('answers 401 to a channel for which the key is not endorsed', async () => {
    assert.equal(await admit(activity('personal', { channelId: 'directline' }), bearer(keys.token(good()))), 401);
  });

  const others: [string, Record<string, unknown>][] = [
    ['another channel', { channelId: 'webchat' }],
    ['no channel', { channelId: undefined }],
    ['AseChannel', { channelId: 'AseChannel' }],
    ['another channel by a key without endorsements', { channelId: 'directline' }],
    ['no serviceUrl', { serviceUrl: undefined }],
    ['another tenant', { channelData: { tenant: { id: '99999999-0000-4000-8000-000000000000' } } }],
    ['no tenant', { channelData: undefined, conversation: { id: 'a:1' } }],
  ];
  for (const [what, changes] of others) {
    it(`answers 403 to a good token with ${what}`, async () => {
      const header = what.includes('without') ? { kid: 'plain' } : {};
      assert.equal(await admit(activity('personal', changes), bearer(keys.token(good(), { header }))), 403);
    });
  }

  it('answers 403 to a good token with a serviceUrl that is not served', async () => {
    for (const elsewhere of ['https://evil.example/', 'http://smba.trafficmanager.net/', 'http://127.0.0.1:80/']) {
      const token = keys.token({ ...good(), serviceurl: elsewhere });
      assert.equal(await admit(activity('personal', { serviceUrl: elsewhere }), bearer(token)), 403);
    }
  });

  it('answers 400 to a good token without a sender or a conversation', async () => {
    const named = { channelData: { tenant: { id: staffTenantId } } };
    for (const changes of [{ from: undefined }, { from: { name: 'x' } }, { ...named, conversation: undefined }]) {
      assert.equal(await admit(activity('personal', changes), bearer(keys.token(good()))), 400);
    }
  });

  it('answers 401 while the key server cannot be reached', async () => {
    const gone = await startKeyServer();
    await gone.close();
    const deaf = createAdmit({ bot: registration(gone.url), allows, staffTenantId });

    assert.equal(await deaf(teams, bearer(gone.token(good()))), 401);
  });
});

describe('admission in development', () => {
  const admit = createAdmit({
    bot: { mode: 'development' },
    allows: createAllows(['localhost']),
    staffTenantId: undefined,
  });
  const local = { serviceUrl: 'http://localhost:56150/_connector' };

  it('asks for no token, and takes any channel and tenant', async () => {
    for (const channelId of ['msteams', 'emulator', undefined]) {
      assert.equal(await admit(activity('other-tenant', { ...local, channelId }), undefined), 200);
    }
  });

  it('sends to this machine only', async () => {
    assert.equal(await admit(activity('personal'), undefined), 403);
    assert.equal(await admit(activity('personal', { serviceUrl: undefined }), undefined), 403);
  });

  it('serves one tenant where one is named', async () => {
    const strict = createAdmit({ bot: { mode: 'development' }, allows: createAllows(['localhost']), staffTenantId });
    assert.equal(await strict(activity('personal', local), undefined), 200);
    assert.equal(
      await strict(activity('personal', { ...local, channelData: { tenant: { id: 'x' } } }), undefined),
      403,
    );
  });
});

/** The public key is known to everybody: whoever takes it for a shared secret is fooled. */
function symmetric(token: string): string {
  const head = token.split('.').slice(0, 2).join('.');
  return `${head}.${createHmac('sha256', 'public key').update(head).digest('base64url')}`;
}
