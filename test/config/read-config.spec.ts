import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks } from '../../src/app.ts';
import { playgroundAdminGroup, playgroundStaff } from '../../src/config/development.ts';
import { ConfigError, readConfig as readConfigOf } from '../../src/config/read-config.ts';
import { secretNames, variableNames } from '../../src/config/schema.ts';

const guid = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const registered = {
  MicrosoftAppId: guid(1),
  MicrosoftAppPassword: 'password',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: guid(2),
  ADMIN_AGENTS: guid(3),
};
const live = {
  PARTNER_CENTER_URL: 'https://api.partnercenter.microsoft.com/',
  PARTNER_CENTER_TENANT_ID: guid(2),
  PARTNER_CENTER_CLIENT_ID: guid(4),
  PARTNER_CENTER_CLIENT_SECRET: 'hush',
  PARTNER_CENTER_REFRESH_TOKEN: 'hush hush',
};
const keys = {
  ToChannelFromBotLoginUrl: 'https://login.example/x',
  ToChannelFromBotOAuthScope: 'https://api.example',
  ToBotFromChannelTokenIssuer: 'https://api.example',
  ToBotFromChannelOpenIdMetadataUrl: 'http://127.0.0.1:9/openid',
  ToBotFromEmulatorOpenIdMetadataUrl: 'http://localhost:9/openid',
  OAuthUrl: 'https://token.example',
  CallerId: 'urn:botframework:azure',
  ValidateAuthority: 'false',
};

const readConfig = (env: Record<string, string>) => readConfigOf(env, checks);

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

/** The one problem there is, and that it is about that variable. */
function assertProblem(env: Record<string, string>, pattern: RegExp): void {
  const problems = problemsOf(env);
  assert.equal(problems.length, 1, `${problems.length} problems:\n${problems.join('\n')}`);
  assert.match(problems[0] ?? '', pattern);
}

