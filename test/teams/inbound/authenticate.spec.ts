import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createAllows } from '../../../src/teams/hosts.ts';
import { type Admit, createAdmit } from '../../../src/teams/inbound/authenticate.ts';
import { createSigningKeys } from '../../../src/teams/inbound/signing-keys.ts';
import { type KeyServer, startKeyServer } from '../../support/key-server.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { activity, staffTenantId } from '../activities.ts';
import { readableLog } from '../parts.ts';
import { appId, registration, serviceUrl } from '../registration.ts';

const allows = createAllows(['smba.trafficmanager.net']);
const minutes = (count: number): number => Math.floor(Date.now() / 1000) + count * 60;

describe('admission with an app id', () => {
  let keys: KeyServer;
  let admit: Admit;
  const { log, text: logged } = readableLog();

  before(async () => {
    keys = await startKeyServer();
    admit = createAdmit({ bot: registration(keys.url), allows, staffTenantId, log });
  });
  after(() => keys.close());

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
  });

  it('takes an address that differs from the claim in a slash or in the case of letters', async () => {
    for (const claimed of ['https://smba.trafficmanager.net/emea', 'https://SMBA.trafficmanager.net/EMEA/'])
      assert.equal(await admit(teams, bearer(keys.token({ ...good(), serviceurl: claimed }))), 200);
  });

  it('tolerates clocks that differ by less than five minutes', async () => {
    assert.equal(await admit(teams, bearer(keys.token({ ...good(), exp: minutes(-2) }))), 200);
    assert.equal(await admit(teams, bearer(keys.token({ ...good(), nbf: minutes(2) }))), 200);
  });

  const refusals: [string, () => string | undefined][] = [
    ['no header', () => undefined],
    ['an empty header', () => ''],
    ['the scheme in small letters', () => `bearer ${keys.token(good())}`],
    [
      'an address with its port',
      () => bearer(keys.token({ ...good(), serviceurl: 'https://smba.trafficmanager.net:443/emea/' })),
    ],
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
    [
      'a longer digest than the channel signs with',
      () => bearer(keys.token(good(), { header: { alg: 'RS512' }, digest: 'RSA-SHA512' })),
    ],
    ['a key that may sign for no channel', () => bearer(keys.token(good(), { header: { kid: 'plain' } }))],
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
    ['no serviceUrl', { serviceUrl: undefined }],
    ['another tenant', { channelData: { tenant: { id: '99999999-0000-4000-8000-000000000000' } } }],
    ['no tenant', { channelData: undefined, conversation: { id: 'a:1' } }],
  ];
  for (const [what, changes] of others) {
    it(`answers 403 to a good token with ${what}`, async () => {
      assert.equal(await admit(activity('personal', changes), bearer(keys.token(good()))), 403);
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
    const { log: ownLog, text } = readableLog();
    const deaf = createAdmit({ bot: registration(gone.url), allows, staffTenantId, log: ownLog });

    assert.equal(await deaf(teams, bearer(gone.token(good()))), 401);
    assert.match(text(), new RegExp(`the keys of the channel cannot be read at ${gone.url}`));
  });

  const reasons: [string, () => Promise<unknown>, RegExp][] = [
    ['no token', () => admit(teams, undefined), /no token/],
    ['an expired one', () => admit(teams, bearer(keys.token({ ...good(), exp: minutes(-10) }))), /has expired/],
    ['one that is not valid yet', () => admit(teams, bearer(keys.token({ ...good(), nbf: minutes(10) }))), /nbf/],
    ['a forged one', () => admit(teams, bearer(keys.token(good(), { key: keys.otherKey }))), /signature .* is wrong/],
    ['one of another app', () => admit(teams, bearer(keys.token({ ...good(), aud: 'x' }))), /for another app/],
    [
      'another address',
      () => admit(activity('personal', { serviceUrl: 'https://x.example/' }), bearer(keys.token(good()))),
      /another service address/,
    ],
    [
      'an address that is not served',
      () => {
        const elsewhere = 'https://canary.botapi.skype.com/amer/';
        const token = keys.token({ ...good(), serviceurl: elsewhere });
        return admit(activity('personal', { serviceUrl: elsewhere }), bearer(token));
      },
      /SERVICE_URL_HOSTS.*canary\.botapi\.skype\.com/,
    ],
    [
      'another channel',
      () => admit(activity('personal', { channelId: 'webchat' }), bearer(keys.token(good()))),
      /webchat/,
    ],
  ];
  for (const [what, refuse, why] of reasons)
    it(`says in the log, in one line and nowhere else, why it refuses ${what}`, async () => {
      const printed: unknown[] = [];
      const { error: toError, log: toLog } = console;
      console.error = (...args) => void printed.push(...args);
      console.log = (...args) => void printed.push(...args);
      const before = logged().length;

      await refuse().finally(() => {
        console.error = toError;
        console.log = toLog;
      });

      const lines = logged().slice(before).trim().split('\n');
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', why);
      assert.doesNotMatch(lines[0] ?? '', /eyJ|BEGIN/);
      assert.deepEqual(printed, []);
    });
});

