import { countryOf } from '../countries.ts';
import type { Customer } from '../customers.ts';
import type { CartLine, Order, OrderError, OrderLine } from '../entities.ts';
import type { Call } from '../http/call.ts';
import { extendedPrice } from '../show/show-order.ts';
import { orderRecord } from './audit.ts';
import { itemOf, termOf } from './cart-lines.ts';
import { orderLine, subscriptionsOf } from './order-lines.ts';
import { toUsd } from './prices.ts';

/** The partner's credit line for one order, in US dollars. */
const CREDIT_LINE_USD = 1_000_000;

/** One order per group of lines, or an error for the group. The lines have been checked. */
export function placeOrders(
  call: Call,
  customer: Customer,
  lines: CartLine[],
): { orders: Order[]; errors: OrderError[] } {
  const groups = new Map<string, CartLine[]>();
  for (const line of lines) {
    const group = line.orderGroup ?? '0';
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  const orders: Order[] = [];
  const errors: OrderError[] = [];
  for (const [orderGroupId, groupLines] of groups) {
    const order = newOrder(call, customer, groupLines);
    if (valueUsd(order) > CREDIT_LINE_USD) {
      errors.push({
        orderGroupId,
        code: 800023,
        description: 'The credit line of the partner is too low for this order.',
      });
    } else orders.push(recorded(call, customer, order));
  }
  return { orders, errors };
}

function newOrder(call: Call, customer: Customer, lines: CartLine[]): Order {
  const { delayMs } = call.world.options;
  const { country } = customer.address;
  const id = call.world.ids.hex(12);
  return {
    id,
    alternateId: id,
    customerId: customer.id,
    country,
    billingCycle: lines[0]?.billingCycle.toLowerCase() ?? 'one_time',
    currencyCode: countryOf(country).currency,
    createdAt: call.now,
    completedAt: call.now + delayMs,
    listedAt: call.now + delayMs,
    subscribedAt: call.now + 1.5 * delayMs,
    lines: lines.flatMap((line, number) => orderLineOf(call, customer, line, number)),
    adjustments: [],
  };
}

function orderLineOf(call: Call, customer: Customer, line: CartLine, number: number): OrderLine[] {
  const item = itemOf(call, customer, line);
  const term = item === undefined ? undefined : termOf(item.sku, line);
  if (item === undefined || term === undefined) return [];
  const { country } = customer.address;
  const purchase = { ...item, term, country, quantity: line.quantity };
  const made = orderLine(number, purchase, call.now, call.world.ids.guid());
  const { attestationAccepted, partnerIdOnRecord } = line;
  return [
    {
      ...made,
      ...(attestationAccepted === undefined ? {} : { attestationAccepted }),
      ...(partnerIdOnRecord === undefined ? {} : { partnerIdOnRecord }),
    },
  ];
}

function recorded(call: Call, customer: Customer, order: Order): Order {
  const { orders, subscriptions, auditRecords } = call.world;
  orders.put(order);
  for (const subscription of subscriptionsOf(order)) subscriptions.put(subscription);
  const { caller, correlationId } = call;
  const id = call.world.ids.guid();
  auditRecords.put(orderRecord('create_order', order, order.createdAt, { id, caller, correlationId, customer }));
  return order;
}

function valueUsd(order: Order): number {
  let value = 0;
  for (const line of order.lines) value += extendedPrice(line);
  return toUsd(order.country, value);
}
