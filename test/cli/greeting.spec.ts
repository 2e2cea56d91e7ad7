import assert from 'node:assert/strict';
import { checks } from '../../src/app.ts';
import { greetingLines, unknownVariableLines } from '../../src/cli/greeting.ts';
import { playgroundStaff } from '../../src/config/development.ts';
import { readConfig } from '../../src/config/read-config.ts';

const addresses = { url: 'http://localhost:3978', simulatorUrl: 'http://localhost:3979' };
const guid = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const registered = {
  MicrosoftAppId: guid(1),
  MicrosoftAppPassword: 'password',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: guid(2),
};

const greeting = (env: Record<string, string>, at: { url: string; simulatorUrl?: string } = addresses) =>
  greetingLines(readConfig(env, checks), at).join('\n');

describe('the greeting', () => {
  it('says where the bot and the simulator listen, and how to talk to it', () => {
    const text = greeting({});

    assert.match(text, /^Software Desk listens on http:\/\/localhost:3978 {2}\(messages: .*\/api\/messages\)$/m);
    assert.match(text, /^Partner Center is simulated on http:\/\/localhost:3979: nothing is ordered at Microsoft\.$/m);
    assert.match(text, /npm run playground/);
    assert.match(text, /Ctrl\+C$/);
  });

  it('says what a power cut may take away, unless a PostgreSQL keeps the records', () => {
    assert.match(
      greeting({}),
      /^Records are kept in \.\/data: a power cut may lose the last seconds\. .*DATABASE_URL\.$/m,
    );
    assert.doesNotMatch(greeting({ DATABASE_URL: 'postgresql://localhost/desk' }), /power cut/);
  });

  it('says of a registered bot to open it in Teams', () => {
    const text = greeting({ ...registered, ADMIN_AGENTS: guid(3) }, { url: 'http://localhost:3978' });

    assert.match(text, /Partner Center is used as configured/);
    assert.match(text, /open it in Teams/);
    assert.doesNotMatch(text, /Playground/i);
  });

  it('says in development which role one has in the Playground', () => {
    const { adminAgents, salesAgents } = playgroundStaff;
    assert.match(greeting({}), /^You are an admin agent in the Playground\.$/m);
    assert.match(greeting({ SALES_AGENTS: adminAgents }), /^You are a sales agent in the Playground\.$/m);
    assert.match(
      greeting({ ADMIN_AGENTS: adminAgents, GLOBAL_ADMINS: adminAgents }),
      /^You are an admin agent and a global administrator in the Playground\.$/m,
    );
    assert.match(
      greeting({ SALES_AGENTS: salesAgents }),
      new RegExp(`^You have no role in the Playground, because your id \\(${adminAgents}\\)`, 'm'),
    );
    assert.match(greeting({ ROLES_SOURCE: 'graph' }), /^You are an admin agent in the Playground\.$/m);
    assert.match(greeting({ ROLES_SOURCE: 'graph', SALES_AGENTS: guid(4) }), /^You have no role in the Playground/m);
  });

  it('says how it is decided who has a role', () => {
    assert.match(greeting({}), /^Nobody else has a role\. To give roles to people, put their ids into ADMIN_AGENTS, /m);
    assert.match(
      greeting({ ...registered, ADMIN_AGENTS: `${guid(3)},${guid(4)}`, SALES_AGENTS: guid(5) }),
      /^Roles are given to the people in ADMIN_AGENTS \(2 people\), SALES_AGENTS \(1 person\)\. Nobody else has a role\.$/m,
    );
    assert.match(
      greeting({ ...registered, ROLES_SOURCE: 'graph', ADMIN_AGENTS: guid(3) }),
      new RegExp(`^Roles are given .* as Microsoft Graph knows them: ADMIN_AGENTS \\(group ${guid(3)}\\)\\.$`, 'm'),
    );
    assert.match(
      greeting({ ROLES_SOURCE: 'graph' }),
      /^Roles are given .* as the simulator's Graph knows them: ADMIN_AGENTS/m,
    );
  });

  it('warns of variables whose names are probably misspelt', () => {
    assert.deepEqual(unknownVariableLines([{ name: 'TRACK_SECOND', nearest: 'TRACK_SECONDS' }]), [
      'Warning: the variable TRACK_SECOND is set but never read. Did you mean TRACK_SECONDS? See .env.example.',
    ]);
  });
});