describe("the channel's keys", () => {
  let server: KeyServer;
  let hours: number;
  const minute = 1 / 60;

  beforeEach(async () => {
    server = await startKeyServer();
    hours = 0;
  });
  afterEach(() => server.close());

  const start = (waitMs?: number) => {
    const { log, text } = readableLog();
    const keys = createSigningKeys({ url: server.url, log, now: () => hours * 3_600_000, waitMs });
    const isFound = async (id: string) => typeof (await keys.find(id)) === 'object';
    const lines = () => text().trim().split('\n').filter(Boolean);
    return { keys, isFound, lines };
  };

  it('are read once, and again in the background after a day', async () => {
    const { isFound } = start();
    for (const hour of [0, 1, 23]) {
      hours = hour;
      assert.ok(await isFound('msteams'));
    }
    assert.equal(server.asked(), 1);

    hours = 25;
    server.rotate('next');
    assert.ok(await isFound('msteams'));
    await waitUntil(async () => !(await isFound('msteams')), 'the new keys');
    assert.ok(await isFound('next'));
  });

  for (const state of ['failing', 'hanging'] as const)
    it(`go on serving for days while the document is ${state}, at once`, async () => {
      const { isFound } = start();
      await isFound('msteams');
      server.become(state);

      for (const hour of [25, 26, 100]) {
        hours = hour;
        assert.ok(await isFound('msteams'));
      }
      await waitUntil(() => server.asked() > 1, 'a try to read them again');
    });

  it('are told of in the log once while they cannot be read, with the address, and when they can again', async () => {
    const { keys, lines } = start();
    server.become('failing');
    assert.equal(await keys.find('msteams'), 'away');
    hours += minute;
    assert.equal(await keys.find('msteams'), 'away');
    server.become('well');
    hours += minute;
    assert.equal(typeof (await keys.find('msteams')), 'object');

    assert.equal(lines().length, 2);
    assert.match(lines()[0] ?? '', new RegExp(`${server.url}.*answered 500|answered 500.*${server.url}`));
    assert.match(lines()[1] ?? '', /can be read again/);
  });

  it('are looked up where a token names one that is not known, but not for each such token', async () => {
    const { keys, isFound } = start();
    await isFound('msteams');
    server.rotate('next');

    for (let times = 0; times < 20; times += 1) assert.equal(await keys.find(`made up ${times}`), 'unknown');
    assert.equal(server.asked(), 1);
    hours += minute;
    assert.ok(await isFound('next'));
    assert.equal(server.asked(), 2);
  });

  it('are not waited for long where the document hangs', async () => {
    const { keys } = start(10);
    server.become('hanging');

    assert.equal(await keys.find('msteams'), 'away');
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
