import { type AuditRecord, createOrderRecord } from '../audit-records.ts';
import type { Catalogue, Product } from '../catalogue.ts';
import { createOrderLine, type Purchase } from '../checkout.ts';
import type { Customer, CustomerDirectory } from '../customers.ts';
import type { Adjustment, Order } from '../orders.ts';
import type { Partner } from '../partner.ts';
import { DAY_MS, deriveGuid, deriveHex, deriveNumber, digest, MINUTE_MS } from '../world.ts';
import { createCustomerId } from './customers.ts';
import { customers, getCountry, type OrderSeed, orders } from './load.ts';

/** Orders older than this are for what was sold then: nothing that bears one of these years. */
const NEW_FOR_DAYS = 350;
const NEW = /2024|2025|Subscription Edition/;

/** What the seed's orders are about. */
interface Base {
  seed: number;
  seededAt: number;
  catalogue: Catalogue;
  customers: CustomerDirectory;
  partner: Partner;
}

/** The named orders, and some of every age for the other known customers. */
export function seedOrders(base: Base): Order[] {
  const others = customers.known.filter(({ onlyNamedOrders }) => !onlyNamedOrders);
  const all = [...orders.named, ...others.flatMap(({ tenant }) => inventOrders(base, tenant))];
  return all.flatMap((known) => {
    const customer = base.customers.get(createCustomerId(base.seed, known.tenant));
    return customer === undefined ? [] : [completeOrder(base, customer, known)];
  });
}

type Picker = (limit: number, what: string) => number;

function inventOrders({ seed, catalogue }: Base, tenant: string): OrderSeed[] {
  const { ageDays } = orders;
  const sold = catalogue
    .products()
    .filter(({ kind, onSale, cancellable }) => onSale && cancellable && kind !== 'other');
  const soldBefore = sold.filter(({ title }) => !NEW.test(title));
  return Array.from({ length: 1 + deriveNumber(5, seed, 'orders', tenant) }, (_, index) => {
    const pick: Picker = (limit, what) => deriveNumber(limit, seed, what, tenant, index);
    const daysOld = (ageDays[pick(ageDays.length, 'age')] ?? 1) + pick(20, 'hours') / 100;
    const isCancelled = daysOld > 3 && pick(6, 'cancelled') === 0;
    return {
      tenant,
      name: `${index}`,
      daysOld,
      lines: pickLines(daysOld < NEW_FOR_DAYS ? sold : soldBefore, pick),
      idForm: pick(7, 'form') === 0 ? 'long' : undefined,
      cancelled: isCancelled ? { daysAgo: daysOld - 2 } : undefined,
    };
  });
}

/** One to three lines of perpetual software, or one subscription: an order has one billing cycle. */
function pickLines(sold: Product[], pick: Picker): OrderSeed['lines'] {
  const first = sold[pick(sold.length, 'first')];
  const others = first?.kind === 'perpetual' ? sold.filter(({ kind }) => kind === 'perpetual') : [];
  const more = others.length === 0 ? 0 : pick(3, 'lines');
  const products = [
    first,
    ...Array.from({ length: more }, (_, number) => others[pick(others.length, `line ${number}`)]),
  ];
  return products.flatMap((product, number) => {
    const [sku] = product?.skus ?? [];
    if (sku === undefined) return [];
    const quantity = sku.minimumQuantity + pick(12, `quantity ${number}`);
    return [{ productId: sku.productId, skuId: sku.id, quantity }];
  });
}

function completeOrder(base: Base, customer: Customer, known: OrderSeed): Order {
  const { country } = customer.address;
  const { seededAt } = base;
  const createdAt = known.madeAt === undefined ? seededAt - (known.daysOld ?? 0) * DAY_MS : Date.parse(known.madeAt);
  const key = [base.seed, 'order', known.tenant, known.name] as const;
  const completedAt =
    known.pendingDays === undefined ? createdAt + 5 * MINUTE_MS : seededAt + known.pendingDays * DAY_MS;
  const purchases = known.lines.map((line) => createPurchase(base, line, country));
  return {
    ...createIds(known, key),
    customerId: customer.id,
    country,
    billingCycle: purchases[0]?.term.billingCycle ?? 'one_time',
    currencyCode: getCountry(country).currency,
    createdAt: Math.round(createdAt),
    completedAt: Math.round(completedAt),
    listedAt: Math.round(createdAt + 5 * MINUTE_MS),
    subscribedAt: Math.round(completedAt + 2 * MINUTE_MS),
    lines: purchases.map((purchase, number) =>
      createOrderLine(number, purchase, createdAt, deriveGuid(...key, 'subscription', number)),
    ),
    adjustments: createAdjustments(known, seededAt),
  };
}

function createPurchase({ catalogue }: Base, line: OrderSeed['lines'][number], country: string): Purchase {
  const product = catalogue.product(line.productId);
  const sku = catalogue.sku(line.productId, line.skuId);
  const [term] = sku?.terms ?? [];
  if (product === undefined || sku === undefined || term === undefined) {
    throw new Error(`The seed orders something unknown: ${line.productId}:${line.skuId}`);
  }
  return { product, sku, term, segment: sku.segments[0] ?? 'commercial', country, quantity: line.quantity };
}

function createIds({ idForm }: OrderSeed, key: readonly (string | number)[]): Pick<Order, 'id' | 'alternateId'> {
  const short = deriveHex(12, ...key);
  if (idForm === undefined) return { id: short, alternateId: short };
  if (idForm === 'guid') return { id: deriveGuid(...key), alternateId: deriveGuid(...key) };
  const long = digest(...key)
    .toString('base64url')
    .slice(0, 32);
  return { id: `${long}1`, alternateId: short };
}

function createAdjustments({ cancelled, lines }: OrderSeed, seededAt: number): Adjustment[] {
  if (cancelled === undefined) return [];
  const requestedAt = Math.round(seededAt - cancelled.daysAgo * DAY_MS);
  return [
    {
      requestedAt,
      effectiveAt: requestedAt + 5 * MINUTE_MS,
      lines: cancelled.lines ?? lines.map((_, number) => number),
      whole: cancelled.lines === undefined,
      by: 'order',
    },
  ];
}

/** What the audit log kept of the seed's orders and their cancellations. */
export function seedAuditRecords({ seed, partner, ...base }: Base, seededOrders: Order[]): AuditRecord[] {
  const caller = { userName: partner.userName, clientId: partner.clientId };
  return seededOrders.flatMap((order) => {
    const createFacts = (what: string) => ({
      caller,
      customer: base.customers.get(order.customerId),
      id: deriveGuid(seed, 'audit', what, order.id),
      correlationId: deriveGuid(seed, 'correlation', what, order.id),
    });
    return [
      createOrderRecord('create_order', order, order.createdAt, createFacts('create')),
      ...order.adjustments.map(({ effectiveAt }, index) =>
        createOrderRecord('update_order', order, effectiveAt, createFacts(`update ${index}`)),
      ),
    ];
  });
}
