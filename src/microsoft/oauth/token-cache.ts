import type { Secret } from '../../domain/secret.ts';
import type { Log } from '../log.ts';
import { createOwnRateLimit } from '../rate-limit.ts';
import { createSingleFlight } from '../single-flight.ts';
import type { Timer } from '../timer.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import { SignInError, SignInRefused } from './sign-in-error.ts';
import type { GivenToken, TokenEndpoint } from './token-endpoint.ts';
import type { TokenKind } from './token-kind.ts';

export interface Tokens {
  /** `audience`: what the token is for, a resource or a scope. Throws a `SignInError`. */
  get(kind: TokenKind, audience: string): Promise<Secret<string>>;
  /** The token was refused: the next `get` fetches another, unless that has happened already. */
  forget(kind: TokenKind, audience: string, refused: Secret<string>): void;
}

interface TokenOptions {
  readonly endpoint: TokenEndpoint;
  readonly audienceField: 'resource' | 'scope';
  /** Those of the person in whose name calls are made; without them there are application's tokens only. */
  readonly refreshTokens?: RefreshTokens;
  readonly timer: Timer;
  readonly log: Log;
  /** As the rate limits of an API have it. */
  readonly longestHoldMs: number;
}

/** Tokens are renewed this long before they end; short-lived ones at half their life. */
const marginMs = 5 * 60_000;
/** A refusal stands for a while: only an operator can mend it, and each further sign-in counts at the directory. */
const refusalMs = 10_000;
/** Refresh tokens used in one sign-in: in memory, stored, stored meanwhile by another process, configured. */
const refreshTokensAtMost = 4;

interface Kept<T> {
  readonly value: T;
  readonly until: number;
}

/** Keeps the tokens it was given until shortly before they end; each is asked for once by calls at the same time. */
export function createTokens(options: TokenOptions): Tokens {
  const { endpoint, audienceField, refreshTokens, timer, log, longestHoldMs } = options;
  const issued = new Map<string, Kept<Secret<string>>>();
  const refusals = new Map<string, Kept<SignInRefused>>();
  const signInOnce = createSingleFlight<Secret<string>>();
  const rateLimit = createOwnRateLimit(timer, longestHoldMs);

  /**
   * The newest refresh token first. One that the directory takes no longer must not keep a good one from being used:
   * the store is looked into again, because another process may have had it exchanged meanwhile.
   */
  async function redeem(tokens: RefreshTokens, audience: string): Promise<GivenToken> {
    const used = new Set<string>();
    let first: SignInRefused | undefined;
    while (used.size < refreshTokensAtMost) {
      const token = (await tokens.list()).find((one) => !used.has(one.reveal()));
      if (!token) break;
      used.add(token.reveal());
      try {
        const grant = { grant_type: 'refresh_token', refresh_token: token.reveal(), scope: 'openid' };
        return await endpoint.token({ ...grant, [audienceField]: audience });
      } catch (error) {
        if (!(error instanceof SignInRefused)) throw error;
        first ??= error;
        if (!error.isOfRefreshToken) break;
        tokens.drop(token);
      }
    }
    throw first;
  }

  async function signInAs(kind: TokenKind, audience: string): Promise<GivenToken> {
    if (kind === 'app') return endpoint.token({ grant_type: 'client_credentials', [audienceField]: audience });
    if (!refreshTokens) throw new Error('no person has consented to calls in their name');
    const given = await redeem(refreshTokens, audience);
    if (given.refresh) refreshTokens.rotate(given.refresh);
    await refreshTokens.store();
    return given;
  }

  async function renew(kind: TokenKind, audience: string, key: string): Promise<Secret<string>> {
    const refused = refusals.get(key);
    if (refused && refused.until > timer.now()) throw refused.value;
    const waitMs = rateLimit.remainingMs();
    if (waitMs > 0) throw new SignInError({ kind: 'throttled', retryAfterMs: waitMs });
    try {
      const { access, lifeSeconds } = await signInAs(kind, audience);
      const lifeMs = lifeSeconds * 1000;
      issued.set(key, { value: access, until: timer.now() + lifeMs - Math.min(marginMs, lifeMs / 2) });
      return access;
    } catch (error) {
      if (error instanceof SignInError && error.kind === 'throttled') rateLimit.hold(error.retryAfterMs ?? 0);
      if (error instanceof SignInRefused) {
        refusals.set(key, { value: error, until: timer.now() + refusalMs });
        log.error({ code: error.code, status: error.status, remedy: error.description }, 'sign-in refused');
      }
      throw error;
    }
  }

  return {
    get(kind, audience) {
      const key = `${kind} ${audience}`;
      const kept = issued.get(key);
      if (kept && kept.until > timer.now()) return Promise.resolve(kept.value);
      return signInOnce(key, () => renew(kind, audience, key));
    },
    forget(kind, audience, refused) {
      const key = `${kind} ${audience}`;
      if (issued.get(key)?.value === refused) issued.delete(key);
    },
  };
}
