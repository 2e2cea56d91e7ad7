import { type ApiResponse, type Call, ok, type Query, type Route } from './http/call.ts';
import { type ApiError, createDirectoryError } from './http/errors.ts';
import { readForm } from './http/read-call.ts';
import { AUDIENCES, type Claims, checkClient, hasClientProof, issueToken, readToken } from './tokens.ts';
import type { World } from './world.ts';
import { DAY_MS, deriveGuid, deriveHex, HOUR_MS, MINUTE_MS } from './world.ts';

/** The directory: tokens by every grant the Secure Application Model needs, in both versions of the endpoint. */
export const signInRoutes: Route[] = [
  { method: 'POST', path: '/:tenant/oauth2/token', access: 'open', handle: (call) => answerToken(call, 1) },
  { method: 'POST', path: '/:tenant/oauth2/v2.0/token', access: 'open', handle: (call) => answerToken(call, 2) },
  { method: 'GET', path: '/:tenant/oauth2/authorize', access: 'open', handle: authorize },
  { method: 'GET', path: '/:tenant/oauth2/v2.0/authorize', access: 'open', handle: authorize },
  { method: 'POST', path: '/:tenant/oauth2/devicecode', access: 'open', handle: startDeviceCode },
  { method: 'POST', path: '/:tenant/oauth2/v2.0/devicecode', access: 'open', handle: startDeviceCode },
  {
    method: 'GET',
    path: '/:tenant/v2.0/.well-known/openid-configuration',
    access: 'open',
    handle: getOpenIdConfiguration,
  },
];

const SHARED_TENANTS = ['common', 'organizations'];
const ACCESS_LIFE_MS = HOUR_MS;
const REFRESH_LIFE_MS = 90 * DAY_MS;
const CODE_LIFE_MS = 10 * MINUTE_MS;
const DEVICE_CODE_LIFE_MS = 15 * MINUTE_MS;

type Person = Pick<Claims, 'oid' | 'upn' | 'amr' | 'public'>;

/** A token request: the form, the address the token is for, and the one it was sent to. */
interface TokenRequest {
  form: Query;
  audience: string;
  endpoint: string;
}

/** What a grant gives: for whom, and whether a refresh token comes with it. */
interface Grant {
  claims: Claims;
  refreshToken?: string;
  /** For the scope `openid`: who signed in, for the application to read. */
  idToken?: string;
}

function answerToken(call: Call, version: 1 | 2): ApiResponse {
  checkTenant(call);
  const { world } = call;
  const form = readForm(call.text);
  const audience = readAudience(world, form, version);
  const { claims, refreshToken, idToken } = createGrant(world, { form, audience, endpoint: readEndpoint(call) });
  const life = claims.exp - claims.iat;
  const common = {
    token_type: 'Bearer',
    scope: claims.idtyp === 'user' ? 'user_impersonation' : undefined,
    access_token: issueToken(world.partner.tokenKey, claims),
    refresh_token: refreshToken,
    id_token: idToken,
  };
  if (version === 2) return ok({ ...common, expires_in: life, ext_expires_in: life });
  return ok({
    ...common,
    // The first version writes numbers as strings.
    expires_in: String(life),
    ext_expires_in: String(life),
    expires_on: String(claims.exp),
    not_before: String(claims.iat),
    resource: audience,
  });
}

/** Signs the service account in without a page and sends it back. `simulateMfa=false` leaves the second factor out. */
function authorize(call: Call): ApiResponse {
  checkTenant(call);
  const back = URL.parse(call.query.get('redirect_uri') ?? '');
  if (back === null) throw createDirectoryError(400, 'invalid_request', 900971, 'No reply address provided.', call.now);
  const person = describeServiceAccount(call.world, call.query);
  back.searchParams.set('code', issueCode(call.world, 'code', person));
  const state = call.query.get('state');
  if (state !== undefined) back.searchParams.set('state', state);
  return { status: 302, headers: { Location: back.href } };
}

/** For clients that cannot keep a secret. */
function startDeviceCode(call: Call): ApiResponse {
  checkTenant(call);
  const person = { ...describeServiceAccount(call.world, readForm(call.text)), public: true };
  const code = issueCode(call.world, 'device', person);
  const userCode = deriveHex(9, code).toUpperCase();
  const address = 'https://microsoft.com/devicelogin';
  return ok({
    user_code: userCode,
    device_code: code,
    verification_uri: address,
    verification_url: address,
    expires_in: DEVICE_CODE_LIFE_MS / 1000,
    interval: 5,
    message: `To sign in, open ${address} and enter the code ${userCode}. (Simulated: just wait.)`,
  });
}

/** Public for any domain: how a custom domain is turned into a tenant id. */
function getOpenIdConfiguration(call: Call): ApiResponse {
  const name = call.params.tenant ?? '';
  const { customers, partner, url } = call.world;
  const customer = customers.byDomain(name) ?? customers.get(name);
  const tenantId = name.toLowerCase() === partner.tenantId ? partner.tenantId : customer?.id;
  if (tenantId === undefined) {
    throw createDirectoryError(400, 'invalid_tenant', 90002, `Tenant '${name}' not found.`, call.now);
  }
  return ok({
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    token_endpoint: `${url}/${tenantId}/oauth2/v2.0/token`,
    authorization_endpoint: `${url}/${tenantId}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${url}/${tenantId}/oauth2/v2.0/devicecode`,
  });
}

