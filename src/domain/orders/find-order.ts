import type { Customer, CustomerProfile } from '../customers/customer.ts';
import { OutsideError, Refusal } from '../errors.ts';
import type { World } from '../world.ts';
import { isNamedBy, type Order } from './order.ts';
import { readRecordsNow } from './read-order-records.ts';

export interface FoundOrder {
  readonly customer: CustomerProfile;
  readonly order: Order;
}

type FindKnown = (wanted: string) => Promise<FoundOrder | undefined>;

/** Where there are more customers, none is asked for an order nobody knows: the person has to name the customer. */
const customersAsked = 40;

const atOnce = 4;

/**
 * The order with this id, short number or subscription id, of whichever customer. Partner Center can only be asked per
 * customer, so which order is whose is known from what was placed, seen, and told by the audit records; these are read
 * once more where the order is not known yet. The last resort is to ask each of a few customers. `known`: how one is looked up
 * that we know. Throws `order-unknown`, and `too-many` where the same person has named several that nobody knows.
 */
export async function findOrder(
  world: World,
  text: string,
  known: FindKnown = (wanted) => findKnown(world, wanted),
): Promise<FoundOrder> {
  const wanted = text.trim();
  const found = await known(wanted);
  return found ?? findUnknown(world, wanted, known);
}

async function findUnknown(world: World, wanted: string, known: FindKnown): Promise<FoundOrder> {
  // From here on it costs as many calls as there are customers.
  const giveBack = world.askedBy === undefined ? undefined : world.usage.demand('unknownOrders', world.askedBy);
  const found = await findAnew(world, wanted, known);
  giveBack?.();
  return found;
}

/** Throws `order-unknown`. */
async function findAnew(world: World, wanted: string, known: FindKnown): Promise<FoundOrder> {
  let failure: unknown;
  await readRecordsNow(world).catch((error) => {
    failure = error;
  });
  const recorded = await known(wanted);
  if (recorded) return recorded;
  const { found: customers, more } = await world.customers.search('', customersAsked);
  const hit = more ? undefined : await findAmongAll(world, customers, wanted);
  if (hit) return hit;
  // What could not be asked may be the answer.
  if (failure && !isClosedDoor(failure)) throw failure;
  throw new Refusal('order-unknown', { text: wanted, ...(more && { tooManyCustomers: true }) });
}

async function findKnown(world: World, wanted: string): Promise<FoundOrder | undefined> {
  const known = await world.knownOrders.find(wanted);
  return known && orderOf(world, known.customerId, known.orderId);
}

async function findAmongAll(
  world: World,
  customers: readonly Customer[],
  wanted: string,
): Promise<FoundOrder | undefined> {
  for (let start = 0; start < customers.length; start += atOnce) {
    const asked = customers.slice(start, start + atOnce);
    const found = await Promise.all(
      asked.map((customer) => findAmong(world, customer.id, wanted).catch(skipClosedDoor)),
    );
    const hit = found.find((candidate) => candidate !== undefined);
    if (hit) return hit;
  }
  return undefined;
}

/** One customer whose orders we may not read does not hide those of the others. */
function skipClosedDoor(error: unknown): undefined {
  if (!isClosedDoor(error)) throw error;
}

function isClosedDoor(error: unknown): boolean {
  return error instanceof OutsideError && ['forbidden', 'not-found', 'not-offered', 'declined'].includes(error.kind);
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
