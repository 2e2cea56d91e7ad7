import { createHash } from 'node:crypto';
import pTimeout from 'p-timeout';
import { Secret } from '../../domain/secret.ts';
import type { Log } from '../log.ts';

/** What a store holds; `sealed`: something that was sealed with another client secret. */
export type StoredToken =
  | { readonly kind: 'none' }
  | { readonly kind: 'sealed' }
  | { readonly kind: 'found'; readonly value: string };

/**
 * Where a rotated refresh token outlives the process. What it holds wins over the configured one, so it is kept under
 * a fingerprint of that: an operator who sets another token starts anew.
 */
export interface RefreshTokenStore {
  load(fingerprint: string): Promise<StoredToken>;
  save(token: Secret<string>, fingerprint: string): Promise<void>;
}

/** The refresh tokens of the service account: the one that the directory gave last, the stored, the configured one. */
export interface RefreshTokens {
  /** What is worth using, newest first. Asks the store, which other processes write to as well. Never throws. */
  list(): Promise<Secret<string>[]>;
  /** The directory gave this one in exchange. */
  rotate(token: Secret<string>): void;
  /** The directory takes it no longer. */
  drop(token: Secret<string>): void;
  /** Stores what was rotated, also what could not be stored before. Never throws. */
  store(): Promise<void>;
}

/** What the operator reads where the store does not do its work. */
interface StoreRemedies {
  readonly unreadable: string;
  readonly sealed: string;
  readonly notStored: string;
}

/** A store that is slow must not hold up calls for longer. */
const storeTimeoutMs = 5_000;

export function createRefreshTokens(options: {
  readonly configured: Secret<string>;
  readonly store: RefreshTokenStore | undefined;
  readonly remedies: StoreRemedies;
  readonly log: Log;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}): RefreshTokens {
  const { configured, store, remedies, log, timeoutMs, signal } = options;
  const fingerprint = createHash('sha256').update(configured.reveal()).digest('hex').slice(0, 16);
  const limits = { milliseconds: Math.min(timeoutMs, storeTimeoutMs), signal };
  let rotated: Secret<string> | undefined;
  let isStored = true;

  async function loadStored(): Promise<Secret<string> | undefined> {
    if (!store) return undefined;
    try {
      const stored = await pTimeout(store.load(fingerprint), limits);
      if (stored.kind === 'sealed') log.warn({ remedy: remedies.sealed }, 'stored refresh token cannot be opened');
      return stored.kind === 'found' ? new Secret(stored.value) : undefined;
    } catch (error) {
      log.warn({ err: error, remedy: remedies.unreadable }, 'stored refresh token could not be read');
      return undefined;
    }
  }

  return {
    async list() {
      const all = [rotated, await loadStored(), configured].filter((token) => token !== undefined);
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
    async store() {
      const token = rotated;
      if (isStored || !token || !store) return;
      try {
        await pTimeout(store.save(token, fingerprint), limits);
        if (token === rotated) isStored = true;
      } catch (error) {
        log.warn({ err: error, remedy: remedies.notStored }, 'rotated refresh token could not be stored');
      }
    },
  };
}
