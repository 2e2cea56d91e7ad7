import type { Catalogue, Product } from '../catalogue.ts';
import { DAY_MS, MINUTE_MS } from '../clock.ts';
import { orderLine } from '../commerce/order-lines.ts';
import { countryOf } from '../countries.ts';
import type { Customer, CustomerDirectory } from '../customers.ts';
import type { Adjustment, Order } from '../entities.ts';
import { digest, guidFrom, hexFrom, numberFrom } from '../hash.ts';
import { CUSTOMER_SKETCHES } from './customer-sketches.ts';
import { NAMED_ORDERS, type OrderSketch } from './order-sketches.ts';
import { customerIdOf } from './seed-customers.ts';

const AGES = [0.3, 1, 2, 4, 6, 11, 18, 24, 33, 48, 70, 110, 160, 240, 365, 520, 800, 1150, 1400];
/** Orders older than this are for what was sold then: nothing that bears one of these years. */
const NEW_FOR_DAYS = 350;
const NEW = /2024|2025|Subscription Edition/;
/** These keep to their named orders, or have none. */
const WITHOUT_MORE_ORDERS = new Set([
  'contoso',
  'tailspintoys',
  'litware',
  'proseware',
  'treyresearch',
  'drukarniaswit',
  'fincherarchitects',
  'schooloffineart',
]);

interface Ground {
  seed: number;
  seededAt: number;
  catalogue: Catalogue;
  customers: CustomerDirectory;
}

/** The named orders, and some of every age for the other known customers. */
export function seedOrders(ground: Ground): Order[] {
  const others = CUSTOMER_SKETCHES.filter(({ tenant }) => !WITHOUT_MORE_ORDERS.has(tenant));
  const sketches = [...NAMED_ORDERS, ...others.flatMap(({ tenant }) => moreOrders(ground, tenant))];
  return sketches.flatMap((sketch) => {
    const customer = ground.customers.get(customerIdOf(ground.seed, sketch.tenant));
    return customer === undefined ? [] : [completed(ground, customer, sketch)];
  });
}

type Picker = (limit: number, what: string) => number;

function moreOrders({ seed, catalogue }: Ground, tenant: string): OrderSketch[] {
  const sold = catalogue
    .products()
    .filter(({ kind, onSale, cancellable }) => onSale && cancellable && kind !== 'other');
  const soldBefore = sold.filter(({ title }) => !NEW.test(title));
  return Array.from({ length: 1 + numberFrom(5, seed, 'orders', tenant) }, (_, index) => {
    const pick: Picker = (limit, what) => numberFrom(limit, seed, what, tenant, index);
    const daysOld = (AGES[pick(AGES.length, 'age')] ?? 1) + pick(20, 'hours') / 100;
    const isCancelled = daysOld > 3 && pick(6, 'cancelled') === 0;
    return {
      tenant,
      name: `${index}`,
      daysOld,
      lines: chosenLines(daysOld < NEW_FOR_DAYS ? sold : soldBefore, pick),
      ...(pick(7, 'form') === 0 ? { idForm: 'long' as const } : {}),
      ...(isCancelled ? { cancelled: { daysAgo: daysOld - 2 } } : {}),
    };
  });
}

/** One to three lines of perpetual software, or one subscription: an order has one billing cycle. */
function chosenLines(sold: Product[], pick: Picker): OrderSketch['lines'] {
  const first = sold[pick(sold.length, 'first')];
  const others = first?.kind === 'perpetual' ? sold.filter(({ kind }) => kind === 'perpetual') : [];
  const more = others.length === 0 ? 0 : pick(3, 'lines');
  const products = [
    first,
    ...Array.from({ length: more }, (_, number) => others[pick(others.length, `line ${number}`)]),
  ];
  return products.flatMap((product, number) => {
    const [sku] = product?.skus ?? [];
    return sku === undefined ? [] : [[sku.productId, sku.id, sku.minimumQuantity + pick(12, `quantity ${number}`)]];
  });
}

function completed(ground: Ground, customer: Customer, sketch: OrderSketch): Order {
  const { country } = customer.address;
  const { seededAt } = ground;
  const createdAt = sketch.madeAt === undefined ? seededAt - (sketch.daysOld ?? 0) * DAY_MS : Date.parse(sketch.madeAt);
  const key = [ground.seed, 'order', sketch.tenant, sketch.name] as const;
  const completedAt =
    sketch.pendingDays === undefined ? createdAt + 5 * MINUTE_MS : seededAt + sketch.pendingDays * DAY_MS;
  const bought = sketch.lines.map(([productId, skuId, quantity]) =>
    purchase(ground, { productId, skuId, country, quantity }),
  );
  return {
    ...orderIds(sketch, key),
    customerId: customer.id,
    country,
    billingCycle: bought[0]?.term.billingCycle ?? 'one_time',
    currencyCode: countryOf(country).currency,
    createdAt: Math.round(createdAt),
    completedAt: Math.round(completedAt),
    listedAt: Math.round(createdAt + 5 * MINUTE_MS),
    subscribedAt: Math.round(completedAt + 2 * MINUTE_MS),
    lines: bought.map((item, number) => orderLine(number, item, createdAt, guidFrom(...key, 'subscription', number))),
    adjustments: adjustments(sketch, seededAt),
  };
}

function purchase(
  { catalogue }: Ground,
  item: { productId: string; skuId: string; country: string; quantity: number },
) {
  const product = catalogue.product(item.productId);
  const sku = catalogue.sku(item.productId, item.skuId);
  const [term] = sku?.terms ?? [];
  if (product === undefined || sku === undefined || term === undefined) {
    throw new Error(`The seed orders something unknown: ${item.productId}:${item.skuId}`);
  }
  const segment = sku.segments[0] ?? 'commercial';
  return { product, sku, term, segment, country: item.country, quantity: item.quantity };
}

function orderIds(sketch: OrderSketch, key: readonly (string | number)[]): Pick<Order, 'id' | 'alternateId'> {
  const short = hexFrom(12, ...key);
  if (sketch.idForm === undefined) return { id: short, alternateId: short };
  if (sketch.idForm === 'guid') return { id: guidFrom(...key), alternateId: guidFrom(...key) };
  return {
    id: `${digest(...key)
      .toString('base64url')
      .slice(0, 32)}1`,
    alternateId: short,
  };
}

function adjustments({ cancelled, lines }: OrderSketch, seededAt: number): Adjustment[] {
  if (cancelled === undefined) return [];
  const requestedAt = Math.round(seededAt - cancelled.daysAgo * DAY_MS);
  const all = lines.map((_, number) => number);
  return [
    {
      requestedAt,
      effectiveAt: requestedAt + 5 * MINUTE_MS,
      lines: cancelled.lines ?? all,
      whole: cancelled.lines === undefined,
      by: 'order',
    },
  ];
}
