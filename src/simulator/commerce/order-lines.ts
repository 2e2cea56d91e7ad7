import type { Product, Segment, Sku, Term } from '../catalogue.ts';
import { availabilityId } from '../catalogue.ts';
import type { Order, OrderLine, Subscription } from '../entities.ts';
import { priceOf } from './prices.ts';

export interface Purchase {
  product: Product;
  sku: Sku;
  term: Term;
  segment: Segment;
  country: string;
  quantity: number;
  /** The availability it was bought under; the one in force at `at` if not told. */
  availabilityId?: string;
}

/** The line an order gets for a purchase at `at`; `subscriptionId` is used where the newer model gives it one. */
export function orderLine(lineItemNumber: number, purchase: Purchase, at: number, subscriptionId: string): OrderLine {
  const { product, sku, term, segment, country, quantity } = purchase;
  const price = priceOf(sku, country, segment);
  return {
    lineItemNumber,
    productId: product.id,
    skuId: sku.id,
    availabilityId: purchase.availabilityId ?? availabilityId(sku, { country, segment }, at),
    friendlyName: sku.title,
    kind: product.kind,
    quantity,
    ...(term.duration === undefined ? {} : { termDuration: term.duration }),
    unitPrice: price.unit,
    retailPrice: price.retail,
    ...(hasSubscription(term) ? { subscriptionId } : {}),
  };
}

/** Only terms of the newer model, billed by the year or for three, appear as a subscription. */
export function hasSubscription(term: Term): boolean {
  return term.duration !== undefined && term.billingCycle !== 'one_time';
}

/** The subscriptions of an order; they are shown once the order's subscription ids are. */
export function subscriptionsOf(order: Order): Subscription[] {
  return order.lines.flatMap((line) =>
    line.subscriptionId === undefined
      ? []
      : [
          {
            id: line.subscriptionId,
            customerId: order.customerId,
            orderId: order.id,
            lineItemNumber: line.lineItemNumber,
            friendlyName: line.friendlyName,
            autoRenewEnabled: true,
            version: 1,
          },
        ],
  );
}
