import { adviceFrom, unread } from '../cancellations/advice.ts';
import { neverTakenBack, type Window, windowOf } from '../cancellations/cancellation-window.ts';
import type { Case } from '../cancellations/case.ts';
import type { CustomerProfile } from '../customers/customer.ts';
import type { World } from '../world.ts';
import type { Product } from './catalog.ts';
import { isLineCancelled, isSameId, type Order, type OrderLine, type Subscription } from './order.ts';

export type PurchaseState = 'pending' | 'active' | 'cancelling' | 'cancelled';

/** One line of an order, with all a list says of it. */
export interface Purchase {
  readonly order: Order;
  readonly line: OrderLine;
  readonly state: PurchaseState;
  readonly isSoftware: boolean;
  readonly window?: Window;
  /** The publisher that never takes back what it sold. */
  readonly neverTakenBackBy?: string;
  readonly openCase?: Case;
}

/** One order, as a whole. */
export interface CustomerOrder {
  readonly order: Order;
  readonly state: PurchaseState;
}

/** How long a fresh order may be missing from Partner Center's list. */
const listLagMs = 15 * 60 * 1000;

/** Everything bought for the customer, newest first; our own fresh orders included before Partner Center lists them. */
export async function purchasesOf(world: World, customer: Pick<CustomerProfile, 'id'>): Promise<Purchase[]> {
  const [{ orders, openCases }, subscriptions] = await Promise.all([
    allOrders(world, customer.id),
    world.ordering.subscriptions(customer.id),
  ]);
  const purchases = await Promise.all(
    orders.flatMap((order) => {
      const openCase = openCases.find(({ content }) => isSameId(content.orderId, order.id));
      return order.lines.map((line) => purchaseOf(world, customer, order, line, subscriptions, openCase));
    }),
  );
  return purchases.sort((a, b) => b.order.createdAt.getTime() - a.order.createdAt.getTime());
}

/** The same order by order, and without what only the lines tell: one call. */
export async function ordersOf(world: World, customer: Pick<CustomerProfile, 'id'>): Promise<CustomerOrder[]> {
  const { orders, openCases } = await allOrders(world, customer.id);
  return orders
    .map((order) => ({
      order,
      state: orderState(
        order,
        openCases.some(({ content }) => isSameId(content.orderId, order.id)),
      ),
    }))
    .sort((a, b) => b.order.createdAt.getTime() - a.order.createdAt.getTime());
}

/** `isInCase`: there is an open cancellation case of it. */
export function orderState(order: Order, isInCase: boolean): PurchaseState {
  const isCancelled = order.lines.length > 0 && order.lines.every(({ number }) => isLineCancelled(order, number));
  if (isCancelled || order.status === 'cancelled') return 'cancelled';
  if (isInCase) return 'cancelling';
  return order.status === 'pending' ? 'pending' : 'active';
}

async function allOrders(
  world: World,
  customerId: string,
): Promise<{ readonly orders: readonly Order[]; readonly openCases: readonly Case[] }> {
  const since = new Date(world.clock.now().getTime() - listLagMs);
  const listed = await world.ordering.orders(customerId);
  const { placed, openCases } = await world.customerRecords.compare(customerId, listed, since);
  const missing = placed.filter((id) => !listed.some((order) => isSameId(order.id, id)));
  const added = await Promise.all(missing.map((id) => world.ordering.order(customerId, id)));
  return { orders: [...listed, ...added.filter((order) => order !== undefined)], openCases };
}

async function purchaseOf(
  world: World,
  customer: Pick<CustomerProfile, 'id'>,
  order: Order,
  line: OrderLine,
  subscriptions: readonly Subscription[],
  openCase: Case | undefined,
): Promise<Purchase> {
  const subscription = subscriptions.find((candidate) => isSameId(candidate.id, line.subscriptionId));
  const ofThisLine = openCase?.content.lineNumbers.includes(line.number) ? openCase : undefined;
  // One product that cannot be read hides nothing that was bought.
  const read = await adviceFrom(productOf(world, customer.id, line));
  const product = read === unread ? undefined : read;
  return {
    order,
    line,
    state: stateOf(order, line, ofThisLine),
    isSoftware: isSoftwareProduct(product, line),
    window: windowOf(world.policy, order, line, { subscription }),
    neverTakenBackBy: neverTakenBack(world.policy, { publisher: product?.publisher, title: line.title }),
    openCase: ofThisLine,
  };
}

/**
 * For a list nothing is asked about what the form of an id tells: a customer may have bought a hundred things. Before
 * something is cancelled, the catalogue is asked.
 */
async function productOf(world: World, customerId: string, { productId }: OrderLine): Promise<Product | undefined> {
  const known = world.catalog.knownProduct(customerId, productId);
  if (known || familyOf(productId) !== 'unknown') return known;
  const customer = await world.customers.find(customerId);
  return customer && world.catalog.product(productId, customer.country);
}

function stateOf(order: Order, line: OrderLine, openCase: Case | undefined): PurchaseState {
  if (isLineCancelled(order, line.number)) return 'cancelled';
  if (openCase) return 'cancelling';
  return order.status === 'pending' ? 'pending' : 'active';
}

/** As the catalogue says; where it does not know the product, as the form of its id does. */
export function isSoftwareProduct(product: Product | undefined, line: OrderLine): boolean {
  return product ? product.isSoftware : familyOf(line.productId) === 'software';
}

/** What Partner Center's ids of products begin with; those of services bought in the old way are GUIDs. */
function familyOf(productId: string): 'software' | 'other' | 'unknown' {
  const id = productId.toUpperCase();
  if (id.startsWith('DG7GMGF0')) return 'software';
  const isOther = id.startsWith('CFQ7TTC0') || id.startsWith('DZH318Z0') || id.includes('-') || id === '';
  return isOther ? 'other' : 'unknown';
}