describe('config', () => {
  it('needs nothing: development on this machine, with the simulator and the embedded database', () => {
    assert.deepEqual(readConfig({}), {
      host: '127.0.0.1',
      port: 3978,
      bot: { mode: 'development' },
      serviceUrlHosts: ['localhost', '127.0.0.1', '[::1]'],
      storage: { mode: 'embedded', dataDir: './data' },
      sealingKeys: [],
      partnerCenter: { mode: 'simulator' },
      partnerCenterTimeoutSeconds: 20,
      staffTenantId: undefined,
      roles: {
        source: 'static',
        adminAgents: [playgroundStaff.adminAgents],
        salesAgents: [],
        helpdeskAgents: [],
        globalAdmins: [],
      },
      keyReveal: 'ephemeral',
      keyRevealSeconds: 60,
      policyFile: undefined,
      trackSeconds: 5,
      web: { mode: 'development', personId: '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a01', name: 'Ada Nowak' },
      simulator: { port: 3979, delaySeconds: 10, mode: 'extended' },
      publicUrl: undefined,
      defaultLanguage: 'en',
      logLevel: 'info',
      metricsToken: undefined,
      tracing: undefined,
    });
  });

  it('takes blank for unset', () => {
    assert.deepEqual(readConfig({ PORT: ' ', MicrosoftAppId: '', HOST: '\t' }), readConfig({}));
  });

  it('reads a registered bot with Partner Center', () => {
    const config = readConfig({
      ...registered,
      ...live,
      DATABASE_URL: 'postgres://u:p@db/desk',
      PUBLIC_URL: 'https://desk.example/',
    });

    assert.deepEqual(config.bot, {
      mode: 'registered',
      appId: guid(1),
      appType: 'SingleTenant',
      appPassword: 'password',
      appTenantId: guid(2),
      channelService: undefined,
      keys: undefined,
    });
    assert.equal(config.host, undefined);
    assert.equal(config.staffTenantId, guid(2));
    assert.ok(config.serviceUrlHosts.includes('smba.trafficmanager.net'));
    assert.deepEqual(config.storage, {
      mode: 'postgres',
      databaseUrl: 'postgres://u:p@db/desk',
      dataDir: './data',
    });
    assert.deepEqual(config.partnerCenter, {
      mode: 'live',
      url: 'https://api.partnercenter.microsoft.com',
      authority: 'https://login.microsoftonline.com',
      credentials: { tenantId: guid(2), clientId: guid(4), clientSecret: 'hush', refreshToken: 'hush hush' },
    });
    assert.equal(config.trackSeconds, 60);
    assert.equal(config.publicUrl, 'https://desk.example');
  });

  it('lists what is wrong in the policy file with the other problems', () => {
    const problems = problemsOf({ PORT: 'x', POLICY_FILE: 'no-such-folder/policy.json' });

    assert.equal(problems.length, 2);
    assert.ok(
      problems.some((problem) => /^POLICY_FILE no-such-folder\/policy\.json cannot be read: ENOENT/.test(problem)),
    );
  });

  it('lists every problem at once, without quoting values', () => {
    const problems = problemsOf({
      ...registered,
      PORT: '70000',
      KEY_REVEAL: 'loud',
      MicrosoftAppPassword: '',
      ...live,
      PARTNER_CENTER_REFRESH_TOKEN: '',
      DATABASE_URL: 'hush://hush',
    });

    const about = ['MicrosoftAppPassword', 'PARTNER_CENTER_REFRESH_TOKEN', 'PORT', 'DATABASE_URL', 'KEY_REVEAL'];
    assert.deepEqual(problems.map((problem) => problem.split(' ')[0]).sort(), about.sort());
    assert.doesNotMatch(problems.join(), /hush|loud|70000/);
    assert.match(new ConfigError(problems).message, /^The configuration cannot be used:\n {2}- /);
  });

  describe('without an app id', () => {
    it('listens on this machine only', () => {
      for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'desk.example', '127.0.0.1.evil.example'])
        assertProblem({ HOST }, /^HOST /);
      assert.deepEqual(
        ['localhost', '::1', '127.0.0.2'].map((HOST) => readConfig({ HOST }).host),
        ['localhost', '::1', '127.0.0.2'],
      );
    });

    it("calls a Partner Center on this machine only, as the simulator's account", () => {
      assertProblem({ ...live }, /^PARTNER_CENTER_URL .*machine/);
      assert.deepEqual(readConfig({ PARTNER_CENTER_URL: 'http://localhost:3979/' }).partnerCenter, {
        mode: 'live',
        url: 'http://localhost:3979',
        authority: 'http://localhost:3979',
      });
      assert.equal(readConfig({ PARTNER_CENTER_URL: 'http://localhost:3979/' }).trackSeconds, 5);
    });

    it('notices the other half of a registration', () => {
      assertProblem({ MicrosoftAppPassword: 'x' }, /^MicrosoftAppPassword is set, but MicrosoftAppId/);
      assertProblem({ MicrosoftAppTenantId: guid(1) }, /^MicrosoftAppTenantId is set/);
    });

    it('replaces the default admin agent by whoever is named', () => {
      const { roles } = readConfig({ SALES_AGENTS: guid(5).toUpperCase() });
      assert.deepEqual([roles.adminAgents, roles.salesAgents], [[], [guid(5)]]);
    });

    it('has the current user of the Playground as default admin agent', () => {
      const file = readFileSync(new URL('../../.m365agentsplayground.yml', import.meta.url), 'utf8');
      assert.equal(/currentUser:[\s\S]*?aadObjectId:\s*(\S+)/.exec(file)?.[1], playgroundStaff.adminAgents);
    });

    it('knows the Playground’s people by their roles', () => {
      const file = readFileSync(new URL('../../.m365agentsplayground.yml', import.meta.url), 'utf8');
      const people = [...file.matchAll(/# (.+)\.\n {2}- id:[\s\S]*?aadObjectId:\s*(\S+)/g)].map(([, role, id]) => [
        role,
        id,
      ]);
      assert.deepEqual(people.slice(0, 3), [
        ['Sales agent', playgroundStaff.salesAgents],
        ['Helpdesk agent', playgroundStaff.helpdeskAgents],
        ['Global administrator', playgroundStaff.globalAdmins],
      ]);
    });

    it("asks the simulator's Graph, where the Playground's people are in the groups named", () => {
      const simulated = { source: 'graph', directory: { at: 'simulator' } };
      const nobody = { salesAgents: [], helpdeskAgents: [], globalAdmins: [] };
      assert.deepEqual(readConfig({ ROLES_SOURCE: 'graph' }).roles, {
        ...simulated,
        ...nobody,
        adminAgents: [playgroundAdminGroup],
      });
      assert.deepEqual(
        readConfig({ ROLES_SOURCE: 'graph', SALES_AGENTS: guid(5), PARTNER_CENTER_URL: 'http://127.0.0.1:3979' }).roles,
        { ...simulated, ...nobody, adminAgents: [], salesAgents: [guid(5)] },
      );
      assertProblem(
        { ROLES_SOURCE: 'graph', SALES_AGENTS: `${guid(5)},${guid(6)}` },
        /^SALES_AGENTS must be one group/,
      );
    });
  });

  describe('with an app id', () => {
    it('knows three types of registration, and no fourth', () => {
      const { MicrosoftAppPassword: _, ...withoutPassword } = registered;
      const typeOf = (env: Record<string, string>) => {
        const { bot } = readConfig(env);
        return bot.mode === 'registered' && bot.appType;
      };
      assert.equal(typeOf({ ...withoutPassword, MicrosoftAppType: 'userassignedmsi' }), 'UserAssignedMSI');
      assert.equal(typeOf({ ...registered, MicrosoftAppType: '' }), 'MultiTenant');
      assertProblem({ ...registered, MicrosoftAppType: 'Single' }, /^MicrosoftAppType must be one of/);
      assertProblem({ ...registered, MicrosoftAppType: 'UserAssignedMSI' }, /^MicrosoftAppPassword must not/);
      assertProblem({ ...withoutPassword }, /^MicrosoftAppPassword is missing/);
      assertProblem(
        { ...registered, MicrosoftAppTenantId: '', STAFF_TENANT_ID: guid(2) },
        /^MicrosoftAppTenantId is missing/,
      );
    });

    it('must know whose people are served', () => {
      const anyTenant = { ...registered, MicrosoftAppType: 'MultiTenant' };
      assertProblem({ ...anyTenant, MicrosoftAppTenantId: '' }, /^STAFF_TENANT_ID is missing/);
      assertProblem({ ...anyTenant, MicrosoftAppTenantId: 'contoso.onmicrosoft.com' }, /^STAFF_TENANT_ID is missing/);
      assertProblem({ ...registered, STAFF_TENANT_ID: 'contoso' }, /^STAFF_TENANT_ID must be a GUID/);
      assert.equal(readConfig({ ...registered, STAFF_TENANT_ID: guid(9).toUpperCase() }).staffTenantId, guid(9));
    });

    it('denies by default: somebody must have a role', () => {
      assertProblem({ ...registered, ADMIN_AGENTS: '' }, /Nobody has a role/);
      assertProblem({ ...registered, ADMIN_AGENTS: 'ada@partner.example' }, /^ADMIN_AGENTS must be Entra object ids/);
      assertProblem({ ...registered, ADMIN_AGENTS: ' , ' }, /^ADMIN_AGENTS/);
      const { roles } = readConfig({ ...registered, ADMIN_AGENTS: `${guid(3)}, ${guid(4).toUpperCase()},${guid(3)}` });
      assert.deepEqual(roles.adminAgents, [guid(3), guid(4)]);
    });

    it("asks Graph with the bot's own registration, for one group per role", () => {
      const { roles } = readConfig({ ...registered, ROLES_SOURCE: 'graph' });
      assert.deepEqual(roles, {
        source: 'graph',
        adminAgents: [guid(3)],
        salesAgents: [],
        helpdeskAgents: [],
        globalAdmins: [],
        directory: {
          at: 'microsoft',
          authority: 'https://login.microsoftonline.com',
          tenantId: guid(2),
          clientId: guid(1),
          clientSecret: 'password',
        },
      });
      assertProblem(
        { ...registered, ROLES_SOURCE: 'graph', ADMIN_AGENTS: `${guid(3)},${guid(4)}` },
        /^ADMIN_AGENTS must be one group/,
      );
      assertProblem(
        { ...registered, ROLES_SOURCE: 'graph', MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: '' },
        /^MicrosoftAppPassword is missing: ROLES_SOURCE/,
      );
      assertProblem({ ...registered, ROLES_SOURCE: 'ldap' }, /^ROLES_SOURCE must be one of/);
    });

    const directoryOf = (env: Record<string, string>) => {
      const { roles } = readConfig({ ...registered, ROLES_SOURCE: 'graph', ...env });
      return roles.source === 'graph' ? roles.directory : undefined;
    };
    const authorityOf = (env: Record<string, string>) => {
      const directory = directoryOf(env);
      return directory?.at === 'microsoft' ? directory.authority : directory?.at;
    };

    it('asks Graph about the tenant whose people are served', () => {
      const directory = directoryOf({ STAFF_TENANT_ID: guid(9) });
      assert.equal(directory?.at === 'microsoft' && directory.tenantId, guid(9));
      const multiTenant = directoryOf({ MicrosoftAppType: '', MicrosoftAppTenantId: '', STAFF_TENANT_ID: guid(9) });
      assert.equal(multiTenant?.at === 'microsoft' && multiTenant.tenantId, guid(9));
      assertProblem({ ...registered, ROLES_SOURCE: 'graph', STAFF_TENANT_ID: 'contoso' }, /^STAFF_TENANT_ID must be/);
    });

    it('asks the Graph of the cloud in which it is registered', () => {
      assert.equal(authorityOf({}), 'https://login.microsoftonline.com');
      assert.equal(
        authorityOf({ ChannelService: 'https://botframework.azure.us' }),
        'https://login.microsoftonline.us',
      );
      assert.equal(authorityOf({ ...keys }), 'https://login.example');
      assert.equal(authorityOf({ ...live }), 'https://login.microsoftonline.com');
      const PARTNER_CENTER_AUTHORITY = 'https://login.microsoftonline.us/';
      assert.equal(authorityOf({ ...live, PARTNER_CENTER_AUTHORITY }), 'https://login.microsoftonline.us');
    });

    it("asks the simulator's Graph where the directory is on this machine", () => {
      const local = { ...keys, ToChannelFromBotLoginUrl: 'http://127.0.0.1:9/login' };
      assert.equal(authorityOf(local), 'simulator');
      const PARTNER_CENTER_AUTHORITY = 'http://127.0.0.1:3979';
      assert.equal(authorityOf({ ...live, PARTNER_CENTER_AUTHORITY }), 'simulator');
      assert.equal(authorityOf({ ...local, ...live }), 'https://login.microsoftonline.com');
      const managed = { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: '' };
      assert.equal(authorityOf({ ...local, ...managed }), 'simulator');
    });

    it('tries the product in a real tenant with the simulator', () => {
      assert.deepEqual(readConfig(registered).partnerCenter, { mode: 'simulator' });
      assert.equal(readConfig(registered).trackSeconds, 5);
    });

    it("names each missing half of Partner Center's credentials", () => {
      const problems = problemsOf({ ...registered, PARTNER_CENTER_URL: live.PARTNER_CENTER_URL });
      assert.deepEqual(
        problems.map((problem) => problem.split(' ')[0]),
        Object.keys(live).slice(1),
      );
      assertProblem(
        { ...registered, PARTNER_CENTER_CLIENT_ID: guid(4) },
        /^PARTNER_CENTER_CLIENT_ID is set, but PARTNER_CENTER_URL is not/,
      );
      assertProblem(
        { ...registered, ...live, PARTNER_CENTER_URL: 'http://api.example' },
        /^PARTNER_CENTER_URL must be an https/,
      );
    });

    it('signs in where the cloud of Partner Center does, unless it is told', () => {
      const authorityWith = (more: Record<string, string>) => {
        const { partnerCenter } = readConfig({ ...registered, ...live, ...more });
        return partnerCenter.mode === 'live' && partnerCenter.authority;
      };
      const china = 'https://partner.partnercenterapi.microsoftonline.cn';
      const government = 'https://login.microsoftonline.us';

      assert.equal(authorityWith({ PARTNER_CENTER_URL: china }), 'https://login.partner.microsoftonline.cn');
      assert.equal(authorityWith({ PARTNER_CENTER_URL: 'http://localhost:3979' }), 'http://localhost:3979');
      assert.equal(authorityWith({ PARTNER_CENTER_AUTHORITY: `${government}/` }), government);
    });

    it('does not start with Partner Center in one cloud and the directory in another, and says so with the rest', () => {
      const china = 'https://login.partner.microsoftonline.cn';
      assertProblem(
        { ...registered, ...live, PARTNER_CENTER_AUTHORITY: china },
        /^PARTNER_CENTER_AUTHORITY is that of 21Vianet/,
      );

      const problems = problemsOf({ ...registered, ...live, PARTNER_CENTER_AUTHORITY: china, PORT: '70000' });

      assert.deepEqual(problems.map((problem) => problem.split(' ')[0]).sort(), ['PARTNER_CENTER_AUTHORITY', 'PORT']);
    });

    it("takes Bot Framework's own keys all or none", () => {
      const { bot } = readConfig({ ...registered, ...keys });
      assert.deepEqual(bot.mode === 'registered' && bot.keys, keys);
      for (const name of Object.keys(keys))
        assertProblem({ ...registered, ...keys, [name]: '' }, new RegExp(`^${name} is missing`));
      assertProblem({ ...registered, ...keys, ValidateAuthority: 'perhaps' }, /^ValidateAuthority must be one of/);
      assertProblem({ ...registered, ...keys, OAuthUrl: 'http://token.example' }, /^OAuthUrl must be an https/);
    });

    it('knows the government cloud, and others by their keys only', () => {
      const { bot } = readConfig({ ...registered, ChannelService: 'https://botframework.azure.us' });
      assert.equal(bot.mode === 'registered' && bot.channelService, 'https://botframework.azure.us');
      assertProblem({ ...registered, ChannelService: 'https://botframework.example' }, /^ChannelService must be/);
      assert.deepEqual(problemsOf({ ...registered, ...keys, ChannelService: 'https://botframework.example' }), []);
    });
  });

  describe('hosts', () => {
    it('are taken as they are written', () => {
      const { serviceUrlHosts } = readConfig({
        SERVICE_URL_HOSTS: 'smba.trafficmanager.net:443, *.botframework.com,localhost:56150,[::1]:9',
      });
      assert.deepEqual(serviceUrlHosts, [
        'smba.trafficmanager.net:443',
        '*.botframework.com',
        'localhost:56150',
        '[::1]:9',
      ]);
    });

    for (const host of ['https://x.example', 'x.example/path', '*', 'a.*.example', 'x.example:8443', 'x:99999', '*.']) {
      it(`cannot be ${host}`, () =>
        assertProblem({ SERVICE_URL_HOSTS: `localhost,${host}` }, /^SERVICE_URL_HOSTS has/));
    }
  });

  describe('numbers', () => {
    const bad: [string, string[]][] = [
      ['PORT', ['-1', '65536', '1.5', 'http', '0x10', '1e3']],
      ['SIMULATOR_PORT', ['65536']],
      ['KEY_REVEAL_SECONDS', ['1', '0', '86401', 'soon']],
      ['TRACK_SECONDS', ['0', '-5']],
      ['PARTNER_CENTER_TIMEOUT_SECONDS', ['0', '601', '20s']],
      ['SIMULATOR_DELAY_SECONDS', ['-1', '1,5', 'x']],
    ];
    for (const [name, values] of bad) {
      it(`are in their range: ${name}`, () => {
        for (const value of values) assertProblem({ [name]: value }, new RegExp(`^${name} must be`));
      });
    }

    it('may be at the edge', () => {
      const config = readConfig({
        PORT: '0',
        SIMULATOR_PORT: '65535',
        KEY_REVEAL_SECONDS: '2',
        TRACK_SECONDS: '1',
        PARTNER_CENTER_TIMEOUT_SECONDS: '600',
        SIMULATOR_DELAY_SECONDS: '0.5',
      });
      assert.deepEqual(
        [
          config.port,
          config.simulator.port,
          config.keyRevealSeconds,
          config.trackSeconds,
          config.partnerCenterTimeoutSeconds,
          config.simulator.delaySeconds,
        ],
        [0, 65_535, 2, 1, 600, 0.5],
      );
    });
  });

  it('seals with its own key first, and opens with those of before', () => {
    const [own, previous] = ['o'.repeat(32), 'p'.repeat(44)];

    assert.deepEqual(readConfig({}).sealingKeys, []);
    assert.deepEqual(readConfig({ SEALING_KEY: own, SEALING_KEY_PREVIOUS: previous }).sealingKeys, [own, previous]);
    assertProblem({ SEALING_KEY: 'short' }, /^SEALING_KEY must have 32 characters/);
    assertProblem({ SEALING_KEY_PREVIOUS: previous }, /^SEALING_KEY_PREVIOUS is set, but SEALING_KEY is not/);
  });

  it('knows the words of the others', () => {
    assertProblem({ SIMULATOR_MODE: 'old' }, /^SIMULATOR_MODE must be one of: extended, today/);
    assertProblem({ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/);
    assertProblem({ KEY_REVEAL: 'chat' }, /^KEY_REVEAL must be one of: ephemeral, dialog/);
    assertProblem({ PUBLIC_URL: 'http://desk.example' }, /^PUBLIC_URL must be an https/);
    assertProblem({ DATABASE_URL: 'mysql://db' }, /^DATABASE_URL must begin with postgres/);
  });

  it('tells where traces go, and what is sent along', () => {
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
    const key = (headers: string) => readConfig({ ...at, OTEL_EXPORTER_OTLP_HEADERS: headers }).tracing?.headers;

    assert.equal(readConfig({}).tracing, undefined);
    assert.deepEqual(readConfig(at).tracing, { endpoint: 'http://collector:4318', headers: {} });
    assert.deepEqual(key('x-key=a%20b, x-other=c=='), { 'x-key': 'a b', 'x-other': 'c==' });
    assertProblem({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /^OTEL_EXPORTER_OTLP_ENDPOINT must be an http/);
    assertProblem({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:b@c' }, /^OTEL_EXPORTER_OTLP_ENDPOINT must be .*password/);
    for (const wrong of ['key', 'a=b;c', 'a b=c'])
      assertProblem(
        { ...at, OTEL_EXPORTER_OTLP_HEADERS: `${wrong},x` },
        /^OTEL_EXPORTER_OTLP_HEADERS must be name=value/,
      );
    assertProblem({ ...at, OTEL_EXPORTER_OTLP_HEADERS: 'a=%zz' }, /^OTEL_EXPORTER_OTLP_HEADERS must have its values/);
    assertProblem({ OTEL_EXPORTER_OTLP_HEADERS: 'a=b' }, /^OTEL_EXPORTER_OTLP_HEADERS is set, but/);
  });

  describe('secrets in files', () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    });
    after(() => rmSync(folder, { recursive: true }));

    function fileOf(content: string): string {
      const path = join(folder, 'secret');
      writeFileSync(path, content);
      return path;
    }

    it('are read without the end of the line', () => {
      const { PARTNER_CENTER_REFRESH_TOKEN: _, ...others } = { ...registered, ...live };

      const { partnerCenter } = readConfig({ ...others, PARTNER_CENTER_REFRESH_TOKEN_FILE: fileOf('from a file\n') });

      assert.equal(partnerCenter.mode === 'live' && partnerCenter.credentials?.refreshToken, 'from a file');
    });

    it('are checked like the variables themselves', () => {
      assertProblem({ DATABASE_URL_FILE: fileOf('mysql://db') }, /^DATABASE_URL must begin with postgres/);
    });

    for (const name of secretNames)
      it(`must be there, and must not be given twice (${name})`, () => {
        assertProblem(
          { [`${name}_FILE`]: join(folder, 'none') },
          new RegExp(`^${name}_FILE names a file that cannot be read: .*ENOENT`),
        );
        assertProblem({ [`${name}_FILE`]: fileOf(' \n') }, new RegExp(`^${name}_FILE names a file that is empty`));
        const valid: Record<string, string> = { DATABASE_URL: 'postgres://db/desk', OTEL_EXPORTER_OTLP_HEADERS: 'a=b' };
        const value = valid[name] ?? 'x'.repeat(32);
        const beside: Record<string, Record<string, string>> = {
          SEALING_KEY_PREVIOUS: { SEALING_KEY: 'k'.repeat(32) },
          OTEL_EXPORTER_OTLP_HEADERS: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://traces' },
        };
        const own = beside[name] ?? {};
        const both = { ...registered, ...live, ...own, [name]: value, [`${name}_FILE`]: fileOf('y') };
        assertProblem(both, new RegExp(`^${name}_FILE is set, and ${name} too`));
      });
  });

  it('is shown in .env.example: every variable once, commented out, after a line that explains it', () => {
    const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n');
    const shown = lines.flatMap((line, at) => {
      const name = /^#?([A-Za-z_]+)=/.exec(line)?.[1];
      if (!name) return [];
      assert.match(line, /^#/, `${name} is set`);
      assert.match(lines[at - 1] ?? '', /^# \S/, `${name} has no comment`);
      return [name];
    });
    assert.deepEqual(shown.sort(), [...variableNames].sort());
  });
});
