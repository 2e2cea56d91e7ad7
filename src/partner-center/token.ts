import type { Secret } from '../domain/secret.ts';
import { createClientProof } from './client-secret.ts';
import { SignInRefusal } from './directory-error.ts';
import { PartnerCenterError } from './errors.ts';
import { createRefreshTokens, type RefreshTokenVault } from './refresh-tokens.ts';
import type { Log } from './request.ts';
import { createBrake, type Timer } from './timer.ts';
import { askDirectory, directoryUrl, type GivenToken, readToken, signIn } from './token-endpoint.ts';

/** `app`: client credentials. `user`: the service account's refresh token (Secure Application Model, reference §1.1). */
export type TokenKind = 'app' | 'user';

export interface Tokens {
  /** Throws a `PartnerCenterError` of the operation `signIn`. */
  get(kind: TokenKind, resource: string): Promise<Secret<string>>;
  /** The token was refused: the next `get` fetches another, unless that has happened already. */
  forget(kind: TokenKind, resource: string, refused: Secret<string>): void;
}

export interface Credentials {
  readonly authority: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** As `readClientSecret` gives it: a secret, or the PEM of a key and its certificate. */
  readonly clientSecret: Secret<string>;
  readonly refreshToken: Secret<string>;
  readonly refreshTokens?: RefreshTokenVault;
}

/** Tokens are renewed this long before they end; short-lived ones at half their life. */
const marginMs = 5 * 60_000;
/** A refusal stands for a while: only an operator can mend it, and each further try counts at the directory. */
const refusalMs = 10_000;
/** Refresh tokens tried in one sign-in: in memory, stored, stored meanwhile by another process, configured. */
const triesAtMost = 4;

interface Kept<T> {
  readonly value: T;
  readonly until: number;
}

export function createTokens(
  credentials: Credentials,
  { timer, log, timeoutMs, signal }: { timer: Timer; log: Log; timeoutMs: number; signal?: AbortSignal },
): Tokens {
  const issued = new Map<string, Kept<Secret<string>>>();
  const refusals = new Map<string, Kept<SignInRefusal>>();
  const underway = new Map<string, Promise<Secret<string>>>();
  const endpoint = directoryUrl(credentials, 'v1', 'token');
  const proof = createClientProof(credentials.clientId, credentials.clientSecret);
  const brake = createBrake(timer);
  const { refreshToken: configured, refreshTokens: vault } = credentials;
  const refreshTokens = createRefreshTokens({ configured, vault, log, timeoutMs, signal });

  async function ask(resource: string, grant: Record<string, string>): Promise<GivenToken> {
    const form = { ...grant, client_id: credentials.clientId, ...proof(endpoint, timer.now()), resource };
    return readToken(await askDirectory(endpoint, form, timeoutMs, signal));
  }

  /**
   * The newest refresh token first. One that the directory takes no longer must not keep a good one from being tried:
   * the vault is looked into again, because another process may have had it exchanged meanwhile.
   */
  async function askAsPerson(resource: string): Promise<GivenToken> {
    const tried = new Set<string>();
    let first: SignInRefusal | undefined;
    while (tried.size < triesAtMost) {
      const token = (await refreshTokens.known()).find((one) => !tried.has(one.reveal()));
      if (!token) break;
      tried.add(token.reveal());
      try {
        return await ask(resource, { grant_type: 'refresh_token', refresh_token: token.reveal(), scope: 'openid' });
      } catch (error) {
        if (!(error instanceof SignInRefusal)) throw error;
        first ??= error;
        if (!error.isOfRefreshToken) break;
        refreshTokens.drop(token);
      }
    }
    throw first;
  }

  async function signInAs(kind: TokenKind, resource: string): Promise<GivenToken> {
    if (kind === 'app') return ask(resource, { grant_type: 'client_credentials' });
    const given = await askAsPerson(resource);
    if (given.refresh) refreshTokens.rotate(given.refresh);
    await refreshTokens.keep();
    return given;
  }

  async function renew(kind: TokenKind, resource: string, key: string): Promise<Secret<string>> {
    const refused = refusals.get(key);
    if (refused && refused.until > timer.now()) throw refused.value;
    const heldMs = brake.remainingMs();
    if (heldMs > 0) throw new PartnerCenterError({ operation: signIn, kind: 'throttled', retryAfterMs: heldMs });
    try {
      const { access, lifeSeconds } = await signInAs(kind, resource);
      const lifeMs = lifeSeconds * 1000;
      issued.set(key, { value: access, until: timer.now() + lifeMs - Math.min(marginMs, lifeMs / 2) });
      return access;
    } catch (error) {
      if (error instanceof PartnerCenterError && error.kind === 'throttled') brake.hold(error.retryAfterMs ?? 0);
      if (error instanceof SignInRefusal) {
        refusals.set(key, { value: error, until: timer.now() + refusalMs });
        log.error({ code: error.code, status: error.status, remedy: error.description }, 'sign-in refused');
      }
      throw error;
    }
  }

  return {
    get(kind, resource) {
      const key = `${kind} ${resource}`;
      const kept = issued.get(key);
      if (kept && kept.until > timer.now()) return Promise.resolve(kept.value);
      const running = underway.get(key) ?? renew(kind, resource, key).finally(() => underway.delete(key));
      underway.set(key, running);
      return running;
    },
    forget(kind, resource, refused) {
      const key = `${kind} ${resource}`;
      if (issued.get(key)?.value === refused) issued.delete(key);
    },
  };
}
