import { ConfigurationBotFrameworkAuthentication, type Activity as FrameworkActivity } from 'botbuilder';
import { cloudOf, frameworkSettings, type Registration } from '../credentials.ts';
import type { Allows } from '../hosts.ts';
import { type Activity, asRecord } from './activity.ts';
import { isServedTenant } from './who.ts';

/** 200: go on. The others are the answer to the request (docs/security.md, "Which activities are let in"). */
export type Admission = 200 | 400 | 401 | 403;

export type Admit = (activity: Activity, authorization: string | undefined) => Promise<Admission>;

/** A key server that does not answer must not hold up the request. */
const maxCheckMs = 5000;

interface AdmissionRules {
  readonly bot: Registration;
  readonly allows: Allows;
  readonly staffTenantId: string | undefined;
}

/**
 * Decides whether an activity is let in: first the token (401), then what it may carry (403), then what we need of it
 * (400). In development there is no token and any channel may speak, from this machine only (`HOST` is loopback).
 */
export function createAdmit({ bot, allows, staffTenantId }: AdmissionRules): Admit {
  const isAuthentic = bot.mode === 'registered' ? createIsAuthentic(bot) : async () => true;

  return async (activity, authorization) => {
    if (!(await isAuthentic(activity, authorization))) return 401;
    if (bot.mode === 'registered' && activity.channelId !== 'msteams') return 403;
    if (!activity.serviceUrl || !allows(activity.serviceUrl)) return 403;
    if (!isServedTenant(activity, staffTenantId)) return 403;
    if (!activity.from || !activity.conversation) return 400;
    return 200;
  };
}

/**
 * The rules of docs/teams.md, "Tokens of inbound activities": only the channel's issuer (the SDK's emulator, skill and AseChannel
 * ways are closed: they would let in whoever holds the bot's own secret), `exp` required, `serviceurl` equal to the
 * activity's. Whatever goes wrong, an unreachable key server included, is "no": the SDK would answer some of it with a 500.
 */
function createIsAuthentic(bot: Extract<Registration, { mode: 'registered' }>) {
  const framework = new ConfigurationBotFrameworkAuthentication(frameworkSettings(bot));
  const { issuer } = cloudOf(bot);

  return async (activity: Activity, authorization: string | undefined): Promise<boolean> => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization?.trim() ?? '')?.[1];
    const claims = token && readClaims(token);
    if (!claims || claims.iss !== issuer || typeof claims.exp !== 'number') return false;
    // The SDK prints expired tokens' errors on the console; so it is not asked about them.
    if (claims.exp * 1000 < Date.now() - 5 * 60_000) return false;
    try {
      const checked = await inTime(framework.authenticateRequest(activityToCheck(activity), `Bearer ${token}`));
      return checked.claimsIdentity.isAuthenticated && checked.claimsIdentity.getClaimValue('iss') === issuer;
    } catch {
      return false;
    }
  };
}

/**
 * What the SDK looks at. `AseChannel` would lead it another way, and a channel that is not `msteams` is refused after
 * the token anyway: without a name it checks the token as any channel's.
 */
function activityToCheck({ channelId, serviceUrl, type }: Activity): FrameworkActivity {
  const isOther = channelId?.toLowerCase() === 'asechannel';
  const asked: Partial<FrameworkActivity> = {
    type,
    channelId: isOther ? '' : (channelId ?? ''),
    serviceUrl: serviceUrl ?? '',
  };
  return asked as FrameworkActivity;
}

function readClaims(token: string): Record<string, unknown> | undefined {
  try {
    return asRecord(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The token check took too long')), maxCheckMs);
  });
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
