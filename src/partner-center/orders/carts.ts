import { z } from 'zod';
import type { Cart, Checkout } from '../../domain/orders/order.ts';
import type { CartLine, Ordering } from '../../domain/orders/ordering.ts';
import { meaningOf, undefinedOn } from '../client/errors.ts';
import { readFailure } from '../client/failure-body.ts';
import type { Api, Call } from '../client/request.ts';
import { id, instant, many, maybe, shape, text } from '../client/wire.ts';
import { lineErrorName } from './line-errors.ts';
import { orderOf, orderShape } from './orders.ts';

/** Sources: *Create a cart*, *Checkout a cart*, *Cart resources*. */
/** Whatever stands there: an error that cannot be read must not look like none. */
const error = z.unknown().optional();
const cart = shape({
  id,
  status: maybe(text),
  creationTimestamp: maybe(instant),
  expirationTimestamp: maybe(instant),
  lineItems: many(shape({ error, addonItems: many(shape({ error })) })),
});
const checkoutResult = shape({ orders: many(orderShape), orderErrors: many(z.unknown()) });
const lineError = shape({ errorCode: maybe(text) });

/** A cart lives 7 days from its creation where the answer does not say. */
const lifeMs = 7 * 24 * 60 * 60_000;

/** `sent`: how many lines must be in it. A line that is missing is not free of errors. */
export function toCart(body: unknown, sent = 0): Cart {
  const whole = cart.refine(({ lineItems }) => lineItems.length >= sent, { path: ['lineItems'] });
  const { id, status, creationTimestamp, expirationTimestamp, lineItems } = whole.parse(body);
  const errors = lineItems.flatMap((line) => [line.error, ...line.addonItems.map(({ error }) => error)]);
  return {
    id,
    status: status ?? '',
    expiresAt: expirationTimestamp ?? new Date((creationTimestamp?.getTime() ?? Date.now()) + lifeMs),
    lineErrors: errors.map(toLineError).filter((error) => error !== undefined),
  };
}

/** Anything that stands in `error` is one, understood or not; only an object without content is none. */
function toLineError(wire: unknown): Cart['lineErrors'][number] | undefined {
  if (wire === undefined || wire === null) return undefined;
  const read = lineError.safeParse(wire).data;
  const { description = '' } = readFailure(wire);
  if (read && !read.errorCode && !description && Object.keys(wire).length === 0) return undefined;
  const code = lineErrorName(read?.errorCode);
  return { code, description, ...(code === 'attestation_not_accepted' ? { meaning: 'attestation-missing' } : {}) };
}

/** One checkout can give several orders and, for a group, an error instead. */
export function toCheckout(body: unknown, customerId: string): Checkout {
  const { orders, orderErrors } = checkoutResult.parse(body);
  return {
    orders: orders.map((wire) => orderOf(wire, customerId)),
    errors: orderErrors.map(toOrderError),
  };
}

function toOrderError(wire: unknown): Checkout['errors'][number] {
  const { code = 'unknown', description = '' } = readFailure(wire);
  const meaning = meaningOf(code);
  return { code, description, ...(meaning ? { meaning } : {}) };
}

export function fromCartLines(lines: readonly CartLine[]) {
  const lineItems = lines.map(({ catalogItemId, quantity, billingCycle, termDuration, attestationAccepted }, id) => ({
    id,
    catalogItemId,
    quantity,
    billingCycle,
    // Must be absent for perpetual software, not empty.
    ...(termDuration ? { termDuration } : {}),
    ...(attestationAccepted === undefined ? {} : { attestationAccepted }),
  }));
  const partner = lines.find((line) => line.partnerAttestationAccepted !== undefined)?.partnerAttestationAccepted;
  return { lineItems, ...(partner === undefined ? {} : { partnerOnRecordAttestationAccepted: partner }) };
}

export function createCarts(api: Api): Pick<Ordering, 'createCart' | 'cart' | 'checkout'> {
  const carts = (customerId: string) => `/v1/customers/${encodeURIComponent(customerId)}/carts`;
  return {
    createCart(customerId, lines, requestId) {
      const call: Call = {
        operation: 'createCart',
        method: 'POST',
        path: carts(customerId),
        body: fromCartLines(lines),
        token: 'either',
        requestId,
      };
      return api.read(call, (body) => toCart(body, lines.length));
    },

    cart(customerId, cartId) {
      const path = `${carts(customerId)}/${encodeURIComponent(cartId)}`;
      const call: Call = { operation: 'getCart', method: 'GET', path, token: 'either' };
      return api.read(call, (body) => toCart(body)).catch(undefinedOn('not-found'));
    },

    checkout(customerId, cartId, requestId) {
      const path = `${carts(customerId)}/${encodeURIComponent(cartId)}/checkout`;
      const call: Call = { operation: 'checkoutCart', method: 'POST', path, token: 'either', requestId };
      return api.read(call, (body) => toCheckout(body, customerId));
    },
  };
}
