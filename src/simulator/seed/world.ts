import { createCatalogue } from '../catalogue.ts';
import { createSubscriptions } from '../checkout.ts';
import { createCustomerDirectory } from '../customers.ts';
import { createPartner } from '../partner.ts';
import type { Clock } from '../world.ts';
import { createCollection, createIdGenerator, type World, type WorldOptions } from '../world.ts';
import { seedProducts } from './catalogue.ts';
import { seedAgreements, seedCustomers, seedServiceRequests } from './customers.ts';
import { seedAuditRecords, seedOrders } from './orders.ts';

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
    carts: createCollection([], onChange),
    orders: createCollection(orders, onChange),
    subscriptions: createCollection(orders.flatMap(createSubscriptions), onChange),
    serviceRequests: createCollection(seedServiceRequests(base), onChange),
    agreements: createCollection(seedAgreements(base), onChange),
    auditRecords: createCollection(seedAuditRecords(base, orders), onChange),
    outcomes: createCollection([], onChange),
    downloads: createCollection([], onChange),
    webhookRegistrations: createCollection([], onChange),
    webhookEvents: createCollection([], onChange),
  };
}

/** The collections by name, for storing them. */
export function listTables(world: World) {
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
