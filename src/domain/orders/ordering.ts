import type { Cart, Checkout, Order, Subscription } from './order.ts';

export interface Ordering {
  createCart(customerId: string, lines: readonly CartLine[], requestId: string): Promise<Cart>;
  cart(customerId: string, cartId: string): Promise<Cart | undefined>;
  /** Idempotent by itself: an ordered cart answers with its first result. */
  checkout(customerId: string, cartId: string, requestId: string): Promise<Checkout>;
  /** With prices. Fresh orders may be missing for 15 minutes. */
  orders(customerId: string): Promise<Order[]>;
  /** With prices; by long or short id. `undefined` = unknown. */
  order(customerId: string, orderId: string): Promise<Order | undefined>;
  /** Cancels the lines, or the whole order when none are given. Returns the order as the answer showed it. */
  cancel(customerId: string, orderId: string, lines: readonly CancelledLine[], requestId: string): Promise<Order>;
  subscriptions(customerId: string): Promise<Subscription[]>;
  /** Cancels a software subscription (status `deleted`). */
  cancelSubscription(customerId: string, subscriptionId: string, requestId: string): Promise<Subscription>;
}

export interface CartLine {
  readonly catalogItemId: string;
  readonly quantity: number;
  readonly billingCycle: string;
  readonly termDuration?: string;
  readonly attestationAccepted?: boolean;
  /** Of the whole cart, by the partner on record, said with any of its lines. */
  readonly partnerAttestationAccepted?: boolean;
}

export interface CancelledLine {
  readonly number: number;
  readonly catalogItemId: string;
}
