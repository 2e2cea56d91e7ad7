import { createOrderRecord } from './audit-records.ts';
import {
  CART_PATH,
  type Cart,
  type CartLine,
  checkMayBuy,
  createCartLock,
  findItem,
  findTerm,
  getCart,
  type OrderError,
} from './carts.ts';
import {
  calculatePrice,
  createAvailabilityId,
  hasSubscription,
  type Product,
  type Segment,
  type Sku,
  type Term,
} from './catalogue.ts';
import { type Customer, getResoldCustomer } from './customers.ts';
import { type ApiResponse, answerCreated, type Call, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { calculateLinePrice, type Order, type OrderLine, showOrder } from './orders.ts';
import { getCountry } from './seed/load.ts';
import type { Subscription } from './subscriptions.ts';

export const checkoutRoutes: Route[] = [
  {
    method: 'POST',
    path: `${CART_PATH}/checkout`,
    access: 'any',
    limit: 'carts',
    lock: createCartLock,
    handle: checkOut,
  },
];

/** Idempotent: an ordered cart repeats its first response. */
function checkOut(call: Call): ApiResponse {
  const customer = getResoldCustomer(call);
  const cart = getCart(call, customer);
  if (cart.status === 'Ordered') return showCheckout(call, cart);
  checkMayBuy(call.world, customer);
  if (cart.lines.some(({ error }) => error !== undefined)) {
    throw createError(400, 800009, 'There are errors in the cart items.');
  }
  const { orders, errors } = placeOrders(call, customer, cart.lines);
  // A cart of which nothing could be ordered stays active: what prevents it may go away.
  const status = orders.length === 0 ? 'Active' : 'Ordered';
  const orderIds = orders.map(({ id }) => id);
  return showCheckout(
    call,
    call.world.carts.put({ ...cart, status, orderIds, orderErrors: errors, modifiedAt: call.now }),
  );
}

/** The result as it was first given: orders as they were when they were made. */
function showCheckout(call: Call, cart: Cart): ApiResponse {
  const orders = cart.orderIds
    .map((id) => call.world.orders.get(id))
    .filter((order) => order !== undefined)
    .map((order) => showOrder(order, { at: order.createdAt }));
  const orderErrors = cart.orderErrors.length === 0 ? undefined : cart.orderErrors;
  return { ...answerCreated({ orders, orderErrors }), bom: true, doubledIds: true };
}

/** The partner's credit line for one order, in US dollars. */
const CREDIT_LINE_USD = 1_000_000;

/** One order per group of lines, or an error for the group. The lines have been checked. */
function placeOrders(call: Call, customer: Customer, lines: CartLine[]): { orders: Order[]; errors: OrderError[] } {
  const groups = new Map<string, CartLine[]>();
  for (const line of lines) {
    const group = line.orderGroup ?? '0';
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  const orders: Order[] = [];
  const errors: OrderError[] = [];
  for (const [orderGroupId, groupLines] of groups) {
    const order = buildOrder(call, customer, groupLines);
    if (calculateValueUsd(order) > CREDIT_LINE_USD) {
      const description = 'The credit line of the partner is too low for this order.';
      errors.push({ orderGroupId, code: 800023, description });
    } else orders.push(storeOrder(call, customer, order));
  }
  return { orders, errors };
}

function buildOrder(call: Call, customer: Customer, lines: CartLine[]): Order {
  const { delayMs } = call.world.options;
  const { country } = customer.address;
  const id = call.world.ids.hex(12);
  return {
    id,
    alternateId: id,
    customerId: customer.id,
    country,
    billingCycle: lines[0]?.billingCycle.toLowerCase() ?? 'one_time',
    currencyCode: getCountry(country).currency,
    createdAt: call.now,
    completedAt: call.now + delayMs,
    listedAt: call.now + delayMs,
    subscribedAt: call.now + 1.5 * delayMs,
    lines: lines.flatMap((line, number) => buildLine(call, customer, line, number)),
    adjustments: [],
  };
}

function buildLine(call: Call, customer: Customer, line: CartLine, number: number): OrderLine[] {
  const item = findItem(call, customer, line);
  const term = item === undefined ? undefined : findTerm(item.sku, line);
  if (item === undefined || term === undefined) return [];
  const { country } = customer.address;
  const purchase = { ...item, term, country, quantity: line.quantity };
  return [
    {
      ...createOrderLine(number, purchase, call.now, call.world.ids.guid()),
      attestationAccepted: line.attestationAccepted ?? undefined,
    },
  ];
}

export interface Purchase {
  product: Product;
  sku: Sku;
  term: Term;
  segment: Segment;
  country: string;
  quantity: number;
  /** The availability it was bought under; the one in force at the time of the order if absent. */
  availabilityId?: string;
}

/** The line of an order made at `at`; `subscriptionId` is used where the newer model gives the line one. */
export function createOrderLine(number: number, purchase: Purchase, at: number, subscriptionId: string): OrderLine {
  const { product, sku, term, segment, country, quantity } = purchase;
  const price = calculatePrice(sku, { country, segment });
  return {
    lineItemNumber: number,
    productId: product.id,
    skuId: sku.id,
    availabilityId: purchase.availabilityId ?? createAvailabilityId(sku, { country, segment }, at),
    friendlyName: sku.title,
    kind: product.kind,
    quantity,
    termDuration: term.duration,
    unitPrice: price.unit,
    retailPrice: price.retail,
    subscriptionId: hasSubscription(term) ? subscriptionId : undefined,
  };
}

/** The subscriptions of an order; they are shown once the order's subscription ids are. */
export function createSubscriptions(order: Order): Subscription[] {
  return order.lines.flatMap(({ subscriptionId, lineItemNumber, friendlyName }) =>
    subscriptionId === undefined
      ? []
      : [
          {
            id: subscriptionId,
            customerId: order.customerId,
            orderId: order.id,
            lineItemNumber,
            friendlyName,
            autoRenewEnabled: true,
            version: 1,
          },
        ],
  );
}

function storeOrder(call: Call, customer: Customer, order: Order): Order {
  const { orders, subscriptions, auditRecords, ids } = call.world;
  orders.put(order);
  for (const subscription of createSubscriptions(order)) subscriptions.put(subscription);
  const { caller, correlationId } = call;
  const record = { id: ids.guid(), caller, correlationId, customer };
  auditRecords.put(createOrderRecord('create_order', order, order.createdAt, record));
  return order;
}

function calculateValueUsd(order: Order): number {
  let value = 0;
  for (const line of order.lines) value += calculateLinePrice(line);
  return value / getCountry(order.country).rate;
}
