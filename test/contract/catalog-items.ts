import type { Customer } from '../../src/domain/customers/customer.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Availability } from '../../src/domain/orders/catalog.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { CartLine } from '../../src/domain/orders/ordering.ts';
import type { PartnerCenter } from '../../src/partner-center/index.ts';
import { found } from './assertions.ts';
import { freshId } from './server.ts';

export interface CatalogItem {
  readonly productId: string;
  readonly skuId: string;
}

/** What the seed sells. */
export const catalogItems = {
  server: { productId: 'DG7GMGF0D5RK', skuId: '0001' },
  serverByTwo: { productId: 'DG7GMGF0D5RK', skuId: '0002' },
  server2025: { productId: 'DG7GMGF0PWHC', skuId: '0001' },
  userCal: { productId: 'DG7GMGF0PWHD', skuId: '0002' },
  office: { productId: 'DG7GMGF0PN5N', skuId: '0001' },
  rented: { productId: 'DG7GMGF0DVSW', skuId: '0001' },
  rentedForThree: { productId: 'DG7GMGF0FLR1', skuId: '0002' },
  suse: { productId: 'DG7GMGF0D4KV', skuId: '0001' },
  soldOut: { productId: 'DG7GMGF0G8RD', skuId: '0002' },
  attested: { productId: 'DG7GMGF0D3SJ', skuId: '0001' },
  exchange: { productId: 'DG7GMGF0Q0X8', skuId: '0001' },
} as const satisfies Record<string, CatalogItem>;

export const forOneYear = { billingCycle: 'annual', termDuration: 'P1Y' } as const;

export async function availabilityOf(
  center: PartnerCenter,
  customer: Pick<Customer, 'id'>,
  { productId, skuId }: CatalogItem,
  segment = 'commercial',
): Promise<Availability> {
  const offers = await center.catalog.availabilities(customer.id, productId, skuId);
  return found(
    offers.find((offer) => offer.segment === segment),
    `${segment} availability of ${productId}:${skuId}`,
  );
}

/** A line with a catalogue item id that is good now; perpetual software unless told otherwise. */
export async function lineOf(
  center: PartnerCenter,
  customer: Pick<Customer, 'id'>,
  item: CatalogItem,
  more: Partial<CartLine> = {},
): Promise<CartLine> {
  const { catalogItemId } = await availabilityOf(center, customer, item);
  return { catalogItemId, quantity: 1, billingCycle: 'one_time', ...more };
}

/** Something to buy that needs no particular care, and what one unit of it costs. */
export interface Choice {
  readonly item: CatalogItem;
  readonly more: Pick<CartLine, 'quantity' | 'billingCycle' | 'termDuration'>;
  readonly unit: Money;
}

const plans = { perpetual: { billingCycle: 'one_time' }, rented: forOneYear } as const;

/**
 * The cheapest of Microsoft's perpetual software, or of its subscriptions, in the smallest quantity: other publishers'
 * cannot be given back. `undefined` when none with a price is on sale.
 */
export async function cheapest(
  { catalog, customers }: PartnerCenter,
  { id }: Pick<Customer, 'id'>,
  kind: keyof typeof plans,
): Promise<Choice | undefined> {
  const plan: Pick<CartLine, 'billingCycle' | 'termDuration'> = plans[kind];
  const { country } = found(await customers.find(id), `customer ${id}`);
  const choices: Choice[] = [];
  for (const product of await catalog.products(id)) {
    if (!product.publisher.startsWith('Microsoft')) continue;
    for (const sku of await catalog.skus(id, product.id)) {
      if (sku.needsAttestation || sku.needsInventoryCheck || sku.needsBefore.length > 0) continue;
      const item = { productId: product.id, skuId: sku.id };
      const unit = await catalog.unitPrice(country, { ...item, segment: 'commercial', ...plan });
      if (unit) choices.push({ item, unit, more: { ...plan, quantity: sku.minimumQuantity } });
    }
  }
  choices.sort((one, other) => one.unit.minor * one.more.quantity - other.unit.minor * other.more.quantity);
  for (const choice of choices) {
    const offers = await catalog.availabilities(id, choice.item.productId, choice.item.skuId);
    const terms = offers.find(({ segment }) => segment === 'commercial')?.terms ?? [];
    const { billingCycle, termDuration } = plan;
    if (terms.some((term) => term.billingCycle === billingCycle && term.duration === termDuration)) return choice;
  }
  return undefined;
}

export interface Bought {
  readonly order: Order;
  readonly cartId: string;
}

/** From the availability to the order. */
export async function buy(
  center: PartnerCenter,
  customer: Pick<Customer, 'id'>,
  item: CatalogItem = catalogItems.server,
  more: Partial<CartLine> = {},
): Promise<Bought> {
  const line = await lineOf(center, customer, item, more);
  const cart = await center.ordering.createCart(customer.id, [line], freshId());
  const { orders } = await center.ordering.checkout(customer.id, cart.id, freshId());
  return { order: found(orders[0], `order; the cart has ${JSON.stringify(cart.lineErrors)}`), cartId: cart.id };
}

/** The order whose first line begins so, as the list has it. */
export async function orderOf(
  center: PartnerCenter,
  customer: Pick<Customer, 'id'>,
  firstLine: string,
): Promise<Order> {
  const orders = await center.ordering.orders(customer.id);
  return found(
    orders.find(({ lines }) => lines[0]?.title.startsWith(firstLine)),
    `order that begins with ${firstLine}; there are ${orders.map(({ lines }) => lines[0]?.title).join(', ')}`,
  );
}
