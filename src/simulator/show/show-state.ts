import { usersOf } from '../customer-users.ts';
import type { World } from '../store.ts';
import { showAgreement } from './show-agreement.ts';
import { showAuditRecord } from './show-audit-record.ts';
import { showCart } from './show-cart.ts';
import { showCustomer } from './show-customer.ts';
import { showOrder } from './show-order.ts';
import { showServiceRequest } from './show-service-request.ts';
import { showSubscription, subscribed } from './show-subscription.ts';

/** The whole world as the API would show it now, for tests. Subscriptions and audit records of the future are left out. */
export function showState(world: World) {
  const { partner } = world;
  const now = world.clock.now();
  return {
    now: new Date(now).toISOString(),
    customers: world.customers
      .all()
      .map((customer) => ({ ...showCustomer(world, customer), users: usersOf(customer).map(({ id }) => ({ id })) })),
    carts: world.carts
      .values()
      .map((cart) => ({ ...showCart(cart), customerId: cart.customerId, orderIds: cart.orderIds })),
    orders: world.orders
      .values()
      .map((order) => ({ ...showOrder(order, { at: now, prices: true }), isListed: order.listedAt <= now })),
    subscriptions: world.subscriptions
      .values()
      .map((subscription) => subscribed(world, subscription))
      .filter((what) => what !== undefined && what.order.subscribedAt <= now)
      .map((what) =>
        what === undefined ? undefined : { ...showSubscription(world, what, now), customerId: what.order.customerId },
      ),
    serviceRequests: world.serviceRequests
      .values()
      .map((ticket) => ({ ...showServiceRequest(ticket, partner, now), customerId: ticket.customerId })),
    agreements: world.agreements
      .values()
      .map((agreement) => ({ ...showAgreement(agreement), customerId: agreement.customerId })),
    auditRecords: world.auditRecords
      .filter(({ operationAt }) => operationAt <= now)
      .map((record) => showAuditRecord(world, record)),
  };
}
