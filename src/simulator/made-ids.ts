import { digest, guidFrom, hexFrom } from './hash.ts';

/**
 * Ids of what comes into being after the seed: the same for the same seed, start and order of events, and none of them
 * twice, not even after a restart. Another start gives others, so that a reset repeats none either.
 */
export interface MadeIds {
  guid(): string;
  /** Hexadecimal digits. */
  hex(length: number): string;
  /** Decimal digits. */
  digits(length: number): string;
  /** How many were made: where a restart has to go on. */
  count(): number;
}

interface Start {
  seed: number;
  seededAt: number;
  /** How many were made before a restart. */
  made: number;
}

export function createMadeIds({ seed, seededAt, made }: Start): MadeIds {
  let count = made;
  const next = () => {
    count += 1;
    return ['made', seed, seededAt, count];
  };
  return {
    guid: () => guidFrom(...next()),
    hex: (length) => hexFrom(length, ...next()),
    digits(length) {
      const number = digest(...next()).readBigUInt64BE(0) % 10n ** BigInt(length);
      return String(number).padStart(length, '0');
    },
    count: () => count,
  };
}
