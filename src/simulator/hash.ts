import { createHash } from 'node:crypto';

const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ0123456789';

/** A SHA-256 digest of the parts; the source of everything in the seed that looks random. */
export function digest(...parts: (string | number)[]): Buffer {
  return createHash('sha256').update(parts.join('\u0000')).digest();
}

/** `length` hexadecimal digits, always the same for the same parts. */
export function hexFrom(length: number, ...parts: (string | number)[]): string {
  return digest(...parts)
    .toString('hex')
    .slice(0, length);
}

/** A GUID in lower case, always the same for the same parts. */
export function guidFrom(...parts: (string | number)[]): string {
  const hex = hexFrom(32, ...parts);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Letters and digits as product, SKU and availability ids use them. */
export function codeFrom(length: number, ...parts: (string | number)[]): string {
  const bytes = digest(...parts);
  let code = '';
  for (let index = 0; index < length; index += 1) code += LETTERS.charAt((bytes[index] ?? 0) % LETTERS.length);
  return code;
}

/** A whole number from 0 up to, not including, `limit`. */
export function numberFrom(limit: number, ...parts: (string | number)[]): number {
  return digest(...parts).readUInt32BE(0) % limit;
}
