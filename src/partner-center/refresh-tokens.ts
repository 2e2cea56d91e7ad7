import { createHash } from 'node:crypto';
import { Secret } from '../domain/secret.ts';
import type { Log } from './request.ts';
import { within } from './within.ts';

/** What a vault holds; `sealed`: something that was sealed with another client secret. */
export type Held =
  | { readonly kind: 'none' }
  | { readonly kind: 'sealed' }
  | { readonly kind: 'found'; readonly value: string };

/**
 * Where a rotated refresh token outlives the process. What it holds wins over the configured one, so it is kept under
 * a fingerprint of that: an operator who sets another token starts anew.
 */
export interface RefreshTokenVault {
  load(fingerprint: string): Promise<Held>;
  save(token: Secret<string>, fingerprint: string): Promise<void>;
}

/** The refresh tokens of the service account: the one that the directory gave last, the stored, the configured one. */
export interface RefreshTokens {
  /** What is worth trying, newest first. Asks the vault, which other processes write to as well. Never throws. */
  known(): Promise<Secret<string>[]>;
  /** The directory gave this one in exchange. */
  rotate(token: Secret<string>): void;
  /** The directory takes it no longer. */
  drop(token: Secret<string>): void;
  /** Stores what was rotated, also what could not be stored before. Never throws. */
  keep(): Promise<void>;
}

/** A vault that is slow must not hold up calls for longer. */
const patienceMs = 5_000;

const unreachable =
  'Look at the database (DATABASE_URL, DATA_DIR): until it answers, the refresh token in memory or the configured PARTNER_CENTER_REFRESH_TOKEN is used.';
const sealedOtherwise =
  'PARTNER_CENTER_CLIENT_SECRET was changed since: the configured PARTNER_CENTER_REFRESH_TOKEN is used. If that is refused, repeat the consent of the service account (`npm run consent`) and store the new refresh token.';
const notStored =
  'Look at the database (DATABASE_URL, DATA_DIR): the new refresh token is kept in memory and stored at the next sign-in; a restart before that uses the former one.';

export function createRefreshTokens(options: {
  readonly configured: Secret<string>;
  readonly vault: RefreshTokenVault | undefined;
  readonly log: Log;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}): RefreshTokens {
  const { configured, vault, log, timeoutMs, signal } = options;
  const fingerprint = createHash('sha256').update(configured.reveal()).digest('hex').slice(0, 16);
  const limitMs = Math.min(timeoutMs, patienceMs);
  let rotated: Secret<string> | undefined;
  let isStored = true;

  async function stored(): Promise<Secret<string> | undefined> {
    if (!vault) return undefined;
    try {
      const held = await within(limitMs, signal, vault.load(fingerprint));
      if (held.kind === 'sealed') log.warn({ remedy: sealedOtherwise }, 'stored refresh token cannot be opened');
      return held.kind === 'found' ? new Secret(held.value) : undefined;
    } catch (error) {
      log.warn({ err: error, remedy: unreachable }, 'stored refresh token could not be read');
      return undefined;
    }
  }

  return {
    async known() {
      const all = [rotated, await stored(), configured].filter((token) => token !== undefined);
      return [...new Map(all.map((token) => [token.reveal(), token])).values()];
    },
    rotate(token) {
      rotated = token;
      isStored = false;
    },
    drop(token) {
      if (token.reveal() !== rotated?.reveal()) return;
      rotated = undefined;
      isStored = true;
    },
    async keep() {
      const token = rotated;
      if (isStored || !token || !vault) return;
      try {
        await within(limitMs, signal, vault.save(token, fingerprint));
        if (token === rotated) isStored = true;
      } catch (error) {
        log.warn({ err: error, remedy: notStored }, 'rotated refresh token could not be stored');
      }
    },
  };
}
