import { addUp, type LineKind } from './catalogue.ts';
import { getResoldCustomer } from './customers.ts';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { createEtag, createLink, formatInstant, toCollection } from './http/format.ts';
import { getCountry } from './seed/load.ts';
import type { World } from './world.ts';

export interface OrderLine {
  lineItemNumber: number;
  productId: string;
  skuId: string;
  availabilityId: string;
  friendlyName: string;
  kind: LineKind;
  quantity: number;
  termDuration?: string | undefined;
  /** What the partner pays for one, and the estimated retail price. */
  unitPrice: number;
  retailPrice: number;
  /** Present where the newer model gives the line a subscription of its own. */
  subscriptionId?: string | undefined;
  attestationAccepted?: boolean | undefined;
}

/** One cancellation of some lines. It counts from `effectiveAt` on; before that it is pending. */
export interface Adjustment {
  requestedAt: number;
  effectiveAt: number;
  lines: number[];
  /** A whole order keeps its quantities, chosen lines go to zero. */
  whole: boolean;
  by: 'order' | 'subscription' | 'ticket';
  ticketId?: string;
}

/** How an order stands is not stored and changed by no timer: it all follows from the recorded instants. */
export interface Order {
  id: string;
  alternateId: string;
  customerId: string;
  country: string;
  billingCycle: string;
  currencyCode: string;
  createdAt: number;
  /** From these instants on the order is completed, in the list, and shows its subscription ids. */
  completedAt: number;
  listedAt: number;
  subscribedAt: number;
  lines: OrderLine[];
  adjustments: Adjustment[];
}

declare module './world.ts' {
  interface World {
    orders: Collection<Order>;
  }
}

type OrderStatus = 'pending' | 'completed' | 'cancelled';

/** The numbers of the lines that are cancelled at `at`. */
export function findCancelledLines(order: Order, at: number): Set<number> {
  const lines = new Set<number>();
  for (const adjustment of order.adjustments) {
    if (adjustment.effectiveAt <= at) for (const line of adjustment.lines) lines.add(line);
  }
  return lines;
}

export function getOrderStatus(order: Order, at: number): OrderStatus {
  if (findCancelledLines(order, at).size === order.lines.length) return 'cancelled';
  return at < order.completedAt ? 'pending' : 'completed';
}

/** A cancellation that was requested and has not come into effect. */
export function findPendingAdjustment(order: Order, at: number): Adjustment | undefined {
  return order.adjustments.find(({ requestedAt, effectiveAt }) => requestedAt <= at && at < effectiveAt);
}

