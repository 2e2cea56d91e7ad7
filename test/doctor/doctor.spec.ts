import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage, zip } from '../../manifest/app-package.ts';
import { describeFindings, doctor } from '../../src/cli/doctor.ts';
import { judgeSpace } from '../../src/doctor/database.ts';
import type { SetupFinding } from '../../src/domain/setup/setup-check.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import { createIdentity, type Identity } from '../support/certificates.ts';
import { emptyDatabase } from '../support/databases.ts';
import { createFakeTimer } from '../support/fake-timer.ts';
import { appId, type Difference, examine, given, groupId, paths, refused, startPublic, tenantId } from './set-up.ts';

/** What is wrong, with what it is named, and what to do must say. */
type Wrong = readonly [what: string, difference: Difference, code: string, remedy: RegExp];

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const forbidden = (code = 900308) => ({ status: 403, json: { code, description: 'No.', source: 'PartnerFD' } });

/** Of the variables, each told before anything is asked. */
const variables: readonly (readonly [what: string, set: Record<string, string>, says: RegExp])[] = [
  ['without the bot’s password', { MicrosoftAppPassword: '' }, /MicrosoftAppPassword is missing/],
  ['with an unknown app type', { MicrosoftAppType: 'Single' }, /MicrosoftAppType must be one of/],
  ['without the bot’s tenant', { MicrosoftAppTenantId: '' }, /MicrosoftAppTenantId is missing/],
  ['with half of the keys of another cloud', { OAuthUrl: '' }, /OAuthUrl is missing: set all eight/],
  ['with a port that is none', { PORT: 'many' }, /PORT must be a whole number/],
  ['with a database of another make', { DATABASE_URL: 'mysql://x' }, /DATABASE_URL must begin with postgres/],
  ['without the client secret', { PARTNER_CENTER_CLIENT_SECRET: '' }, /PARTNER_CENTER_CLIENT_SECRET is missing/],
  ['without the address that belongs to it', { PARTNER_CENTER_URL: '' }, /PARTNER_CENTER_URL is not: the simulator/],
  ['with Partner Center over http', { PARTNER_CENTER_URL: 'http://x.example' }, /PARTNER_CENTER_URL must be an https/],
  ['with the German cloud', { PARTNER_CENTER_AUTHORITY: 'https://login.microsoftonline.de' }, /was closed/],
  ['with two groups for a role', { ADMIN_AGENTS: `${groupId},${tenantId}` }, /ADMIN_AGENTS must be one group/],
  ['with a name for a group', { ADMIN_AGENTS: 'AdminAgents' }, /ADMIN_AGENTS must be Entra object ids/],
  ['without any role', { ADMIN_AGENTS: '' }, /Nobody has a role: set ADMIN_AGENTS/],
  [
    'with a secret’s file that is not there',
    { METRICS_TOKEN_FILE: '/no/such' },
    /METRICS_TOKEN_FILE names a file that/,
  ],
  ['with a policy that is not there', { POLICY_FILE: '/no/such' }, /POLICY_FILE \/no\/such cannot be read/],
  ['with a certificate that is not there', { PARTNER_CENTER_CLIENT_SECRET: 'no.pem' }, /SECRET names the file no\.pem/],
  ['with hosts that are none', { SERVICE_URL_HOSTS: 'https://x' }, /SERVICE_URL_HOSTS has 'https:\/\/x'/],
];

