import { hash, type X509Certificate } from 'node:crypto';

/**
 * Records of one kind. Records are never changed in place: a changed copy is `put`.
 * What differs from the seed is remembered, so that only that has to be stored.
 */
export interface Collection<T extends { id: string }> {
  get(id: string): T | undefined;
  values(): T[];
  filter(keep: (record: T) => boolean): T[];
  put(record: T): T;
  remove(id: string): void;
  /** What a restart must bring back, as JSON: `{ put, removed }`, the records put and the ids removed since the seed. */
  changes(): string;
}

export function createCollection<T extends { id: string }>(seed: Iterable<T>, onChange: () => void): Collection<T> {
  const records = new Map<string, T>();
  // Kept as JSON: a large world is stored often, and each time only a little of it is new.
  const changed = new Map<string, string>();
  const removed = new Set<string>();
  for (const record of seed) records.set(record.id, record);
  const seedIds = new Set(records.keys());

  return {
    get: (id) => records.get(id),
    values: () => [...records.values()],
    filter(keep) {
      const kept: T[] = [];
      for (const record of records.values()) if (keep(record)) kept.push(record);
      return kept;
    },
    put(record) {
      records.set(record.id, record);
      changed.set(record.id, JSON.stringify(record));
      removed.delete(record.id);
      onChange();
      return record;
    },
    remove(id) {
      if (!records.delete(id)) return;
      changed.delete(id);
      if (seedIds.has(id)) removed.add(id);
      onChange();
    },
    changes: () => `{"put":[${[...changed.values()].join(',')}],"removed":${JSON.stringify([...removed])}}`,
  };
}

/** Which seed, and how large. */
export interface SeedOptions {
  seed: number;
  customers: number;
  skus: number;
}

export interface WorldOptions extends SeedOptions {
  mode: 'extended' | 'today';
  delayMs: number;
  /** Whose account it is: the seed of the start. Another world for the same partner does not sign anybody out. */
  partnerSeed: number;
  groups: Record<string, string[]>;
  /** Is every cart refused without the partner's attestation? It became mandatory for some partners. */
  needsPartnerAttestation: boolean;
  /** How many items the first page of a list holds where its call has no `size`. */
  pageSize: number;
  /** Has the service account the role that shows the organisation's service requests? */
  supportRequestAdmin: boolean;
  /** What the product's application may sign its assertions with. */
  certificates: X509Certificate[];
}

/** Everything there is in the simulator. Each resource's file adds what it keeps in it. */
export interface World {
  options: WorldOptions;
  clock: Clock;
  /** The instant to which the ages of the seed refer. */
  seededAt: number;
  /** For what is created from now on. */
  ids: IdGenerator;
  /** Where the simulator listens; known once it does. */
  url: string;
}

/** The simulated time: real time plus an offset under test control. Instants are milliseconds since 1970. */
export interface Clock {
  now(): number;
  offsetMs(): number;
  setTo(at: number): void;
  advance(ms: number): void;
}

export function createClock(offsetMs = 0): Clock {
  let offset = offsetMs;
  return {
    now: () => Date.now() + offset,
    offsetMs: () => offset,
    setTo(at) {
      offset = at - Date.now();
    },
    advance(ms) {
      offset += ms;
    },
  };
}

const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

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
