import { DAY_MS, HOUR_MS, MINUTE_MS } from '../clock.ts';
import { guidFrom } from '../hash.ts';
import type { Query } from '../http/call.ts';
import type { World } from '../store.ts';
import { checkClient, sendsProof } from './client-proof.ts';
import { directoryError } from './directory-errors.ts';
import * as tokens from './tokens.ts';

const ACCESS_LIFE_MS = HOUR_MS;
const REFRESH_LIFE_MS = 90 * DAY_MS;
export const CODE_LIFE_MS = 10 * MINUTE_MS;
export const DEVICE_CODE_LIFE_MS = 15 * MINUTE_MS;

const AUDIENCES = [tokens.PARTNER_CENTER, tokens.PRICE_SERVICE, ...tokens.GRAPHS, tokens.RETIRED_GRAPH];

type Person = Pick<tokens.Claims, 'oid' | 'upn' | 'amr' | 'public'>;

/** A token request: the form, the address the token is for, and the one it was sent to. */
export interface TokenRequest {
  form: Query;
  audience: string;
  endpoint: string;
}

/** What a grant gives: for whom, and whether a refresh token comes with it. */
export interface Granted {
  claims: tokens.Claims;
  refreshToken?: string;
  /** For the scope `openid`: who signed in, said to the application. */
  idToken?: string;
}

/** The claims of the service account, signed in with a second factor or, to see what happens then, without. */
export function serviceAccount(world: World, hasMfa: boolean): Person {
  const { userId, userName } = world.partner;
  return { oid: userId, upn: userName, amr: hasMfa ? ['pwd', 'mfa'] : ['pwd'] };
}

/** Something to be exchanged later: an authorization code or a device code. */
export function issueCode(world: World, use: 'code' | 'device', person: Person): string {
  const life = use === 'code' ? CODE_LIFE_MS : DEVICE_CODE_LIFE_MS;
  return tokens.issueToken(world.partner.tokenKey, claimsFor(world, { ...person, idtyp: 'user' }, use, life));
}

/** Carries out the grant a token request asks for; refusals are the directory's. */
export function grant(world: World, request: TokenRequest): Granted {
  const { form, audience, endpoint } = request;
  const type = form.get('grant_type') ?? '';
  if (type === 'client_credentials') {
    checkClient(world, form, endpoint);
    const application = { oid: guidFrom(world.partner.clientId, 'principal'), upn: '', amr: [], idtyp: 'app' as const };
    return { claims: { ...claimsFor(world, application, 'access', ACCESS_LIFE_MS), aud: audience } };
  }
  if (type === 'refresh_token') return forPerson(world, exchanged(world, form, 'refresh', 'refresh_token'), request);
  if (type === 'authorization_code') return forPerson(world, exchanged(world, form, 'code', 'code'), request);
  if (type === 'device_code' || type === 'urn:ietf:params:oauth:grant-type:device_code') {
    return forPerson(world, signedInOnDevice(world, form), request);
  }
  throw directoryError(
    400,
    'unsupported_grant_type',
    70003,
    `The grant type '${type}' is not supported.`,
    world.clock.now(),
  );
}

/** The address a token is for: `resource` in the first version of the endpoint, a scope below it in the second. */
export function audienceOf(world: World, form: Query, version: 1 | 2): string {
  const wanted = version === 1 ? [form.get('resource') ?? ''] : (form.get('scope') ?? '').split(' ');
  const audience = AUDIENCES.find((known) => wanted.some((text) => text === known || text.startsWith(`${known}/`)));
  if (audience !== undefined) return audience;
  throw directoryError(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${wanted.join(' ')} was not found.`,
    world.clock.now(),
  );
}

function forPerson(world: World, person: Person, { form, audience, endpoint }: TokenRequest): Granted {
  if (person.public !== true || sendsProof(form)) checkClient(world, form, endpoint);
  const common = { ...person, idtyp: 'user' as const };
  const { tokenKey, clientId } = world.partner;
  const refresh = claimsFor(world, common, 'refresh', REFRESH_LIFE_MS);
  const id = { ...claimsFor(world, common, 'id', ACCESS_LIFE_MS), aud: clientId };
  const isAsked = (form.get('scope') ?? '').split(' ').includes('openid');
  return {
    claims: { ...claimsFor(world, common, 'access', ACCESS_LIFE_MS), aud: audience },
    refreshToken: tokens.issueToken(tokenKey, refresh),
    ...(isAsked ? { idToken: tokens.issueToken(tokenKey, id) } : {}),
  };
}

function exchanged(world: World, form: Query, use: 'refresh' | 'code' | 'device', field: string): tokens.Claims {
  const claims = tokens.readToken(world.partner.tokenKey, form.get(field) ?? '');
  const now = world.clock.now();
  if (claims?.use === use && claims.exp * 1000 > now) return claims;
  throw directoryError(
    400,
    'invalid_grant',
    70002,
    `Error validating credentials. The ${field} is not valid or has expired.`,
    now,
  );
}

/** Somebody types the code on another device: it takes them as long as everything takes here. */
function signedInOnDevice(world: World, form: Query): Person {
  const now = world.clock.now();
  const field = form.get('device_code') === undefined ? 'code' : 'device_code';
  const claims = exchanged(world, form, 'device', field);
  if (now >= claims.iat * 1000 + world.options.delayMs) return claims;
  throw directoryError(400, 'authorization_pending', 70016, 'Pending end-user authorization.', now);
}

function claimsFor(
  { partner, clock }: World,
  person: Person & Pick<tokens.Claims, 'idtyp'>,
  use: tokens.Claims['use'],
  lifeMs: number,
): tokens.Claims {
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
