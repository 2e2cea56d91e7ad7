import type { Pool } from 'pg';
import { sealAlone, unsealAlone } from './sealing.ts';

/** Secrets that change while the bot runs (a rotated refresh token), sealed with a key that is not in the database. */
export interface Vault {
  /** Rejects when the database cannot be asked. */
  load(name: string): Promise<Held>;
  save(name: string, value: string): Promise<void>;
}

/** `sealed`: there is something, which was sealed with another key (or was damaged). */
export type Held =
  | { readonly kind: 'none' }
  | { readonly kind: 'sealed' }
  | { readonly kind: 'found'; readonly value: string };

/**
 * Sealed with the first of `keys`, opened with any of them: what an older one has sealed is sealed anew when it is read.
 * Without a key nothing is kept and nothing is found.
 */
export function createVault(pool: Pool, keys: readonly string[], { isReadOnly = false } = {}): Vault {
  const [first] = keys;

  async function save(name: string, value: string): Promise<void> {
    if (!first) return;
    await pool.query(
      `insert into software_desk.secrets (name, sealed) values ($1, $2)
       on conflict (name) do update set sealed = excluded.sealed, changed_at = now()`,
      [name, await sealAlone(first, name, Buffer.from(value, 'utf8'))],
    );
  }

  /** Unless somebody has saved another value meanwhile. */
  async function sealAnew(name: string, value: Buffer, before: Buffer): Promise<void> {
    if (!first) return;
    await pool.query('update software_desk.secrets set sealed = $3 where name = $1 and sealed = $2', [
      name,
      before,
      await sealAlone(first, name, value),
    ]);
  }

  return {
    async load(name) {
      if (!first) return { kind: 'none' };
      const { rows } = await pool.query<{ sealed: Buffer }>(
        'select sealed from software_desk.secrets where name = $1',
        [name],
      );
      if (!rows[0]) return { kind: 'none' };
      const { sealed } = rows[0];
      for (const key of keys) {
        const value = await unsealAlone(key, name, sealed);
        if (value === undefined) continue;
        if (key !== first && !isReadOnly) await sealAnew(name, value, sealed);
        return { kind: 'found', value: value.toString('utf8') };
      }
      return { kind: 'sealed' };
    },

    save,
  };
}

/** The refresh tokens that the directory gave in exchange for the configured one, by the fingerprint of that. */
export function refreshTokensIn(vault: Vault) {
  return {
    load: (fingerprint: string) => vault.load(`refresh-token ${fingerprint}`),
    save: (token: { reveal(): string }, fingerprint: string) =>
      vault.save(`refresh-token ${fingerprint}`, token.reveal()),
  };
}
