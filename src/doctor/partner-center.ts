import type { PartnerCenterCredentials } from '../config/schema.ts';
import { Secret } from '../domain/secret.ts';
import type { SetupFinding } from '../domain/setup/setup-check.ts';
import { pricesFor, resourceOf } from '../microsoft/clouds.ts';
import { MicrosoftError } from '../microsoft/errors.ts';
import { readClaims } from '../microsoft/oauth/access-token.ts';
import type { RefreshTokenStore } from '../microsoft/oauth/refresh-tokens.ts';
import type { Tokens } from '../microsoft/oauth/token-cache.ts';
import { createMfaCheck } from '../partner-center/client/mfa-check.ts';
import { isSignInOfPrices } from '../partner-center/client/remedies.ts';
import { type Api, createApi } from '../partner-center/client/request.ts';
import { createPartnerCenterTokens } from '../partner-center/client/sign-in.ts';
import { toCustomerProfile, toCustomers } from '../partner-center/customers/customer-resource.ts';
import { remedies } from '../words/operators.ts';
import { examineRegistration, type WantedRegistration } from './events.ts';
import { findingsOf } from './finding.ts';
import { factsOf, kindOfFailure, type Outside, ofCall, readAddress, silent } from './outside.ts';

const { problem, note } = findingsOf('partner-center');

export interface Account {
  readonly url: string;
  readonly authority: string;
  readonly credentials: PartnerCenterCredentials;
  /** Reads the refresh token that the bot was given last. */
  readonly loadRefreshToken: RefreshTokenStore['load'];
  readonly wanted: WantedRegistration;
}

/** Signs in as the bot does, and reads one of each: a customer, a price, a ticket, the registration for events. */
export async function examinePartnerCenter(account: Account, outside: Outside): Promise<SetupFinding[]> {
  const { url, authority, credentials, loadRefreshToken, wanted } = account;
  const { timer, timeoutMs } = outside;
  const resource = resourceOf(url);
  await readAddress(`${authority}/${credentials.tenantId}/v2.0/.well-known/openid-configuration`, outside);
  const tokens = createPartnerCenterTokens(
    {
      ...{ authority, tenantId: credentials.tenantId, clientId: credentials.clientId },
      clientSecret: new Secret(credentials.clientSecret),
      refreshToken: new Secret(credentials.refreshToken),
      // What the directory gives in exchange is not kept: the one that was there stays good.
      refreshTokens: { load: loadRefreshToken, save: async () => undefined },
    },
    { timer, log: silent, timeoutMs },
  );
  const signIns = await trySignIns(tokens, { resource, tenantId: credentials.tenantId });
  if (signIns.some(({ level }) => level === 'problem')) return signIns;
  const api = createApi({ url, resource, tokens, timer, log: silent, timeoutMs });
  try {
    const customers = await readCustomers(api);
    if (customers.some(({ code }) => code === 'partner-center-away')) return [...signIns, ...customers];
    const rest = [readPrices(api, tokens, pricesFor(url)), readTickets(api), examineRegistration(api, wanted)];
    return [...signIns, ...customers, ...(await Promise.all(rest)).flat()];
  } finally {
    await api.close();
  }
}

