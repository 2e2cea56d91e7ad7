import type { X509Certificate } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { IdGenerator } from './ids.ts';

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
