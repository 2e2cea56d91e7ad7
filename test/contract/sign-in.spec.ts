import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Secret } from '../../src/domain/secret.ts';
import type { RefreshTokenStore } from '../../src/microsoft/oauth/refresh-tokens.ts';
import { readClientSecret } from '../../src/partner-center/client/client-secret.ts';
import { createIdentity, type Identity } from '../support/certificates.ts';
import { createFakeTimer } from '../support/fake-timer.ts';
import { recordLog } from '../support/recorded-log.ts';
import { found, refusalOf } from './assertions.ts';
import { freshId, needsSimulator, openService, type Service } from './server.ts';

describe('the contract of signing in', () => {
  let service: Service;
  before(async () => {
    service = await openService();
  });
  after(() => service?.close());

  const signIns = async (since: number) =>
    (await service.requests(since)).filter(({ path }) => path.endsWith('/oauth2/token'));
  const count = async () => (await service.requests()).length;

  it('gets both kinds of token from the configured credentials', async () => {
    const center = service.client();
    const { found: some } = await center.customers.search('', 1);

    await center.tickets.list('open');

    assert.ok(some.length > 0);
  });

  it('tells whether the consent was given with a second factor (`ValidateMfa`)', async () => {
    const isCompliant = await service.client().isMfaCompliant();

    assert.ok(isCompliant === true || isCompliant === undefined);
  });

  it('asks once for many calls at the same time, and keeps the token', async function () {
    needsSimulator(this);
    const center = service.client();
    const customer = await service.customer();
    const before = await count();

    await Promise.all(Array.from({ length: 20 }, () => center.ordering.orders(customer.id)));
    await center.ordering.orders(customer.id);
    await Promise.all(Array.from({ length: 5 }, () => center.tickets.list('open')));

    assert.equal((await signIns(before)).length, 2);
  });

  it('renews a token that has expired: 401, then the same call under the same MS-RequestId', async function () {
    needsSimulator(this);
    const center = service.client();
    const customer = await service.customer();
    await center.ordering.orders(customer.id);
    await service.advance(3_700);
    const before = await count();

    await center.ordering.orders(customer.id);

    const sent = await service.requests(before);
    assert.deepEqual(
      sent.map(({ status }) => status),
      [401, 200, 200],
    );
    const [refused, , repeated] = sent;
    assert.equal(repeated?.requestId, refused?.requestId);
    assert.notEqual(repeated?.correlationId, refused?.correlationId);
    await service.reset();
  });

  it('renews a token by itself five minutes before its end', async function () {
    needsSimulator(this);
    let now = Date.now();
    const center = service.client({ timer: { now: () => now, pause: async () => {} } });
    await center.customers.search('', 1);
    const before = await count();

    now += 54 * 60_000;
    await center.customers.search('', 1);
    assert.equal((await signIns(before)).length, 0);
    now += 2 * 60_000;
    await center.customers.search('', 1);

    assert.equal((await signIns(before)).length, 1);
  });

  it('keeps the refresh token that comes back instead of its own, and uses it next time', async function () {
    needsSimulator(this);
    const kept: string[] = [];
    const refreshTokens: RefreshTokenStore = {
      load: async () => ({ kind: 'found', value: kept.at(-1) ?? service.credentials.refreshToken }),
      save: async (token) => void kept.push(token.reveal()),
    };
    const first = service.client({ refreshTokens });
    await first.tickets.list('open');

    const second = service.client({ refreshTokens });
    await second.tickets.list('open');

    assert.equal(kept.length, 2);
    assert.notEqual(kept[0], service.credentials.refreshToken);
  });

  it('tries the configured refresh token when the kept one has gone stale', async function () {
    needsSimulator(this);
    const saved: string[] = [];
    const refreshTokens: RefreshTokenStore = {
      load: async () => ({ kind: 'found', value: 'gone-stale' }),
      save: async (token) => void saved.push(token.reveal()),
    };
    const before = await count();

    await service.client({ refreshTokens }).tickets.list('open');

    assert.deepEqual(
      (await signIns(before)).map(({ status }) => status),
      [400, 200],
    );
    assert.equal(saved.length, 1);
  });

  for (const [what, change, code, remedy] of [
    ['a wrong secret', { clientSecret: 'wrong-secret-0815' }, 'AADSTS7000215', /PARTNER_CENTER_CLIENT_SECRET/],
    ['an unknown application', { clientId: freshId() }, 'AADSTS700016', /PARTNER_CENTER_CLIENT_ID/],
    ['an unknown tenant', { tenantId: freshId() }, 'AADSTS90002', /PARTNER_CENTER_TENANT_ID/],
  ] as const) {
    it(`says which setting to change for ${what}`, async function () {
      needsSimulator(this);
      const log = recordLog();
      const center = service.client({ ...change, log });

      const error = await refusalOf(center.customers.search('', 1), {
        operation: 'signIn',
        kind: 'unauthorized',
        code,
      });

      assert.match(error.description ?? '', remedy);
      assert.equal(log.lines.filter(({ level }) => level === 'error').length, 1);
      assert.doesNotMatch(inspect([error, log.lines], { depth: 9 }), /wrong-secret-0815/);
    });
  }

  it('says that the consent must be renewed for a refresh token that is none', async function () {
    needsSimulator(this);
    const center = service.client({ refreshToken: 'no-such-token-4711' });

    const error = await refusalOf(center.tickets.list('open'), { operation: 'signIn', kind: 'unauthorized' });

    assert.match(error.description ?? '', /PARTNER_CENTER_REFRESH_TOKEN/);
    assert.doesNotMatch(inspect(error, { depth: 9 }), /no-such-token-4711/);
  });

  it('says so when the consent was given without a second factor', async function () {
    needsSimulator(this);
    const { authority, tenantId, clientId, clientSecret } = service.credentials;
    const back = 'http://localhost/back';
    const page = await fetch(
      `${authority}/${tenantId}/oauth2/authorize?client_id=${clientId}&redirect_uri=${back}&simulateMfa=false`,
      { redirect: 'manual' },
    );
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const body = new URLSearchParams({
      ...{ grant_type: 'authorization_code', code, client_id: clientId, client_secret: clientSecret },
      resource: 'https://api.partnercenter.microsoft.com',
    });
    const granted = await fetch(`${authority}/${tenantId}/oauth2/token`, { method: 'POST', body });
    const { refresh_token: refreshToken } = (await granted.json()) as { refresh_token: string };
    const log = recordLog();

    const error = await refusalOf(service.client({ refreshToken, log }).tickets.list('open'), {
      kind: 'unauthorized',
      status: 401,
    });

    assert.match(error.description ?? '', /multi-factor/i);
    assert.ok(log.lines.some(({ level }) => level === 'error'));
  });

  it('is open to a client whose clock is wrong', async function () {
    needsSimulator(this);
    const timer = { ...createFakeTimer(), now: () => 0 };

    const { found: some } = await service.client({ timer }).customers.search('', 1);

    assert.equal(some.length, 1);
  });

  it('shows neither token nor secret in what the client logs', async function () {
    needsSimulator(this);
    const log = recordLog();
    const center = service.client({ log });
    await service.fault({ path: '/v1/', status: 503, times: 2 });

    await center.tickets.list('open');
    await center.customers.search('', 1);

    const said = inspect(log.lines, { depth: 9 });
    assert.ok(log.lines.length > 2);
    for (const secret of [service.credentials.clientSecret, service.credentials.refreshToken, 'eyJ', 'Bearer']) {
      assert.ok(!said.includes(secret), secret.slice(0, 8));
    }
    assert.equal(String(new Secret('x')), '[secret]');
  });
});

