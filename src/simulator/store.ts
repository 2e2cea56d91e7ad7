import type { X509Certificate } from 'node:crypto';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import { type Collection, createCollection } from './collection.ts';
import { subscriptionsOf } from './commerce/order-lines.ts';
import { type CustomerDirectory, createCustomerDirectory } from './customers.ts';
import type * as entities from './entities.ts';
import { createMadeIds, type MadeIds } from './made-ids.ts';
import { seedAgreements } from './seed/seed-agreements.ts';
import { seedAuditRecords } from './seed/seed-audit.ts';
import { seedCatalogue } from './seed/seed-catalogue.ts';
import { seedCustomers } from './seed/seed-customers.ts';
import { seedOrders } from './seed/seed-orders.ts';
import { seedTickets } from './seed/seed-tickets.ts';
import { createPartner, type Partner } from './sign-in/partner.ts';

/** Everything that may change, one collection per kind of record. */
export interface Tables {
  carts: Collection<entities.Cart>;
  orders: Collection<entities.Order>;
  subscriptions: Collection<entities.Subscription>;
  serviceRequests: Collection<entities.ServiceRequest>;
  agreements: Collection<entities.Agreement>;
  billingProfiles: Collection<entities.BillingProfile>;
  auditRecords: Collection<entities.AuditRecord>;
  outcomes: Collection<entities.Outcome>;
  downloads: Collection<entities.Download>;
  webhookRegistrations: Collection<entities.WebhookRegistration>;
  webhookEvents: Collection<entities.WebhookEvent>;
}

/** Which world it is, and how large. */
export interface Extent {
  seed: number;
  customers: number;
  skus: number;
}

export interface WorldOptions extends Extent {
  mode: 'extended' | 'today';
  delayMs: number;
  /** Whose account it is: the seed of the start. Another world for the same partner does not sign anybody out. */
  partnerSeed: number;
  groups: Record<string, string[]>;
  /** Has the service account the role that shows the organisation's service requests? */
  supportRequestAdmin: boolean;
  /** What the product's application may sign its assertions with. */
  certificates: X509Certificate[];
}

export interface World extends Tables {
  options: WorldOptions;
  clock: Clock;
  /** The instant to which the ages of the seed refer. */
  seededAt: number;
  /** For what is made from now on. */
  ids: MadeIds;
  /** Where the simulator listens; known once it does. */
  url: string;
  partner: Partner;
  catalogue: Catalogue;
  customers: CustomerDirectory;
}

/** Since when a world exists, and how many ids were made in it. */
export interface Beginning {
  clock: Clock;
  seededAt: number;
  made: number;
}

/** The seed state as it was at `seededAt`; `onChange` is called after every change to it. */
export function createWorld(options: WorldOptions, beginning: Beginning, onChange: () => void): World {
  const { seed, partnerSeed } = options;
  const { clock, seededAt, made } = beginning;
  const catalogue = createCatalogue(seedCatalogue(options.skus));
  const customers = createCustomerDirectory(seedCustomers(seed, options.customers));
  const partner = createPartner(partnerSeed, options.groups);
  const orders = seedOrders({ seed, seededAt, catalogue, customers });
  return {
    options,
    clock,
    seededAt,
    ids: createMadeIds({ seed, seededAt, made }),
    url: '',
    partner,
    catalogue,
    customers,
    carts: createCollection<entities.Cart>([], onChange),
    orders: createCollection(orders, onChange),
    subscriptions: createCollection(orders.flatMap(subscriptionsOf), onChange),
    serviceRequests: createCollection(seedTickets({ seed, seededAt, customers }), onChange),
    agreements: createCollection(seedAgreements({ seed, seededAt, customers, partner }), onChange),
    billingProfiles: createCollection<entities.BillingProfile>([], onChange),
    auditRecords: createCollection(seedAuditRecords({ seed, orders, customers, partner }), onChange),
    outcomes: createCollection<entities.Outcome>([], onChange),
    downloads: createCollection<entities.Download>([], onChange),
    webhookRegistrations: createCollection<entities.WebhookRegistration>([], onChange),
    webhookEvents: createCollection<entities.WebhookEvent>([], onChange),
  };
}

/** The collections by name, for storing them. */
export function tablesOf(world: World): Tables {
  return {
    carts: world.carts,
    orders: world.orders,
    subscriptions: world.subscriptions,
    serviceRequests: world.serviceRequests,
    agreements: world.agreements,
    billingProfiles: world.billingProfiles,
    auditRecords: world.auditRecords,
    outcomes: world.outcomes,
    downloads: world.downloads,
    webhookRegistrations: world.webhookRegistrations,
    webhookEvents: world.webhookEvents,
  };
}
