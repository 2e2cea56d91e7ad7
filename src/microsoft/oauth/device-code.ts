import { z } from 'zod';
import type { Timer } from '../timer.ts';
import { readRefusal, SignInError } from './sign-in-error.ts';
import { bodyOf, type GivenToken, type TokenEndpoint } from './token-endpoint.ts';

/** What both ways of a first sign-in need to know. */
export interface SignInOptions {
  /** Of the second version: it is a scope that the person consents to. */
  readonly endpoint: TokenEndpoint;
  readonly clientId: string;
  readonly scope: string;
  readonly timer: Timer;
}

/** Where the person goes, and what is typed there. */
interface DeviceCode {
  readonly address: string;
  readonly userCode: string;
  readonly minutes: number;
}

const text = z.string().min(1);
const deviceCode = z.object({
  device_code: text,
  user_code: text,
  verification_uri: text.optional(),
  verification_url: text.optional(),
  expires_in: z.coerce.number().optional().catch(undefined),
  interval: z.coerce.number().optional().catch(undefined),
});

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * Signs a person in on another device (RFC 8628, *OAuth 2.0 device authorization grant flow*). Waits until that has
 * happened; throws a `SignInError` when it will not.
 */
export async function signInByDeviceCode(
  { endpoint, scope, timer }: SignInOptions,
  show: (code: DeviceCode) => void,
): Promise<GivenToken> {
  const asked = await endpoint.post('devicecode', { scope });
  if (asked.status !== 200) throw endpoint.toError(asked, bodyOf(asked));
  const given = deviceCode.safeParse(bodyOf(asked)).data;
  if (!given) throw new SignInError({ kind: 'unexpected', status: asked.status });
  const { device_code, user_code, verification_uri, verification_url, expires_in, interval } = given;
  const lifeSeconds = expires_in ?? 900;
  const address = verification_uri ?? verification_url ?? 'https://microsoft.com/devicelogin';
  show({ address, userCode: user_code, minutes: Math.floor(lifeSeconds / 60) });

  const until = timer.now() + lifeSeconds * 1000;
  let pauseMs = Math.max(1, interval ?? 5) * 1000;
  while (timer.now() < until) {
    await timer.pause(pauseMs);
    const form = { grant_type: grantType, device_code, scope, ...(await endpoint.proof()) };
    const answer = await endpoint.post('token', form).catch(ignoreLostConnection);
    const error = answer && readRefusal(bodyOf(answer)).error;
    if (error === 'slow_down') pauseMs += 5_000;
    if (answer && answer.status < 500 && error !== 'slow_down' && error !== 'authorization_pending') {
      return endpoint.readToken(answer);
    }
  }
  throw endpoint.toError({ status: 400, headers: new Headers() }, { error: 'expired_token' });
}

/** While somebody types, a lost connection is no reason to give up. */
function ignoreLostConnection(error: unknown): undefined {
  if (!(error instanceof SignInError) || error.kind !== 'unreachable') throw error;
}