const wrong: readonly Wrong[] = [
  ['a misspelt variable', { variables: { METRICS_TOKN: 'x' } }, 'unknown-variable', /Did you mean METRICS_TOKEN\?/],
  [
    'keys in dialogs without pages',
    { config: (config) => ({ ...config, keyReveal: 'dialog', publicUrl: undefined }) },
    'dialog-without-pages',
    /Set PUBLIC_URL/,
  ],
  ['a token that can be guessed', { variables: { METRICS_TOKEN: '1234' } }, 'metrics-token', /16 random/],
  ['no log', { variables: { LOG_LEVEL: 'silent' } }, 'log-level', /info/],
  ['staff of another tenant', { variables: { STAFF_TENANT_ID: groupId } }, 'staff-tenant', /MicrosoftAppTenantId/],

  ['a wrong password of the database', unusable('28P01'), 'database-password', /password in DATABASE_URL/],
  ['a database that lets nobody in', unusable('28000'), 'database-login', /pg_hba\.conf/],
  ['a database that does not exist', unusable('3D000'), 'database-missing', /createdb/],
  ['a database without room', unusable('53300'), 'database-connections', /max_connections/],
  ['an unknown host', unusable('ENOTFOUND'), 'database-host', /host name/],
  ['a database that is away', unusable('ECONNREFUSED'), 'database-unreachable', /host and port/],
  ['an embedded database that is damaged', damaged(), 'database-damaged', /restore a backup/],
  ['an old PostgreSQL', { facts: { version: 130_011 } }, 'database-version', /14 or newer/],
  ['a database in Latin', { facts: { encoding: 'LATIN2' } }, 'database-encoding', /UTF8/],
  ['a standby', { facts: { isReadOnly: true } }, 'database-read-only', /primary/],
  ['a user without rights', { facts: { hasRights: false } }, 'database-rights', /owner/],
  ['a newer schema', { facts: { neededStep: 92 } }, 'database-newer', /newer version/],
  ['a database far away', { facts: { latencyMs: 80 } }, 'database-slow', /near its database/],
  ['few connections', { facts: { freeConnections: 7 } }, 'database-connections', /max_connections/],
  ['another time in the database', { facts: { clockMs: -400_000 } }, 'database-clock', /NTP/],
  ['a wrong clock', { outside: { now: () => new Date(Date.now() + 3_600_000) } }, 'clock', /NTP/],
  [
    'a refresh token of long ago',
    { facts: { refreshTokenAt: new Date(inDays(-70)) } },
    'refresh-token-age',
    /Start the bot/,
  ],

  [
    'a wrong password of the bot',
    { routes: ofBot(refused(7000215)), ...byName() },
    'bot-sign-in',
    /MicrosoftAppPassword is wrong/,
  ],
  ['an expired password of the bot', { routes: ofBot(refused(7000222)), ...byName() }, 'bot-sign-in', /has expired/],
  ['an unknown app id', { routes: ofBot(refused(700016)), ...byName() }, 'bot-sign-in', /MicrosoftAppId names no/],
  [
    'an unknown tenant of the bot',
    { routes: ofBot(refused(90002)), ...byName() },
    'bot-sign-in',
    /MicrosoftAppTenantId/,
  ],
  [
    'a bot that cannot sign in from here',
    { routes: ofBot({ status: 503 }), ...byName() },
    'bot-sign-in-away',
    /firewall/,
  ],
  ['keys of Teams that cannot be read', { routes: { [paths.keys]: { status: 502 } } }, 'channel-keys', /firewall/],
  [
    'tokens of another cloud',
    { routes: { [paths.keys]: { json: { issuer: 'https://x.example', jwks_uri: 'https://x.example/k' } } } },
    'channel-issuer',
    /ToBotFromChannelTokenIssuer/,
  ],
  ['hosts without Teams', { variables: { SERVICE_URL_HOSTS: 'x.example' } }, 'service-url-hosts', /SERVICE_URL_HOSTS/],

  ['no admin agent', { variables: { ADMIN_AGENTS: '', SALES_AGENTS: groupId } }, 'no-admin-agent', /ADMIN_AGENTS/],
  [
    'a bot unknown to Graph',
    { routes: { [paths.token]: refused(7000215) }, ...managed() },
    'graph-sign-in',
    /MicrosoftAppPassword/,
  ],
  ['no right to read people', { routes: { [paths.users]: { status: 403 } } }, 'graph-permission', /User\.Read\.All/],
  [
    'no right to read groups',
    { routes: { [paths.group]: { status: 403 } } },
    'graph-permission',
    /GroupMember\.Read\.All/,
  ],
  [
    'a group that does not exist',
    { routes: { [paths.group]: { status: 404 } } },
    'group-missing',
    /object id of the group/,
  ],
  [
    'a group without members',
    { routes: { [paths.members]: { json: { value: [] } } } },
    'group-empty',
    /Add the people/,
  ],
  [
    'a Graph that does not answer',
    { routes: { [paths.users]: { status: 503 } } },
    'graph-away',
    /graph\.microsoft\.com/,
  ],

  ['an expired client secret', signIn(7000222), 'partner-center-sign-in', /PARTNER_CENTER_CLIENT_SECRET/],
  ['an unknown client', signIn(700016), 'partner-center-sign-in', /PARTNER_CENTER_CLIENT_ID/],
  ['an unknown tenant', signIn(90002), 'partner-center-sign-in', /PARTNER_CENTER_TENANT_ID/],
  ['a refresh token that has ended', signIn(700082), 'partner-center-sign-in', /npm run consent/],
  ['a refresh token without a second factor', signIn(50076), 'partner-center-sign-in', /multi-factor/],
  ['no consent', signIn(65001), 'partner-center-sign-in', /user_impersonation/],
  ['a certificate the directory does not know', signIn(700027), 'partner-center-sign-in', /certificate/],
  [
    'a directory that is away',
    { routes: { [paths.partnerCenterToken]: { status: 503 } } },
    'directory-away',
    /PARTNER_CENTER_AUTHORITY/,
  ],
  [
    'a consent without a second factor',
    { routes: { [paths.partnerCenterToken]: given({ amr: ['pwd'] }) } },
    'consent-without-mfa',
    /npm run consent/,
  ],
  [
    'a consent that Partner Center sees no second factor in',
    { routes: { [paths.customers]: { headers: { isMfaCompliant: 'false' }, json: { items: [] } } } },
    'consent-without-mfa',
    /npm run consent/,
  ],
  [
    'an account of another tenant',
    { routes: { [paths.partnerCenterToken]: given({ tid: groupId }) } },
    'service-account-tenant',
    /partner’s own tenant/,
  ],
  [
    'a token for something else',
    { routes: { [paths.partnerCenterToken]: given({ aud: 'https://graph.windows.net' }) } },
    'token-audience',
    /user_impersonation/,
  ],
  [
    'an account without its role',
    { routes: { [paths.customers]: [forbidden(), { json: { items: [] } }] } },
    'partner-center-role',
    /AdminAgents/,
  ],
  [
    'a partner without the programme',
    { routes: { [paths.customers]: [forbidden(900123), { json: { items: [] } }] } },
    'partner-center-role',
    /Microsoft Partner Agreement/,
  ],
  [
    'a Partner Center that is away',
    { routes: { [paths.customers]: { status: 503 } } },
    'partner-center-away',
    /PARTNER_CENTER_URL/,
  ],
  [
    'prices that are refused',
    { routes: { [paths.prices]: { status: 401 } } },
    'prices-refused',
    /api\.partner\.microsoft\.com/,
  ],
  [
    'prices without consent',
    { routes: { [paths.partnerCenterToken]: withoutPrices } },
    'prices-refused',
    /api\.partner\.microsoft\.com/,
  ],
  ['tickets that may not be read', { routes: { [paths.tickets]: forbidden() } }, 'tickets-role', /AdminAgents/],
  [
    'an application without its right',
    { routes: { [paths.registration]: forbidden() } },
    'application-role',
    /app management/,
  ],
  [
    'no registration any more',
    { routes: { [paths.registration]: { status: 404 } } },
    'not-registered',
    /Restart the bot/,
  ],
  [
    'events that go elsewhere',
    { routes: { [paths.registration]: registered('https://x.example/y') } },
    'registered-elsewhere',
    /PUT/,
  ],
  [
    'a registration without the event',
    { routes: { [paths.registration]: registered('https://localhost:1/webhooks/partner-center', 'invoice-ready') } },
    'events-missing',
    /Restart the bot/,
  ],
];

