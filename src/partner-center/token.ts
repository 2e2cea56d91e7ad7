import { createHash } from 'node:crypto';
import { Secret } from '../domain/secret.ts';
import { createClientProof } from './client-secret.ts';
import { PartnerCenterError } from './errors.ts';
import type { Log } from './request.ts';
import { createBrake, type Timer } from './timer.ts';
import { askDirectory, directoryUrl, readToken, signIn } from './token-endpoint.ts';

/** `app`: client credentials. `user`: the service account's refresh token (Secure Application Model, reference §1.1). */
export type TokenKind = 'app' | 'user';

/**
 * Where a rotated refresh token outlives the process. What it holds wins over the configured one, so it is kept under
 * a fingerprint of that: an operator who sets another token starts anew.
 */
export interface RefreshTokenVault {
  load(fingerprint: string): Promise<string | undefined>;
  save(token: Secret<string>, fingerprint: string): Promise<void>;
}

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

interface Issued {
  readonly token: Secret<string>;
  readonly until: number;
}

export function createTokens(
  credentials: Credentials,
  { timer, log, timeoutMs, signal }: { timer: Timer; log: Log; timeoutMs: number; signal?: AbortSignal },
): Tokens {
  const issued = new Map<string, Issued>();
  const underway = new Map<string, Promise<Issued>>();
  const endpoint = directoryUrl(credentials, 'v1', 'token');
  const proof = createClientProof(credentials.clientId, credentials.clientSecret);
  const fingerprint = createHash('sha256').update(credentials.refreshToken.reveal()).digest('hex').slice(0, 16);
  const brake = createBrake(timer);
  let rotated: Secret<string> | undefined;

  async function ask(resource: string, grant: Record<string, string>): Promise<Issued> {
    const { clientId, refreshTokens } = credentials;
    const form = { ...grant, client_id: clientId, ...proof(endpoint, timer.now()), resource };
    const given = readToken(await askDirectory(endpoint, form, timeoutMs, signal));
    if (given.refresh && grant.refresh_token !== undefined) {
      rotated = given.refresh;
      await refreshTokens
        ?.save(given.refresh, fingerprint)
        .catch(() => log.warn({}, 'rotated refresh token could not be stored'));
    }
    const lifeMs = given.lifeSeconds * 1000;
    return { token: given.access, until: timer.now() + lifeMs - Math.min(marginMs, lifeMs / 2) };
  }

  /** The newest refresh token first; one that has gone stale must not keep a good one from being tried. */
  async function refreshTokensToTry(): Promise<Secret<string>[]> {
    const stored = await credentials.refreshTokens?.load(fingerprint).catch(() => undefined);
    const known = [rotated, stored ? new Secret(stored) : undefined, credentials.refreshToken];
    const byValue = new Map(known.filter((token) => token !== undefined).map((token) => [token.reveal(), token]));
    return [...byValue.values()];
  }

  async function askAsPerson(resource: string): Promise<Issued> {
    let refusal: unknown;
    for (const token of await refreshTokensToTry()) {
      try {
        const grant = { grant_type: 'refresh_token', refresh_token: token.reveal(), scope: 'openid' };
        return await ask(resource, grant);
      } catch (error) {
        if (!(error instanceof PartnerCenterError) || error.kind !== 'unauthorized') throw error;
        if (token.reveal() === rotated?.reveal()) rotated = undefined;
        refusal = error;
      }
    }
    throw refusal;
  }

  async function renew(kind: TokenKind, resource: string): Promise<Issued> {
    const heldMs = brake.remainingMs();
    if (heldMs > 0) throw new PartnerCenterError({ operation: signIn, kind: 'throttled', retryAfterMs: heldMs });
    try {
      return kind === 'app' ? await ask(resource, { grant_type: 'client_credentials' }) : await askAsPerson(resource);
    } catch (error) {
      if (error instanceof PartnerCenterError && error.kind === 'throttled') brake.hold(error.retryAfterMs ?? 0);
      if (error instanceof PartnerCenterError && error.kind === 'unauthorized') {
        log.error({ code: error.code, status: error.status, remedy: error.description }, 'sign-in refused');
      }
      throw error;
    }
  }

  return {
    async get(kind, resource) {
      const key = `${kind} ${resource}`;
      const kept = issued.get(key);
      if (kept && kept.until > timer.now()) return kept.token;
      const running = underway.get(key) ?? renew(kind, resource).finally(() => underway.delete(key));
      underway.set(key, running);
      const fresh = await running;
      issued.set(key, fresh);
      return fresh.token;
    },
    forget(kind, resource, refused) {
      const key = `${kind} ${resource}`;
      if (issued.get(key)?.token === refused) issued.delete(key);
    },
  };
}
