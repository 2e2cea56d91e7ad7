import { orderStatus, shownQuantity } from '../commerce/order-state.ts';
import { sumIn } from '../commerce/prices.ts';
import { countryOf } from '../countries.ts';
import type { Order, OrderLine } from '../entities.ts';
import { etagOf, link, wireDate } from '../http/wire.ts';

export interface OrderView {
  /** The instant whose state is shown. */
  at: number;
  prices?: boolean;
  /** The answer to a whole cancellation has no links of the order's own. */
  withoutLinks?: boolean;
}

/** An order as the API shows it. */
export function showOrder(order: Order, view: OrderView) {
  const status = orderStatus(order, view.at);
  const self = `/customers/${order.customerId}/orders/${encodeURIComponent(order.id)}`;
  const links = {
    self: link(self),
    provisioningStatus: link(`${self}/provisioningstatus`),
    ...(status === 'cancelled' ? {} : { patchOperation: link(self, 'PATCH') }),
  };
  return {
    id: order.id,
    alternateId: order.alternateId,
    referenceCustomerId: order.customerId,
    billingCycle: order.billingCycle,
    currencyCode: order.currencyCode,
    currencySymbol: countryOf(order.country).symbol,
    lineItems: order.lines.map((line) => showLine(order, line, view)),
    creationDate: creationDate(order),
    status,
    transactionType: 'UserPurchase',
    ...(view.prices === true ? { totalPrice: sumIn(order.country, order.lines.map(extendedPrice)) } : {}),
    ...(view.withoutLinks === true ? {} : { links }),
    client: {
      marketplaceCountry: order.country,
      deviceFamily: 'UniversalStore-PartnerCenter',
      name: 'Partner Center API',
    },
    attributes: {
      ...(isOldest(order) ? { etag: etagOf(order.id, orderVersion(order, view.at)) } : {}),
      objectType: 'Order',
    },
  };
}

function showLine(order: Order, line: OrderLine, view: OrderView) {
  const product = `/products/${line.productId}`;
  const sku = `${product}/skus/${line.skuId}`;
  const country = `?country=${order.country}`;
  const subscribed = line.subscriptionId !== undefined && view.at >= order.subscribedAt;
  const subscription = `/customers/${order.customerId}/subscriptions/${line.subscriptionId}`;
  return {
    lineItemNumber: line.lineItemNumber,
    offerId: `${line.productId}:${line.skuId}:${line.availabilityId}`,
    ...(subscribed ? { subscriptionId: line.subscriptionId } : {}),
    ...(line.termDuration === undefined ? {} : { termDuration: line.termDuration }),
    transactionType: 'New',
    friendlyName: line.friendlyName,
    quantity: shownQuantity(order, line.lineItemNumber, view.at),
    ...(line.partnerIdOnRecord === undefined ? {} : { partnerIdOnRecord: line.partnerIdOnRecord }),
    ...(line.attestationAccepted === undefined ? {} : { attestationAccepted: line.attestationAccepted }),
    ...(view.prices === true ? { pricing: pricing(line) } : {}),
    links: {
      product: link(product + country),
      sku: link(sku + country),
      availability: link(`${sku}/availabilities/${line.availabilityId}${country}`),
      // The second address lacks the customer, as in the sample: it is not one to follow.
      ...(subscribed
        ? {
            subscription: link(subscription),
            provisioningStatus: link(`/subscriptions/${line.subscriptionId}/provisioningstatus`),
          }
        : {}),
    },
  };
}

/** What was paid; a cancellation does not change it. */
function pricing(line: OrderLine) {
  return {
    listPrice: line.retailPrice,
    discountedPrice: line.unitPrice,
    proratedPrice: line.unitPrice,
    price: line.unitPrice,
    extendedPrice: extendedPrice(line),
  };
}

export function extendedPrice(line: OrderLine): number {
  return Number((line.unitPrice * line.quantity).toFixed(2));
}

/** Orders of the oldest kind, named by a GUID, carry Redmond's winter time. */
function creationDate(order: Order): string {
  if (!isOldest(order)) return wireDate(order.createdAt, order.id);
  return new Date(order.createdAt - 8 * 3_600_000).toISOString().replace('Z', '-08:00');
}

/** In the samples only these have an etag too. */
function isOldest({ id }: Order): boolean {
  return id.includes('-') && id.length === 36;
}

function orderVersion({ adjustments }: Order, at: number): number {
  return 1 + adjustments.filter(({ effectiveAt }) => effectiveAt <= at).length;
}