function unusable(code: string): Difference {
  return { database: { kind: 'unusable', isServer: true, code, reason: 'no' } };
}

function damaged(): Difference {
  return { database: { kind: 'unusable', isServer: false, reason: 'invalid page' } };
}

function signIn(number: number): Difference {
  return { routes: { [paths.partnerCenterToken]: refused(number) } };
}

/** The bot's own sign-in, where Graph is not asked. */
function ofBot(answer: ReturnType<typeof refused> | { readonly status: number }) {
  return { [paths.token]: answer };
}

function byName(): Difference {
  return { variables: { ROLES_SOURCE: 'static' } };
}

/** A bot whose own sign-in cannot be tried. */
function managed(): Difference {
  return {
    config: (config) => ({
      ...config,
      bot: { mode: 'registered', appId, appType: 'UserAssignedMSI', keys: keysOf(config.bot) },
    }),
  };
}

function keysOf(bot: Parameters<NonNullable<Difference['config']>>[0]['bot']) {
  return bot.mode === 'registered' ? bot.keys : undefined;
}

function registered(url: string, ...events: string[]) {
  return { json: { WebhookUrl: url, WebhookEvents: events } };
}

function withoutPrices({ text }: { readonly text: string }) {
  return text.includes('api.partner.microsoft.com') ? refused(65001) : given();
}

