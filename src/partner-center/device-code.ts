import type { ClientProof } from './client-secret.ts';
import { directoryWord, signInError } from './directory-error.ts';
import { PartnerCenterError } from './errors.ts';
import type { Timer } from './timer.ts';
import { askDirectory, bodyOf, directoryUrl, type GivenToken, readToken, signIn } from './token-endpoint.ts';
import { amount, maybe, shape, text } from './wire.ts';

/** What both ways of a first sign-in need to know. */
export interface SignInOptions {
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly proof: ClientProof;
  readonly scope: string;
  readonly timer: Timer;
  readonly timeoutMs: number;
}

/** Where the person goes, and what is typed there. */
export interface DeviceCode {
  readonly address: string;
  readonly userCode: string;
  readonly minutes: number;
}

const deviceCode = shape({
  device_code: text,
  user_code: text,
  verification_uri: maybe(text),
  verification_url: maybe(text),
  expires_in: maybe(amount),
  interval: maybe(amount),
});

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * Signs a person in on another device (RFC 8628, *OAuth 2.0 device authorization grant flow*). Waits until that has
 * happened; throws a `PartnerCenterError` of the operation `signIn` when it will not.
 */
export async function signInByDeviceCode(
  options: SignInOptions,
  show: (code: DeviceCode) => void,
): Promise<GivenToken> {
  const { clientId, proof, scope, timer, timeoutMs } = options;
  const asked = await askDirectory(
    directoryUrl(options, 'v2', 'devicecode'),
    { client_id: clientId, scope },
    timeoutMs,
  );
  const given = deviceCode.safeParse(bodyOf(asked));
  if (asked.status !== 200) throw signInError(asked.status, asked.headers, bodyOf(asked));
  if (!given.success) throw new PartnerCenterError({ operation: signIn, kind: 'unexpected', status: asked.status });
  const { device_code, user_code, verification_uri, verification_url, expires_in, interval } = given.data;
  const lifeSeconds = expires_in ?? 900;
  const address = verification_uri ?? verification_url ?? 'https://microsoft.com/devicelogin';
  show({ address, userCode: user_code, minutes: Math.floor(lifeSeconds / 60) });

  const endpoint = directoryUrl(options, 'v2', 'token');
  const until = timer.now() + lifeSeconds * 1000;
  let pauseMs = Math.max(1, interval ?? 5) * 1000;
  while (timer.now() < until) {
    await timer.pause(pauseMs);
    const form = { grant_type: grantType, device_code, client_id: clientId, scope, ...proof(endpoint, timer.now()) };
    const answer = await askDirectory(endpoint, form, timeoutMs).catch(undefinedWhereAway);
    const word = answer && directoryWord(bodyOf(answer));
    if (word === 'slow_down') pauseMs += 5_000;
    if (answer && answer.status < 500 && word !== 'slow_down' && word !== 'authorization_pending') {
      return readToken(answer);
    }
  }
  throw signInError(400, new Headers(), { error: 'expired_token' });
}

/** While somebody types, a lost connection is no reason to give up. */
function undefinedWhereAway(error: unknown): undefined {
  if (!(error instanceof PartnerCenterError) || error.kind !== 'unreachable') throw error;
}
