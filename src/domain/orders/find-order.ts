import type { CustomerProfile } from '../customers/customer.ts';
import { OutsideError, Refusal } from '../errors.ts';
import type { World } from '../world.ts';
import { isNamedBy, type Order } from './order.ts';

export interface FoundOrder {
  readonly customer: CustomerProfile;
  readonly order: Order;
}

/** How many customers are asked for an order nobody has seen yet, before the person has to name the customer. */
const customersAsked = 100;

const atOnce = 4;

/**
 * The order with this id, short number or subscription id, of whichever customer. Partner Center can only be asked per
 * customer, so orders once seen are remembered. Throws `order-unknown`.
 */
export async function findOrder(world: World, text: string): Promise<FoundOrder> {
  const wanted = text.trim();
  const known = await world.knownOrders.find(wanted);
  if (known) {
    const found = await orderOf(world, known.customerId, known.orderId);
    if (found) return found;
  }
  const { found: customers } = await world.customers.search('', customersAsked);
  for (let start = 0; start < customers.length; start += atOnce) {
    const asked = customers.slice(start, start + atOnce);
    const found = await Promise.all(
      asked.map((customer) => findAmong(world, customer.id, wanted).catch(skipClosedDoor)),
    );
    const hit = found.find((candidate) => candidate !== undefined);
    if (hit) return hit;
  }
  throw new Refusal('order-unknown', { text: wanted });
}

/** One customer whose orders we may not read does not hide those of the others. */
function skipClosedDoor(error: unknown): undefined {
  const isClosedDoor = error instanceof OutsideError && ['forbidden', 'not-found', 'declined'].includes(error.kind);
  if (!isClosedDoor) throw error;
}

/** The same, when the customer is known. `undefined` when that customer has no such order. */
export async function findAmong(world: World, customerId: string, text: string): Promise<FoundOrder | undefined> {
  const orders = await world.ordering.orders(customerId);
  await world.knownOrders.remember(customerId, orders);
  const order = orders.find((candidate) => isNamedBy(candidate, text));
  return order && orderOf(world, customerId, order.id);
}

export async function orderOf(world: World, customerId: string, orderId: string): Promise<FoundOrder | undefined> {
  const [customer, order] = await Promise.all([
    world.customers.find(customerId),
    world.ordering.order(customerId, orderId),
  ]);
  return customer && order ? { customer, order } : undefined;
}
