import { DAY_MS } from '../clock.ts';
import type { Cart } from '../entities.ts';
import { link, wireDate } from '../http/wire.ts';

const CART_LIFE_MS = 7 * DAY_MS;

export function cartExpiresAt(cart: Cart): number {
  return cart.createdAt + CART_LIFE_MS;
}

/** A cart as the API shows it. */
export function showCart(cart: Cart) {
  return {
    id: cart.id,
    creationTimestamp: wireDate(cart.createdAt, cart.id),
    lastModifiedTimestamp: wireDate(cart.modifiedAt, cart.id),
    expirationTimestamp: wireDate(cartExpiresAt(cart), cart.id),
    lastModifiedUser: cart.modifiedBy,
    status: cart.status,
    ...(cart.partnerOnRecordAttestationAccepted === undefined
      ? {}
      : { partnerOnRecordAttestationAccepted: cart.partnerOnRecordAttestationAccepted }),
    lineItems: cart.lines.map(({ segment: _, ...line }) => line),
    links: { self: link(`/customers/${cart.customerId}/carts/${cart.id}`) },
    attributes: { objectType: 'Cart' },
  };
}
