import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

export function newSalt(): Buffer {
  return randomBytes(saltBytes);
}

/** The key that a secret and a salt give. Slow on purpose: once for all that is sealed together. */
export function deriveKey(secret: string, salt: Buffer): Promise<Buffer> {
  return derive(secret, salt, 32);
}

/** nonce, tag, ciphertext. What it is called is sealed in: moved to another name it does not open. */
export function seal(key: Buffer, name: string, content: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** `undefined`: sealed with another key or under another name, or damaged. */
export function unseal(key: Buffer, name: string, sealed: Buffer): Buffer | undefined {
  const nonce = sealed.subarray(0, nonceBytes);
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(name)).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** `seal` with a key of its own, whose salt stands before it. */
export async function sealAlone(secret: string, name: string, content: Uint8Array): Promise<Buffer> {
  const salt = newSalt();
  return Buffer.concat([salt, seal(await deriveKey(secret, salt), name, content)]);
}

export async function unsealAlone(secret: string, name: string, sealed: Buffer): Promise<Buffer | undefined> {
  const key = await deriveKey(secret, sealed.subarray(0, saltBytes));
  return unseal(key, name, sealed.subarray(saltBytes));
}
