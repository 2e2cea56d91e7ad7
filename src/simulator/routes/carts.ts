import { z } from 'zod';
import { checkedLines } from '../commerce/cart-lines.ts';
import { checkMayBuy } from '../commerce/may-buy.ts';
import { placeOrders } from '../commerce/place-orders.ts';
import type { Customer } from '../customers.ts';
import type { Cart, CartLine, Order } from '../entities.ts';
import { type Answer, type Call, created, ok, type Route, type Turn } from '../http/call.ts';
import { resoldCustomerOf } from '../http/customer-of-call.ts';
import { refusal } from '../http/errors.ts';
import { readBody } from '../http/read-body.ts';
import { cartExpiresAt, showCart } from '../show/show-cart.ts';
import { showOrder } from '../show/show-order.ts';

const CART = '/v1/customers/:customerId/carts/:cartId';

export const cartRoutes: Route[] = [
  // Reading a cart is not among the throttled calls (reference §10).
  { method: 'POST', path: '/v1/customers/:customerId/carts', access: 'any', limit: 'carts', handle: createCart },
  { method: 'GET', path: CART, access: 'any', handle: (call) => ok(showCart(cartOf(call, resoldCustomerOf(call)))) },
  { method: 'PUT', path: CART, access: 'any', limit: 'carts', turn: oneAtATime, handle: updateCart },
  {
    method: 'POST',
    path: `${CART}/checkout`,
    access: 'any',
    limit: 'carts',
    turn: oneAtATime,
    handle: checkOut,
  },
];

function oneAtATime({ cartId = '' }: Call['params']): Turn {
  return {
    of: `cart ${cartId.toLowerCase()}`,
    refusal: () => refusal(409, 800064, 'The cart is being processed by another request.'),
  };
}

export const cartLineSchema = z.object({
  catalogItemId: z.string().min(1),
  friendlyName: z.string().nullish(),
  quantity: z.number().int(),
  currencyCode: z.string().nullish(),
  billingCycle: z.string().min(1),
  termDuration: z.string().nullish(),
  participants: z.array(z.object({ key: z.string(), value: z.string() })).nullish(),
  provisioningContext: z.record(z.string(), z.string()).nullish(),
  renewsTo: z.object({ termDuration: z.string().optional() }).nullish(),
  attestationAccepted: z.boolean().nullish(),
});

const cartSchema = z.object({
  lineItems: z.array(cartLineSchema).min(1),
  partnerOnRecordAttestationAccepted: z.boolean().nullish(),
});

/** A line as it was sent; whatever is null was not sent. */
export function toCartLine(line: z.infer<typeof cartLineSchema>, id: number): CartLine {
  const sent = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null && value !== undefined));
  const { catalogItemId, quantity, billingCycle } = line;
  return { ...sent, id, catalogItemId, quantity, billingCycle };
}

function createCart(call: Call): Answer {
  const customer = resoldCustomerOf(call);
  checkMayBuy(call.world, customer);
  const sent = readBody(call, cartSchema);
  const attested = sent.partnerOnRecordAttestationAccepted;
  const cart: Cart = {
    id: call.world.ids.guid(),
    customerId: customer.id,
    createdAt: call.now,
    modifiedAt: call.now,
    modifiedBy: call.caller.userId,
    status: 'Active',
    lines: checkedLines(call, customer, sent.lineItems.map(toCartLine), []),
    ...(attested === null || attested === undefined ? {} : { partnerOnRecordAttestationAccepted: attested }),
    orderIds: [],
    orderErrors: [],
  };
  return created(showCart(call.world.carts.put(cart)));
}

function updateCart(call: Call): Answer {
  const customer = resoldCustomerOf(call);
  const cart = cartOf(call, customer);
  if (cart.status === 'Ordered') throw refusal(400, 800065, 'The cart has been submitted already.');
  const sent = readBody(call, cartSchema);
  const lines = checkedLines(call, customer, sent.lineItems.map(toCartLine), cart.lines);
  return ok(showCart(call.world.carts.put({ ...cart, lines, modifiedAt: call.now, modifiedBy: call.caller.userId })));
}

/** Idempotent: an ordered cart repeats its first answer. */
function checkOut(call: Call): Answer {
  const customer = resoldCustomerOf(call);
  const cart = cartOf(call, customer);
  if (cart.status === 'Ordered') return checkedOut(call, cart);
  checkMayBuy(call.world, customer);
  if (cart.lines.some(({ error }) => error !== undefined)) {
    throw refusal(400, 800009, 'There are errors in the cart items.');
  }
  const { orders, errors } = placeOrders(call, customer, cart.lines);
  // A cart of which nothing could be ordered stays active: what is in the way may go away.
  const status = orders.length === 0 ? 'Active' : 'Ordered';
  const orderIds = orders.map(({ id }) => id);
  return checkedOut(
    call,
    call.world.carts.put({ ...cart, status, orderIds, orderErrors: errors, modifiedAt: call.now }),
  );
}

/** The result as it was first given: orders as they were when they were made. */
function checkedOut(call: Call, cart: Cart): Answer {
  const orders = cart.orderIds
    .map((id) => call.world.orders.get(id))
    .filter((order): order is Order => order !== undefined)
    .map((order) => showOrder(order, { at: order.createdAt }));
  const errors = cart.orderErrors.length === 0 ? {} : { orderErrors: cart.orderErrors };
  return { ...created({ orders, ...errors }), bom: true, doubledIds: true };
}

function cartOf(call: Call, customer: Customer): Cart {
  const cart = call.world.carts.get((call.params.cartId ?? '').toLowerCase());
  if (cart === undefined || cart.customerId !== customer.id || call.now >= cartExpiresAt(cart)) {
    throw refusal(404, 800008, `Cart id ${call.params.cartId} was not found.`);
  }
  return cart;
}
