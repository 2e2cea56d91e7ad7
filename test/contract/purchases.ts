import { randomUUID } from 'node:crypto';
import { OutsideError } from '../../src/domain/errors.ts';
import { areLinesCancelled, type Order } from '../../src/domain/orders/order.ts';
import type { PartnerCenter } from '../../src/partner-center/index.ts';

/** Looks until there is something to see. Fails with `what` when that takes too long. */
export type Until = <T>(look: () => Promise<T | undefined>, what: string) => Promise<T>;

/** Remembers what was bought through it, so that all of it can be given back, whatever a test came to. */
export interface RecordedPurchases {
  /** The same client; a checkout is noted before it is sent. */
  watch(center: PartnerCenter): PartnerCenter;
  /** Nothing is bought any more. */
  stopBuying(): void;
  /** Cancels every order that is not cancelled yet. Throws with the names of what must be looked after by hand. */
  returnAll(center: PartnerCenter, until: Until): Promise<void>;
}

interface Purchase {
  readonly customerId: string;
  readonly cartId: string;
  /** Nobody knows yet whether there is an order: no answer came. */
  isUncertain: boolean;
  orderIds: readonly string[];
}

export function recordPurchases(tell: (text: string) => void = () => {}): RecordedPurchases {
  const purchases = new Map<string, Purchase>();
  let isStopped = false;

  async function checkout({ ordering }: PartnerCenter, [customerId, cartId, requestId]: CheckoutArguments) {
    if (isStopped) throw new Error('nothing is bought any more: the run is being ended');
    const before = purchases.get(cartId) ?? { customerId, cartId, orderIds: [], isUncertain: true };
    const purchase = { ...before, isUncertain: before.orderIds.length === 0 };
    purchases.set(cartId, purchase);
    try {
      const answered = await ordering.checkout(customerId, cartId, requestId);
      purchase.orderIds = answered.orders.map(({ id }) => id);
      purchase.isUncertain = false;
      const isNew = before.orderIds.length === 0 && purchase.orderIds.length > 0;
      if (isNew) tell(`bought for ${customerId}: order ${purchase.orderIds.join(', ')}`);
      return answered;
    } catch (error) {
      // A refused cart is one of which nothing was bought; 409 is no such no: another checkout of it is under way.
      const isRefusal = error instanceof OutsideError && !error.isUncertain && error.kind !== 'conflict';
      purchase.isUncertain = purchase.isUncertain && !isRefusal;
      throw error;
    }
  }

  return {
    watch: (center) => ({
      ...center,
      ordering: { ...center.ordering, checkout: (...all: CheckoutArguments) => checkout(center, all) },
    }),

    stopBuying() {
      isStopped = true;
    },

    async returnAll(center, until) {
      const failed: string[] = [];
      const each = async (purchase: Purchase) => {
        const { customerId, cartId, isUncertain } = purchase;
        try {
          if (isUncertain) purchase.orderIds = await ordersOf(center, purchase, until);
          for (const orderId of purchase.orderIds) {
            await cancel(center, { customerId, orderId }, until);
            tell(`given back: order ${orderId}`);
          }
          purchases.delete(cartId);
        } catch (error) {
          failed.push(`customer ${customerId}, cart ${cartId}, order ${purchase.orderIds.join(', ')}: ${error}`);
        }
      };
      await Promise.all([...purchases.values()].map(each));
      if (failed.length > 0) throw new Error(`not given back, cancel it by hand:\n${failed.join('\n')}`);
    },
  };
}

type CheckoutArguments = Parameters<PartnerCenter['ordering']['checkout']>;

/** Of a checkout without an answer: an ordered cart repeats its first one. */
async function ordersOf({ ordering }: PartnerCenter, { customerId, cartId }: Purchase, until: Until) {
  const isOrdered = async () =>
    (await ordering.cart(customerId, cartId))?.status.toLowerCase() === 'ordered' || undefined;
  await until(isOrdered, `cart ${cartId} to be ordered, as its checkout had no answer`);
  return (await ordering.checkout(customerId, cartId, randomUUID())).orders.map(({ id }) => id);
}

interface Bought {
  readonly customerId: string;
  readonly orderId: string;
}

/** Until it shows as cancelled: a fresh order may be unknown, or in progress, for some minutes. */
async function cancel({ ordering }: PartnerCenter, { customerId, orderId }: Bought, until: Until): Promise<void> {
  let isAccepted = false;
  const isOver = async (): Promise<true | undefined> => {
    const order = await ordering.order(customerId, orderId);
    if (!order) return undefined;
    if (isGone(order) || (await hasEnded(order))) return true;
    isAccepted ||= await accepts(order);
    return undefined;
  };
  const accepts = async ({ lines }: Order): Promise<boolean> => {
    try {
      await ordering.cancel(customerId, orderId, [], randomUUID());
    } catch (error) {
      if (isPassing(error)) return false;
      const rented = lines.flatMap(({ subscriptionId }) => subscriptionId ?? []);
      if (rented.length < lines.length) {
        const now = await ordering.order(customerId, orderId);
        if (now && isGone(now)) return true;
        throw error;
      }
      for (const id of rented) await ordering.cancelSubscription(customerId, id, randomUUID());
    }
    return true;
  };
  const hasEnded = async ({ lines }: Order): Promise<boolean> => {
    if (!isAccepted || lines.some(({ subscriptionId }) => !subscriptionId)) return false;
    const all = await ordering.subscriptions(customerId);
    return lines.every((line) => all.find(({ id }) => id === line.subscriptionId)?.status === 'deleted');
  };
  const look = () =>
    isOver().catch((error) => {
      if (!isPassing(error)) throw error;
      return undefined;
    });
  await until(look, `order ${orderId} to be cancelled`);
}

/** Cancelled as a whole, or with nothing left in any line. */
export function isGone(order: Order): boolean {
  return areLinesCancelled(
    order,
    order.lines.map(({ number }) => number),
  );
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof OutsideError)) return false;
  const isPassingNo = error.meaning === 'not-ready' || error.meaning === 'adjustment-pending';
  return isPassingNo || error.isUncertain || error.kind === 'not-found' || error.kind === 'throttled';
}
