import { hexFrom } from '../hash.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { readForm } from '../http/read-body.ts';
import { directoryError } from '../sign-in/directory-errors.ts';
import { audienceOf, DEVICE_CODE_LIFE_MS, grant, issueCode, serviceAccount } from '../sign-in/grants.ts';
import { issueToken } from '../sign-in/tokens.ts';

/** The directory: tokens by every grant the Secure Application Model needs, in both versions of the endpoint. */
export const signInRoutes: Route[] = [
  { method: 'POST', path: '/:tenant/oauth2/token', access: 'open', handle: (call) => token(call, 1) },
  { method: 'POST', path: '/:tenant/oauth2/v2.0/token', access: 'open', handle: (call) => token(call, 2) },
  { method: 'GET', path: '/:tenant/oauth2/authorize', access: 'open', handle: authorize },
  { method: 'GET', path: '/:tenant/oauth2/v2.0/authorize', access: 'open', handle: authorize },
  { method: 'POST', path: '/:tenant/oauth2/devicecode', access: 'open', handle: deviceCode },
  { method: 'POST', path: '/:tenant/oauth2/v2.0/devicecode', access: 'open', handle: deviceCode },
  { method: 'GET', path: '/:tenant/v2.0/.well-known/openid-configuration', access: 'open', handle: openIdDocument },
];

const SHARED_TENANTS = ['common', 'organizations'];

function token(call: Call, version: 1 | 2): Answer {
  checkTenant(call);
  const form = readForm(call.text);
  const { world } = call;
  const audience = audienceOf(world, form, version);
  const { claims, refreshToken, idToken } = grant(world, { form, audience, endpoint: endpointOf(call) });
  const life = claims.exp - claims.iat;
  const scope = claims.idtyp === 'user' ? { scope: 'user_impersonation' } : {};
  const common = {
    token_type: 'Bearer',
    ...scope,
    access_token: issueToken(world.partner.tokenKey, claims),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
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
function authorize(call: Call): Answer {
  checkTenant(call);
  const back = URL.parse(call.query.get('redirect_uri') ?? '');
  if (back === null) {
    throw directoryError(400, 'invalid_request', 900971, 'No reply address provided.', call.now);
  }
  back.searchParams.set(
    'code',
    issueCode(call.world, 'code', serviceAccount(call.world, hasMfa(call.query.get('simulateMfa')))),
  );
  const state = call.query.get('state');
  if (state !== undefined) back.searchParams.set('state', state);
  return { status: 302, headers: { Location: back.href } };
}

/** For clients that cannot keep a secret. */
function deviceCode(call: Call): Answer {
  checkTenant(call);
  const form = readForm(call.text);
  const person = { ...serviceAccount(call.world, hasMfa(form.get('simulateMfa'))), public: true };
  const code = issueCode(call.world, 'device', person);
  const userCode = hexFrom(9, code).toUpperCase();
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
function openIdDocument(call: Call): Answer {
  const name = call.params.tenant ?? '';
  const { customers, partner, url } = call.world;
  const customer = customers.byDomain(name) ?? customers.get(name);
  const tenantId = name.toLowerCase() === partner.tenantId ? partner.tenantId : customer?.id;
  if (tenantId === undefined) {
    throw directoryError(400, 'invalid_tenant', 90002, `Tenant '${name}' not found.`, call.now);
  }
  return ok({
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    token_endpoint: `${url}/${tenantId}/oauth2/v2.0/token`,
    authorization_endpoint: `${url}/${tenantId}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${url}/${tenantId}/oauth2/v2.0/devicecode`,
  });
}

/** The address as the caller wrote it: what its assertion must be meant for. */
function endpointOf({ headers, path, world }: Call): string {
  const { pathname, origin } = new URL(path, headers.host === undefined ? world.url : `http://${headers.host}`);
  return origin + pathname.replace(/\/$/, '');
}

function checkTenant(call: Call): void {
  const tenant = call.params.tenant?.toLowerCase() ?? '';
  if (tenant === call.world.partner.tenantId || SHARED_TENANTS.includes(tenant)) return;
  throw directoryError(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`, call.now);
}

function hasMfa(text: string | undefined): boolean {
  return text?.toLowerCase() !== 'false';
}