async function trySignIns(
  tokens: Tokens,
  { resource, tenantId }: { readonly resource: string; readonly tenantId: string },
): Promise<SetupFinding[]> {
  try {
    await tokens.get('app', resource);
    const claims = readClaims(await tokens.get('user', resource));
    const found: SetupFinding[] = [];
    if (claims.hasMfa === false) found.push(withoutMfa);
    const isGuid = /^[0-9a-f-]{36}$/i.test(tenantId);
    if (isGuid && claims.tenantId && claims.tenantId.toLowerCase() !== tenantId.toLowerCase())
      found.push(
        problem(
          'service-account-tenant',
          `The service account belongs to the tenant ${claims.tenantId}, which is not PARTNER_CENTER_TENANT_ID.`,
          'Run `npm run consent` with an account of the partner’s own tenant, and store the new refresh token.',
        ),
      );
    if (claims.audience && new URL(resource).host !== hostOf(claims.audience))
      found.push(
        problem(
          'token-audience',
          `The directory gives tokens for ${claims.audience}, and Partner Center takes those for ${resource}.`,
          'In Entra, give the application the permission user_impersonation of the Partner Center API, then run `npm run consent`.',
        ),
      );
    return found;
  } catch (error) {
    if (!(error instanceof MicrosoftError)) throw error;
    if (kindOfFailure(error) === 'refused')
      return [
        problem(
          'partner-center-sign-in',
          `The directory refuses the sign-in to Partner Center (${factsOf(error)}).`,
          error.description ?? 'Run `npm run consent`.',
        ),
      ];
    return [
      problem(
        'directory-away',
        `The directory does not answer (${factsOf(error)}).`,
        'Check PARTNER_CENTER_AUTHORITY, and let the bot reach it: look at the network, the firewall and the proxy.',
      ),
    ];
  }
}

const withoutMfa = problem(
  'consent-without-mfa',
  'The consent of the service account was given without multi-factor authentication.',
  remedies.consentWithoutMfa,
);

function hostOf(audience: string): string {
  return URL.canParse(audience) ? new URL(audience).host : audience;
}

async function readCustomers(api: Api): Promise<SetupFinding[]> {
  try {
    return (await createMfaCheck(api)()) === false ? [withoutMfa] : [];
  } catch (error) {
    return [ofCall(error, 'partner-center-role', 'The service account may not read customers')];
  }
}

async function readTickets(api: Api): Promise<SetupFinding[]> {
  try {
    const path = '/v1/servicerequests';
    await api.send({ operation: 'checkTickets', method: 'GET', path, query: { size: 1 }, token: 'user' });
    return [];
  } catch (error) {
    return [
      ofCall(error, 'tickets-role', 'The service account may not read tickets: no cancellation by ticket is followed'),
    ];
  }
}

/** One price sheet, of which no more is read than that it is there. */
async function readPrices(api: Api, tokens: Tokens, host: { url: string; resource: string }): Promise<SetupFinding[]> {
  try {
    await tokens.get('user', host.resource);
    const market = await marketOf(api);
    if (market === undefined) return [note('no-customer', 'Not asked: prices, because there is no customer yet.')];
    const path = `/v1.0/sales/pricesheets(Market='${market}',PricesheetView='software')/$value`;
    const read = async () => undefined;
    const call = { operation: 'checkPrices', method: 'GET', path, token: 'user', atMostBytes: 65_536 } as const;
    await api.send({ ...call, host, file: { name: 'price sheet', read } });
    return [];
  } catch (error) {
    if (!(error instanceof MicrosoftError)) throw error;
    const { status = 0, code, description } = error;
    // There is one, and it is longer than what was to be read, or was not looked into.
    if (status === 200 || error.kind === 'not-found') return [];
    const isRefused = kindOfFailure(error) === 'refused';
    const facts = { status, token: 'user', code, description, audience: host.resource } as const;
    if (isRefused || isSignInOfPrices(facts))
      return [
        problem(
          'prices-refused',
          `The token for price sheets is refused (${factsOf(error)}): the bot knows no price and sells nothing.`,
          remedies.pricesRefused,
        ),
      ];
    return [ofCall(error, 'prices-role', 'The service account may not read prices')];
  }
}

/** Of the first customer: sheets are given for the markets of the partner only. */
async function marketOf(api: Api): Promise<string | undefined> {
  const query = { size: 1 };
  const list = { operation: 'checkCustomers', method: 'GET', path: '/v1/customers', query, token: 'user' } as const;
  const [first] = await api.read(list, (body) => toCustomers(body));
  if (!first) return undefined;
  const path = `/v1/customers/${encodeURIComponent(first.id)}`;
  const call = { operation: 'checkCustomer', method: 'GET', path, token: 'either' } as const;
  const { country } = await api.read(call, toCustomerProfile);
  return /^[a-z]{2}$/i.test(country) ? country.toUpperCase() : undefined;
}
