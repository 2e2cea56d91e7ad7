import type { OutsideMeaning } from '../errors.ts';
import type { Money } from '../money.ts';

export type OrderStatus = 'pending' | 'completed' | 'cancelled' | 'unknown';

export interface OrderLine {
  readonly number: number;
  /** `product:sku:availability` as it was at the purchase. */
  readonly catalogItemId: string;
  readonly productId: string;
  readonly skuId: string;
  readonly title: string;
  readonly quantity: number;
  /** `P1Y`, `P3Y`; absent for perpetual software. */
  readonly termDuration?: string;
  readonly subscriptionId?: string;
  readonly total?: Money;
}

/** An order as Partner Center shows it. `id` is what its API wants; `number` is the short form the portal shows. */
export interface Order {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly createdAt: Date;
  readonly status: OrderStatus;
  readonly currency: string;
  readonly total?: Money;
  readonly lines: readonly OrderLine[];
}

export interface Subscription {
  readonly id: string;
  readonly orderId?: string;
  readonly status: string;
  readonly cancellationAllowedUntilAt?: Date;
  /** Of the term in force, which is another one after each renewal. */
  readonly termStartedAt?: Date;
  readonly termDuration?: string;
  /** What comes back until when. */
  readonly refundOptions?: readonly { readonly type: 'full' | 'partial'; readonly until: Date }[];
  /** How many are taken back, each so many until its own moment; absent where that is all of them. */
  readonly refundable?: readonly { readonly quantity: number; readonly until?: Date }[];
}

export interface Cart {
  readonly id: string;
  readonly status: string;
  readonly expiresAt: Date;
  /** Refused lines arrive inside a good answer, so every line is looked at before checkout. */
  readonly lineErrors: readonly {
    readonly code: string;
    readonly description: string;
    readonly meaning?: OutsideMeaning;
  }[];
}

export interface Checkout {
  readonly orders: readonly Order[];
  readonly errors: readonly {
    readonly code: string;
    readonly description: string;
    readonly meaning?: OutsideMeaning;
  }[];
}

/** Line cancelled = the order is cancelled, or this line's quantity is 0. */
export function isLineCancelled(order: Order, lineNumber: number): boolean {
  if (order.status === 'cancelled') return true;
  const line = order.lines.find((candidate) => candidate.number === lineNumber);
  return line !== undefined && line.quantity === 0;
}

export function areLinesCancelled(order: Order, lineNumbers: readonly number[]): boolean {
  return lineNumbers.length > 0 && lineNumbers.every((number) => isLineCancelled(order, number));
}

export function isPerpetual(line: OrderLine): boolean {
  return !line.termDuration;
}

const hexadecimal = /^(?:[0-9a-f]{12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** GUIDs and short order numbers are written in any letter case; long order ids differ by it. */
export function isSameId(one: string | undefined, other: string | undefined): boolean {
  if (!one || !other) return false;
  return one === other || (hexadecimal.test(one) && one.toLowerCase() === other.toLowerCase());
}

/** What an order can be named by. */
export interface NamedOrder extends Pick<Order, 'id' | 'number'> {
  readonly lines: readonly Pick<OrderLine, 'subscriptionId'>[];
}

/** Does this typed text name the order: its id (case counts), its short number, or a subscription of it? */
export function isNamedBy(order: NamedOrder, text: string): boolean {
  const wanted = text.trim();
  if (isSameId(order.id, wanted) || order.number.toLowerCase() === wanted.toLowerCase()) return true;
  return order.lines.some((line) => line.subscriptionId?.toLowerCase() === wanted.toLowerCase());
}
