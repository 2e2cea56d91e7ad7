import type { X509Certificate } from 'node:crypto';
import type { Agreement } from './agreements.ts';
import type { AuditRecord } from './audit-records.ts';
import type { Cart } from './carts.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { createSubscriptions } from './checkout.ts';
import type { Clock } from './clock.ts';
import { type CustomerDirectory, createCustomerDirectory } from './customers.ts';
import type { Download } from './entitlements.ts';
import type { Outcome } from './http/handle.ts';
import { createIdGenerator, type IdGenerator } from './ids.ts';
import type { Order } from './orders.ts';
import { createPartner, type Partner } from './partner.ts';
import { seedProducts } from './seed/catalogue.ts';
import { seedAgreements, seedCustomers, seedServiceRequests } from './seed/customers.ts';
import { seedAuditRecords, seedOrders } from './seed/orders.ts';
import type { ServiceRequest } from './service-requests.ts';
import type { Subscription } from './subscriptions.ts';
import type { WebhookEvent, WebhookRegistration } from './webhooks.ts';

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

function createCollection<T extends { id: string }>(seed: Iterable<T>, onChange: () => void): Collection<T> {
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

/** Everything that may change, one collection per kind of record. */
interface Tables {
  carts: Collection<Cart>;
  orders: Collection<Order>;
  subscriptions: Collection<Subscription>;
  serviceRequests: Collection<ServiceRequest>;
  agreements: Collection<Agreement>;
  auditRecords: Collection<AuditRecord>;
  outcomes: Collection<Outcome>;
  downloads: Collection<Download>;
  webhookRegistrations: Collection<WebhookRegistration>;
  webhookEvents: Collection<WebhookEvent>;
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

/** Everything there is in the simulator. */
export interface World extends Tables {
  options: WorldOptions;
  clock: Clock;
  /** The instant to which the ages of the seed refer. */
  seededAt: number;
  /** For what is created from now on. */
  ids: IdGenerator;
  /** Where the simulator listens; known once it does. */
  url: string;
  partner: Partner;
  catalogue: Catalogue;
  customers: CustomerDirectory;
}

/** Since when a world exists, and how many ids were created in it. */
interface Beginning {
  clock: Clock;
  seededAt: number;
  idCount: number;
}

/** The seed as it was at `seededAt`; `onChange` is called after every change to it. */
export function createWorld(options: WorldOptions, beginning: Beginning, onChange: () => void): World {
  const { seed, partnerSeed } = options;
  const { clock, seededAt, idCount } = beginning;
  const catalogue = createCatalogue(seedProducts(options.skus));
  const customers = createCustomerDirectory(seedCustomers(seed, options.customers));
  const partner = createPartner(partnerSeed, options.groups);
  const base = { seed, seededAt, catalogue, customers, partner };
  const orders = seedOrders(base);
  return {
    options,
    clock,
    seededAt,
    ids: createIdGenerator({ seed, seededAt, count: idCount }),
    url: '',
    partner,
    catalogue,
    customers,
    carts: createCollection<Cart>([], onChange),
    orders: createCollection(orders, onChange),
    subscriptions: createCollection(orders.flatMap(createSubscriptions), onChange),
    serviceRequests: createCollection(seedServiceRequests(base), onChange),
    agreements: createCollection(seedAgreements(base), onChange),
    auditRecords: createCollection(seedAuditRecords(base, orders), onChange),
    outcomes: createCollection<Outcome>([], onChange),
    downloads: createCollection<Download>([], onChange),
    webhookRegistrations: createCollection<WebhookRegistration>([], onChange),
    webhookEvents: createCollection<WebhookEvent>([], onChange),
  };
}

/** The collections by name, for storing them. */
export function listTables(world: World): Tables {
  return {
    carts: world.carts,
    orders: world.orders,
    subscriptions: world.subscriptions,
    serviceRequests: world.serviceRequests,
    agreements: world.agreements,
    auditRecords: world.auditRecords,
    outcomes: world.outcomes,
    downloads: world.downloads,
    webhookRegistrations: world.webhookRegistrations,
    webhookEvents: world.webhookEvents,
  };
}
