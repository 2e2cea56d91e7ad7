import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Secret } from '../../../src/domain/secret.ts';
import type { RefreshTokenStore, StoredToken } from '../../../src/microsoft/oauth/refresh-tokens.ts';
import { SignInError } from '../../../src/microsoft/oauth/sign-in-error.ts';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';

const tokenPath = '/partner-tenant/oauth2/token';
const orders = `/v1/customers/${customerId}/orders`;
const entitlements = `/v1/customers/${customerId}/entitlements`;
const none = { json: items([]) };
const routes = { [`GET ${orders}`]: none, [`GET ${entitlements}`]: none };

function given(more: object = {}) {
  return { json: { token_type: 'Bearer', expires_in: '3600', access_token: 'a-token', ...more } };
}

function refused(code: number, error: string) {
  return {
    status: 400,
    json: {
      error,
      error_description: `AADSTS${code}: Something. Trace ID: x`,
      error_codes: [code],
      timestamp: '2026-03-01 12:00:00Z',
      trace_id: 'trace',
      correlation_id: 'the-correlation',
    },
  };
}

function held(value: string | undefined): StoredToken {
  return value === undefined ? { kind: 'none' } : { kind: 'found', value };
}

/** The refresh tokens of sign-ins, in their order. */
function tokensIn(signIns: readonly { readonly text: string }[]) {
  return signIns.map(({ text }) => new URLSearchParams(text).get('refresh_token'));
}

const never = () => new Promise<never>(() => undefined);