describe('the contract of signing in with a certificate', () => {
  const own = createIdentity({ name: 'software-desk' });
  const outdated = createIdentity({ name: 'software-desk, years ago', to: '2021-01-01' });
  const stranger = createIdentity({ name: 'somebody else' });
  const pemOf = ({ keyPem, pem }: Identity) => readClientSecret(keyPem + pem, () => assert.fail('it reads a file'));
  let service: Service;

  before(async function () {
    needsSimulator(this as unknown as Mocha.Context);
    service = await openService({ certificate: own.pem + outdated.pem });
  });
  after(() => service?.close());

  it('gets both kinds of token, and a product key with them', async () => {
    const center = service.client({ clientSecret: pemOf(own) });
    const [customer] = (await center.customers.search('Contoso', 1)).found;
    const [entitlement] = await center.keys.entitlements(found(customer, 'customer').id, 'DE');

    const key = await center.keys.productKey(found(entitlement?.versions[0], 'version'));

    assert.match(key.reveal(), /^SMPLE/);
  });

  it('is given as the path of a .pem file, or with its line breaks written out', async () => {
    const pem = own.pem + own.keyPem;
    const ofFile = readClientSecret('/etc/software-desk.pem', () => pem);
    const ofLine = readClientSecret(pem.replaceAll('\n', '\\n'), () => assert.fail('it reads a file'));

    for (const clientSecret of [ofFile, ofLine]) {
      const { found: some } = await service.client({ clientSecret }).customers.search('', 1);
      assert.equal(some.length, 1);
    }
  });

  it('leaves the secret in force beside it', async () => {
    await service.client().tickets.list('open');
  });

  it('proves itself anew at each sign-in, also to renew a token', async () => {
    const center = service.client({ clientSecret: pemOf(own) });
    await center.tickets.list('open');
    await service.advance(3_700);

    await center.tickets.list('open');

    assert.equal((await service.requests()).at(-1)?.status, 200);
    await service.reset();
  });

  for (const [what, identity] of [
    ['that is not registered', stranger],
    ['that has expired', outdated],
  ] as const) {
    it(`says what to do about one ${what} (AADSTS700027), and quotes nothing of it`, async () => {
      const log = recordLog();
      const center = service.client({ clientSecret: pemOf(identity), log });

      const error = await refusalOf(center.customers.search('', 1), {
        operation: 'signIn',
        kind: 'unauthorized',
        code: 'AADSTS700027',
      });

      assert.match(error.description ?? '', /certificate of PARTNER_CENTER_CLIENT_SECRET/);
      assert.equal(log.lines.filter(({ level }) => level === 'error').length, 1);
      assert.doesNotMatch(inspect([error, log.lines], { depth: 9 }), /BEGIN|eyJ/);
    });
  }

  it('shows neither key nor assertion in what the client logs', async () => {
    const log = recordLog();
    await service.fault({ path: '/oauth2/token', status: 503 });

    await service.client({ clientSecret: pemOf(own), log }).customers.search('', 1);

    assert.ok(log.lines.length > 0);
    assert.doesNotMatch(inspect(log.lines, { depth: 9 }), /BEGIN|eyJ|client_assertion/);
  });
});
