import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  ConsentError,
  type ConsentParts,
  type ConsentSettings,
  giveConsent,
  readConsentSettings,
  readConsentWay,
  tryPrices,
} from '../../src/cli/consent.ts';
import { Secret } from '../../src/domain/secret.ts';
import { createPartnerCenterTokens } from '../../src/partner-center/client/sign-in.ts';
import { createSimulator, type Simulator } from '../../src/simulator/index.ts';
import { createIdentity } from '../support/certificates.ts';
import { createFakeTimer } from '../support/fake-timer.ts';
import { recordLog } from '../support/recorded-log.ts';
import { type Answer, type Route, type Server, startServer } from '../support/stub-partner-center.ts';

const tenantId = '5f3ac2a1-9d9f-4b0e-8d2b-7c1f1f3f0a11';
const env = {
  PARTNER_CENTER_TENANT_ID: tenantId,
  PARTNER_CENTER_CLIENT_ID: 'the-client',
  PARTNER_CENTER_CLIENT_SECRET: ' the-secret ',
};
const noFile = () => {
  throw new Error('ENOENT');
};

describe('the settings of a consent', () => {
  it('are those of the bot, without the refresh token', () => {
    const { clientSecret, ...rest } = readConsentSettings(env, noFile);

    assert.deepEqual(rest, {
      url: 'https://api.partnercenter.microsoft.com',
      authority: 'https://login.microsoftonline.com',
      tenantId,
      clientId: 'the-client',
    });
    assert.equal(clientSecret.reveal(), 'the-secret');
  });

  it('know the directory of the cloud, and of a simulator', () => {
    const authorityWith = (more: object) => readConsentSettings({ ...env, ...more }, noFile).authority;
    const government = 'https://login.microsoftonline.us';
    const china = 'https://partner.partnercenterapi.microsoftonline.cn';

    assert.equal(authorityWith({ PARTNER_CENTER_AUTHORITY: `${government}/` }), government);
    assert.equal(authorityWith({ PARTNER_CENTER_URL: china }), 'https://login.partner.microsoftonline.cn');
    assert.equal(authorityWith({ PARTNER_CENTER_URL: 'http://127.0.0.1:3979/' }), 'http://127.0.0.1:3979');
  });

  it('are refused with every problem at once', () => {
    assert.throws(
      () => readConsentSettings({ PARTNER_CENTER_TENANT_ID: ' ', PARTNER_CENTER_URL: 'http://x.example' }, noFile),
      (error) => {
        assert.ok(error instanceof ConsentError);
        for (const name of [...Object.keys(env), 'PARTNER_CENTER_URL']) assert.ok(error.message.includes(name), name);
        return true;
      },
    );
    const closed = { ...env, PARTNER_CENTER_AUTHORITY: 'https://login.microsoftonline.de' };
    assert.throws(() => readConsentSettings(closed, noFile), /was closed/);
    assert.throws(
      () => readConsentSettings({ ...closed, PARTNER_CENTER_CLIENT_ID: '' }, noFile),
      /PARTNER_CENTER_CLIENT_ID is missing[\s\S]*was closed/,
    );
  });

  it('may name a certificate', () => {
    const { pem, keyPem } = createIdentity({ name: 'desk' });
    const settings = readConsentSettings({ ...env, PARTNER_CENTER_CLIENT_SECRET: 'desk.pem' }, () => pem + keyPem);

    assert.equal(settings.clientSecret.reveal(), pem + keyPem);
    assert.throws(() => readConsentSettings({ ...env, PARTNER_CENTER_CLIENT_SECRET: 'desk.pem' }, noFile), {
      name: 'ClientSecretError',
    });
  });

  it('choose the way', () => {
    assert.deepEqual(readConsentWay([]), { kind: 'device' });
    assert.deepEqual(readConsentWay(['--browser']), { kind: 'browser', port: 8400 });
    assert.deepEqual(readConsentWay(['--port=9000', '--browser']), { kind: 'browser', port: 9000 });
    assert.throws(() => readConsentWay(['--help']), /Usage: npm run consent/);
    assert.throws(() => readConsentWay(['--port=99999']), ConsentError);
  });
});

