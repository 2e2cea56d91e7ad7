import type { Order, Subscription } from '../entities.ts';

/** The subscriptions that belong to lines of the newer model. */
export function seedSubscriptions(orders: Order[]): Subscription[] {
  return orders.flatMap(subscriptionsOf);
}

/** The subscriptions a new order brings; they are shown once the order's subscription ids are. */
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
