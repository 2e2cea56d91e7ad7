import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Config } from '../../src/config/index.ts';
import { policyProblem } from '../../src/config/policy-file.ts';
import { examineSetup, examineVariables, type OutsideOptions } from '../../src/doctor/index.ts';
import type { SetupFinding } from '../../src/domain/setup/setup-check.ts';
import { clouds } from '../../src/microsoft/clouds.ts';
import { readClientSecret } from '../../src/partner-center/client/client-secret.ts';
import type { DatabaseFacts, Examined } from '../../src/storage/examine.ts';
import type { Identity } from '../support/certificates.ts';
import { createFakeTimer } from '../support/fake-timer.ts';
import { type Answer, type Route, startServer } from '../support/stub-partner-center.ts';

export const tenantId = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const customerId = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';
export const groupId = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
export const appId = '7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4';
const issuer = 'https://api.botframework.com';

type Routes = Readonly<Record<string, Route | Answer | readonly Answer[]>>;

/** What differs from a set-up in which all is right. */
export interface Difference {
  readonly variables?: Readonly<Record<string, string>>;
  readonly config?: (config: Config) => Config;
  readonly routes?: Routes;
  readonly facts?: Partial<DatabaseFacts>;
  readonly database?: Examined;
  readonly outside?: OutsideOptions;
  readonly packagePath?: string;
}

function jwt(claims: object): string {
  return ['{}', JSON.stringify(claims), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

const claims = { amr: ['pwd', 'mfa'], tid: tenantId, aud: 'https://api.partnercenter.microsoft.com' };

export const given = (more: object = {}): Answer => ({
  json: { access_token: jwt({ ...claims, ...more }), refresh_token: 'next', expires_in: '3600' },
});

export const refused = (number: number, error = 'invalid_grant'): Answer => ({
  status: 400,
  json: { error, error_codes: [number], error_description: `AADSTS${number}: Something.`, correlation_id: 'c' },
});

export const paths = {
  partnerCenterToken: `POST /${tenantId}/oauth2/token`,
  token: `POST /${tenantId}/oauth2/v2.0/token`,
  keys: 'GET /keys',
  customers: 'GET /v1/customers',
  prices: "GET /v1.0/sales/pricesheets(Market='PL',PricesheetView='software')/$value",
  tickets: 'GET /v1/servicerequests',
  registration: 'GET /webhooks/v1/registration',
  users: 'GET /v1.0/users',
  group: `GET /v1.0/groups/${groupId}`,
  members: `GET /v1.0/groups/${groupId}/transitiveMembers`,
};

const publicAddress = 'https://localhost:1';

const routes = (publicUrl: string): Routes => ({
  [paths.partnerCenterToken]: given(),
  [paths.token]: given(),
  [paths.keys]: { json: { issuer, jwks_uri: 'https://login.botframework.com/keys' } },
  [paths.customers]: {
    headers: { isMfaCompliant: 'true' },
    json: {
      totalCount: 1,
      items: [{ id: customerId, companyProfile: { companyName: 'Contoso', domain: 'c.example' } }],
    },
  },
  [`GET /v1/customers/${customerId}`]: {
    json: { id: customerId, billingProfile: { companyName: 'Contoso', defaultAddress: { country: 'PL' } } },
  },
  [paths.prices]: { headers: { 'Content-Type': 'text/csv' }, raw: 'ProductId\n'.repeat(20_000) },
  [paths.tickets]: { json: { totalCount: 0, items: [] } },
  [paths.registration]: {
    json: {
      WebhookUrl: `${publicUrl}/webhooks/partner-center`,
      WebhookEvents: ['test-created', 'subscription-updated', 'invoice-ready'],
    },
  },
  [paths.users]: { json: { value: [{ id: customerId, userType: 'Member', accountEnabled: true }] } },
  [paths.group]: { json: { id: groupId } },
  [paths.members]: { json: { value: [{ id: customerId }] } },
});

const goodFacts: DatabaseFacts = {
  isServer: true,
  version: 160_004,
  encoding: 'UTF8',
  isReadOnly: false,
  clockMs: 12,
  latencyMs: 0.6,
  freeConnections: 90,
  hasRights: true,
  neededStep: 6,
  knownStep: 91,
  refreshTokenAt: new Date(),
  hasRegistered: true,
  serviceUrls: ['https://smba.trafficmanager.net/emea/'],
};

/** A set-up in which all is right, but for the difference: a partner's bot, with Microsoft's answers by one stub. */
export async function examine(
  difference: Difference,
  atPublicUrl: string = publicAddress,
): Promise<readonly SetupFinding[]> {
  const publicUrl = difference.variables?.PUBLIC_URL ?? atPublicUrl;
  const server = await startServer({ ...routes(publicUrl), ...difference.routes });
  const { url } = server;
  const readText = (path: string) => readFileSync(path, 'utf8');
  const checks = {
    ...{ ...clouds, readText },
    readClientSecret: (written: string) => readClientSecret(written, readText),
    policyProblem: (path: string) => policyProblem(path, readText),
  };
  const variables = {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'password',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenantId,
    ToChannelFromBotLoginUrl: `${url}/botframework.com`,
    ToChannelFromBotOAuthScope: issuer,
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: `${url}/keys`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${url}/keys`,
    OAuthUrl: url,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'false',
    // Nobody listens there: whether a bot runs here is another machine's business.
    HOST: '127.0.0.1',
    PORT: '1',
    ROLES_SOURCE: 'graph',
    ADMIN_AGENTS: groupId,
    PARTNER_CENTER_URL: url,
    PARTNER_CENTER_TENANT_ID: tenantId,
    PARTNER_CENTER_CLIENT_ID: 'the-client',
    PARTNER_CENTER_CLIENT_SECRET: 'the-secret',
    PARTNER_CENTER_REFRESH_TOKEN: 'the-refresh-token',
    DATABASE_URL: 'postgres://desk:the-password@127.0.0.1:1/desk',
    PUBLIC_URL: atPublicUrl,
    ...difference.variables,
  };
  try {
    const { config, findings } = examineVariables(variables, checks);
    if (!config) return findings;
    const ours = (difference.config ?? same)(atMicrosoft(config, url));
    const database: Examined = difference.database ?? {
      kind: 'open',
      facts: { ...goodFacts, ...difference.facts },
      refreshTokens: { load: async () => ({ kind: 'none' }) },
      close: async () => undefined,
    };
    const { packagePath } = difference;
    const outside = { timer: createFakeTimer(), graphUrl: url, timeoutMs: 2_000, ...difference.outside };
    return [...findings, ...(await examineSetup({ config: ours, database, packagePath }, outside))];
  } finally {
    await server.close();
  }
}

const same = (config: Config): Config => config;

/** The directory is asked as if it were not on this machine. */
function atMicrosoft(config: Config, authority: string): Config {
  const { roles } = config;
  if (roles.source !== 'graph') return config;
  const directory = { at: 'microsoft', authority, tenantId, clientId: appId, clientSecret: 'password' } as const;
  return { ...config, roles: { ...roles, directory } };
}

/** What stands behind PUBLIC_URL: answers every request with that status. */
export async function startPublic({ keyPem, pem }: Identity, status = 405) {
  const server = createServer({ key: keyPem, cert: pem }, (_request, response) => {
    response.writeHead(status);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
