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

/** Without a `vaultKey` nothing is kept and nothing is found. */
export function createVault(pool: Pool, vaultKey: string | undefined): Vault {
  return {
    async load(name) {
      if (!vaultKey) return { kind: 'none' };
      const { rows } = await pool.query<{ sealed: Buffer }>(
        'select sealed from software_desk.secrets where name = $1',
        [name],
      );
      if (!rows[0]) return { kind: 'none' };
      const value = await unsealAlone(vaultKey, name, rows[0].sealed);
      return value === undefined ? { kind: 'sealed' } : { kind: 'found', value: value.toString('utf8') };
    },

    async save(name, value) {
      if (!vaultKey) return;
      await pool.query(
        `insert into software_desk.secrets (name, sealed) values ($1, $2)
         on conflict (name) do update set sealed = excluded.sealed, changed_at = now()`,
        [name, await sealAlone(vaultKey, name, Buffer.from(value, 'utf8'))],
      );
    },
  };
}