function checkTenant(call: Call): void {
  const tenant = call.params.tenant?.toLowerCase() ?? '';
  if (tenant === call.world.partner.tenantId || SHARED_TENANTS.includes(tenant)) return;
  throw createDirectoryError(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`, call.now);
}

/** The address as the caller wrote it: the one its assertion must be meant for. */
function readEndpoint({ headers, path, world }: Call): string {
  const { pathname, origin } = new URL(path, headers.host === undefined ? world.url : `http://${headers.host}`);
  return origin + pathname.replace(/\/$/, '');
}

/** The address a token is for: `resource` in the first version of the endpoint, a scope below it in the second. */
function readAudience(world: World, form: Query, version: 1 | 2): string {
  const wanted = version === 1 ? [form.get('resource') ?? ''] : (form.get('scope') ?? '').split(' ');
  const audience = AUDIENCES.find((known) => wanted.some((text) => text === known || text.startsWith(`${known}/`)));
  if (audience !== undefined) return audience;
  const text = `The resource principal named ${wanted.join(' ')} was not found.`;
  throw createDirectoryError(400, 'invalid_resource', 500011, text, world.clock.now());
}

/** Carries out the grant a token request asks for. */
function createGrant(world: World, request: TokenRequest): Grant {
  const { form, audience, endpoint } = request;
  const type = form.get('grant_type') ?? '';
  switch (type) {
    case 'client_credentials': {
      checkClient(world, form, endpoint);
      const oid = deriveGuid(world.partner.clientId, 'principal');
      const application = { oid, upn: '', amr: [], idtyp: 'app' as const };
      return { claims: { ...createClaims(world, application, 'access', ACCESS_LIFE_MS), aud: audience } };
    }
    case 'refresh_token':
      return createPersonGrant(world, redeem(world, form, 'refresh', 'refresh_token'), request);
    case 'authorization_code':
      return createPersonGrant(world, redeem(world, form, 'code', 'code'), request);
    case 'device_code':
    case 'urn:ietf:params:oauth:grant-type:device_code':
      return createPersonGrant(world, redeemDeviceCode(world, form), request);
    default:
      throw createGrantError(world, 'unsupported_grant_type', 70003, `The grant type '${type}' is not supported.`);
  }
}

function createPersonGrant(world: World, person: Person, { form, audience, endpoint }: TokenRequest): Grant {
  if (person.public !== true || hasClientProof(form)) checkClient(world, form, endpoint);
  const user = { ...person, idtyp: 'user' as const };
  const { tokenKey, clientId } = world.partner;
  const refresh = createClaims(world, user, 'refresh', REFRESH_LIFE_MS);
  const id = { ...createClaims(world, user, 'id', ACCESS_LIFE_MS), aud: clientId };
  const isOpenId = (form.get('scope') ?? '').split(' ').includes('openid');
  return {
    claims: { ...createClaims(world, user, 'access', ACCESS_LIFE_MS), aud: audience },
    refreshToken: issueToken(tokenKey, refresh),
    ...(isOpenId ? { idToken: issueToken(tokenKey, id) } : {}),
  };
}

function redeem(world: World, form: Query, use: 'refresh' | 'code' | 'device', field: string): Claims {
  const claims = readToken(world.partner.tokenKey, form.get(field) ?? '');
  if (claims?.use === use && claims.exp * 1000 > world.clock.now()) return claims;
  const text = `Error validating credentials. The ${field} is not valid or has expired.`;
  throw createGrantError(world, 'invalid_grant', 70002, text);
}

/** Somebody enters the code on another device: it takes them as long as everything takes here. */
function redeemDeviceCode(world: World, form: Query): Person {
  const field = form.get('device_code') === undefined ? 'code' : 'device_code';
  const claims = redeem(world, form, 'device', field);
  if (world.clock.now() >= claims.iat * 1000 + world.options.delayMs) return claims;
  throw createGrantError(world, 'authorization_pending', 70016, 'Pending end-user authorization.');
}

/** Something to be exchanged later: an authorization code or a device code. */
function issueCode(world: World, use: 'code' | 'device', person: Person): string {
  const life = use === 'code' ? CODE_LIFE_MS : DEVICE_CODE_LIFE_MS;
  return issueToken(world.partner.tokenKey, createClaims(world, { ...person, idtyp: 'user' }, use, life));
}

/** The service account, signed in with a second factor or, with `simulateMfa=false`, without. */
function describeServiceAccount({ partner }: World, parameters: Query): Person {
  const hasMfa = parameters.get('simulateMfa')?.toLowerCase() !== 'false';
  return { oid: partner.userId, upn: partner.userName, amr: hasMfa ? ['pwd', 'mfa'] : ['pwd'] };
}

function createClaims(
  { partner, clock }: World,
  person: Person & Pick<Claims, 'idtyp'>,
  use: Claims['use'],
  lifeMs: number,
): Claims {
  const iat = Math.floor(clock.now() / 1000);
  const { oid, upn, amr, idtyp } = person;
  return {
    use,
    tid: partner.tenantId,
    appid: partner.clientId,
    oid,
    upn,
    amr,
    idtyp,
    iat,
    exp: iat + lifeMs / 1000,
    ...(person.public === true ? { public: true } : {}),
  };
}

function createGrantError(world: World, error: string, code: number, text: string): ApiError {
  return createDirectoryError(400, error, code, text, world.clock.now());
}
