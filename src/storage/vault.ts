import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Pool } from 'pg';

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

const deriveKey = promisify<string, Buffer, number, Buffer>(scrypt);
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

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
      const value = await unseal(vaultKey, name, rows[0].sealed);
      return value === undefined ? { kind: 'sealed' } : { kind: 'found', value };
    },

    async save(name, value) {
      if (!vaultKey) return;
      await pool.query(
        `insert into software_desk.secrets (name, sealed) values ($1, $2)
         on conflict (name) do update set sealed = excluded.sealed, changed_at = now()`,
        [name, await seal(vaultKey, name, value)],
      );
    },
  };
}

/** salt, nonce, tag, ciphertext. The name is sealed in: a row moved to another name does not open. */
async function seal(vaultKey: string, name: string, value: string): Promise<Buffer> {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', await deriveKey(vaultKey, salt, 32), nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]);
}

async function unseal(vaultKey: string, name: string, sealed: Buffer): Promise<string | undefined> {
  const salt = sealed.subarray(0, saltBytes);
  const nonce = sealed.subarray(saltBytes, saltBytes + nonceBytes);
  const tag = sealed.subarray(saltBytes + nonceBytes, saltBytes + nonceBytes + tagBytes);
  const key = await deriveKey(vaultKey, salt, 32);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(name)).setAuthTag(tag);
    const opened = decipher.update(sealed.subarray(saltBytes + nonceBytes + tagBytes));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
