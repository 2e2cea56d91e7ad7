import { hash } from 'node:crypto';

type Part = string | number;

const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ0123456789';

/** A SHA-256 digest of the parts; the source of everything in the seed that looks random. */
export function digest(...parts: Part[]): Buffer {
  return hash('sha256', parts.join('\u0000'), 'buffer');
}

/** `length` hexadecimal digits, always the same for the same parts. */
export function deriveHex(length: number, ...parts: Part[]): string {
  return digest(...parts)
    .toString('hex')
    .slice(0, length);
}

/** A GUID in lower case, always the same for the same parts. */
export function deriveGuid(...parts: Part[]): string {
  const hex = deriveHex(32, ...parts);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Letters and digits as product, SKU and availability ids use them. */
export function deriveCode(length: number, ...parts: Part[]): string {
  const bytes = digest(...parts);
  let code = '';
  for (let index = 0; index < length; index += 1) code += LETTERS.charAt((bytes[index] ?? 0) % LETTERS.length);
  return code;
}

/** A whole number from 0 up to, not including, `limit`. */
export function deriveNumber(limit: number, ...parts: Part[]): number {
  return digest(...parts).readUInt32BE(0) % limit;
}

/**
 * Ids of what is created after the seed: the same for the same seed, start and order of events, and none of them twice,
 * not even after a restart. Another start gives others, so that a reset repeats none either.
 */
export interface IdGenerator {
  guid(): string;
  /** Hexadecimal digits. */
  hex(length: number): string;
  /** Decimal digits. */
  digits(length: number): string;
  /** How many were created: where a restart has to continue. */
  count(): number;
}

interface Start {
  seed: number;
  seededAt: number;
  /** How many were created before a restart. */
  count: number;
}

export function createIdGenerator({ seed, seededAt, count: before }: Start): IdGenerator {
  let count = before;
  const next = () => {
    count += 1;
    return ['made', seed, seededAt, count];
  };
  return {
    guid: () => deriveGuid(...next()),
    hex: (length) => deriveHex(length, ...next()),
    digits(length) {
      const number = digest(...next()).readBigUInt64BE(0) % 10n ** BigInt(length);
      return String(number).padStart(length, '0');
    },
    count: () => count,
  };
}
