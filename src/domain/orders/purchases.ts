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

/** How long a fresh order may be missing from Partner Center's list. */
const listLagMs = 15 * 60 * 1000;

/** Everything bought for the customer, newest first; our own fresh orders included before Partner Center lists them. */
export async function purchasesOf(world: World, customer: CustomerProfile): Promise<Purchase[]> {
  const [orders, subscriptions, openCases] = await Promise.all([
    allOrders(world, customer.id),
    world.ordering.subscriptions(customer.id),
    world.cases.openOf(customer.id),
  ]);
  const purchases = await Promise.all(
    orders.flatMap((order) => {
      const openCase = openCases.find(({ content }) => isSameId(content.orderId, order.id));
      return order.lines.map((line) => purchaseOf(world, customer, order, line, subscriptions, openCase));
    }),
  );
  return purchases.sort((a, b) => b.order.createdAt.getTime() - a.order.createdAt.getTime());
}

async function allOrders(world: World, customerId: string): Promise<Order[]> {
  const since = new Date(world.clock.now().getTime() - listLagMs);
  const [listed, fresh] = await Promise.all([
    world.ordering.orders(customerId),
    world.knownOrders.placedSince(customerId, since),
  ]);
  const missing = fresh.filter((id) => !listed.some((order) => isSameId(order.id, id)));
  const added = await Promise.all(missing.map((id) => world.ordering.order(customerId, id)));
  const orders = [...listed, ...added.filter((order) => order !== undefined)];
  await world.knownOrders.remember(customerId, orders);
  return orders;
}

async function purchaseOf(
  world: World,
  customer: CustomerProfile,
  order: Order,
  line: OrderLine,
  subscriptions: readonly Subscription[],
  openCase: Case | undefined,
): Promise<Purchase> {
  const subscription = subscriptions.find((candidate) => isSameId(candidate.id, line.subscriptionId));
  const ofThisLine = openCase?.content.lineNumbers.includes(line.number) ? openCase : undefined;
  // One product that cannot be read hides nothing that was bought.
  const read = await adviceFrom(world.catalog.product(line.productId, customer.country));
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

function stateOf(order: Order, line: OrderLine, openCase: Case | undefined): PurchaseState {
  if (isLineCancelled(order, line.number)) return 'cancelled';
  if (openCase) return 'cancelling';
  return order.status === 'pending' ? 'pending' : 'active';
}

/** As the catalogue says; ids of Microsoft's software begin with DG7GMGF0 where it does not know the product. */
export function isSoftwareProduct(product: Product | undefined, line: OrderLine): boolean {
  return product ? product.isSoftware : line.productId.toUpperCase().startsWith('DG7GMGF0');
}
