import { z } from 'zod';
import { isSameId, type Order, type OrderLine, type OrderStatus } from '../../domain/orders/order.ts';
import type { CancelledLine, Ordering } from '../../domain/orders/ordering.ts';
import { withoutRepeats } from '../../domain/orders/titles.ts';
import { emptyOn, PartnerCenterError, undefinedOn } from '../client/errors.ts';
import { readAll } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import {
  amount,
  collection,
  enumeration,
  failOnSkipped,
  guidOrId,
  id,
  instant,
  many,
  maybe,
  type ReportSkipped,
  shape,
  text,
  toMoney,
} from '../client/wire.ts';

/** Sources: *Order resources*, *Get an order by ID*, *Cancel software purchases*. */
const pricing = shape({ price: maybe(amount), extendedPrice: maybe(amount) });
const orderLine = shape({
  lineItemNumber: amount,
  offerId: maybe(text),
  subscriptionId: maybe(guidOrId),
  friendlyName: maybe(text),
  quantity: amount,
  termDuration: maybe(text),
  pricing: maybe(pricing),
});
const orderFields = {
  id,
  alternateId: maybe(text),
  referenceCustomerId: maybe(text),
  currencyCode: maybe(text),
  creationDate: maybe(instant),
  status: maybe(enumeration(['unknown', 'completed', 'pending', 'cancelled'])),
  totalPrice: maybe(amount),
};
export const orderShape = shape({ ...orderFields, lineItems: many(orderLine) });
/** With a line that makes no sense: its order is there all the same. */
const oddOrder = shape({ ...orderFields, lineItems: many(z.unknown()) });
const orderList = collection(z.unknown());

export function toOrder(body: unknown, customerId: string): Order {
  return orderOf(orderShape.parse(body), customerId);
}

/**
 * An odd line is left out and reported; its order never is, because whoever finds no order in the list takes it for none.
 * Reading the one order is strict.
 */
export function toOrders(body: unknown, customerId: string, reportSkipped: ReportSkipped = failOnSkipped): Order[] {
  return readOrders(body, customerId).map(({ order, odd }) => {
    if (odd) reportSkipped(odd);
    return order;
  });
}

interface ReadOrder {
  readonly order: Order;
  /** What is wrong with its lines, some of which are missing then. */
  readonly odd?: z.ZodError;
}

function readOrders(body: unknown, customerId: string): ReadOrder[] {
  return orderList.parse(body).map((one) => {
    const read = orderShape.safeParse(one);
    if (read.success) return { order: orderOf(read.data, customerId) };
    const { lineItems, ...rest } = oddOrder.parse(one);
    const lines = lineItems.flatMap((line) => orderLine.safeParse(line).data ?? []);
    return { order: orderOf({ ...rest, lineItems: lines }, customerId), odd: read.error };
  });
}

/** Those of a list that have this long or short id. Whole, or not as documented. */
function findOrders(body: unknown, customerId: string, orderId: string): Order[] {
  const wanted = orderId.toLowerCase();
  const found = readOrders(body, customerId).filter(
    ({ order: { id, number } }) => isSameId(id, orderId) || number.toLowerCase() === wanted,
  );
  for (const { odd } of found) if (odd) throw odd;
  return found.map(({ order }) => order);
}

/** `customerId`: whose order was asked for, where the order does not say. An order without a date counts as very old. */
export function orderOf(wire: ReturnType<typeof orderShape.parse>, customerId: string): Order {
  const currency = wire.currencyCode ?? '';
  const total = toMoney(wire.totalPrice, currency);
  return {
    id: wire.id,
    number: wire.alternateId || wire.id,
    customerId: wire.referenceCustomerId || customerId,
    createdAt: wire.creationDate ?? new Date(0),
    status: statusOf(wire.status),
    currency,
    ...(total ? { total } : {}),
    lines: wire.lineItems.map((line) => lineOf(line, currency)),
  };
}

function statusOf(written: string | undefined): OrderStatus {
  if (written === 'canceled') return 'cancelled';
  return written === 'completed' || written === 'pending' || written === 'cancelled' ? written : 'unknown';
}

function lineOf(wire: ReturnType<typeof orderLine.parse>, currency: string): OrderLine {
  const catalogItemId = wire.offerId ?? '';
  const [productId = '', skuId = ''] = catalogItemId.split(':');
  const unit = wire.pricing?.price;
  const total = toMoney(
    wire.pricing?.extendedPrice ?? (unit === undefined ? undefined : unit * wire.quantity),
    currency,
  );
  return {
    number: wire.lineItemNumber,
    catalogItemId,
    productId,
    skuId,
    title: withoutRepeats(wire.friendlyName ?? catalogItemId),
    quantity: wire.quantity,
    ...(wire.termDuration ? { termDuration: wire.termDuration } : {}),
    ...(wire.subscriptionId ? { subscriptionId: wire.subscriptionId } : {}),
    ...(total ? { total } : {}),
  };
}

/** The cancellation as the article has it; without lines the whole order is meant. */
export function fromCancellation(orderId: string, lines: readonly CancelledLine[]) {
  const lineItems = lines.map(({ number, catalogItemId }) => ({ lineItemNumber: number, offerId: catalogItemId }));
  return { id: orderId, status: 'cancelled', ...(lineItems.length > 0 ? { lineItems } : {}) };
}

export function createOrders(api: Api): Pick<Ordering, 'orders' | 'order' | 'cancel'> {
  const at = (customerId: string) => `/v1/customers/${encodeURIComponent(customerId)}/orders`;

  const listCall = (customerId: string): Call => ({
    operation: 'listOrders',
    method: 'GET',
    path: at(customerId),
    query: { include_price: true },
    token: 'either',
  });

  async function get(customerId: string, orderId: string): Promise<Order | undefined> {
    const call: Call = {
      operation: 'getOrder',
      method: 'GET',
      path: `${at(customerId)}/${encodeURIComponent(orderId)}`,
      query: { include_price: true },
      token: 'either',
    };
    return api.read(call, (body) => toOrder(body, customerId)).catch(undefinedOn('not-found'));
  }

  /** The short id works as an order id in newer recordings only; elsewhere the list tells the long one. */
  async function order(customerId: string, orderId: string): Promise<Order | undefined> {
    const found = await get(customerId, orderId);
    if (found) return found;
    const search = readAll(api, listCall(customerId), (body) => findOrders(body, customerId, orderId));
    const [shown] = await search.catch(emptyOn('not-found'));
    // Whether lists show prices is documented for one order only.
    if (!shown || shown.id === orderId || shown.total) return shown;
    return (await get(customerId, shown.id)) ?? shown;
  }

  return {
    orders: (customerId) =>
      readAll(api, listCall(customerId), (body, reportSkipped) => toOrders(body, customerId, reportSkipped)),
    order,
    async cancel(customerId, orderId, lines, requestId) {
      const call: Call = {
        operation: 'cancelOrder',
        method: 'PATCH',
        path: `${at(customerId)}/${encodeURIComponent(orderId)}`,
        body: fromCancellation(orderId, lines),
        token: 'either',
        requestId,
      };
      const answered = await api.read(call, (body) => (orderShape.safeParse(body).success ? body : undefined));
      const shown = answered === undefined ? await order(customerId, orderId) : toOrder(answered, customerId);
      if (shown) return shown;
      throw new PartnerCenterError({ operation: call.operation, kind: 'unexpected', isWorthRepeating: false });
    },
  };
}