const told = (found: readonly SetupFinding[]): readonly SetupFinding[] => found.filter(({ level }) => level !== 'note');

describe('npm run doctor names what is wrong, with what to do, and nothing else', () => {
  for (const [what, set, says] of variables) {
    it(`in a configuration ${what}`, async () => {
      const found = told(await examine({ variables: set }));

      assert.ok(
        found.some((one) => says.test(one.says)),
        JSON.stringify(found),
      );
      for (const one of found)
        assert.match(`${one.code} ${one.level} ${one.remedy}`, /^configuration problem .*\.env\.example/);
    });
  }

  for (const [what, difference, code, remedy] of wrong) {
    it(`where there is ${what}`, async () => {
      const found = told(await examine(difference));

      assert.deepEqual(
        found.map((one) => one.code),
        [code],
      );
      assert.match(found[0]?.remedy ?? '', remedy);
      assert.ok(!JSON.stringify(found).includes('the-'), 'no secret');
    });
  }
});

describe('npm run doctor looks at what is behind PUBLIC_URL', () => {
  let good: Identity;
  const trusting = () => ({ outside: { trusted: good.pem } });
  before(() => {
    good = createIdentity({ name: 'localhost', altNames: ['localhost'], isAuthority: true });
  });

  async function at(identity: Identity, status: number | undefined, difference: Difference) {
    const server = await startPublic(identity, status);
    try {
      return told(await examine(difference, server.url));
    } finally {
      await server.close();
    }
  }

  it('and finds nothing wrong where the bot answers with a good certificate', async () => {
    assert.deepEqual(await at(good, 405, trusting()), []);
  });

  it('and tells of something else that answers there', async () => {
    const [one, ...others] = await at(good, 404, trusting());

    assert.deepEqual([one?.code, others], ['public-url-other', []]);
    assert.match(one?.remedy ?? '', /proxy passes all addresses/);
  });

  it('and tells of a certificate that Microsoft does not trust', async () => {
    const [one, ...others] = await at(good, 405, {});

    assert.deepEqual([one?.code, others], ['public-certificate', []]);
    assert.match(one?.remedy ?? '', /public authority/);
  });

  it('and tells of one that ends soon', async () => {
    const ending = createIdentity({ name: 'localhost', altNames: ['localhost'], isAuthority: true, to: inDays(5) });
    const [one, ...others] = await at(ending, 405, { outside: { trusted: ending.pem } });

    assert.deepEqual([one?.code, one?.level, others], ['certificate-ends', 'warning', []]);
  });

  it('and tells that nobody answers there, though the bot runs here', async () => {
    const identity = createIdentity({ name: 'localhost' });
    const server = await startPublic(identity);
    await server.close();
    const bot = await startHealthy();
    const found = told(await examine({ variables: { PORT: bot.port } }, server.url));
    await bot.close();

    assert.deepEqual(
      found.map(({ code }) => code),
      ['public-url-away'],
    );
  });

  it('and finds nothing wrong while no bot runs yet', async () => {
    assert.deepEqual(
      told(await examine({ routes: { [paths.registration]: { status: 404 } }, facts: { hasRegistered: false } })),
      [],
    );
  });
});

async function startHealthy() {
  const { startStubServer } = await import('../support/stub-server.ts');
  const server = await startStubServer((_request, response) => response.end('{}'));
  return { port: new URL(server.url).port, close: server.close };
}

