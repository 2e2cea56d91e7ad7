import { z } from 'zod';
import { cancelLines, checkCancellable } from '../commerce/cancel-order.ts';
import { checkedLines } from '../commerce/cart-lines.ts';
import { checkMayBuy } from '../commerce/may-buy.ts';
import { cancelledLines, orderStatus, shownQuantity } from '../commerce/order-state.ts';
import { placeOrders } from '../commerce/place-orders.ts';
import type { Order } from '../entities.ts';
import { type Answer, type Call, created, ok, type Route } from '../http/call.ts';
import { resoldCustomerOf } from '../http/customer-of-call.ts';
import { refusal } from '../http/errors.ts';
import { readBody } from '../http/read-body.ts';
import { collectionOf } from '../http/wire.ts';
import { showOrder } from '../show/show-order.ts';
import { cartLineSchema, toCartLine } from './carts.ts';

const ORDERS = '/v1/customers/:customerId/orders';

export const orderRoutes: Route[] = [
  { method: 'GET', path: ORDERS, access: 'any', limit: 'orders', handle: listOrders },
  { method: 'POST', path: ORDERS, access: 'any', limit: 'orders', handle: createOrder },
  { method: 'GET', path: `${ORDERS}/:orderId`, access: 'any', limit: 'orders', handle: getOrder },
  { method: 'PATCH', path: `${ORDERS}/:orderId`, access: 'any', limit: 'orders', handle: cancelOrder },
  {
    method: 'GET',
    path: `${ORDERS}/:orderId/provisioningstatus`,
    access: 'user',
    limit: 'orders',
    handle: provisioningStatus,
  },
];

const BILLING_TYPES: Record<string, string> = { onetime: 'one_time' };

function listOrders(call: Call): Answer {
  const customer = resoldCustomerOf(call);
  const billingType = call.query.get('billingType')?.toLowerCase();
  const billingCycle = billingType === undefined ? undefined : (BILLING_TYPES[billingType] ?? billingType);
  const orders = call.world.orders
    .filter((order) => order.customerId === customer.id && order.listedAt <= call.now)
    .filter((order) => billingCycle === undefined || order.billingCycle === billingCycle)
    .sort((one, other) => other.createdAt - one.createdAt);
  const items = orders.map((order) => showOrder(order, { at: call.now, prices: wantsPrices(call) }));
  return { ...ok(collectionOf(items, `/customers/${customer.id}/orders`)), bom: true, doubledIds: true };
}

function getOrder(call: Call): Answer {
  return ok(showOrder(orderOf(call), { at: call.now, prices: wantsPrices(call) }));
}

const newLineSchema = cartLineSchema
  .omit({ catalogItemId: true })
  .extend({ offerId: z.string().min(1), partnerIdOnRecord: z.string().nullish() });

const newOrderSchema = z.object({
  lineItems: z.array(newLineSchema).min(1),
  billingCycle: z.string().nullish(),
});

/** An order without a cart. Here a bad line refuses the whole order. */
function createOrder(call: Call): Answer {
  const customer = resoldCustomerOf(call);
  checkMayBuy(call.world, customer);
  const sent = readBody(call, newOrderSchema);
  const lines = sent.lineItems.map((line, id) => toCartLine({ ...line, catalogItemId: line.offerId }, id));
  const checked = checkedLines(call, customer, lines, []);
  const bad = checked.find(({ error }) => error !== undefined);
  if (bad !== undefined) throw refusal(400, 800004, `The offer id ${bad.catalogItemId} is not valid.`);
  const { orders, errors } = placeOrders(call, customer, checked);
  const [order] = orders;
  if (order === undefined)
    throw refusal(400, errors[0]?.code ?? 800003, errors[0]?.description ?? 'Order not created.');
  return created(showOrder(order, { at: call.now }));
}

const cancelSchema = z.object({
  id: z.string().nullish(),
  status: z.string(),
  lineItems: z.array(z.object({ lineItemNumber: z.number().int(), offerId: z.string().nullish() })).nullish(),
});

/** The reply confirms at once and shows the target; what is read afterwards changes when the delay has passed. */
function cancelOrder(call: Call): Answer {
  const order = orderOf(call);
  const sent = readBody(call, cancelSchema);
  if (sent.status.toLowerCase() !== 'cancelled') throw refusal(400, 800002, 'Only the status cancelled can be set.');
  if (sent.id !== null && sent.id !== undefined && sent.id !== order.id && sent.id !== order.alternateId) {
    throw refusal(400, 3000, 'The order id of the body is not the one of the address.');
  }
  const whole = sent.lineItems === null || sent.lineItems === undefined || sent.lineItems.length === 0;
  const gone = cancelledLines(order, call.now);
  const all = order.lines.map(({ lineItemNumber }) => lineItemNumber).filter((number) => !gone.has(number));
  const lines = whole ? all : chosenLines(order, sent.lineItems ?? []);
  checkCancellable(call.world, order, lines, call.now);
  const effectiveAt = call.now + call.world.options.delayMs;
  const changed = cancelLines(call.world, order, {
    lines,
    whole,
    by: 'order',
    requestedAt: call.now,
    effectiveAt,
    caller: call.caller,
    correlationId: call.correlationId,
  });
  return ok(showOrder(changed, { at: effectiveAt, withoutLinks: whole }));
}

function chosenLines(
  order: Order,
  wanted: { lineItemNumber: number; offerId?: string | null | undefined }[],
): number[] {
  return wanted.map(({ lineItemNumber, offerId }) => {
    const line = order.lines.find((candidate) => candidate.lineItemNumber === lineItemNumber);
    if (line === undefined) throw refusal(400, 800071, `There is no line item ${lineItemNumber} in this order.`);
    const known = `${line.productId}:${line.skuId}:${line.availabilityId}`;
    if (offerId !== null && offerId !== undefined && offerId.toLowerCase() !== known.toLowerCase()) {
      throw refusal(400, 800004, `The offer id ${offerId} is not the one of line item ${lineItemNumber}.`);
    }
    return lineItemNumber;
  });
}

/** One of the places where the service changes the spelling: `fulfilled` in lower case, the others not. */
function provisioningStatus(call: Call): Answer {
  const order = orderOf(call);
  const isPending = orderStatus(order, call.now) === 'pending';
  const gone = cancelledLines(order, call.now);
  const items = order.lines.map(({ lineItemNumber, quantity }) => {
    const isGone = gone.has(lineItemNumber);
    const status = isGone ? 'Unfulfilled' : isPending ? 'PrefulfillmentPending' : 'fulfilled';
    const shown = isGone ? quantity : shownQuantity(order, lineItemNumber, call.now);
    const quantityProvisioningInformation = [{ quantity: shown, status }];
    return { orderLineItemId: lineItemNumber, lineItemNumber, status, quantityProvisioningInformation };
  });
  return ok(collectionOf(items));
}

/** By either form of the id; the case counts, as it must for the long form. */
function orderOf(call: Call): Order {
  const customer = resoldCustomerOf(call);
  const { orderId } = call.params;
  const order = call.world.orders
    .filter(({ customerId }) => customerId === customer.id)
    .find(({ id, alternateId }) => id === orderId || alternateId === orderId);
  if (order === undefined) throw refusal(404, 20000, `The order id ${orderId} was not found.`);
  return order;
}

function wantsPrices(call: Call): boolean {
  return call.query.get('include_price')?.toLowerCase() === 'true';
}