describe('tokens', () => {
  afterEach(closeBenches);

  it('are asked for with the client’s credentials where the application may call', async () => {
    const { center, server } = await startBench(routes);

    await center.ordering.orders(customerId);

    const [signIn] = server.signIns;
    assert.equal(signIn?.method, 'POST');
    assert.equal(signIn?.path, tokenPath);
    assert.equal(signIn?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(signIn?.text)), {
      grant_type: 'client_credentials',
      client_id: 'the-client',
      client_secret: 'the-client-secret',
      resource: 'https://api.partnercenter.microsoft.com',
    });
  });

  it('are asked for with the refresh token where a person must call', async () => {
    const { center, server } = await startBench(routes);

    await center.keys.entitlements(customerId, 'US');

    assert.deepEqual(Object.fromEntries(new URLSearchParams(server.signIns[0]?.text)), {
      grant_type: 'refresh_token',
      refresh_token: 'configured-refresh-token',
      scope: 'openid',
      client_id: 'the-client',
      client_secret: 'the-client-secret',
      resource: 'https://api.partnercenter.microsoft.com',
    });
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer user-token-1');
  });

  it('are kept until five minutes before they end', async () => {
    const { center, server, timer } = await startBench(routes);

    await center.ordering.orders(customerId);
    timer.advance(54 * 60_000);
    await center.ordering.orders(customerId);
    assert.equal(server.signIns.length, 1);

    timer.advance(2 * 60_000);
    await center.ordering.orders(customerId);
    assert.equal(server.signIns.length, 2);
  });

  it('are asked for once by calls at the same time, one of each kind', async () => {
    const { center, server } = await startBench(routes);

    await Promise.all([
      ...Array.from({ length: 6 }, () => center.ordering.orders(customerId)),
      ...Array.from({ length: 6 }, () => center.keys.entitlements(customerId, 'US')),
    ]);

    assert.equal(server.signIns.length, 2);
  });

  it('rotate: a new refresh token is used from then on, and stored', async () => {
    const stored = new Map<string, Secret<string>>();
    const refreshTokens = {
      load: async (fingerprint: string) => held(stored.get(fingerprint)?.reveal()),
      save: async (token: Secret<string>, fingerprint: string) => {
        stored.set(fingerprint, token);
      },
    };
    const { center, server, timer } = await startBench(
      { ...routes, [`POST ${tokenPath}`]: given({ refresh_token: 'rotated-refresh-token' }) },
      { refreshTokens },
    );

    await center.keys.entitlements(customerId, 'US');
    timer.advance(60 * 60_000);
    await center.keys.entitlements(customerId, 'US');

    assert.deepEqual(
      server.signIns.map(({ text }) => new URLSearchParams(text).get('refresh_token')),
      ['configured-refresh-token', 'rotated-refresh-token'],
    );
    const [[fingerprint, token] = []] = stored;
    assert.match(String(fingerprint), /^[0-9a-f]{16}$/);
    assert.equal(token?.reveal(), 'rotated-refresh-token');
  });

  it('start from the stored refresh token, and fall back on the configured one when that is refused', async () => {
    const refreshTokens = { load: async () => held('stale-refresh-token'), save: async () => undefined };
    const { center, server } = await startBench(
      {
        ...routes,
        [`POST ${tokenPath}`]: ({ text }) => (text.includes('stale') ? refused(700082, 'invalid_grant') : given()),
      },
      { refreshTokens },
    );

    await center.keys.entitlements(customerId, 'US');

    assert.deepEqual(
      server.signIns.map(({ text }) => new URLSearchParams(text).get('refresh_token')),
      ['stale-refresh-token', 'configured-refresh-token'],
    );
  });

  it('survive a store that cannot be reached, which is logged with what to do', async () => {
    const away = () => Promise.reject(new Error('no database'));
    const { center, lines } = await startBench(
      { ...routes, [`POST ${tokenPath}`]: given({ refresh_token: 'rotated' }) },
      { refreshTokens: { load: away, save: away } },
    );

    await center.keys.entitlements(customerId, 'US');

    const warnings = lines.filter(({ level }) => level === 'warn');
    assert.deepEqual(
      warnings.map(({ text }) => text),
      ['stored refresh token could not be read', 'rotated refresh token could not be stored'],
    );
    for (const { facts } of warnings) assert.match(inspect(facts), /remedy: 'Look at the database/);
  });

  it('tell when the stored one was sealed with another secret, and start from the configured one', async () => {
    const refreshTokens: RefreshTokenStore = { load: async () => ({ kind: 'sealed' }), save: async () => undefined };
    const { center, server, lines } = await startBench(routes, { refreshTokens });

    await center.keys.entitlements(customerId, 'US');

    assert.deepEqual(tokensIn(server.signIns), ['configured-refresh-token']);
    const [line] = lines.filter(({ level }) => level === 'warn');
    assert.equal(line?.text, 'stored refresh token cannot be opened');
    assert.match(inspect(line?.facts), /PARTNER_CENTER_CLIENT_SECRET was changed/);
  });

  it('do not wait for a store that hangs longer than for a call', async () => {
    const { center, lines } = await startBench(
      { ...routes, [`POST ${tokenPath}`]: given({ refresh_token: 'rotated' }) },
      { refreshTokens: { load: never, save: never }, timeoutMs: 250 },
    );

    await center.keys.entitlements(customerId, 'US');

    assert.equal(lines.filter(({ level }) => level === 'warn').length, 2);
  });

  it('do not keep a client from closing while a store hangs', async () => {
    const { center, server } = await startBench(routes, { refreshTokens: { load: never, save: never } });
    const call = center.keys.entitlements(customerId, 'US').catch((error: unknown) => error);

    await center.close();

    assert.ok((await call) instanceof SignInError);
    assert.equal(server.requests.length, 0);
  });

  it('are stored at the next sign-in when that failed, though the directory gives no new one then', async () => {
    const saved: string[] = [];
    const save = async (token: Secret<string>) => {
      if (saved.push(token.reveal()) === 1) throw new Error('no database');
    };
    const { center, timer } = await startBench(
      { ...routes, [`POST ${tokenPath}`]: [given({ refresh_token: 'rotated' }), given()] },
      { refreshTokens: { load: async () => held(undefined), save } },
    );

    for (let hour = 0; hour < 3; hour += 1) {
      await center.keys.entitlements(customerId, 'US');
      timer.advance(60 * 60_000);
    }

    assert.deepEqual(saved, ['rotated', 'rotated']);
  });

  it('take over what another process has stored meanwhile, before they fall back', async () => {
    const values = ['used-up', 'rotated-elsewhere'];
    const load = async () => held(values.length > 1 ? values.shift() : values[0]);
    const { center, server } = await startBench(
      {
        ...routes,
        [`POST ${tokenPath}`]: ({ text }) => (text.includes('elsewhere') ? given() : refused(70000, 'invalid_grant')),
      },
      { refreshTokens: { load, save: async () => undefined } },
    );

    await center.keys.entitlements(customerId, 'US');

    assert.deepEqual(tokensIn(server.signIns), ['used-up', 'rotated-elsewhere']);
  });

  it('that are refused tell the refusal of the newest', async () => {
    const { center, server } = await startBench(
      {
        ...routes,
        [`POST ${tokenPath}`]: ({ text }) => refused(text.includes('stored') ? 50173 : 700082, 'invalid_grant'),
      },
      { refreshTokens: { load: async () => held('stored'), save: async () => undefined } },
    );

    await assert.rejects(center.keys.entitlements(customerId, 'US'), { code: 'AADSTS50173' });
    assert.equal(server.signIns.length, 2);
  });

  it('are not given up where it is the application that was refused', async () => {
    const answers = [given({ refresh_token: 'rotated' }), refused(7000222, 'invalid_client'), given()];
    const { center, server, timer } = await startBench({ ...routes, [`POST ${tokenPath}`]: answers });
    const hour = 60 * 60_000;

    await center.keys.entitlements(customerId, 'US');
    timer.advance(hour);
    await assert.rejects(center.keys.entitlements(customerId, 'US'), { code: 'AADSTS7000222' });
    timer.advance(hour);
    await center.keys.entitlements(customerId, 'US');

    assert.deepEqual(tokensIn(server.signIns), ['configured-refresh-token', 'rotated', 'rotated']);
  });

  it('that were refused are not asked for again for some seconds', async () => {
    const refusal = refused(700082, 'invalid_grant');
    const { center, server, timer } = await startBench({ ...routes, [`POST ${tokenPath}`]: refusal });
    const call = () => assert.rejects(center.keys.entitlements(customerId, 'US'), { code: 'AADSTS700082' });

    await call();
    timer.advance(9_000);
    await call();
    assert.equal(server.signIns.length, 1);

    timer.advance(2_000);
    await call();
    assert.equal(server.signIns.length, 2);
  });

  it('that are refused with several numbers are told by the specific one, wherever it stands', async () => {
    for (const answer of [
      { error_codes: [70002, 50012], error_description: 'AADSTS70002: Error. AADSTS50012: Invalid secret.' },
      { error_codes: [70002], error_description: 'AADSTS70002: Error. AADSTS7000222: The secret has expired.' },
      { error_codes: ['70002', '7000215'] },
      { error_description: 'AADSTS70000: No. AADSTS7000215: Wrong.' },
    ]) {
      const status = { status: 401, json: { error: 'invalid_client', ...answer } };
      const { center } = await startBench({ ...routes, [`POST ${tokenPath}`]: status });

      await assert.rejects(center.keys.entitlements(customerId, 'US'), {
        code: /^AADSTS(50012|7000222|7000215)$/,
        description: /PARTNER_CENTER_CLIENT_SECRET is wrong or has expired/,
      });
    }
  });

  it('for price sheets that are refused name the API they are for, and stop nothing else', async () => {
    const item = { productId: 'P', skuId: '1', segment: 'commercial', billingCycle: 'one_time' };
    const forPrices = (text: string) =>
      new URLSearchParams(text).get('resource') === 'https://api.partner.microsoft.com';
    const { center, lines } = await startBench({
      ...routes,
      [`POST ${tokenPath}`]: ({ text }) => (forPrices(text) ? refused(65001, 'invalid_grant') : given()),
    });

    await assert.rejects(center.catalog.unitPrice('US', item), {
      kind: 'unauthorized',
      description: /price sheets.*https:\/\/api\.partner\.microsoft\.com/,
    });
    assert.deepEqual(await center.keys.entitlements(customerId, 'US'), []);
    const [line] = lines.filter(({ level }) => level === 'error');
    assert.match(JSON.stringify(line?.facts), /price sheets/);
  });

  const told: readonly [number, string, RegExp][] = [
    [700082, 'invalid_grant', /PARTNER_CENTER_REFRESH_TOKEN is invalid, expired or revoked/],
    [50076, 'interaction_required', /PARTNER_CENTER_REFRESH_TOKEN .*multi-factor/],
    [7000215, 'invalid_client', /PARTNER_CENTER_CLIENT_SECRET is wrong/],
    [7000222, 'invalid_client', /PARTNER_CENTER_CLIENT_SECRET .*expired/],
    [700016, 'unauthorized_client', /PARTNER_CENTER_CLIENT_ID/],
    [90002, 'invalid_request', /PARTNER_CENTER_TENANT_ID/],
    [700027, 'invalid_client', /certificate of PARTNER_CENTER_CLIENT_SECRET was refused/],
    [7000218, 'invalid_client', /set PARTNER_CENTER_CLIENT_SECRET/],
    [700025, 'invalid_client', /counts as a public client/],
    [53003, 'invalid_grant', /Conditional Access/],
    [50173, 'invalid_grant', /change of password.*npm run consent/],
    [65001, 'invalid_grant', /lacks consent.*user_impersonation/],
    [1, 'unheard_of', /PARTNER_CENTER_TENANT_ID, PARTNER_CENTER_CLIENT_ID/],
  ];
  for (const [code, error, remedy] of told) {
    it(`that are refused with AADSTS${code} tell the operator what to do`, async () => {
      const { center, server, lines } = await startBench({ ...routes, [`POST ${tokenPath}`]: refused(code, error) });

      await assert.rejects(center.keys.entitlements(customerId, 'US'), (caught) => {
        assert.ok(caught instanceof SignInError);
        assert.equal(caught.operation, 'signIn');
        assert.equal(caught.kind, 'unauthorized');
        assert.equal(caught.code, `AADSTS${code}`);
        assert.equal(caught.correlationId, 'the-correlation');
        assert.match(String(caught.description), remedy);
        return true;
      });

      assert.equal(server.signIns.length, 1);
      assert.equal(server.requests.length, 0);
      const [line] = lines.filter(({ level }) => level === 'error');
      assert.equal(line?.text, 'sign-in refused');
      assert.ok(!inspect(lines).includes('the-client-secret'));
    });
  }

  it('are asked for again when the directory is away, also for a write without request id', async () => {
    const { center, server } = await startBench({
      'POST /webhooks/v1/registration/validationEvents': { json: { correlationId: 'c1' } },
      [`POST ${tokenPath}`]: [{ status: 503 }, given()],
    });

    await center.webhooks.test();

    assert.equal(server.signIns.length, 2);
    assert.equal(server.requests.length, 1);
  });

  it('with odd characters are refused before they reach a header', async () => {
    const { center } = await startBench({ ...routes, [`POST ${tokenPath}`]: given({ access_token: 'bad\ntoken' }) });

    await assert.rejects(center.ordering.orders(customerId), (error) => {
      assert.ok(error instanceof SignInError);
      assert.ok(!inspect(error, { depth: 9 }).includes('bad'));
      return error.kind === 'unexpected';
    });
  });
});
