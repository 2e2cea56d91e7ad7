import { DAY_MS } from '../clock.ts';
import { cancelledAt } from '../commerce/order-state.ts';
import { type CancellationWindow, cancellationWindow } from '../commerce/policy.ts';
import { countryOf } from '../countries.ts';
import type { Order, OrderLine, Subscription } from '../entities.ts';
import { etagOf, link, wholeSeconds, wireDate } from '../http/wire.ts';
import type { World } from '../store.ts';

const YEARS: Record<string, number> = { P1Y: 1, P3Y: 3 };

export type SubscriptionStatus = 'pending' | 'active' | 'suspended' | 'deleted' | 'expired';

/** What is paid by usage has no end. */
const NO_END = '9999-12-10T00:00:00Z';

/** A subscription with the order line it came from: most of what it shows is the line's. */
export interface Subscribed {
  subscription: Subscription;
  order: Order;
  line: OrderLine;
}

export function subscribed(world: World, subscription: Subscription): Subscribed | undefined {
  const order = world.orders.get(subscription.orderId);
  const line = order?.lines.find(({ lineItemNumber }) => lineItemNumber === subscription.lineItemNumber);
  return order === undefined || line === undefined ? undefined : { subscription, order, line };
}

export function subscriptionStatus({ subscription, order, line }: Subscribed, at: number): SubscriptionStatus {
  const deletedAt = cancelledAt(order, line.lineItemNumber);
  if (deletedAt !== undefined && deletedAt <= at) return 'deleted';
  if (subscription.isSuspended === true) return 'suspended';
  return !subscription.autoRenewEnabled && at >= commitmentEndsAt(order, line, order.createdAt) ? 'expired' : 'active';
}

/** The etag changes with every change, the cancellation included. */
export function subscriptionEtag(what: Subscribed, at: number): string {
  const { id, version } = what.subscription;
  return etagOf(id, subscriptionStatus(what, at) === 'deleted' ? version + 1 : version);
}

export function showSubscription(world: World, what: Subscribed, at: number) {
  const { subscription, order, line } = what;
  const product = world.catalogue.product(line.productId);
  const self = `/customers/${order.customerId}/subscriptions/${subscription.id}`;
  const productUri = `/products/${line.productId}`;
  const country = `?country=${order.country}`;
  const skuUri = `${productUri}/skus/${line.skuId}`;
  const window = cancellationWindow(line.kind, order.createdAt);
  const isUsageBased = product?.isUsageBased === true;
  return {
    id: subscription.id,
    offerId: `${line.productId}:${line.skuId}:${line.availabilityId}`,
    offerName: line.friendlyName,
    friendlyName: subscription.friendlyName,
    productType: product?.productType ?? { id: 'Software', displayName: 'Software' },
    quantity: line.quantity,
    unitType: isUsageBased ? 'Usage-based' : 'Licenses',
    hasPurchasableAddons: false,
    creationDate: wireDate(order.createdAt, subscription.id),
    effectiveStartDate: wireDate(order.createdAt, order.id),
    commitmentEndDate: isUsageBased ? NO_END : wholeSeconds(startOfDay(commitmentEndsAt(order, line, at))),
    ...(product?.cancellable === false ? {} : { cancellationAllowedUntilDate: wholeSeconds(window.endsAt) }),
    status: subscriptionStatus(what, at),
    autoRenewEnabled: subscription.autoRenewEnabled,
    isTrial: false,
    billingType: isUsageBased ? 'usage' : 'license',
    billingCycle: order.billingCycle,
    termDuration: line.termDuration,
    renewalTermDuration: '',
    ...(product?.cancellable === false ? {} : { refundOptions: refundOptions(order, window) }),
    isMicrosoftProduct: product?.publisherName.startsWith('Microsoft') ?? false,
    partnerId: line.partnerIdOnRecord ?? '',
    attentionNeeded: false,
    actionTaken: false,
    contractType: 'subscription',
    links: {
      product: link(productUri + country),
      sku: link(skuUri + country),
      availability: link(`${skuUri}/availabilities/${line.availabilityId}${country}`),
      self: link(self),
    },
    publisherName: product?.publisherName ?? '',
    orderId: order.id,
    currencyCode: countryOf(order.country).currency,
    attributes: { etag: subscriptionEtag(what, at), objectType: 'Subscription' },
  };
}

/** All of it back for a while, then a part until the window closes; where the two coincide there is but one option. */
function refundOptions(order: Order, { endsAt, fullRefundUntil }: CancellationWindow) {
  const full = { type: 'Full', expiresAt: wholeSeconds(fullRefundUntil) };
  const partial = { type: 'Partial', expiresAt: wholeSeconds(endsAt) };
  if (fullRefundUntil === endsAt) return [full];
  return fullRefundUntil > order.createdAt ? [full, partial] : [partial];
}

/** The end of the term that runs at `at`: terms that renew themselves follow one another. */
export function commitmentEndsAt(order: Order, line: OrderLine, at: number): number {
  const years = YEARS[line.termDuration ?? ''] ?? 1;
  const start = new Date(order.createdAt);
  let terms = 1;
  const end = () => Date.UTC(start.getUTCFullYear() + years * terms, start.getUTCMonth(), start.getUTCDate() - 1);
  while (end() <= at) terms += 1;
  return end();
}

function startOfDay(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}
