import assert from 'node:assert/strict';
import { InboundActivityTokenValidator } from '@microsoft/teams.apps/dist/middleware/auth/inbound-activity-token-validator.js';
import fc from 'fast-check';
import { createAllows } from '../../../src/teams/hosts.ts';
import { createAdmit } from '../../../src/teams/inbound/authenticate.ts';
import { type KeyServer, startKeyServer } from '../../support/key-server.ts';
import { activity, staffTenantId } from '../activities.ts';
import { appId, registration, serviceUrl } from '../registration.ts';

type Settings = ConstructorParameters<typeof InboundActivityTokenValidator>;

const quiet: NonNullable<Settings[3]> = {
  loggerOptions: {},
  log() {},
  error() {},
  warn() {},
  info() {},
  debug() {},
  trace() {},
  child: () => quiet,
};

const issuer = 'https://api.botframework.com';
const now = Math.floor(Date.now() / 1000);
const minutes = (count: number): number => now + count * 60;

/** The first of each list is right: it comes more often than each of the others. */
function mostly<T>(right: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
}

const otherTenant = '99999999-0000-4000-8000-000000000000';
const entra = (tenant: string) => [
  `https://login.microsoftonline.com/${tenant}/v2.0`,
  `https://sts.windows.net/${tenant}/`,
];

const claims = fc.record({
  iss: mostly<unknown>(
    issuer,
    ...[`${issuer}/`, issuer.toUpperCase(), 'https://api.botframework.us', '', undefined, null, [issuer]],
    ...[...entra(staffTenantId), ...entra(otherTenant)],
  ),
  aud: mostly<unknown>(
    appId,
    ...[`api://${appId}`, `api://botid-${appId}`, appId.toUpperCase(), [appId], [appId, 'other'], '', undefined, null],
  ),
  serviceurl: mostly<unknown>(
    serviceUrl,
    ...[
      serviceUrl.slice(0, -1),
      `${serviceUrl}/`,
      serviceUrl.toUpperCase(),
      'https://smba.trafficmanager.net:443/emea/',
    ],
    ...['https://smba.trafficmanager.net/amer/', 'https://smba.trafficmanager.net/x/../emea/', '', undefined, null, 5],
  ),
  exp: mostly<unknown>(minutes(600), minutes(-4), minutes(-6), 0, -1, undefined, null, `${minutes(600)}`, 1e99, [
    minutes(60),
  ]),
  nbf: mostly<unknown>(minutes(-1), minutes(4), minutes(600), undefined, null, 'yesterday', -1),
  iat: mostly<unknown>(minutes(-1), minutes(600), undefined, 'now'),
  appid: mostly<unknown>(undefined, appId, 'another-bot', 'AnonymousSkill'),
  tid: mostly<unknown>(undefined, staffTenantId, otherTenant),
  ver: mostly<unknown>(undefined, '1.0', '2.0'),
  scp: mostly<unknown>(undefined, 'access_as_user'),
});

const header = fc.record({
  alg: mostly<unknown>('RS256', 'rs256', 'RS512', 'PS256', 'ES256', 'HS256', 'none', '', undefined, null),
  kid: mostly<unknown>('msteams', 'plain', 'unknown', '', undefined, null, 7, '../msteams'),
  typ: mostly<unknown>('JWT', 'at+jwt', undefined, 5),
  crit: mostly<unknown>(undefined, ['exp'], [], 'exp'),
  b64: mostly<unknown>(undefined, false),
});

const spoiled = mostly<(token: string) => string>(
  (token) => token,
  (token) => token.slice(0, -1),
  (token) => token.replace(/[^.]+$/, ''),
  (token) => token.split('.').slice(0, 2).join('.'),
  (token) => `${token}.`,
  (token) => `${token}=`,
  (token) => ` ${token}`,
  (token) => `${token} ${token}`,
  (token) => token.replace(/\.[^.]+\./, (part) => `${part.slice(0, 9)}AA${part.slice(9)}`),
);

const scheme = mostly('Bearer ', 'bearer ', 'BEARER ', 'Bearer  ', 'Bearer\t', '', 'Basic ', 'Bearer');

const body = fc.record({
  serviceUrl: mostly<string | undefined>(
    serviceUrl,
    ...[serviceUrl.slice(0, -1), 'https://SMBA.trafficmanager.net/EMEA/', 'https://smba.trafficmanager.net:443/emea/'],
    ...['https://smba.trafficmanager.net/amer/', undefined],
  ),
  channelId: mostly<string | undefined>('msteams', 'directline', 'emulator', undefined),
});

describe('admission beside the one of @microsoft/teams.apps', () => {
  let keys: KeyServer;
  before(async () => {
    keys = await startKeyServer();
  });
  after(() => keys.close());

  it('lets in nothing that the other refuses, in 10,000 requests', async () => {
    const admit = createAdmit({
      bot: registration(keys.url),
      allows: createAllows(['smba.trafficmanager.net']),
      staffTenantId,
    });
    const cloud = {
      // Nobody answers there: keys of other issuers are none of ours.
      loginEndpoint: 'http://127.0.0.1:1',
      loginTenant: 'botframework.com',
      botScope: `${issuer}/.default`,
      tokenServiceUrl: 'http://127.0.0.1:1',
      openIdMetadataUrl: new URL('/openidconfiguration', keys.url).href,
      tokenIssuer: issuer,
      graphScope: '',
    } satisfies Partial<NonNullable<Settings[4]>>;
    const theirs = new InboundActivityTokenValidator(
      appId,
      staffTenantId,
      undefined,
      quiet,
      cloud as NonNullable<Settings[4]>,
    );
    const teams = activity('channel-mention');
    const counts = { both: 0, onlyTheirs: 0, neither: 0 };

    const compare = async (authorization: string, changes: { serviceUrl?: string; channelId?: string }) => {
      const asked = { ...teams, ...changes };
      const isIn = (await admit(asked, authorization)) === 200;
      const isInThere = await theirs.check(authorization, asked as never).then(
        () => true,
        () => false,
      );
      assert.ok(isInThere || !isIn, `let in here, refused there: ${authorization} ${JSON.stringify(changes)}`);
      counts[isIn ? 'both' : isInThere ? 'onlyTheirs' : 'neither'] += 1;
    };
    // To sign takes longest: each token is sent in five ways.
    const ways = fc.array(fc.tuple(scheme, spoiled, body), { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(claims, header, mostly(false, true), ways, async (claimed, head, isForged, sent) => {
        const token = keys.token(claimed, { header: head, ...(isForged ? { key: keys.otherKey } : {}) });
        for (const [start, spoil, changes] of sent) await compare(`${start}${spoil(token)}`, changes as never);
      }),
      { numRuns: 2_000, seed: 20261130 },
    );

    assert.equal(counts.both + counts.onlyTheirs + counts.neither, 10_000);
    assert.ok(counts.both > 200 && counts.onlyTheirs > 50, JSON.stringify(counts));
  });
});
