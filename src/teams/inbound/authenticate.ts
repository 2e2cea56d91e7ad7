import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { Log } from '../../log.ts';
import { cloudOf, type Registration } from '../credentials.ts';
import type { Allows } from '../hosts.ts';
import type { Activity } from './activity.ts';
import { createSigningKeys } from './signing-keys.ts';
import { isServedTenant } from './who.ts';

/** 200: go on. The others are the answer to the request (docs/security.md, "Which activities are let in"). */
export type Admission = 200 | 400 | 401 | 403;

export type Admit = (activity: Activity, authorization: string | undefined) => Promise<Admission>;

interface AdmissionRules {
  readonly bot: Registration;
  readonly allows: Allows;
  readonly staffTenantId: string | undefined;
  readonly log?: Pick<Log, 'info' | 'warn'>;
}

interface Refused {
  readonly status: Exclude<Admission, 200>;
  /** For the log: an operator reads here why the bot is deaf. */
  readonly why: string;
  readonly host?: string;
}

/**
 * Decides whether an activity is let in: first the token (401), then what it may carry (403), then what we need of it
 * (400). In development there is no token and any channel may speak, from this machine only (`HOST` is loopback). What is
 * refused gets one line in the log.
 */
export function createAdmit({ bot, allows, staffTenantId, log }: AdmissionRules): Admit {
  const checkToken = bot.mode === 'registered' ? createTokenCheck(bot, log) : async () => undefined;

  async function check(activity: Activity, authorization: string | undefined): Promise<Refused | undefined> {
    const problem = await checkToken(activity, authorization);
    if (problem) return { status: 401, why: problem };
    const { channelId, serviceUrl } = activity;
    if (bot.mode === 'registered' && channelId !== 'msteams')
      return { status: 403, why: `the channel ${quote(channelId)} is not served` };
    if (!serviceUrl || !allows(serviceUrl))
      return { status: 403, why: 'the service address is not in SERVICE_URL_HOSTS', host: hostOf(serviceUrl) };
    if (!isServedTenant(activity, staffTenantId)) return { status: 403, why: 'the tenant is not served' };
    if (!activity.from || !activity.conversation) return { status: 400, why: 'no sender or no conversation' };
    return undefined;
  }

  return async (activity, authorization) => {
    const refused = await check(activity, authorization);
    if (!refused) return 200;
    log?.info({ ...refused, type: activity.type.slice(0, 40) }, 'activity refused');
    return refused.status;
  };
}

type TokenCheck = (activity: Activity, authorization: string | undefined) => Promise<string | undefined>;

/**
 * The rules of docs/teams.md, "Tokens of inbound activities": only the channel's issuer (whoever holds the bot's own
 * secret gets tokens of other issuers), `exp` required, `serviceurl` that of the activity. What is wrong, or nothing.
 */
function createTokenCheck(bot: Extract<Registration, { mode: 'registered' }>, log: AdmissionRules['log']): TokenCheck {
  const { issuer, keysUrl } = cloudOf(bot);
  const keys = createSigningKeys({ url: keysUrl, log });

  return async (activity, authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1];
    if (!token) return 'no token';
    try {
      const { kid } = decodeProtectedHeader(token);
      const claims = decodeJwt(token);
      // Looked at before a key is looked for: tokens of strangers must not make us ask for keys.
      if (claims.iss !== issuer) return 'the token is of another issuer';
      if (claims.aud !== bot.appId) return 'the token is for another app';
      // Tokens of the channel name no app; those of skills and of the emulator do.
      if ('appid' in claims || 'azp' in claims) return 'the token is of an app';
      const found = kid === undefined ? 'unknown' : await keys.find(kid);
      if (found === 'away') return `the keys of the channel cannot be read at ${keysUrl}`;
      if (found === 'unknown') return 'the token is signed by an unknown key';
      await jwtVerify(token, found.jwk, { algorithms, clockTolerance: clockToleranceSeconds, requiredClaims: ['exp'] });
      if (!isEndorsed(found.endorsements, activity)) return `the key may not sign for ${quote(activity.channelId)}`;
      return isSameAddress(claims.serviceurl, activity) ? undefined : 'the token is for another service address';
    } catch (error) {
      return whyNot(error);
    }
  };
}

const algorithms = ['RS256'];
const clockToleranceSeconds = 5 * 60;

/** A channel that is not `msteams` is refused after the token anyway; `AseChannel` is not a name that keys are endorsed for. */
function isEndorsed(endorsements: readonly string[], { channelId }: Activity): boolean {
  if (!channelId || channelId.toLowerCase() === 'asechannel') return true;
  return endorsements.includes(channelId);
}

/** One that the activity lacks is refused later. A slash at the end and the case of letters differ in reports. */
function isSameAddress(claimed: unknown, { serviceUrl }: Activity): boolean {
  if (typeof claimed !== 'string' || claimed === '') return false;
  return serviceUrl === undefined || tidyAddress(claimed) === tidyAddress(serviceUrl);
}

function tidyAddress(url: string): string {
  return url.replace(/\/$/, '').toLowerCase();
}

function hostOf(url: string | undefined): string {
  return url && URL.canParse(url) ? new URL(url).host : 'none';
}

function quote(text: string | undefined): string {
  return JSON.stringify(text?.slice(0, 40) ?? '');
}

/** In a few words: the whole error would print the token. */
function whyNot(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `the token's ${error.claim} is ${error.reason}`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature of the token is wrong';
  return `the token cannot be read (${error instanceof errors.JOSEError ? error.code : 'malformed'})`;
}