describe('npm run doctor', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sd-doctor-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('tells when the certificate of the application ends or has not begun', async () => {
    const withPem = async (wanted: { from?: string; to?: string }) => {
      const { pem, keyPem } = createIdentity({ name: 'desk', ...wanted });
      const path = join(folder, 'desk.pem');
      writeFileSync(path, pem + keyPem);
      const found = told(await examine({ variables: { PARTNER_CENTER_CLIENT_SECRET: path } }));
      return found.map(({ code, level }) => `${code} ${level}`);
    };

    assert.deepEqual(await withPem({}), []);
    assert.deepEqual(await withPem({ to: inDays(10) }), ['certificate-ends warning']);
    assert.deepEqual(await withPem({ to: inDays(-10) }), ['certificate-expired problem']);
    assert.deepEqual(await withPem({ from: inDays(10) }), ['certificate-not-yet problem']);
  });

  it('compares the app package with the configuration', async () => {
    const developer = { name: 'P', website: 'https://p.com', privacy: 'https://p.com', terms: 'https://p.com' };
    const packed = async (ids: { appId: string; publicUrl: string }) => {
      const packagePath = join(folder, 'desk.zip');
      writeFileSync(packagePath, await zip(await buildPackage({ ...ids, version: '1.0.0', developer })));
      const found = told(await examine({ packagePath }));
      return found.map(({ code }) => code);
    };
    const publicUrl = 'https://localhost:1';

    assert.deepEqual(await packed({ appId, publicUrl }), []);
    assert.deepEqual(await packed({ appId: groupId, publicUrl }), ['package-bot-id']);
    assert.deepEqual(await packed({ appId, publicUrl: 'https://desk.example.com' }), ['package-domain']);
    const packagePath = join(folder, 'no.zip');
    assert.deepEqual(
      told(await examine({ packagePath })).map(({ code }) => code),
      ['package-unreadable'],
    );
  });

  it('tells of a full disk, and of a folder that cannot be written to', async () => {
    const levels = [5e9, 5e8, 5e7].map((bytes) => judgeSpace(bytes).map(({ level }) => level));
    assert.deepEqual(levels, [[], ['warning'], ['problem']]);
    const DATA_DIR = '/proc/1';
    const { ok, findings } = await doctor({ DATA_DIR });
    assert.deepEqual([ok, told(findings).map(({ code }) => code)], [false, ['folder-not-writable']]);
  });

  it('looks whether the bot may send where Teams wanted to be written to', async () => {
    const serviceUrls = ['https://smba.trafficmanager.net/emea/', 'https://eu.example/'];
    const found = told(await examine({ facts: { serviceUrls } }));

    assert.deepEqual(
      found.map(({ code }) => code),
      ['service-url-hosts'],
    );
    assert.match(found[0]?.says ?? '', /eu\.example/);
  });

  it('finds nothing wrong in what a newcomer starts with', async () => {
    const { dataDir, cleanUp } = await emptyDatabase();
    const { ok, findings } = await doctor({ DATA_DIR: dataDir });
    await cleanUp();

    assert.deepEqual([ok, told(findings)], [true, []]);
    assert.match(describeFindings({ ok, findings }), /simulated[\s\S]*Nothing is wrong\.\n$/);
  });

  it('finds nothing wrong in a bot at the simulator, which answers as Partner Center does, and changes nothing there', async () => {
    const simulator = await createSimulator({ port: 0, delaySeconds: 1, mode: 'extended' });
    const { url } = simulator;
    const { tenantId: tenant, clientId, clientSecret, refreshToken } = simulator.credentials;
    const found = await examine({
      variables: {
        PARTNER_CENTER_URL: url,
        PARTNER_CENTER_TENANT_ID: tenant,
        PARTNER_CENTER_CLIENT_ID: clientId,
        PARTNER_CENTER_CLIENT_SECRET: clientSecret,
        PARTNER_CENTER_REFRESH_TOKEN: refreshToken,
      },
      facts: { hasRegistered: false },
      outside: { timer: createFakeTimer() },
    });
    const seen = await (await fetch(`${url}/__simulator/requests`)).json();
    await simulator.close();

    assert.deepEqual(told(found), []);
    const asked = seen as { method: string; path: string }[];
    assert.ok(
      asked.some(({ path }) => path.includes('servicerequests')),
      JSON.stringify(asked).slice(0, 500),
    );
    assert.deepEqual(
      asked.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token')),
      [],
    );
  });

  it('prints the worst first, each with what to do', () => {
    const text = describeFindings({
      ok: false,
      findings: [
        { area: 'bot', code: 'c', level: 'note', says: 'Third.' },
        { area: 'clock', code: 'b', level: 'warning', says: 'Second.', remedy: 'Then this.' },
        { area: 'database', code: 'a', level: 'problem', says: 'First.', remedy: 'Do this.' },
      ],
    });

    assert.equal(
      text,
      [
        'PROBLEM  database  a: First.',
        '         what to do: Do this.',
        'warning  clock  b: Second.',
        '         what to do: Then this.',
        'note     bot  c: Third.',
        '1 problems, 1 warnings.',
        '',
      ].join('\n'),
    );
  });
});