/** When a line was, or will be, cancelled; undefined if nobody requested it. */
export function findCancelledAt(order: Order, lineItemNumber: number): number | undefined {
  const instants = order.adjustments
    .filter(({ lines }) => lines.includes(lineItemNumber))
    .map(({ effectiveAt }) => effectiveAt);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/** The quantity shown: chosen lines go to zero, the lines of a whole cancelled order keep theirs. */
function getShownQuantity(order: Order, line: OrderLine, at: number): number {
  const isChosen = order.adjustments.some(
    ({ whole, lines, effectiveAt }) => !whole && effectiveAt <= at && lines.includes(line.lineItemNumber),
  );
  return isChosen ? 0 : line.quantity;
}

const ORDERS = '/v1/customers/:customerId/orders';

export const orderRoutes: Route[] = [
  { method: 'GET', path: ORDERS, access: 'any', limit: 'orders', handle: listOrders },
  {
    method: 'GET',
    path: `${ORDERS}/:orderId`,
    access: 'any',
    limit: 'orders',
    handle: (call) => ok(showOrder(getOrder(call), { at: call.now, prices: asksForPrices(call) })),
  },
];

const BILLING_TYPES: Record<string, string> = { onetime: 'one_time' };

function listOrders(call: Call): ApiResponse {
  const customer = getResoldCustomer(call);
  const billingType = call.query.get('billingType')?.toLowerCase();
  const billingCycle = billingType === undefined ? undefined : (BILLING_TYPES[billingType] ?? billingType);
  const orders = call.world.orders
    .filter((order) => order.customerId === customer.id && order.listedAt <= call.now)
    .filter((order) => billingCycle === undefined || order.billingCycle === billingCycle)
    .sort((one, other) => other.createdAt - one.createdAt);
  const items = orders.map((order) => showOrder(order, { at: call.now, prices: asksForPrices(call) }));
  return { ...ok(toCollection(items, `/customers/${customer.id}/orders`)), bom: true, doubledIds: true };
}

/** By either form of the id; the case counts, as it must for the long form. */
export function getOrder(call: Call): Order {
  const customer = getResoldCustomer(call);
  const { orderId } = call.params;
  const order = call.world.orders
    .filter(({ customerId }) => customerId === customer.id)
    .find(({ id, alternateId }) => id === orderId || alternateId === orderId);
  if (order === undefined) throw createError(404, 20000, `The order id ${orderId} was not found.`);
  return order;
}

function asksForPrices(call: Call): boolean {
  return call.query.get('include_price')?.toLowerCase() === 'true';
}

interface OrderView {
  /** The instant whose state is shown. */
  at: number;
  prices?: boolean;
  /** Ids of subscriptions as they are stored; the API writes them here in another letter case than there. */
  withStoredIds?: boolean;
  /** The response to a whole cancellation has no links of the order's own. */
  withoutLinks?: boolean;
}

/** An order as the API shows it. */
export function showOrder(order: Order, view: OrderView) {
  const status = getOrderStatus(order, view.at);
  const self = `/customers/${order.customerId}/orders/${encodeURIComponent(order.id)}`;
  const links = {
    self: createLink(self),
    provisioningStatus: createLink(`${self}/provisioningstatus`),
    patchOperation: status === 'cancelled' ? undefined : createLink(self, 'PATCH'),
  };
  return {
    id: order.id,
    alternateId: order.alternateId,
    referenceCustomerId: order.customerId,
    billingCycle: order.billingCycle,
    currencyCode: order.currencyCode,
    currencySymbol: getCountry(order.country).symbol,
    lineItems: order.lines.map((line) => showLine(order, line, view)),
    creationDate: formatCreationDate(order),
    status,
    transactionType: 'UserPurchase',
    totalPrice: view.prices === true ? addUp(order.country, order.lines.map(calculateLinePrice)) : undefined,
    links: view.withoutLinks === true ? undefined : links,
    client: {
      marketplaceCountry: order.country,
      deviceFamily: 'UniversalStore-PartnerCenter',
      name: 'Partner Center API',
    },
    attributes: {
      etag: isOldest(order) ? createEtag(order.id, getVersion(order, view.at)) : undefined,
      objectType: 'Order',
    },
  };
}

function showLine(order: Order, line: OrderLine, view: OrderView) {
  const product = `/products/${line.productId}`;
  const sku = `${product}/skus/${line.skuId}`;
  const country = `?country=${order.country}`;
  const isSubscribed = line.subscriptionId !== undefined && view.at >= order.subscribedAt;
  const subscription = `/customers/${order.customerId}/subscriptions/${line.subscriptionId}`;
  return {
    lineItemNumber: line.lineItemNumber,
    offerId: `${line.productId}:${line.skuId}:${line.availabilityId}`,
    subscriptionId: !isSubscribed
      ? undefined
      : view.withStoredIds
        ? line.subscriptionId
        : line.subscriptionId?.toUpperCase(),
    termDuration: line.termDuration,
    transactionType: 'New',
    friendlyName: line.friendlyName,
    quantity: getShownQuantity(order, line, view.at),
    attestationAccepted: line.attestationAccepted,
    pricing: view.prices === true ? showPricing(line) : undefined,
    links: {
      product: createLink(product + country),
      sku: createLink(sku + country),
      availability: createLink(`${sku}/availabilities/${line.availabilityId}${country}`),
      subscription: isSubscribed ? createLink(subscription) : undefined,
      // This address lacks the customer, as in Microsoft's sample: it is not one to follow.
      provisioningStatus: isSubscribed
        ? createLink(`/subscriptions/${line.subscriptionId}/provisioningstatus`)
        : undefined,
    },
  };
}

/** What was paid; a cancellation does not change it. */
function showPricing(line: OrderLine) {
  return {
    listPrice: line.retailPrice,
    discountedPrice: line.unitPrice,
    proratedPrice: line.unitPrice,
    price: line.unitPrice,
    extendedPrice: calculateLinePrice(line),
  };
}

export function calculateLinePrice(line: OrderLine): number {
  return Number((line.unitPrice * line.quantity).toFixed(2));
}

/** Orders of the oldest kind, named by a GUID, carry Redmond's winter time. */
function formatCreationDate(order: Order): string {
  if (!isOldest(order)) return formatInstant(order.createdAt, order.id);
  return new Date(order.createdAt - 8 * 3_600_000).toISOString().replace('Z', '-08:00');
}

/** In the samples only these have an etag too. */
function isOldest({ id }: Order): boolean {
  return id.includes('-') && id.length === 36;
}

function getVersion({ adjustments }: Order, at: number): number {
  return 1 + adjustments.filter(({ effectiveAt }) => effectiveAt <= at).length;
}

const YEARS: Record<string, number> = { P1Y: 1, P3Y: 3 };

/** The end of the term that runs at `at`: terms that renew themselves follow one another. */
export function findTermEnd(order: Order, line: OrderLine, at: number): number {
  const start = new Date(order.createdAt);
  let terms = 1;
  const findEnd = () =>
    Date.UTC(start.getUTCFullYear() + yearsOf(line) * terms, start.getUTCMonth(), start.getUTCDate() - 1);
  while (findEnd() <= at) terms += 1;
  return findEnd();
}

/** When the term in force began: a subscription that renews itself begins a new one on each anniversary of the order. */
export function findTermStart(world: World, order: Order, line: OrderLine, at: number): number {
  const subscription = world.subscriptions.get(line.subscriptionId ?? '');
  if (line.kind !== 'software-subscription' || subscription?.autoRenewEnabled !== true) return order.createdAt;
  const findStart = (terms: number) => {
    const start = new Date(order.createdAt);
    return start.setUTCFullYear(start.getUTCFullYear() + yearsOf(line) * terms);
  };
  let terms = 0;
  while (findStart(terms + 1) <= at) terms += 1;
  return findStart(terms);
}

function yearsOf(line: OrderLine): number {
  return YEARS[line.termDuration ?? ''] ?? 1;
}