/** A token that looks like the directory's. */
function jwt(claims: object): string {
  return ['{}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

const mfa = { amr: ['pwd', 'mfa'], upn: 'desk@partner.example', tid: tenantId };
const device = {
  user_code: 'ABCD-1234',
  device_code: 'the-device-code',
  verification_uri: 'https://microsoft.com/devicelogin',
  expires_in: 900,
  interval: 5,
};
const v2 = `/${tenantId}/oauth2/v2.0`;
const v1Token = `POST /${tenantId}/oauth2/token`;
const customers = 'GET /v1/customers';
const noCustomers = { headers: { isMfaCompliant: 'true' }, json: { items: [] } };

function given(claims: object, more: object = {}): Answer {
  return { json: { access_token: jwt(claims), refresh_token: 'first-refresh-token', expires_in: 3600, ...more } };
}

function refused(error: string, code?: number): Answer {
  return {
    status: 400,
    json: {
      error,
      ...(code ? { error_codes: [code], error_description: `AADSTS${code}: Something.` } : {}),
      correlation_id: 'the-correlation',
    },
  };
}

const goodRoutes = {
  [`POST ${v2}/devicecode`]: { json: device },
  [`POST ${v2}/token`]: [refused('authorization_pending', 70016), refused('slow_down'), given(mfa)],
  [v1Token]: given(mfa, { refresh_token: 'rotated-refresh-token' }),
  [customers]: noCustomers,
};

describe('a consent by device code', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function consent(
    routes: Record<string, Route | Answer | readonly Answer[]>,
    more: Partial<ConsentSettings> = {},
  ) {
    server = await startServer(routes);
    const { url } = server;
    const lines: string[] = [];
    const timer = createFakeTimer();
    const settings = { url, authority: url, tenantId, clientId: 'the-client', clientSecret: new Secret('the-secret') };
    const parts: ConsentParts = {
      settings: { ...settings, ...more },
      way: { kind: 'device' },
      write: (line) => lines.push(line),
      timer,
    };
    const failure = await giveConsent(parts).then(
      () => undefined,
      (error: unknown) => error,
    );
    return { lines, text: lines.join('\n'), timer, server, failure };
  }

  it('shows the code, waits as asked, checks, and prints the newest refresh token last', async () => {
    const { lines, text, timer, server, failure } = await consent(goodRoutes);

    assert.equal(failure, undefined);
    assert.match(text, /Open https:\/\/microsoft\.com\/devicelogin .* code ABCD-1234 \(within 15 minutes\)/);
    assert.match(text, /Signed in as desk@partner\.example/);
    assert.match(text, /with multi-factor authentication/);
    assert.match(text, /Partner Center accepts the account/);
    assert.match(text, /WARNING/);
    assert.deepEqual(timer.pauses, [5_000, 5_000, 10_000]);
    assert.equal(lines.at(-1), 'PARTNER_CENTER_REFRESH_TOKEN=rotated-refresh-token');
    assert.equal(lines.filter((line) => line.includes('refresh-token')).length, 1);
    assert.ok(!text.includes('the-secret'));
    const asked = new URLSearchParams(server.requests[0]?.text);
    assert.deepEqual(Object.fromEntries(asked), {
      client_id: 'the-client',
      scope: 'https://api.partnercenter.microsoft.com/user_impersonation offline_access openid',
    });
    const redeemed = new URLSearchParams(server.signIns[0]?.text);
    assert.equal(redeemed.get('grant_type'), 'urn:ietf:params:oauth:grant-type:device_code');
    assert.equal(redeemed.get('device_code'), 'the-device-code');
    assert.equal(redeemed.get('client_secret'), 'the-secret');
    const tried = server.signIns.map((signIn) => new URLSearchParams(signIn.text));
    assert.deepEqual(
      tried.slice(-2).map((form) => [form.get('resource'), form.get('refresh_token')]),
      [
        ['https://api.partnercenter.microsoft.com', 'first-refresh-token'],
        ['https://api.partner.microsoft.com', 'rotated-refresh-token'],
      ],
    );
  });

  it('proves the application by its certificate', async () => {
    const { pem, keyPem } = createIdentity({ name: 'desk' });
    const { failure, server } = await consent(goodRoutes, { clientSecret: new Secret(pem + keyPem) });

    assert.equal(failure, undefined);
    const form = new URLSearchParams(server.signIns[0]?.text);
    assert.match(String(form.get('client_assertion')), /^eyJ/);
    assert.equal(form.get('client_secret'), null);
  });

  it('goes on when the connection fails while somebody types', async () => {
    const cut = { json: { x: 1 }, cutAfter: 2 };
    const { failure } = await consent({ ...goodRoutes, [`POST ${v2}/token`]: [cut, { status: 503 }, given(mfa)] });

    assert.equal(failure, undefined);
  });

  const lacking: readonly [string, Record<string, Route | Answer | readonly Answer[]>][] = [
    ['in the token', { [`POST ${v2}/token`]: given({ ...mfa, amr: ['pwd'] }) }],
    ['in the token the bot would get', { [v1Token]: given({ ...mfa, amr: [] }) }],
    ['as Partner Center says', { [customers]: { headers: { isMfaCompliant: 'false' }, json: { items: [] } } }],
  ];
  for (const [where, routes] of lacking) {
    it(`without multi-factor authentication (${where}) is not kept, and says what to do`, async () => {
      const { failure, text } = await consent({ ...goodRoutes, ...routes });

      assert.ok(failure instanceof ConsentError);
      assert.match(failure.message, /amr lacks mfa[\s\S]*Conditional[\s\S]*Run this again/);
      assert.ok(!text.includes('refresh-token'));
    });
  }

  it('says when the token does not tell about multi-factor authentication', async () => {
    const { failure, text } = await consent({
      ...goodRoutes,
      [`POST ${v2}/token`]: { json: { access_token: 'opaque', refresh_token: 'r' } },
      [v1Token]: { json: { access_token: 'opaque' } },
      [customers]: { json: { items: [] } },
    });

    assert.equal(failure, undefined);
    assert.match(text, /Not checked: the token does not say/);
    assert.match(text, /REFRESH_TOKEN=r$/);
  });

  it('of another tenant is refused', async () => {
    const tid = '11111111-1111-4111-8111-111111111111';
    const { failure, text } = await consent({ ...goodRoutes, [`POST ${v2}/token`]: given({ ...mfa, tid }) });

    assert.match(String(failure), /signed in to the tenant 11111111.*not PARTNER_CENTER_TENANT_ID/);
    assert.ok(!text.includes('refresh-token'));
  });

  it('without a refresh token is refused', async () => {
    const { failure } = await consent({
      ...goodRoutes,
      [`POST ${v2}/token`]: given(mfa, { refresh_token: undefined }),
    });

    assert.match(String(failure), /offline_access/);
  });

  it('is given, with a warning, where the account lacks its role still', async () => {
    const refusal = { status: 403, json: { code: 900308, description: 'Role missing.' } };
    const { failure, text } = await consent({ ...goodRoutes, [customers]: refusal });

    assert.equal(failure, undefined);
    assert.match(text, /Not checked: Partner Center did not answer as expected.*900308[\s\S]*AdminAgents/);
    assert.match(text, /REFRESH_TOKEN=rotated-refresh-token$/);
  });

  it('that Partner Center refuses (401) is not printed', async () => {
    const refusal = { status: 401, json: { code: 900420, description: 'Audience.' } };
    const { failure, text } = await consent({ ...goodRoutes, [customers]: refusal });

    assert.match(String(failure), /Partner Center refused \(900420, 401.*retired audience/);
    assert.ok(!text.includes('refresh-token'));
  });

  const refusals: readonly [string, Answer, RegExp][] = [
    ['declined', refused('authorization_declined'), /was declined: start again/],
    ['too late', refused('expired_token', 70019), /Nobody signed in while the code was valid/],
    ['without consent', refused('invalid_grant', 65001), /global administrator grant it the permission user_imp/],
    ['by an account of elsewhere', refused('invalid_grant', 50020), /sign in with the service account/],
    ['with a wrong secret', refused('invalid_client', 7000215), /PARTNER_CENTER_CLIENT_SECRET is wrong/],
    ['by a public client', refused('invalid_client', 700025), /public client.*--browser/],
    ['stopped by Conditional Access', refused('invalid_grant', 53003), /Conditional Access stopped it/],
  ];
  for (const [how, answer, sentence] of refusals) {
    it(`that ends ${how} says what to do`, async () => {
      const { failure, text } = await consent({ ...goodRoutes, [`POST ${v2}/token`]: answer });

      assert.ok(failure instanceof ConsentError);
      assert.match(failure.message, sentence);
      assert.match(failure.message, /correlation id the-correlation/);
      assert.ok(!text.includes('REFRESH_TOKEN='));
    });
  }

  it('that nobody completes ends with the code', async () => {
    const { failure, timer } = await consent({ ...goodRoutes, [`POST ${v2}/token`]: refused('authorization_pending') });

    assert.match(String(failure), /Nobody signed in while the code was valid: start again/);
    assert.ok(timer.pauses.length >= 180);
  });

  it('that cannot begin says why', async () => {
    const wrongTenant = await consent({ ...goodRoutes, [`POST ${v2}/devicecode`]: refused('invalid_request', 90002) });
    assert.match(String(wrongTenant.failure), /PARTNER_CENTER_TENANT_ID names no tenant/);
    await server?.close();

    const away = await consent(goodRoutes, { authority: 'http://127.0.0.1:1' });
    assert.match(String(away.failure), /directory could not be reached/);
  });
});

describe('the prices that a consent should reach', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  const resource = 'https://api.partner.microsoft.com';
  async function tried(answer: Answer) {
    server = await startServer({ [v1Token]: answer });
    const credentials = { tenantId, clientId: 'the-client', clientSecret: new Secret('the-secret') };
    const log = recordLog();
    const tokens = createPartnerCenterTokens(
      { ...credentials, authority: server.url, refreshToken: new Secret('r') },
      { timer: createFakeTimer(), log, timeoutMs: 5_000 },
    );
    const lines: string[] = [];
    await tryPrices(tokens, resource, (line) => lines.push(line));
    assert.equal(new URLSearchParams(server.signIns[0]?.text).get('resource'), resource);
    return lines.join('\n');
  }

  it('are tried with their own audience', async () => {
    assert.equal(await tried(given(mfa)), 'Checked: the bot can get tokens for price sheets.');
  });

  it('are told with what is missing where it lacks them', async () => {
    const text = await tried(refused('invalid_grant', 65001));

    assert.match(
      text,
      /^Not checked: no token for price sheets \(https:\/\/api\.partner\.microsoft\.com\): AADSTS65001/,
    );
    assert.match(text, /delegated permission of the API https:\/\/api\.partner\.microsoft\.com/);
  });

  it('are told where the directory is away', async () => {
    assert.match(await tried({ status: 503 }), /^Not checked: no token for price sheets .*: unreachable\.$/);
  });
});

describe('a consent with the browser', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function consent(browse: (open: URL, redirect: string) => Promise<unknown>, more: Partial<ConsentParts> = {}) {
    server = await startServer({ ...goodRoutes, [`POST ${v2}/token`]: given(mfa) });
    const { url } = server;
    const lines: string[] = [];
    const settings = { url, authority: url, tenantId, clientId: 'the-client', clientSecret: new Secret('the-secret') };
    let browsing: Promise<unknown> = Promise.resolve();
    const write = (line: string) => {
      lines.push(line);
      const open = /^ {2}(http:\S+authorize\S+)$/.exec(line)?.[1];
      if (open) browsing = browse(new URL(open), new URL(open).searchParams.get('redirect_uri') ?? '');
    };
    const failure = await giveConsent({ settings, way: { kind: 'browser', port: 0 }, write, ...more }).then(
      () => undefined,
      (error: unknown) => error,
    );
    await browsing;
    return { lines, server, failure };
  }

  it('opens the directory’s page, hears from it on loopback, and redeems the code with its proof', async () => {
    let challenge = '';
    const { lines, server, failure } = await consent(async (open, redirect) => {
      assert.equal(open.pathname, `${v2}/authorize`);
      const { state = '', code_challenge = '', ...asked } = Object.fromEntries(open.searchParams);
      challenge = code_challenge;
      assert.deepEqual(asked, {
        client_id: 'the-client',
        response_type: 'code',
        response_mode: 'query',
        redirect_uri: redirect,
        scope: 'https://api.partnercenter.microsoft.com/user_impersonation offline_access openid',
        code_challenge_method: 'S256',
        prompt: 'login',
      });
      assert.equal((await fetch(`${redirect}/favicon.ico`)).status, 404);
      assert.equal((await fetch(`${redirect}//`)).status, 400);
      assert.equal((await fetch(`${redirect}/?code=stolen&state=guessed`)).status, 400);
      const page = await fetch(`${redirect}/?code=the-code&state=${state}`);
      assert.equal(page.status, 200);
      assert.match(await page.text(), /can be closed/);
    });

    assert.equal(failure, undefined);
    assert.equal(lines.at(-1), 'PARTNER_CENTER_REFRESH_TOKEN=rotated-refresh-token');
    const form = new URLSearchParams(server.signIns[0]?.text);
    assert.equal(form.get('grant_type'), 'authorization_code');
    assert.equal(form.get('code'), 'the-code');
    assert.match(String(form.get('redirect_uri')), /^http:\/\/localhost:\d+$/);
    assert.equal(form.get('client_secret'), 'the-secret');
    const hashed = createHash('sha256')
      .update(String(form.get('code_verifier')))
      .digest('base64url');
    assert.equal(hashed, challenge);
  });

  it('says what the directory refused', async () => {
    const { failure } = await consent((open, redirect) => {
      const state = open.searchParams.get('state');
      const description = encodeURIComponent('AADSTS65004: User declined to consent.');
      return fetch(`${redirect}/?error=access_denied&error_description=${description}&state=${state}`);
    });

    assert.match(String(failure), /AADSTS65004.*The consent was declined/);
  });

  it('ends when nobody comes back', async () => {
    const { failure } = await consent(async () => undefined, { patienceMs: 20 });

    assert.match(String(failure), /start again/);
  });

  it('asks for another port when that one is taken', async () => {
    const other = await startServer({});
    const port = Number(new URL(other.url).port);
    const { failure } = await consent(async () => undefined, { way: { kind: 'browser', port } });
    await other.close();

    assert.match(String(failure), /choose another one with --port/);
  });
});

describe('a consent at the simulator', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await createSimulator({ port: 0, mode: 'extended', delaySeconds: 0 });
  });
  after(() => simulator.close());

  function parts(write: (line: string) => void): Omit<ConsentParts, 'way'> {
    const { credentials, url } = simulator;
    const settings = { ...credentials, url, clientSecret: new Secret(credentials.clientSecret) };
    const { now } = createFakeTimer();
    return { settings, write, timer: { now, pause: async () => undefined } };
  }

  it('works by device code', async () => {
    const lines: string[] = [];

    await giveConsent({ ...parts((line) => lines.push(line)), way: { kind: 'device' } });

    assert.match(lines.join('\n'), /Partner Center accepts the account/);
    assert.match(String(lines.at(-1)), /^PARTNER_CENTER_REFRESH_TOKEN=eyJ/);
  });

  it('works with the browser', async () => {
    const lines: string[] = [];
    const write = (line: string) => {
      lines.push(line);
      const open = /^ {2}(http:\S+authorize\S+)$/.exec(line)?.[1];
      if (open) void fetch(open);
    };

    await giveConsent({ ...parts(write), way: { kind: 'browser', port: 0 } });

    assert.match(String(lines.at(-1)), /^PARTNER_CENTER_REFRESH_TOKEN=eyJ/);
  });

  it('without multi-factor authentication is told as such', async () => {
    const lines: string[] = [];
    const write = (line: string) => {
      lines.push(line);
      const open = /^ {2}(http:\S+authorize\S+)$/.exec(line)?.[1];
      if (open) void fetch(`${open}&simulateMfa=false`);
    };

    await assert.rejects(giveConsent({ ...parts(write), way: { kind: 'browser', port: 0 } }), /amr lacks mfa/);
    assert.ok(!lines.join('\n').includes('REFRESH_TOKEN=eyJ'));
  });

  it('works as a command, with a .env file', async () => {
    const { credentials, url } = simulator;
    const folder = mkdtempSync(join(tmpdir(), 'consent-'));
    const file = [
      `PARTNER_CENTER_URL=${url}`,
      `PARTNER_CENTER_TENANT_ID=${credentials.tenantId}`,
      `PARTNER_CENTER_CLIENT_ID=${credentials.clientId}`,
      `PARTNER_CENTER_CLIENT_SECRET=${credentials.clientSecret}`,
    ];
    writeFileSync(join(folder, '.env'), file.join('\n'));
    const command = resolve(import.meta.dirname, '../../src/cli/consent.ts');
    const { PATH } = process.env;

    const good = await run(command, ['--browser', '--port=0'], { cwd: folder, env: { PATH } }, (text) => {
      const open = /^ {2}(http:\S+authorize\S+)$/m.exec(text)?.[1];
      return open ? fetch(open) : undefined;
    });
    rmSync(join(folder, '.env'));
    const bad = await run(command, [], { cwd: folder, env: { PATH } });
    rmSync(folder, { recursive: true });

    assert.equal(good.status, 0, good.errors);
    assert.match(good.text, /\nPARTNER_CENTER_REFRESH_TOKEN=eyJ\S+\n$/);
    assert.equal(good.errors, '');
    assert.equal(bad.status, 1);
    assert.match(bad.errors, /PARTNER_CENTER_CLIENT_ID is missing/);
    assert.equal(bad.text, '');
  });
});

async function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
  answer: (text: string) => unknown = () => undefined,
) {
  const child = spawn(process.execPath, [command, ...args], options);
  let text = '';
  let errors = '';
  let isAnswered = false;
  child.stdout.on('data', (chunk) => {
    text += chunk;
    isAnswered ||= answer(text) !== undefined;
    if (isAnswered) answer = () => undefined;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [status] = await once(child, 'close');
  return { status, text, errors };
}
